"""What each unit of the body stands in: a heading, a list item, a quotation, code, a data table."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from portalclean.page import Markup

__all__ = ["PROSE", "Place", "Places", "Setting"]

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = {"ul": False, "ol": True, "menu": False, "dir": False}
"""List elements, and whether their items are numbered."""


class Setting(IntEnum):
    """The kinds of places that make a typed block."""

    PROSE = 0
    HEADING = 1
    ITEM = 2
    QUOTE = 3
    CODE = 4
    TABLE = 5


TYPED = {
    "blockquote": Setting.QUOTE,
    **dict.fromkeys(HEADINGS, Setting.HEADING),
    **dict.fromkeys(("pre", "listing", "plaintext", "xmp"), Setting.CODE),
}
"""Elements that make a place wherever they stand."""
TELLING = frozenset({*TYPED, *LISTS, "li", "table", "caption"})
"""All elements that bear on the place of what stands in them."""


class Place(NamedTuple):
    """What a unit stands in; units with the same place belong to one block of the body."""

    setting: Setting
    row: int
    """The element that makes the place; 0 for plain prose."""
    level: int = 0
    """Of a heading, or how many lists the place stands in."""
    ordered: bool = False
    """Whether the innermost list is a numbered one."""


PROSE = Place(Setting.PROSE, 0)


class Places:
    """The places of elements, found on demand from the top down and remembered.

    ``holds_data`` tells whether the table in an element row is one of data; tables that only lay out the page
    are seen through.
    """

    def __init__(self, markup: Markup, holds_data: Callable[[int], bool]) -> None:
        self._markup = markup
        self._holds_data = holds_data
        self._known: dict[int, Place] = {0: PROSE}
        self._tags = markup.tags
        self._parent_of = markup.parents.item

    def of(self, row: int) -> Place:
        """Return the place of what stands in this element."""
        known = self._known
        chain = []
        while (place := known.get(row)) is None:
            chain.append(row)
            row = self._parent_of(row)
        for below in reversed(chain):
            place = known[below] = self._entered(place, below) if self._tags[below] in TELLING else place
        return place

    def _entered(self, outer: Place, row: int) -> Place:
        """Return the place inside a telling element that stands in ``outer``; the nearest typed element counts."""
        tag = self._tags[row]
        if outer.setting is Setting.TABLE:
            # The table's caption stands outside its cells.
            place = outer if tag != "caption" else self.of(int(self._markup.parents[outer.row]))
        elif tag in LISTS:
            depth = outer.level if outer.setting is not Setting.HEADING else 0
            place = outer._replace(level=depth + 1, ordered=LISTS[tag])
        elif tag == "li":
            place = Place(Setting.ITEM, row, max(1, outer.level), outer.ordered)
        elif tag in TYPED:
            place = Place(TYPED[tag], row, HEADINGS.get(tag, 0))
        elif tag == "table" and self._holds_data(row):
            place = Place(Setting.TABLE, row)
        else:
            place = outer
        return place
