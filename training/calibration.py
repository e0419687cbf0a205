"""The page's confidence: how the F1 that the network expects of itself relates to the F1 it gets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from training.examples import Example
from training.scoring import BODY, Found, body_scores

__all__ = ["calibrate", "coverage", "expected_and_real"]

EDGE = 1e-3
"""Keeps logits finite."""


def expected_and_real(examples: Sequence[Example], found: Found) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return for each page with a gold body the F1 that its probabilities promise, and the F1 that came true.

    The promise is the library's (``_confidence`` in its ``labelling/network.py``) but for what a unit weighs: here its
    words, as in `body_scores`, there its characters, which cost nothing to count. To weigh characters here too takes
    examples that hold them, and a new calibration in the weights. Neither promise counts the replies of a forum; the
    real F1 does.
    """
    real = body_scores(examples, found)
    expected = [_promised(examples[member].words, found[member][0]) for member in real]
    return np.clip(expected, EDGE, 1 - EDGE), np.array(list(real.values()))


def _promised(words: NDArray[np.float32], p: NDArray[np.float32]) -> float:
    chosen, chance = p.argmax(axis=1) == BODY, p[:, BODY]
    common = 2 * float((words * chance)[chosen].sum()) + 1
    return common / (float(words[chosen].sum()) + float((words * chance).sum()) + 1)


def coverage(examples: Sequence[Example], found: Found) -> dict[str, dict[str, float]]:
    """Return by set and view the mean real F1 of the surest 100, 90, 80 … 50 % of the pages."""
    curves: dict[str, dict[str, float]] = {}
    for part in sorted({(examples[member].set, examples[member].view) for member in found}):
        members = {m: pair for m, pair in found.items() if (examples[m].set, examples[m].view) == part}
        expected, real = expected_and_real(examples, members)
        surest = real[np.argsort(-expected, kind="stable")]
        curves[f"{part[0]} {part[1]}"] = {
            f"{share}%": round(float(surest[: max(len(surest) * share // 100, 1)].mean()), 4)
            for share in range(100, 40, -10)
            if len(surest)
        }
    return curves


def calibrate(examples: Sequence[Example], found: Found) -> tuple[float, float]:
    """Return slope and offset of the logistic curve from the expected F1's logit to the real F1 (Platt, 1999)."""
    expected, real = expected_and_real(examples, found)
    logit = np.log(expected / (1 - expected))
    slope, offset = 1.0, 0.0
    design = np.stack([logit, np.ones_like(logit)], axis=1)
    for _ in range(50):  # Newton's method on the cross-entropy
        p = 1 / (1 + np.exp(-(slope * logit + offset)))
        gradient = design.T @ (p - real)
        hessian = (design * (p * (1 - p))[:, None]).T @ design + 1e-6 * np.eye(2)
        slope, offset = np.array([slope, offset]) - np.linalg.solve(hessian, gradient)
    return round(float(slope), 4), round(float(offset), 4)
