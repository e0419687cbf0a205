from __future__ import annotations

from base64 import b64encode
from gzip import compress
from pathlib import Path
from typing import Any

import pytest
from benchmarks.corpora import SAMPLE
from gold_pages import fields, record, write

from portalclean import BrokenGold
from portalclean.gold.check import problems
from portalclean.gold.files import read_gold


def defects(tmp_path: Path, values: Any) -> list[str]:
    return [defect for found in read_gold(write(tmp_path / "gold.jsonl", values)) for defect in problems(found)]


def test_a_good_record_is_good(tmp_path: Path) -> None:
    assert defects(tmp_path, record()) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"page": "../a"}, "page: is '../a', must be a name of letters"),
        ({"page": 3}, "page: is 3, must be"),
        ({"page": ...}, "page: missing; it is a name"),
        ({"page_kind": "blog"}, "page_kind: is 'blog', must be one of article,"),
        ({"page_kind": ["article"]}, "page_kind: is ['article'], must be"),
        ({"lang": ""}, "lang: is '', must be a string"),
        ({"url": 1}, "url: is 1, must be"),
        ({"labels": {}}, "labels: is {}, must be a list"),
        ({"labels": [[1, 6, "menu"]]}, "labels[0]: no label 'menu'; there are: title, byline,"),
        ({"labels": [[1, 6]]}, "labels[0]: is [1, 6], must be [first line, last line, label]"),
        ({"labels": [[True, 6, "nav"]]}, "labels[0]: is [True, 6, 'nav'], must be"),
        ({"labels": [[1, 2, "nav"], [2, 6, "body"]]}, "labels[1]: the lines 2 to 6 do not follow line 2 in order"),
        ({"labels": [[5, 1, "nav"], [6, 6, "nav"]]}, "labels[0]: the lines 5 to 1 do not follow line 0 in order"),
        ({"labels": [[1, 7, "nav"]]}, "labels[0]: line 7 is behind the text's end; it has 6 lines"),
        ({"labels": [[1, 1, "nav"], [4, 5, "body"]]}, "labels: no label for lines 2, 6"),
        ({"labels": [[1, 5, "nav"]]}, "labels: no label for line 6"),
        ({"labels": [], "text": "a\n" * 9}, "labels: no label for lines 1, 2, 3, 4, 5 and 4 more"),
        ({"text": ...}, "text: missing; it stands in the record under 'text' or in the file text/hill-1.txt"),
        ({"html_gzip": "no"}, "html_gzip is no base64 of a gzip stream"),
        ({"html_gzip": b64encode(b"no").decode()}, "html_gzip is no base64 of a gzip stream"),
        ({"html_gzip": b64encode(compress(b"page")[:-9]).decode()}, "html_gzip is cut off or over the limit"),
        ({"html_gzip": b64encode(compress(bytes(40_000_000))).decode()}, "html_gzip is cut off or over the limit"),
        ({"fields": None}, "fields: is None, must be an object"),
        ({"fields": fields(titel="a")}, "fields.titel: there is no such field"),
        ({"fields": fields(title=...)}, "fields.title: missing; it is a string"),
        ({"fields": fields(title=" ")}, "fields.title: is ' ', must be a string that is not blank, or null"),
        ({"fields": fields(published="2021-02-30")}, "fields.published: is '2021-02-30', must be an ISO 8601 date"),
        ({"fields": fields(published="3 May 2021")}, "fields.published: is '3 May 2021', must be"),
        ({"fields": fields(published="2021-05-03T25:00")}, "fields.published: is '2021-05-03T25:00', must be"),
        ({"fields": fields(published_html="perhaps")}, "fields.published_html: is 'perhaps', must be"),
        ({"fields": fields(authors=["Ann"])}, 'fields.authors: is [\'Ann\'], must be a list of {"name", "role"}'),
        ({"fields": fields(authors=[{"name": "Ann", "role": []}])}, "fields.authors: is [{"),
        ({"fields": fields(authors=[{"name": "Ann", "role": "boss"}])}, "roles are author, reporter,"),
        ({"fields": fields(recommendations=-1)}, "fields.recommendations: is -1, must be a number"),
        ({"fields": fields(recommendations=True)}, "fields.recommendations: is True, must be a number"),
        ({"fields": fields(section="Home")}, "fields.section: is 'Home', must be a list"),
        ({"fields": fields(keywords=[""])}, "fields.keywords: is [''], must be a list"),
    ],
)
def test_a_defect_is_named(changes: dict[str, Any], message: str, tmp_path: Path) -> None:
    defect, *_ = defects(tmp_path, record(**changes))
    assert message in defect


@pytest.mark.parametrize(
    "changes",
    [
        {"site": "hill"},
        {"html_gzip": ...},
        {"labels": [[1, 6, "body"]]},
        {"fields": fields(published="2021-05-03T09:30+02:00", published_html="unclear", subtitle="a")},
        {"fields": fields(title=None, published=None, authors=[])},
        {"text": "", "labels": []},
        {"made_by": "another tool"},
    ],
)
def test_what_may_be_may_be(changes: dict[str, Any], tmp_path: Path) -> None:
    assert defects(tmp_path, record(**changes)) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", r"gold.jsonl:1: no JSON"),
        (b'\n{"page": "a"}\n[]', r"gold.jsonl:3: a record is a JSON object, not list"),
        (b"\xff\xfe", "no JSON"),
        (b"[" * 100_000, "no JSON"),
    ],
)
def test_what_is_no_gold_says_where(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(BrokenGold, match=message):
        list(read_gold(path))


def test_no_file_is_an_error(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent"):
        with pytest.raises(BrokenGold, match="No such file"):
            list(read_gold(path))


def test_the_sample_is_good_gold() -> None:
    records = list(read_gold(SAMPLE))
    assert len(records) == 6
    assert [defect for found in records for defect in problems(found)] == []


def test_the_development_pages_are_good_gold(portal_data: Path) -> None:
    records = list(read_gold(portal_data))
    assert len(records) == 183
    assert [(found.page, defect) for found in records for defect in problems(found)] == []
