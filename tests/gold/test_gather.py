from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.corpora import read_folder
from gold_pages import HTML, LINES, record, write

from portalclean import BrokenGold
from portalclean.gold.files import read_gold
from portalclean.gold.gather import gather


def gathered(tmp_path: Path, *records: object) -> Path:
    gather(read_gold(write(tmp_path / "given.jsonl", *records)), tmp_path / "set")
    return tmp_path / "set"


def test_a_set_is_what_the_benchmarks_and_the_training_read(tmp_path: Path) -> None:
    (page,) = read_folder(gathered(tmp_path, record()))
    assert (page.id, page.html(), page.text().decode()) == ("hill-1", HTML, LINES)
    assert [line.label for line in page.gold.lines] == ["navigation", "title", "byline", "body", "body"]
    assert "text" not in page.raw
    assert "html_gzip" not in page.raw


def test_a_page_captured_as_text_has_no_html(tmp_path: Path) -> None:
    folder = gathered(tmp_path, record(html_gzip=...))
    assert not (folder / "html").exists()
    (page,) = read_folder(folder)
    assert page.html() == b""


def test_a_newer_record_replaces_the_page_and_leaves_the_others(tmp_path: Path) -> None:
    gathered(tmp_path, record(), record(page="hill-2"))
    folder = gathered(tmp_path, record(note="corrected"))
    notes = [(page["page"], page["note"]) for page in map(json.loads, (folder / "gold.jsonl").read_text().splitlines())]
    assert notes == [("hill-1", "corrected"), ("hill-2", "")]


def test_text_is_needed(tmp_path: Path) -> None:
    with pytest.raises(BrokenGold, match="no text"):
        gathered(tmp_path, record(text=...))


def test_gold_of_a_set_can_be_gathered_into_another(tmp_path: Path) -> None:
    folder = gathered(tmp_path, record())
    assert gather(read_gold(folder), tmp_path / "other") == 1
    assert [(page.id, page.html()) for page in read_folder(tmp_path / "other")] == [("hill-1", HTML)]
