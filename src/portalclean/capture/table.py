"""The table that the HTML walk fills: one entry a unit, one row an element."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from portalclean.errors import CaptureTooLarge
from portalclean.page import Head, Image, Kind, Limits, Link, Markup, Origin, Page

__all__ = ["UnitTable"]


class UnitTable:
    """Columns that grow as the walk goes on; `page` makes the page of them.

    ``pieces`` holds the text gathered since the last boundary; ``marks`` where in it the link changes.
    """

    def __init__(self, limits: Limits) -> None:
        self.max_units = limits.units
        self.tags: list[str] = ["#document"]
        self.parents: list[int] = [0]
        self.names: list[tuple[str | None, str | None, str | None]] = [(None, None, None)]
        self.texts: list[str] = []
        self.lines: list[int] = []
        self.inner: list[int] = []
        self.block: list[int] = []
        self.hidden: list[bool] = []
        self.origins: list[Origin] = []
        self.addresses: list[str] = []
        self.spans: list[tuple[int, int, int, int]] = []
        self.images: list[Image] = []
        self.times: list[tuple[int, str]] = []
        self.pieces: list[str] = []
        self.inner_row = -1
        self.link = -1
        self.marks: list[tuple[int, int]] = []
        self.shown_characters = 0

    def add_link(self, address: str | None, outer: int) -> int:
        """Begin a link and return its number; an anchor without an address leaves the outer one standing."""
        if address is None:
            return outer
        self.addresses.append(address.strip())
        link = len(self.addresses) - 1
        self.mark(link)
        return link

    def mark(self, link: int) -> None:
        """Note that from here on the text stands in this link (-1: in none)."""
        if self.pieces:
            self.marks.append((len(self.pieces), link))
        else:
            self.link = link

    def flush(self, frame: tuple[object, int, int, bool, int, bool, Origin, bool]) -> None:
        """End a unit: turn the gathered pieces into one, or into several lines when preformatted."""
        _, _, block, _, link, hidden, origin, preformatted = frame
        pieces = self.pieces
        raw = pieces[0] if len(pieces) == 1 else "".join(pieces)
        text = " ".join(raw.split())
        if text:
            if preformatted and "\n" in raw.strip():
                self._add_lines(raw, block, hidden, origin)
            else:
                if self.link >= 0 or self.marks:
                    self._add_links(text)
                self._add(text, len(self.texts), block, hidden, origin)
        pieces.clear()
        self.marks.clear()
        self.inner_row = -1
        self.link = link

    def show(self, origin: Origin) -> None:
        """Make the units of this origin shown ones."""
        for unit, found in enumerate(self.origins):
            if found is origin:
                self.hidden[unit] = False
                self.shown_characters += len(self.texts[unit])

    def append(self, paragraphs: Sequence[str], origin: Origin) -> None:
        """Add units that stand nowhere in the tree."""
        for paragraph in paragraphs:
            self.inner_row = 0
            self._add(paragraph, len(self.texts), 0, False, origin)

    def page(self, head: Head, url: str | None, source: str) -> Page:
        """Return the page of all that was gathered."""
        count = len(self.texts)
        lengths = np.fromiter(map(len, self.texts), dtype=np.int32, count=count)
        ends = (np.cumsum(lengths + 1, dtype=np.int64) - 1).astype(np.int32)
        starts = ends - lengths
        offsets = starts.tolist()
        links = [
            Link(unit, offsets[unit] + first, offsets[unit] + last, self.addresses[link])
            for unit, first, last, link in self.spans
        ]
        return Page(
            kind=Kind.HTML,
            text="\n".join(self.texts),
            starts=starts,
            ends=ends,
            lines=np.array(self.lines, dtype=np.int32),
            hidden=np.array(self.hidden, dtype=bool),
            origins=self.origins,
            texts=self.texts,
            head=head,
            markup=Markup(
                tags=self.tags,
                parents=np.array(self.parents, dtype=np.int32),
                names=self.names,
                inner=np.array(self.inner, dtype=np.int32),
                block=np.array(self.block, dtype=np.int32),
                links=links,
                images=self.images,
                times=self.times,
                source=source,
            ),
            url=url,
        )

    def _add(self, text: str, line: int, block: int, hidden: bool, origin: Origin) -> None:
        if len(self.texts) >= self.max_units:
            raise CaptureTooLarge(f"the page has over the limit of {self.max_units:,} units")
        self.texts.append(text)
        self.lines.append(line)
        self.inner.append(self.inner_row)
        self.block.append(block)
        self.hidden.append(hidden)
        self.origins.append(origin)
        if not hidden:
            self.shown_characters += len(text)

    def _add_lines(self, raw: str, block: int, hidden: bool, origin: Origin) -> None:
        """Add a preformatted run line by line; its units share one line number, so that they join again."""
        line = len(self.texts)
        for part in raw.split("\n"):
            text = part.rstrip() if part.strip() else ""
            if text:
                self._add(text, line, block, hidden, origin)

    def _add_links(self, text: str) -> None:
        """Note which characters of a unit stand in links; offsets are within the unit."""
        unit = len(self.texts)
        marks = self.marks
        # Most linked units are one link from end to end: nothing but white space follows its last mark.
        if self.link >= 0 and (not marks or not "".join(self.pieces[marks[0][0] :]).strip()):
            self.spans.append((unit, 0, len(text), self.link))
            return
        link, first_piece, position = self.link, 0, 0
        for last_piece, following in [*self.marks, (len(self.pieces), -1)]:
            inside = "".join("".join(self.pieces[first_piece:last_piece]).split())
            first, position = _passed(text, position, inside)
            if link >= 0 and inside:
                self.spans.append((unit, first, position, link))
            link, first_piece = following, last_piece


def _passed(text: str, position: int, inside: str) -> tuple[int, int]:
    """Return where the non-blank characters ``inside`` begin and end in ``text``, from ``position`` on.

    >>> _passed("a bc d", 1, "bcd")
    (2, 6)
    """
    while position < len(text) and text[position] == " ":
        position += 1
    first = position
    remaining = len(inside)
    while remaining:
        step = text.find(" ", position, position + remaining)
        if step < 0:
            return first, position + remaining
        remaining -= step - position
        position = step + 1
    return first, position
