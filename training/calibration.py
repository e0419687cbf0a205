"""The page's confidence: how the F1 that the network expects of itself relates to the F1 it gets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from training.examples import Example
from training.network import BODY
from training.scoring import MADE

__all__ = ["calibrate", "coverage", "expected_and_real"]

EDGE = 1e-3
"""Keeps logits finite."""


def expected_and_real(
    examples: Sequence[Example], found: dict[int, tuple[np.ndarray, np.ndarray]]
) -> tuple[np.ndarray, np.ndarray]:
    """Return for each page with a gold body the F1 that its probabilities promise, and the F1 that came true."""
    expected, real = [], []
    for member, (p, _) in found.items():
        example = examples[member]
        body = example.targets[:, BODY].astype(np.float32)
        wanted = float((example.words * body).sum()) + example.missed
        if not wanted or example.set in MADE:
            continue
        chosen = p.argmax(axis=1) == BODY
        words, chance = example.words, p[:, BODY]
        promised = 2 * float((words * chance)[chosen].sum()) + 1
        expected.append(promised / (float(words[chosen].sum()) + float((words * chance).sum()) + 1))
        real.append(2 * float((words * body)[chosen].sum()) / (float(words[chosen].sum()) + wanted))
    return np.clip(expected, EDGE, 1 - EDGE), np.array(real)


def coverage(
    examples: Sequence[Example], found: dict[int, tuple[np.ndarray, np.ndarray]]
) -> dict[str, dict[str, float]]:
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


def calibrate(examples: Sequence[Example], found: dict[int, tuple[np.ndarray, np.ndarray]]) -> tuple[float, float]:
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
