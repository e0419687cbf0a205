from __future__ import annotations

import numpy as np
import pytest
from training.examples import Example
from training.offsets import label_offsets, offsets_of_folds, shifted
from training.views import View

from portalclean.page import LABEL_CODES, LABELS, Label

CAPTION, RECOMMENDATION = LABEL_CODES[Label.CAPTION], LABEL_CODES[Label.RECOMMENDATION]
UNITS = 40


def example(fold: int, *, set_: str = "portal") -> Example:
    """Return a page half of whose units are captions, half recommendations."""
    targets = np.zeros((UNITS, len(LABELS)), dtype=np.float16)
    targets[: UNITS // 2, CAPTION] = targets[UNITS // 2 :, RECOMMENDATION] = 1
    nothing = np.zeros((UNITS, 0), dtype=np.float16)
    words, known = np.ones(UNITS, dtype=np.float32), np.ones(UNITS, dtype=bool)
    return Example(set_, "a", View.HTML, fold, "en", "article", None, nothing, None, words, targets, known, 0.0)


def timid(chance: float) -> tuple[np.ndarray, np.ndarray]:
    """Give captions this chance of being one, the others a twentieth, and the rest to recommendations."""
    p = np.zeros((UNITS, len(LABELS)), dtype=np.float32)
    p[:, CAPTION] = 0.05
    p[: UNITS // 2, CAPTION] = chance
    p[:, RECOMMENDATION] = 1 - p[:, CAPTION]
    return p, np.zeros(1, dtype=np.float32)


def test_a_label_that_is_found_too_seldom_is_raised_until_it_is_found() -> None:
    found = {0: timid(0.4)}
    offsets = label_offsets([example(0)], found)
    best = shifted(found[0][0], offsets).argmax(axis=1)
    assert (best[: UNITS // 2] == CAPTION).all()
    assert (best[UNITS // 2 :] == RECOMMENDATION).all()


def test_what_is_right_already_is_left_as_it_is() -> None:
    assert label_offsets([example(0)], {0: timid(0.9)}) == {}


@pytest.mark.parametrize("set_", ["wcxb", "augmented"])
def test_only_the_portal_pages_are_asked(set_: str) -> None:
    assert label_offsets([example(0), example(1, set_=set_)], {0: timid(0.9), 1: timid(0.4)}) == {}


def test_a_fold_gets_the_offsets_of_the_others() -> None:
    offsets = offsets_of_folds([example(0), example(1)], {0: timid(0.9), 1: timid(0.4)})
    assert offsets[1] == {}
    assert offsets[0] == label_offsets([example(1)], {0: timid(0.4)})


def test_shifted_chances_are_shares_of_one() -> None:
    p = shifted(timid(0.4)[0], {Label.CAPTION: 1.0})
    assert p.sum(axis=1) == pytest.approx(1)
    assert p[0, CAPTION] / p[0, RECOMMENDATION] == pytest.approx(0.4 / 0.6 * np.e, rel=1e-4)
