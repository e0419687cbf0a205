"""What the pages of a host share, as evidence for the labels.

A unit that the labeller took for body without being sure, that is long enough to be no heading, and that stands on
another page of its host in the same words, is part of the site: a notice, a summary of the shop, a list of tags.
Nothing else is changed: short units recur in templates that belong to the article ("Ingredients"), and of the units
that the labeller is sure of, most that recur are body, of an article that was captured at two addresses.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from portalclean.memory import SiteMemory
from portalclean.page import LABEL_CODES, Label, Verdict
from portalclean.reading import Claims, Reading

if TYPE_CHECKING:
    from portalclean.pipeline import Stage

__all__ = ["remember"]

DOUBT = 0.5
"""Confidence below which a body unit is in doubt: the labeller gives all other labels together at least as much."""
LEAST_CHARACTERS = 60
"""Characters from which on a unit is judged."""
BODY = LABEL_CODES[Label.BODY]


def remember(memory: SiteMemory, host: str | None = None) -> Stage:
    """Return a stage, to stand after ``"label"``, that calls doubtful body units other when they recur on their host.

    The page's host is the one given, or that of its address. Without one, or with no other page of the host in the
    memory, nothing is changed; whether the page itself is in the memory makes no difference.
    """
    return partial(_recalled, memory, host)


def _recalled(memory: SiteMemory, host: str | None, reading: Reading) -> Claims:
    page, verdicts = reading.page, reading.verdicts
    if verdicts is None:
        return Claims({})
    doubtful = (verdicts.labels == BODY) & (verdicts.confidences < DOUBT)
    units = [unit for unit in np.flatnonzero(doubtful).tolist() if len(page.texts[unit]) >= LEAST_CHARACTERS]
    if not units:  # on most pages; hashing all their texts would be for nothing
        return Claims({})
    others = memory.others(page, host).tolist()
    return Claims(
        {
            unit: Verdict(Label.OTHER, float(verdicts.confidences[unit]), _reason(others[unit]))
            for unit in units
            if others[unit]
        }
    )


def _reason(others: int) -> str:
    """Say why.

    >>> _reason(1), _reason(12)
    ('stands on 1 other page of the host', 'stands on 12 other pages of the host')
    """
    return f"stands on {others:,} other page{'' if others == 1 else 's'} of the host"
