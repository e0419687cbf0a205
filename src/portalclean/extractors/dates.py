"""When the article was published and last changed.

What the page shows beside its headline comes first. The head (meta elements, JSON-LD), `<time>` elements and
the address complete it where they agree on the day: the missing year, the time, the zone. Alone they count
when the page shows nothing that contradicts them. A date that stays doubtful is no date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from portalclean.article import Evidence, Precision, Zone
from portalclean.bodies.addresses import host_of, page_address
from portalclean.chronology.address import address_day
from portalclean.chronology.cues import Cue
from portalclean.chronology.head import HeadDate, head_dates, stamp
from portalclean.chronology.mention import Day, Mention, MentionKind
from portalclean.chronology.order import page_order
from portalclean.chronology.parse import find_dates
from portalclean.chronology.shown import Place, Shown, shown_dates
from portalclean.chronology.zones import LARGEST_OFFSET, host_zone
from portalclean.page import LABEL_CODES, Label, Page, PageType
from portalclean.reading import Extracted, Fields, Reading

__all__ = ["extract_dates"]

BYLINE = LABEL_CODES[Label.BYLINE]
MOST_EVIDENCE = 12
"""Candidates that are reported; a page may show hundreds of dates."""
QUARTER = timedelta(minutes=15)
"""Zones lie whole quarters of an hour apart."""
OF_ONE_TEXT = (PageType.ARTICLE, PageType.FORUM)
"""Page types on which a date of the page is the article's."""
SLACK = timedelta(days=1)
"""How much later than the page's own clock a date may be, for the difference of zones."""


class Dated(NamedTuple):
    """A settled date: what `Article` says of it, and where it comes from."""

    value: datetime | date
    raw: str
    precision: Precision
    zoned: bool
    reason: str
    block: int | None = None


class Statement(NamedTuple):
    """A date that the page states outside its visible text."""

    mention: Mention
    name: str
    updated: bool
    alone: bool
    """Whether it may count when the page shows no date."""


def extract_dates(reading: Reading) -> Extracted:
    """Return the dates of publication and of the last change; ``None`` where nothing is certain."""
    captured = reading.fields.get("captured")
    shown = shown_dates(reading, captured)
    stated = list(_statements(reading, captured))
    originals = [candidate for candidate in shown if candidate.cue is not Cue.UPDATED]
    updates = [candidate for candidate in shown if candidate.cue is Cue.UPDATED]
    published = _published(reading.page, originals or updates, stated)
    modified = _modified(reading.page, updates, stated, published)
    zone = host_zone(host_of(page_address(reading.page)))
    fields = Fields(
        published=_in_zone(published, zone),
        published_raw=published.raw if published else _open_raw(originals),
        published_precision=published.precision if published else None,
        published_zone=_zone_kind(published, zone),
        modified=_in_zone(modified, zone),
        modified_raw=modified.raw if modified else None,
        modified_precision=modified.precision if modified else None,
        modified_zone=_zone_kind(modified, zone),
    )
    return Extracted(fields, tuple(_evidence(published, modified, shown, stated)))


def _published(page: Page, shown: Sequence[Shown], stated: Sequence[Statement]) -> Dated | None:
    originals = [statement for statement in stated if not statement.updated]
    head = next((_localised(statement, originals) for statement in originals if statement.alone), None)
    from_head = _completed(_dated(head.mention, head.name), stated) if head else None
    if not shown or shown[0].mention.kind is MentionKind.RELATIVE:
        return from_head
    best = _agreed(shown, head)
    others = [other.mention for other in shown if other is not best] + [other.mention for other in stated]
    settled = _settled(best.mention, others, page)
    if settled is None:
        # A doubtful day beside the headline speaks against the head; one in a credit line may be of anything.
        return from_head if best.place is Place.TRAILER else None
    found = _dated(settled, _reason(best), best.block)
    if best.cue is Cue.UPDATED:
        for statement in originals:
            value = statement.mention.value
            if value and _day(value) < _day(found.value):
                return _completed(_dated(statement.mention, statement.name), stated)
    return _completed(found, originals)


def _agreed(shown: Sequence[Shown], head: Statement | None) -> Shown:
    """Return the likeliest date; of those that stand in the same place, the one that the head agrees with."""
    if head and head.mention.value:
        day = _day(head.mention.value)
        for candidate in shown:
            value = candidate.mention.value
            if candidate.place is shown[0].place and value and _day(value) == day:
                return candidate
    return shown[0]


def _modified(page: Page, shown: Sequence[Shown], stated: Sequence[Statement], published: Dated | None) -> Dated | None:
    """Return the date of the last change: none without, and none before, that of publication."""
    if published is None:
        return None
    updates = [statement for statement in stated if statement.updated]
    found: Dated | None = None
    if shown and (settled := _settled(shown[0].mention, [update.mention for update in updates], page)):
        found = _completed(_dated(settled, _reason(shown[0]), shown[0].block), updates)
    elif updates:
        found = _dated(updates[0].mention, updates[0].name)
    if found is None or (found.block, found.raw) == (published.block, published.raw):
        return None
    return found if _day(found.value) >= _day(published.value) else None


def _settled(mention: Mention, others: Sequence[Mention], page: Page) -> Mention | None:
    """Return the mention with its one day, or ``None`` when the page does not tell which it is."""
    if mention.kind is MentionKind.FULL:
        return mention
    known = {_day(other.value) for other in others if other.value}
    if mention.kind is MentionKind.YEARLESS:
        stated = {(day.month, day.day) for day in mention.days}
        choices = {Day(*day.timetuple()[:3]) for day in known if (day.month, day.day) in stated}
    else:
        choices = {choice for choice in mention.days if choice.as_date() in known}
    if len(choices) == 1:
        return replace(mention, kind=MentionKind.FULL, days=tuple(choices))
    if mention.kind is MentionKind.AMBIGUOUS and (order := page_order(page)):
        read = find_dates(mention.raw, order)
        return replace(mention, kind=read[0].kind, days=read[0].days) if read and read[0].value else None
    return None


def _completed(found: Dated, stated: Sequence[Statement]) -> Dated:
    """Return the date, with the time or the zone of the first statement that agrees with it."""
    for statement in stated:
        value, other = found.value, statement.mention.value
        if found.zoned or not isinstance(other, datetime):
            continue
        if not isinstance(value, datetime):
            if _contains(found, other.date()):
                reason = f"{found.reason}, time from {statement.name}"
                found = _dated(statement.mention, reason, found.block, found.raw)
        elif zone := _implied_zone(value, other):
            reason = f"{found.reason}, zone from {statement.name}"
            found = found._replace(value=value.replace(tzinfo=zone), zoned=True, reason=reason)
    return found


def _contains(found: Dated, day: date) -> bool:
    """Whether this is the day, or lies in the month, that was found.

    >>> march = Dated(date(2019, 3, 1), "March 2019", Precision.MONTH, False, "")
    >>> _contains(march, date(2019, 3, 31)), _contains(march, date(2019, 4, 1))
    (True, False)
    """
    value = _day(found.value)
    if found.precision is Precision.MONTH:
        return (value.year, value.month) == (day.year, day.month)
    return value == day


def _localised(statement: Statement, stated: Sequence[Statement]) -> Statement:
    """Return a statement in UTC as the one that states the same instant in its own zone, if any does."""
    value = statement.mention.value
    if isinstance(value, datetime) and value.tzinfo is not None and not value.utcoffset():
        for other in stated:
            instant = other.mention.value
            if isinstance(instant, datetime) and instant.utcoffset() and instant == value:
                return other
    return statement


def _implied_zone(local: datetime, instant: datetime) -> timezone | None:
    """Return the zone in which this instant shows as this local time.

    >>> _implied_zone(datetime(2019, 9, 7, 19, 53), datetime(2019, 9, 7, 11, 53, 27, tzinfo=timezone.utc))
    datetime.timezone(datetime.timedelta(seconds=28800))
    """
    if instant.tzinfo is None:
        return None
    offset = local - instant.astimezone(UTC).replace(tzinfo=None, second=local.second)
    if abs(offset) > LARGEST_OFFSET or offset % QUARTER:
        return None
    return timezone(offset)


def _statements(reading: Reading, captured: datetime | None) -> Iterator[Statement]:
    """Yield what the page states outside its visible text, best first, as far as it can be of the article."""
    page = reading.page
    is_article = reading.verdicts is not None and reading.verdicts.page_type in OF_ONE_TEXT
    for mention, name, updated, about_article in (*head_dates(page.head), *_time_elements(reading)):
        value = mention.value
        if value and not (captured and _day(value) > captured.date() + SLACK):
            is_stamp = captured is not None and _day(value) == captured.date()
            if is_stamp and updated:
                continue
            yield Statement(mention, name, updated, (about_article or is_article) and not is_stamp)
    if day := address_day(page_address(page)):
        found = Mention(MentionKind.FULL, day.as_date().isoformat(), 0, 0, (day,))
        yield Statement(found, "the address", updated=False, alone=True)


def _time_elements(reading: Reading) -> Iterator[HeadDate]:
    """Yield the machine-readable times that stand in bylines."""
    markup = reading.page.markup
    verdicts = reading.verdicts
    if markup is None or verdicts is None:
        return
    for unit, written in markup.times:
        if verdicts.labels[unit] == BYLINE and (mention := stamp(written)):
            yield HeadDate(mention, "a time element", updated=False, about_article=True)
            return


def _dated(mention: Mention, reason: str, block: int | None = None, raw: str | None = None) -> Dated:
    """Return a settled mention's date."""
    value, precision = mention.value, mention.precision
    if value is None or precision is None:
        raise ValueError(f"{mention.raw!r} settles no day")
    return Dated(value, raw or mention.raw, precision, mention.zoned, reason, block)


def _day(value: datetime | date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _in_zone(dated: Dated | None, zone: timezone | None) -> datetime | date | None:
    if dated is None:
        return None
    if isinstance(dated.value, datetime) and dated.value.tzinfo is None and zone:
        return dated.value.replace(tzinfo=zone)
    return dated.value


def _zone_kind(dated: Dated | None, zone: timezone | None) -> Zone | None:
    if dated is None:
        return None
    if dated.zoned:
        return Zone.PAGE
    return Zone.SITE if zone and isinstance(dated.value, datetime) else Zone.NONE


def _open_raw(shown: Sequence[Shown]) -> str | None:
    """Return the raw text of a date that the page shows and does not settle."""
    return shown[0].mention.raw if shown else None


def _reason(shown: Shown) -> str:
    cue = f", {shown.cue.value} by its words" if shown.cue else ""
    return f"shown in the {shown.place.name.lower()}{cue}"


def _evidence(
    published: Dated | None, modified: Dated | None, shown: Sequence[Shown], stated: Sequence[Statement]
) -> Iterator[Evidence]:
    """Yield the reasons for the values, then the candidates that lost."""
    chosen = [("published", published), ("modified", modified)]
    kept = [Evidence(field, dated.reason, dated.raw, dated.block) for field, dated in chosen if dated]
    yield from kept
    taken = {(item.block, item.raw) for item in kept}
    lost = [Evidence("published", _reason(other), other.mention.raw, other.block, chosen=False) for other in shown] + [
        Evidence("published", statement.name, statement.mention.raw, chosen=False) for statement in stated
    ]
    yield from [item for item in lost if (item.block, item.raw) not in taken][: MOST_EVIDENCE - len(kept)]
