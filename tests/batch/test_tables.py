from __future__ import annotations

import io
import sys
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest

from portalclean.batch.readers import Format, Selection, read_pages
from portalclean.batch.record import InputPage

pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
pq = pytest.importorskip("pyarrow.parquet")
from portalclean.batch.readers import tables  # noqa: E402

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


@pytest.mark.parametrize("name", ["pages.parquet", "pages.arrow", "pages.arrows"])
def test_text_that_is_no_utf_8_costs_its_row_alone(name: str, tmp_path: Path) -> None:
    write(pa.table({"html": pa.array([b"a", b"caf\xe9", b"b"]).view(pa.string())}), tmp_path / name)
    before, bad, after = read(tmp_path / name)
    assert (before.capture, after.capture, after.identity.row) == ("a", "b", 2)
    assert bad.problem is not None
    assert (bad.problem.reason, bad.identity.row) == ("unreadable", 1)
    assert bad.problem.detail.startswith("text that is no UTF-8: ")


@pytest.mark.parametrize("name", ["pages.arrow", "pages.arrows"])
@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary()])
def test_a_cell_that_lies_outside_its_column_is_not_read(name: str, kind: object, tmp_path: Path) -> None:
    size = 8 if kind == pa.large_string() else 4
    offsets = b"".join(place.to_bytes(size, "little", signed=True) for place in (0, 900_000, 1, 2))
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(b"ab")]
    write(pa.table({"html": pa.Array.from_buffers(kind, 3, buffers)}), tmp_path / name)
    [broken] = read(tmp_path / name)
    assert broken.problem is not None
    assert (broken.problem.reason, broken.identity.row) == ("unreadable", 0)


def test_rows_that_a_table_tells_of_and_does_not_hold_are_missed(
    table: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(table, tmp_path / "pages.parquet")
    whole = pq.ParquetFile.iter_batches
    monkeypatch.setattr(pq.ParquetFile, "iter_batches", lambda *file, **how: islice(whole(*file, **how), 1))
    *pages, broken = read(tmp_path / "pages.parquet")
    assert 0 < len(pages) < ROWS
    assert broken.problem is not None
    assert broken.problem.detail == f"{len(pages)} of the table's 150 rows are there"


def test_a_length_beyond_all_memory_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def batches(_: object) -> NoReturn:
        raise MemoryError

    monkeypatch.setattr(tables, "_record_batches", batches)
    (tmp_path / "pages.arrows").touch()
    [broken] = read(tmp_path / "pages.arrows")
    assert broken.problem is not None
    assert broken.problem.detail == "MemoryError"
