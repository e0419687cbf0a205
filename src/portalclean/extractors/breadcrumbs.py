"""The path from the site's front page to this one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

import regex

from portalclean.article import Evidence
from portalclean.bylines.linked_data import nodes_of, texts
from portalclean.page import Head, Json, Label
from portalclean.reading import Extracted, Fields, Reading

__all__ = ["extract_breadcrumbs"]

MAX_PARTS = 12
LONGEST_PART = 60
"""Characters; a longer part is a headline or prose that was taken for a path."""
LONGEST_BLOCK = 300
WORDS_OF_PART = 3
"""Words of a part at most where commas alone separate: longer ones are prose or one long section name."""
MAX_GROUPS = 4
LARGEST_GAP = 3
"""Blocks from one part to the next inside one path: icons and arrows stand between."""
SHORTEST_HEADLINE = 6
"""Characters of a part from which on being a piece of the title makes it the title."""

_BLANKS = regex.compile(r"[\s\u3000]+")
_SEPARATOR = regex.compile(r"\s*(?:[>＞›»❯→▸▶‹»|｜]|&gt;)+\s*|\s+[/／·•\-–—]\s*|\s*[/／]\s+|^[/／]\s*")
_WIDE_GAP = regex.compile(r"\t|[ \xa0\u3000]{2,}|\n")
_BULLETS = " \t\xa0\u3000■□◆●•·:：-–—/|>›»"
_CJK = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_PLAIN = regex.compile(r"[\W_]+")


def extract_breadcrumbs(reading: Reading) -> Extracted:
    """Return ``breadcrumbs``: the longest path shown, else the one that JSON-LD states."""
    title = _title(reading)
    groups = [(first, _path(lines, title)) for first, lines in _groups(reading)]
    shown = [(first, parts) for first, parts in groups[:MAX_GROUPS] if parts]
    if not shown:
        stated = _stated(reading.page.head, title)
        evidence = (Evidence("breadcrumbs", "json-ld", " > ".join(stated)),) if stated else ()
        return Extracted(Fields(breadcrumbs=stated), evidence)
    best = max(shown, key=lambda group: len(group[1]))
    return Extracted(
        Fields(breadcrumbs=best[1]),
        tuple(
            Evidence("breadcrumbs", "path shown", " > ".join(parts), first, first == best[0]) for first, parts in shown
        ),
    )


def parts_of(line: str) -> list[str]:
    """Return the parts of one line of a path.

    >>> parts_of("当前位置：首页 > 新闻 > 正文"), parts_of("首頁 / 政治"), parts_of("DIY, Home Decor")
    (['首页', '新闻', '正文'], ['首頁', '政治'], ['DIY', 'Home Decor'])
    """
    line = _lead().sub("", line.strip(), count=1)
    parts = _SEPARATOR.split(line)
    if len(parts) == 1:
        parts = _WIDE_GAP.split(line)
    if len(parts) == 1:
        parts = line.split() if _CJK.search(line) else regex.split(r",\s", line)
        if any(len(part.split()) > WORDS_OF_PART for part in parts):
            parts = [line]
    stripped = (_BLANKS.sub(" ", part).strip(_BULLETS) for part in parts)
    return [part for part in stripped if part]


def _groups(reading: Reading) -> Iterator[tuple[int, list[str]]]:
    """Yield the breadcrumb blocks that stand together, as (first block, lines); a heading begins anew."""
    headings = _words()["headings"]
    first, last, lines = -1, -1, list[str]()
    for index, block in reading.labelled(Label.BREADCRUMB):
        heading = block.text.strip(_BULLETS).casefold() in headings
        if lines and (heading or index - last > LARGEST_GAP):
            yield first, lines
            lines = []
        if not heading:
            first = index if not lines else first
            lines.append(block.text[:LONGEST_BLOCK])
        last = index
    if lines:
        yield first, lines


def _path(lines: list[str], title: str) -> tuple[str, ...]:
    """Return the parts up to the page's own place, each once."""
    path: list[str] = []
    for part in (part for line in lines for part in parts_of(line)):
        # What follows a Chinese part after a blank is another link: "亦观察 有态度的财经门户".
        name = part.split(" ")[0] if _CJK.match(part) and _CJK.match(part.split(" ")[-1]) else part
        if name.casefold() in _words()["ends"] or _is_title(part, title) or len(path) == MAX_PARTS:
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
    return title or next((block.text for _, block in reading.labelled(Label.TITLE)), "")


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


@cache
def _words() -> Mapping[str, frozenset[str]]:
    text = (files("portalclean") / "lexicon" / "breadcrumbs.toml").read_text("utf-8")
    return {key: frozenset(words) for key, words in tomllib.loads(text)["words"].items()}


@cache
def _lead() -> regex.Pattern[str]:
    leads = sorted(_words()["leads"], key=len, reverse=True)
    return regex.compile(rf"^\W{{0,3}}(?i:{'|'.join(map(regex.escape, leads))})\s{{0,2}}(?:[:：]|是[:：]?|$)\s{{0,4}}")
