from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_examples import WALK, articles

from portalclean import Article, Block, Evidence, Label
from portalclean.render.report import LEGEND, NARROWEST_TEXT, Paper, _width, explain

STEERING = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), "\u202e", "\u2066", "\u200f"} - {"\n"}


def test_a_line_for_each_block() -> None:
    assert explain(WALK).splitlines()[:4] == [
        "0  title           0.980  heading          山路",
        "1  other           0.700  clock, hidden    2023-09-24 02:04:49",
        "2  body            0.912  prose, noscript  黎明出发。",
        "",
    ]


def test_each_field_with_its_evidence_and_the_candidates_that_lost() -> None:
    fields = explain(WALK).split(LEGEND + "\n")[1].splitlines()
    assert fields[:2] == [
        "title                = 山路",
        "                     + block 0, first heading: 山路",
    ]
    place = fields.index("published            = 2021-05-01T09:30:00+08:00")
    assert fields[place + 1] == "                     - block 1, a list's time: 2023-09-01"
    assert "                     + head, declared: zh-CN" in fields
    assert "recommendations      = 1 item" in fields
    assert "breadcrumbs          = 首页; 旅行" in fields
    assert "empty_because        = none" in fields


def test_evidence_for_a_field_of_another_name_is_shown_too() -> None:
    report = explain(Article(evidence=(Evidence("weather", "a cloud", "rain", 3, chosen=False),)))
    assert report.splitlines()[-2:] == [
        "weather              = none",
        "                     - block 3, a cloud: rain",
    ]


def test_an_empty_article_has_a_report() -> None:
    assert explain(Article()).startswith(f"\n{LEGEND}\n")


@given(articles, st.none() | st.integers(1, 200))
def test_nothing_of_the_page_steers_the_terminal(article: Article, width: int | None) -> None:
    report = explain(article, Paper(width))
    assert report.encode("utf-8")
    assert not STEERING & set(report)
    assert len(report.split("\n")) >= len(article.blocks) + len(article.evidence)


def test_colours_are_put_on_labels_and_never_on_text() -> None:
    report = explain(WALK, Paper(paint=lambda text, colour: f"<{colour}>{text}</>"))
    assert report.splitlines()[2] == "2  <green>body          </>  0.912  prose, noscript  黎明出发。"
    assert report.splitlines()[1].startswith("1  other           0.700")
    assert "<red>- block 1, a list's time: </>2023-09-01" in report


@pytest.mark.parametrize("width", [60, 80, 120])
def test_lines_are_cut_to_the_width_of_the_terminal(width: int) -> None:
    blocks = tuple(Block("济宁高新区a" * 40, label, 1.0, "rule") for label in Label)
    article = replace(WALK, blocks=blocks, title="长" * 100)
    lines = explain(article, Paper(width)).splitlines()
    assert max(map(_width, lines)) <= width
    assert all(line.endswith("…") and _width(line) >= width - 1 for line in lines[: len(blocks)])


def test_a_narrow_terminal_still_shows_some_text() -> None:
    block = Block("a" * 100, Label.BODY, 1.0, "rule")
    assert ("a" * (NARROWEST_TEXT - 1) + "…") in explain(Article(blocks=(block,)), Paper(10))
