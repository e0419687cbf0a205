"""The invariant: every visible character of a capture is in exactly one unit, in order, and in one labelled block.

The checks raise `AssertionError`; the tests and the fuzz targets share them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import turbohtml

from portalclean import Article, Kind, Label, Origin, Page
from portalclean.chronology import find_dates

__all__ = [
    "UNREAD",
    "blank_free",
    "check_blocks",
    "check_dates",
    "check_markup",
    "check_offsets",
    "own_text",
    "parsed",
    "units_text",
]

UNREAD = frozenset(("script", "style", "template", "select"))
"""Elements whose text is no part of the page."""


def blank_free(text: str) -> str:
    """Return the text without white space; what a parser may not hold is replaced as ours does."""
    return "".join(text.split())


def own_text(tree: turbohtml.Document) -> str:
    """Return the non-blank characters of all text nodes outside the unread elements, in order."""
    return blank_free("".join(_texts(tree)))


def _texts(tree: turbohtml.Document) -> Iterator[str]:
    stack: list[turbohtml.Node] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, turbohtml.Text):
            yield node.data
        elif not (isinstance(node, turbohtml.Element) and node.tag.lower() in UNREAD):
            stack.extend(reversed(list(node.children)))


def units_text(page: Page) -> str:
    """Return the non-blank characters of the units that stand in the tree."""
    return blank_free("".join(unit.text for unit in page.units() if unit.origin is not Origin.JSON_LD))


def parsed(markup: str) -> turbohtml.Document:
    """Return the tree of the markup as the library's own parser sees it."""
    clean = markup.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return turbohtml.parse(clean, allow_declarative_shadow_roots=False)


def check_offsets(page: Page) -> None:
    """Units are ordered, disjoint, not blank, and slices of the page's text; between them is white space."""
    position = 0
    for unit in page.units():
        assert position <= unit.start < unit.end
        assert page.text[position : unit.start].strip() == ""
        assert page.text[unit.start : unit.end] == unit.text
        assert unit.text.strip()
        position = unit.end
    assert page.text[position:].strip() == ""
    columns = (page.starts, page.ends, page.lines, page.hidden, page.origins)
    assert {len(column) for column in columns} <= {len(page)}
    assert np.all(np.diff(page.lines) >= 0)


def check_blocks(article: Article, page: Page) -> None:
    """Blocks hold all units once and in order; each says what it is, how sure that is, and why."""
    assert blank_free("".join(block.text for block in article.blocks)) == blank_free("".join(page.texts))
    for block in article.blocks:
        assert isinstance(block.label, Label)
        assert 0.0 <= block.confidence <= 1.0
        assert block.reason
        if page.kind is Kind.TEXT:
            assert block.start is not None
            assert page.text[block.start : block.end] == block.text
    if page.kind is Kind.TEXT:
        edges = [edge for block in article.blocks for edge in (block.start or 0, block.end or 0)]
        assert edges == sorted(edges)


def check_markup(page: Page) -> None:
    """Rows of parents come before their children's; each unit, link and image points into the tables."""
    markup = page.markup
    assert markup is not None
    count = len(markup.tags)
    assert len(markup.parents) == len(markup.names) == count
    assert np.all(markup.parents[1:] < np.arange(1, count))
    assert len(markup.inner) == len(markup.block) == len(page)
    for rows in (markup.inner, markup.block):
        assert np.all((rows >= 0) & (rows < count))
    for link in markup.links:
        assert page.starts[link.unit] <= link.start < link.end <= page.ends[link.unit]
    for image in markup.images:
        assert 0 <= image.unit <= len(page)
        assert markup.tags[image.element] == "img"


def check_dates(text: str) -> None:
    """Mentions of dates are ordered, disjoint, and hold what the text says there."""
    done = 0
    for mention in find_dates(text):
        assert done <= mention.start < mention.end <= len(text)
        assert mention.raw == text[mention.start : mention.end]
        done = mention.end
