"""Count the word lists' words in every unit of a page, in one pass over an array of code points.

Each word is found by a hash of its first characters (two for short words and scripts without spaces, four for
longer ones), looked up for all positions of the page at once; only the few positions that hit are compared
letter by letter. The idea is that of Rabin and Karp (1987), with the rolling hash computed by numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from portalclean.lexicon import GROUPS, load_words
from portalclean.page import IntArray

__all__ = ["LONG", "SHORT", "code_points", "folded", "hashes", "is_function_word", "word_counts", "word_hits"]

Codes: TypeAlias = NDArray[np.uint32]

TABLE_BITS = 16
"""Size of the hash tables: some 5,000 words fill one slot in twelve of 65,536."""
SHORT, LONG = 2, 4
"""Characters hashed of short and of long words."""
FIRST_WIDE = 0x2E80
"""From this code point on scripts are written without spaces (Hangul too: its words carry endings)."""


def folded(text: str) -> str:
    """Return the text in lower case, every character in its place.

    >>> folded("SHARE İ")
    'share İ'
    """
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def code_points(text: str) -> Codes:
    """(characters,) the text's code points."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def word_hits(
    text: str, codes: Codes, starts: IntArray, ends: IntArray
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(units, groups) how often words of each group of `GROUPS` occur in each unit, and what they cover.

    ``text`` is folded and ``codes`` are its code points; the second array counts characters. A longer word
    hides the shorter ones in it.
    """
    finder = _finder()
    positions = finder.positions(codes)
    units = np.searchsorted(starts, positions, side="right") - 1
    by_key, covered = finder.by_key, 0
    rows: list[int] = []
    columns: list[int] = []
    lengths: list[int] = []
    for position, unit, limit in zip(positions.tolist(), units.tolist(), ends[units].tolist(), strict=True):
        if position < covered:
            continue
        words = by_key.get(text[position : position + LONG]) or by_key.get(text[position : position + SHORT]) or ()
        for word, length, spaced, groups in words:
            end = position + length
            if end <= limit and text.startswith(word, position):
                if spaced and end < limit and ord(text[end]) < FIRST_WIDE and text[end].isalpha():
                    continue
                covered = end
                for group in groups:
                    rows.append(unit)
                    columns.append(group)
                    lengths.append(length)
                break
    size = len(starts) * len(GROUPS)
    cells = np.array(rows, dtype=np.int64) * len(GROUPS) + np.array(columns, dtype=np.int64)
    counts = np.bincount(cells, minlength=size).reshape(-1, len(GROUPS))
    covers = np.bincount(cells, weights=lengths, minlength=size).reshape(-1, len(GROUPS))
    return counts.astype(np.float32), covers.astype(np.float32)


def word_counts(text: str, codes: Codes, starts: IntArray, ends: IntArray) -> NDArray[np.float32]:
    """(units, groups) the counts of `word_hits` alone."""
    return word_hits(text, codes, starts, ends)[0]


class _Finder:
    """The words of all groups, ready to be found."""

    def __init__(self, groups: Sequence[str]) -> None:
        words: dict[str, tuple[int, ...]] = {}
        for group, name in enumerate(groups):
            for word in load_words(name):
                words[word] = (*words.get(word, ()), group)
        self.by_key: dict[str, list[tuple[str, int, bool, tuple[int, ...]]]] = {}
        """Words by their first characters, the longest first: word, length, whether its script has spaces, groups."""
        self.short_table = np.zeros(1 << TABLE_BITS, dtype=bool)
        self.long_table = np.zeros(1 << TABLE_BITS, dtype=bool)
        for word, found in sorted(words.items(), key=lambda item: -len(item[0])):
            if len(word) < SHORT:
                continue
            size = SHORT if ord(word[0]) >= FIRST_WIDE or len(word) < LONG else LONG
            spaced = ord(word[-1]) < FIRST_WIDE and word[-1].isalpha()
            self.by_key.setdefault(word[:size], []).append((word, len(word), spaced, found))
            table = self.short_table if size == SHORT else self.long_table
            table[hashes(code_points(word[:size]), size)] = True

    def positions(self, codes: Codes) -> NDArray[np.intp]:
        """Return the positions, in order, where a word may begin."""
        if len(codes) < SHORT:
            return np.zeros(0, dtype=np.intp)
        letters = _is_letter(codes)
        begins = np.ones(len(codes), dtype=bool)
        begins[1:] = ~(letters[1:] & letters[:-1])
        found = np.zeros(len(codes), dtype=bool)
        found[: len(codes) - 1] = self.short_table[hashes(codes, SHORT)]
        if len(codes) >= LONG:
            found[: len(codes) - 3] |= self.long_table[hashes(codes, LONG)]
        return np.flatnonzero(found & begins)


def _is_letter(codes: Codes) -> NDArray[np.bool_]:
    """(characters,) letters of scripts that put spaces between words, roughly: Latin to Devanagari."""
    latin = ((codes | 32) - 97) < 26
    letters: NDArray[np.bool_] = latin | ((codes >= 0xC0) & (codes < 0x2000) & (codes != 0xD7) & (codes != 0xF7))
    return letters


def hashes(codes: Codes, size: int) -> Codes:
    """(characters - size + 1,) a hash of every run of ``size`` code points."""
    pairs = (codes[:-1] * np.uint32(0x9E3779B1)) ^ (codes[1:] * np.uint32(0x85EBCA6B))
    if size == LONG:
        pairs = (pairs[:-2] * np.uint32(0xC2B2AE35)) ^ pairs[2:]
    return pairs >> np.uint32(32 - TABLE_BITS)


@cache
def _finder() -> _Finder:
    return _Finder(GROUPS)


FUNCTION_BITS = 14


def is_function_word(codes: Codes, begins: NDArray[np.intp], lengths: NDArray[np.intp]) -> NDArray[np.bool_]:
    """(words,) whether each word, given by its place in the folded text, is a function word of any language."""
    found: NDArray[np.bool_] = _function_table()[_function_keys(codes, begins, lengths)]
    return found


def _function_keys(codes: Codes, begins: NDArray[np.intp], lengths: NDArray[np.intp]) -> Codes:
    """(words,) a hash of each word: its first four code points and its length."""
    padded = np.concatenate([codes, np.zeros(4, dtype=np.uint32)])
    keys = lengths.astype(np.uint32) * np.uint32(0x9E3779B1)
    for step, factor in enumerate((0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F, 0x165667B1)):
        keys ^= np.where(lengths > step, padded[begins + step] * np.uint32(factor), np.uint32(0))
    return keys >> np.uint32(32 - FUNCTION_BITS)


@cache
def _function_table() -> NDArray[np.bool_]:
    words = [word for word in load_words("function") if ord(word[0]) < FIRST_WIDE]
    lengths = np.array([len(word) for word in words])
    begins = np.cumsum(lengths) - lengths
    table = np.zeros(1 << FUNCTION_BITS, dtype=bool)
    table[_function_keys(code_points("".join(words)), begins, lengths)] = True
    return table
