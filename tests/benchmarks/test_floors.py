"""Quality may rise and not fall: the floors stand in ``benchmarks/floors.json`` and are raised when beaten.

The development pages are those that the weights were fitted to: the floors guard against regressions and say nothing
of unseen pages.
"""

from __future__ import annotations

import json
from pathlib import Path
from statistics import fmean

import pytest
from benchmarks.corpora import Door, GoldPage, read_folder, sampled
from benchmarks.scoring import bag_f1, lcs_f1

import portalclean

ROOT = Path(__file__).resolve().parents[2]
FLOORS = json.loads((ROOT / "benchmarks" / "floors.json").read_text("utf-8"))
OWN = ROOT / "benchmarks" / "sample"
DATA = ROOT.parent / "shared" / "data"
PAGES = 60
"""Pages of each set of the development data; which ones depends on their names alone."""


def folder_of(name: str) -> Path:
    folder = OWN if name == "sample" else DATA / name
    if not folder.is_dir():
        pytest.skip(f"the development data is not here: {folder}")
    return folder


def body_f1(page: GoldPage, door: Door) -> float:
    text = portalclean.extract(page.capture(door), url=page.url, kind=str(door)).text
    score = bag_f1 if page.set == "wcxb" else lcs_f1
    return max(score(text, body) for body in page.gold.bodies)


@pytest.mark.parametrize("door", list(Door))
@pytest.mark.parametrize("name", list(FLOORS))
def test_body_f1_is_over_its_floor(name: str, door: Door) -> None:
    pages = [page for page in read_folder(folder_of(name)) if page.gold.bodies and page.gold.bodies[0]]
    found = fmean(body_f1(page, door) for page in sampled(pages, PAGES))
    floor = FLOORS[name][str(door)]
    assert found >= floor, f"{name} {door}: {found:.4f}"
