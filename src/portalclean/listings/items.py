"""Sections to items: which lines are titles, and which source and time belong to each."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from itertools import takewhile
from typing import TYPE_CHECKING

from portalclean.listings.lines import NAME_WEIGHT, Role
from portalclean.listings.sections import MOSTLY, Section, linked_share
from portalclean.listings.words import HEADING_WEIGHT, named_source, weight

if TYPE_CHECKING:
    from portalclean.listings.pieces import Piece

__all__ = ["Item", "items_of"]

LIGHTEST = 8.0
"""No title weighs less: four Han characters or eight letters."""
PROSE_WEIGHT = 150.0
"""A line after a title that weighs more is the text under it."""
REACH = 8
"""Lines after a title among which its time is looked for; a feed's share buttons stand between."""
SENTENCE_ENDS = ("。", "…", "...", ".", "．")


class Side(IntEnum):
    """Which title a line stands with, by the elements around them."""

    BEFORE = -1
    UNKNOWN = 0
    AFTER = 1
    LIST = 2
    """With several titles that follow: it is their heading."""


@dataclass(slots=True)
class Item:
    """An item as its lines are read."""

    title: str
    block: int
    href: str | None = None
    source: str | None = None
    time: datetime | None = None
    heading: str | None = None
    timed: bool = False
    """Whether its time has been read, even if it states no moment."""
    closed: bool = False
    """Whether a time, a count or a button has stood behind it."""


@dataclass(frozen=True, slots=True)
class _Habits:
    """What the lines of a section do as a rule."""

    linked: bool
    """Titles are links."""
    time_leads: bool
    """The time stands before its title."""
    timed: bool
    """A time follows each title."""
    named: bool
    """A name and then a count or a button follow each title."""
    kickers: frozenset[str]
    """Short lines that come several times: channels, badges."""
    teasers: bool
    """Each title has a text under it."""


def items_of(section: Section) -> list[Item]:
    """Return the items of a section, in order; repeats in a row are one."""
    pieces = list(_unrepeated(section.pieces))
    return _Assembly(section, pieces).items


def _unrepeated(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces; of runs of lines that come twice in a row only the first.

    A picture's text and the link's text are one title; where a title was split into several lines, all of
    them come again.
    """
    place = 0
    while place < len(pieces):
        size = next(
            (
                size
                for size in (1, 2, 3)
                if _same(pieces[place : place + size], pieces[place + size : place + 2 * size])
            ),
            0,
        )
        if size and pieces[place].role is Role.TEXT:
            merged = list(pieces[place : place + size])
            if all(piece.role is Role.TEXT for piece in merged):
                text = " ".join(piece.text for piece in merged)
                href = next((piece.href for piece in pieces[place : place + 2 * size] if piece.href), None)
                yield merged[0]._replace(line=merged[0].line._replace(text=text), href=href, doubled=True)
                place += 2 * size
                while size == 1 and place < len(pieces) and pieces[place].text == text:
                    place += 1
                continue
        yield pieces[place]
        place += 1


def _same(one: Sequence[Piece], two: Sequence[Piece]) -> bool:
    return len(one) == len(two) and all(a.text == b.text and a.role is b.role for a, b in zip(one, two, strict=True))


class _Assembly:
    """Reads the pieces of one section in order and keeps the items begun."""

    def __init__(self, section: Section, pieces: Sequence[Piece]) -> None:
        self.section = section
        self.pieces = pieces
        self.heading = section.heading
        self.habits = _habits(pieces)
        self.shapes = {piece.shape for piece in pieces if self._is_strong(piece)}
        self.titles = [place for place, piece in enumerate(pieces) if self._is_strong(piece) or self._is_like(piece)]
        self.strong = frozenset(self.titles)
        self.items: list[Item] = []
        self.pending: tuple[datetime | None, str | None] | None = None
        for place, piece in enumerate(pieces):
            if piece.role is Role.TIME:
                self._take_time(place, piece)
            elif piece.role is Role.TEXT:
                self._take_text(place, piece)
            elif self.items:
                self.items[-1].closed = True

    def _is_strong(self, piece: Piece) -> bool:
        """Whether the line is a title by itself: a heavy one, a link where titles are links."""
        heavy = weight(piece.text) > NAME_WEIGHT or piece.in_heading
        return piece.role is Role.TEXT and heavy and (piece.href is not None or not self.habits.linked)

    def _is_like(self, piece: Piece) -> bool:
        """Whether a light line stands in the tree as the titles do."""
        as_linked = piece.href is not None or not self.habits.linked
        return piece.role is Role.TEXT and bool(piece.above) and as_linked and piece.shape in self.shapes

    def _take_time(self, place: int, piece: Piece) -> None:
        line = piece.line
        item = self.items[-1] if self.items else None
        if self.habits.time_leads and self._role_at(place + 1) is Role.TEXT:
            self.pending = (line.time, line.source)
        elif item and not item.timed:
            item.time, item.timed, item.closed = line.time, True, True
            item.source = line.source or item.source
        elif line.text and weight(line.text) > LIGHTEST:
            # No item waits for this time: what stands beside it is a title.
            self._begin(piece._replace(line=line._replace(source=None), complete=True))

    def _take_text(self, place: int, piece: Piece) -> None:
        item = self.items[-1] if self.items else None
        text = piece.text
        if not any(map(str.isalnum, text)):
            return
        if item and (text == item.title or (piece.href is not None and piece.href == item.href)):
            self._take_same(item, piece)
            return
        if weight(text) < LIGHTEST and not piece.doubled:
            if item and self._is_source(place, piece, item):
                item.source = text
            return
        name = named_source(text)
        if item and name and weight(name) <= 2 * NAME_WEIGHT:
            item.source = item.source or name
            return
        side = self._side(place) if piece.above else Side.UNKNOWN
        if side is Side.LIST:
            self.heading = text
        elif item and self._is_source(place, piece, item, side):
            item.source = text
        elif not self._is_left_out(place, piece, item, side):
            self._begin(piece)

    def _take_same(self, item: Item, piece: Piece) -> None:
        """Take another line of the same item: the picture's text, the link around title and teaser."""
        item.href = item.href or piece.href
        light = weight(item.title) <= NAME_WEIGHT and not item.closed
        if light and weight(piece.text) > 1.5 * weight(item.title) and not piece.text.endswith(SENTENCE_ENDS):
            item.title = piece.text

    def _begin(self, piece: Piece) -> None:
        line = piece.line
        item = Item(piece.text, piece.block, piece.href, line.source, line.time, self.heading)
        item.timed = item.closed = piece.complete
        if self.pending:
            item.time, item.source = self.pending[0] or item.time, self.pending[1] or item.source
            item.timed, self.pending = True, None
        self.items.append(item)

    def _is_source(self, place: int, piece: Piece, item: Item, side: Side = Side.UNKNOWN) -> bool:
        """Whether a line names the source of the item before it."""
        light = weight(piece.text) <= NAME_WEIGHT and not piece.doubled
        if not light or side is Side.AFTER or self.habits.time_leads:
            return False
        following = self._role_at(place + 1)
        if following is Role.TIME and not item.timed:
            return True
        return self.habits.named and not item.source and following is not Role.TEXT

    def _role_at(self, place: int) -> Role | None:
        return self.pieces[place].role if place < len(self.pieces) else None

    def _is_left_out(self, place: int, piece: Piece, item: Item | None, side: Side) -> bool:
        """Whether a line is none of a title: a kicker, a teaser, something said of the item before."""
        habits = self.habits
        waiting = item is not None and not item.timed
        kicker = piece.text in habits.kickers and bool(self.titles)
        unlinked = habits.linked and piece.href is None
        topic = habits.timed and waiting and weight(piece.text) <= NAME_WEIGHT
        if piece.doubled or kicker or unlinked or topic:
            return not piece.doubled
        if place in self.strong and habits.linked:
            return False
        if side in (Side.BEFORE, Side.AFTER):
            return True
        return item is not None and not item.closed and self._is_teaser(piece, item)

    def _is_teaser(self, piece: Piece, item: Item) -> bool:
        ends = piece.text.endswith(SENTENCE_ENDS) and not item.title.endswith(SENTENCE_ENDS)
        heavier = weight(piece.text) > 1.3 * weight(item.title)
        if weight(piece.text) > PROSE_WEIGHT and heavier:
            return True
        return self.habits.teasers or (ends and heavier)

    def _side(self, place: int) -> Side:
        """Return which titles a line stands with in the tree, if it is none itself."""
        piece = self.pieces[place]
        if place in self.strong:
            return Side.UNKNOWN
        split = bisect(self.titles, place)
        before, after = self.titles[max(0, split - 1) : split], self.titles[split : split + 2]
        nearest = [_common(piece, self.pieces[at]) for at in (*before, *after)]
        last = nearest[0] if before else -1
        following = nearest[len(before) :]
        if not following:
            return Side.BEFORE if last > 0 and piece.href is None else Side.UNKNOWN
        if last > following[0]:
            return Side.BEFORE
        if last == following[0]:
            return Side.UNKNOWN
        several = len(following) > 1 and following[1] == following[0]
        return Side.LIST if several and weight(piece.text) <= HEADING_WEIGHT else Side.AFTER


def _common(one: Piece, two: Piece) -> int:
    """Return the row of the nearest element that holds both; the deeper it lies, the greater it is."""
    return max(set(one.above) & set(two.above), default=-1)


def _habits(pieces: Sequence[Piece]) -> _Habits:
    linked = linked_share(pieces) >= MOSTLY / 2
    texts = [piece for piece in pieces if piece.role is Role.TEXT]
    light = [piece for piece in texts if weight(piece.text) <= NAME_WEIGHT and not piece.doubled]
    heavy = len(texts) - len(light)
    repeated = Counter(piece.text for piece in light)
    marks = [piece.role for piece in pieces if piece.role in (Role.TIME, Role.TEXT)]
    time_leads = len(marks) > 2 and marks[0] is Role.TIME and marks[-1] is not Role.TIME
    return _Habits(
        linked=linked,
        time_leads=time_leads,
        timed=_follows(pieces, (Role.TIME,), heavy),
        named=_follows(pieces, (Role.TEXT, Role.BUTTON), heavy),
        kickers=frozenset(text for text, count in repeated.items() if count > 1 and heavy),
        teasers=_has_teasers(pieces),
    )


def _follows(pieces: Sequence[Piece], roles: Sequence[Role], heavy: int) -> bool:
    """Whether lines of these roles, the last of them before the next title, follow each title as a rule.

    A text among them is a light one.
    """
    count = 0
    for place, piece in enumerate(pieces):
        if piece.role is Role.TEXT and _is_heavy(piece):
            following = list(
                takewhile(
                    lambda other: not (other.role is Role.TEXT and _is_heavy(other)),
                    pieces[place + 1 : place + 1 + REACH],
                )
            )
            found = [other.role for other in following]
            count += roles[0] in found and (len(roles) == 1 or found[:2] == list(roles))
    return heavy > 1 and count >= MOSTLY * heavy


def _is_heavy(piece: Piece) -> bool:
    return piece.doubled or weight(piece.text) > NAME_WEIGHT


def _has_teasers(pieces: Sequence[Piece]) -> bool:
    """Whether two heavy lines stand before each time as a rule."""
    groups, heavy = [], 0
    for piece in pieces:
        if piece.role is Role.TIME:
            groups.append(heavy)
            heavy = 0
        elif piece.role is Role.TEXT and _is_heavy(piece):
            heavy += 1
    return len(groups) > 1 and sum(count == 2 for count in groups) >= MOSTLY * len(groups)
