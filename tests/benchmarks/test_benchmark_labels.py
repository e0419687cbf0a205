from __future__ import annotations

from collections import Counter

import pytest
from benchmarks.corpora import SAMPLE, GoldLine, read_folder
from benchmarks.labels import confusion, label_f1, macro_f1

LINES = (
    GoldLine(1, "Home News", "navigation"),
    GoldLine(2, "A walk", "title"),
    GoldLine(4, "It was a long walk.", "body"),
    GoldLine(5, "Loading", "other"),
)


def test_gold_lines_score_one() -> None:
    for page in read_folder(SAMPLE):
        lines = page.gold.lines
        scores = label_f1(confusion([(line.label, line.text) for line in lines], lines))
        assert set(scores.values()) == {1.0}
        assert macro_f1(scores) == 1.0


def test_lines_take_the_label_of_most_of_their_characters() -> None:
    blocks = [("navigation", "Home"), ("share", "News A"), ("title", "walk"), ("body", "It was a long walk.")]
    assert confusion(blocks, LINES) == {
        ("navigation", "navigation"): 1,
        ("title", "title"): 1,
        ("body", "body"): 1,
        ("other", ""): 1,
    }


def test_no_blocks_miss_every_line() -> None:
    counts = confusion([], LINES)
    assert counts == Counter((line.label, "") for line in LINES)
    assert label_f1(counts) == {"body": 0.0, "navigation": 0.0, "title": 0.0}
    assert macro_f1({}) == 0.0


def test_other_has_no_score_but_its_lines_count_against_others() -> None:
    scores = label_f1(confusion([("body", line.text) for line in LINES], LINES))
    assert scores == {"body": pytest.approx(2 / 5), "navigation": 0.0, "title": 0.0}
