"""The fuzz targets of what a batch reads: its files, good but for a few bytes, and batches of Arrow.

Whatever is in a file, each record gives a page or says what is wrong with it, and none is lost without a word.
"""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from fuzz.damage import ARCHIVE, CAPTURES, LINES, arrow, damaged, packed, parquet, unharmed
from portalclean import ColumnError, Limits
from portalclean.batch.readers import Format, Selection, jsonl, read_pages, tables, warc
from portalclean.batch.record import InputPage, failed, reject
from portalclean.engines.arrow import ArrowExtractor

__all__ = ["fuzz_archive", "fuzz_arrow", "fuzz_columns", "fuzz_lines", "fuzz_parquet"]

READERS = (jsonl, warc, tables)
"""Loaded here, where a fuzzer watches what is loaded; `read_pages` would load each when it is first needed."""
LIMITS = Limits(bytes=1 << 16, units=5_000, depth=200)
PACKED_ARCHIVE = packed(ARCHIVE)
PARQUET = (parquet("none"), parquet("snappy"))
ARROW = (arrow(pa.ipc.new_file), arrow(pa.ipc.new_stream))


def fuzz_lines(data: bytes) -> None:
    """JSON Lines: a line that is no page costs itself alone."""
    broken = damaged(b"".join(LINES), data)
    pages, lines = _read(broken, Format.JSONL), broken.split(b"\n")
    assert [page.identity.row for page in pages] == [row for row, line in enumerate(lines) if line.strip()]
    whole = dict(zip((line.strip() for line in LINES), CAPTURES, strict=True))
    for page in pages:
        line = lines[page.identity.row or 0]
        assert line not in whole or page.capture == whole[line]


def fuzz_archive(data: bytes) -> None:
    """WARC: the records before all damage are read, and of a packed archive those behind it."""
    is_packed = len(data) % 2 == 1
    parts = PACKED_ARCHIVE if is_packed else ARCHIVE
    broken = damaged(b"".join(parts), data)
    captures = [page.capture for page in _read(broken, Format.WARC) if page.capture is not None]
    before, behind = unharmed(parts, broken)
    whole: list[bytes | str] = [capture.encode() for capture in CAPTURES]
    assert captures[:before] == whole[:before]
    if is_packed and behind:
        assert captures[-behind:] == whole[-behind:]


def fuzz_parquet(data: bytes) -> None:
    """Parquet: all rows that its foot tells of, or a word on where they end."""
    broken, pages = _read_rows(data, PARQUET, Format.PARQUET)
    if all(page.problem is None for page in pages):
        assert len(pages) >= pq.read_metadata(io.BytesIO(broken)).num_rows


def fuzz_arrow(data: bytes) -> None:
    """Arrow files and streams, which hold memory as it was: nothing in it may be believed."""
    _read_rows(data, ARROW, Format.ARROW)


def _read_rows(data: bytes, files: Sequence[bytes], form: Format) -> tuple[bytes, list[InputPage]]:
    """Return one of the files with damage done to it, and its pages: one for each row, in order."""
    whole = files[len(data) % len(files)]
    broken = damaged(whole, data)
    pages = _read(broken, form)
    assert [page.identity.row for page in pages] == list(range(len(pages)))
    if broken == whole:
        assert [page.capture for page in pages] == CAPTURES
    return broken, pages


def _read(file: bytes, form: Format) -> list[InputPage]:
    """Return the pages of a file: each a capture, or a problem that can be written down."""
    with tempfile.NamedTemporaryFile() as stored:
        Path(stored.name).write_bytes(file)
        pages = list(read_pages([stored.name], Selection(input_format=form)))
    for page in pages:
        assert (page.capture is None) is not (page.problem is None)
        assert page.weight >= 0
        if page.problem is not None:
            json.dumps(reject(failed(page, page.problem)), ensure_ascii=False).encode()
    return pages


COLUMN_TYPES = (
    *(pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), pa.binary_view()),
    *(pa.dictionary(pa.int32(), pa.string()), pa.dictionary(pa.int32(), pa.binary())),
    *(pa.null(), pa.int64(), pa.list_(pa.string())),
)
"""What a column may hold that is said to hold captures, addresses or charsets."""
COLUMNS = ("html", "url", "charset")
ENDS_OF_CELLS = re.compile(rb"[\0-\x08]")


def fuzz_columns(data: bytes) -> None:
    """Batches of Arrow: a row for each row, in order, whatever the columns are and hold."""
    batch = _batch(data)
    captures = pa.Table.from_batches([batch, batch.slice(1)]) if len(data) % 3 == 0 else batch.slice(len(data) % 2)
    extractor = ArrowExtractor(url="url", encoding="charset", keep=["id"], limits=LIMITS)
    try:
        articles = extractor(captures)
    except ColumnError:
        return
    articles.validate(full=True)
    assert articles.schema == extractor.schema(captures.schema)
    assert articles.column("id").equals(captures.column("id"))
    for row in articles.to_pylist():
        assert (row["error"] is None) is (row["page_type"] is not None)
    if captures.num_rows:
        assert extractor(captures.slice(0, 1)).equals(articles.slice(0, 1))


def _batch(data: bytes) -> pa.RecordBatch:
    """Return a batch of columns of these bytes: their types first, then the cells, the empty ones null."""
    types = [COLUMN_TYPES[byte % len(COLUMN_TYPES)] for byte in data[: len(COLUMNS)].ljust(len(COLUMNS), b"\0")]
    pieces = [piece or None for piece in ENDS_OF_CELLS.split(data[len(COLUMNS) :])]
    rows = len(pieces) // len(COLUMNS)
    columns = [_column(pieces[place * rows : (place + 1) * rows], kind) for place, kind in enumerate(types)]
    ids = pa.array(range(rows), pa.int64())
    return pa.RecordBatch.from_arrays([*columns, ids], names=[*COLUMNS, "id"])


def _column(cells: list[bytes | None], kind: pa.DataType) -> pa.Array:
    """Return the cells as a column; bytes that are no UTF-8 may stand in strings, as other programs leave them."""
    if pa.types.is_dictionary(kind):
        return pa.DictionaryArray.from_arrays(pa.array(range(len(cells)), pa.int32()), _column(cells, kind.value_type))
    if pa.types.is_null(kind):
        return pa.nulls(len(cells))
    if pa.types.is_integer(kind):
        return pa.array([cell and len(cell) for cell in cells], kind)
    if pa.types.is_list(kind):
        return pa.array([cell and ["a"] * len(cell) for cell in cells], kind)
    stored = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}
    return pa.array(cells, stored.get(kind, kind)).view(kind)
