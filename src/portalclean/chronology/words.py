"""The words of dates, from the lexicon, as regular expressions; read once, at their first use."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["Words", "lexicon", "trie_pattern", "words"]

END_OF_WORD = r"(?![a-zß-ɏͰ-ӿ\u0590-\u06ff\u0900-\u097f])"
"""No letter of a script that writes words apart follows; Han, kana and hangul letters may."""
START_OF_WORD = r"(?<![a-zß-ɏͰ-ӿ\u0590-\u06ff\u0900-\u097f])"
"""No letter of a script that writes words apart stands before."""
SHORT_NAME = 3
"""Letters of a month's name that may be another word (ago, out); without a year only English ones count."""
COUNTS = "一二两兩三四五六七八九十几幾半"
COUNT = rf"(?:\d{{1,3}}|[{COUNTS}]|{START_OF_WORD}an?)"


class Words(NamedTuple):
    """What the lexicon's words compile to."""

    months: Mapping[str, int]
    """Month number by name, lower case."""
    month: str
    """Pattern of any month name."""
    long_month: str
    """Pattern of the names that are not also short words of another kind (``ago``, ``out``, ``set``)."""
    has_month: re.Pattern[str]
    gap: re.Pattern[str]
    """What may stand between a date and its time."""
    halves: Mapping[str, str]
    """Which half of the day a word names: ``first``, ``second`` or ``noon``."""
    half: re.Pattern[str]
    relative: re.Pattern[str]
    """A moment counted from now; the group ``word`` is set for a word without a count."""
    cues: Mapping[str, str]
    """What a word beside a date says that it dates, by the word: a key of the lexicon's ``cues``."""
    cue: re.Pattern[str]


def trie_pattern(words: Iterable[str]) -> str:
    """Return a pattern of these words, longest first, in which words share their common beginnings.

    >>> trie_pattern(["mar", "march", "may"])
    'ma(?:r(?:ch)?|y)'
    """
    branches: dict[str, list[str]] = {}
    may_end = False
    for word in sorted(set(words)):
        if word:
            branches.setdefault(word[0], []).append(word[1:])
        else:
            may_end = True
    parts = [re.escape(first) + trie_pattern(rests) for first, rests in branches.items()]
    if not parts:
        return ""
    if len(parts) == 1 and not may_end:
        return parts[0]
    return f"(?:{'|'.join(parts)})" + ("?" if may_end else "")


@cache
def lexicon(name: str) -> dict[str, dict[str, list[str]]]:
    """Return a data file of the lexicon, each group of words by its name."""
    return tomllib.loads(files("portalclean.lexicon").joinpath(name).read_text("utf-8"))


def _gap(joiners: Iterable[str], weekdays: Iterable[str]) -> re.Pattern[str]:
    words = trie_pattern([*joiners, *weekdays])
    one_letter_day = r"\([月火水木金土日一二三四五六화수목금토일월]\)"
    return re.compile(rf"(?:{one_letter_day}|[\s,.;|·()\[\]@/~_-]|t(?=\d)|{words}{END_OF_WORD}){{0,8}}")


def _relative(table: Mapping[str, list[str]]) -> re.Pattern[str]:
    units, counted, whole = (trie_pattern(table[key]) for key in ("units", "counted", "words"))
    begins = "".join(sorted({word[0] for key in ("counted", "words") for word in table[key]}))
    # The look-ahead lets the search pass quickly over everything else.
    return re.compile(
        rf"(?=[\d{COUNTS}a{begins}])(?:(?<!\d){COUNT}\s{{0,2}}{units}{END_OF_WORD}"
        rf"|{START_OF_WORD}{counted}\s{{1,2}}{COUNT}\s[^\W\d_]{{1,10}}"
        rf"|{START_OF_WORD}(?P<word>{whole}){END_OF_WORD})"
    )


@cache
def words() -> Words:
    """Return the words of the lexicon, read at the first call."""
    tables = lexicon("dates.toml")
    months = {
        name: number
        for language in tables["months"].values()
        for number, names in enumerate(language, start=1)
        for name in names.split("|")
    }
    english = "|".join(tables["months"]["en"]).split("|")
    clock, cues = tables["clock"], tables["cues"]
    halves = {word: half for half in ("first", "second", "noon") for word in clock[half]}
    kinds = {word: kind for kind, listed in cues.items() for word in listed}
    weekdays = [day for listed in tables["weekdays"].values() for day in listed]
    return Words(
        months,
        trie_pattern(months),
        trie_pattern(name for name in months if len(name) > SHORT_NAME or name in english),
        re.compile(trie_pattern(months)),
        _gap(clock["joiners"], weekdays),
        halves,
        re.compile(rf"\s{{0,2}}({trie_pattern(halves)}){END_OF_WORD}"),
        _relative(tables["relative"]),
        kinds,
        re.compile(rf"{START_OF_WORD}{trie_pattern(kinds)}"),
    )
