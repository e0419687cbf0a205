"""Read the JSON-LD documents of a page's head: find the article's node and its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portalclean.page import Head, Json

__all__ = ["article_node", "nodes", "nodes_of", "texts", "types"]

MAX_NODES = 200
"""Nodes looked at on one page; an article's own is among the first."""
MAX_VALUES = 50
"""Values read of one property."""
ARTICLE_TYPES = frozenset(
    {
        "newsarticle",
        "article",
        "blogposting",
        "reportagenewsarticle",
        "opinionnewsarticle",
        "analysisnewsarticle",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "liveblogposting",
        "techarticle",
        "scholarlyarticle",
        "report",
        "socialmediaposting",
        "discussionforumposting",
        "recipe",
        "review",
    }
)


def nodes(head: Head) -> list[Mapping[str, Json]]:
    """Return the nodes of all documents, those inside ``@graph`` and ``mainEntity`` too, in page order.

    >>> from portalclean.page import Head
    >>> [node["@type"] for node in nodes(Head(json_ld=([{"@type": "A"}, {"@graph": [{"@type": "B"}]}],)))]
    ['A', 'B']
    """
    found: list[Mapping[str, Json]] = []
    waiting: list[Json] = list(reversed(head.json_ld))
    while waiting and len(found) < MAX_NODES:
        value = waiting.pop()
        if isinstance(value, Mapping):
            if "@type" in value:
                found.append(value)
            waiting += [value[key] for key in ("mainEntityOfPage", "mainEntity", "@graph") if key in value]
        elif isinstance(value, Sequence) and not isinstance(value, str):
            waiting += list(reversed(value[:MAX_NODES]))
    return found


def types(node: Mapping[str, Json]) -> frozenset[str]:
    """Return the node's types, lower case, without a schema.org prefix.

    >>> sorted(types({"@type": ["http://schema.org/NewsArticle", "Thing"]}))
    ['newsarticle', 'thing']
    """
    return frozenset(text.rsplit("/", 1)[-1].lower() for text in texts(node.get("@type")))


def article_node(head: Head) -> Mapping[str, Json] | None:
    """Return the first node that is an article."""
    return next(iter(nodes_of(head, ARTICLE_TYPES)), None) if head.json_ld else None


def nodes_of(head: Head, wanted: frozenset[str]) -> Iterator[Mapping[str, Json]]:
    """Yield the nodes of one of these types."""
    if head.json_ld:
        yield from (node for node in nodes(head) if not wanted.isdisjoint(types(node)))


def texts(value: Json, *keys: str) -> list[str]:
    """Return the strings that a value holds, itself, in a list, or under one of these keys of an object.

    >>> texts([{"name": "Jane Doe"}, "John Roe", None], "name")
    ['Jane Doe', 'John Roe']
    """
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, Mapping):
        for key in keys:
            inner = texts(value.get(key))
            if inner:
                return inner
        return []
    if isinstance(value, Sequence):
        return [text for item in value[:MAX_VALUES] if not _nested(item) for text in texts(item, *keys)]
    return []


def _nested(value: Json) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
