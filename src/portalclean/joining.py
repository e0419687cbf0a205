"""Join the captured pages of one article."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from portalclean.article import Article, BodyBlock, Evidence, Heading, Paragraph, Picture
from portalclean.errors import PortalCleanError
from portalclean.page import PageType

__all__ = ["join"]

MOST_REPEATED = 4
"""Body blocks at either end of a page that may repeat those of another: a lead, the title, a credit line."""

Item = TypeVar("Item")


def join(articles: Iterable[Article]) -> Article:
    r"""Return one article made of its captured pages, given in reading order.

    Bodies follow one another; a lead, title or credit line that every page repeats is kept once, and so are
    people and recommendations. Other fields come from the first page that has them, ``next_page`` from the
    last; ``confidence`` is the lowest. Raises `PortalCleanError` when there are no articles.

    >>> join([Article(body=(Paragraph("We left."),)), Article(body=(Paragraph("It rained."),))]).text
    'We left.\nIt rained.'
    """
    pages = list(articles)
    if not pages:
        raise PortalCleanError("join needs at least one article")
    body = _body(pages)
    text = "\n".join(block.text for block in body if not isinstance(block, Picture))
    dated = next((page for page in pages if page.published or page.published_raw), pages[0])
    changed = next((page for page in pages if page.modified or page.modified_raw), pages[0])
    return replace(
        pages[0],
        title=_first(page.title for page in pages),
        subtitle=_first(page.subtitle for page in pages),
        text=text,
        body=body,
        authors=_merged((page.authors for page in pages), str),
        credits=_merged((page.credits for page in pages), lambda credit: (credit.name, credit.role)),
        source=_first(page.source for page in pages),
        published=dated.published,
        published_raw=dated.published_raw,
        published_precision=dated.published_precision,
        published_zone=dated.published_zone,
        modified=changed.modified,
        modified_raw=changed.modified_raw,
        modified_precision=changed.modified_precision,
        modified_zone=changed.modified_zone,
        captured=_first(page.captured for page in pages),
        breadcrumbs=_first(page.breadcrumbs for page in pages) or (),
        keywords=_merged((page.keywords for page in pages), str),
        recommendations=_merged((page.recommendations for page in pages), lambda item: (item.title, item.url)),
        comments=_merged((page.comments for page in pages), lambda item: (item.author, item.time, item.text)),
        next_page=pages[-1].next_page,
        site_name=_first(page.site_name for page in pages),
        language=_first(page.language for page in pages),
        url=_first(page.url for page in pages),
        description=_first(page.description for page in pages),
        image=_first(page.image for page in pages),
        encoding=_first(page.encoding for page in pages),
        replacements=sum(page.replacements for page in pages),
        blocks=tuple(chain.from_iterable(page.blocks for page in pages)),
        page_type=next((page.page_type for page in pages if page.page_type is not PageType.OTHER), PageType.OTHER),
        confidence=min(page.confidence for page in pages),
        empty_because=None if text else _first(page.empty_because for page in pages),
        weights=_first(page.weights for page in pages),
        evidence=_evidence(pages),
    )


def _first(values: Iterable[Item | None]) -> Item | None:
    """Return the first value that there is."""
    return next((value for value in values if value), None)


def _merged(lists: Iterable[Iterable[Item]], key: Callable[[Item], Hashable]) -> tuple[Item, ...]:
    """Return the items of all lists in order, each once.

    >>> _merged([("a", "b"), ("b", "c")], str)
    ('a', 'b', 'c')
    """
    items: dict[Hashable, Item] = {}
    for item in chain.from_iterable(lists):
        items.setdefault(key(item), item)
    return tuple(items.values())


def _evidence(pages: Sequence[Article]) -> tuple[Evidence, ...]:
    """Return the evidence of all pages, its blocks counted through."""
    evidence: list[Evidence] = []
    before = 0
    for page in pages:
        evidence += [item if item.block is None else replace(item, block=item.block + before) for item in page.evidence]
        before += len(page.blocks)
    return tuple(evidence)


def _body(pages: Sequence[Article]) -> tuple[BodyBlock, ...]:
    """Return the bodies one after the other, without what later pages repeat at either end."""
    joined: list[BodyBlock] = []
    opening: Sequence[BodyBlock] = ()
    title = _first(page.title for page in pages)
    for page in pages:
        body = page.body or tuple(Paragraph(line) for line in page.text.split("\n") if line)
        if joined:
            body = body[_repeated_at_start(body, opening, title) :]
            ending = _repeated_at_end(joined, body)
            joined = joined[: len(joined) - ending]
        else:
            opening = body[:MOST_REPEATED]
        joined += body
    return tuple(joined)


def _repeated_at_start(body: Sequence[BodyBlock], opening: Sequence[BodyBlock], title: str | None) -> int:
    """Return how many blocks at the start of a later page stand at the start of the article already.

    >>> lead = Paragraph("They crossed the pass in May.")
    >>> _repeated_at_start([Heading("A walk", 2), lead, Paragraph("It rained.")], [lead], "A walk")
    2
    """
    count = 0
    for block in body[:MOST_REPEATED]:
        is_title = title is not None and isinstance(block, (Heading, Paragraph)) and block.text == title
        if not is_title and block not in opening:
            break
        count += 1
    return count


def _repeated_at_end(earlier: Sequence[BodyBlock], body: Sequence[BodyBlock]) -> int:
    """Return how many blocks at the end of the earlier pages stand at the end of the next one too."""
    limit = min(len(earlier), len(body), MOST_REPEATED)
    for count in range(limit):
        if earlier[-1 - count] != body[-1 - count]:
            return count
    return limit
