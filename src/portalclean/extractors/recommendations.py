"""The articles that the page recommends: related, hot, ranked, latest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from urllib.parse import urljoin, urlsplit

from portalclean.article import Evidence, Recommendation
from portalclean.listings.items import Item, items_of
from portalclean.listings.pieces import read_pieces
from portalclean.listings.sections import Section, split_sections
from portalclean.page import Label, Page
from portalclean.reading import Extracted, Fields, Reading

__all__ = ["extract_recommendations"]

FEWEST_SINGLES = 3
"""Sections of one item each from which on that is the page's habit."""
STRAYED = 2
"""Items of a section, between sections of one each, whose second belongs elsewhere."""
SITE = r"//[a-z0-9.-]+(?::[0-9]+)?"
REST = r"(?:\?[\w./~%!@+,=:&-]+)?(?:\#[\w./~%!@+,=:&?\#-]+)?"
"""A query and a fragment."""
WHOLE = re.compile(rf"(https?:)?{SITE}(?:/[\w./~%!@+,=:-]*)?{REST}")
"""An address that needs the base's scheme at most: with the next, the common ones, for a quick answer."""
FROM_ROOT = re.compile(rf"(?:/[\w~%!@+,=:-][\w.~%!@+,=:-]*)+/?{REST}")
"""An address that needs the base's scheme and site at most."""
BASE_SITE = re.compile(rf"(https?:){SITE}(?=[/?\#]|$)")
DEAD_SCHEMES = frozenset(("javascript", "mailto", "tel", "data", "about", "blob"))
"""Schemes of addresses that lead to no article."""


def extract_recommendations(reading: Reading) -> Extracted:
    """Return the recommended articles in page order, each title once."""
    sections = split_sections(read_pieces(reading, Label.RECOMMENDATION))
    items: dict[str, Item] = {}
    lists = [[(_key(item.title), item) for item in items_of(section)] for section in sections]
    for key, item in _rehung(sections, lists):
        known = items.setdefault(key, item)
        if known is not item:
            _fill(known, item)
    base = _base(reading.page)
    found = tuple(
        [
            Recommendation(item.title, _address(base, item.href), item.source, item.time, item.heading)
            for item in items.values()
        ]
    )
    evidence = tuple(
        Evidence("recommendations", f"{len(found)} titles under {len(sections)} headings", item.title, item.block)
        for item in islice(items.values(), 1)
    )
    return Extracted(Fields(recommendations=found), evidence)


def _rehung(sections: Sequence[Section], lists: Sequence[list[tuple[str, Item]]]) -> Iterator[tuple[str, Item]]:
    """Yield the items, each given with its key, those that stand under a heading by accident under their group's.

    Where each heading has one item, a second item under one is of a list whose own heading the page does not
    print: what can be said of it is the heading above the tabs of all these lists.
    """
    sizes = [len({key for key, _ in items}) for items in lists]
    if STRAYED not in sizes or sizes.count(1) < FEWEST_SINGLES:
        yield from chain.from_iterable(lists)
        return
    singles = Counter(section.run for section, size in zip(sections, sizes, strict=True) if size == 1)
    for place, (section, items) in enumerate(zip(sections, lists, strict=True)):
        near = [at for at in (place - 1, place + 1) if 0 <= at < len(sections) and sections[at].run == section.run]
        between = bool(near) and all(sizes[at] == 1 for at in near)
        strayed = between and sizes[place] == STRAYED and singles[section.run] >= FEWEST_SINGLES
        for key, item in items:
            if strayed and item.title != items[0][1].title:
                item.heading = section.group
            yield key, item


def _key(title: str) -> str:
    """Return what two copies of a title share.

    >>> _key("A  walk") == _key("a walk")
    True
    """
    return " ".join(title.split()).casefold()


def _fill(known: Item, repeat: Item) -> None:
    """Complete an item by what its repeat says beside it."""
    known.href = known.href or repeat.href
    if known.source is None and known.time is None:
        known.source, known.time = repeat.source, repeat.time


def _base(page: Page) -> str:
    """Return what relative addresses are resolved against; empty when it is not known."""
    return _joined(page.url or "", page.head.base or "") or ""


def _address(base: str, href: str | None) -> str | None:
    """Return the address that a link leads to, absolute when the page's own is known.

    >>> _address("https://news.example/a/1.html", "../b/2.html")
    'https://news.example/b/2.html'
    >>> _address("", "javascript:;"), _address("https://news.example/", "#top"), _address("", "http://[")
    (None, None, None)
    """
    href = "".join(href.split()) if href else None
    if not href or href[0] == "#":
        return None
    if (whole := WHOLE.fullmatch(href)) or FROM_ROOT.fullmatch(href):
        if not base or (whole and whole[1]):
            return href
        if site := BASE_SITE.match(base):
            return (site[1] if whole else site[0]) + href
    address = _joined(base, href)
    return address if address and urlsplit(address).scheme.lower() not in DEAD_SCHEMES else None


def _joined(base: str, href: str) -> str | None:
    try:
        address = urljoin(base, href)
        urlsplit(address)
    except ValueError:
        return None
    return address
