from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from portalclean.batch.readers import Format, Selection, read_pages
from portalclean.batch.record import InputPage

pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
pq = pytest.importorskip("pyarrow.parquet")
ROWS = 150


@pytest.fixture
def table() -> object:
    pages = [b"<p>page %d" % number for number in range(ROWS)]
    return pa.table({"id": range(ROWS), "html": pages, "url": [f"https://a.example/{n}" for n in range(ROWS)]})


def write(table: object, path: Path) -> None:
    match path.suffix:
        case ".parquet":
            pq.write_table(table, path, row_group_size=40)
        case ".arrow":
            with pa.ipc.new_file(path, table.schema) as writer:  # type: ignore[attr-defined]
                writer.write_table(table, max_chunksize=40)
        case ".arrows":
            with pa.ipc.new_stream(path, table.schema) as writer:  # type: ignore[attr-defined]
                writer.write_table(table, max_chunksize=100)


def read(path: Path, **selection: object) -> list[InputPage]:
    return list(read_pages([str(path)], Selection(**selection)))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["pages.parquet", "pages.arrow", "pages.arrows"])
def test_each_row_is_a_page(name: str, table: object, tmp_path: Path) -> None:
    write(table, tmp_path / name)
    pages = read(tmp_path / name)
    assert [page.capture for page in pages] == [b"<p>page %d" % number for number in range(ROWS)]
    assert [page.identity.row for page in pages] == list(range(ROWS))
    assert pages[7].identity.url == "https://a.example/7"
    assert 0 < sum(page.weight for page in pages) <= (tmp_path / name).stat().st_size


def test_named_columns_and_texts(tmp_path: Path) -> None:
    table = pa.table({"dump": ["a", None, "b"], "link": ["x", "y", None]})
    write(table, tmp_path / "pages.parquet")
    pages = read(tmp_path / "pages.parquet", column="dump", url_column="link")
    assert [(page.capture, page.identity.url) for page in pages] == [("a", "x"), (None, "y"), ("b", None)]
    assert pages[1].problem is not None


@pytest.mark.parametrize("name", ["pages.parquet", "pages.arrow"])
def test_a_table_without_the_column_says_what_it_has(name: str, table: object, tmp_path: Path) -> None:
    write(table, tmp_path / name)
    [page] = read(tmp_path / name, column="body")
    assert page.problem is not None
    assert page.problem.detail == "no column 'body'; the table has: id, html, url"


@pytest.mark.parametrize("name", ["pages.parquet", "pages.arrow", "pages.arrows"])
def test_a_broken_table_is_a_problem_behind_what_could_be_read(name: str, table: object, tmp_path: Path) -> None:
    write(table, tmp_path / name)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) * 2 // 3])
    *pages, broken = read(tmp_path / name)
    assert all(page.problem is None for page in pages)
    assert broken.problem is not None
    assert broken.problem.reason == "unreadable"
    (tmp_path / name).write_bytes(b"no table")
    [broken] = read(tmp_path / name)
    assert broken.problem is not None


def test_standard_input(table: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, form in (("pages.parquet", Format.PARQUET), ("pages.arrows", Format.ARROW)):
        write(table, tmp_path / name)
        stream = io.BytesIO((tmp_path / name).read_bytes())
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
        assert len(list(read_pages(["-"], Selection(input_format=form)))) == ROWS
