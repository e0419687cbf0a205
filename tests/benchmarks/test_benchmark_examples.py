from __future__ import annotations

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["alignment", "fields", "guard", "scoring"])
def test_examples_in_docstrings(name: str) -> None:
    outcome = doctest.testmod(import_module(f"benchmarks.{name}"))
    assert outcome.attempted > 0
    assert outcome.failed == 0
