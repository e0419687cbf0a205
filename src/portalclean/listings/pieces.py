"""Labelled blocks to pieces: the lines of a list, with the link, element and stated time of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from portalclean.bodies.unwrap import unwrapped
from portalclean.listings.lines import Line, Role, read_line, stated_moment
from portalclean.page import Label, Link, Markup, Page

if TYPE_CHECKING:
    from portalclean.reading import Reading

__all__ = ["Piece", "read_pieces"]

LONG_BLOCK = 240
"""Characters over which a text dump's block may hold several items; the capture splits longer lines alike."""
MOST_DEPTH = 64
"""Levels above a unit that are compared; lists nest by the ten."""
LINKED_SHARE = 0.3
"""Share of a unit's characters under which its links stand inside prose."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
SHAPE_LEVELS = 3
"""Levels from a unit's innermost element up that make its shape, an ``h2`` among them its heading."""


class Piece(NamedTuple):
    """One line of a list."""

    line: Line
    block: int
    unit: int
    href: str | None = None
    in_heading: bool = False
    """Whether it stands in one of ``h1`` to ``h6``."""
    above: tuple[int, ...] = ()
    """Element rows from its block element up, nearest first; empty for a text dump."""
    shape: tuple[str, ...] = ()
    """Tags of its innermost element and of those just above."""
    doubled: bool = False
    """Whether it comes twice in a row, as a picture's text and the link's."""
    complete: bool = False
    """Whether a date was glued to it."""

    @property
    def role(self) -> Role:
        """What the line is."""
        return self.line.role

    @property
    def text(self) -> str:
        """The line's own words."""
        return self.line.text


def read_pieces(reading: Reading, label: Label) -> list[Piece]:
    """Return the pieces of the shown blocks with this label, in page order, each read as a line of a list."""
    page = reading.page
    if page.markup:
        return list(_MarkupReader(page, page.markup).pieces(reading, label))
    pieces: list[Piece] = []
    for index, block in reading.labelled(label):
        units = [(unit, page.texts[unit]) for unit in reading.units_of(index)]
        pieces += _from_text(index, unwrapped(block.text), units)
    return pieces


def _from_text(block: int, text: str, units: Sequence[tuple[int, str]]) -> Iterator[Piece]:
    """Yield the pieces of a dump's block: the line itself, or its units where items are glued."""
    if len(units) == 1 or len(text) <= LONG_BLOCK:
        yield Piece(read_line(text), block, units[0][0])
        return
    glued = [Piece(read_line(part), block, unit) for unit, whole in units for part in _before_and_after(whole)]
    if sum(piece.role is not Role.TEXT for piece in glued) > 1:
        yield from glued
    else:
        yield Piece(read_line(text), block, units[0][0])


def _before_and_after(text: str) -> tuple[str, ...]:
    """Return a timestamp and what is glued behind it as two, for in one long line it ends the item before.

    >>> _before_and_after("2023-09-23 07:45:13 A walk"), _before_and_after("A walk")
    (('2023-09-23 07:45:13', 'A walk'), ('A walk',))
    """
    line = read_line(text)
    tail = line.dated if line.certain else line.text if line.role is Role.TIME and not line.source else None
    if tail and text.endswith(tail):
        return text[: len(text) - len(tail)].rstrip(), tail
    return (text,)


class _MarkupReader:
    """Cuts the units of an HTML page into pieces: where a link begins or ends, and nowhere in prose."""

    def __init__(self, page: Page, markup: Markup) -> None:
        self.page = page
        self.tags = markup.tags
        self.parents: list[int] = markup.parents.tolist()
        self.blocks: list[int] = markup.block.tolist()
        self.inner: list[int] = markup.inner.tolist()
        self.times = dict(markup.times)
        self.links: dict[int, list[Link]] = defaultdict(list)
        for link in markup.links:
            self.links[link.unit].append(link)

    def pieces(self, reading: Reading, label: Label) -> Iterator[Piece]:
        """Yield the pieces of the shown blocks with this label."""
        for index, _ in reading.labelled(label):
            for unit in reading.units_of(index):
                shape = tuple(self.tags[row] for row in self._chain(self.inner[unit], SHAPE_LEVELS))
                place = Piece(
                    Line(Role.TEXT, ""),
                    index,
                    unit,
                    in_heading=not HEADINGS.isdisjoint(shape),
                    above=self._chain(self.blocks[unit], MOST_DEPTH),
                    shape=shape,
                )
                for text, href in self._parts(unit):
                    yield place._replace(line=_timed(read_line(text), self.times.get(unit)), href=href)

    def _parts(self, unit: int) -> Iterator[tuple[str, str | None]]:
        """Yield the texts of a unit, in and between its links, each with its address."""
        text, start, end = self.page.text, int(self.page.starts[unit]), int(self.page.ends[unit])
        links = self.links.get(unit, ())
        if sum(link.end - link.start for link in links) < LINKED_SHARE * (end - start):
            links = ()
        position = start
        for link in links:
            for first, last, href in ((position, link.start, None), (link.start, link.end, link.href)):
                if text[first:last].strip():
                    yield text[first:last].strip(), href
            position = link.end
        if text[position:end].strip():
            yield text[position:end].strip(), None

    def _chain(self, row: int, levels: int) -> tuple[int, ...]:
        """Return the element's row and those above it, nearest first."""
        chain = [row]
        while len(chain) < levels and self.parents[row] != row:
            row = self.parents[row]
            chain.append(row)
        return tuple(chain)


def _timed(line: Line, written: str | None) -> Line:
    """Return a time's line with the machine-readable moment that its element states."""
    return line._replace(time=stated_moment(line.time, written)) if line.role is Role.TIME else line
