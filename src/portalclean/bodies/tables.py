"""Data tables, told from the tables that old portals lay their pages out with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from portalclean.article import Table

if TYPE_CHECKING:
    from portalclean.page import Markup, Page

__all__ = ["Tables"]

CELLS = frozenset({"td", "th"})
LAYOUT_ROLES = frozenset({"presentation", "none"})
LAID_OUT = frozenset({"table", "pre", "blockquote", "form", "article", "iframe", "video"})
"""Elements that stand in the cells of a layout table and hardly ever in those of a data table."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
"""The same for a table without header cells; with them, headings are the headers' style."""
LARGEST = 20_000
"""Elements of the largest table that is read; larger ones hold the whole page."""
FEWEST = 2
"""Rows, and filled cells in a row, from which on there is a table at all."""
GRID_SHARE = 0.5
"""Least share of the rows that fill two cells or more."""
LONG_CELL = 200
"""Characters from which on a cell is prose, if it also holds more than `PROSE_SHARE` of the table's text."""
PROSE_SHARE = 0.5


class Tables:
    """The data tables among the units of a body, read on demand and remembered."""

    def __init__(self, page: Page, markup: Markup, body_units: Sequence[int]) -> None:
        self._page = page
        self._markup = markup
        self._units = np.asarray(body_units, dtype=np.int32)
        self._blocks = markup.block[self._units]
        self._read: dict[int, Table | None] = {}

    def holds_data(self, row: int) -> bool:
        """Tell whether the table element in this row holds data."""
        if row not in self._read:
            self._read[row] = self._table(row)
        return self._read[row] is not None

    def at(self, row: int) -> Table:
        """Return the data table in this row."""
        table = self._read[row]
        if table is None:
            raise LookupError(f"element {row} is no data table")
        return table

    def _table(self, row: int) -> Table | None:
        end = self._end(row)
        if end is None:
            return None
        inside = set(self._markup.tags[row + 1 : end])
        headed = "th" in inside
        telling = LAID_OUT if headed else LAID_OUT | HEADINGS
        if self._markup.names[row][2] in LAYOUT_ROLES or not telling.isdisjoint(inside):
            return None
        rows = tuple(cells for cells in self._rows(row, end) if any(cells))
        return Table(rows) if _is_grid(rows) and (headed or not _is_prose(rows)) else None

    def _end(self, row: int) -> int | None:
        """Return the row after the last element inside this one; ``None`` for more than a data table has."""
        rest = self._markup.parents[row + 1 : row + 1 + LARGEST]
        outside = np.flatnonzero(rest < row)
        if len(outside):
            return row + 1 + int(outside[0])
        return row + 1 + len(rest) if len(rest) < LARGEST else None

    def _rows(self, first: int, end: int) -> Iterator[tuple[str, ...]]:
        """Yield the cells of each row of the table whose elements are ``[first, end)``."""
        texts = self._texts(first, end)
        row: list[str] = []
        for element in range(first + 1, end):
            tag = self._markup.tags[element]
            if tag == "tr":
                yield tuple(row)
                row = []
            elif tag in CELLS:
                row.append(" ".join(texts.get(element, ())))
        yield tuple(row)

    def _texts(self, first: int, end: int) -> dict[int, list[str]]:
        """Return the texts of the body's units in each cell, by the cell's element row."""
        tags, parents = self._markup.tags, self._markup.parents[first:end].tolist()
        cells = [first]  # the cell that each element stands in, from the table's own row on
        for row in range(first + 1, end):
            cells.append(row if tags[row] in CELLS else cells[parents[row - first] - first])
        texts: dict[int, list[str]] = {}
        for place in np.flatnonzero((self._blocks > first) & (self._blocks < end)).tolist():
            text = self._page.texts[self._units[place]]
            texts.setdefault(cells[self._blocks[place] - first], []).append(text)
        return texts


def _is_grid(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether rows of cells make a grid.

    >>> _is_grid([("年份", "产量"), ("2020", "12")]), _is_grid([("正文", ""), ("正文二", "")])
    (True, False)
    """
    filled = sum(sum(map(bool, row)) >= FEWEST for row in rows)
    return len(rows) >= FEWEST and filled >= GRID_SHARE * len(rows)


def _is_prose(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether one cell holds an article and the others its side matter.

    >>> _is_prose([("导航", "正文" * 200), ("a", "b")]), _is_prose([("年份", "产量"), ("2020", "12")])
    (True, False)
    """
    lengths = [len(cell) for cell in chain.from_iterable(rows)]
    longest = max(lengths, default=0)
    return longest >= LONG_CELL and longest > PROSE_SHARE * sum(lengths)
