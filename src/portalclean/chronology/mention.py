"""What is found: a mention of a date or time in a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timezone
from enum import StrEnum
from typing import NamedTuple

from portalclean.article import Precision

__all__ = ["Clock", "Day", "Mention", "MentionKind", "Order"]


class Order(StrEnum):
    """In which order a page writes a date in figures."""

    YEAR_FIRST = "ymd"
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class MentionKind(StrEnum):
    """How far a mention settles its day."""

    FULL = "full"
    AMBIGUOUS = "ambiguous"
    """Figures that several orders read as different days: 09/07/2019."""
    YEARLESS = "yearless"
    RELATIVE = "relative"
    """Counted from now: 前天, 2 hours ago."""


class Day(NamedTuple):
    """A calendar day, or its known parts; without a day the month is all that is stated."""

    year: int | None
    month: int
    day: int | None

    @property
    def possible(self) -> bool:
        """Whether the calendar has this day (in a leap year, when the year is not known)."""
        try:
            self.as_date()
        except ValueError:
            return False
        return True

    def as_date(self) -> date:
        """Return the day, the first of the month when only that is stated; year 4 stands for none."""
        return date(self.year or 4, self.month, self.day or 1)


class Clock(NamedTuple):
    """A time of day as stated."""

    hour: int
    minute: int
    second: int | None
    zone: timezone | None = None

    def on(self, day: date) -> datetime:
        """Return this time on a day."""
        return datetime.combine(day, time(self.hour, self.minute, self.second or 0, tzinfo=self.zone))


@dataclass(frozen=True, slots=True)
class Mention:
    """A date in a text: what it says, where it stands, and what it leaves open."""

    kind: MentionKind
    raw: str
    start: int
    end: int
    days: tuple[Day, ...] = ()
    """What the figures may mean: one day, or several when they are ambiguous; none for a relative one."""
    clock: Clock | None = None
    weak: bool = False
    """Whether the figures alone could be something else: eight digits in a row, a year of two digits."""

    @property
    def value(self) -> datetime | date | None:
        """The moment or day, when the mention settles it."""
        return self.at(self.days[0]) if self.kind is MentionKind.FULL else None

    @property
    def precision(self) -> Precision | None:
        """How exactly it is stated; ``None`` when it settles no day."""
        if self.kind is not MentionKind.FULL:
            return None
        if self.clock:
            return Precision.MINUTE if self.clock.second is None else Precision.SECOND
        return Precision.MONTH if self.days[0].day is None else Precision.DAY

    @property
    def zoned(self) -> bool:
        """Whether the zone is stated."""
        return bool(self.clock and self.clock.zone)

    def at(self, day: Day) -> datetime | date:
        """Return this mention's moment when it means that day."""
        return self.clock.on(day.as_date()) if self.clock else day.as_date()
