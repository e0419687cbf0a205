"""Join the units that one line or paragraph was split into, where their labels agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from portalclean.outline import NO_BLOCKS, Outline
from portalclean.page import (
    CONFIDENCE_DIGITS,
    LABEL_CODES,
    LABELS,
    Block,
    BoolArray,
    IntArray,
    Kind,
    Label,
    Origin,
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
        return Joined(NO_BLOCKS, ())
    firsts = np.flatnonzero(_begins(page, verdicts))
    first_units: list[int] = firsts.tolist()
    lasts = np.append(firsts[1:], len(page)) - 1
    if len(firsts) == len(page):
        texts = page.texts
    else:
        spans = zip(page.starts[firsts].tolist(), page.ends[lasts].tolist(), strict=True)
        texts = [page.text[start:end] for start, end in spans]
    codes, hidden = verdicts.labels[firsts].tolist(), page.hidden[firsts].tolist()
    tree = (page.markup.tags, page.markup.parents, page.markup.block[firsts]) if page.markup else None
    edges = (page.starts[firsts], page.ends[lasts]) if page.kind is Kind.TEXT else None
    records = _Records(texts, codes, hidden, first_units, verdicts, page.origins, tree, edges)
    return Joined(Outline(texts, codes, hidden, records.made), first_units)


@dataclass(frozen=True, slots=True)
class _Records:
    """What the records of a page's blocks are made of; not the page, for they outlive it and it holds the HTML."""

    texts: Sequence[str]
    codes: Sequence[int]
    hidden: Sequence[bool]
    first_units: Sequence[int]
    verdicts: Verdicts
    origins: Sequence[Origin]
    tree: tuple[Sequence[str], IntArray, IntArray] | None
    """Of an HTML page the tags and parents of all elements, and (blocks,) the row of each block's element."""
    edges: tuple[IntArray, IntArray] | None
    """(blocks,) starts and ends of a text dump's blocks."""

    def made(self) -> tuple[Block, ...]:
        """Return the records."""
        missing = [None] * len(self.texts)
        starts, ends = [edge.tolist() for edge in self.edges] if self.edges else (missing, missing)
        return tuple(
            map(
                Block,
                self.texts,
                [LABELS[code] for code in self.codes],
                self._confidences(),
                [self.verdicts.reasons[unit] for unit in self.first_units],
                self.hidden,
                [self.origins[unit] for unit in self.first_units],
                starts,
                ends,
                css_paths(*self.tree) if self.tree else missing,
            )
        )

    def _confidences(self) -> list[float]:
        """(blocks,) the least confidence of each block's units."""
        least = np.minimum.reduceat(self.verdicts.confidences, self.first_units)
        rounded: list[float] = least.astype(np.float64).round(CONFIDENCE_DIGITS).tolist()
        return rounded


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
