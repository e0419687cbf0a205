"""Zones: those that a text states beside a time, and the one that a host implies."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, timedelta, timezone
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from portalclean.chronology.words import trie_pattern

__all__ = ["LARGEST_OFFSET", "host_zone", "offset_zone", "zone_at"]

LARGEST_OFFSET = timedelta(hours=14)
"""The farthest zone from UTC, that of Kiribati."""
OFFSET = re.compile(
    r"\s?\(?(?:(?P<named>utc|gmt)\s?(?P<a>[+-])(?P<b>\d{1,2})(?::?(?P<c>\d\d))?"
    r"|(?P<d>[+-])(?P<e>\d\d):?(?P<f>\d\d)(?![\d-]))\)?"
)
ZULU = re.compile(r"\s?z(?![^\W_])")


class Zones(NamedTuple):
    """The lexicon's zones."""

    abbreviations: Mapping[str, timezone]
    abbreviation: re.Pattern[str]
    domains: Mapping[str, timezone]
    hosts: Mapping[str, timezone]


def zone_at(text: str, position: int, limit: int) -> tuple[timezone | None, int]:
    """Return the zone stated right after a time, and where it ends; the text is levelled.

    >>> zone_at("7:53 pm edt", 7, 11)
    (datetime.timezone(datetime.timedelta(days=-1, seconds=72000)), 11)
    """
    if match := OFFSET.match(text, position, limit):
        sign, hours, minutes = match.group("a", "b", "c") if match["named"] else match.group("d", "e", "f")
        if zone := offset_zone(sign + hours, minutes or "0"):
            return zone, match.end()
    if match := ZULU.match(text, position, limit):
        return UTC, match.end()
    if match := _zones().abbreviation.match(text, position, limit):
        return _zones().abbreviations[match[1]], match.end()
    return None, position


def host_zone(host: str) -> timezone | None:
    """Return the zone of a host's country, when the host has one country and that one zone.

    >>> host_zone("news.163.com"), host_zone("www.example.com")
    (datetime.timezone(datetime.timedelta(seconds=28800)), None)
    """
    parts = host.lower().rstrip(".").split(".")
    hosts = _zones().hosts
    for count in range(2, len(parts) + 1):
        if zone := hosts.get(".".join(parts[-count:])):
            return zone
    return _zones().domains.get(parts[-1])


def offset_zone(hours: str, minutes: str) -> timezone | None:
    """Return the zone of an offset, ``None`` when no place has it.

    >>> offset_zone("-09", "30"), offset_zone("+20", "19")
    (datetime.timezone(datetime.timedelta(days=-1, seconds=52200)), None)
    """
    offset = timedelta(hours=int(hours[1:]), minutes=int(minutes))
    if offset > LARGEST_OFFSET or int(minutes) > 59:
        return None
    return timezone(-offset if hours[0] == "-" else offset)


def _stated(offset: str) -> timezone:
    zone = offset_zone(offset[:3], offset[4:])
    if zone is None:
        raise ValueError(f"no place has the offset {offset!r}")
    return zone


@cache
def _zones() -> Zones:
    tables = tomllib.loads(files("portalclean.lexicon").joinpath("zones.toml").read_text("utf-8"))
    abbreviations, domains, hosts = (
        {name: _stated(offset) for name, offset in tables[key].items()} for key in ("abbreviations", "domains", "hosts")
    )
    pattern = re.compile(rf"\s?\(?({trie_pattern(abbreviations)})(?![^\W\d_])\)?")
    return Zones(abbreviations, pattern, domains, hosts)
