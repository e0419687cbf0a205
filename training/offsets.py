"""What is added to the labels' scores so that each has its best F1 on pages that the network has not seen.

Training counts rare labels for more than others and takes that off again, which gives fair chances; the best F1 of
a rare label asks for more than that, and of one that is found too often for less. They are found on the portal pages
by going up one label at a time. On pages of sites that neither they nor the network have seen they are worth .003 to
.012 of macro F1, and the mean F1 of bodies changes by .005 at most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from portalclean.page import LABELS, Label
from training.examples import Example
from training.scoring import Found, f1_of
from training.views import View

__all__ = ["Offsets", "label_offsets", "offsets_of_folds", "shifted"]

Offsets = Mapping[Label, float]
MOVED = tuple(label for label in LABELS if label not in (Label.TITLE, Label.BODY, Label.OTHER))
"""Titles are chosen one a page, the body by the loss on pages, and other is what is left."""
STEP = 0.25
LARGEST = 1.0
"""Offsets that went further would follow a page or two of the rarest labels."""
ROUNDS = 2
LEAST_GAIN = 1e-3
"""Macro F1 that a step must bring."""
LOWEST = 1e-6
"""Keeps logarithms finite."""

Units = tuple[NDArray[np.float64], NDArray[np.int64]]
"""(units, labels) log-probabilities and (units,) gold codes."""


def offsets_of_folds(examples: Sequence[Example], found: Found) -> dict[int, Offsets]:
    """Return for each fold the offsets that the pages of all other folds ask for."""
    folds = sorted({examples[member].fold for member in found})
    return {fold: label_offsets(examples, _without(examples, found, fold)) for fold in folds}


def label_offsets(examples: Sequence[Example], found: Found) -> Offsets:
    """Return the offsets with the best macro F1 over the portal pages, HTML counting as much as all dumps."""
    views = {view: units for view in View if (units := _units(examples, found, view)) is not None}
    offsets = np.zeros(len(LABELS))
    best = _score(views, offsets)
    for _ in range(ROUNDS):
        for code in map(LABELS.index, MOVED):
            for step in (-2 * STEP, -STEP, STEP, 2 * STEP):
                tried = offsets.copy()
                tried[code] += step
                if abs(tried[code]) <= LARGEST and (score := _score(views, tried)) > best + LEAST_GAIN:
                    best, offsets = score, tried
    return {label: float(offset) for label, offset in zip(LABELS, offsets, strict=True) if offset}


def shifted(p: NDArray[np.float32], offsets: Offsets) -> NDArray[np.float32]:
    """(units, labels) the probabilities after the offsets are added to the scores.

    >>> shifted(np.array([[0.5, 0.5] + [0.0] * 10], dtype=np.float32), {LABELS[0]: 1.0}).round(2)[0, :2].tolist()
    [0.7300000190734863, 0.27000001072883606]
    """
    odds = p * np.exp([offsets.get(label, 0.0) for label in LABELS])
    shares: NDArray[np.float32] = (odds / odds.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares


def _without(examples: Sequence[Example], found: Found, fold: int) -> Found:
    return {member: pair for member, pair in found.items() if examples[member].fold != fold}


def _units(examples: Sequence[Example], found: Found, view: View) -> Units | None:
    parts = [
        (np.log(p + LOWEST)[example.labelled], example.targets.astype(np.float32).argmax(axis=1)[example.labelled])
        for member, (p, _) in found.items()
        if (example := examples[member]).set == "portal" and example.view is view
    ]
    return (np.concatenate([p for p, _ in parts]), np.concatenate([gold for _, gold in parts])) if parts else None


def _score(views: Mapping[View, Units], offsets: NDArray[np.float64]) -> float:
    scores = {view: _macro(logs + offsets, gold) for view, (logs, gold) in views.items()}
    dumps = [score for view, score in scores.items() if view is not View.HTML]
    html = [score for view, score in scores.items() if view is View.HTML]
    return float(np.mean([np.mean(part) for part in (html, dumps) if part]))


def _macro(scores: NDArray[np.float64], gold: NDArray[np.int64]) -> float:
    pairs = np.bincount(gold * len(LABELS) + scores.argmax(axis=1), minlength=len(LABELS) ** 2)
    f1 = f1_of(pairs.reshape(len(LABELS), len(LABELS)))
    return float(np.mean([value for label, value in zip(LABELS, f1, strict=True) if label is not Label.OTHER]))
