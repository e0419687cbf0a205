from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest

from portalclean import Label, Reading, extract, read
from portalclean.labelling import network
from portalclean.labelling.network import label_by_network, load_network, probabilities
from portalclean.page import LABELS

MOST_BYTES = 500_000
"""What the weights may add to the wheel."""
PAGE = """Home | News | Sport
The hill road
By Ann Carter, 3 May 2021
Before dawn the carts went up the hill, one after another, and nobody spoke until the last of them was over.
"It was never like this before," said the man at the gate, who had counted them every morning for ten years.
Related articles
Copyright 2021 Hill News. All rights reserved."""


def test_every_unit_gets_a_verdict() -> None:
    page = read(PAGE, kind="text")
    verdicts = label_by_network(Reading(page))
    assert len(verdicts) == len(page)
    assert all(0 <= verdicts[unit].confidence <= 1 and verdicts[unit].reason for unit in range(len(page)))
    assert 0 <= verdicts.confidence <= 1


def test_prose_is_body_and_the_last_line_is_not() -> None:
    verdicts = label_by_network(Reading(read(PAGE, kind="text")))
    assert verdicts[3].label is verdicts[4].label is Label.BODY
    assert verdicts[6].label is Label.FOOTER


def test_an_empty_page_has_no_verdicts() -> None:
    assert len(label_by_network(Reading(read("", kind="text")))) == 0


def test_the_weights_are_small() -> None:
    path = files("portalclean.labelling").joinpath("weights.npz")
    assert len(path.read_bytes()) < MOST_BYTES


def test_probabilities_sum_to_one_and_are_rounded() -> None:
    chances, types = probabilities(read(PAGE, kind="text"), load_network())
    assert chances.shape[1] == len(LABELS)
    np.testing.assert_allclose(chances.sum(axis=1), 1, atol=1e-3)
    np.testing.assert_allclose(types.sum(), 1, atol=1e-3)


@pytest.fixture
def two_titles() -> tuple[np.ndarray, np.ndarray]:
    title = LABELS.index(Label.TITLE)
    chances = np.full((9, len(LABELS)), 0.01, dtype=np.float32)
    chances[:, LABELS.index(Label.BODY)] = 0.3
    chances[[1, 2, 8], title] = [0.9, 0.6, 0.7]
    return chances, chances.argmax(axis=1)


def test_one_title_a_page_with_its_neighbours(two_titles: tuple[np.ndarray, np.ndarray]) -> None:
    chances, best = two_titles
    network._keep_one_title(chances, best)
    labels = [LABELS[code] for code in best]
    assert labels[1] is labels[2] is Label.TITLE
    assert labels[8] is Label.BODY


ARTICLE = "往返海岛的渡轮于周二早上七点重新起航,首日共有三百多名乘客登船。"


def test_a_dump_of_an_article_alone_has_its_headline() -> None:
    assert extract(f"渡轮恢复通航\n2026-03-03 07:12 来源:海岸日报\n{ARTICLE}").title == "渡轮恢复通航"


def test_a_dump_without_a_headline_has_none() -> None:
    assert extract(ARTICLE).title is None
