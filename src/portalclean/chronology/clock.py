"""Times of day beside a date: 19:53:27, 7:53 PM, 下午3時5分, 14h52, 21.34 Uhr."""

from __future__ import annotations

import re
from typing import NamedTuple

from portalclean.chronology.mention import Clock
from portalclean.chronology.words import words
from portalclean.chronology.zones import zone_at

__all__ = ["Timed", "clock_after", "clock_before", "compact_clock"]

FORMS = (
    re.compile(r"(?P<h>\d{1,2}) ?: ?(?P<m>\d\d)(?: ?: ?(?P<s>\d\d)(?:[.,]\d{1,9})?)?"),
    re.compile(r"(?P<h>\d{1,2})\s?[時时点點시]\s?(?:(?P<m>\d{1,2})\s?[分분]?(?:\s?(?P<s>\d{1,2})\s?[秒초])?)?"),
    re.compile(r"(?P<h>\d{1,2})\s?h\s?(?P<m>\d\d)(?!\d)(?P<s>)"),
    re.compile(r"(?P<h>\d{1,2})\.(?P<m>\d\d)(?P<s>)(?=\s?uhr)"),
    re.compile(r"(?P<h>\d{1,2})(?P<m>)(?P<s>)(?=\s?[ap]\.?m)"),
)
"""What a time looks like; the first that fits is read."""
COMPACT = re.compile(r"(?P<h>\d\d)(?P<m>\d\d)(?P<s>\d\d)?(?!\d)")
"""The time in ``20240513125214``."""
HOUR_WORD = re.compile(r"\s?uhr(?![a-z])")
BEFORE_SPAN = 48
"""Characters before a date in which its time may stand."""


class Timed(NamedTuple):
    """A time and where it stands."""

    clock: Clock
    start: int
    end: int


def clock_after(text: str, position: int, limit: int) -> Timed | None:
    """Return the time that follows a date which ends here; the text is levelled."""
    gap = words().gap.match(text, position)
    return _clock_at(text, gap.end() if gap else position, limit)


def clock_before(text: str, position: int, limit: int) -> Timed | None:
    """Return the time that stands directly before a date which begins here."""
    start = max(limit, position - BEFORE_SPAN)
    for match in FORMS[0].finditer(text, start, position):
        begins = match.start()
        if text[begins - 1 : begins].isdigit():
            continue
        timed = _clock_at(text, begins, position)
        if timed and words().gap.fullmatch(text, timed.end, position):
            return timed
    return None


def compact_clock(text: str, position: int) -> Timed | None:
    """Return the time in digits that are glued to a date in digits.

    >>> compact_clock("20240513125214", 8).clock.second
    14
    """
    if (match := COMPACT.match(text, position)) and (clock := _read(match, None)):
        return Timed(clock, position, match.end())
    return None


def _clock_at(text: str, position: int, limit: int) -> Timed | None:
    half, begins = None, position
    if not text[position : position + 1].isdecimal():  # nearly always it is: neither a word nor a blank stands before
        half = words().half.match(text, position, limit)
        begins = half.end() if half else position
        begins += len(text[begins : begins + 2]) - len(text[begins : begins + 2].lstrip())
    match = _figures_at(text, begins, limit)
    if match is None:
        return None
    end = match.end()
    if end < limit:
        word = HOUR_WORD.match(text, end, limit)
        end = word.end() if word else end
        if after := words().half.match(text, end, limit):
            end = after.end()
            half = half or after
    clock = _read(match, words().halves[half[1]] if half else None)
    if clock is None:
        return None
    zone, end = zone_at(text, end, limit) if end < limit else (None, end)
    return Timed(clock._replace(zone=zone) if zone else clock, position, end)


def _figures_at(text: str, position: int, limit: int) -> re.Match[str] | None:
    for form in FORMS:
        if match := form.match(text, position, limit):
            return match
    return None


def _read(match: re.Match[str], half: str | None) -> Clock | None:
    """Return the time that figures and a half of the day state; ``None`` when no clock shows it."""
    hour, minute = int(match["h"]), int(match["m"] or 0)
    second = int(match["s"]) if match["s"] else None
    if (half == "second" and hour < 12) or (half == "noon" and hour < 3):
        hour += 12
    elif half == "first" and hour == 12:
        hour = 0
    return Clock(hour, minute, second) if hour < 24 and minute < 60 and (second or 0) < 60 else None
