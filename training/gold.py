"""Portal pages with their gold labels as verdicts: what an extractor sees behind a labeller that is never wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from benchmarks.corpora import GoldPage, Raw, read_folder

from portalclean.page import LABEL_CODES, Kind, Label, Origin, Page, Verdicts

__all__ = ["LabelledPage", "portal_pages"]


class LabelledPage(NamedTuple):
    """A page's rendered lines as units, their gold verdicts, and the whole gold record."""

    name: str
    page: Page
    verdicts: Verdicts
    record: Raw


def portal_pages(data: Path) -> Iterator[LabelledPage]:
    """Yield the portal pages of the development data, a unit a visible line, labelled by the gold."""
    for gold in read_folder(data / "portal"):
        yield LabelledPage(gold.id, *_labelled_lines(gold), gold.raw)


def _labelled_lines(gold: GoldPage) -> tuple[Page, Verdicts]:
    text = gold.text().decode("utf-8")
    lines = text.split("\n")
    offsets = np.cumsum([0, *(len(line) + 1 for line in lines)])
    starts = [int(offsets[line.number - 1]) + lines[line.number - 1].index(line.text) for line in gold.gold.lines]
    ends = [start + len(line.text) for start, line in zip(starts, gold.gold.lines, strict=True)]
    count = len(starts)
    page = Page(
        Kind.TEXT,
        text,
        np.array(starts, dtype=np.int32),
        np.array(ends, dtype=np.int32),
        np.array([line.number for line in gold.gold.lines], dtype=np.int32),
        np.zeros(count, dtype=bool),
        [Origin.PAGE] * count,
        [line.text for line in gold.gold.lines],
    )
    codes = [LABEL_CODES[Label(line.label)] for line in gold.gold.lines]
    return page, Verdicts(np.array(codes, dtype=np.int8), np.ones(count, dtype=np.float32), ["gold"] * count)
