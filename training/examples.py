"""One view of one page, ready to learn from, and the file that keeps all of them."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.views import View

__all__ = ["BUILD", "Example", "load", "save"]

BUILD = Path(__file__).resolve().parents[1] / "build"
"""Where what is made on the way to the weights is kept; not part of the project."""


@dataclass(slots=True)
class Example:
    """One view of one page, ready to learn from."""

    set: str
    page: str
    view: View
    fold: int
    language: str
    page_type: str
    year: int | None
    """Of publication, where the gold has a date."""
    text: NDArray[np.float16]
    """(units, text columns)"""
    structure: NDArray[np.float16] | None
    """(units, structure columns), for HTML"""
    words: NDArray[np.float32]
    """(units,) tokens of each unit"""
    targets: NDArray[np.float16]
    """(units, labels) shares; only the body's column counts where `labelled` is not set"""
    labelled: NDArray[np.bool_]
    """(units,) whether all labels are known"""
    missed: float
    """Tokens of the gold body that no unit has."""
    marked: NDArray[np.int8] | None = None
    """(units,) for HTML: the code of the label that the markup gives a unit away by, or -1"""
    origin: NDArray[np.int32] | None = None
    """(units,) for a dump of a page that has HTML: the unit of the HTML's example that it came from, or -1"""


def save(examples: Sequence[Example], path: Path) -> None:
    """Write the examples to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        pickle.dump(list(examples), file, protocol=5)


def load(path: Path) -> list[Example]:
    """Read the examples that `save` wrote; the file is one that this program made."""
    with path.open("rb") as file:
        found: list[Example] = pickle.load(file)
    return found
