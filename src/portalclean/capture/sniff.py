"""Tell HTML from a text dump.

A dump may talk about tags and show examples of code, and HTML may begin with rubbish. What tells them apart
is where the words stand: in HTML inside elements that are opened and closed, in a dump outside of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from portalclean.page import Kind

__all__ = ["sniff"]

_SAMPLE = 1 << 18
"""Characters that are looked at, scripts, styles and comments not counted."""
_ENCLOSED = 0.5
"""Least share of the words that stand inside elements: nearly all in HTML, few in a dump."""
_SPARSE = 1000
"""Characters per pair of tags up to which text that does not begin with a tag may be HTML; a dump in which
two mentions of a tag enclose half of the text has thousands."""
_LOOK_BACK = 64
"""Open elements among which the partner of an end tag is looked for."""

_VOID = frozenset({
    "area", "base", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
})  # fmt: skip
"""Elements without an end tag; ``br`` is counted by itself."""
_OPTIONAL = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "option"})
"""Elements whose end tag may be left out: the next of the same name ends them."""
_PAIRS = frozenset({
    "a", "abbr", "acronym", "address", "applet", "article", "aside", "audio", "b", "bdi", "bdo", "big",
    "blockquote", "body", "button", "canvas", "caption", "center", "cite", "code", "colgroup", "datalist",
    "del", "details", "dfn", "dialog", "dir", "div", "dl", "em", "fieldset", "figcaption", "figure", "font",
    "footer", "form", "frameset", "g", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "html",
    "i", "iframe", "ins", "kbd", "label", "legend", "main", "map", "mark", "marquee", "menu", "nav", "nobr",
    "noframes", "noscript", "object", "ol", "optgroup", "picture", "pre", "q", "rp", "rt", "ruby", "s",
    "samp", "script", "section", "select", "small", "span", "strike", "strong", "style", "sub", "summary",
    "sup", "svg", "table", "tbody", "template", "textarea", "tfoot", "thead", "time", "title", "tt", "u",
    "ul", "var", "video",
})  # fmt: skip
"""The other elements of HTML; what else stands in angle brackets says nothing (``<T>``, ``<a@b.c>``)."""
_ELEMENTS = _VOID | _OPTIONAL | _PAIRS | {"br"}
_RAW = frozenset({"script", "style"})

_TAG = re.compile(r"<(?:(/?)([a-z][a-z0-9]*(?:[:-][\w:-]+)?)(?=[\s/>])[^<>]*>|!--|!doctype\b[^<>]*>)", re.IGNORECASE)
_FOREIGN = re.compile(r"^</|=|/>$|^<\w+[:-]")
"""What shows that an unknown element is one: an end, an attribute, a hyphen. ``<T>`` is none."""
_PROLOGUE = re.compile(r"(?:[\s\ufeff\x00]+|<!--.*?-->|<\?(?!xml\b)[^<>]*>)*+", re.DOTALL | re.IGNORECASE)
"""What may stand before a document without saying whether it is one."""
_OPENING = re.compile(r"<(?:!doctype\b|\?xml\b|(?:html|head|body|frameset)(?:\s[^<>]*)?>)", re.IGNORECASE)
"""How a document begins, and a dump does not."""


class _Token(NamedTuple):
    """A tag of an element of HTML, or of an unknown one (no name), and the text before it."""

    text: str
    length: int
    ends: bool
    name: str


class _Open(NamedTuple):
    """An open element, and how many characters had been seen, and found enclosed, before it."""

    name: str
    seen: int
    enclosed: int


def sniff(capture: str) -> Kind:
    """Tell HTML from a text dump.

    >>> sniff("<p>新华社北京电</p>")
    <Kind.HTML: 'html'>
    >>> sniff("Use the <div> tag, if a < b. Mail to <a@b.c>.")
    <Kind.TEXT: 'text'>
    """
    if "<" not in capture:
        return Kind.TEXT
    prologue = _PROLOGUE.match(capture)
    begin = prologue.end() if prologue else 0
    if _OPENING.match(capture, begin):
        return Kind.HTML
    tally = _Tally()
    for token in _tokens(capture, begin):
        tally.add(token)
    return Kind.HTML if tally.is_markup(begins=capture.startswith("<", begin)) else Kind.TEXT


class _Tally:
    """Counts the characters inside and outside of elements, those of tags, and the pairs of tags."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._seen = 0
        self._enclosed = 0
        self._tags = 0
        self._paired = 0

    def add(self, token: _Token) -> None:
        """Count a tag and the text before it."""
        self._seen += _visible(token.text)
        self._tags += token.length
        name = token.name
        if name == "br":  # ends a line; in a dump that mentions it, not the lines before
            self._enclosed += _visible(token.text.rpartition("\n")[2])
            self._paired += 1
        elif name in _VOID or not name:
            return
        elif token.ends:
            self._end(name)
        else:
            if name in _OPTIONAL and self._open and self._open[-1].name == name:
                self._close(len(self._open) - 1)
            self._open.append(_Open(name, self._seen, self._enclosed))

    def _end(self, name: str) -> None:
        """Close the innermost open element of this name and all in it."""
        last = len(self._open) - 1
        for depth in range(last, max(-1, last - _LOOK_BACK), -1):
            if self._open[depth].name == name:
                self._close(depth)
                return

    def _close(self, depth: int) -> None:
        element = self._open[depth]
        self._paired += 1
        self._enclosed = element.enclosed + self._seen - element.seen
        del self._open[depth:]

    def is_markup(self, begins: bool) -> bool:
        """Tell whether this is HTML; ``begins`` when it begins with a tag."""
        if self._tags >= self._seen:  # also of nothing but comments
            return True
        if begins and all(element.name in _OPTIONAL for element in self._open):
            while self._open:
                self._close(len(self._open) - 1)
        sparse = not begins and self._seen > _SPARSE * self._paired
        return self._enclosed >= _ENCLOSED * self._seen and not sparse


def _visible(text: str) -> int:
    return len(text) - text.count(" ") - text.count("\n")


def _tokens(capture: str, begin: int) -> Iterator[_Token]:
    """Yield the tags, each with the text before it, and at last the text after the last.

    Comments and the contents of scripts and styles are left out.
    """
    done = position = begin
    end = min(len(capture), begin + _SAMPLE)
    while (match := _TAG.search(capture, position)) and match.start() < end:
        position = match.end()
        name = (match[2] or "").lower()
        if name and name not in _ELEMENTS:
            if not _FOREIGN.search(match[0]):
                continue
            name = ""
        yield _Token(capture[done : match.start()], match.end() - match.start(), bool(match[1]), name)
        if match[0] == "<!--" or (name in _RAW and not match[1]):
            after = capture.find("-->" if match[0] == "<!--" else f"</{name}", position)
            if after < 0:  # cut off
                return
            end = min(len(capture), end + after - position)
            position = after
        done = position
    yield _Token(capture[done:end], 0, False, "")
