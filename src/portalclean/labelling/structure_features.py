"""What a unit's place in the DOM says about it, as columns of numbers; all zero for a text dump.

Marks of an element (its tag's meaning, its class and id words) are bits of one integer. They are handed down
the tree by pointer doubling: after k rounds every element knows what its 2^k nearest ancestors are.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from portalclean.labelling.columns import Columns, log1p, prose_run, stacked
from portalclean.labelling.text_features import PROSE_CAP, PROSE_LEAST, Measures
from portalclean.page import FloatArray, IntArray, Markup, Page

__all__ = ["structure_features"]

Bits: TypeAlias = NDArray[np.int64]

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
TAG_CODES = {tag: code for code, tag in enumerate(BLOCK_TAGS)}
TAG_TABLE = np.eye(len(BLOCK_TAGS) + 1, len(BLOCK_TAGS), dtype=np.float32)
CONTAINER_BITS = {tag: 1 << code for code, tag in enumerate(CONTAINER_TAGS)}
NEAR = 3
"""Levels of containers above a unit whose own hints are told apart from those of all ancestors."""
WORD = re.compile(r"[a-z]{1,24}|[A-Z][a-z]{0,24}|[A-Z]{2,24}")
MOST_NAMES = 50_000
"""Attribute strings whose hints are remembered; sites repeat theirs on every page."""


def structure_features(page: Page, measures: Measures) -> FloatArray:
    """(units, columns) of a page that came from HTML."""
    markup = page.markup
    assert markup is not None, "only HTML has a structure"
    linked = np.minimum(_linked_characters(page, markup) / np.maximum(measures.lengths, 1.0), 1.0).astype(np.float32)
    prose = (measures.prose * (1 - linked)).astype(np.float32)
    return stacked(
        len(page),
        [
            np.ones(len(page)),
            page.hidden,
            *_links(page, markup, linked),
            *_tags(markup),
            *_hints(markup),
            *_containers(markup, prose, linked),
            *_head(page),
            *prose_run(np.where(page.hidden, np.float32(0), prose)),
        ],
    )


def _linked_characters(page: Page, markup: Markup) -> FloatArray:
    if not markup.links:
        return np.zeros(len(page), dtype=np.float32)
    units, starts, ends, _ = zip(*markup.links, strict=True)
    weights = np.array(ends, dtype=np.float32) - np.array(starts, dtype=np.float32)
    return np.bincount(units, weights=weights, minlength=len(page)).astype(np.float32)


def _links(page: Page, markup: Markup, linked: FloatArray) -> Columns:
    """How much of a unit is links, how many, and the pictures and machine-readable times beside it."""
    count = len(page)
    links = np.bincount(np.array([link.unit for link in markup.links], dtype=np.int64), minlength=count)
    images = np.array([image.unit for image in markup.images], dtype=np.int64)
    pictures = np.bincount(np.minimum(images, count), minlength=count + 1)
    times = np.zeros(count + 1, dtype=bool)
    times[[min(unit, count) for unit, _ in markup.times]] = True
    return [linked, log1p(links), log1p(pictures[:-1]), pictures[1:] > 0, times[:-1]]


def _tags(markup: Markup) -> Columns:
    """Return the tags of a unit's block and of the element right around its text, and how deep it stands."""
    tags = np.array([TAG_CODES.get(tag, len(TAG_CODES)) for tag in markup.tags])
    return [
        TAG_TABLE[tags[markup.block]],
        TAG_TABLE[tags[markup.inner]],
        log1p(_depths(markup.parents)[markup.block]),
    ]


def _hints(markup: Markup) -> Columns:
    """Class, id and role words and telling tags: of the unit's block, of the levels above, of all above."""
    hints = _own_hints(markup)
    groups = np.arange(len(_hint_table()))
    kinds = np.array([CONTAINER_BITS.get(tag, 0) for tag in markup.tags], dtype=np.int64)
    rows = markup.block
    levels = [hints[markup.inner] | hints[rows]]
    for _ in range(NEAR):
        rows = markup.parents[rows]
        own = hints[rows]
        # Wrappers without a name say nothing: look one level further up through them.
        levels.append(np.where(own == 0, hints[markup.parents[rows]], own))
    levels.append(_handed_down(hints, markup.parents)[markup.block])
    above = _handed_down(kinds, markup.parents)[markup.inner]
    return [_bits(level, groups) for level in levels] + [_bits(above, np.arange(len(CONTAINER_TAGS)))]


def _containers(markup: Markup, prose: FloatArray, linked: FloatArray) -> Columns:
    """Return what a unit's containers hold besides it, and how many of the page's blocks are made like its own."""
    mass = np.minimum(prose, PROSE_CAP)
    mass[mass < PROSE_LEAST] = 0.0
    total = max(float(mass.sum()), 1.0)
    size = len(markup.parents)
    rows = markup.block
    columns: list[NDArray[np.generic]] = []
    for _ in range(NEAR):
        rows = markup.parents[rows]
        units = np.bincount(rows, minlength=size)[rows]
        held = np.bincount(rows, weights=mass, minlength=size)[rows]
        links = np.bincount(rows, weights=linked, minlength=size)[rows]
        columns += [log1p(units), held / total, log1p(held / units), links / units]
    alike = _signatures(markup)[markup.block]
    often = np.bincount(alike)[alike]
    held = np.bincount(alike, weights=mass)[alike]
    return [*columns, log1p(often), held / total, log1p(held / often)]


def _head(page: Page) -> Columns:
    """Whether the page's own title holds the unit's text, and how much of it that is."""
    titles = " ".join(filter(None, (page.head.title, page.head.first("og:title")))).lower()
    longest = len(titles)
    part = np.zeros(len(page), dtype=np.float32)
    for unit, text in enumerate(page.texts):
        if 3 < len(text) <= longest and text.lower() in titles:
            part[unit] = len(text) / longest
    return [part > 0, part]


def _own_hints(markup: Markup) -> Bits:
    known: dict[tuple[str | None, str | None, str | None], int] = {(None, None, None): 0}
    hints = []
    for names in markup.names:
        bits = known.get(names)
        if bits is None:
            bits = known[names] = _hints_of(" ".join(filter(None, names)))
        hints.append(bits)
    return np.array(hints, dtype=np.int64)


_remembered: dict[str, int] = {}


def _hints_of(names: str) -> int:
    """Return the hint groups of the words in an element's class, id and role, as bits."""
    bits = _remembered.get(names)
    if bits is None:
        words = _hint_words()
        bits = 0
        for word in WORD.findall(names[:400]):
            bits |= words.get(word.lower(), 0)
        if len(_remembered) >= MOST_NAMES:
            _remembered.clear()
        _remembered[names] = bits
    return bits


def _handed_down(bits: Bits, parents: IntArray) -> Bits:
    """(elements,) the bits of each element and of all its ancestors."""
    bits, above = bits.copy(), parents
    while True:
        bits |= bits[above]
        if not above.any():
            return bits
        above = above[above]


def _depths(parents: IntArray) -> IntArray:
    """(elements,) levels below the root, by pointer doubling."""
    depths = np.ones(len(parents), dtype=np.int32)
    depths[0] = 0
    above = parents
    while above.any():
        depths += depths[above]
        above = above[above]
    return depths


def _signatures(markup: Markup) -> IntArray:
    """(elements,) a number for each tag and class, the same for elements made alike."""
    numbers: dict[tuple[str, str | None], int] = {}
    made = zip(markup.tags, markup.names, strict=True)
    return np.array([numbers.setdefault((tag, names[0]), len(numbers)) for tag, names in made], dtype=np.int32)


def _bits(bits: Bits, codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """(units, codes) whether each of these bits is set."""
    found: NDArray[np.int64] = (bits[:, None] >> codes) & 1
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
