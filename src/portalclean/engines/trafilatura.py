"""trafilatura as a labeller: what it would keep is labelled ``body``, the rest ``other``.

For comparison and for a second opinion::

    from portalclean import Pipeline
    from portalclean.engines.trafilatura import label_by_trafilatura

    article = portalclean.extract(page, pipeline=Pipeline().replace("label", label_by_trafilatura))
"""

from __future__ import annotations

import numpy as np

from portalclean.errors import MissingExtra
from portalclean.page import LABEL_CODES, BoolArray, Label, Page, PageType, Verdicts
from portalclean.reading import Reading

__all__ = ["label_by_trafilatura"]

SHINGLE = 8
"""Characters of the runs by which a unit is found again in the engine's text."""
KEPT_SHARE = 0.7
"""Share of a unit's runs that the engine's text must have."""


def label_by_trafilatura(reading: Reading) -> Verdicts:
    """Label the page as trafilatura's main text and the rest; it reads HTML alone, so a dump is all ``other``.

    Raises `MissingExtra` when trafilatura is not installed.
    """
    page = reading.page
    kept = _kept(page, _main_text(page))
    codes = np.where(kept, LABEL_CODES[Label.BODY], LABEL_CODES[Label.OTHER]).astype(np.int8)
    reasons = ["trafilatura keeps it" if is_kept else "trafilatura leaves it out" for is_kept in kept.tolist()]
    kind = PageType.ARTICLE if kept.any() else PageType.OTHER
    return Verdicts(codes, np.full(len(page), 0.5, dtype=np.float32), reasons, kind, 0.5 if kept.any() else 0.0)


def _main_text(page: Page) -> str:
    try:
        import trafilatura
    except ImportError as error:
        raise MissingExtra("trafilatura is not installed; pip install 'portalclean[trafilatura]'") from error
    if page.markup is None or not page.markup.source.strip():
        return ""
    return trafilatura.extract(page.markup.source, include_comments=False, include_tables=True) or ""


def _kept(page: Page, text: str) -> BoolArray:
    """(units,) whether the engine's text has a unit: its line when it is short, most of its runs when longer."""
    lines = {"".join(line.split()) for line in text.splitlines()}
    whole = "".join(text.split())
    runs = {whole[start : start + SHINGLE] for start in range(max(len(whole) - SHINGLE + 1, 0))}
    return np.array([_has(lines, runs, "".join(unit.split())) for unit in page.texts], dtype=bool) & ~page.hidden


def _has(lines: set[str], runs: set[str], unit: str) -> bool:
    if unit in lines:
        return True
    own = [unit[start : start + SHINGLE] for start in range(len(unit) - SHINGLE + 1)]
    return len(own) > SHINGLE and sum(run in runs for run in own) >= KEPT_SHARE * len(own)
