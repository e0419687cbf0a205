"""Pages whose labels the test gives itself, so that an extractor is tested and no labeller."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

import portalclean
from portalclean import Label, Page, Reading, Verdicts
from portalclean.blocks import join_units
from portalclean.page import LABEL_CODES

__all__ = ["labelled"]


def labelled(
    capture: str, label: Label | Callable[[str], Label], url: str | None = None, kind: str = "text"
) -> Reading:
    """Return a capture as read up to its blocks, every unit with this label, or the one for its text."""
    page = portalclean.read(capture, url=url, kind=kind)
    reading = Reading(page, verdicts=_verdicts(page, label))
    joined = join_units(reading)
    return replace(reading, blocks=joined.blocks, first_units=joined.first_units)


def _verdicts(page: Page, label: Label | Callable[[str], Label]) -> Verdicts:
    codes = [LABEL_CODES[label if isinstance(label, Label) else label(text)] for text in page.texts]
    count = len(codes)
    return Verdicts(np.array(codes, dtype=np.int8), np.ones(count, dtype=np.float32), ["given"] * count)
