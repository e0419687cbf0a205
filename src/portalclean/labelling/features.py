"""The columns of numbers that the network reads: one code path for training and for labelling."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

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
    page = _with_plain_line_breaks(page)
    measures, text = text_features(page)
    return text, structure_features(page, measures) if page.markup is not None else []


def _with_plain_line_breaks(page: Page) -> Page:
    """Return a dump with one character for each line break between its units.

    What stands between units counts a little in the columns; a dump must not read otherwise because it was saved
    on another system.
    """
    if page.kind is not Kind.TEXT or "\r" not in page.text:
        return page
    edges = [0, *np.stack([page.starts, page.ends], axis=1).ravel().tolist(), len(page.text)]
    pieces = [page.text[start:end] for start, end in pairwise(edges)]
    pieces[::2] = [gap.replace("\r\n", "\n").replace("\r", "\n") for gap in pieces[::2]]
    places = np.cumsum([len(piece) for piece in pieces], dtype=np.int32)
    return replace(page, text="".join(pieces), starts=places[:-1:2], ends=places[1::2])
