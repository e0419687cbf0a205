from __future__ import annotations

import numpy as np

from portalclean import Label
from portalclean.labelling.decoding import decoded
from portalclean.page import LABELS

STAY = np.where(np.eye(len(LABELS), dtype=bool), -0.02, -3.0).astype(np.float32)
"""Every label is followed by itself, as a rule."""


def labels_of(rows: list[dict[Label, float]]) -> list[Label]:
    chances = np.array([[row.get(label, 0.0) for label in LABELS] for row in rows], dtype=np.float32)
    return [LABELS[code] for code in decoded(chances, STAY)]


LIST = {Label.RECOMMENDATION: 0.95}


def test_a_doubtful_line_does_not_break_a_list() -> None:
    doubtful = {Label.NAVIGATION: 0.5, Label.RECOMMENDATION: 0.4}
    assert labels_of([LIST, doubtful, doubtful, LIST]) == [Label.RECOMMENDATION] * 4


def test_a_sure_line_stands() -> None:
    assert labels_of([LIST, {Label.FOOTER: 0.9, Label.RECOMMENDATION: 0.1}, LIST])[1] is Label.FOOTER


def test_parts_of_the_article_stand_however_doubtful() -> None:
    title = {Label.TITLE: 0.4, Label.RECOMMENDATION: 0.35}
    assert labels_of([LIST, title, LIST])[1] is Label.TITLE


def test_doubtful_lines_are_never_made_body() -> None:
    doubtful = {Label.OTHER: 0.5, Label.BODY: 0.45}
    assert labels_of([{Label.BODY: 0.95}, doubtful, {Label.BODY: 0.95}])[1] is Label.OTHER


def test_a_page_without_doubt_is_left_alone() -> None:
    assert labels_of([LIST]) == [Label.RECOMMENDATION]
