"""From gold to targets: what share of each unit the gold gives to each label.

Two kinds of gold. A portal page has a label for every rendered line: all twelve labels are known. The other
sets give the body's text alone: of a unit is known only how much of it is body.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from benchmarks.alignment import carry, match_characters, squeezed
from benchmarks.corpora import GoldLine
from numpy.typing import NDArray

from portalclean.page import LABEL_CODES, LABELS, Label

__all__ = ["body_shares", "label_shares"]

SHORTEST_RUN = 8
"""Characters in a row that must match: an alignment scatters single letters of a short body over the menus."""
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
