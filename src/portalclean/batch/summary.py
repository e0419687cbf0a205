"""What is counted of a run: pages, errors, labels, page types, hosts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from portalclean.batch.record import Outcome

if TYPE_CHECKING:
    from portalclean.page import Json

__all__ = ["OTHER_HOSTS", "Tally"]

HOSTS = 100
"""Hosts that a shard's tally names, the most frequent ones: a crawl has millions."""
OTHER_HOSTS = "…"
"""The key under which the other hosts are counted."""


@dataclass(slots=True)
class Tally:
    """Counts of pages; ``errors`` by reason, ``labels`` of blocks, the others of pages."""

    pages: int = 0
    records: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    page_types: Counter[str] = field(default_factory=Counter)
    empty: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    hosts: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Count one page."""
        self.pages += 1
        if outcome.failure is not None:
            self.errors[outcome.failure.reason.value] += 1
        if outcome.facts is not None:
            self.records += 1
            self.page_types[outcome.facts.page_type] += 1
            self.labels.update(outcome.facts.labels)
            if outcome.facts.empty_because is not None:
                self.empty[outcome.facts.empty_because] += 1
            if outcome.facts.host:
                self.hosts[outcome.facts.host] += 1

    def merge(self, counts: Mapping[str, Json]) -> None:
        """Add what `as_dict` gave for other pages."""
        for name in (each.name for each in fields(self)):
            more = counts[name]
            if isinstance(more, Mapping):
                getattr(self, name).update({key: int(str(number)) for key, number in more.items()})
            else:
                setattr(self, name, getattr(self, name) + int(str(more)))

    def as_dict(self) -> dict[str, Json]:
        """Return the counts as plain JSON values, the most frequent first, equal ones by name.

        >>> tally = Tally(pages=2, hosts=Counter({"b": 1, "a": 1}))
        >>> tally.as_dict()["hosts"]
        {'a': 1, 'b': 1}
        """
        counts: dict[str, Json] = {}
        for name in (each.name for each in fields(self)):
            value = getattr(self, name)
            counts[name] = _ranked(value) if isinstance(value, Counter) else value
        return counts


def _ranked(counter: Counter[str]) -> dict[str, Json]:
    """Return the counts in falling order, those beyond the first `HOSTS` under one key.

    >>> list(_ranked(Counter({str(number): 1 for number in range(102)})).items())[-1]
    ('…', 2)
    """
    named = sorted((pair for pair in counter.items() if pair[0] != OTHER_HOSTS), key=lambda pair: (-pair[1], pair[0]))
    rest = counter[OTHER_HOSTS] + sum(count for _, count in named[HOSTS:])
    return {**dict(named[:HOSTS]), **({OTHER_HOSTS: rest} if rest else {})}
