"""The columns of numbers that the network reads: one code path for training and for labelling."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from portalclean.labelling.columns import Columns, stacked
from portalclean.labelling.structure_features import structure_features
from portalclean.labelling.text_features import text_features
from portalclean.page import FloatArray, Kind, Page

__all__ = ["all_columns", "features"]


def features(page: Page) -> tuple[FloatArray, FloatArray | None]:
    """Return the text columns and, for HTML, the structure columns; each (units, columns).

    The page has at least one unit.
    """
    text, structure = _columns(page)
    return stacked(len(page), text).T, stacked(len(page), structure).T if structure else None


def all_columns(page: Page) -> FloatArray:
    """(columns, units) the text columns and, for HTML, the structure columns behind them.

    A column is one row in memory, which is what the arithmetic on columns is fast on. The page has at least one unit.
    """
    text, structure = _columns(page)
    return stacked(len(page), [*text, *structure])


def _columns(page: Page) -> tuple[Columns, Columns]:
    page = _evenly_spaced(page)
    measures, text = text_features(page)
    return text, structure_features(page, measures) if page.markup is not None else []


def _evenly_spaced(page: Page) -> Page:
    """Return a dump with one line break between its units and one space wherever there is white space in one.

    How a dump is indented, wrapped or spaced says who wrote it, not what a unit is.
    """
    if page.kind is not Kind.TEXT:
        return page
    texts = [" ".join(text.split()) for text in page.texts]
    lengths = np.fromiter(map(len, texts), dtype=np.int32, count=len(texts))
    ends = np.cumsum(lengths + 1, dtype=np.int32) - 1
    return replace(page, text="\n".join(texts), starts=ends - lengths, ends=ends, texts=texts)
