"""What a match of a written form says: the days that its parts may mean, the impossible left out.

Each reader takes the match and the order that the page writes dates in, as far as that is known; nothing in
its answer refuses the match.
"""

from __future__ import annotations

import re

from portalclean.chronology.glyphs import han_number
from portalclean.chronology.mention import Day, Order
from portalclean.chronology.words import words

__all__ = [
    "ERAS",
    "era",
    "han_numerals",
    "minguo",
    "month_day",
    "named",
    "short",
    "year_last",
    "year_month",
    "year_month_day",
    "yearless",
]

FIRST_YEAR, LAST_YEAR = 1900, 2099
"""Years in which a page's article may appear; a bound that does not move with the clock."""
PIVOT = 70
"""Years of two digits from here on belong to the last century; the web has no pages from before."""
ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民國": 1911, "民国": 1911}
"""The year before each era's first."""
MINGUO = ERAS["民國"]


def _possible(*days: Day) -> tuple[Day, ...]:
    kept = [day for day in days if (day.year is None or FIRST_YEAR <= day.year <= LAST_YEAR) and day.possible]
    return tuple(kept) if len(kept) < 2 else tuple(dict.fromkeys(kept))


def _century(year: int) -> int:
    return year + (1900 if year >= PIVOT else 2000)


def year_month_day(match: re.Match[str], _order: Order | None) -> tuple[Day, ...]:
    """Read a year, a month and a day in figures."""
    year, month, day = match.group("y", "m", "d")
    return _possible(Day(int(year), int(month), int(day)))


def year_month(match: re.Match[str], _order: Order | None) -> tuple[Day, ...]:
    """Read a year and a month in figures."""
    return _possible(Day(int(match["y"]), int(match["m"]), None))


def month_day(match: re.Match[str], _order: Order | None) -> tuple[Day, ...]:
    """Read a month and a day in figures."""
    return _possible(Day(None, int(match["m"]), int(match["d"])))


def han_numerals(match: re.Match[str], _order: Order | None) -> tuple[Day, ...]:
    """Read Chinese numerals."""
    year, month, day = (han_number(part) for part in match.group("y", "m", "d"))
    return _possible(Day(year, month, day)) if year and month and day else ()


def era(match: re.Match[str], _order: Order | None) -> tuple[Day, ...]:
    """Read a year of a Japanese era or of the Republic of China."""
    year = 1 if match["y"] == "元" else int(match["y"])
    return _possible(Day(ERAS[match["era"]] + year, int(match["m"]), int(match["d"])))


def minguo(match: re.Match[str], _order: Order | None) -> tuple[Day, ...]:
    """Read a year of the Republic of China's calendar."""
    return _possible(Day(MINGUO + int(match["y"]), int(match["m"]), int(match["d"])))


def _ordered(first: int, second: int, year: int | None, mark: str, order: Order | None) -> tuple[Day, ...]:
    """Return what two figures mean: points are written day first everywhere, else the order decides."""
    day_first, month_first = _possible(Day(year, second, first)), _possible(Day(year, first, second))
    if order is Order.DAY_FIRST or (mark == "." and year):
        return day_first or month_first
    if order is Order.MONTH_FIRST or (order is Order.YEAR_FIRST and year is None):
        return month_first or day_first
    return tuple(dict.fromkeys(day_first + month_first))


def year_last(match: re.Match[str], order: Order | None) -> tuple[Day, ...]:
    """Read two figures and a year; their order may be open."""
    return _ordered(int(match["a"]), int(match["b"]), int(match["y"]), match["mark"], order)


def short(match: re.Match[str], order: Order | None) -> tuple[Day, ...]:
    """Read three pairs of digits: the year stands first (18-03-08) or last (15.10.24)."""
    a, b, c = (int(part) for part in match.group("a", "b", "c"))
    year_first = _possible(Day(_century(a), b, c))
    if order is Order.YEAR_FIRST:
        return year_first
    year_last = _ordered(a, b, _century(c), match["mark"], order)
    return year_last if order else tuple(dict.fromkeys(year_first + year_last))


def yearless(match: re.Match[str], order: Order | None) -> tuple[Day, ...]:
    """Read two figures; their order may be open."""
    return _ordered(int(match["a"]), int(match["b"]), None, match["mark"], order)


def named(match: re.Match[str], _order: Order | None) -> tuple[Day, ...]:
    """Read a day whose month is named; a name glued to a word must begin with a capital."""
    parts = match.groupdict()
    year, day = parts.get("y"), parts.get("d")
    return _possible(Day(int(year) if year else None, words().months[parts["m"]], int(day) if day else None))
