"""Bodies that a page keeps outside its visible text: JSON-LD, for pages that are nearly empty without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import turbohtml

from portalclean.page import Head, Json

__all__ = ["article_body"]

MAX_NESTING = 8
"""Levels of JSON-LD searched; articles stand at the top, in ``@graph`` or in ``mainEntity``."""


def article_body(head: Head) -> list[str]:
    """Return the paragraphs of the longest ``articleBody`` (or ``text``) in the page's JSON-LD."""
    bodies = [body for document in head.json_ld for body in _bodies(document, MAX_NESTING)]
    longest = max(bodies, key=len, default="")
    if "<" in longest:
        longest = turbohtml.parse_fragment(longest).to_text()
    return [" ".join(line.split()) for line in longest.splitlines() if line.strip()]


def _bodies(value: Json, levels: int) -> Iterator[str]:
    if levels == 0:
        return
    if isinstance(value, Mapping):
        for key in ("articleBody", "text"):
            body = value.get(key)
            if isinstance(body, str):
                yield body
        for inner in value.values():
            yield from _bodies(inner, levels - 1)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from _bodies(inner, levels - 1)
