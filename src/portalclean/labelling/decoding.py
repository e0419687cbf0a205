"""From chances to labels: the likeliest sequence, where the network is not sure of single units.

The areas around an article come in runs. Where the network is sure, or sees a part of the article, its label stands;
each stretch of doubtful units of the areas gets the likeliest sequence of areas under the gold's transitions (Viterbi,
1967), so that one doubtful line does not break a list in two. Titles and bylines are single lines: they gain nothing
by their neighbours, and lost 20 of 139 right titles on dumps when they were decoded too.
"""

from __future__ import annotations

import numpy as np

from portalclean.page import LABEL_CODES, CodeArray, FloatArray, Label

__all__ = ["decoded"]

SURE = 0.8
"""From this chance on a unit's label stands by itself."""
ARTICLE = [LABEL_CODES[label] for label in (Label.TITLE, Label.BYLINE, Label.BODY, Label.CAPTION, Label.BREADCRUMB)]
"""Labels that stand as the network gives them."""
LEAST = 1e-4
"""The smallest chance that counts: the network's are rounded to as many digits."""


def decoded(chances: FloatArray, transitions: FloatArray) -> CodeArray:
    """(units,) a label's code for each unit.

    ``chances`` is (units, labels); ``transitions`` (labels, labels) holds what it adds to the logarithm of a
    sequence's chance that a unit of the row's label is followed by one of the column's.
    """
    best = chances.argmax(axis=1)
    doubtful = np.flatnonzero((chances[np.arange(len(best)), best] < SURE) & ~np.isin(best, ARTICLE))
    scores = np.log(np.maximum(chances, LEAST))
    scores[:, ARTICLE] = -np.inf
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
