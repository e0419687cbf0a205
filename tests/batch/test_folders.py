from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from portalclean.batch.readers import Selection, read_pages, total_bytes
from portalclean.batch.record import InputPage
from portalclean.page import Limits


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with pages, one of them below, and a folder of results in it."""
    monkeypatch.chdir(tmp_path)
    for name in ("news/b.html", "news/a.html", "news/sports/c.html", "news/sports/c.txt", "news/out/shard.jsonl"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(b"<p>page")
    return tmp_path


def files(pages: list[InputPage]) -> list[str]:
    return [page.identity.file for page in pages]


def read(*inputs: str, **selection: object) -> list[InputPage]:
    return list(read_pages(inputs, Selection(**selection)))  # type: ignore[arg-type]


def test_a_folder_is_read_to_the_bottom_in_the_order_of_the_names() -> None:
    pages = read("news", output="news/out")
    assert files(pages) == ["news/a.html", "news/b.html", "news/sports/c.html", "news/sports/c.txt"]
    assert [page.path for page in pages] == files(pages)
    assert {page.weight for page in pages} == {7}


def test_inputs_keep_the_order_in_which_they_are_given() -> None:
    assert files(read("news/b.html", "news/sports", "news/a.html"))[0] == "news/b.html"


def test_patterns_are_held_against_the_name_or_the_path_below_the_folder() -> None:
    assert files(read("news", include=("*.html",))) == ["news/a.html", "news/b.html", "news/sports/c.html"]
    assert files(read("news", include=("*.html",), exclude=("sports/*", "a*"))) == ["news/b.html"]
    assert files(read("news/sports/c.txt", include=("*.html",))) == ["news/sports/c.txt"]


def test_a_table_in_a_folder_is_read_as_one() -> None:
    Path("news/out/shard.jsonl").write_text('{"html": "<p>a"}\n{"html": "<p>b"}\n', encoding="utf-8")
    assert [(page.identity.file, page.identity.row) for page in read("news/out")] == [
        ("news/out/shard.jsonl", 0),
        ("news/out/shard.jsonl", 1),
    ]


def test_the_bytes_of_the_input_are_those_of_the_files_that_are_read() -> None:
    assert total_bytes(["news", "news/a.html", "absent"], Selection(include=("*.html",))) == 4 * 7


def test_what_is_not_there_is_a_page_with_a_problem() -> None:
    Path("news/dangling.html").symlink_to("nowhere")
    for page in (*read("absent.html"), *read("news", include=("dangling*",))):
        assert page.problem is not None
        assert (page.problem.reason, page.problem.detail) == ("unreadable", "No such file or directory")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipes_in_a_folder_are_refused_and_links_to_folders_are_not_entered() -> None:
    os.mkfifo("news/pipe.html")
    Path("news/circle").symlink_to(".")
    *pages, pipe, _, _ = read("news", output="news/out")
    assert files(pages) == ["news/a.html", "news/b.html"]
    assert pipe.problem is not None
    assert pipe.problem.detail == "neither a file nor a folder"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are Unicode there")
def test_a_name_that_is_no_utf_8_is_read_and_told_apart() -> None:
    for name in (b"news/caf\xe9.html", b"news/caf\xe8.html"):
        Path(os.fsdecode(name)).write_bytes(b"<p>page")
    pages = read("news", include=("caf*",))
    assert files(pages) == [r"news/caf\xe8.html", r"news/caf\xe9.html"]
    assert [Path(page.path or "").read_bytes() for page in pages] == [b"<p>page"] * 2


def test_standard_input_is_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"<p>page")))
    [page] = read("-")
    assert (page.identity.file, page.capture, page.problem) == ("-", b"<p>page", None)
    monkeypatch.setattr("portalclean.batch.readers.folders.Limits", lambda: Limits(bytes=3))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"<p>page")))
    [page] = read("-")
    assert page.problem is not None
    assert page.problem.reason == "too_large"
