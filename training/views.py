"""Views of a gold page: its HTML, and dumps of it as different tools would have written them.

Every dump is made here from pieces whose labels are known; since a dump changes nothing but white space, the
labels follow the non-blank characters.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from portalclean.page import Page

__all__ = ["DUMPS", "Piece", "View", "carried", "dump_of_lines", "dump_of_page"]

COLUMNS = 80
"""Width of wrapped dumps."""


class View(StrEnum):
    """A form in which a page reaches the library."""

    HTML = "html"
    RENDERED = "rendered"  # a line per line that a browser shows
    NODES = "nodes"  # a line per text node, hidden ones left out
    EVERYTHING = "everything"  # a line per text node, hidden ones and image alt texts kept
    WRAPPED = "wrapped"  # rendered lines wrapped at 80 columns
    ONE_LINE = "one_line"  # the whole page in one line


DUMPS = (View.RENDERED, View.NODES, View.EVERYTHING, View.WRAPPED, View.ONE_LINE)


class Piece(NamedTuple):
    """A run of text with its row of target values."""

    text: str
    row: int


def dump_of_lines(lines: Sequence[Piece], view: View) -> str:
    """Return rendered lines as a dump: as they are, wrapped, or all in one line."""
    texts = [piece.text for piece in lines]
    if view is View.WRAPPED:
        return "\n".join(textwrap.fill(text, COLUMNS) for text in texts)
    return (" " if view is View.ONE_LINE else "\n").join(texts)


def dump_of_page(page: Page, view: View) -> tuple[list[Piece], str]:
    """Return the text nodes of a page that came from HTML as a dump, and its pieces.

    A piece's row is its unit, or -1 for the alt text of an image, which no gold labels.
    """
    alts: dict[int, list[str]] = {}
    if view is View.EVERYTHING and page.markup:
        for image in page.markup.images:
            if image.alt.strip():
                alts.setdefault(image.unit, []).append(" ".join(image.alt.split()))
    pieces = []
    for unit in page.units():
        pieces += [Piece(alt, -1) for alt in alts.get(unit.index, ())]
        if view is View.EVERYTHING or not unit.hidden:
            pieces.append(Piece(unit.text, unit.index))
    return pieces, "\n".join(piece.text for piece in pieces)


def carried(
    pieces: Sequence[Piece], values: NDArray[np.float32], units: Iterable[str]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Carry rows of target values from pieces to the units of a dump of them.

    Returns (units, columns) the mean over each unit's non-blank characters, and (units,) the share of these
    characters that any row was known for.
    """
    source = np.repeat([piece.row for piece in pieces], [_solid(piece.text) for piece in pieces])
    sizes = np.array([_solid(unit) for unit in units], dtype=np.int64)
    unit_of = np.repeat(np.arange(len(sizes)), sizes)
    if len(source) != len(unit_of):
        raise ValueError(f"the dump has {len(unit_of)} non-blank characters, its pieces {len(source)}")
    known = source >= 0
    total = np.bincount(unit_of[known], minlength=len(sizes)).astype(np.float32)
    columns = [np.bincount(unit_of[known], weights=column[source[known]], minlength=len(sizes)) for column in values.T]
    means = np.stack(columns, axis=1) / np.maximum(total, 1)[:, None]
    return means.astype(np.float32), (total / np.maximum(sizes, 1)).astype(np.float32)


def _solid(text: str) -> int:
    return len("".join(text.split()))
