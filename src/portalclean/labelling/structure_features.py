"""What a unit's place in the DOM says about it, as columns of numbers; all zero for a text dump.

Marks of an element (its tag's meaning, its class and id words) are bits of one integer. They are handed down
the tree by pointer doubling: after k rounds every element knows what its 2^k nearest ancestors are. What is
asked of each element in Python is two look-ups, and only of those that hold something; all else is done over arrays.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from itertools import compress, repeat
from operator import itemgetter
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from portalclean.labelling.columns import Columns, log1p, prose_run
from portalclean.labelling.text_features import PROSE_CAP, PROSE_LEAST, Measures
from portalclean.page import FloatArray, IntArray, Markup, Page

__all__ = ["structure_features"]

Bits: TypeAlias = NDArray[np.uint32]

BLOCK_TAGS = (
    "p div li td th h1 h2 h3 h4 h5 h6 section article a span button label dt dd blockquote pre figcaption time "
    "header footer body strong b em font center"
).split()
"""Tags told apart, of the unit's own block and of the element right around its text; others are one."""
CONTAINER_TAGS = (
    "nav header footer aside main article section form table ul ol dl figure button blockquote h1 h2 h3 h4 p li "
    "a noscript pre td address details dialog label figcaption iframe head"
).split()
"""Tags that mean something anywhere above a unit."""
TAGS = tuple(dict.fromkeys([*BLOCK_TAGS, *CONTAINER_TAGS]))
BLOCK_TAG_CODES = np.arange(len(BLOCK_TAGS), dtype=np.uint8)[:, None]
"""(block tags, 1) the codes of the tags told apart: they come first in `TAGS`."""
CONTAINER_BITS = np.array(
    [1 << CONTAINER_TAGS.index(tag) if tag in CONTAINER_TAGS else 0 for tag in [*TAGS, ""]], dtype=np.uint32
)
BIT = np.array([[1 << bit] for bit in range(32)], dtype=np.uint32)
"""(bits, 1)"""
NEAR = 3
"""Levels of containers above a unit whose own hints are told apart from those of all ancestors."""
WORD = re.compile(r"[a-z]{1,24}|[A-Z][a-z]{0,24}|[A-Z]{2,24}")
MOST_NAMES = 50_000
"""Elements' names whose hints are remembered; sites repeat theirs on every page."""
LONGEST_NAMES = 400
"""Characters of an element's names that are looked at; longer ones are no names, and are not remembered."""
Names: TypeAlias = tuple[str | None, str | None, str | None]

TAG_CODES = {tag: code for code, tag in enumerate(TAGS)}
OTHER_TAG = len(TAGS)


def structure_features(page: Page, measures: Measures) -> Columns:
    """Return the structure columns of a page that came from HTML."""
    markup = page.markup
    assert markup is not None, "only HTML has a structure"
    count = len(page)
    units, sizes = _links(markup)
    characters = np.bincount(units, weights=sizes, minlength=count)
    linked = np.minimum(characters / np.maximum(measures.lengths, 1.0), 1.0).astype(np.float32)
    prose = (measures.prose * (1 - linked)).astype(np.float32)
    tags, hints = _tags_and_hints(markup)
    containers, hints_above, depths = _handed_down(CONTAINER_BITS.take(tags), hints, markup.parents)
    return [
        np.ones(count, dtype=bool),
        page.hidden,
        linked,
        log1p(np.bincount(units, minlength=count)),
        *_beside(count, markup),
        tags.take(markup.block) == BLOCK_TAG_CODES,
        tags.take(markup.inner) == BLOCK_TAG_CODES,
        log1p(depths.take(markup.block)),
        *_hints(markup, hints, hints_above),
        _bits(containers.take(markup.inner), len(CONTAINER_TAGS)),
        *_containers(markup, prose, linked),
        *_head(page),
        *prose_run(np.where(page.hidden, np.float32(0), prose)),
    ]


def _links(markup: Markup) -> tuple[IntArray, IntArray]:
    """(links,) the unit of each link, and its characters."""
    if not markup.links:
        return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32)
    units, starts, ends, _ = zip(*markup.links, strict=True)
    return np.array(units, dtype=np.int32), np.array(ends, dtype=np.int32) - np.array(starts, dtype=np.int32)


def _beside(count: int, markup: Markup) -> Columns:
    """How many pictures stand before a unit, whether one stands behind it, and whether a machine-readable time does."""
    images = np.array([min(image.unit, count) for image in markup.images], dtype=np.int64)
    pictures = np.bincount(images, minlength=count + 1)
    times = np.zeros(count + 1, dtype=bool)
    times[[min(unit, count) for unit, _ in markup.times]] = True
    return [log1p(pictures[:-1]), pictures[1:] > 0, times[:-1]]


def _hints(markup: Markup, hints: Bits, above: Bits) -> Columns:
    """Class, id and role words and telling tags: of the unit's block, of the levels above, of all above."""
    parents, rows = markup.parents, markup.block
    levels = np.empty((NEAR + 2, len(rows)), dtype=hints.dtype)
    levels[0] = hints.take(markup.inner) | hints.take(rows)
    for level in range(1, NEAR + 1):
        rows = parents.take(rows)
        own = hints.take(rows)
        # Wrappers without a name say nothing: look one level further up through them.
        levels[level] = np.where(own == 0, hints.take(parents.take(rows)), own)
    levels[NEAR + 1] = above.take(markup.block)
    return [_bits(levels[:, None], len(_hint_table()))]


def _containers(markup: Markup, prose: FloatArray, linked: FloatArray) -> Columns:
    """Return what a unit's containers hold besides it, and how many of the page's blocks are made like its own.

    The containers of each level, and the blocks made alike, are numbered through, so that one count does for all.
    """
    mass = np.minimum(prose, PROSE_CAP)
    mass[mass < PROSE_LEAST] = 0.0
    total = max(float(mass.sum()), 1.0)
    rows = markup.block
    groups = np.empty((NEAR + 1, len(rows)), dtype=np.intp)
    for level in range(NEAR):
        rows = markup.parents.take(rows)
        groups[level] = rows
        groups[level] += level * len(markup.tags)
    groups[NEAR] = _signatures(markup)
    groups[NEAR] += NEAR * len(markup.tags)
    flat = groups.ravel()
    units = np.bincount(flat).take(groups)
    held = np.bincount(flat, weights=np.concatenate([mass] * len(groups))).take(groups)
    links = np.bincount(flat, weights=np.concatenate([linked] * len(groups))).take(groups)
    columns = np.empty((NEAR + 1, 4, len(rows)), dtype=np.float32)
    columns[:, 0] = log1p(units)
    columns[:, 1] = held / total
    columns[:, 2] = log1p(held / units)
    columns[:, 3] = links / units
    # Of blocks made alike the links are not looked at.
    return [columns.reshape(-1, len(rows))[:-1]]


def _head(page: Page) -> Columns:
    """Whether the page's own title holds the unit's text, and how much of it that is."""
    titles = " ".join(filter(None, (page.head.title, page.head.first("og:title")))).lower()
    longest = len(titles)
    part = np.zeros(len(page), dtype=np.float32)
    for unit, text in enumerate(page.texts):
        if 3 < len(text) <= longest and text.lower() in titles:
            part[unit] = len(text) / longest
    return [part > 0, part]


_remembered: dict[Names, int] = {}


def _tags_and_hints(markup: Markup) -> tuple[NDArray[np.uint8], Bits]:
    """(elements,) each element's tag as a code, and the hint groups of the words in class, id and role as bits.

    Elements that neither hold a text nor another element are passed over: nothing is asked of them.
    """
    holds = np.zeros(len(markup.tags), dtype=bool)
    holds[markup.parents] = True
    holds[markup.inner] = True
    holds[markup.block] = True
    chosen = holds.tobytes()
    tags = np.full(len(holds), OTHER_TAG, dtype=np.uint8)
    tags[holds] = list(map(TAG_CODES.get, compress(markup.tags, chosen), repeat(OTHER_TAG)))
    names = list(compress(markup.names, chosen))
    found = np.fromiter(map(_remembered.get, names, repeat(-1)), dtype=np.int64, count=len(names))
    for row in np.flatnonzero(found < 0).tolist():
        # Most of a page's new names stand on it more than once.
        bits = _remembered.get(names[row])
        found[row] = _hints_of(names[row]) if bits is None else bits
    hints = np.zeros(len(holds), dtype=np.uint32)
    hints[holds] = found
    return tags, hints


def _hints_of(names: Names) -> int:
    """Return the hint groups of the words in an element's class, id and role, as bits."""
    words = _hint_words()
    joined = " ".join(filter(None, names))
    bits = 0
    for word in WORD.findall(joined[:LONGEST_NAMES]):
        bits |= words.get(word.lower(), 0)
    if len(joined) <= LONGEST_NAMES:
        if len(_remembered) >= MOST_NAMES:
            _remembered.clear()
        _remembered[names] = bits
    return bits


def _handed_down(containers: Bits, hints: Bits, parents: IntArray) -> tuple[Bits, Bits, NDArray[np.intp]]:
    """(elements,) both kinds of bits of each element and of all its ancestors, and its levels below the root."""
    # Side by side they are one number, and go down together.
    marks = np.empty((len(parents), 2), dtype=np.uint32)
    marks[:, 0], marks[:, 1] = containers, hints
    both = marks.view(np.uint64).ravel()
    depths = np.ones(len(parents), dtype=np.intp)
    depths[0] = 0
    above = parents.astype(np.intp)
    while above.any():
        both |= both.take(above)
        depths += depths.take(above)
        above = above.take(above)
    both |= both[0]
    return marks[:, 0], marks[:, 1], depths


def _signatures(markup: Markup) -> list[int]:
    """(units,) a number for the tag and class of each unit's block, the same for blocks made alike."""
    rows = markup.block.tolist()
    classes = map(itemgetter(0), map(markup.names.__getitem__, rows))
    numbers: dict[tuple[str, str | None], int] = {}
    made = zip(map(markup.tags.__getitem__, rows), classes, strict=True)
    return list(map(numbers.setdefault, made, range(len(rows))))


def _bits(marks: Bits, number: int) -> NDArray[np.bool_]:
    """(..., number, units) the lowest bits of each of the marks, one by one."""
    found: NDArray[np.bool_] = (marks & BIT[:number]) != 0
    return found


@cache
def _hint_words() -> dict[str, int]:
    words: dict[str, int] = {}
    for code, members in enumerate(_hint_table().values()):
        for word in members:
            words[word] = words.get(word, 0) | 1 << code
    return words


@cache
def _hint_table() -> dict[str, list[str]]:
    source = resources.files("portalclean.lexicon").joinpath("hints.toml").read_text("utf-8")
    table: dict[str, list[str]] = tomllib.loads(source)["groups"]
    return table
