"""What the words of a list say: headings, buttons, counts, moments; and how much a line says at all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from portalclean.chronology.words import trie_pattern

__all__ = [
    "bare",
    "is_button",
    "is_count",
    "is_heading",
    "named_source",
    "says_more",
    "weight",
    "without_counts",
    "words",
]

WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
DIGIT = re.compile(r"\d")
KANA = re.compile(r"[\u3040-\u30ff]")
WIDE_WORTH = 2.5
"""Latin letters that one Han, kana or hangul character is worth."""
HEADING_WEIGHT = 40.0
"""No heading of a list weighs more: 16 Han characters or 40 letters."""
ENDING_WEIGHT, KANA_ENDING_WEIGHT, BEGINNING_WEIGHT = 22.0, 33.0, 32.0
"""A line that is a heading by its ending or beginning alone is shorter: headlines have such words too. Kana
take more room to say the same."""
LONGEST_BUTTON = 40
"""Characters of the longest line that is looked up as a button, a count or a heading."""
MARKS = " \t:：|｜>》»›.…·•・■□▶►▼▲◆●○★☆※◎→-–—_,，、/+×✕()（）[]【】「」<《«‹\"'“”?!？！"
"""What may stand around the words of a heading or a button."""
OF_FIGURES = "0123456789万亿kKwWmM,.%+ :/|·"
"""What is left of a line of counts when what they count is taken away."""
PRIVATE = re.compile(r"[\ue000-\uf8ff\u200b-\u200f\ufeff]")
"""Icon glyphs and invisible marks."""


class Words(NamedTuple):
    """The word lists, as the functions below use them."""

    headings: frozenset[str]
    heading_ends: tuple[str, ...]
    heading_begins: tuple[str, ...]
    heading_firsts: frozenset[str]
    heading_lasts: frozenset[str]
    """The first characters of what headings begin with, and the last of what they end with."""
    source_begins: tuple[str, ...]
    buttons: frozenset[str]
    moments: frozenset[str]
    counts: re.Pattern[str]
    """A number with what is counted, the noun before or behind it."""
    apart: re.Pattern[str]
    """What a count that a space sets apart begins with."""
    others: re.Pattern[str]
    """A character that no button and no count has."""


@cache
def words() -> Words:
    """Return the word lists of ``lexicon/recommendations.toml``, read once."""
    path = resources.files("portalclean.lexicon").joinpath("recommendations.toml")
    lists = tomllib.loads(path.read_text("utf-8"))
    buttons = lists["buttons"]
    return Words(
        frozenset(map(bare, lists["headings"]["whole"])),
        tuple(lists["headings"]["ends"]),
        tuple(lists["headings"]["begins"]),
        frozenset(word[0] for word in lists["headings"]["begins"]),
        frozenset(word[-1] for word in lists["headings"]["ends"]),
        tuple(lists["sources"]["begins"]),
        frozenset(map(bare, buttons["words"])),
        frozenset(buttons["moments"]),
        _counts(buttons["magnitudes"], buttons["counted"]),
        re.compile(rf"\s[\d{_initials(buttons['counted'])}]", re.IGNORECASE),
        _letters([*buttons["words"], *buttons["magnitudes"], *buttons["counted"], MARKS, OF_FIGURES]),
    )


def _counts(magnitudes: Sequence[str], nouns: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of `Words.counts`; a look at the next character spares the nouns at most places."""
    first = _initials(nouns)
    noun = rf"(?=[{first}])(?:{trie_pattern(nouns)})"
    number = rf"\d[\d,.]{{0,14}}+\s?(?:(?:{trie_pattern(magnitudes)})(?![a-z]))?\+?"
    return re.compile(
        rf"(?=[\d{first}])(?:{number}\s?{noun}(?![a-z])|(?<![a-z]){noun}\s?[:：(（]?\s?{number}[)）]?)",
        re.IGNORECASE,
    )


def _initials(nouns: Iterable[str]) -> str:
    """Return the first characters of these words, each once."""
    return "".join(sorted({noun[0] for noun in nouns}))


def _letters(texts: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of `Words.others`."""
    letters = re.escape("".join(sorted(set("".join(texts)))))
    return re.compile(rf"[^\d\s{letters}{PRIVATE.pattern[1:-1]}]", re.IGNORECASE)


def weight(text: str) -> float:
    """Return how much a text says, in Latin letters' worth.

    >>> weight("abc"), weight("新闻a")
    (3.0, 6.0)
    """
    if text.isascii():
        return float(len(text))
    return len(text) + (WIDE_WORTH - 1) * (len(text) - len(WIDE.sub("", text)))


def bare(text: str) -> str:
    """Return the text in lower case without the marks around it.

    >>> bare("【相关阅读】："), bare(" Read more »")
    ('相关阅读', 'read more')
    """
    shown = text if text.isprintable() else PRIVATE.sub("", text)
    return shown.strip(MARKS).lower()


def is_heading(text: str, said: str | None = None) -> bool:
    """Whether a line is the heading of a list by its words; ``said`` is the `bare` text, where it is known.

    >>> [is_heading(line) for line in ("财经要闻", "Most read in Sport", "新闻联播今晚播出!", "热门")]
    [True, True, False, False]
    """
    said = bare(text) if said is None else said
    if not said or len(said) > LONGEST_BUTTON:
        return False
    known = words()
    if said in known.headings:
        return weight(said) <= HEADING_WEIGHT
    parts = said.split()
    if parts != [said] and WIDE.search(said) is None:
        parts = [said]
    for part in parts:
        if part[0] not in known.heading_firsts and part[-1] not in known.heading_lasts:
            return False
    if weight(said) > HEADING_WEIGHT:
        return False
    if text.rstrip().endswith(("。", "!", "！", "?", "？", ",", "，")) or said in known.buttons:
        return False
    return all(_begins_or_ends(part, known) for part in parts)


def _begins_or_ends(said: str, known: Words) -> bool:
    begins = said.startswith(known.heading_begins) and weight(said) <= BEGINNING_WEIGHT
    most = KANA_ENDING_WEIGHT if KANA.search(said) else ENDING_WEIGHT
    ends = said.endswith(known.heading_ends) and weight(said) <= most
    return (begins or ends) and len(said) > 2


def is_button(text: str, said: str | None = None) -> bool:
    """Whether a line says nothing but what a button, a badge or a share link says; ``said`` as in `is_heading`.

    >>> is_button("分享至"), is_button("Read more »"), is_button("|"), is_button("分享会")
    (True, True, True, False)
    """
    if len(text) > LONGEST_BUTTON:
        return False
    said = bare(text) if said is None else said
    return not said or said in words().buttons


def says_more(text: str) -> bool:
    """Whether a line says more than buttons, counts and marks by one of its characters: a quick answer.

    >>> says_more("小城夜市"), says_more("评论(12)")
    (True, False)
    """
    return words().others.search(text) is not None


def without_counts(text: str) -> str:
    """Return the text without its counts.

    >>> without_counts("2323跟贴"), without_counts("94阅读21分钟前"), without_counts("Top 5 towns")
    ('', '21分钟前', 'Top 5 towns')
    """
    return words().counts.sub(" ", text).lstrip() if DIGIT.search(text) else text


def is_count(text: str) -> bool:
    """Whether a line holds nothing but figures and what they count.

    >>> is_count("12,345"), is_count("阅读 12万"), is_count("3 Minutes"), is_count("3 little pigs")
    (True, True, True, False)
    """
    if len(text) > LONGEST_BUTTON or not DIGIT.search(text) or says_more(text):
        return False
    left = bare(without_counts(text))
    return not left.strip(OF_FIGURES) or left in words().buttons


def named_source(text: str) -> str | None:
    """Return the name in a line that says by its words that it names a source.

    >>> named_source("By Ada Mole"), named_source("来源：晨光报"), named_source("Bypass opens")
    ('Ada Mole', '晨光报', None)
    """
    begins = words().source_begins
    low = text[:LONGEST_BUTTON].lower()
    if not low.startswith(begins):
        return None
    begin = next(begin for begin in begins if low.startswith(begin))
    return text[len(begin) :].strip() or None
