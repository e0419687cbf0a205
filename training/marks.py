"""Labels that a page's own markup gives away, for pages of which the gold knows the body alone.

A unit in a list of the class `breadcrumb` is a breadcrumb. What the markup gives away is carried to the dumps of
the page, where nothing does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from benchmarks.alignment import match_characters, squeezed
from numpy.typing import NDArray

from portalclean.bylines.head_people import head_authors
from portalclean.chronology.head import head_dates
from portalclean.labelling.structure_features import WORD
from portalclean.listings.moments import date_mentions
from portalclean.page import LABEL_CODES, Label, Markup, Page

__all__ = ["UNMARKED", "marked", "rows_in"]

UNMARKED = -1
LEVELS = 2
"""Levels above a unit's block whose names are looked at."""
BYLINE = LABEL_CODES[Label.BYLINE]
LONGEST_BYLINE = 100
"""Characters."""
AROUND = 3
"""Units before the title and behind the first paragraph where a byline may stand."""
UNTITLED = 8
"""Units before the first paragraph where the byline of a page may stand whose title is not known."""
LEAST = 0.5
"""Share of a dump's unit that a unit of the page must have for the two to be the same."""


def marked(page: Page, title: int | None, body: NDArray[np.bool_]) -> NDArray[np.int8]:
    """(units,) the code of the label that the markup gives a unit, or -1; ``body`` is (units,) what is the article."""
    found = np.full(len(page), UNMARKED, dtype=np.int8)
    if page.markup is None:
        return found
    for unit, (inner, block) in enumerate(zip(page.markup.inner.tolist(), page.markup.block.tolist(), strict=True)):
        found[unit] = _mark(page.markup, inner, block)
    if body.any():
        found[_bylines(page, title, body)] = BYLINE
    return found


def _bylines(page: Page, title: int | None, body: NDArray[np.bool_]) -> list[int]:
    """Return the short units around title and first paragraph that say what the head says: its author, its day.

    Of the portal pages' units with the head's author 29 of 31 are bylines, with its day 81 of 81, with a `time`
    element 28 of 28.
    """
    first = int(body.argmax())
    start = first - UNTITLED if title is None or title > first else title
    authors, _ = head_authors(page.head)
    days = {day[:3] for stated in head_dates(page.head) for day in stated.mention.days}
    timed = {unit for unit, _ in page.markup.times} if page.markup else set()
    found = []
    for unit in range(max(start - AROUND, 0), min(first + AROUND + 1, len(page))):
        text = page.texts[unit]
        if body[unit] or unit == title or len(text) > LONGEST_BYLINE:
            continue
        said = {day[:3] for mention in date_mentions(text) for day in mention.days}
        if unit in timed or said & days or any(name in text for name in authors):
            found.append(unit)
    return found


def _mark(markup: Markup, inner: int, block: int) -> int:
    words, tags = _tables()
    rows = [inner, block]
    for _ in range(LEVELS):
        rows.append(int(markup.parents[rows[-1]]))
    for row in rows:
        names = " ".join(filter(None, markup.names[row]))
        for word in WORD.findall(names):
            if word.lower() in words:
                return words[word.lower()]
    row = block
    while row:
        if markup.tags[row] in tags:
            return tags[markup.tags[row]]
        row = int(markup.parents[row])
    return UNMARKED


def rows_in(page: Sequence[str], dump: Sequence[str]) -> NDArray[np.int32]:
    """(units of the dump,) the unit of the page that most of it came from, or -1.

    >>> rows_in(["Home", "A long  walk"], ["Ho", "me", "A long walk home"]).tolist()
    [0, 0, 1]
    """
    before, after = [squeezed(text) for text in page], [squeezed(text) for text in dump]
    places = match_characters("".join(before), "".join(after))
    source = np.append(np.repeat(np.arange(len(before)), [len(text) for text in before]), UNMARKED)[places]
    rows = np.full(len(after), UNMARKED, dtype=np.int32)
    first = 0
    for row, text in enumerate(after):
        own = source[first : first + len(text)]
        first += len(text)
        if (own >= 0).any():
            best, counts = np.unique(own[own >= 0], return_counts=True)
            if counts.max() >= LEAST * len(text):
                rows[row] = best[counts.argmax()]
    return rows


@cache
def _tables() -> tuple[dict[str, int], dict[str, int]]:
    table = tomllib.loads(Path(__file__).with_name("marks.toml").read_text("utf-8"))
    words, tags = (
        {member: LABEL_CODES[Label(label)] for label, members in table[kind].items() for member in members}
        for kind in ("words", "tags")
    )
    return words, tags
