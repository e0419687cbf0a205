"""A short, fixed part of the fuzzing: the corpus, and drawn pages that are the same on every run."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz import TARGET_NAMES
from fuzz.inputs import captures
from hypothesis import HealthCheck, given, settings

pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
pytest.importorskip("fastwarc", reason="the extra warc is not installed")
from fuzz.targets import TARGETS

CORPUS = sorted((Path(__file__).parents[1] / "fuzz" / "corpus").iterdir())
FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*/capture.*"))
EXAMPLES = 100
"""Drawn pages of each target; ``python -m fuzz draw`` draws as many as one likes."""


def test_the_targets_are_listed() -> None:
    assert tuple(TARGETS) == TARGET_NAMES


def test_there_is_a_corpus() -> None:
    assert len(CORPUS) >= 20


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("path", [*CORPUS, *FIXTURES], ids=lambda path: f"{path.parent.name}-{path.name}")
def test_corpus(target: str, path: Path) -> None:
    TARGETS[target](path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_drawn_pages(target: str) -> None:
    checks = list(HealthCheck)
    fixed = settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=checks
    )
    given(captures)(fixed(TARGETS[target]))()
