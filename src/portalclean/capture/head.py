"""What an HTML page says of itself outside its visible text, gathered during the walk."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from turbohtml import Element

from portalclean.page import Head, Json

__all__ = ["HeadGatherer"]

META_NAMES = ("name", "property", "itemprop", "http-equiv")
"""The attributes that name a ``<meta>``; the first that is there counts."""
MAX_JSON_LD = 1_000_000
"""Characters of one JSON-LD script; larger ones carry catalogues, not articles."""
MAX_META = 2_000
"""Number of ``<meta>`` elements read; pages have under a hundred."""


@dataclass(slots=True)
class HeadGatherer:
    """Collects titles, metas, links and JSON-LD scripts as the walk meets them."""

    title: str | None = None
    meta: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)
    language: str | None = None
    base: str | None = None
    metas_seen: int = 0

    def take(self, element: Element, tag: str) -> None:
        """Take what this element states; ``tag`` is one of title, meta, link, script, base and html."""
        if tag == "meta":
            self._take_meta(element)
        elif tag == "script":
            if (element.attr("type") or "").strip().lower() == "application/ld+json":
                self.scripts.append(element.text)
        elif tag == "link":
            address = element.attr("href")
            if address:
                for relation in (element.attr("rel") or "").lower().split():
                    self.links.setdefault(relation, []).append(address)
        elif tag == "title":
            if self.title is None:
                self.title = " ".join(element.text.split()) or None
        elif tag == "base":
            self.base = self.base or element.attr("href")
        else:
            self.language = element.attr("lang") or element.attr("xml:lang")

    def head(self) -> Head:
        """Return what was gathered."""
        return Head(
            title=self.title,
            meta={name: tuple(contents) for name, contents in self.meta.items()},
            links={relation: tuple(addresses) for relation, addresses in self.links.items()},
            json_ld=tuple(document for script in self.scripts for document in _parsed(script)),
            language=self.language,
            base=self.base,
        )

    def _take_meta(self, element: Element) -> None:
        self.metas_seen += 1
        content = element.attr("content")
        if content is None or self.metas_seen > MAX_META:
            return
        for attribute in META_NAMES:
            name = element.attr(attribute)
            if name:
                self.meta.setdefault(name.strip().lower(), []).append(content)
                return


def _parsed(script: str) -> list[Json]:
    """Return the JSON-LD document in a script, or nothing when it does not parse.

    >>> _parsed('{"@type": "NewsArticle"}')
    [{'@type': 'NewsArticle'}]
    >>> _parsed('{"@type": ')
    []
    """
    if len(script) > MAX_JSON_LD:
        return []
    body = script.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        # strict=False: real pages have raw line breaks in their strings.
        return [json.loads(body, strict=False)]
    except (ValueError, RecursionError):
        return []
