"""Columns of features: small arithmetic that the text and the structure features share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from portalclean.page import FloatArray

__all__ = ["Columns", "UnitOf", "log1p", "prose_run", "signed_log", "stacked"]

Columns: TypeAlias = Sequence[NDArray[np.generic]]
"""Arrays (units,) or (units, columns), to be put side by side."""
UnitOf: TypeAlias = NDArray[np.int64]
"""(characters,) the unit that each character of the page belongs to."""

PROSE_COST = 30.0
"""What a unit must say, in Latin letters' worth, before it adds to a run of prose."""
PROSE_CAP = 400.0
"""What a single unit adds at most."""


def stacked(count: int, columns: Columns) -> FloatArray:
    """(units, columns) all columns side by side, in single precision."""
    wide = [column if column.ndim == 2 else column[:, None] for column in columns]
    out = np.empty((count, sum(column.shape[1] for column in wide)), dtype=np.float32)
    first = 0
    for column in wide:
        out[:, first : first + column.shape[1]] = column
        first += column.shape[1]
    return out


def log1p(values: NDArray[np.generic]) -> FloatArray:
    """Squash counts to log(1 + x)."""
    squashed: FloatArray = np.log1p(values.astype(np.float32))
    return squashed


def signed_log(values: NDArray[np.generic]) -> FloatArray:
    """Squash distances to sign(x)·log(1 + |x|)."""
    numbers = values.astype(np.float32)
    squashed: FloatArray = np.sign(numbers) * np.log1p(np.abs(numbers))
    return squashed


def prose_run(prose: FloatArray) -> Columns:
    """Return where each unit stands to the page's main run of prose: inside, and how far from its ends.

    The run is the one with the greatest sum of scores, as in maximum subsequence segmentation: Pasternack and
    Roth, "Extracting article text from the web with maximum subsequence segmentation" (WWW 2009).

    >>> inside, from_start, from_end = prose_run(np.array([9, 90, 20, 80, 5], dtype=np.float32))
    >>> inside.tolist()
    [False, True, True, True, False]
    """
    sums = np.zeros(len(prose) + 1)
    np.cumsum(np.minimum(prose, PROSE_CAP) - PROSE_COST, out=sums[1:])
    last = int(np.argmax(sums[1:] - np.minimum.accumulate(sums[:-1])))
    first = int(np.argmin(sums[: last + 1]))
    index = np.arange(len(prose))
    return [(index >= first) & (index <= last), signed_log(index - first), signed_log(index - last)]
