"""The medium or account that an article is attributed to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from portalclean.article import Evidence
from portalclean.bylines.media import (
    account_line,
    beside_date,
    beside_name,
    dateline,
    labelled,
    labelled_in_cjk,
)
from portalclean.bylines.places import Survey, survey
from portalclean.reading import Extracted, Fields, Reading

__all__ = ["extract_source"]

MAX_CANDIDATES = 2
"""The one that wins and the next: the others are not looked for."""


def extract_source(reading: Reading) -> Extracted:
    """Return ``source``: the first of the ways below that gives a medium."""
    candidates = list(islice(_candidates(survey(reading.blocks)), MAX_CANDIDATES))
    evidence = tuple(
        Evidence("source", reason, raw, block, place == 0) for place, (raw, block, reason) in enumerate(candidates)
    )
    return Extracted(Fields(source=candidates[0][0] if candidates else None), evidence)


def _candidates(places: Survey) -> Iterator[tuple[str, int, str]]:
    """Yield (medium, block, reason), the surest first; each way gives its first hit alone."""
    for read, where, reason in WAYS:
        for index, text in where(places):
            found = read(text)
            if found:
                yield found, index, reason
                break


Blocks = tuple[tuple[int, str], ...]
WAYS: tuple[tuple[Callable[[str], str | None], Callable[[Survey], Blocks], str], ...] = (
    (labelled, lambda places: places.bylines, "source label"),
    (labelled_in_cjk, lambda places: places.nearby, "source label beside the text"),
    (beside_date, lambda places: places.bylines[:2], "beside the date"),
    (beside_name, lambda places: places.bylines[:2], "beside the author"),
    (account_line, lambda places: places.bylines[:1], "account line"),
    (dateline, lambda places: places.first_body[:1], "dateline"),
)
"""How a medium is found, the surest way first: the reader, where it reads, and what it is called."""
