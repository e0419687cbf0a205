"""Dates written no more exactly than the page states them."""

from __future__ import annotations

from datetime import date, datetime

from portalclean.article import Precision

__all__ = ["iso_date"]


def iso_date(moment: datetime | date | None, precision: Precision | None) -> str | None:
    """Return a date in ISO 8601, cut to what the page states.

    >>> iso_date(date(2021, 5, 1), Precision.MONTH)
    '2021-05'
    >>> iso_date(datetime(2021, 5, 1, 9, 30), Precision.MINUTE)
    '2021-05-01T09:30'
    """
    if moment is None:
        return None
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="minutes" if precision is Precision.MINUTE else "auto")
    lengths = {Precision.YEAR: len("2021"), Precision.MONTH: len("2021-05")}
    return moment.isoformat()[: lengths.get(precision) if precision else None]
