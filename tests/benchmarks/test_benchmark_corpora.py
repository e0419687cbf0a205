from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks.alignment import carry
from benchmarks.corpora import SAMPLE, Door, GoldPage, find_folders, read_folder, sampled

from portalclean import Label

RENDERED = 0.98
"""Share of a sample page's shown characters that its HTML must hold, in order."""


@pytest.fixture
def body_set(tmp_path: Path) -> Path:
    """A set in body form: one page annotated in full, one hardly at all."""
    folder = tmp_path / "news"
    for kind in ("html", "text"):
        (folder / kind).mkdir(parents=True)
    (folder / "html" / "a.html.gz").write_bytes(gzip.compress(b"<p>body"))
    (folder / "text" / "a.txt.gz").write_bytes(gzip.compress(b"body"))
    full = {"title": "T", "authors": ["X", "X", "Y"], "date": "2020-01-02", "body": "a\u2028b"}
    bare: dict[str, Any] = {"title": None, "authors": [], "date": "", "body": None}
    records = [_record("a", full, ["body"]), _record("b", bare, None)]
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    (folder / "gold.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    return folder


def _record(name: str, gold: dict[str, Any], snippets: list[str] | None) -> dict[str, Any]:
    return {
        "id": name,
        "url": f"https://{name}.example.org/x",
        "lang": "en",
        "page_type": "article",
        "gold": {**gold, "with": snippets, "without": None},
        "html": f"html/{name}.html.gz",
        "text": f"text/{name}.txt.gz",
    }


def test_body_form(body_set: Path) -> None:
    full, bare = read_folder(body_set)
    assert (full.set, full.id, full.site, full.language) == ("news", "a", "a.example.org", "en")
    assert full.capture(Door.HTML) == b"<p>body"
    assert full.capture(Door.TEXT) == b"body"
    assert full.gold.bodies == ("a\u2028b",)
    assert full.gold.title == ("T",)
    assert full.gold.authors == ("X", "Y")
    assert full.gold.published == {Door.HTML: ("2020-01-02",), Door.TEXT: ("2020-01-02",)}
    assert full.gold.wanted == ("body",)
    assert full.gold.unwanted == ()
    assert (bare.gold.bodies, bare.gold.title) == ((), None)
    assert (bare.gold.authors, bare.gold.published[Door.HTML]) == ((), ())


def test_folders_are_found_in_order(body_set: Path) -> None:
    assert list(find_folders([body_set, body_set.parent])) == [body_set, body_set]
    with pytest.raises(FileNotFoundError, match=r"no gold\.jsonl"):
        list(find_folders([body_set / "html"]))


def test_a_sample_is_the_same_every_time_and_in_order(body_set: Path) -> None:
    pages = list(read_folder(SAMPLE))
    some = sampled(pages, 3)
    assert [page.id for page in some] == [page.id for page in pages if page in some]
    assert {page.id for page in sampled(pages[::-1], 3)} == {page.id for page in some}
    assert sampled(pages, None) == sampled(pages, 99) == pages


def _portal_page(tmp_path: Path, **fields: Any) -> GoldPage:
    for kind in ("html", "text"):
        (tmp_path / kind).mkdir()
    (tmp_path / "text" / "p.txt").write_text("Home\n\n Head \nPicture\n\nText\nmore\n", "utf-8")
    known: dict[str, Any] = {"title": "Head", "authors": [], "source": None, "published": None}
    record = {
        "page": "p",
        "page_kind": "list",
        "lang": "en",
        "labels": [[1, 1, "nav"], [3, 3, "title"], [4, 4, "caption"], [6, 7, "body"]],
        "fields": {**known, **fields},
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    return next(read_folder(tmp_path))


def test_portal_form(tmp_path: Path) -> None:
    people = [
        {"name": "A", "role": "author"},
        {"name": "E", "role": "editor"},
        {"name": "R", "role": "reporter"},
    ]
    page = _portal_page(tmp_path, authors=people, source="S", subtitle="Sub")
    assert page.page_type == "listing"
    assert page.gold.bodies == ("Text\nmore", "Picture\nText\nmore")
    assert [tuple(line) for line in page.gold.lines[:2]] == [(1, "Home", "navigation"), (3, "Head", "title")]
    assert page.gold.title == ("Head", "Head Sub")
    assert page.gold.authors == ("A", "R")
    assert page.gold.source == ("S",)


@pytest.mark.parametrize(
    ("shown", "in_head", "text", "html"),
    [
        (None, None, (), ()),
        ("2020-01-02", None, ("2020-01-02",), ("2020-01-02",)),
        (None, "2020-01-03", (), ("2020-01-03",)),
        ("2020-01-02", "2020-01-03", ("2020-01-02",), ("2020-01-02", "2020-01-03")),
        (None, "unclear", (), None),
    ],
)
def test_dates_by_door(tmp_path: Path, shown: str | None, in_head: str | None, text: object, html: object) -> None:
    page = _portal_page(tmp_path, published=shown, published_html=in_head)
    assert page.gold.published == {Door.TEXT: text, Door.HTML: html}


@pytest.mark.parametrize("page", list(read_folder(SAMPLE)), ids=lambda page: page.id)
def test_the_sample_is_sound(page: GoldPage) -> None:
    text = page.text().decode("utf-8").split("\n")
    labelled = {n for first, last, _ in page.raw["labels"] for n in range(first, last + 1)}
    assert {number for number, line in enumerate(text, 1) if line.strip()} <= labelled <= set(range(1, len(text)))
    assert {line.label for line in page.gold.lines} <= set(Label)
    assert page.gold.title == (next(line.text for line in page.gold.lines if line.label == "title"),)
    assert all(any(name in line for line in text) for name in (*(page.gold.authors or ()), *(page.gold.source or ())))


@pytest.mark.parametrize("page", list(read_folder(SAMPLE)), ids=lambda page: page.id)
def test_the_sample_text_is_that_of_its_html(page: GoldPage) -> None:
    encodings = {"teahouse": "gb18030", "lighthouse": "cp932"}
    markup = page.html().decode(encodings.get(page.id, "utf-8"))
    carried = carry([markup], [0], [line.text for line in page.gold.lines], kinds=1)
    assert carried.counts.sum() >= RENDERED * carried.sizes.sum()
