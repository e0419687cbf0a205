"""The table of docs/bad-input.md: its tests exist, its example runs, and the kinds that have no test elsewhere."""

from __future__ import annotations

import ast
import doctest
import re
from pathlib import Path

import pytest

import portalclean
from portalclean import EmptyBecause, UnknownEncoding

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "docs" / "bad-input.md"
NAMED = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TABLE.read_text("utf-8"))


def test_every_kind_names_its_test() -> None:
    rows = [
        row for row in TABLE.read_text("utf-8").split("## Kinds")[1].split("## ")[0].split("\n") if row.startswith("| ")
    ]
    assert len(NAMED) == len(rows[2:]) > 25


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_the_named_test_exists(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    assert not name or name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_the_example_runs() -> None:
    result = doctest.testfile(str(TABLE), module_relative=False, encoding="utf-8")
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("name", ["binary-picture.bin", "gzip.bin", "zip-head.bin", "pdf-head.bin"])
def test_files_of_other_kinds(name: str) -> None:
    capture = (ROOT / "fuzz" / "corpus" / name).read_bytes()
    article = portalclean.extract(capture)
    assert (article.blocks, article.text, article.empty_because) == ((), "", EmptyBecause.EMPTY)


def test_malformed_bytes_are_counted() -> None:
    article = portalclean.extract("<p>沂河镇的读书屋开了门\xff</p>".encode().replace(b"\xc3\xbf", b"\xff"))
    assert (article.encoding, article.replacements) == ("utf-8", 1)
    assert "\ufffd" in article.blocks[0].text


def test_an_unknown_encoding() -> None:
    with pytest.raises(UnknownEncoding, match="utf-9"):
        portalclean.extract(b"<p>x", encoding="utf-9")


def test_an_unknown_kind() -> None:
    with pytest.raises(ValueError, match="pdf"):
        portalclean.extract("x", kind="pdf")


@pytest.mark.parametrize(
    "stated",
    [
        "2023-13-45 25:61",
        "0000年00月00日",
        "9999-99-99T99:99:99Z",
        pytest.param(
            "31 Feb 2021",
            marks=pytest.mark.xfail(strict=True, reason="the month is believed when its day does not exist"),
        ),
    ],
)
def test_impossible_dates(stated: str) -> None:
    article = portalclean.extract(
        f'<meta property="article:published_time" content="{stated}"><h1>沂河镇的读书屋</h1><p>{stated}</p>'
        f"<p>{'傍晚散步的居民多了起来。' * 20}</p>"
    )
    assert article.published is None
