"""Columns of features: small arithmetic that the text and the structure features share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from portalclean.page import FloatArray

__all__ = ["Columns", "UnitOf", "beside_largest", "log1p", "prose_run", "signed_log", "stacked"]

Columns: TypeAlias = Sequence[NDArray[np.generic]]
"""Arrays (units,) or (columns, units), to be put one below the other: a column is contiguous in memory."""
UnitOf: TypeAlias = NDArray[np.int64]
"""(characters,) the unit that each character of the page belongs to."""

PROSE_COST = 30.0
"""What a unit must say, in Latin letters' worth, before it adds to a run of prose."""
PROSE_CAP = 400.0
"""What a single unit adds at most."""


def stacked(count: int, columns: Columns) -> FloatArray:
    """(columns, units) all columns one below the other, in single precision."""
    return np.concatenate(columns, axis=None, dtype=np.float32).reshape(-1, count)


def log1p(values: NDArray[np.generic]) -> FloatArray:
    """Squash counts to log(1 + x)."""
    squashed: FloatArray = np.log1p(values.astype(np.float32, copy=False))
    return squashed


def signed_log(values: NDArray[np.generic]) -> FloatArray:
    """Squash distances to sign(x)·log(1 + |x|)."""
    numbers = values.astype(np.float32, copy=False)
    squashed: FloatArray = np.sign(numbers) * np.log1p(np.abs(numbers))
    return squashed


def beside_largest(values: FloatArray) -> Columns:
    """Return what part each value is of the largest, or of one if that is more, and which is the largest.

    >>> part, largest = beside_largest(np.array([1, 0, 4], dtype=np.float32))
    >>> part.tolist(), largest.tolist()
    ([0.25, 0.0, 1.0], [False, False, True])
    >>> beside_largest(np.zeros(2, dtype=np.float32))[1].tolist()
    [False, False]
    """
    place = int(values.argmax())
    largest = np.zeros(len(values), dtype=bool)
    largest[place] = values[place] > 0
    return [values / max(float(values[place]), 1.0), largest]


def prose_run(prose: FloatArray) -> Columns:
    """Return where each unit stands to the page's main run of prose: inside, and how far from its ends.

    The run is the one with the greatest sum of scores, as in maximum subsequence segmentation: Pasternack and
    Roth, "Extracting article text from the web with maximum subsequence segmentation" (WWW 2009).

    >>> inside, from_start, from_end = prose_run(np.array([9, 90, 20, 80, 5], dtype=np.float32))
    >>> inside.tolist()
    [False, True, True, True, False]
    """
    sums = np.zeros(len(prose) + 1)
    np.cumsum(np.minimum(prose, PROSE_CAP) - PROSE_COST, out=sums[1:])
    last = int((sums[1:] - np.minimum.accumulate(sums[:-1])).argmax())
    first = int(sums[: last + 1].argmin())
    distances = np.arange(len(prose)) - np.array([[first], [last]])
    return [(distances[0] >= 0) & (distances[1] <= 0), *signed_log(distances)]
