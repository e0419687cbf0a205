"""The people credited for an article, with their roles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from portalclean.article import Credit, Evidence, Role
from portalclean.bodies.addresses import host_of, page_address
from portalclean.bylines.cues import Named, named_in
from portalclean.bylines.head_people import head_authors, same_words
from portalclean.bylines.places import (
    Survey,
    credit_line,
    in_caption,
    opening,
    standing_alone,
    survey,
    trailing,
)
from portalclean.reading import Extracted, Fields, Reading

__all__ = ["extract_credits"]

WRITERS = frozenset({Role.AUTHOR, Role.REPORTER, Role.CORRESPONDENT})
"""Whose names make up the article's authors."""
MOST_RUNS = 8
"""Byline runs of one article: the development data has 4 at most there, 10 and more in threads and lists."""
MAX_CREDITS = 40
MAX_EVIDENCE = 12


class _Found(NamedTuple):
    named: Named
    block: int | None
    reason: str
    doubtful: bool = False


def extract_credits(reading: Reading) -> Extracted:
    """Return ``authors`` and ``credits``.

    Authors are those whom a byline announces; else those whom the page's head names; else those of a less
    certain place: a byline's name without a cue, a Latin name after the text.
    """
    places = survey(reading)
    announced = [*_of_bylines(places), *_of_text(places)]
    doubtful = [item for item in announced if item.doubtful]
    found = [item for item in announced if not item.doubtful]
    stated, where = _stated(reading, announced)
    if not _has_writer(found):
        found += _from_head(stated, where) or doubtful
    if not _has_writer(found):
        found += _unannounced(places)
    named = _credits(found, stated)
    authors = tuple(dict.fromkeys(credit.name for credit in named if credit.role in WRITERS))
    return Extracted(Fields(authors=authors, credits=named), _evidence(found, stated, where, authors))


def _of_bylines(places: Survey) -> Iterator[_Found]:
    """Yield the people whom a byline's cue announces.

    Of writers with spaced names ("By Jane Doe") the first run of lines counts alone: later ones are the
    bylines of other articles.
    """
    written = False
    for index, text in _of_article(places.bylines):
        named = named_in(text)
        yield from (_Found(item, index, "byline") for item in named if not (written and _is_spaced_writer(item)))
        written = written or any(item.role in WRITERS for item in named)


def _of_text(places: Survey) -> Iterator[_Found]:
    """Yield the people named at either end of the text, beside it and under its pictures."""
    for index, text in places.first_body:
        yield from (_Found(named, index, "start of the text") for named in opening(text))
    last = len(places.last_body) - 1
    for place, (index, text) in enumerate(places.last_body):
        for named in trailing(text, last=place == last):
            yield _Found(named, index, "end of the text", _is_spaced_writer(named))
    for index, text in places.nearby:
        for named in credit_line(text):
            yield _Found(named, index, "credit line beside the text", _is_spaced_writer(named))
    for index, text in places.captions:
        yield from (_Found(named, index, "caption") for named in in_caption(text))


def _is_spaced_writer(named: Named) -> bool:
    return named.role in WRITERS and named.name.isascii()


def _of_article(bylines: tuple[tuple[int, str], ...]) -> tuple[tuple[int, str], ...]:
    """Return the bylines of the one article; a page with many is a list or a thread, and has none."""
    return bylines if len(bylines) <= MOST_RUNS else ()


def _unannounced(places: Survey) -> list[_Found]:
    """Return the names that stand alone in the first byline that has any."""
    for index, text in _of_article(places.bylines):
        names = standing_alone(text)
        if names:
            named = [Named(name, Role.AUTHOR, name, False) for name in names]
            return [_Found(item, index, "name alone in a byline") for item in named]
    return []


def _stated(reading: Reading, announced: list[_Found]) -> tuple[list[str], str]:
    """Return the authors whom the head names, less those whom the page shows in another role."""
    page = reading.page
    stated, where = head_authors(page.head, host_of(page_address(page)))
    others = {item.named.name.casefold() for item in announced if item.named.role not in WRITERS}
    return [name for name in stated if name.casefold() not in others], where


def _from_head(stated: list[str], where: str) -> list[_Found]:
    return [_Found(Named(name, Role.AUTHOR, name, True), None, where) for name in stated]


def _has_writer(found: list[_Found]) -> bool:
    return any(item.named.role in WRITERS for item in found)


def _credits(found: list[_Found], stated: list[str]) -> tuple[Credit, ...]:
    """Return one credit for each person and role; a name in the head's spelling where the page shouts it."""
    unique: dict[tuple[str, Role], Credit] = {}
    for item in found:
        name, role, raw, _ = item.named
        if name.isupper():
            name = next((other for other in stated if same_words(name, other)), name)
        unique.setdefault((name.casefold(), role), Credit(name, role, raw))
    return tuple(unique.values())[:MAX_CREDITS]


def _evidence(found: list[_Found], stated: list[str], where: str, authors: tuple[str, ...]) -> tuple[Evidence, ...]:
    evidence = [
        Evidence("authors" if item.named.role in WRITERS else "credits", item.reason, item.named.raw, item.block)
        for item in found
    ]
    known = {name.casefold() for name in authors}
    passed = [Evidence("authors", where, name, None, False) for name in stated if name.casefold() not in known]
    return tuple((evidence + passed)[:MAX_EVIDENCE])
