"""From gold to targets: what share of each unit the gold gives to each label.

Two kinds of gold. A portal page has a label for every rendered line: all twelve labels are known. The other
sets give the body's text alone: of a unit is known only how much of it is body.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from benchmarks.alignment import carry, match_characters, squeezed
from benchmarks.corpora import GoldLine
from benchmarks.fields import normal
from numpy.typing import NDArray

from portalclean.page import LABEL_CODES, LABELS, Label

__all__ = ["HALF", "body_shares", "label_shares", "title_unit"]

SHORTEST_RUN = 8
"""Characters in a row that must match: an alignment scatters single letters of a short body over the menus."""
LATEST_TITLE = 3
"""Units behind the body's first one that a title may stand: a picture's caption or a lead now and then comes first."""
HALF = 0.5
"""Share of a unit that makes it one of a label's."""
WHOLE = 0.8
"""A unit that matches by this share may be shorter than that."""


def label_shares(lines: Sequence[GoldLine], units: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return (units, labels) the share of each label in each unit, and (units,) the share that has any gold."""
    codes = [LABEL_CODES[Label(line.label)] for line in lines]
    found = carry([line.text for line in lines], codes, units, len(LABELS))
    aligned = found.counts.sum(axis=1)
    shares = found.counts / np.maximum(aligned, 1)[:, None]
    return shares.astype(np.float32), (aligned / np.maximum(found.sizes, 1)).astype(np.float32)


def body_shares(body: str, units: Sequence[str]) -> NDArray[np.float32]:
    """Return (units,) the share of each unit's characters that the gold body has, in order."""
    pieces = [squeezed(unit) for unit in units]
    sizes = np.array([len(piece) for piece in pieces], dtype=np.int64)
    places = match_characters(squeezed(body), "".join(pieces))
    unit_of = np.repeat(np.arange(len(pieces)), sizes)
    matched = places >= 0
    begins = np.ones(len(places), dtype=bool)
    begins[1:] = (places[1:] != places[:-1] + 1) | (unit_of[1:] != unit_of[:-1])
    run = np.cumsum(begins) - 1
    lengths = np.bincount(run, weights=matched)[run] if len(run) else run
    whole = np.bincount(unit_of, weights=matched, minlength=len(sizes)) >= WHOLE * sizes
    counted = matched & ((lengths >= SHORTEST_RUN) | whole[unit_of])
    shares = np.bincount(unit_of, weights=counted, minlength=len(sizes)) / np.maximum(sizes, 1)
    return shares.astype(np.float32)


def title_unit(
    titles: Sequence[str], units: Sequence[str], body: NDArray[np.float32], hidden: NDArray[np.bool_] | None = None
) -> int | None:
    """Return the unit that is the title shown over the body; ``None`` when no shown unit says what the gold's does.

    Of several copies it is the last before the body: the others stand in menus and paths. Of the pages of WCXB and
    fundus that have a title in their gold, four of five have such a unit.
    """
    wanted = {normal(title) for title in titles}
    shown = range(len(units)) if hidden is None else np.flatnonzero(~hidden).tolist()
    found = [row for row in shown if normal(units[row]) in wanted]
    if not found:
        return None
    starts = np.flatnonzero(body > HALF)
    latest = int(starts[0]) + LATEST_TITLE if len(starts) else len(units)
    return max((row for row in found if row <= latest), default=found[0])
