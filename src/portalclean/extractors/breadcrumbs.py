"""The path from the site's front page to this one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
import regex

from portalclean.article import Evidence
from portalclean.bylines.linked_data import nodes_of, texts
from portalclean.outline import Outline
from portalclean.page import Head, IntArray, Json, Label, Markup
from portalclean.reading import Extracted, Fields, Reading
from portalclean.trails import (
    BULLETS,
    FEWEST_MARKED,
    SHORTEST_HEADLINE,
    SIGN,
    begins_with_mark,
    is_home,
    marked_parts,
    path_words,
    without_lead,
)

__all__ = ["extract_breadcrumbs"]

MAX_PARTS = 12
LONGEST_PART = 64
"""Characters; a longer part is a headline or prose that was taken for a path."""
LONGEST_BLOCK = 300
WORDS_OF_PART = 3
"""Words of a part at most where commas alone separate: longer ones are prose or one long section name."""
MAX_GROUPS = 4
LARGEST_GAP = 3
"""Blocks from one part to the next inside one path: icons and arrows stand between."""
LEVELS = 6
"""Elements from a link in a path up to the one that is named so."""

_NEVER = (Label.BODY, Label.CAPTION, Label.COMMENT, Label.FOOTER)
_NAME = regex.compile(r"[a-z]+")
_BLANKS = regex.compile(r"[\s\u3000]+")
_SEPARATOR = regex.compile(
    r"(?:(?<!\s)\s++)?(?:[>＞›»❯→▸▶‹»|｜]|&gt;)++\s*+|(?<!\s)\s++[/／·•\-–—]\s*+|[/／]\s++|^[/／]"
)
r"""``(?<!\s)``: blanks are read from where they begin, or a long run of them would be read once from each."""
_WIDE_GAP = regex.compile(r"\t|[ \xa0\u3000]{2,}|\n")
_CJK = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_PLAIN = regex.compile(r"[\W_]+")


class _Group(NamedTuple):
    """Lines that may be a path, the block of the first, and how that is known."""

    first: int
    lines: list[str]
    reason: str
    whole: bool = False
    """Whether its marks show that no part of it stands elsewhere."""


class _Path(NamedTuple):
    """A path that was read from a group."""

    first: int
    parts: tuple[str, ...]
    reason: str
    whole: bool


def extract_breadcrumbs(reading: Reading) -> Extracted:
    """Return ``breadcrumbs``: a whole path by its marks, else the longest shown, else one that the page states.

    Of a path that is labelled in part, the element named a breadcrumb around it has the rest.
    """
    title = _title(reading)
    found = _read(_marked(reading), title) + _read(_labelled(reading), title)
    found.sort(key=lambda path: (not path.whole, -len(path.parts)))
    shown = list({path.parts: path for path in reversed(found)}.values())[::-1]
    if not (shown and shown[0].whole):
        named = [path for path in _read(_in_named_elements(reading), title) if len(path.parts) > 1]
        shown = [path for path in named if not shown or set(shown[0].parts) < set(path.parts)] + shown
    if not shown:
        stated = _stated(reading.page.head, title)
        evidence = (Evidence("breadcrumbs", "json-ld", " > ".join(stated)),) if stated else ()
        return Extracted(Fields(breadcrumbs=stated), evidence)
    return Extracted(
        Fields(breadcrumbs=shown[0].parts),
        tuple(
            Evidence("breadcrumbs", path.reason, " > ".join(path.parts), path.first, place == 0)
            for place, path in enumerate(shown)
        ),
    )


def _read(groups: Iterator[_Group], title: str) -> list[_Path]:
    """Return the paths of the first groups, those that are one."""
    paths = (_Path(group.first, _path(group.lines, title), group.reason, group.whole) for group in groups)
    return list(islice((path for path in paths if path.parts), MAX_GROUPS))


def parts_of(line: str) -> list[str]:
    """Return the parts of one line of a path.

    >>> parts_of("当前位置：首页 > 新闻 > 正文"), parts_of("首頁 / 政治"), parts_of("DIY, Home Decor")
    (['首页', '新闻', '正文'], ['首頁', '政治'], ['DIY', 'Home Decor'])
    """
    line = without_lead(line)
    parts = _SEPARATOR.split(line)
    if len(parts) == 1:
        parts = _WIDE_GAP.split(line)
    if len(parts) == 1:
        parts = line.split() if _CJK.search(line) else regex.split(r",\s", line)
        if any(len(part.split()) > WORDS_OF_PART for part in parts):
            parts = [line]
    stripped = (_BLANKS.sub(" ", part).strip(BULLETS) for part in parts)
    return [part for part in stripped if part]


def _labelled(reading: Reading) -> Iterator[_Group]:
    """Yield the breadcrumb blocks that stand together; a heading begins anew."""
    headings = path_words()["headings"]
    first, last, lines = -1, -1, list[str]()
    for index, text in _linked(reading):
        heading = text.strip(BULLETS).casefold() in headings
        if lines and (heading or index - last > LARGEST_GAP):
            yield _Group(first, lines, "path shown")
            lines = []
        if not heading:
            first = index if not lines else first
            lines.append(text[:LONGEST_BLOCK])
        last = index
    if lines:
        yield _Group(first, lines, "path shown")


def _linked(reading: Reading) -> Iterator[tuple[int, str]]:
    """Yield the breadcrumb blocks, and their neighbours on the other side of a mark, whatever their label."""
    done = -1
    texts = reading.blocks.texts
    for index, text in reading.lines(Label.BREADCRUMB):
        if index <= done:
            continue
        if index - 1 > done and begins_with_mark(text) and _is_part(reading.blocks, index - 1):
            yield index - 1, texts[index - 1]
        yield index, text
        done = index
        for below in range(index + 1, min(len(texts), index + MAX_PARTS)):
            if not (begins_with_mark(texts[below]) and _is_part(reading.blocks, below)):
                break
            yield below, texts[below]
            done = below


def _is_part(blocks: Outline, place: int) -> bool:
    if blocks.hidden[place] or len(blocks.texts[place]) > LONGEST_PART:
        return False
    return blocks.label(place) not in (*_NEVER, Label.BYLINE)


def _marked(reading: Reading) -> Iterator[_Group]:
    """Yield the lines above the text that are a path by their marks alone, whatever their label."""
    page, blocks, firsts = reading.page, reading.blocks, reading.first_units
    begins = _text_begins(reading)
    end = int(page.starts[firsts[begins]]) if begins < len(firsts) else len(page.text)
    found = SIGN.search(page.text, 0, end)
    while found:
        unit = int(np.searchsorted(page.starts, found.start(), "right")) - 1
        index = bisect_right(firsts, unit) - 1
        text = blocks.texts[index]
        if not blocks.hidden[index] and blocks.label(index) not in _NEVER and len(text) <= LONGEST_BLOCK:
            path = marked_parts(text)
            if path:
                whole = len(path) > FEWEST_MARKED or is_home(path[0])
                yield _Group(index, [text], "path by its marks", whole)
        past = int(page.starts[firsts[index + 1]]) if index + 1 < len(firsts) else end
        found = SIGN.search(page.text, past, end)


def _text_begins(reading: Reading) -> int:
    first = reading.first(Label.BODY)
    return len(reading.blocks) if first is None else first


def _in_named_elements(reading: Reading) -> Iterator[_Group]:
    """Yield the blocks above the text in an element that is named a breadcrumb."""
    markup = reading.page.markup
    if markup is None:
        return
    above = _above(markup, reading.first_units[: _text_begins(reading)])
    named = {row for row in set(above.ravel().tolist()) if any(names := markup.names[row]) and _is_named(names)}
    if not named:
        return
    groups: dict[int, _Group] = {}
    for index, rows in enumerate(above.T.tolist()):
        row = next((row for row in rows if row in named), None)
        text = reading.blocks.texts[index]
        if row is not None and not reading.blocks.hidden[index] and text.casefold() not in path_words()["headings"]:
            group = groups.setdefault(row, _Group(index, [], "path in an element named so"))
            group.lines.append(text[:LONGEST_BLOCK])
    yield from groups.values()


def _above(markup: Markup, units: Sequence[int]) -> IntArray:
    """(levels, units) the element that holds each unit, and those above it, innermost first."""
    rows = [markup.inner[np.asarray(units, dtype=np.intp)]]
    for _ in range(LEVELS - 1):
        rows.append(markup.parents[rows[-1]])
    return np.stack(rows)


def _is_named(names: tuple[str | None, ...]) -> bool:
    """Tell whether names of an element have a whole word for a breadcrumb.

    >>> _is_named(("x site-BreadCrumbs", None)), _is_named(("breadcrumbless", "a"))
    (True, False)
    """
    low = " ".join(filter(None, names)).lower()
    return "rumb" in low and not path_words()["elements"].isdisjoint(_NAME.findall(low))


def _path(lines: list[str], title: str) -> tuple[str, ...]:
    """Return the parts up to the page's own place, each once."""
    path: list[str] = []
    for part in (part for line in lines for part in parts_of(line)):
        # What follows a Chinese part after a blank is another link: "亦观察 有态度的财经门户".
        name = part.split(" ")[0] if _CJK.match(part) and _CJK.match(part.split(" ")[-1]) else part
        if name.casefold() in path_words()["ends"] or _is_title(part, title) or len(path) == MAX_PARTS:
            break
        if name not in path and len(name) <= LONGEST_PART:
            path.append(name)
    return tuple(path)


def _is_title(part: str, title: str) -> bool:
    """Return whether a part is the headline, whole or cut short.

    >>> _is_title("人民币中间价创新低…", "人民币中间价创新低 做市商称符合预期"), _is_title("首页", "首页改版")
    (True, False)
    """
    plain, plain_title = _PLAIN.sub("", part.casefold()), _PLAIN.sub("", title.casefold())
    if not plain or not plain_title:
        return False
    if plain == plain_title:
        return True
    if min(len(plain), len(plain_title)) < SHORTEST_HEADLINE:
        return False
    cut_short = part.endswith(("…", "...")) or len(plain) * 2 > len(plain_title)
    return plain.startswith(plain_title) or (cut_short and plain_title.startswith(plain))


def _title(reading: Reading) -> str:
    title = reading.fields.get("title")
    return title or next((text for _, text in reading.lines(Label.TITLE)), "")


def _stated(head: Head, title: str) -> tuple[str, ...]:
    """Return the path of the first ``BreadcrumbList`` in the head."""
    for node in nodes_of(head, frozenset({"breadcrumblist"})):
        items = node.get("itemListElement")
        if isinstance(items, (list, tuple)):
            known = [item for item in items[: 2 * MAX_PARTS] if isinstance(item, Mapping)]
            names = [_BLANKS.sub(" ", name) for item in sorted(known, key=_position) for name in _name(item)]
            path = _path(names, title) if not _headline_last(names, title) else _path(names[:-1], title)
            if path:
                return path
    return ()


def _name(item: Mapping[str, Json]) -> list[str]:
    return (texts(item.get("name")) or texts(item.get("item"), "name"))[:1]


def _position(item: Mapping[str, Json]) -> float:
    position = item.get("position")
    try:
        return float(position) if isinstance(position, (int, float, str)) else 0.0
    except ValueError:
        return 0.0


def _headline_last(names: list[str], title: str) -> bool:
    return bool(names) and _is_title(names[-1], title)
