"""What the words of a list say: headings, buttons, counts, moments; and how much a line says at all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

__all__ = ["bare", "is_button", "is_count", "is_heading", "named_source", "weight", "without_counts", "words"]

WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
KANA = re.compile(r"[\u3040-\u30ff]")
WIDE_WORTH = 2.5
"""Latin letters that one Han, kana or hangul character is worth."""
HEADING_WEIGHT = 40.0
"""No heading of a list weighs more: 16 Han characters or 40 letters."""
ENDING_WEIGHT, KANA_ENDING_WEIGHT, BEGINNING_WEIGHT = 22.0, 33.0, 32.0
"""A line that is a heading by its ending or beginning alone is shorter: headlines have such words too. Kana
take more room to say the same."""
LONGEST_KEPT = 100
"""Characters of the longest text whose weight is kept; each line is weighed some ten times."""
LONGEST_BUTTON = 40
"""Characters of the longest line that is looked up as a button, a count or a heading."""
MARKS = " \t:：|｜>》»›.…·•・■□▶►▼▲◆●○★☆※◎→-–—_,，、/+×✕()（）[]【】「」<《«‹\"'“”?!？！"
"""What may stand around the words of a heading or a button."""
PRIVATE = re.compile(r"[\ue000-\uf8ff\u200b-\u200f\ufeff]")
"""Icon glyphs and invisible marks."""


class Words(NamedTuple):
    """The word lists, as the functions below use them."""

    headings: frozenset[str]
    heading_ends: tuple[str, ...]
    heading_begins: tuple[str, ...]
    source_begins: tuple[str, ...]
    buttons: frozenset[str]
    moments: frozenset[str]
    counts: re.Pattern[str]
    """A number with what is counted, the noun before or behind it."""


@cache
def words() -> Words:
    """Return the word lists of ``lexicon/recommendations.toml``, read once."""
    path = resources.files("portalclean.lexicon").joinpath("recommendations.toml")
    lists = tomllib.loads(path.read_text("utf-8"))
    buttons = lists["buttons"]
    magnitude, noun = _one_of(buttons["magnitudes"]), _one_of(buttons["counted"])
    number = rf"\d[\d,.]{{0,14}}\s?(?:(?:{magnitude})(?![a-z]))?\+?"
    return Words(
        frozenset(map(bare, lists["headings"]["whole"])),
        tuple(lists["headings"]["ends"]),
        tuple(lists["headings"]["begins"]),
        tuple(lists["sources"]["begins"]),
        frozenset(map(bare, buttons["words"])),
        frozenset(buttons["moments"]),
        re.compile(
            rf"{number}\s?(?:{noun})(?![a-z])|(?<![a-z])(?:{noun})\s?[:：(（]?\s?{number}[)）]?",
            re.IGNORECASE,
        ),
    )


def weight(text: str) -> float:
    """Return how much a text says, in Latin letters' worth.

    >>> weight("abc"), weight("新闻a")
    (3.0, 6.0)
    """
    if text.isascii():
        return float(len(text))
    return _weight(text) if len(text) <= LONGEST_KEPT else _weight.__wrapped__(text)


@lru_cache(maxsize=4096)
def _weight(text: str) -> float:
    return len(text) + (WIDE_WORTH - 1) * len(WIDE.findall(text))


def bare(text: str) -> str:
    """Return the text in lower case without the marks around it.

    >>> bare("【相关阅读】："), bare(" Read more »")
    ('相关阅读', 'read more')
    """
    return PRIVATE.sub("", text).strip(MARKS).lower()


def is_heading(text: str) -> bool:
    """Whether a line is the heading of a list by its words.

    >>> [is_heading(line) for line in ("财经要闻", "Most read in Sport", "新闻联播今晚播出!", "热门")]
    [True, True, False, False]
    """
    said = bare(text)
    heavy = weight(said)
    if not said or heavy > HEADING_WEIGHT or len(said) > LONGEST_BUTTON:
        return False
    known = words()
    if said in known.headings:
        return True
    if text.rstrip().endswith(("。", "!", "！", "?", "？", ",", "，")) or said in known.buttons:
        return False
    parts = said.split() if WIDE.search(said) else [said]
    return all(_begins_or_ends(part, known) for part in parts)


def _begins_or_ends(said: str, known: Words) -> bool:
    begins = said.startswith(known.heading_begins) and weight(said) <= BEGINNING_WEIGHT
    most = KANA_ENDING_WEIGHT if KANA.search(said) else ENDING_WEIGHT
    ends = said.endswith(known.heading_ends) and weight(said) <= most
    return (begins or ends) and len(said) > 2


def is_button(text: str) -> bool:
    """Whether a line says nothing but what a button, a badge or a share link says.

    >>> is_button("分享至"), is_button("Read more »"), is_button("|"), is_button("分享会")
    (True, True, True, False)
    """
    if len(text) > LONGEST_BUTTON:
        return False
    said = bare(text)
    return not said or said in words().buttons


def without_counts(text: str) -> str:
    """Return the text without its counts.

    >>> without_counts("2323跟贴"), without_counts("94阅读21分钟前"), without_counts("Top 5 towns")
    ('', '21分钟前', 'Top 5 towns')
    """
    return words().counts.sub(" ", text).lstrip() if any(map(str.isdigit, text)) else text


def is_count(text: str) -> bool:
    """Whether a line holds nothing but figures and what they count.

    >>> is_count("12,345"), is_count("阅读 12万"), is_count("3 Minutes"), is_count("3 little pigs")
    (True, True, True, False)
    """
    if len(text) > LONGEST_BUTTON or not any(map(str.isdigit, text)):
        return False
    left = bare(without_counts(text))
    return not left.strip("0123456789万亿kKwWmM,.%+ :/|·") or left in words().buttons


def named_source(text: str) -> str | None:
    """Return the name in a line that says by its words that it names a source.

    >>> named_source("By Ada Mole"), named_source("来源：晨光报"), named_source("Bypass opens")
    ('Ada Mole', '晨光报', None)
    """
    low = text.lower()
    for begin in words().source_begins:
        if low.startswith(begin):
            return text[len(begin) :].strip() or None
    return None


def _one_of(choices: Iterable[str]) -> str:
    """Return a pattern of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(choices, key=len, reverse=True))
