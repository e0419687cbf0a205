"""The columns of numbers that the network reads: one code path for training and for labelling."""

from __future__ import annotations

from portalclean.labelling.structure_features import structure_features
from portalclean.labelling.text_features import text_features
from portalclean.page import FloatArray, Page

__all__ = ["features"]


def features(page: Page) -> tuple[FloatArray, FloatArray | None]:
    """Return the text columns and, for HTML, the structure columns; each (units, columns).

    The page has at least one unit.
    """
    measures, text = text_features(page)
    structure = structure_features(page, measures) if page.markup is not None else None
    return text, structure
