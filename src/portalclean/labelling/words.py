"""Count the word lists' words in every unit of a page, in one pass over an array of code points.

Each word is found by a hash of its first characters (two for short words and scripts without spaces, four for
longer ones), looked up for all positions of the page at once; at the few positions that hit, the words that begin so
are compared by a hash of all their characters. The idea is that of Rabin and Karp (1987), with the rolling hash
computed by numpy.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from portalclean.lexicon import GROUPS, load_words
from portalclean.page import IntArray

__all__ = [
    "FIRST_WIDE",
    "HASH_BITS",
    "LONG",
    "Runs",
    "code_points",
    "folded",
    "is_function_word",
    "runs_of",
    "word_hits",
]

Codes: TypeAlias = NDArray[np.uint32]

HASH_BITS = 16
"""Size of the hash tables: some 1,800 beginnings of words fill one slot in thirty-six of 65,536."""
HASH_SHIFT = np.uint32(32 - HASH_BITS)
LONG_SLOTS = 1 << HASH_BITS
"""The first slot of words that are looked up by four characters; before it come those of two."""
EMPTY_SLOT = 2 * LONG_SLOTS
"""A slot without words."""
SHORT, LONG = 2, 4
"""Characters hashed of short and of long words."""
FIRST_WIDE = 0x2E80
"""From this code point on scripts are written without spaces (Hangul too: its words carry endings)."""
FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""Of the hash of whole words, a polynomial modulo 2^64: odd, so that no character's weight is zero."""
CHUNK = 1 << 14
"""Positions that are compared at once; pages have hundreds, a hostile one millions."""


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


class Runs(NamedTuple):
    """A text's code points, and hashes of every run of two and of four of them."""

    codes: Codes
    short: Codes
    """(characters - 1,)"""
    long: Codes
    """(characters - 3,)"""


def runs_of(codes: Codes) -> Runs:
    """Hash the runs of a text of any length."""
    pairs = (codes[:-1] * np.uint32(0x9E3779B1)) ^ (codes[1:] * np.uint32(0x85EBCA6B))
    fours = (pairs[:-2] * np.uint32(0xC2B2AE35)) ^ pairs[2:]
    return Runs(codes, pairs >> HASH_SHIFT, fours >> HASH_SHIFT)


def word_hits(runs: Runs, starts: IntArray, ends: IntArray) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return how often words of each group of `GROUPS` occur in each unit, and what they cover.

    Both are (groups, units). ``runs`` are those of the folded text; the second array counts characters. A longer
    word hides the shorter ones in it.
    """
    lexicon = _lexicon()
    places, words = _found(lexicon, runs, starts, ends)
    units = np.searchsorted(starts, places, side="right") - 1
    groups, rows = np.nonzero(lexicon.groups.take(words, axis=1))
    cells = groups * len(starts) + units.take(rows)
    size = len(GROUPS) * len(starts)
    counts = np.bincount(cells, minlength=size).reshape(len(GROUPS), -1)
    covers = np.bincount(cells, weights=lexicon.lengths.take(words.take(rows)), minlength=size)
    return counts.astype(np.float32), covers.reshape(len(GROUPS), -1).astype(np.float32)


class _Lexicon(NamedTuple):
    """The words of all groups as columns, ready to be found.

    Words that begin alike lie side by side, the longest first. Behind them stands their key, if they are long ones:
    four characters that keep the short words which begin there from being looked for.
    """

    begins: NDArray[np.bool_]
    """(slots,) whether words begin in a slot."""
    first: NDArray[np.intp]
    """(slots,) the first of a slot's words."""
    size: NDArray[np.intp]
    """(slots,) how many they are."""
    lengths: NDArray[np.intp]
    """(words,)"""
    hashes: NDArray[np.uint64]
    """(words,) hashes of all characters."""
    spaced: NDArray[np.bool_]
    """(words,) whether a word is over only where no letter follows."""
    keys: NDArray[np.bool_]
    """(words,) whether this is no word but a key."""
    groups: NDArray[np.bool_]
    """(groups, words) which groups a word is in; a key is in none."""


@cache
def _lexicon() -> _Lexicon:
    groups: dict[str, list[int]] = {}
    for group, name in enumerate(GROUPS):
        for word in load_words(name):
            if len(word) >= SHORT:
                groups.setdefault(word, []).append(group)
    entries = [(_slot(word), word, False) for word in groups]
    entries += {(slot, word[:LONG], True) for slot, word, _ in entries if slot >= LONG_SLOTS}
    entries.sort(key=lambda entry: (entry[0], entry[2], -len(entry[1]), entry[1]))
    slots = np.array([slot for slot, _, _ in entries])
    size = np.bincount(slots, minlength=EMPTY_SLOT + 1)
    member = np.zeros((len(GROUPS), len(entries)), dtype=bool)
    for column, (_, word, key) in enumerate(entries):
        member[[] if key else groups[word], column] = True
    return _Lexicon(
        begins=size > 0,
        first=np.cumsum(size) - size,
        size=size,
        lengths=np.array([len(word) for _, word, _ in entries]),
        hashes=np.array([_sums(code_points(word), _powers(len(word)))[-1] for _, word, _ in entries], dtype=np.uint64),
        spaced=np.array([not key and _is_spaced(word[-1]) for _, word, key in entries]),
        keys=np.array([key for _, _, key in entries]),
        groups=member,
    )


def _slot(word: str) -> int:
    """Return the slot of the characters that a word is looked up by."""
    size = SHORT if ord(word[0]) >= FIRST_WIDE or len(word) < LONG else LONG
    runs = runs_of(code_points(word[:size]))
    return int(runs.short[0]) if size == SHORT else LONG_SLOTS + int(runs.long[0])


def _is_spaced(character: str) -> bool:
    return ord(character) < FIRST_WIDE and character.isalpha()


@cache
def _spaced_letters() -> NDArray[np.bool_]:
    """(code points,) the letters of scripts with spaces; the last entry is for all code points from there on."""
    return np.array([_is_spaced(chr(code)) for code in range(FIRST_WIDE)] + [False])


def _powers(count: int) -> NDArray[np.uint64]:
    powers = np.full(count, FACTOR)
    powers[:1] = 1
    return np.cumprod(powers, dtype=np.uint64)


def _sums(codes: Codes, powers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """(characters + 1,) hashes of all beginnings of a text: a run's is the difference of two, less its place."""
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum((codes + np.uint64(1)) * powers, out=sums[1:])
    return sums


def _found(
    lexicon: _Lexicon, runs: Runs, starts: IntArray, ends: IntArray
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return where words stand, in order and none inside another, and which they are."""
    positions, slots = _candidates(lexicon, runs)
    text = _Text(runs.codes, starts, ends)
    places: list[int] = []
    words: list[int] = []
    covered = 0
    for first in range(0, len(positions), CHUNK):
        chunk = slice(first, first + CHUNK)
        for place, word, end in _matches(lexicon, text, positions[chunk], slots[chunk]):
            if place >= covered:
                covered = end
                places.append(place)
                words.append(word)
    return np.array(places, dtype=np.intp), np.array(words, dtype=np.intp)


class _Text:
    """What the comparison of words with a text takes."""

    def __init__(self, codes: Codes, starts: IntArray, ends: IntArray) -> None:
        self.codes, self.starts, self.ends = codes, starts, ends
        self.powers = _powers(len(codes))
        self.sums = _sums(codes, self.powers)

    def limits(self, places: NDArray[np.intp]) -> IntArray:
        """(places,) the ends of the units that these places stand in."""
        limits: IntArray = self.ends.take(np.searchsorted(self.starts, places, side="right") - 1)
        return limits

    def is_spaced_letter(self, places: NDArray[np.intp]) -> NDArray[np.bool_]:
        """(places,) whether a letter of a script with spaces stands there; anything for places behind the text."""
        return _spaced_letters().take(self.codes.take(places, mode="clip"), mode="clip")


def _candidates(lexicon: _Lexicon, runs: Runs) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the positions, in order, where words may begin, and (positions, 2) the slots of long and short ones."""
    codes, short, long = runs
    letters = _letters().take(codes, mode="clip")
    found = lexicon.begins.take(short)
    found[: len(long)] |= lexicon.begins[LONG_SLOTS:].take(long)
    found[1:] &= ~(letters[1:-1] & letters[:-2])
    positions = np.flatnonzero(found)
    slots = np.full((len(positions), 2), EMPTY_SLOT)
    slots[:, 1] = short.take(positions)
    # The text's last positions have too few characters behind them for a long word.
    inner = int(np.searchsorted(positions, len(long)))
    slots[:inner, 0] = long.take(positions[:inner])
    slots[:inner, 0] += LONG_SLOTS
    return positions, slots


def _matches(
    lexicon: _Lexicon, text: _Text, positions: NDArray[np.intp], slots: NDArray[np.intp]
) -> Iterator[tuple[int, int, int]]:
    """Yield the word that stands at each position, if any, as (position, word, end)."""
    slots = slots.ravel()
    sizes = lexicon.size.take(slots)
    words = np.repeat(lexicon.first.take(slots) - (np.cumsum(sizes) - sizes), sizes)
    words += np.arange(len(words))
    places = np.repeat(positions, sizes[::2] + sizes[1::2])
    ends = places + lexicon.lengths.take(words)
    hashes = text.sums.take(ends, mode="clip") - text.sums.take(places)
    same = np.flatnonzero(hashes == lexicon.hashes.take(words) * text.powers.take(places))
    words, places, ends = words.take(same), places.take(same), ends.take(same)
    room = text.limits(places) - ends
    goes_on = lexicon.spaced.take(words) & text.is_spaced_letter(ends)
    keys = lexicon.keys.take(words)
    first = np.flatnonzero(keys | (room > 0) & ~goes_on | (room == 0))
    words, places, ends, keys = words.take(first), places.take(first), ends.take(first), keys.take(first)
    longest = ~keys
    longest[1:] &= places[1:] != places[:-1]
    return zip(places[longest].tolist(), words[longest].tolist(), ends[longest].tolist(), strict=True)


@cache
def _letters() -> NDArray[np.bool_]:
    """(code points,) letters of scripts that put spaces between words, roughly: Latin to Devanagari.

    The last entry is for all code points from there on.
    """
    codes = np.arange(0x2001, dtype=np.uint32)
    latin = ((codes | 32) - 97) < 26
    letters: NDArray[np.bool_] = latin | ((codes >= 0xC0) & (codes < 0x2000) & (codes != 0xD7) & (codes != 0xF7))
    return letters


FUNCTION_BITS = 14
FUNCTION_FACTORS = np.array([[0x85EBCA6B], [0xC2B2AE35], [0x27D4EB2F], [0x165667B1]], dtype=np.uint32)
FUNCTION_STEPS = np.arange(len(FUNCTION_FACTORS))[:, None]


def is_function_word(codes: Codes, begins: NDArray[np.intp], lengths: NDArray[np.intp]) -> NDArray[np.bool_]:
    """(words,) whether each word, given by its place in the folded text, is a function word of any language."""
    found: NDArray[np.bool_] = _function_table()[_function_keys(codes, begins, lengths)]
    return found


def _function_keys(codes: Codes, begins: NDArray[np.intp], lengths: NDArray[np.intp]) -> Codes:
    """(words,) a hash of each word: its first four code points and its length."""
    places = begins + FUNCTION_STEPS
    firsts = codes.take(places, mode="clip")
    firsts *= FUNCTION_FACTORS
    firsts *= lengths > FUNCTION_STEPS
    keys: Codes = np.bitwise_xor.reduce(firsts)
    keys ^= lengths.astype(np.uint32) * np.uint32(0x9E3779B1)
    return keys >> np.uint32(32 - FUNCTION_BITS)


@cache
def _function_table() -> NDArray[np.bool_]:
    words = [word for word in load_words("function") if ord(word[0]) < FIRST_WIDE]
    lengths = np.array([len(word) for word in words])
    begins = np.cumsum(lengths) - lengths
    table = np.zeros(1 << FUNCTION_BITS, dtype=bool)
    table[_function_keys(code_points("".join(words)), begins, lengths)] = True
    return table
