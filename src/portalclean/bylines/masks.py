"""Blank out what stands between the parts of a byline: dates, times, counts."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from portalclean.bylines.lexicon import lexicon
from portalclean.chronology.words import trie_pattern

__all__ = ["MASK", "masked", "spaced"]

MASK = "\0"
"""Stands for a masked character; it cannot come from a page, since captures have it replaced."""

REMEMBERED = 64
"""Texts whose mask is kept: the extractors of one page read the same few lines."""

DIGIT = re.compile(r"\d")
_WORD_BEFORE_NUMBER = re.compile(
    r"\d(?:(?<=[^\W\d_]\d)|(?<=[^\W\d_][.\s]\d)|(?<=[^\W\d_][.\s]\s\d)|(?<=[^\W\d_]\.\s\s\d))"
)
_CONNECTOR = re.compile(r"\s{0,4}\n\s{0,4}((?:[,、，/&]|,?\s{0,2}(?:and|und|et|&))\s{0,4})\n\s{0,4}", re.IGNORECASE)
_BLANK = re.compile("[\xa0\u3000\u2002\u2003\u2009\0]")
_NOTHING = re.compile("[\u200b\u200e\u200f\ufeff]")


def spaced(text: str) -> str:
    r"""Return the text with odd blanks made plain, and joined at lines that only hold a comma or "and".

    >>> spaced("By\nJane Doe\n, and\nJohn Roe")
    'By\nJane Doe , and John Roe'
    """
    if text.isprintable():  # neither odd blanks nor line breaks; nearly always so
        return text
    if not text.isascii():
        text = _NOTHING.sub("", _BLANK.sub(" ", text))
    return _CONNECTOR.sub(r" \1 ", text) if text.count("\n") > 1 else text


@lru_cache(maxsize=REMEMBERED)
def masked(text: str) -> str:
    """Return the text, of the same length, with dates, times and bare numbers masked.

    >>> masked("Jane Doe May 2, 2021").replace(MASK, "_")
    'Jane Doe ___________'
    >>> masked("2019-09-07 19:53:27新华社").replace(MASK, "_")
    '__________ ________新华社'
    """
    if DIGIT.search(text) is None:
        return text
    if _WORD_BEFORE_NUMBER.search(text):
        text = _month_first().sub(_blanked, text)
    return _numeric().sub(_blanked, text)


def _blanked(match: re.Match[str]) -> str:
    return MASK * len(match[0])


@cache
def _numeric() -> re.Pattern[str]:
    months = trie_pattern(lexicon().months)
    # Every alternative goes on behind one digit: that lets the search pass quickly over everything else.
    return re.compile(
        r"\d(?:"
        r"(?:\d{3}|(?<!\d\d)\d)\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}[日号]?"
        r"|\d?[./]\d{1,2}[./]\d{2,4}"
        r"|(?:\d{3}年\d{1,2}|\d?)月\d{1,2}[日号]?"
        rf"|\d?\.?(?:st|nd|rd|th)?(?:\s|\sde\s)(?i:{months})(?![^\W\d_])\.?,?(?:\s(?:de\s)?\d{{4}})?"
        r"|\d?[:：時时点]\d{2}(?:[:：分]\d{2}秒?)?分?"
        r"|\d{0,2}\s?(?:秒|分钟|分鐘|小时|小時|天|周|个月|月|年)[之以]?前"
        r"|(?<![^\W_]\d)[\d,.]{0,14}\s?[万萬kK]?(?![^\W_]|[:：])"
        r")"
    )


@cache
def _month_first() -> re.Pattern[str]:
    months = lexicon().months
    first = "".join(sorted({month[0] for month in months}))
    day = r"\d{1,2}(?:st|nd|rd|th)?(?:,?\s{0,2}\d{4})?(?!\d)"
    # A look at the next character spares the rest at most places.
    return re.compile(rf"(?i:(?=[{first}]))(?<!\d\s)(?<!\d\.\s)(?i:{trie_pattern(months)})\.?\s{{0,2}}{day}")
