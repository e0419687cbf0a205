"""Find dumps whose paragraphs were wrapped at a fixed width, and join their lines.

A greedy wrapper breaks a line only where the next word no longer fits. So on a page wrapped at width W the
lines that end inside a paragraph are exactly those that could not have taken the first word of the next line.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import regex
from numpy.typing import NDArray

__all__ = ["join_wrapped"]

NARROWEST, WIDEST = 30, 140
"""Widths that people and tools wrap at, in characters or in columns."""
FULL_SHARE = 0.12
"""Share of a page's characters that stand in full lines, from which on the page counts as wrapped."""
FEWEST_FULL_LINES = 6
OUTLIERS = 0.02
"""Share of the lines that may be wider than the width (unbreakable addresses)."""

WIDE = regex.compile(r"[\p{East_Asian_Width=W}\p{East_Asian_Width=F}]+")
FIRST_WORD = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]|[^\s\p{Han}\p{Hiragana}\p{Katakana}]{1,140}")


def join_wrapped(text: str, lines: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    r"""Return the lines, those of wrapped paragraphs joined into one span each.

    >>> words = " ".join(["paragraph"] * 60)
    >>> page = "\n".join(words[start : start + 69] for start in range(0, 600, 70))
    >>> lines = [(start, min(start + 69, len(words))) for start in range(0, 600, 70)]
    >>> len(lines), len(join_wrapped(page, lines))
    (9, 1)
    """
    if len(lines) < FEWEST_FULL_LINES:
        return lines
    # Most pages end here: their longest lines are far wider than any wrapper's width.
    characters = np.array([end - start for start, end in lines])
    if _width(characters) > WIDEST:
        return lines
    for widths, measured in ((characters, len), (characters + _wide_characters(text, lines), _columns)):
        full = _full_lines(text, lines, widths, measured)
        if full.sum() >= FEWEST_FULL_LINES and characters[full].sum() >= FULL_SHARE * characters.sum():
            return _joined(lines, full)
    return lines


def _wide_characters(text: str, lines: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """(lines,) characters that take two columns."""
    parts = [text[start:end] for start, end in lines]
    return np.array([0 if part.isascii() else sum(map(len, WIDE.findall(part))) for part in parts], dtype=np.int64)


def _columns(word: str) -> int:
    """Return the columns that a word takes.

    >>> _columns("風a")
    3
    """
    return len(word) + sum(map(len, WIDE.findall(word)))


def _first_word(text: str, start: int) -> str:
    match = FIRST_WORD.match(text, start)
    return match.group() if match else text[start]


def _width(widths: NDArray[np.int64]) -> int:
    """Return the width that all lines but the outliers keep to: their 98th percentile, rounded up to a line's."""
    return int(np.sort(widths)[math.ceil((len(widths) - 1) * (1 - OUTLIERS))])


def _full_lines(
    text: str, lines: Sequence[tuple[int, int]], widths: NDArray[np.int64], measured: Callable[[str], int]
) -> NDArray[np.bool_]:
    """(lines,) whether a line was full, so that the next one goes on with its paragraph."""
    width = _width(widths)
    full = np.zeros(len(lines), dtype=bool)
    if not NARROWEST <= width <= WIDEST:
        return full
    # A shorter line is not full, whatever follows: words of half the width and more are no words.
    for row in np.flatnonzero(widths[:-1] > width - width // 2).tolist():
        word = measured(_first_word(text, lines[row + 1][0]))
        if word < width // 2 and widths[row] + 1 + word > width:
            between = text[lines[row][1] : lines[row + 1][0]]
            full[row] = max(between.count("\n"), between.count("\r")) <= 1
    return full


def _joined(lines: Sequence[tuple[int, int]], full: np.ndarray) -> list[tuple[int, int]]:
    joined = [lines[0]]
    for row in range(1, len(lines)):
        if full[row - 1]:
            joined[-1] = (joined[-1][0], lines[row][1])
        else:
            joined.append(lines[row])
    return joined
