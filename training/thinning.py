"""Pages with less on them: articles cut to their first words, and areas left out, with all else as it was.

The shortest articles stand under the longest feeds, and no peer finds them. The gold has few of them, so they are made:
an article is cut to its first paragraphs, some areas around it are dropped. The features are computed anew from what
is left.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from portalclean.page import Link, Markup, Page

__all__ = ["BODY", "kept_units", "thinned"]

BODY = "body"
ARTICLE = frozenset({BODY, "title", "byline", "caption", "breadcrumb"})
"""Labels that no area is left out for."""
CUT = 0.7
"""How often the article is cut."""
LEFT_OUT = 0.15
"""How often an area is left out."""
LEAST = 60
"""Characters of a cut article at least."""


def kept_units(texts: Sequence[str], labels: Sequence[str | None], chance: random.Random) -> NDArray[np.bool_]:
    """(units,) which units stay; a label is ``None`` where it is not known what a unit is besides not the body."""
    keep = np.ones(len(texts), dtype=bool)
    body = [row for row, label in enumerate(labels) if label == BODY]
    if body and chance.random() < CUT:
        count, left = 0, chance.choice((1, 1, 2, 3, 5))
        for number, row in enumerate(body):
            keep[row] = number < left or count < LEAST
            count += len(texts[row])
    first = 0
    for label, run in groupby(labels):
        size = len(list(run))
        if label is not None and label not in ARTICLE and chance.random() < LEFT_OUT:
            keep[first : first + size] = False
        first += size
    return keep


def thinned(page: Page, keep: NDArray[np.bool_]) -> Page:
    """Return a page with some of its units alone; ``keep`` is (units,), and at least one stays."""
    edges = np.append(page.starts, len(page.text))
    rows = np.flatnonzero(keep)
    lead = int(page.starts[0])
    pieces = [page.text[edges[row] : edges[row + 1]] for row in rows]
    sizes = np.array([len(piece) for piece in pieces])
    starts = lead + np.cumsum(sizes) - sizes
    return dataclasses.replace(
        page,
        text=page.text[:lead] + "".join(pieces),
        starts=starts.astype(page.starts.dtype),
        ends=(starts + (page.ends - page.starts)[rows]).astype(page.ends.dtype),
        lines=page.lines[rows],
        hidden=page.hidden[rows],
        origins=[page.origins[row] for row in rows.tolist()],
        texts=[page.texts[row] for row in rows.tolist()],
        markup=None if page.markup is None else _thinned_markup(page.markup, keep, starts - page.starts[rows]),
    )


def _thinned_markup(markup: Markup, keep: NDArray[np.bool_], shifts: NDArray[np.int64]) -> Markup:
    """Return the markup with the units renumbered; elements stay as they are. ``shifts`` is (kept units,)."""
    rows = np.flatnonzero(keep)
    shift_of = dict(zip(rows.tolist(), shifts.tolist(), strict=True))
    # A picture stands before a unit: the next one that is left, or behind the last.
    new = np.append(np.cumsum(keep) - keep, len(rows)).tolist()
    return dataclasses.replace(
        markup,
        inner=markup.inner[rows],
        block=markup.block[rows],
        links=[
            Link(new[link.unit], link.start + shift_of[link.unit], link.end + shift_of[link.unit], link.href)
            for link in markup.links
            if keep[link.unit]
        ],
        images=[image._replace(unit=new[image.unit]) for image in markup.images],
        times=[(new[unit], moment) for unit, moment in markup.times if unit < len(keep) and keep[unit]],
    )
