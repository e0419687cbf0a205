"""Scoring the labels of blocks against the labels of gold lines.

The unit that counts is the gold line, for both doors alike, each line once whatever its length. The blocks'
characters are aligned with the lines' characters, and a line gets the label that most of its characters
carry; a line of which less than half is found in any block has none, which is a miss. From HTML, hidden
blocks are left out: the gold labels what is seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from benchmarks.alignment import carry

if TYPE_CHECKING:
    from benchmarks.corpora import GoldLine
    from portalclean import Article

__all__ = ["Confusion", "confusion", "label_f1", "macro_f1", "shown_blocks"]

UNSCORED = "other"
"""A left-over label: it is no kind of thing, so it has no F1 of its own."""
NO_LABEL = ""

Confusion = Counter[tuple[str, str]]
"""Number of lines by (gold label, given label)."""


def shown_blocks(article: Article) -> tuple[tuple[str, str], ...]:
    """Return (label, text) of the blocks that are seen: those that are hidden or stand in linked data are left out."""
    shown = (block for block in article.blocks if not block.hidden and block.origin != "json-ld")
    return tuple((str(block.label), block.text) for block in shown)


def confusion(blocks: Sequence[tuple[str, str]], lines: Sequence[GoldLine]) -> Confusion:
    """Count the gold lines by their gold label and the label that the blocks, (label, text), give them."""
    names = sorted({label for label, _ in blocks})
    codes = [names.index(label) for label, _ in blocks]
    if not names:
        return Counter((line.label, NO_LABEL) for line in lines)
    carried = carry([text for _, text in blocks], codes, [line.text for line in lines], kinds=len(names))
    given = [names[code] if code >= 0 else NO_LABEL for code in carried.majority()]
    return Counter((line.label, label) for line, label in zip(lines, given, strict=True))


def label_f1(counts: Confusion) -> dict[str, float]:
    """Return the F1 over lines of every label that the gold has, but `UNSCORED`, by name."""
    scores = {}
    for label in sorted({gold for gold, _ in counts} - {UNSCORED}):
        gold = sum(count for (of_gold, _), count in counts.items() if of_gold == label)
        given = sum(count for (_, of_block), count in counts.items() if of_block == label)
        scores[label] = 2 * counts[label, label] / (gold + given)
    return scores


def macro_f1(scores: Mapping[str, float]) -> float:
    """Return the mean of the labels' F1; 0 when there are none."""
    return sum(scores.values()) / len(scores) if scores else 0.0
