from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render_examples import WALK, articles

from portalclean import Article, Evidence, Label
from portalclean.gold.check import NAME
from portalclean.render.html_report import SCRIPTS, STYLES, ReportPage, html_report
from portalclean.render.html_report.pages import page_name

ASSETS = files("portalclean.render.html_report").joinpath("assets")


def page(article: Article = WALK, file: str = "walk.html", capture: bytes = b"<p>\xb5") -> ReportPage:
    return ReportPage(file, article, capture, 0.001)


def island(report: str, name: str) -> dict[str, object]:
    (text,) = re.findall(rf'<script type="application/json" id="{name}">(.*?)</script>', report, re.DOTALL)
    values: dict[str, object] = json.loads(text)["values"]
    return values


def test_the_policy_names_the_script_and_the_style_that_stand_there() -> None:
    report = html_report([page()])
    for tag in ("style", "script"):
        ((content,), kind) = re.findall(rf"<{tag}>(.*?)</{tag}>", report, re.DOTALL), f"{tag}-src"
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in report
    assert "default-src 'none'" in report
    assert "unsafe" not in report


def test_the_assets_are_all_used_and_load_nothing() -> None:
    used = {*STYLES, *SCRIPTS, "template.html"}
    assert {asset.name for asset in ASSETS.iterdir()} == used
    for name in used:
        text = ASSETS.joinpath(name).read_text("utf-8")
        assert len(text.splitlines()) < 400
        assert not re.findall(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|@import|url\(|src=", text)


def test_the_blocks_and_the_capture_are_in_it() -> None:
    values = island(html_report([page()]), "page-0")
    assert [block["label"] for block in values["record"]["blocks"]] == ["title", "other", "body"]
    assert gzip.decompress(base64.b64decode(str(values["capture"]))) == b"<p>\xb5"


def test_the_same_pages_give_the_same_report() -> None:
    assert html_report([page()]) == html_report([page()])


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "{{script}}", "&lt;", "\u2028\u202e"])
def test_no_text_gets_out_of_the_data(text: str) -> None:
    plain = html_report([page(Article(title="x"), "x")])
    report = html_report([page(Article(title=text), text)])
    shape = r"<(?:/?script|!--)"
    assert len(re.findall(shape, report)) == len(re.findall(shape, plain))
    assert island(report, "overview")["pages"][0]["title"] == text


@settings(max_examples=30)
@given(articles)
def test_any_article_can_be_reported(article: Article) -> None:
    report = html_report([page(article)])
    report.encode("utf-8")
    assert island(report, "page-0")["record"]["title"] is None or article.title is not None


def test_pages_of_one_name_get_names_of_their_own() -> None:
    report = html_report([page(file=file) for file in ("a/1.html", "b/1.html", "1-2.html", "c/1.html")])
    names = [each["name"] for each in island(report, "overview")["pages"]]
    assert names == ["1", "1-2", "1-2-2", "1-3"]


def test_a_report_of_nothing_says_what_failed() -> None:
    overview = island(html_report([], {"a.html": "No such file"}), "overview")
    assert overview["failures"] == [{"file": "a.html", "reason": "No such file"}]


def test_rules_that_match_nothing_are_warnings() -> None:
    dead = Evidence("site_rules", "rule of a matches nothing", "select '.b'", chosen=False)
    report = html_report([page(Article(evidence=(dead,)))])
    assert island(report, "page-0")["warnings"] == ["rule of a matches nothing: select '.b'"]
    assert island(report, "overview")["pages"][0]["warnings"] == 1


def test_the_script_knows_every_label() -> None:
    colours = ASSETS.joinpath("colours.css").read_text("utf-8")
    assert island(html_report([page()]), "overview")["labels"] == list(Label)
    assert all(f'[data-label="{label}"] {{ --own:' in colours for label in Label)


@pytest.mark.parametrize(
    ("file", "name"),
    [("a/b.html", "b"), ("-", "page"), ("", "page"), ("..", "page"), ("x" * 300, "x" * 100), ("a\ud800.txt", "a")],
)
def test_the_name_of_a_page(file: str, name: str) -> None:
    assert page_name(file) == name


@given(st.text())
def test_the_name_of_any_file_is_one_that_gold_may_have(file: str) -> None:
    assert NAME.fullmatch(page_name(file))
