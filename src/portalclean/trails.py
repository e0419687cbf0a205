"""Paths from a site's front page to one of its pages, told by the marks between their parts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import regex

__all__ = [
    "BULLETS",
    "FEWEST_MARKED",
    "SHORTEST_HEADLINE",
    "begins_with_mark",
    "is_home",
    "marked_parts",
    "path_words",
    "without_lead",
]

FEWEST_MARKED = 2
"""Parts of a path with marks between; one of so few must begin at a front page or end in the page itself."""
LONGEST_HEADLINE = 160
"""Characters of the page's own headline at the end of a path."""
SHORTEST_HEADLINE = 6
"""Characters of a part from which on it may be the page's headline."""
BULLETS = " \t\xa0\u3000■□◆●•·:：-–—/|>›»"
"""What may stand around a part."""

SIGN = re.compile(r"[>＞›»❯&](?:(?<!&)|gt;)")
"""A mark between two parts, for a quick search: one set of first characters is passed over fastest."""
MARK = regex.compile(r"(?:(?<!\s)\s++)?(?:[>＞›»❯]|&gt;)++\s*+")


def marked_parts(line: str) -> list[str]:
    """Return the parts of a line that is a path, and no menu or teaser, by the marks between them; else none.

    >>> marked_parts("示例新闻>>国内>>华东"), marked_parts("国内 > 正文"), marked_parts("更多新闻 > 点击查看")
    (['示例新闻', '国内', '华东'], ['国内', '正文'], [])
    """
    if "«" in line or not SIGN.search(line):
        return []
    parts = [part.strip(BULLETS) for part in MARK.split(without_lead(line))]
    if len(parts) < FEWEST_MARKED or not all(0 < len(part) <= LONGEST_HEADLINE for part in parts):
        return []
    is_path = len(parts) > FEWEST_MARKED or is_home(parts[0]) or parts[-1].casefold() in path_words()["ends"]
    return parts if is_path else []


def begins_with_mark(text: str) -> bool:
    """Tell whether a line goes on a path that began above it.

    >>> begins_with_mark("> 要闻"), begins_with_mark("要闻 >")
    (True, False)
    """
    return MARK.match(text) is not None


def without_lead(line: str) -> str:
    """Return the line less the words that introduce a path.

    >>> without_lead("您的位置：首页 > 新闻")
    '首页 > 新闻'
    """
    return _lead().sub("", line.strip(), count=1)


def is_home(part: str) -> bool:
    """Tell whether a part names a front page."""
    return any(home in part.casefold() for home in path_words()["homes"])


@cache
def path_words() -> Mapping[str, frozenset[str]]:
    """Return the words of the lexicon, by their list."""
    text = (files("portalclean") / "lexicon" / "breadcrumbs.toml").read_text("utf-8")
    return {key: frozenset(words) for key, words in tomllib.loads(text)["words"].items()}


@cache
def _lead() -> regex.Pattern[str]:
    leads = sorted(path_words()["leads"], key=len, reverse=True)
    return regex.compile(rf"^\W{{0,3}}(?i:{'|'.join(map(regex.escape, leads))})\s{{0,2}}(?:[:：]|是[:：]?|$)\s{{0,4}}")
