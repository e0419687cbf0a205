from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from portalclean.batch.readers import Format, Selection, jsonl, read_pages
from portalclean.batch.record import InputPage


def read(tmp_path: Path, lines: bytes, name: str = "pages.jsonl", **selection: object) -> list[InputPage]:
    (tmp_path / name).write_bytes(lines)
    return list(read_pages([str(tmp_path / name)], Selection(**selection)))  # type: ignore[arg-type]


def test_the_page_stands_in_the_column_that_is_named(tmp_path: Path) -> None:
    lines = b'{"id": 1, "body": "<p>\xe6\xb5\x8e\xe5\xae\x81", "link": "https://a.example/"}\n'
    [page] = read(tmp_path, lines, column="body", url_column="link")
    assert (page.capture, page.identity.row, page.identity.url) == ("<p>济宁", 0, "https://a.example/")


def test_html_goes_before_text_when_no_column_is_named(tmp_path: Path) -> None:
    lines = b'{"text": "t", "html": "h", "url": "u"}\n\n{"text": "t", "html": null, "url": 7}'
    first, second = read(tmp_path, lines)
    assert (first.capture, first.identity.url, first.identity.row) == ("h", "u", 0)
    assert (second.capture, second.identity.url, second.identity.row) == ("t", None, 2)


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        (b'{"html": "a"', "no JSON: "),
        (b"\xff\xfe", "no JSON: "),
        (b"[" * 100_000, "no JSON: "),
        (b"[1]", "no JSON object: list"),
        (b'{"id": 1}', "nothing in column 'html' or 'text'; the columns are: id"),
        (b'{"html": 5}', "column 'html' holds int, no page"),
    ],
)
def test_a_line_that_holds_no_page_is_a_problem_of_its_own(line: bytes, detail: str, tmp_path: Path) -> None:
    before, bad, after = read(tmp_path, b'{"html": "a"}\n' + line + b'\n{"html": "b"}\n')
    assert (before.capture, after.capture, after.identity.row) == ("a", "b", 2)
    assert bad.problem is not None
    assert (bad.problem.reason, bad.identity.row) == ("unreadable", 1)
    assert bad.problem.detail.startswith(detail)


def test_a_line_beyond_all_measure_is_passed_over_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 40)
    bad, after = read(tmp_path, json.dumps({"html": "a" * 500}).encode() + b'\n{"html": "b"}\n')
    assert bad.problem is not None
    assert bad.problem.reason == "too_large"
    assert (after.capture, after.identity.row, after.problem) == ("b", 1, None)


def test_packed_lines_and_where_they_break_off(tmp_path: Path) -> None:
    lines = b"".join(b'{"html": "%d"}\n' % number for number in range(2000))
    packed = gzip.compress(lines)
    whole = read(tmp_path, packed, "pages.jsonl.gz")
    assert [page.capture for page in whole] == [str(number) for number in range(2000)]
    assert sum(page.weight for page in whole) == len(packed)

    *pages, broken = read(tmp_path, packed[: len(packed) // 2], "pages.jsonl.gz")
    assert [page.capture for page in pages] == [str(number) for number in range(len(pages))]
    assert broken.problem is not None
    assert (broken.problem.reason, broken.identity.row) == ("unreadable", len(pages))

    damaged = packed[:400] + bytes(20) + packed[420:]
    *_, broken = read(tmp_path, damaged, "pages.jsonl.gz")
    assert broken.problem is not None


def test_the_weights_are_the_bytes_of_the_file(tmp_path: Path) -> None:
    lines = b'{"html": "a"}\n{"html": "bcd"}\n'
    assert sum(page.weight for page in read(tmp_path, lines)) == len(lines)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b'{"html": "a"}\n{"html": "b"}\n')))
    pages = list(read_pages(["-"], Selection(input_format=Format.JSONL)))
    assert [(page.identity.file, page.identity.row, page.capture) for page in pages] == [("-", 0, "a"), ("-", 1, "b")]
