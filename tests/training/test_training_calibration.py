from __future__ import annotations

import numpy as np
import pytest
from training.calibration import coverage, expected_and_real
from training.examples import Example
from training.scoring import Found, scores
from training.views import View

from portalclean.page import LABEL_CODES, LABELS, Label

BODY, COMMENT, OTHER = (LABEL_CODES[label] for label in (Label.BODY, Label.COMMENT, Label.OTHER))
WORDS = np.array([10, 30, 20], dtype=np.float32)


def example(page_type: str, body: list[float]) -> Example:
    targets = np.zeros((len(WORDS), len(LABELS)), dtype=np.float16)
    targets[:, BODY] = body
    nothing = np.zeros((len(WORDS), 0), dtype=np.float16)
    known = np.zeros(len(WORDS), dtype=bool)
    return Example("wcxb", "a", View.HTML, 0, "en", page_type, None, nothing, None, WORDS, targets, known, 0.0)


def chances(*labels: int) -> tuple[np.ndarray, np.ndarray]:
    return np.eye(len(LABELS), dtype=np.float32)[list(labels)], np.zeros(1, dtype=np.float32)


EXAMPLES = [example("forum", [1, 1, 0]), example("article", [1, 1, 0]), example("article", [0, 0, 0])]
FOUND: Found = {number: chances(BODY, COMMENT, OTHER) for number in range(len(EXAMPLES))}


def test_replies_count_where_a_forum_is_read() -> None:
    expected, real = expected_and_real(EXAMPLES, FOUND)
    assert real.tolist() == pytest.approx([1.0, 2 * 10 / (10 + 40)])
    assert expected.tolist() == pytest.approx([0.999, 0.999])


def test_the_coverage_of_all_pages_is_their_mean() -> None:
    assert coverage(EXAMPLES, FOUND)["wcxb html"]["100%"] == pytest.approx(scores(EXAMPLES, FOUND)["wcxb html"]) == 0.7
