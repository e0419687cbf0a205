"""Days in web addresses: /2019/09/07/, /20190907/, /2019-09-07-title, /19/0907/19/."""

from __future__ import annotations

import re

from portalclean.chronology.mention import Day

__all__ = ["address_day"]

LONGEST_ADDRESS = 2048
"""A longer address is read up to here."""
MONTH, DAY = r"(0?[1-9]|1[0-2])", r"(0?[1-9]|[12]\d|3[01])"
FORMS = (
    re.compile(rf"/(20\d\d)[/-]{MONTH}[/-]{DAY}(?![\d])"),
    re.compile(r"(?<![\da-f])(20[0-2]\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?![\da-f])"),
    re.compile(r"/(20\d\d)-?(0[1-9]|1[0-2])/(0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"/([0-2]\d)/(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])/\d{2}/"),
)
"""The last is NetEase's: year, month and day, hour."""


def address_day(url: str | None) -> Day | None:
    """Return the day that an address states.

    >>> address_day("https://news.163.com/19/0907/19/EOGM5D0B0001899O.html")
    Day(year=2019, month=9, day=7)
    >>> address_day("https://example.com/2019/09/x.html") is None
    True
    """
    path = (url or "")[:LONGEST_ADDRESS].partition("://")[2].partition("?")[0].lower()
    for form in FORMS:
        if match := form.search(path):
            year, month, day = (int(part) for part in match.groups())
            found = Day(year if year > 99 else 2000 + year, month, day)
            return found if found.possible else None
    return None
