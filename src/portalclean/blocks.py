"""Join the units that one line or paragraph was split into, where their labels agree."""

from __future__ import annotations

import numpy as np

from portalclean.page import (
    CONFIDENCE_DIGITS,
    LABEL_CODES,
    LABELS,
    Block,
    BoolArray,
    Kind,
    Label,
    Page,
    Verdicts,
)
from portalclean.paths import css_paths
from portalclean.reading import Joined, Reading

__all__ = ["join_units"]


def join_units(reading: Reading) -> Joined:
    """Return the page's blocks; a page without a labeller's verdicts is all `Label.OTHER`."""
    page = reading.page
    verdicts = reading.verdicts or _unlabelled(page)
    if not len(page):
        return Joined((), ())
    firsts = np.flatnonzero(_begins(page, verdicts))
    lasts = np.append(firsts[1:], len(page)) - 1
    confidences = np.minimum.reduceat(verdicts.confidences, firsts).astype(np.float64).round(CONFIDENCE_DIGITS).tolist()
    paths = css_paths(page.markup, page.markup.block[firsts]) if page.markup else [None] * len(firsts)
    starts, ends = page.starts[firsts].tolist(), page.ends[lasts].tolist()
    is_text = page.kind is Kind.TEXT
    codes, hidden = verdicts.labels[firsts].tolist(), page.hidden[firsts].tolist()
    first_units = firsts.tolist()
    blocks = tuple(
        Block(
            page.text[start:end],
            LABELS[codes[row]],
            confidences[row],
            verdicts.reasons[first_units[row]],
            hidden[row],
            page.origins[first_units[row]],
            start if is_text else None,
            end if is_text else None,
            paths[row],
        )
        for row, (start, end) in enumerate(zip(starts, ends, strict=True))
    )
    return Joined(blocks, first_units)


def _begins(page: Page, verdicts: Verdicts) -> BoolArray:
    """(units,) whether a unit begins a new block: another line, label or visibility than the one before."""
    begins = np.ones(len(page), dtype=bool)
    begins[1:] = (
        (page.lines[1:] != page.lines[:-1])
        | (verdicts.labels[1:] != verdicts.labels[:-1])
        | (page.hidden[1:] != page.hidden[:-1])
    )
    return begins


def _unlabelled(page: Page) -> Verdicts:
    count = len(page)
    return Verdicts(
        np.full(count, LABEL_CODES[Label.OTHER], dtype=np.int8),
        np.zeros(count, dtype=np.float32),
        ["no labeller ran"] * count,
    )
