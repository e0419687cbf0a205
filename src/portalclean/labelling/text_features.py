"""What a unit's text says about it, as columns of numbers: the same for HTML and for a dump.

The kinds of features follow Kohlschütter, Fankhauser and Nejdl, "Boilerplate detection using shallow text
features" (WSDM 2010), made neutral to scripts: one Han character weighs like 2.5 Latin letters and half a
word. Every column is computed over the whole page at once.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portalclean.labelling.characters import CLASSES, Codes, class_counts, classes_of
from portalclean.labelling.columns import Columns, UnitOf, log1p, prose_run, stacked
from portalclean.labelling.words import (
    FIRST_WIDE,
    HASH_BITS,
    Runs,
    code_points,
    folded,
    is_function_word,
    runs_of,
    word_hits,
)
from portalclean.lexicon import GROUPS
from portalclean.page import FloatArray, Page

__all__ = ["Measures", "text_features"]

HAN_WEIGHT = 2.5
"""Latin letters that one character of a script without spaces is worth."""
PROSE_CAP = 400.0
"""A single unit's prose counts for at most this much, so that one long legal line is no article."""
PROSE_LEAST = 30.0
"""What a unit must say, in Latin letters' worth, before it counts for prose."""
PROSE_WEIGHT = 80.0
"""From this weight on a unit with a sentence end counts as prose that other lines may repeat words of."""
SHORT_WEIGHT = 60.0
"""Up to this weight a unit can be a heading of chrome."""
HEADING_COVER = 0.4
"""Share of a short unit that a group's words must cover to make it a heading of that group."""
HEADING_GROUPS = [
    GROUPS.index(name)
    for name in ("recommendation", "comment", "footer", "share", "advertisement", "navigation", "byline")
]
FURTHEST = 8.0
"""Scale of the distance to the last heading: log(1 + 3,000 units)."""

CODE = {name: code for code, name in enumerate(CLASSES)}
WIDE = [CODE[name] for name in ("han", "han_function", "kana", "hangul")]
UNSPACED = [CODE[name] for name in ("han", "han_function", "kana")]
SPACED_LETTERS = [CODE[name] for name in ("upper", "lower", "cyrillic", "arabic", "indic", "letter", "hangul")]
COUNTED = [CODE[name] for name in ("stop", "exclamation", "comma", "colon", "quote", "digit", "separator")]
EDGE_GROUPS = (
    ("upper",),
    ("lower", "cyrillic", "arabic", "indic", "letter"),
    ("han", "han_function", "kana", "hangul"),
    ("digit",),
    ("stop", "exclamation"),
    ("comma", "colon"),
    ("quote",),
    ("bracket",),
    ("separator", "dash", "at", "currency", "symbol", "private"),
)
PAGE_SCRIPTS = (
    ("han", "han_function"),
    ("kana",),
    ("hangul",),
    ("upper", "lower"),
    ("cyrillic", "arabic", "indic", "letter"),
)
DATE_MARKS = [ord(mark) for mark in "年月日년월일/"]


def _members(groups: tuple[tuple[str, ...], ...]) -> FloatArray:
    """(classes, groups) 1 where a class is in a group."""
    table = np.zeros((len(CLASSES), len(groups)), dtype=np.float32)
    for column, names in enumerate(groups):
        table[[CODE[name] for name in names], column] = 1.0
    return table


EDGE_TABLE, SCRIPT_TABLE = _members(EDGE_GROUPS), _members(PAGE_SCRIPTS)
IS_DATE_MARK = np.zeros(0x10000, dtype=bool)
"""Look-ups are by `take` here and below, which is twice as fast as an index in brackets."""
IS_DATE_MARK[DATE_MARKS] = True
LETTER_TABLE = np.zeros(len(CLASSES), dtype=bool)
LETTER_TABLE[SPACED_LETTERS] = True


@dataclass(frozen=True, slots=True)
class Measures:
    """What the other features build on; arrays have one entry a unit."""

    lengths: FloatArray
    solid: FloatArray
    """Characters that are not white space, at least 1."""
    weights: FloatArray
    """Length in Latin letters' worth."""
    counts: FloatArray
    """(units, classes) characters of each class."""
    prose: FloatArray
    """Weight times how much like running prose: 1 with a sentence end, less with commas, least with neither."""


def text_features(page: Page) -> tuple[Measures, FloatArray]:
    """Return the page's measures and its text columns (units, columns). The page has at least one unit."""
    codes = code_points(page.text)
    runs = runs_of(code_points(folded(page.text)))
    classes = classes_of(codes)
    unit_of = _unit_of_character(page, len(codes))
    measures = _measure(page, classes, unit_of)
    return measures, stacked(
        len(page),
        [
            *_shape(page, measures, classes),
            *_words(measures, classes, runs.codes, unit_of),
            *_dates(codes, classes, unit_of, len(page)),
            *_lexicon(page, measures, runs),
            *_repeats(page, measures, runs, unit_of),
            *_position(page, measures),
            *prose_run(measures.prose),
            *_page(measures),
        ],
    )


def _measure(page: Page, classes: NDArray[np.uint8], unit_of: UnitOf) -> Measures:
    counts = class_counts(classes, len(page), unit_of)
    lengths = (page.ends - page.starts).astype(np.float32)
    weights = lengths + np.float32(HAN_WEIGHT - 1) * counts[:, WIDE].sum(axis=1)
    ends = counts[:, CODE["stop"]] > 0
    some = counts[:, CODE["comma"]] + counts[:, CODE["exclamation"]] > 0
    quality = np.where(ends, np.float32(1.0), np.where(some, np.float32(0.3), np.float32(0.1)))
    return Measures(lengths, np.maximum(lengths - counts[:, 0], 1.0), weights, counts, weights * quality)


def _unit_of_character(page: Page, characters: int) -> UnitOf:
    """(characters,) each character's unit; what stands before a unit's start belongs to the one before."""
    edges = np.append(page.starts, characters)
    edges[0] = 0
    return np.repeat(np.arange(len(page)), np.diff(edges))


def _shape(page: Page, measures: Measures, classes: NDArray[np.uint8]) -> Columns:
    """Lengths, shares of character classes, and the classes of the first and last character."""
    return [
        log1p(measures.lengths),
        log1p(measures.weights),
        measures.counts / measures.solid[:, None],
        log1p(measures.counts[:, COUNTED]),
        EDGE_TABLE[classes[page.starts]],
        EDGE_TABLE[classes[page.ends - 1]],
    ]


def _words(measures: Measures, classes: NDArray[np.uint8], low: Codes, unit_of: UnitOf) -> Columns:
    """Words of scripts with spaces: how many, how long, capitalised, function words."""
    count = len(measures.lengths)
    letters = np.zeros(len(classes) + 2, dtype=bool)
    letters[1:-1] = LETTER_TABLE.take(classes)
    edges = np.flatnonzero(letters[1:] != letters[:-1])
    begins, lengths = edges[::2], edges[1::2] - edges[::2]
    unit = unit_of[begins]
    words = np.bincount(unit, minlength=count).astype(np.float32)
    safe = np.maximum(words, 1.0)
    capitals = np.bincount(unit, weights=classes[begins] == CODE["upper"], minlength=count)
    function = np.bincount(unit, weights=is_function_word(low, begins, lengths), minlength=count)
    return [
        log1p(words + 0.5 * measures.counts[:, UNSPACED].sum(axis=1)),
        np.bincount(unit, weights=lengths, minlength=count) / safe,
        capitals / safe,
        function / safe,
    ]


def _dates(codes: Codes, classes: NDArray[np.uint8], unit_of: UnitOf, count: int) -> Columns:
    """Years, clock times, and marks that make a date of numbers."""
    digit = np.zeros(len(codes) + 6, dtype=bool)
    digit[1:-5] = classes == CODE["digit"]
    # In `digit` every character stands one place later: digit[:-6] is the character before, digit[2:-4] the next.
    places = np.flatnonzero(digit[1:-5])
    four = ~digit[places] & digit[places + 2] & digit[places + 3] & digit[places + 4] & ~digit[places + 5]
    years = places[four]
    century = codes[years] * 100 + codes[years + 1]
    years = years[(century == ord("2") * 100 + ord("0")) | (century == ord("1") * 100 + ord("9"))]
    colons = np.flatnonzero(classes == CODE["colon"])
    clocks = colons[digit[colons] & digit[colons + 2] & digit[colons + 3]]
    after = places[: np.searchsorted(places, len(codes) - 1)] + 1
    marks = after[IS_DATE_MARK.take(codes[after], mode="clip")]
    return [log1p(np.bincount(unit_of[found], minlength=count)) for found in (years, clocks, marks)]


def _lexicon(page: Page, measures: Measures, runs: Runs) -> Columns:
    """Words of each group: how many, how much of the unit they cover, and how long since a heading of it."""
    hits, covered = word_hits(runs, page.starts, page.ends)
    cover = np.minimum(covered / measures.solid[:, None], 1.0)
    index = np.arange(len(page))[:, None]
    heading = (measures.weights <= SHORT_WEIGHT)[:, None] & (cover[:, HEADING_GROUPS] >= HEADING_COVER)
    latest = np.maximum.accumulate(np.where(heading, index, -1), axis=0)
    since = np.where(latest < 0, 1.0, np.minimum(log1p(index - latest) / FURTHEST, 1.0))
    return [log1p(hits), cover, since]


def _repeats(page: Page, measures: Measures, runs: Runs, unit_of: UnitOf) -> Columns:
    """How often a unit's text occurs on the page, and how much of it is made of the prose's own words."""
    texts = page.texts
    often = Counter(texts)
    same = np.zeros(len(page) + 1, dtype=np.float32)
    same[1:-1] = [first == second for first, second in zip(texts[1:], texts[:-1], strict=True)]
    repeats = np.log(np.array([often[text] for text in texts], dtype=np.float32))
    return [repeats, same[:-1], same[1:], _overlap_with_prose(measures, runs, unit_of)]


def _overlap_with_prose(measures: Measures, runs: Runs, unit_of: UnitOf) -> FloatArray:
    """(units,) share of a unit's runs of characters that the page's prose has too: titles and captions do."""
    count = len(measures.lengths)
    size = len(runs.long)
    if size <= 1:
        return np.zeros(count, dtype=np.float32)
    keys = np.where(runs.codes[:size] < FIRST_WIDE, runs.long, runs.short[:size])
    prose = (measures.prose >= measures.weights) & (measures.weights >= PROSE_WEIGHT)
    units = unit_of[:size]
    own = prose.take(units)
    in_prose = np.bincount(keys[own], minlength=1 << HASH_BITS)
    # A unit of prose shares its runs with itself; only a second occurrence counts for it.
    shared = in_prose.take(keys) > own
    found = np.bincount(units[shared], minlength=count)
    return (found / np.maximum(np.bincount(units, minlength=count), 1)).astype(np.float32)


def _position(page: Page, measures: Measures) -> Columns:
    """Where a unit stands on its page and on its line."""
    count = len(page)
    index = np.arange(count, dtype=np.float32)
    mass = np.minimum(measures.prose, PROSE_CAP)
    mass[mass < PROSE_LEAST] = 0.0
    passed = np.cumsum(mass)
    total = max(float(passed[-1]), 1.0)
    characters = np.cumsum(measures.weights)
    goes_on = np.zeros(count + 1, dtype=bool)
    goes_on[1:-1] = page.lines[1:] == page.lines[:-1]
    return [
        index / count,
        log1p(index),
        log1p(count - 1 - index),
        log1p(characters - measures.weights),
        log1p(characters[-1] - characters),
        (passed - mass) / total,
        (total - passed) / total,
        goes_on[:-1],
        goes_on[1:],
    ]


def _page(measures: Measures) -> Columns:
    """Return what kind of page it is: the same for all its units."""
    count = len(measures.lengths)
    prose = float(np.minimum(measures.prose, PROSE_CAP)[measures.prose >= PROSE_LEAST].sum())
    script = measures.counts.sum(axis=0)
    whole = [
        math.log1p(count),
        math.log1p(float(measures.weights.sum())),
        math.log1p(prose),
        np.count_nonzero(measures.weights <= SHORT_WEIGHT) / count,
        *(script @ SCRIPT_TABLE / max(float(script[1:].sum()), 1.0)).tolist(),
    ]
    return [np.full((count, len(whole)), whole, dtype=np.float32)]
