"""The people, and the media, that a page's head names as its authors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import regex

from portalclean.bylines.linked_data import article_node, texts, types
from portalclean.bylines.names import is_medium, is_name, names_in

if TYPE_CHECKING:
    from portalclean.page import Head, Json

__all__ = ["head_authors", "head_media", "same_words"]

META_NAMES = (
    "author",
    "article:author",
    "article:author_name",
    "og:article:author",
    "dc.creator",
    "dcterms.creator",
    "dc.creator.name",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "byl",
    "citation_author",
)
SITE_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title")
PERSON = frozenset({"person"})
ORGANIZATION = frozenset({"organization", "newsmediaorganization", "corporation", "website", "localbusiness", "brand"})
_WORDS = regex.compile(r"[\W_]+")
_LEAD = regex.compile(r"(?i)^\s*(?:by|von|par|por|di|written by|文[:/：]|作者[:：])\s+")
_HAN = regex.compile(r"\p{Han}+")


def head_authors(head: Head, host: str = "") -> tuple[list[str], str]:
    """Return the authors that the head names, and where: JSON-LD first, then the meta elements.

    Names that are the site's own are none: its name, or for one word a part of its host. A Han name in a
    plain ``<meta name=author>`` is passed over: Chinese editing systems write the editor there.

    >>> from portalclean.page import Head
    >>> head_authors(Head(meta={"author": ("Jane Doe",)}))
    (['Jane Doe'], 'meta author')
    >>> head_authors(Head(meta={"author": ("Example News",)}))
    ([], '')
    """
    sites = [_plain(name) for name in _site_names(head)]
    for where, value, known in _stated(head):
        names = [name for name in _people(value, known) if not _is_site(name, sites, host)]
        if where == "meta author":
            names = [name for name in names if not _HAN.fullmatch(name)]
        if names:
            return names, where
    return [], ""


def head_media(head: Head, host: str = "") -> list[str]:
    """Return the media that the head names as authors and that are not the site itself.

    >>> from portalclean.page import Head
    >>> head_media(Head(meta={"author": ("沂河日报",), "og:site_name": ("每日网",)}))
    ['沂河日报']
    >>> head_media(Head(meta={"author": ("沂河日报",), "og:site_name": ("沂河日报",)}))
    []
    """
    sites = [_plain(name) for name in _site_names(head)]
    node = article_node(head)
    stated = _organizations(node.get("author")) if node is not None else []
    stated += [content for name in META_NAMES for content in head.meta.get(name, ()) if is_medium(content.strip())]
    media = dict.fromkeys(" ".join(name.split()) for name in stated)
    return [name for name in media if _plain(name) and " by " not in name and not _is_site(name, sites, host)]


def same_words(left: str, right: str) -> bool:
    """Return whether two texts are the same but for case, blanks and punctuation."""
    return _plain(left) == _plain(right)


def _stated(head: Head) -> Iterator[tuple[str, list[str], bool]]:
    """Yield (where, values, whether they are declared as persons)."""
    node = article_node(head)
    if node is not None:
        for key in ("author", "creator"):
            persons, others = _authors_of(node.get(key))
            if persons:
                yield f"json-ld {key}", persons, True
            if others:
                yield f"json-ld {key}", others, False
    for name in META_NAMES:
        if name in head.meta:
            yield f"meta {name}", [content for content in head.meta[name] if content.strip()], False


def _authors_of(value: Json) -> tuple[list[str], list[str]]:
    """Return (names of declared persons, names without a type); organisations are neither."""
    items = list(value) if isinstance(value, (list, tuple)) else [value]
    persons: list[str] = []
    others: list[str] = []
    for item in items:
        if isinstance(item, Mapping):
            kinds = types(item)
            if not kinds.isdisjoint(ORGANIZATION):
                continue
            (others if kinds.isdisjoint(PERSON) else persons).extend(texts(item, "name"))
        else:
            others += texts(item)
    return persons, others


def _organizations(value: Json) -> list[str]:
    items = list(value) if isinstance(value, (list, tuple)) else [value]
    return [
        text
        for item in items
        if isinstance(item, Mapping) and not types(item).isdisjoint(ORGANIZATION)
        for text in texts(item, "name")
    ]


def _people(values: list[str], known: bool) -> list[str]:
    found: list[str] = []
    for value in values:
        cleaned = _LEAD.sub("", " ".join(value.split()))
        for name in names_in(cleaned, likely=False):
            likely = is_name(name, likely=True)
            # A declared person may have one name or an unusual one; Han strings are accounts too often.
            if (likely or (known and not _HAN.fullmatch(name))) and name not in found:
                found.append(name)
    return found


def _site_names(head: Head) -> list[str]:
    node = article_node(head)
    names = [content for name in SITE_NAMES for content in head.meta.get(name, ())]
    return names + (texts(node.get("publisher"), "name") if node is not None else [])


def _is_site(name: str, sites: list[str], host: str) -> bool:
    plain = _plain(name)
    if " " not in name and any(_plain(part) == plain for part in host.split(".")):
        return True
    return any(plain == site or (len(plain) > 5 and plain in site) for site in sites)


def _plain(text: str) -> str:
    return _WORDS.sub("", text.casefold())
