"""Dates of the development pages, with gold labels."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from training.gold import portal_pages

from portalclean.blocks import join_units
from portalclean.extractors.dates import extract_dates
from portalclean.reading import Reading

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
RIGHT_FLOOR = 0.95
"""Share of the portal pages' dates, with gold labels, that must come out as the page states them."""
INVENTED_CEILING = 1
"""A front page whose gold has a headline; it needs the page's type, which line gold does not give."""


@pytest.mark.skipif(not (DATA / "portal").is_dir(), reason=f"no development data at {DATA}")
def test_portal_pages_as_text() -> None:
    counts = Counter[str]()
    for page in portal_pages(DATA):
        read = Reading(page.page, verdicts=page.verdicts)
        joined = join_units(read)
        read = replace(read, blocks=joined.blocks, first_units=joined.first_units)
        value = extract_dates(read).fields["published"]
        stated = page.record["fields"].get("published")
        if stated is None:
            counts["none" if value is None else "invented"] += 1
        else:
            shown = value.isoformat() if value else ""
            counts[
                "right"
                if min(len(shown), len(stated)) >= 7 and shown[: len(stated)] == stated[: len(shown)]
                else "wrong"
            ] += 1
    assert counts["invented"] <= INVENTED_CEILING, counts
    assert counts["right"] >= RIGHT_FLOOR * (counts["right"] + counts["wrong"]), counts
