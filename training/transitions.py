"""How labels follow each other in the gold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from portalclean.page import LABELS
from training.examples import Example
from training.views import View

__all__ = ["transitions"]

SCALE = 0.7
"""What a transition counts beside the network's own chances, which know the neighbours already; of 0, 0.7, 1 and 1.5
it left the fewest wrong fields on the fixtures."""
SMOOTHING = 1.0
"""Added to every count, so that nothing is impossible."""


def transitions(examples: Sequence[Example]) -> np.ndarray:
    """(labels, labels) the scaled log of how often the column's label follows the row's."""
    counts = np.full((len(LABELS), len(LABELS)), SMOOTHING)
    for example in examples:
        if example.set != "portal" or example.view not in (View.HTML, View.RENDERED):
            continue
        codes = example.targets[example.labelled].argmax(axis=1)
        np.add.at(counts, (codes[:-1], codes[1:]), 1)
    logs: np.ndarray = (SCALE * np.log(counts / counts.sum(axis=1, keepdims=True))).astype(np.float32)
    return logs
