"""Dates that an HTML page's head states: meta elements and JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from portalclean.chronology.mention import Clock, Day, Mention, MentionKind
from portalclean.chronology.parse import find_dates
from portalclean.chronology.words import lexicon
from portalclean.chronology.zones import offset_zone

if TYPE_CHECKING:
    from portalclean.page import Head, Json

__all__ = ["HeadDate", "head_dates", "stamp"]

LONGEST_STAMP = 64
"""No machine-written date is longer."""
DEEPEST_GRAPH = 4
"""Levels of JSON-LD below which no date of the page itself stands."""
NESTING = ("@graph", "mainEntity", "mainEntityOfPage")
"""Where the page's own article may stand inside another node."""
MODIFIED_RANK = 1000
"""Ranks from here on are of names that state the last change."""
WRITTEN = re.compile(
    r"((?:19|20)\d\d)-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|([+-]\d\d):?(\d\d))?)?"
)
"""The commonest form by far, ISO 8601, for a quick answer."""
EPOCH_DIGITS = {10: 1, 13: 1000}
"""Digits of a Unix time in seconds and in milliseconds, with the units in a second."""


class HeadDate(NamedTuple):
    """A date from the head, and the name that it is stated under."""

    mention: Mention
    name: str
    updated: bool
    about_article: bool
    """Whether it is stated of an article, not of the page as such."""


class _Names(NamedTuple):
    ranks: Mapping[str, int]
    """Names of meta elements by how good they are, the lower the better."""
    article_types: frozenset[str]
    page_types: frozenset[str]


def stamp(text: str) -> Mention | None:
    """Return the one date that a machine-written value states.

    >>> stamp("1529283660000").value.isoformat(), stamp("2019-09-07 19:53").value.isoformat(), stamp("soon")
    ('2018-06-18T01:01:00+00:00', '2019-09-07T19:53:00', None)
    """
    text = text.strip()
    if len(text) > LONGEST_STAMP:
        return None
    if (match := WRITTEN.fullmatch(text)) and (mention := _iso(match)):
        return mention
    if text.isdecimal() and text.isascii() and len(text) in EPOCH_DIGITS:
        moment = datetime.fromtimestamp(int(text) // EPOCH_DIGITS[len(text)], UTC)
        day = Day(moment.year, moment.month, moment.day)
        clock = Clock(moment.hour, moment.minute, moment.second, UTC)
        return Mention(MentionKind.FULL, text, 0, len(text), (day,), clock)
    return next((found for found in find_dates(text) if found.value), None)


def _iso(match: re.Match[str]) -> Mention | None:
    year, month, day, hour, minute, second, zone = match.groups()[:7]
    clock = None
    if hour:
        offset = offset_zone(match[8] or "+00", match[9] or "00") if zone else None
        clock = Clock(int(hour), int(minute), int(second) if second else None, offset)
        if clock.hour > 23 or clock.minute > 59 or (clock.second or 0) > 59 or (zone and not offset):
            return None
    stated = Day(int(year), int(month), int(day))
    return Mention(MentionKind.FULL, match[0], 0, match.end(), (stated,), clock) if stated.possible else None


def head_dates(head: Head) -> tuple[HeadDate, ...]:
    """Return the dates that the head states of its article, best first."""
    found = [*_linked_data(head.json_ld), *_metas(head.meta)]
    return tuple(sorted(found, key=lambda date: not date.about_article))


@cache
def _names() -> _Names:
    table = lexicon("dates.toml")["head"]
    return _Names(
        {
            **{name: rank for rank, name in enumerate(table["published"])},
            **{name: rank for rank, name in enumerate(table["modified"], start=MODIFIED_RANK)},
        },
        frozenset(table["article_types"]),
        frozenset(table["page_types"]),
    )


def _metas(meta: Mapping[str, tuple[str, ...]]) -> Iterator[HeadDate]:
    ranks = _names().ranks
    for name in sorted(ranks.keys() & meta.keys(), key=ranks.__getitem__):
        contents = dict.fromkeys(content.strip() for content in meta[name])
        for content in contents:
            if mention := stamp(content):
                yield HeadDate(mention, name, ranks[name] >= MODIFIED_RANK, len(contents) == 1)
                break


def _linked_data(documents: Sequence[Json]) -> Iterator[HeadDate]:
    for document in documents:
        for node in _nodes(document, DEEPEST_GRAPH):
            kind = _kind(node)
            if kind is None:
                continue
            for key, updated in (("datePublished", False), ("dateModified", True)):
                value = node.get(key)
                if isinstance(value, str) and (mention := stamp(value)):
                    yield HeadDate(mention, key, updated, kind == "article")


def _nodes(value: Json, depth: int) -> Iterator[Mapping[str, Json]]:
    """Yield the nodes that may stand for the page's article; items of lists on the page are left out."""
    if depth == 0 or isinstance(value, str):
        return
    if isinstance(value, Mapping):
        yield value
        for key in NESTING:
            yield from _nodes(value.get(key), depth - 1)
    elif isinstance(value, Sequence):
        for item in value:
            yield from _nodes(item, depth - 1)


def _kind(node: Mapping[str, Json]) -> str | None:
    """Return whether the node stands for an ``article`` or a ``page``."""
    stated = node.get("@type")
    types = [stated] if isinstance(stated, str) else stated if isinstance(stated, Sequence) else []
    names = {name.rsplit("/", 1)[-1].lower() for name in types if isinstance(name, str)}
    if names & _names().article_types:
        return "article"
    return "page" if names & _names().page_types else None
