"""No page of n characters costs more than a constant times n.

These tests look at a clock, the processor's own, and judge growth alone, by factors: see `fuzz.growth` and
`fuzz.patterns`. ``python -m fuzz growth --size 400000`` does the same with pages of megabytes.
"""

from __future__ import annotations

import pytest
from fuzz import growth, patterns
from fuzz.hostile_pages import PAGES, HostilePage

import portalclean

SIZE = 8_000
"""Characters of the smaller page; the larger has eight times as many."""


@pytest.fixture(scope="module", autouse=True)
def _word_lists_are_read() -> None:
    for kind in ("html", "text"):
        portalclean.extract(PAGES["paragraphs"].make(2000), kind=kind).to_markdown()


@pytest.mark.parametrize("name", PAGES)
def test_pages(name: str) -> None:
    found = growth.growth_of(PAGES[name], SIZE)
    assert found.in_proportion, found


def test_a_page_that_costs_too_much_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def cubic(capture: str, **_: object) -> portalclean.Article:
        assert sum(1 for _ in range(len(capture) ** 3 // 100_000)) >= 0
        return portalclean.Article()

    monkeypatch.setattr(portalclean, "extract", cubic)
    growth.growth_of(HostilePage("text", lambda _: ""), SIZE)  # what is loaded late must not count
    assert not growth.growth_of(HostilePage("text", lambda size: "x" * size), SIZE // 8).in_proportion


@pytest.fixture(scope="module")
def sources() -> list[patterns.Source]:
    return patterns.collect()


OF_USERS = frozenset({"sites/files.py"})
"""Where patterns are compiled that whoever runs the library hands in; the guide to site rules says what they cost."""


def test_all_patterns_are_known(sources: list[patterns.Source]) -> None:
    places = {(source.module, source.line) for source in sources}
    missed = [
        (path, first)
        for path, first, last in patterns.call_sites()
        if path not in OF_USERS and not any((path, line) in places for line in range(first, last + 1))
    ]
    assert missed == [], "compile patterns at import or in a cached function without arguments, so that they are tested"


def test_patterns_compiled_on_the_fly_are_short() -> None:
    # They read words of our own, or lines that are bounded before; a repeat belongs into a constant, to be tested.
    repeats = [call for _, _, call in patterns.inline_patterns() if "*" in call.replace("*_", "") or "+" in call]
    assert repeats == []


def test_patterns(sources: list[patterns.Source]) -> None:
    slow = []
    for source in sources:
        found = patterns.growth_of(source)
        if found.last >= growth.QUADRATIC / 2:  # a character, where the other is of a page
            slow.append((source.module, source.line, source.pattern[:80], found))
    assert slow == []


@pytest.mark.parametrize(("engine", "pattern"), [("re", r"\s+$"), ("re", "a.*b"), ("regex", r"\s*[,;]")])
def test_a_pattern_that_costs_too_much_would_be_found(engine: str, pattern: str) -> None:
    source = patterns.Source("x.py", 1, engine, pattern, 0, False, ("scan",))
    assert patterns.growth_of(source).last >= growth.QUADRATIC / 2
