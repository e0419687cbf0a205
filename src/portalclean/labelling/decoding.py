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
IS_AREA = np.array([code not in ARTICLE for code in LABEL_CODES.values()])
LEAST = 1e-4
"""The smallest chance that counts: the network's are rounded to as many digits."""


def decoded(chances: FloatArray, transitions: FloatArray) -> CodeArray:
    """(units,) a label's code for each unit.

    ``chances`` is (units, labels); ``transitions`` (labels, labels) holds what it adds to the logarithm of a
    sequence's chance that a unit of the row's label is followed by one of the column's.
    """
    best: CodeArray = chances.argmax(axis=1).astype(np.int8)
    doubtful = np.flatnonzero((chances.max(axis=1) < SURE) & IS_AREA[best])
    if not len(doubtful):
        return best
    scores = np.log(np.maximum(chances, LEAST))
    scores[:, ARTICLE] = -np.inf
    # What stands on either side of a stretch is sure, and adds to its ends; nothing does at the ends of the page.
    apart = np.diff(doubtful) > 1
    first = doubtful[np.append(True, apart)]
    last = doubtful[np.append(apart, True)]
    inner, ended = first[first > 0], last[last < len(best) - 1]
    scores[inner] += transitions[best[inner - 1]]
    scores[ended] += transitions[:, best[ended + 1]].T
    # Most stretches are one unit long.
    single = first[first == last]
    best[single] = scores[single].argmax(axis=1)
    long = first < last
    for begin, end in zip(first[long].tolist(), last[long].tolist(), strict=True):
        best[begin : end + 1] = _likeliest(scores[begin : end + 1], transitions)
    return best


def _likeliest(scores: FloatArray, transitions: FloatArray) -> list[int]:
    """Return the codes of the likeliest sequence of a stretch."""
    total = scores[0]
    origins_of: list[list[int]] = []
    for row in scores[1:]:
        ways = total[:, None] + transitions
        origins_of.append(ways.argmax(axis=0).tolist())
        total = ways.max(axis=0) + row
    code = int(total.argmax())
    codes = [code]
    for origins in reversed(origins_of):
        code = origins[code]
        codes.append(code)
    return codes[::-1]
