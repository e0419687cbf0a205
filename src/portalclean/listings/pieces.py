"""Labelled blocks to pieces: the lines of a list, with the link, element and stated time of each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from portalclean.bodies.unwrap import unwrapped
from portalclean.listings.lines import TEXT, TIME, Line, Role, read_line, stated_moment
from portalclean.listings.words import weight
from portalclean.page import Label, Link, Markup, Page

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from portalclean.reading import Reading

__all__ = ["Piece", "Place", "read_pieces"]

LONG_BLOCK = 240
"""Characters over which a text dump's block may hold several items; the capture splits longer lines alike."""
MOST_DEPTH = 64
"""Levels above a unit that are compared; lists nest by the ten."""
REMEMBERED, LONGEST_REMEMBERED = 1_024, 200
"""Lines that are kept as they were read, and characters of each: the lists of a portal's pages share many."""
LINKED_SHARE = 0.3
"""Share of a unit's characters under which its links stand inside prose."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(slots=True)
class Place:
    """Where the pieces of one unit stand."""

    block: int
    row: int | None = None
    """Row of its block element; ``None`` for a text dump."""
    shape: tuple[str, ...] = ()
    """Tags of its innermost element and of the two above it; an ``h2`` among them is its heading."""
    in_heading: bool = False
    """Whether it stands in one of ``h1`` to ``h6``."""
    markup: Markup | None = None

    def common(self, other: Place) -> int:
        """Return the row of the nearest element that holds both; the deeper it lies, the greater it is.

        It is -1 where none does that lies less than `MOST_DEPTH` levels above each.
        """
        if self.markup is None or self.row is None or other.row is None:
            return -1
        above, one, two = self.markup.parents.item, self.row, other.row
        left = right = MOST_DEPTH
        while one != two and left > 0 and right > 0:
            if one > two:  # a parent's row comes before its children's
                one, left = above(one), left - 1
            else:
                two, right = above(two), right - 1
        return one if left > 0 and right > 0 else -1


@dataclass(slots=True)
class Piece:
    """One line of a list; what the line says by itself, as in `Line`, and where it stands."""

    place: Place
    role: Role
    text: str
    weight: float
    """How much the text says."""
    href: str | None = None
    time: datetime | None = None
    source: str | None = None
    dated: str | None = None
    certain: bool = False
    doubled: bool = False
    """Whether it comes twice in a row, as a picture's text and the link's."""
    complete: bool = False
    """Whether a date was glued to it."""

    def saying(self, text: str) -> Piece:
        """Return the piece with another text."""
        return replace(self, text=text, weight=weight(text))


def _weighed(text: str) -> tuple[Line, float]:
    """Return a line as read by itself, and what it weighs."""
    line = read_line(text)
    return line, weight(line.text)


_remembered = lru_cache(maxsize=REMEMBERED)(_weighed)


def _piece(text: str, place: Place, href: str | None = None) -> Piece:
    """Return the piece that says this text."""
    weighed = _remembered if len(text) <= LONGEST_REMEMBERED else _weighed
    (role, said, time, source, dated, certain), heavy = weighed(text)
    return Piece(place, role, said, heavy, href, time, source, dated, certain)


def read_pieces(reading: Reading, label: Label) -> list[Piece]:
    """Return the pieces of the shown blocks with this label, in page order, each read as a line of a list."""
    page = reading.page
    labelled = reading.lines(label)
    if not labelled:
        return []
    firsts = (*reading.first_units, len(page))
    if page.markup:
        blocks = [index for index, _ in labelled for _ in range(firsts[index], firsts[index + 1])]
        units = [unit for index, _ in labelled for unit in range(firsts[index], firsts[index + 1])]
        return _MarkupReader(page, page.markup).pieces(blocks, units)
    pieces: list[Piece] = []
    for index, raw in labelled:
        place, text = Place(index), unwrapped(raw)
        if len(text) <= LONG_BLOCK or firsts[index + 1] - firsts[index] == 1:
            pieces.append(_piece(text, place))
        else:
            pieces += _from_glued(place, text, page.texts[firsts[index] : firsts[index + 1]])
    return pieces


def _from_glued(place: Place, text: str, units: Sequence[str]) -> list[Piece]:
    """Return the pieces of a dump's long block: its units where items are glued, else the line itself."""
    glued = [_piece(part, place) for whole in units for part in _before_and_after(whole)]
    return glued if sum(piece.role is not TEXT for piece in glued) > 1 else [_piece(text, place)]


def _before_and_after(text: str) -> tuple[str, ...]:
    """Return a timestamp and what is glued behind it as two, for in one long line it ends the item before.

    >>> _before_and_after("2023-09-23 07:45:13 A walk"), _before_and_after("A walk")
    (('2023-09-23 07:45:13', 'A walk'), ('A walk',))
    """
    line = read_line(text)
    tail = line.dated if line.certain else line.text if line.role is TIME and not line.source else None
    if tail and text.endswith(tail):
        return text[: len(text) - len(tail)].rstrip(), tail
    return (text,)


class _MarkupReader:
    """Cuts the units of an HTML page into pieces: where a link begins or ends, and nowhere in prose."""

    def __init__(self, page: Page, markup: Markup) -> None:
        self.page = page
        self.markup = markup
        self.times = dict(markup.times)

    def pieces(self, blocks: Sequence[int], units: Sequence[int]) -> list[Piece]:
        """Return the pieces of these units, each given with the number of its block."""
        pieces: list[Piece] = []
        markup, texts, times, links_of = self.markup, self.page.texts, self.times, self._links(units)
        chosen = np.array(units)
        rows: list[int] = markup.block[chosen].tolist()
        for block, unit, row, shape in zip(blocks, units, rows, self._shapes(chosen), strict=True):
            place = Place(block, row, shape, not HEADINGS.isdisjoint(shape), markup)
            links = links_of.get(unit)
            for text, href in self._parts(unit, links) if links else ((texts[unit], None),):
                piece = _piece(text, place, href)
                if piece.role is TIME and unit in times:
                    piece.time = stated_moment(piece.time, times[unit])
                pieces.append(piece)
        return pieces

    def _links(self, units: Sequence[int]) -> dict[int, list[Link]]:
        """Return the links of these units, which are in page order, by unit."""
        links = self.markup.links
        first, beyond = (bisect_left(links, unit, key=itemgetter(0)) for unit in (units[0], units[-1] + 1))
        found: dict[int, list[Link]] = {}
        for link in links[first:beyond]:
            if link[0] in found:
                found[link[0]].append(link)
            else:
                found[link[0]] = [link]
        return found

    def _shapes(self, units: NDArray[np.intp]) -> Iterator[tuple[str, ...]]:
        """Yield the tags of each unit's innermost element and of the two above it."""
        tags, parents = self.markup.tags, self.markup.parents
        rows = self.markup.inner[units]
        above = parents[rows]
        for row, parent, top in zip(rows.tolist(), above.tolist(), parents[above].tolist(), strict=True):
            if top != parent:
                yield tags[row], tags[parent], tags[top]
            else:  # the root is its own parent
                yield (tags[row], tags[parent]) if parent != row else (tags[row],)

    def _parts(self, unit: int, links: Sequence[Link]) -> Sequence[tuple[str, str | None]]:
        """Return the texts of a unit, in and between its links, each with its address."""
        whole = self.page.texts[unit]
        size = len(whole)
        _, first, last, href = links[0]
        if last - first == size:
            return ((whole, href),)
        linked = last - first if len(links) == 1 else sum([link.end - link.start for link in links])
        if linked < LINKED_SHARE * size:
            return ((whole, None),)
        spans: list[tuple[int, int, str | None]] = []
        start = position = int(self.page.starts[unit])
        for _, first, last, href in links:
            spans += ((position, first, None), (first, last, href))
            position = last
        spans.append((position, start + size, None))
        text = self.page.text
        return [(part, href) for first, last, href in spans if (part := text[first:last].strip())]
