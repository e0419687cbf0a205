"""Find every date in a text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from portalclean.chronology.clock import clock_after, clock_before, compact_clock
from portalclean.chronology.glyphs import levelled
from portalclean.chronology.mention import Day, Mention, MentionKind, Order
from portalclean.chronology.patterns import Form, forms_with, hints
from portalclean.chronology.words import words

__all__ = ["find_dates", "has_date", "parse_moment"]

DIGIT = re.compile(r"\d|[一二三四五六七八九][年月]")
LETTER = re.compile(r"[^\W\d_]")
"""What every moment counted from now has: a unit or a word."""
STAMP = re.compile(r"((?:19|20)\d\d)[-/.](\d\d?)[-/.](\d\d?)[ T](\d\d?):(\d\d)(?::(\d\d))?")
"""The commonest whole timestamp, for a quick answer."""
TAKEN = 1
"""Marks the characters that a found day covers."""
LONGEST_MOMENT = 80
"""No timestamp is longer; a longer text is not looked at."""
REMEMBERED, LONGEST_REMEMBERED = 128, 400
"""Texts whose dates are kept, and characters of each: the extractors of one page read the same few lines."""
WRAPPING = " \t\n()[]（）【】|·-"
"""What may stand around a timestamp that is the whole text."""


class _Found(NamedTuple):
    form: Form
    start: int
    end: int
    days: tuple[Day, ...]


def find_dates(text: str, order: Order | None = None) -> tuple[Mention, ...]:
    """Return every mention of a date in the text, in order; they do not overlap.

    ``order`` says how figures are read where they leave it open; without it such a mention is ambiguous.

    >>> [str(mention.value) for mention in find_dates("2023-09-2300:58:04 | Sep 7th, 2019 at 7:53 PM")]
    ['2023-09-23 00:58:04', '2019-09-07 19:53:00']
    >>> find_dates("09/07/2019")[0].value is None, find_dates("09/07/2019", Order.DAY_FIRST)[0].value
    (True, datetime.date(2019, 7, 9))
    """
    return _remembered(text, order) if len(text) <= LONGEST_REMEMBERED else _mentions(text, order)


@lru_cache(maxsize=REMEMBERED)
def _remembered(text: str, order: Order | None) -> tuple[Mention, ...]:
    return _mentions(text, order)


def _mentions(text: str, order: Order | None) -> tuple[Mention, ...]:
    plain = levelled(text)
    found = _days(text, plain, order) if DIGIT.search(plain) else []
    mentions = list(_timed(text, plain, found)) if found else []
    if LETTER.search(plain):
        mentions += list(_relative(text, plain, mentions))
    return tuple(mentions) if len(mentions) < 2 else tuple(sorted(mentions, key=lambda mention: mention.start))


def has_date(text: str) -> bool:
    """Whether a text may state a date: a quick answer that is only sure when it is no.

    >>> has_date("昨天 12:30"), has_date("Ein Wort")
    (True, False)
    """
    return DIGIT.search(text) is not None or words().relative.search(levelled(text)) is not None


def parse_moment(text: str) -> datetime | None:
    """Return the moment when the whole text is one full date with its time, else ``None``.

    >>> parse_moment("2023-09-23 00:58:04"), parse_moment("at 2023-09-23 00:58"), parse_moment("2023-09-23")
    (datetime.datetime(2023, 9, 23, 0, 58, 4), None, None)
    """
    if len(text) > LONGEST_MOMENT:
        return None
    text = text.strip(WRAPPING)
    if match := STAMP.fullmatch(text):
        try:
            return datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]
        except ValueError:
            return None
    mentions = find_dates(text) if DIGIT.search(text) else ()
    if len(mentions) != 1 or (mentions[0].start, mentions[0].end) != (0, len(text)):
        return None
    value = mentions[0].value
    return value if isinstance(value, datetime) else None


def _days(text: str, plain: str, order: Order | None) -> list[_Found]:
    """Return the days found, in order; of two that overlap the earlier form's."""
    found: list[_Found] = []
    known = frozenset([name for name, hint in hints().items() if hint.search(plain)])
    if not known:
        return found
    taken = bytearray(len(plain))
    for form in forms_with(known):
        for match in form.pattern.finditer(plain):
            start, end = match.span()
            if TAKEN in taken[start:end]:
                continue
            if not (form.named and _is_glued(text, match)) and (days := form.read(match, order)):
                found.append(_Found(form, start, end, days))
                taken[start:end] = bytes((TAKEN,)) * (end - start)
    return found if len(found) < 2 else sorted(found, key=lambda day: day.start)


def _is_glued(text: str, match: re.Match[str]) -> bool:
    """Whether a month's name is the end of a longer word; a capital after a small letter begins a new one."""
    start = match.start("m")
    before, first = text[start - 1 : start], text[start]
    return before.isalpha() and (not first.isupper() or before.isupper())


def _timed(text: str, plain: str, found: list[_Found]) -> Iterator[Mention]:
    """Yield the mentions of the days, each with the time beside it."""
    done = 0
    for index, day in enumerate(found):
        limit = found[index + 1].start if index + 1 < len(found) else len(plain)
        after = compact_clock(plain, day.end) if day.form.name == "compact" else None
        after = after or clock_after(plain, day.end, limit)
        before = None if after else clock_before(plain, day.start, done)
        timed = after or before
        if day.form.timed and not timed:
            continue
        start = before.start if before else day.start
        done = after.end if after else day.end
        raw = text[start:done]
        yield Mention(_kind(day), raw, start, done, day.days, timed and timed.clock, day.form.weak)


def _kind(day: _Found) -> MentionKind:
    if day.days[0].year is None:
        return MentionKind.YEARLESS
    return MentionKind.FULL if len(day.days) == 1 else MentionKind.AMBIGUOUS


def _relative(text: str, plain: str, mentions: list[Mention]) -> Iterator[Mention]:
    """Yield the moments counted from now; a word without a count must have a time or be all there is."""
    starts = [mention.start for mention in mentions]
    for match in words().relative.finditer(plain):
        start, end = match.span()
        before = bisect_left(starts, end) - 1
        if before >= 0 and mentions[before].end > start:
            continue
        limit = starts[before + 1] if before + 1 < len(starts) else len(plain)
        timed = clock_after(plain, end, limit)
        if match["word"] and not timed and plain.strip() != match["word"]:
            continue
        end = timed.end if timed else end
        yield Mention(MentionKind.RELATIVE, text[start:end], start, end, (), timed.clock if timed else None)
