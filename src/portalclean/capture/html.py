"""HTML to units: one walk over a WHATWG tree, gathering text between block boundaries.

A unit is the text between two block-level boundaries or line breaks; inline tags do not cut. Every text node
outside script, style, template and select ends up in exactly one unit, hidden ones included.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import turbohtml
from turbohtml import Element, Namespace, Text

from portalclean.capture.elements import (
    BLOCK,
    BREAK,
    DIALOG,
    EMPTY,
    HEAD,
    IMAGE,
    LAST_PLAIN_ROLE,
    LINK,
    NOSCRIPT,
    PREFORMATTED,
    ROLES,
    ROOT,
    SKIPPED,
    TIME,
    UNSHOWN,
    hides_itself,
)
from portalclean.capture.fallback import article_body
from portalclean.capture.head import HeadGatherer
from portalclean.capture.table import UnitTable
from portalclean.errors import CaptureTooLarge
from portalclean.page import Image, Limits, Origin, Page

__all__ = ["encodable", "read_html"]

NEARLY_EMPTY = 600
"""Shown characters under which a page's own text counts as nearly empty, so that what it keeps in
``noscript`` or JSON-LD is read as shown (Discourse forums keep all posts in ``noscript``)."""

Frame: TypeAlias = tuple[Iterator[turbohtml.Node], int, int, bool, int, bool, Origin, bool]
"""An open element: its remaining children, its row, the row of the nearest block-level element, whether its
end is a boundary of units, the link it stands in (-1: none), hidden, origin, preformatted."""


def read_html(markup: str, url: str | None, limits: Limits) -> Page:
    """Parse HTML, in which no surrogate stands alone, and return its units.

    Raises `CaptureTooLarge` over the budgets for units and depth.
    """
    document = turbohtml.parse(markup, positions=False, allow_declarative_shadow_roots=False)
    walk = _Walk(limits)
    walk.run(document)
    head = walk.head.head()
    table = walk.table
    if table.shown_characters < NEARLY_EMPTY:
        table.show(Origin.NOSCRIPT)
        paragraphs = article_body(head)
        if sum(map(len, paragraphs)) > table.shown_characters:
            table.append(paragraphs, Origin.JSON_LD)
    return table.page(head, url, markup)


def encodable(text: str) -> str:
    r"""Return the text with lone surrogates replaced: a broken decoder left them, and no encoder takes them.

    >>> encodable("a\ud800b")
    'a\ufffdb'
    """
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


class _Walk:
    """One pass over a tree.

    What is true inside the open element is its `Frame`; the stack is our own, because real pages nest by the
    hundred and hostile ones by the million.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.head = HeadGatherer()
        self.table = UnitTable(limits)

    def run(self, document: turbohtml.Document) -> None:  # noqa: PLR0915 - unrolled for speed
        """Walk the whole document. The loop is the library's hottest: few Python steps per node."""
        table = self.table
        pieces, put, flush = table.pieces, table.pieces.append, table.flush
        tags, parents, names, roles = table.tags, table.parents, table.names, ROLES
        # The parser finds what few elements have much faster than each element can be asked for it.
        named, styled = set(document.select("[id],[role]")), set(document.select("[style],[hidden]"))
        frame: Frame = (iter(document.children), 0, 0, True, -1, False, Origin.PAGE, False)
        stack: list[Frame] = []
        while True:
            for node in frame[0]:
                kind = node.__class__
                if kind is Text:
                    piece = node.data  # type: ignore[attr-defined]
                    if pieces:
                        put(piece)
                    elif not piece.isspace():
                        table.inner_row = frame[1]
                        put(piece)
                elif kind is Element:
                    tag = node.tag  # type: ignore[attr-defined]
                    attribute = node.attr  # type: ignore[attr-defined]
                    row = len(tags)
                    tags.append(tag)
                    parents.append(frame[1])
                    if node in named:
                        names.append((attribute("class"), attribute("id"), attribute("role")))
                    else:
                        names.append((attribute("class"), None, None))
                    role = roles[tag]
                    if role > LAST_PLAIN_ROLE:
                        entered = self._enter_rare(node, tag, role, row, frame)  # type: ignore[arg-type]
                        if entered is None:
                            continue
                    else:
                        _, _, block, _, link, was_hidden, origin, preformatted = frame
                        hidden = was_hidden or (node in styled and hides_itself(attribute))
                        cuts = role == BLOCK or hidden is not was_hidden
                        if cuts and pieces:
                            flush(frame)
                        block = row if role == BLOCK else block
                        children = node.children
                        if not children:
                            continue
                        if role == LINK:
                            link = table.add_link(attribute("href"), link)
                        entered = (iter(children), row, block, cuts, link, hidden, origin, preformatted)
                    stack.append(frame)
                    frame = entered
                    break
            else:
                if pieces and frame[3]:
                    flush(frame)
                if not stack:
                    return
                left, frame = frame, stack.pop()
                if left[4] != frame[4]:
                    table.mark(frame[4])
            if len(stack) > self.limits.depth:
                raise CaptureTooLarge(f"the page nests over the limit of {self.limits.depth:,} levels")

    def _enter_rare(self, element: Element, tag: str, role: int, row: int, frame: Frame) -> Frame | None:
        """Note an element that is neither a plain block nor a plain inline one."""
        table = self.table
        _, _, block, _, link, hidden, origin, preformatted = frame
        foreign = role in (IMAGE, EMPTY, HEAD) and element.namespace is not Namespace.HTML
        if foreign and tag not in ("script", "title"):
            # In SVG and MathML these names are ordinary elements, with content.
            return iter(element.children), row, block, False, link, hidden, origin, preformatted
        if role == IMAGE:
            table.images.append(Image(len(table.texts), row, _source(element), element.attr("alt") or ""))
            return None
        if role == TIME:
            moment = element.attr("datetime")
            if moment:
                table.times.append((len(table.texts), moment))
            return iter(element.children), row, block, False, link, hidden, origin, preformatted
        if role in (HEAD, ROOT) and not foreign:
            self.head.take(element, tag)
        if role in (EMPTY, SKIPPED) or (role == HEAD and tag != "title"):
            return None
        if table.pieces:
            table.flush(frame)
        if role == BREAK:
            return None
        unopened = role == DIALOG and element.attr("open") is None
        hidden = hidden or unopened or role in (HEAD, NOSCRIPT, UNSHOWN) or hides_itself(element.attr)
        origin = Origin.NOSCRIPT if role == NOSCRIPT else origin
        preformatted = preformatted or role == PREFORMATTED
        return iter(element.children), row, row, True, link, hidden, origin, preformatted


LAZY_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")
"""Where an image's address stands: pages that load lazily keep a placeholder in ``src``."""


def _source(element: Element) -> str:
    for name in LAZY_SOURCES:
        address = element.attr(name)
        if address:
            return address
    return ""
