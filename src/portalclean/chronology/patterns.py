"""The written forms of a day, best first, each with the pattern that finds it and the reader of its parts.

The patterns run over text brought to one form by `glyphs.levelled`. Every quantifier has an upper bound, so
that a scan takes time linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

from portalclean.chronology import readers
from portalclean.chronology.mention import Day, Order
from portalclean.chronology.words import END_OF_WORD, words

__all__ = ["Form", "forms", "forms_with", "hints"]

Reader: TypeAlias = Callable[[re.Match[str], Order | None], tuple[Day, ...]]


class Form(NamedTuple):
    """A written form of a day."""

    name: str
    pattern: re.Pattern[str]
    read: Reader
    needs: str
    """Which of the `hints` every text with such a day has."""
    named: bool
    """Whether the month is named; the group ``m`` is then the name."""
    weak: bool = False
    """Whether the figures alone could be something else."""
    timed: bool = False
    """Whether the form counts only when a time of day stands beside it."""


YEAR = r"(?P<y>(?:19|20)\d\d)"
MONTH = r"(?P<m>\d{1,2})"
DAY = r"(?P<d>\d\d|\d(?!\d))"
"""Two digits when there are two: what follows may be a time or a count glued behind."""
MARK, SAME = r"\s?(?P<mark>[-./])\s?", r"\s?(?P=mark)\s?"
FRESH = r"(?<!\d)"
FRESH_DIGIT, FRESH_YEAR = r"\d(?<!\d\d)", r"(?P<y>(?:19|20)(?<!\d\d\d)\d\d)"
ALONE = r"(?<!\d)(?<!\d[-./:])"
ALONE_DIGIT = r"\d(?<!\d\d)(?<!\d[-./:]\d)"
ALONE_YEAR = r"(?P<y>(?:19|20)(?<!\d\d\d)(?<!\d[-./:]\d\d)\d\d)"
"""No other figure stands before; to look behind after a digit or two lets a search pass over all else."""
ENDS = r"(?!\d|[-./]\d)"
"""No other figure follows."""
ENDS_OR_TIME = rf"(?:{ENDS}|(?=[0-2]?\d:\d\d))"
BETWEEN = r"[\s.,/'-]{0,3}"
OF = r"(?:de |del |of |di |d'|do |г\. |ngày )?"
ORDINAL = r"(?:st|nd|rd|th|er|º|ª|°|-?го|\.ª)?"
TWO_DIGITS = r"(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"
REPUBLIC = r"(?P<y>1[01]\d)"
"""Years 100 to 119 of the Republic of China, 2011 to 2030; earlier ones look like other numbers."""
NUMERAL = "〇零○◯一二三四五六七八九十"
ERA = rf"(?P<era>{'|'.join(readers.ERAS)})\s?(?P<y>\d{{1,3}}|元)"
HAN, NAME, MARKS, TWO, EIGHT, ROW, LINES = "月", "month", "a-b-c", "a-b", "eight digits", "seven digits", "two lines"
"""What a text with a day in one of the forms has, by the names of the `hints`."""


@cache
def hints() -> Mapping[str, re.Pattern[str]]:
    """Return the patterns that tell in one quick search each which forms a text cannot have."""
    return {
        HAN: re.compile("[月월]"),
        NAME: words().has_month,
        MARKS: re.compile(r"\d\s?[-./]\s?\d\d?\s?[-./]\s?\d"),
        TWO: re.compile(r"\d[-./]\d"),
        EIGHT: re.compile(r"\d{8}"),
        ROW: re.compile(r"\)\s?\d{7}"),
        LINES: re.compile(r"\d\s{0,2}\n\s{0,2}\d"),
    }


@cache
def forms() -> tuple[Form, ...]:
    """Return the forms, best first: of two matches that overlap the earlier form's counts."""
    return tuple(
        Form(name, re.compile(pattern), read, needs, needs == NAME, name in WEAK, name == "figures without year")
        for name, pattern, read, needs in (*_full(), *_partial())
    )


@lru_cache(maxsize=128)  # as many as there are sets of hints
def forms_with(known: frozenset[str]) -> tuple[Form, ...]:
    """Return the forms, best first, that a text may have in which these hints are found."""
    return tuple(form for form in forms() if form.needs in known)


WEAK = ("compact", "republic in figures", "short")
"""Forms that may be a number of another kind."""


def _full() -> tuple[tuple[str, str, Reader, str], ...]:
    """Return the forms that state a year, a month and a day."""
    month = rf"(?P<m>{words().month})"
    return (
        ("han", rf"{FRESH_YEAR}\s?[年년]\s?{MONTH}\s?[月월]\s?{DAY}\s?(?:[日号號일]|(?!\d))",
         readers.year_month_day, HAN),
        ("era", rf"{ERA}\s?年\s?{MONTH}\s?月\s?{DAY}\s?日?", readers.era, HAN),
        ("republic", rf"{FRESH}{REPUBLIC}\s?年\s?{MONTH}\s?月\s?{DAY}\s?日", readers.minguo, HAN),
        ("numerals",
         rf"(?P<y>[{NUMERAL}]{{4}})年(?P<m>[{NUMERAL}元]{{1,3}})月(?P<d>[{NUMERAL}]{{1,3}})[日号號]",
         readers.han_numerals, HAN),
        ("figures", rf"{ALONE_YEAR}{MARK}{MONTH}{SAME}{DAY}(?![-./]\d)", readers.year_month_day, MARKS),
        ("year last", rf"(?P<a>{ALONE_DIGIT}\d?){MARK}(?P<b>\d{{1,2}}){SAME}{YEAR}{ENDS_OR_TIME}",
         readers.year_last, MARKS),
        ("name in the middle", rf"(?P<d>{FRESH_DIGIT}\d?){ORDINAL}{BETWEEN}{OF}{month}{BETWEEN}{OF}{YEAR}",
         readers.named, NAME),
        ("name first", rf"{month}\.?\s{{0,2}}(?P<d>\d{{1,2}}){ORDINAL}(?:[\s.,]{{1,3}}|(?=')){OF}'?{YEAR}",
         readers.named, NAME),
        ("name second", rf"{FRESH_YEAR}{BETWEEN}(?:m\. )?{month}{BETWEEN}(?P<d>\d{{1,2}})(?!\d)",
         readers.named, NAME),
        ("compact", rf"(?<![\d.-]){YEAR}{TWO_DIGITS}(?=(?:\d{{4}}|\d{{6}})?(?!\d))",
         readers.year_month_day, EIGHT),
        ("editor", rf"(?<=\))\s?{REPUBLIC}{TWO_DIGITS}(?!\d)", readers.minguo, ROW),
        ("republic in figures", rf"{ALONE}{REPUBLIC}{MARK}{MONTH}{SAME}{DAY}{ENDS}", readers.minguo, MARKS),
        ("short", rf"(?P<a>{ALONE_DIGIT}\d)(?P<mark>[-./])(?P<b>\d\d)(?P=mark)(?P<c>\d\d){ENDS_OR_TIME}",
         readers.short, MARKS),
        ("year above", rf"{FRESH_YEAR}\s{{0,2}}\n\s{{0,2}}{MONTH}\s?[-/.]\s?{DAY}{ENDS}",
         readers.year_month_day, LINES),
        ("day above", rf"(?<![\d:./-])(?P<d>\d{{1,2}})\s{{0,2}}\n\s{{0,2}}{YEAR}[-/.年]{MONTH}{ENDS}",
         readers.year_month_day, LINES),
    )  # fmt: skip


def _partial() -> tuple[tuple[str, str, Reader, str], ...]:
    """Return the forms that leave out the day or the year."""
    month, long_month = rf"(?P<m>{words().month})", rf"(?P<m>{words().long_month})"
    return (
        ("han month", rf"{FRESH_YEAR}\s?[年년]\s?{MONTH}\s?[月월]", readers.year_month, HAN),
        ("named month", rf"{month}\.?\s{{1,2}}{OF}{YEAR}(?!\d)", readers.named, NAME),
        ("han without year", rf"(?<![\d年]){MONTH}\s?[月월]\s?{DAY}\s?[日号號일]", readers.month_day, HAN),
        ("name, day", rf"{FRESH}{long_month}\.? {{1,2}}(?P<d>\d{{1,2}}){ORDINAL}(?!\d|[.:]\d)",
         readers.named, NAME),
        ("day, name", rf"(?P<d>{FRESH_DIGIT}\d?){ORDINAL}\.? {{0,2}}{OF}{long_month}{END_OF_WORD}",
         readers.named, NAME),
        ("figures without year", rf"(?P<a>{ALONE_DIGIT}\d?)(?P<mark>[-/.])(?P<b>\d\d|\d(?!\d))(?![-/.]\d)",
         readers.yearless, TWO),
    )  # fmt: skip
