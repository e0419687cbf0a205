"""A text dump to units: lines, wrapped lines joined into paragraphs, long lines split.

The text itself is never changed: a unit is a pair of offsets into it, and all that lies between units is white
space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
import regex

from portalclean.capture.wrapping import join_wrapped
from portalclean.errors import CaptureTooLarge
from portalclean.lexicon import load_words
from portalclean.page import Kind, Limits, Origin, Page

__all__ = ["read_text"]

Span = tuple[int, int]

LONG_LINE = 240
"""Characters over which a line may hold several things and is split; the development pages' paragraphs have a
median of 90 and one line in twelve is longer than this."""
LONGEST_UNIT = 600
"""Characters after which a run without any sentence end is cut at the next white space."""

LINE = re.compile(r"\S(?:[^\n\r\v\f\x85\u2028\u2029]*\S)?")
"""A line that is not blank, without the white space around it."""
CLOSING = r"”’\"'』」）)\]》〉"
STOP = "。！？…"


def read_text(text: str, url: str | None, limits: Limits) -> Page:
    """Return the units of a text dump. Raises `CaptureTooLarge` over the budget for units."""
    lines = join_wrapped(text, [line.span() for line in LINE.finditer(text)])
    spans: list[Span] = []
    numbers: list[int] = []
    for number, (start, end) in enumerate(lines):
        parts = _split(text, start, end) if end - start > LONG_LINE else ((start, end),)
        for part in parts:
            spans.append(part)
            numbers.append(number)
        if len(spans) > limits.units:
            raise CaptureTooLarge(f"the page has over the limit of {limits.units:,} units")
    offsets = np.array(spans, dtype=np.int32).reshape(-1, 2)
    return Page(
        kind=Kind.TEXT,
        text=text,
        starts=np.ascontiguousarray(offsets[:, 0]),
        ends=np.ascontiguousarray(offsets[:, 1]),
        lines=np.array(numbers, dtype=np.int32),
        hidden=np.zeros(len(spans), dtype=bool),
        origins=[Origin.PAGE] * len(spans),
        texts=[text[start:end] for start, end in spans],
        url=url,
    )


def _stripped(text: str, start: int, end: int) -> Span | None:
    part = text[start:end]
    inner = part.strip()
    if not inner:
        return None
    start += len(part) - len(part.lstrip())
    return start, start + len(inner)


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the parts of a long line: sentences, runs between wide gaps, credits and dates glued to others."""
    begin = passed = start
    candidate, boundary = _patterns()
    for found in candidate.finditer(text, start, end):
        # A sentence ends behind its mark; all other parts begin with what was found.
        place = found.end() if found.lastindex else found.start()
        if place < passed or not (match := boundary.match(text, place, end)):
            continue
        passed = match.end()
        if place > begin:
            yield from _shortened(text, begin, place)
            begin = place
    yield from _shortened(text, begin, end)


def _shortened(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a part, cut at white space where it is longer than a unit may be."""
    while end - start > LONGEST_UNIT:
        cut = text.find(" ", start + LONGEST_UNIT, min(end, start + 2 * LONGEST_UNIT))
        cut = cut if cut > 0 else start + LONGEST_UNIT
        span = _stripped(text, start, cut)
        if span:
            yield span
        start = cut
    span = _stripped(text, start, end)
    if span:
        yield span


@cache
def _patterns() -> tuple[re.Pattern[str], regex.Pattern[str]]:
    """Return the pattern of the characters where a long line may be cut, and the one that matches where it is.

    The first one is simple, and rules out nearly all places.
    """
    words = load_words("before")
    cues = "|".join(map(regex.escape, words))
    first = "".join(sorted({re.escape(word[0]) for word in words}))
    boundary = regex.compile(
        rf"(?<=[{STOP}{CLOSING}])(?<=[{STOP}][{CLOSING}]{{0,2}})(?![{STOP}{CLOSING}])"  # CJK
        rf"|(?=\s)(?:(?<=[.!?][{CLOSING}]{{0,2}})\s+(?=[\p{{Lu}}\d“‘\"'(])"  # the end of another sentence
        r"|\s{2,}|[\t\u3000]"  # a wide gap
        r"|(?<=[\p{Han}\p{Hiragana}\p{Katakana}，：；、）】])\s(?=\S)"  # scripts without spaces: a line break
        r"|\s(?=[\p{Han}【（]))"
        rf"|(?=[{first}])(?={cues})"
        r"|(?=(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2})(?<!\d)"  # a date
    )
    return re.compile(rf"([{STOP}{CLOSING}])|[\s{first}]|19|20"), boundary
