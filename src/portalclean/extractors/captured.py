"""The page's own clock: when it was shown to whoever captured it.

Portals print it as a timestamp that belongs to nothing: behind the last item of a feed, in a hidden element,
in a strip above the headline, or behind words such as 当前时间. It is later than all other times on the page.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

import numpy as np

from portalclean.article import Evidence
from portalclean.chronology.glyphs import levelled
from portalclean.chronology.parse import find_dates, parse_moment
from portalclean.chronology.words import lexicon, trie_pattern, words
from portalclean.page import Label, Page
from portalclean.reading import Extracted, Fields, Reading

__all__ = ["extract_captured"]

SHORTEST, LONGEST = 14, 64
"""Characters of a text that is one timestamp, or one with a few words before it."""
LONGEST_CUED = 96
"""Characters of a text that says "now" and a timestamp; browsers add the zone's long name."""
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
TIME = re.compile(r"\d[:：時时]\d")
TIME_MARK = re.compile(r"[:：時时](?<=\d.)\d")
"""The same, found by its mark, which is rarer than figures."""
FEW = 14
"""Characters beside a timestamp in a strip above the headline: a day of the week."""
ITEMS = 3
"""Other timestamps that a page must show before one that stands apart is called its clock."""
CLOSE = 3
"""Lines behind a timestamp in which the next one of its list would stand: a title, an account, the time."""
DOUBLED = 0.25
"""Share of a page's lines that stand twice in succession when its dump writes lines twice; other pages of the
development data have 0.1 at most."""
ELSEWHERE = (Label.BYLINE, Label.COMMENT, Label.BODY, Label.TITLE, Label.CAPTION)
"""Labels of blocks in which a timestamp belongs to a text."""


class Stamp(NamedTuple):
    """A unit that is one timestamp, or ends in one ("account 2022-06-18 07:12:05")."""

    unit: int
    place: int
    """The unit's place among the page's lines, copies left out where a dump writes lines twice."""
    value: datetime
    alone: bool


class Found(NamedTuple):
    """The page's clock: its unit, its moment, and why it is that."""

    unit: int
    value: datetime
    reason: str


def extract_captured(reading: Reading) -> Extracted:
    """Return the page's clock, when it shows one beyond doubt."""
    found = _said(reading) or _unsaid(reading)
    if found is None:
        return Extracted(Fields(captured=None))
    block = bisect_right(reading.first_units, found.unit) - 1
    evidence = Evidence("captured", found.reason, reading.page.texts[found.unit], block)
    return Extracted(Fields(captured=found.value), (evidence,))


def _said(reading: Reading) -> Found | None:
    """Return the moment that words call now."""
    match_cue = _cue().match
    page = reading.page
    sizes = page.ends - page.starts
    for unit in np.flatnonzero((sizes >= SHORTEST) & (sizes <= LONGEST_CUED)).tolist():
        text = page.texts[unit]
        if not (cue := match_cue(text)):
            continue
        mentions = find_dates(text)
        value = mentions[0].value if len(mentions) == 1 else None
        if isinstance(value, datetime) and mentions[0].start - cue.end() <= FEW:
            return Found(unit, value, "its words call it now")
    return None


def _unsaid(reading: Reading) -> Found | None:
    """Return the moment that its place tells to be now."""
    timed = _timed(reading.page)
    stamps = list(_stamps(reading.page.texts, timed))
    return _apart(reading, stamps) or _above(reading, timed, stamps)


def _apart(reading: Reading, stamps: Sequence[Stamp]) -> Found | None:
    """Return the latest timestamp when it stands apart from the items: hidden, or behind an item's own.

    One that another follows closely is the first of a list that puts the times before its titles.
    """
    if len(stamps) <= ITEMS:
        return None
    stamps = _once(stamps, reading.page.texts)
    latest = max(stamps, key=lambda stamp: _naive(stamp.value))
    if not latest.alone or sum(_naive(stamp.value) == _naive(latest.value) for stamp in stamps) > 1:
        return None
    if _label(reading, latest.unit) in ELSEWHERE or any(
        _naive(time) >= _naive(latest.value) for time in _byline_times(reading)
    ):
        return None
    if reading.page.hidden[latest.unit]:
        return Found(latest.unit, latest.value, "a hidden timestamp, later than all others")
    places = {stamp.place for stamp in stamps}
    follows = any(place in places for place in range(latest.place + 1, latest.place + 1 + CLOSE))
    if latest.place - 1 in places and not follows:
        return Found(latest.unit, latest.value, "a timestamp behind the last item's own, later than all others")
    return None


def _above(reading: Reading, timed: Sequence[int], stamps: Sequence[Stamp]) -> Found | None:
    """Return the moment of a strip above the headline, when the byline's is earlier."""
    title = reading.first(Label.TITLE)
    if title is None:
        return None
    for unit in timed[: bisect_left(timed, reading.first_units[title])]:
        text = reading.page.texts[unit]
        if not _may_be_stamp(text):
            continue
        if _label(reading, unit) is not Label.NAVIGATION or words().cue.search(levelled(text)):
            continue
        mentions = find_dates(text)
        if len(mentions) != 1 or len(text) - len(mentions[0].raw) > FEW:
            continue
        value = mentions[0].value
        if isinstance(value, datetime):
            bylines = _byline_times(reading)
            if bylines and _is_last(value, bylines, stamps):
                return Found(unit, value, "a timestamp above the headline, later than all others")
    return None


def _is_last(moment: datetime, bylines: Sequence[datetime], stamps: Sequence[Stamp]) -> bool:
    """Whether neither the bylines nor another timestamp is later or the same."""
    others = [*bylines, *(stamp.value for stamp in stamps)]
    later = [value for value in others if _naive(value) >= _naive(moment)]
    return len(later) <= 1 and all(value == moment for value in later)


def _byline_times(reading: Reading) -> list[datetime]:
    mentions = [mention for _, text in reading.lines(Label.BYLINE) for mention in find_dates(text)]
    return [mention.value for mention in mentions if isinstance(mention.value, datetime)]


def _stamps(texts: Sequence[str], timed: Sequence[int]) -> Iterator[Stamp]:
    for unit in timed:
        text = texts[unit]
        if _may_be_stamp(text) and (moment := parse_moment(text)):
            yield Stamp(unit, unit, moment, alone=True)
        elif text[-1:].isdigit() and _may_be_stamp(tail := text[-LONGEST:]) and (ends := find_dates(tail)):
            value = ends[-1].value
            if ends[-1].end == len(tail) and isinstance(value, datetime):
                yield Stamp(unit, unit, value, alone=False)


def _timed(page: Page) -> list[int]:
    """Return the units that may have a time, in order, by one search of the whole page's text."""
    marks = [match.start() for match in TIME_MARK.finditer(page.text)]
    if not marks:
        return []
    units: list[int] = (page.starts.searchsorted(marks, "right") - 1).tolist()
    return list(dict.fromkeys(units))


def _once(stamps: Sequence[Stamp], texts: Sequence[str]) -> Sequence[Stamp]:
    """Return the stamps, one of each two alike, and their places without copies, where a dump doubles lines."""
    copies = [unit for unit in range(1, len(texts)) if texts[unit] == texts[unit - 1]]
    if len({texts[unit] for unit in copies}) < DOUBLED * len(set(texts)):
        return stamps
    known = frozenset(copies)
    return [
        stamp._replace(place=stamp.unit - bisect_right(copies, stamp.unit))
        for stamp in stamps
        if stamp.unit not in known
    ]


def _may_be_stamp(text: str) -> bool:
    return SHORTEST <= len(text) <= LONGEST and bool(YEAR.search(text) and TIME.search(text))


def _label(reading: Reading, unit: int) -> Label:
    return reading.blocks.label(bisect_right(reading.first_units, unit) - 1)


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


@cache
def _cue() -> re.Pattern[str]:
    listed = lexicon("dates.toml")["clock_cues"]["words"]
    return re.compile(rf"\W{{0,4}}(?:{trie_pattern(listed)})", re.IGNORECASE)
