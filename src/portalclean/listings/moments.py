"""The dates in a line of a list, with a quick refusal of the many lines that have figures and no date."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from portalclean.chronology import Mention, find_dates
from portalclean.chronology.glyphs import levelled
from portalclean.chronology.patterns import NUMERAL, OF, ORDINAL
from portalclean.chronology.words import lexicon, words
from portalclean.listings.words import DIGIT, WIDE

__all__ = ["date_mentions", "may_state_date"]

FIGURES = rf"[\d{NUMERAL}元]"
HAN_DAY = re.compile(rf"{FIGURES}\s?(?:[年년]\s?{FIGURES}{{1,3}}\s?[月월]|[月월]\s?{FIGURES})")
"""What every day with 月 has: a year before its month, or a day behind it."""
WHOLE_DAY = re.compile(r"\d(?:\s?[-./]\s?\d{1,2}\s?[-./]\s?\d|\d{6})")
"""What every day in figures has that states its year."""
MONTH_DAY = re.compile(r"\d[-./]\d")
"""What every day in figures has that leaves its year out; it counts only with a time of day."""
CLOCK = re.compile(r"\d(?:\s?(?:[時时点點시]|:\s?\d|h\s?\d|[ap]\.?m)|\.\d\d\s?uhr)")
"""What every time of day has."""
GAP = rf"[\s.,/'-]{{0,4}}{OF}'?"
"""What may stand between a month's name and the day or year behind it."""
SOME = re.compile(rf"{FIGURES}\s?(?:[-./年년月월]\s?{FIGURES}|[:時时点點시hap]|\d{{6}})")
"""What all of these have."""


class _Words(NamedTuple):
    """What the words of dates compile to for a first look."""

    telling: re.Pattern[str]
    """A character that every text has which may state a day by a month's name or over two lines, or an age, unless
    it has a time of day: the first of months' names and of the tails below, a line break."""
    month_end: re.Pattern[str]
    """A figure behind a letter that a month's name ends with."""
    month_first: re.Pattern[str]
    month_last: re.Pattern[str]
    """A figure behind a month's name, and one before it."""
    tails: tuple[str, ...]
    """What every moment counted from now has one of: the ends of its units (``ago`` of ``hours ago``, ``前`` of
    ``小时前``), the words that introduce a count."""
    ascii_tails: tuple[str, ...]
    uncounted: frozenset[str]
    """Words that are such a moment without a count."""


@cache
def _words() -> _Words:
    table = lexicon("dates.toml")["relative"]
    last_words = [unit.split()[-1] for unit in table["units"]]
    ends = [word[-1] if WIDE.match(word[-1]) else word for word in last_words]
    tails = tuple(dict.fromkeys([*ends, *table["counted"]]))
    letters = {month[0] for month in words().months}
    letter = rf"[{''.join(sorted(letters))}]"
    return _Words(
        re.compile(rf"[\n{re.escape(''.join(sorted(letters.union(tail[0] for tail in tails))))}]"),
        re.compile(rf"[{''.join(sorted({month[-1] for month in words().months}))}]{GAP}\d"),
        re.compile(rf"(?={letter}){words().month}{GAP}\d"),
        re.compile(rf"\d{ORDINAL}\.? {{0,2}}{OF}{words().long_month}"),
        tails,
        tuple(filter(str.isascii, tails)),
        frozenset(table["words"]),
    )


def date_mentions(text: str) -> tuple[Mention, ...]:
    """Return what `find_dates` finds in a line.

    >>> [mention.raw for mention in date_mentions("晨光报 5小时前")], date_mentions("7 ways to fold a map")
    (['5小时前'], ())
    """
    return find_dates(text) if may_state_date(text) else ()


def may_state_date(text: str) -> bool:
    """Whether `find_dates` may find something in a text; a no is sure.

    >>> may_state_date("am 21. März"), may_state_date("1.6 million trees in 2021")
    (True, False)
    """
    plain = levelled(text)
    timed = False
    if SOME.search(plain):
        timed = CLOCK.search(plain) is not None
        if HAN_DAY.search(plain) or WHOLE_DAY.search(plain) or (timed and MONTH_DAY.search(plain)):
            return True
    if not timed and _words().telling.search(plain) is None:
        return plain.strip() in _words().uncounted
    return _may_name_month(plain) or _may_state_age(plain, timed)


def _may_name_month(plain: str) -> bool:
    """Whether a levelled text may state a day by a month's name, or over two lines; a no is sure."""
    if DIGIT.search(plain) is None:
        return False
    known = _words()
    named = (known.month_end.search(plain) and known.month_first.search(plain)) or known.month_last.search(plain)
    # Where a day stands above its year, the two may have no mark between them.
    return bool(named) or "\n" in plain


def _may_state_age(plain: str, timed: bool) -> bool:
    """Whether a levelled text, with a time of day or without, may state a moment counted from now; a no is sure.

    A word without a count is one when it has a time of day beside it, or is all that the text says.
    """
    known = _words()
    tails = known.ascii_tails if plain.isascii() else known.tails
    likely = timed or any(map(plain.__contains__, tails)) or plain.strip() in known.uncounted
    return likely and words().relative.search(plain) is not None
