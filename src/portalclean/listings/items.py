"""Sections to items: which lines are titles, and which source and time belong to each."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING

from portalclean.listings.lines import BUTTON, HEADING, NAME_WEIGHT, TEXT, TIME, Role
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
SIGNS = {TIME: "d", BUTTON: "b", HEADING: "-"}
"""A section's lines are looked at as a string of letters, one a line; ``T`` is a heavy text, ``t`` a light one."""
TIMED = re.compile(rf"T(?=[^T]{{0,{REACH - 1}}}d)")
NAMED = re.compile("Ttb")
SENTENCE_ENDS = ("。", "…", "...", ".", "．")


class Side(IntEnum):
    """Which title a line stands with, by the elements around them."""

    BEFORE = -1
    UNKNOWN = 0
    AFTER = 1
    LIST = 2
    """With several titles that follow: it is their heading."""


BEFORE, UNKNOWN, AFTER, LIST = Side
"""By their own names, as in `lines`."""


@dataclass(slots=True)
class Item:
    """An item as its lines are read."""

    title: str
    weight: float
    """How much the title says."""
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
    pieces = section.pieces
    texts = [piece.text for piece in pieces]
    if len(set(texts)) < len(texts):
        pieces = list(_unrepeated(pieces))
    return _Assembly(section, pieces).items


def _unrepeated(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces; of runs of lines that come twice in a row only the first.

    A picture's text and the link's text are one title; where a title was split into several lines, all of
    them come again.
    """
    again = _repeating(pieces)
    place = 0
    while place < len(pieces):
        piece = pieces[place]
        size = _repeated(pieces, place) if piece.role is TEXT and piece.text in again else 0
        run = pieces[place : place + size]
        if not size or any(one.role is not TEXT for one in run):
            yield piece
            place += 1
            continue
        text = " ".join(one.text for one in run)
        href = next((one.href for one in pieces[place : place + 2 * size] if one.href), None)
        merged = piece.saying(text) if size > 1 else piece
        merged.href, merged.doubled = href, True
        yield merged
        place += 2 * size
        while size == 1 and place < len(pieces) and pieces[place].text == text:
            place += 1


def _repeating(pieces: Sequence[Piece]) -> set[str]:
    """Return the texts that come again at most three pieces later."""
    texts = [piece.text for piece in pieces]
    return {text for size in (1, 2, 3) for text, later in zip(texts, texts[size:], strict=False) if text == later}


def _repeated(pieces: Sequence[Piece], place: int) -> int:
    """Return the size, at most three, of the smallest run from this place on that comes twice in a row; else 0."""
    text, left = pieces[place].text, len(pieces) - place
    for size in (1, 2, 3):
        if 2 * size > left:
            break
        again = place + size
        if pieces[again].text == text and all(
            one.text == two.text and one.role is two.role
            for one, two in zip(pieces[place:again], pieces[again : again + size], strict=True)
        ):
            return size
    return 0


class _Assembly:
    """Reads the pieces of one section in order and keeps the items begun."""

    def __init__(self, section: Section, pieces: Sequence[Piece]) -> None:
        self.section = section
        self.pieces = pieces
        self.heading = section.heading
        self.habits = _habits(pieces)
        self.titles = self._titles()
        self.strong = frozenset(self.titles)
        self.items: list[Item] = []
        self.pending: tuple[datetime | None, str | None] | None = None
        for place, piece in enumerate(pieces):
            if piece.role is TEXT:
                self._take_text(place, piece)
            elif piece.role is TIME:
                self._take_time(place, piece)
            elif self.items:
                self.items[-1].closed = True

    def _titles(self) -> list[int]:
        """Return where the titles by themselves are: heavy lines, links where titles are links, and their like.

        A light line is like them that stands in the tree as they do.
        """
        linked = self.habits.linked
        able = [
            (place, piece)
            for place, piece in enumerate(self.pieces)
            if piece.role is TEXT and (piece.href is not None or not linked)
        ]
        titles = [at for at, piece in able if piece.weight > NAME_WEIGHT or piece.place.in_heading]
        if len(titles) == len(able):
            return titles
        strong, shapes = frozenset(titles), {self.pieces[at].place.shape for at in titles}
        return [
            at for at, piece in able if at in strong or (piece.place.row is not None and piece.place.shape in shapes)
        ]

    def _take_time(self, place: int, piece: Piece) -> None:
        item = self.items[-1] if self.items else None
        if self.habits.time_leads and self._role_at(place + 1) is TEXT:
            self.pending = (piece.time, piece.source)
        elif item and not item.timed:
            item.time, item.timed, item.closed = piece.time, True, True
            item.source = piece.source or item.source
        elif piece.weight > LIGHTEST:
            # No item waits for this time: what stands beside it is a title.
            self._begin(replace(piece, source=None, complete=True))

    def _take_text(self, place: int, piece: Piece) -> None:
        item = self.items[-1] if self.items else None
        text = piece.text
        if not any(map(str.isalnum, text)):
            return
        if item and (text == item.title or (piece.href is not None and piece.href == item.href)):
            self._take_same(item, piece)
            return
        if piece.weight < LIGHTEST and not piece.doubled:
            if item and self._is_source(place, piece, item):
                item.source = text
            return
        if item and (name := named_source(text)) and weight(name) <= 2 * NAME_WEIGHT:
            item.source = item.source or name
            return
        if place in self.strong and piece.weight > NAME_WEIGHT and self._is_kept(piece):
            self._begin(piece)
            return
        side = self._side(place)
        if side is LIST:
            self.heading = text
        elif item and self._is_source(place, piece, item, side):
            item.source = text
        elif not self._is_left_out(place, piece, item, side):
            self._begin(piece)

    def _take_same(self, item: Item, piece: Piece) -> None:
        """Take another line of the same item: the picture's text, the link around title and teaser."""
        item.href = item.href or piece.href
        heavy = item.weight
        light = heavy <= NAME_WEIGHT and not item.closed
        if light and piece.weight > 1.5 * heavy and not piece.text.endswith(SENTENCE_ENDS):
            item.title, item.weight = piece.text, piece.weight

    def _begin(self, piece: Piece) -> None:
        item = Item(piece.text, piece.weight, piece.place.block, piece.href, piece.source, piece.time, self.heading)
        item.timed = item.closed = piece.complete
        if self.pending:
            item.time, item.source = self.pending[0] or item.time, self.pending[1] or item.source
            item.timed, self.pending = True, None
        self.items.append(item)

    def _is_source(self, place: int, piece: Piece, item: Item, side: Side = UNKNOWN) -> bool:
        """Whether a line names the source of the item before it."""
        light = piece.weight <= NAME_WEIGHT and not piece.doubled
        if not light or side is AFTER or self.habits.time_leads:
            return False
        following = self._role_at(place + 1)
        if following is TIME and not item.timed:
            return True
        return self.habits.named and not item.source and following is not TEXT

    def _role_at(self, place: int) -> Role | None:
        return self.pieces[place].role if place < len(self.pieces) else None

    def _is_kept(self, piece: Piece) -> bool:
        """Whether a heavy title is one of an item for sure, by what `_is_left_out` asks first."""
        return piece.doubled or (self.habits.linked and piece.text not in self.habits.kickers)

    def _is_left_out(self, place: int, piece: Piece, item: Item | None, side: Side) -> bool:
        """Whether a line is none of a title: a kicker, a teaser, something said of the item before."""
        habits = self.habits
        waiting = item is not None and not item.timed
        kicker = piece.text in habits.kickers and bool(self.titles)
        unlinked = habits.linked and piece.href is None
        topic = habits.timed and waiting and piece.weight <= NAME_WEIGHT
        if piece.doubled or kicker or unlinked or topic:
            return not piece.doubled
        if place in self.strong and habits.linked:
            return False
        if side in (BEFORE, AFTER):
            return True
        return item is not None and not item.closed and self._is_teaser(piece, item)

    def _is_teaser(self, piece: Piece, item: Item) -> bool:
        ends = piece.text.endswith(SENTENCE_ENDS) and not item.title.endswith(SENTENCE_ENDS)
        heavier = piece.weight > 1.3 * item.weight
        if piece.weight > PROSE_WEIGHT and heavier:
            return True
        return self.habits.teasers or (ends and heavier)

    def _side(self, place: int) -> Side:
        """Return which titles a line stands with in the tree, if it is none itself."""
        piece = self.pieces[place]
        if place in self.strong or piece.place.row is None:
            return UNKNOWN
        split = bisect(self.titles, place)
        before, after = self.titles[max(0, split - 1) : split], self.titles[split : split + 2]
        nearest = [piece.place.common(self.pieces[at].place) for at in (*before, *after)]
        last = nearest[0] if before else -1
        following = nearest[len(before) :]
        if not following:
            return BEFORE if last > 0 and piece.href is None else UNKNOWN
        if last > following[0]:
            return BEFORE
        if last == following[0]:
            return UNKNOWN
        several = len(following) > 1 and following[1] == following[0]
        return LIST if several and piece.weight <= HEADING_WEIGHT else AFTER


def _habits(pieces: Sequence[Piece]) -> _Habits:
    signs = "".join(map(_sign, pieces))
    heavy = signs.count("T")
    light = [piece.text for piece, sign in zip(pieces, signs, strict=True) if sign == "t"] if heavy else []
    dated = "d" in signs
    said = signs.replace("-", "").replace("b", "").lower() if dated else ""
    return _Habits(
        linked=linked_share(pieces) >= MOSTLY / 2,
        time_leads=len(said) > 2 and said[0] == "d" and said[-1] != "d",
        timed=dated and heavy > 1 and len(TIMED.findall(signs)) >= MOSTLY * heavy,
        named=heavy > 1 and "b" in signs and len(NAMED.findall(signs)) >= MOSTLY * heavy,
        kickers=_repeats(light),
        teasers=dated and _has_teasers(signs),
    )


def _repeats(texts: Sequence[str]) -> frozenset[str]:
    """Return those of the texts that come several times."""
    if len(set(texts)) == len(texts):
        return frozenset()
    return frozenset(text for text, count in Counter(texts).items() if count > 1)


def _sign(piece: Piece) -> str:
    """Return a letter for what the line is: a heavy or light text, a date, a button."""
    if piece.role is TEXT:
        return "T" if piece.doubled or piece.weight > NAME_WEIGHT else "t"
    return SIGNS[piece.role]


def _has_teasers(signs: str) -> bool:
    """Whether two heavy lines stand before each time as a rule."""
    groups = [group.count("T") for group in signs.split("d")[:-1]]
    return len(groups) > 1 and groups.count(2) >= MOSTLY * len(groups)
