"""The columns of numbers that the network reads: one code path for training and for labelling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from portalclean.labelling.structure_features import structure_features
from portalclean.labelling.text_features import text_features
from portalclean.page import FloatArray, Kind, Page

__all__ = ["features"]


def features(page: Page) -> tuple[FloatArray, FloatArray | None]:
    """Return the text columns and, for HTML, the structure columns; each (units, columns).

    The page has at least one unit.
    """
    page = _without_gaps(page)
    measures, text = text_features(page)
    structure = structure_features(page, measures) if page.markup is not None else None
    return text, structure


def _without_gaps(page: Page) -> Page:
    """Return a dump with its units one to a line.

    The columns count what stands between units, too. A dump must not read otherwise because it was saved on another
    system, or with blank or indented lines; the network was taught on dumps without them.
    """
    if page.kind is not Kind.TEXT or _is_close(page):
        return page
    lengths = page.ends - page.starts
    pieces: Sequence[str] = page.texts
    # The text of a paragraph that was wrapped may be shorter than its place in the dump.
    if not np.array_equal(np.fromiter(map(len, pieces), dtype=np.int32, count=len(pieces)), lengths):
        pieces = [page.text[start:end] for start, end in zip(page.starts.tolist(), page.ends.tolist(), strict=True)]
    ends = np.cumsum(lengths + 1, dtype=np.int32) - 1
    return replace(page, text="\n".join(pieces), starts=ends - lengths, ends=ends)


def _is_close(page: Page) -> bool:
    """Tell whether the units follow each other with one character in between."""
    return bool(
        page.starts[0] == 0 and page.ends[-1] == len(page.text) and (page.starts[1:] == page.ends[:-1] + 1).all()
    )
