"""A text dump to units: lines, wrapped lines joined into paragraphs, long lines split.

The text itself is never changed: a unit is a pair of offsets into it, and all that lies between units is white
space.
"""

from __future__ import annotations

from collections.abc import Iterator

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

LINE = regex.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
CLOSING = r"[”’\"'』」）)\]》〉]"


def read_text(text: str, url: str | None, limits: Limits) -> Page:
    """Return the units of a text dump. Raises `CaptureTooLarge` over the budget for units."""
    lines = join_wrapped(text, list(_lines(text)))
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


def _lines(text: str) -> Iterator[Span]:
    r"""Yield the non-blank lines without the white space around them.

    >>> list(_lines("  a b \n\n\u3000c"))
    [(2, 5), (9, 10)]
    """
    for match in LINE.finditer(text):
        span = _stripped(text, *match.span())
        if span:
            yield span


def _stripped(text: str, start: int, end: int) -> Span | None:
    part = text[start:end]
    inner = part.strip()
    if not inner:
        return None
    start += len(part) - len(part.lstrip())
    return start, start + len(inner)


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the parts of a long line: sentences, runs between wide gaps, credits and dates glued to others."""
    begin = start
    for match in _boundary().finditer(text, start, end):
        cut = match.start()
        if cut > begin:
            yield from _shortened(text, begin, cut)
            begin = cut
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


def _boundary() -> regex.Pattern[str]:
    """Return the pattern whose matches begin where a long line is cut."""
    global _compiled  # noqa: PLW0603 - compiled once, at the first long line
    if _compiled is None:
        words = load_words("before")
        cues = "|".join(map(regex.escape, words))
        # Each part but the last begins with a test of one character, which rules it out at nearly all places.
        first = "".join(sorted({regex.escape(word[0]) for word in words}))
        _compiled = regex.compile(
            rf"(?<=[。！？…”’\"'』」）)\]》〉])(?<=[。！？…]{CLOSING}{{0,2}})(?![。！？…”’\"'』」）)\]》〉])"  # CJK
            rf"|(?=\s)(?:(?<=[.!?]{CLOSING}{{0,2}})\s+(?=[\p{{Lu}}\d“‘\"'(])"  # the end of another sentence
            r"|\s{2,}|[\t\u3000]"  # a wide gap
            r"|(?<=[\p{Han}\p{Hiragana}\p{Katakana}，：；、）】])\s(?=\S)"  # scripts without spaces: a line break
            r"|\s(?=[\p{Han}【（]))"
            rf"|(?=[{first}])(?={cues})"
            r"|(?=(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2})(?<!\d)"  # a date
        )
    return _compiled


_compiled: regex.Pattern[str] | None = None
