"""The medium or account that an article is attributed to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice

from portalclean.article import Evidence
from portalclean.bodies.addresses import host_of, page_address
from portalclean.bylines.head_people import head_media, same_words
from portalclean.bylines.media import (
    LONGEST_MEDIUM,
    account_line,
    beside_date,
    beside_name,
    dateline,
    labelled,
    labelled_in_cjk,
)
from portalclean.bylines.places import ADJACENT, NEARBY, Survey, survey
from portalclean.reading import Extracted, Fields, Reading

__all__ = ["extract_source"]

MAX_CANDIDATES = 2
"""The one that wins and the next: the others are not looked for."""


def extract_source(reading: Reading) -> Extracted:
    """Return ``source``: the first of the ways below that gives a medium."""
    places = survey(reading)
    candidates = list(islice(chain(_candidates(places), _of_head(reading, places)), MAX_CANDIDATES))
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


def _of_head(reading: Reading, places: Survey) -> Iterator[tuple[str, int, str]]:
    """Yield the media that the head calls the author and that stand by themselves beside the text."""
    page = reading.page
    media = head_media(page.head, host_of(page_address(page)))
    if not media or not places.first_body:
        return
    first, last = places.first_body[0][0], places.last_body[-1][0]
    for index in range(max(0, first - NEARBY), min(len(reading.blocks), last + 1 + ADJACENT)):
        text = reading.blocks.texts[index]
        if len(text) <= LONGEST_MEDIUM and not reading.blocks.hidden[index]:
            for name in media:
                if same_words(name, text):
                    yield name, index, "named by the head, shown beside the text"


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
