"""What a unit's text says about it, as columns of numbers: the same for HTML and for a dump.

The kinds of features follow Kohlschütter, Fankhauser and Nejdl, "Boilerplate detection using shallow text
features" (WSDM 2010), made neutral to scripts: one Han character weighs like 2.5 Latin letters and half a
word. Every column is computed over the whole page at once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portalclean.labelling.characters import CLASSES, Codes, class_counts, classes_of
from portalclean.labelling.columns import Columns, UnitOf, beside_largest, log1p, prose_run
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
HEADLINE_WEIGHT = 200.0
"""No headline weighs more: 80 Han characters or 200 letters."""
HEADLINE_BELOW = 3
"""Units of the main prose above a headline at most: a lead, a caption."""
HEADING_COVER = 0.4
"""Share of a short unit that a group's words must cover to make it a heading of that group."""
HEADING_GROUPS = [
    GROUPS.index(name)
    for name in ("recommendation", "comment", "footer", "share", "advertisement", "navigation", "byline")
]
FURTHEST = 8.0
"""Scale of the distance to the last heading: log(1 + 3,000 units)."""
FAR = 1 << 20
"""Units that the last heading is taken to be away where there is none: more than the scale has."""

CODE = {name: code for code, name in enumerate(CLASSES)}
WIDE = slice(CODE["han"], CODE["hangul"] + 1)
"""Han, its function characters, kana and Hangul; without Hangul, whose words stand apart, they are `UNSPACED`."""
UNSPACED = slice(CODE["han"], CODE["kana"] + 1)
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
    """Return (groups, classes) 1 where a class is in a group."""
    table = np.zeros((len(groups), len(CLASSES)), dtype=np.float32)
    for row, names in enumerate(groups):
        table[row, [CODE[name] for name in names]] = 1.0
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
    """(classes, units) characters of each class."""
    prose: FloatArray
    """Weight times how much like running prose: 1 with a sentence end, less with commas, least with neither."""


def text_features(page: Page) -> tuple[Measures, Columns]:
    """Return the page's measures and its text columns. The page has at least one unit."""
    codes = code_points(page.text)
    runs = runs_of(code_points(folded(page.text)))
    classes = classes_of(codes)
    unit_of = _unit_of_character(page, len(codes))
    measures = _measure(page, classes, unit_of)
    overlap = _overlap_with_prose(measures, runs, unit_of)
    run = prose_run(measures.prose)
    return measures, [
        *_shape(page, measures, classes),
        *_words(measures, classes, runs.codes, unit_of),
        *_dates(codes, classes, unit_of, len(page)),
        *_lexicon(page, measures, runs),
        *_repeats(page),
        overlap,
        *_position(page, measures),
        *run,
        *_headline(measures, overlap, np.asarray(run[0])),
        *_page(measures),
    ]


def _measure(page: Page, classes: NDArray[np.uint8], unit_of: UnitOf) -> Measures:
    counts = class_counts(classes, len(page), unit_of)
    lengths = (page.ends - page.starts).astype(np.float32)
    weights = lengths + np.float32(HAN_WEIGHT - 1) * np.add.reduce(counts[WIDE])
    ends = counts[CODE["stop"]] > 0
    some = counts[CODE["comma"]] + counts[CODE["exclamation"]] > 0
    quality = np.where(ends, np.float32(1.0), np.where(some, np.float32(0.3), np.float32(0.1)))
    return Measures(lengths, np.maximum(lengths - counts[CODE["space"]], 1.0), weights, counts, weights * quality)


def _unit_of_character(page: Page, characters: int) -> UnitOf:
    """(characters,) each character's unit; what stands before a unit's start belongs to the one before."""
    edges = np.empty(len(page) + 1, dtype=np.int64)
    edges[:-1] = page.starts
    edges[0], edges[-1] = 0, characters
    return np.repeat(np.arange(len(page)), edges[1:] - edges[:-1])


def _shape(page: Page, measures: Measures, classes: NDArray[np.uint8]) -> Columns:
    """Lengths, shares of character classes, and the classes of the first and last character."""
    return [
        log1p(measures.lengths),
        log1p(measures.weights),
        measures.counts / measures.solid,
        log1p(measures.counts[COUNTED]),
        EDGE_TABLE.take(classes.take(page.starts), axis=1),
        EDGE_TABLE.take(classes.take(page.ends - 1), axis=1),
    ]


def _words(measures: Measures, classes: NDArray[np.uint8], low: Codes, unit_of: UnitOf) -> Columns:
    """Words of scripts with spaces: how many, how long, capitalised, function words."""
    count = len(measures.lengths)
    begins, ends = _stretches(LETTER_TABLE.take(classes))
    lengths = ends - begins
    unit = unit_of.take(begins)
    words = np.bincount(unit, minlength=count).astype(np.float32)
    safe = np.maximum(words, 1.0)
    capitals = np.bincount(unit[classes.take(begins) == CODE["upper"]], minlength=count)
    function = np.bincount(unit[is_function_word(low, begins, lengths)], minlength=count)
    return [
        log1p(words + 0.5 * np.add.reduce(measures.counts[UNSPACED])),
        np.bincount(unit, weights=lengths, minlength=count) / safe,
        capitals / safe,
        function / safe,
    ]


def _stretches(marked: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return where the stretches of marked characters begin and end.

    >>> begins, ends = _stretches(np.array([True, False, True, True]))
    >>> begins.tolist(), ends.tolist()
    ([0, 2], [1, 4])
    """
    framed = np.zeros(len(marked) + 2, dtype=bool)
    framed[1:-1] = marked
    edges = np.flatnonzero(framed[1:] != framed[:-1])
    return edges[::2], edges[1::2]


def _dates(codes: Codes, classes: NDArray[np.uint8], unit_of: UnitOf, count: int) -> Columns:
    """Years, clock times, and marks that make a date of numbers."""
    digit = classes == CODE["digit"]
    begins, ends = _stretches(digit)
    years = begins[ends - begins == len("2020")]
    century = codes.take(years) * 100 + codes.take(years + 1)
    years = years[(century == ord("2") * 100 + ord("0")) | (century == ord("1") * 100 + ord("9"))]
    colons = np.flatnonzero(classes == CODE["colon"])
    colons = colons[np.searchsorted(colons, 1) : np.searchsorted(colons, len(codes) - 2)]
    clocks = colons[digit.take(colons - 1) & digit.take(colons + 1) & digit.take(colons + 2)]
    behind = ends[: np.searchsorted(ends, len(codes))]
    marks = behind[IS_DATE_MARK.take(codes.take(behind), mode="clip")]
    return [log1p(np.bincount(unit_of.take(found), minlength=count)) for found in (years, clocks, marks)]


def _lexicon(page: Page, measures: Measures, runs: Runs) -> Columns:
    """Words of each group: how many, how much of the unit they cover, and how long since a heading of it."""
    hits, covered = word_hits(runs, page.starts, page.ends)
    cover = np.minimum(covered / measures.solid, 1.0)
    index = np.arange(len(page))
    heading = (measures.weights <= SHORT_WEIGHT) & (cover[HEADING_GROUPS] >= HEADING_COVER)
    latest = np.maximum.accumulate(np.where(heading, index, -FAR), axis=1)
    return [log1p(hits), cover, np.minimum(log1p(index - latest) / FURTHEST, 1.0)]


def _repeats(page: Page) -> Columns:
    """How often a unit's text occurs on the page, and whether it is that of the unit before and of the one behind."""
    texts = page.texts
    last = dict(zip(texts, range(len(texts)), strict=True))
    number = np.fromiter(map(last.__getitem__, texts), dtype=np.intp, count=len(texts))
    often = np.bincount(number).take(number)
    same = np.zeros(len(texts) + 1, dtype=bool)
    same[1:-1] = number[1:] == number[:-1]
    return [np.log(often.astype(np.float32)), same[:-1], same[1:]]


def _overlap_with_prose(measures: Measures, runs: Runs, unit_of: UnitOf) -> FloatArray:
    """(units,) share of a unit's runs of characters that the page's prose has too: titles and captions do."""
    count = len(measures.lengths)
    size = len(runs.long)
    if size <= 1:
        return np.zeros(count, dtype=np.float32)
    keys = np.where(runs.codes[:size] < FIRST_WIDE, runs.long, runs.short[:size])
    units = unit_of[:size]
    own = ((measures.prose >= measures.weights) & (measures.weights >= PROSE_WEIGHT)).take(units)
    in_prose = np.bincount(keys[own], minlength=1 << HASH_BITS)
    # A unit of prose shares its runs with itself; only a second occurrence counts for it.
    shared = in_prose.take(keys) > own
    found = np.bincount(units[shared], minlength=count)
    return (found / np.maximum(np.bincount(units, minlength=count), 1)).astype(np.float32)


def _headline(measures: Measures, overlap: FloatArray, inside: NDArray[np.bool_]) -> Columns:
    """Return how much the short units above the main prose say of it, next to the one that says most.

    ``inside`` is (units,) where the prose is. Of 228 dumps the one that says most is the title in 117.
    """
    says = overlap * np.sqrt(measures.weights)
    prose = inside & (measures.prose >= measures.weights)
    says[prose | (measures.weights > HEADLINE_WEIGHT)] = 0.0
    says[int(inside.argmax()) + HEADLINE_BELOW + 1 :] = 0.0
    return beside_largest(says)


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
    script = measures.counts.sum(axis=1)
    whole = [
        math.log1p(count),
        math.log1p(float(measures.weights.sum())),
        math.log1p(prose),
        np.count_nonzero(measures.weights <= SHORT_WEIGHT) / count,
        *(SCRIPT_TABLE @ script / max(float(script[1:].sum()), 1.0)).tolist(),
    ]
    return [np.repeat(np.array(whole, dtype=np.float32), count)]
