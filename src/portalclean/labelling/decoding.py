"""From chances to labels: the likeliest sequence, where the network is not sure of single units.

Labels come in runs. Where the network is sure its label stands; each stretch between sure units gets the likeliest
sequence under the gold's transitions (Viterbi, 1967), so that one doubtful line does not break a list in two.
"""

from __future__ import annotations

import numpy as np

from portalclean.page import CodeArray, FloatArray

__all__ = ["decoded"]

SURE = 0.8
"""From this chance on a unit's label stands by itself."""
LEAST = 1e-4
"""The smallest chance that counts: the network's are rounded to as many digits."""


def decoded(chances: FloatArray, transitions: FloatArray) -> CodeArray:
    """(units,) a label's code for each unit.

    ``chances`` is (units, labels); ``transitions`` (labels, labels) holds what it adds to the logarithm of a
    sequence's chance that a unit of the row's label is followed by one of the column's.
    """
    best = chances.argmax(axis=1)
    doubtful = np.flatnonzero(chances[np.arange(len(best)), best] < SURE)
    scores = np.log(np.maximum(chances, LEAST))
    for stretch in np.split(doubtful, np.flatnonzero(np.diff(doubtful) > 1) + 1) if len(doubtful) else ():
        first, last = int(stretch[0]), int(stretch[-1])
        before = transitions[best[first - 1]] if first else np.zeros(scores.shape[1], dtype=np.float32)
        behind = transitions[:, best[last + 1]] if last + 1 < len(best) else np.zeros(scores.shape[1], dtype=np.float32)
        best[first : last + 1] = _likeliest(scores[first : last + 1], transitions, before, behind)
    codes: CodeArray = best.astype(np.int8)
    return codes


def _likeliest(scores: FloatArray, transitions: FloatArray, before: FloatArray, behind: FloatArray) -> list[int]:
    """Return the codes of the likeliest sequence of a stretch, given what stands on either side of it."""
    total = scores[0] + before
    origins_of: list[list[int]] = []
    for row in scores[1:]:
        ways = total[:, None] + transitions
        origins_of.append(ways.argmax(axis=0).tolist())
        total = ways.max(axis=0) + row
    code = int((total + behind).argmax())
    codes = [code]
    for origins in reversed(origins_of):
        code = origins[code]
        codes.append(code)
    return codes[::-1]
