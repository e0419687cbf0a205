"""Pages with labels given by the test, so that an extractor is tested without a labeller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from portalclean import Label, Reading, Verdicts, read
from portalclean.blocks import join_units
from portalclean.page import LABEL_CODES


def labelled(capture: str, labels: Mapping[str, Label], *, kind: str = "html", url: str | None = None) -> Reading:
    """Return a page's reading; a unit gets the label of the first of these texts that stands in it."""
    page = read(capture, kind=kind, url=url)
    found = [next((label for part, label in labels.items() if part in text), Label.OTHER) for text in page.texts]
    for part in labels:
        assert any(part in text for text in page.texts), f"the page does not say {part!r}"
    verdicts = Verdicts(
        np.array([LABEL_CODES[label] for label in found], dtype=np.int8),
        np.ones(len(found), dtype=np.float32),
        ["given"] * len(found),
    )
    reading = Reading(page, verdicts=verdicts)
    joined = join_units(reading)
    return replace(reading, blocks=joined.blocks, first_units=joined.first_units)


def all_body(markup: str, *, url: str | None = None) -> Reading:
    """Return the reading of an HTML fragment whose every word is body."""
    return labelled(markup, {"": Label.BODY}, url=url)
