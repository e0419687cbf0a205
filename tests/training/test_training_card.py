from __future__ import annotations

import json
from pathlib import Path

from training.card import BEGIN, END, tables

ROOT = Path(__file__).resolve().parents[2]


def test_the_model_card_shows_the_scores_of_the_last_cross_validation() -> None:
    report = json.loads((ROOT / "training" / "scores.json").read_text("utf-8"))
    card = (ROOT / "docs" / "model-card.md").read_text("utf-8")
    shown = card.partition(BEGIN)[2].partition(END)[0]
    assert shown.strip() == tables(report)
