"""Carry labels from one cut of a page to another: from gold lines to units, from blocks to gold lines.

Both cuts hold nearly the same characters in nearly the same order, and differ in white space, in where they
are cut, and in parts that only one of them has. So white space is taken out of both, the characters are
aligned in order (Indel distance: a longest common subsequence), and every aligned character carries its label
across.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Carried", "carry", "match_characters", "squeezed"]

NOTHING = -1
LARGEST_TABLE = 2_000_000_000
"""Cells of the table that an alignment may need, a bit each: 250 MB. Longer pairs are cut at an anchor."""
ANCHOR = 48
"""Characters of an anchor: a run this long that occurs once in each text is the same place in both."""
ANCHOR_TRIES = 200
"""Places to look for an anchor, going outwards from the middle, before the texts are cut in proportion."""


class Carried(NamedTuple):
    """What was carried to the pieces of the target."""

    counts: NDArray[np.int64]
    """(pieces, codes) characters of each piece that were aligned to a character with this code."""
    sizes: NDArray[np.int64]
    """(pieces,) characters of each piece that are not white space."""

    def majority(self, least: float = 0.5) -> NDArray[np.int64]:
        """Return each piece's commonest code, the lowest of equals.

        It is -1 where less than ``least``, a share, of the piece is aligned.
        """
        codes = self.counts.argmax(axis=1)
        aligned = self.counts.sum(axis=1)
        return np.where((aligned > 0) & (aligned >= least * self.sizes), codes, NOTHING)


def squeezed(text: str) -> str:
    """Return the text without its white space."""
    return "".join(text.split())


def carry(source: Sequence[str], codes: Sequence[int], target: Sequence[str], kinds: int) -> Carried:
    """Carry the codes (0 to ``kinds`` - 1) of the source's pieces to the target's pieces.

    >>> carry(["Home", "A long  walk"], [0, 1], ["Ho", "me A", "long walk", "ad"], kinds=2).counts.tolist()
    [[2, 0], [2, 1], [0, 8], [0, 0]]
    """
    before, after = [squeezed(piece) for piece in source], [squeezed(piece) for piece in target]
    places = match_characters("".join(before), "".join(after))
    of_source = np.repeat(np.asarray(codes, dtype=np.int64), [len(piece) for piece in before])
    sizes = np.array([len(piece) for piece in after], dtype=np.int64)
    of_target = np.repeat(np.arange(len(after)), sizes)
    matched = places != NOTHING
    cells = of_target[matched] * kinds + of_source[places[matched]]
    counts = np.bincount(cells, minlength=len(after) * kinds).reshape(len(after), kinds)
    return Carried(counts, sizes)


def match_characters(source: str, target: str) -> NDArray[np.int64]:
    """Return, for each character of the target, the place of its match in the source, or -1."""
    places = np.full(len(target), NOTHING, dtype=np.int64)
    for source_start, source_end, target_start, target_end in _stretches(source, target):
        left, right = source[source_start:source_end], target[target_start:target_end]
        for block in Indel.opcodes(left, right):
            if block.tag == "equal":
                first = source_start + block.src_start
                length = block.src_end - block.src_start
                begin = target_start + block.dest_start
                places[begin : begin + length] = np.arange(first, first + length)
    return places


def _stretches(source: str, target: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield (source start, source end, target start, target end), each pair small enough to be aligned."""
    waiting = [(0, len(source), 0, len(target))]
    while waiting:
        source_start, source_end, target_start, target_end = waiting.pop()
        if (source_end - source_start) * (target_end - target_start) <= LARGEST_TABLE:
            yield source_start, source_end, target_start, target_end
            continue
        cut, to = _anchor(source[source_start:source_end], target[target_start:target_end])
        cut, to = cut + source_start, to + target_start
        waiting += [(cut, source_end, to, target_end), (source_start, cut, target_start, to)]


def _anchor(source: str, target: str) -> tuple[int, int]:
    """Return a place in the source, near its middle, and the same place in the target."""
    middle = len(source) // 2
    for step in range(ANCHOR_TRIES):
        place = middle + (ANCHOR * (step // 2 + 1) if step % 2 else -ANCHOR * (step // 2))
        probe = source[max(place, 0) : max(place, 0) + ANCHOR]
        if 0 < place < len(source) - ANCHOR and source.count(probe) == target.count(probe) == 1:
            return place, target.index(probe)
    return middle, len(target) // 2
