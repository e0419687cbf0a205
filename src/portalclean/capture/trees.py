"""Trees of other parsers to markup, which is parsed again.

What their parser has lost stays lost. lxml and BeautifulSoup are not imported here before someone hands in
one of their trees: an object of theirs cannot exist while its module is not loaded.
"""

from __future__ import annotations

import re
import sys
from copy import deepcopy
from typing import TYPE_CHECKING

from portalclean.errors import CaptureTypeError

if TYPE_CHECKING:
    from bs4 import Tag
    from lxml.etree import _Element, _ElementTree

__all__ = ["serialise"]

_XHTML = "http://www.w3.org/1999/xhtml"
_EMPTY = re.compile(r"<([^\s<>/!?]++)([^<>]*)/>")
"""An element in XML's short form, which HTML reads as a start tag; ``++`` keeps the search linear."""
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


def serialise(tree: _Element | _ElementTree | Tag) -> str:
    """Return the HTML markup of an lxml element or tree, or of a BeautifulSoup object or tag.

    Text after the element (its tail) is not part of it. Anything else raises `CaptureTypeError`.

    >>> from bs4 import BeautifulSoup
    >>> serialise(BeautifulSoup("<p>a &amp; b<br>c", "html.parser"))
    '<p>a &amp; b<br/>c</p>'
    """
    if "lxml.etree" in sys.modules:
        from lxml import etree

        if isinstance(tree, etree._ElementTree):
            return "" if tree.getroot() is None else _lxml(tree, tree.getroot())
        if isinstance(tree, etree._Element):
            return _lxml(tree, tree)
    if "bs4" in sys.modules:
        from bs4 import Tag as SoupTag

        if isinstance(tree, SoupTag):
            return _soup(tree)
    kind = type(tree)
    raise CaptureTypeError(
        "a capture is bytes, bytearray, memoryview, str, an lxml element or tree, or a BeautifulSoup object "
        f"or tag, not {kind.__module__}.{kind.__qualname__}"
    )


def _lxml(tree: _Element | _ElementTree, root: _Element) -> str:
    """Serialise with lxml, which does not recurse."""
    from lxml import etree

    if _XHTML in root.nsmap.values():
        tree = _without_namespace(root)
    return etree.tostring(tree, encoding="unicode", method="html", with_tail=False)


def _without_namespace(root: _Element) -> _Element:
    """Return a copy whose XHTML elements have plain names.

    With a prefix (``h:p``) HTML would not know them, and ``<br></br>`` would be two line breaks.
    """
    copied = deepcopy(root)
    prefix = f"{{{_XHTML}}}"
    for element in copied.iter(f"{prefix}*"):
        element.tag = str(element.tag).removeprefix(prefix)
    return copied


def _soup(tree: Tag) -> str:
    """Serialise with BeautifulSoup, which does not recurse since its version 4.13."""
    markup = tree.decode()
    if tree._is_xml:
        markup = _EMPTY.sub(_in_full, markup)
    return markup


def _in_full(match: re.Match[str]) -> str:
    """Write an empty element of XML with an end tag, unless HTML knows it to be empty.

    >>> _EMPTY.sub(_in_full, '<a id="1/"/><br/>')
    '<a id="1/"></a><br/>'
    """
    name, attributes = match.groups()
    return match[0] if name in _VOID else f"<{name}{attributes}></{name}>"
