"""CSS paths of elements, so that a block can be found again in the parsed tree by any tool."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from portalclean.page import IntArray

__all__ = ["css_paths"]

MAX_STEPS = 256
"""Deeper paths are cut at the top: hostile pages nest by the thousand, real ones stay under 100 levels."""


def css_paths(tags: Sequence[str], parents: IntArray, rows: IntArray) -> list[str]:
    """Return a CSS path for each of these element rows, such as ``html>body:nth-child(2)>p:nth-child(1)``.

    ``tags`` and ``parents`` are those of all elements, as in `Markup`.
    A path over `MAX_STEPS` levels keeps its last steps, so it may then match more than one element.
    """
    ranks, above_of = _child_ranks(parents).tolist(), parents.tolist()
    known: dict[int, tuple[str, int]] = {0: ("", 0)}
    paths = []
    for row in rows.tolist():
        chain = []
        above = row
        while above not in known:
            chain.append(above)
            above = above_of[above]
        path, steps = known[above]
        for below in reversed(chain):
            step = tags[below] if not path else f"{tags[below]}:nth-child({ranks[below]})"
            path = f"{path}>{step}" if path and steps < MAX_STEPS else step
            steps = steps + 1 if steps < MAX_STEPS else 1
            known[below] = (path, steps)
        paths.append(path)
    return paths


def _child_ranks(parents: IntArray) -> IntArray:
    """(elements,) 1-based place of each element among its parent's element children."""
    order = np.argsort(parents, kind="stable")
    grouped = parents[order]
    starts = np.flatnonzero(np.r_[True, grouped[1:] != grouped[:-1]])
    ranks = np.empty(len(parents), dtype=np.int32)
    first = np.repeat(starts, np.diff(np.r_[starts, len(parents)]))
    ranks[order] = np.arange(len(parents)) - first + 1
    ranks[parents == 0] -= 1 if len(parents) and parents[0] == 0 else 0
    return ranks
