"""Parquet and Arrow IPC: a page in a column of each row, as text or as bytes."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from portalclean.batch.readers import STDIN, Selection, file_size, unreadable
from portalclean.batch.readers.jsonl import DEFAULT_COLUMNS, DEFAULT_URL_COLUMN, page_of_row
from portalclean.batch.record import Failure, Identity, InputPage, Reason, path_text
from portalclean.errors import MissingExtra

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError as missing:
    raise MissingExtra("pyarrow is not installed; pip install 'portalclean[parquet]'") from missing

__all__ = ["read_arrow", "read_parquet"]

ROWS = 64
"""Rows that are read at a time: a page has some hundred kilobytes."""
AS_BYTES = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}
"""What columns of text are checked as, so that text that is no UTF-8 does not spoil a whole batch."""
FILE_MAGIC = b"ARROW1"
"""How an Arrow file begins; a stream begins with the length of its schema."""


def read_parquet(path: str, selection: Selection) -> Iterator[InputPage]:
    """Yield the page of each row of a Parquet file; standard input is read whole, for the footer is at its end."""

    def batches() -> Iterator[tuple[pa.RecordBatch, int]]:
        with contextlib.closing(_whole(path)) as source, pq.ParquetFile(source) as table:
            names = _names(table.schema_arrow, selection)
            told, found = table.metadata.num_rows, 0
            size = file_size(path) / max(told, 1)
            for batch in table.iter_batches(batch_size=ROWS, columns=names, use_threads=False):
                yield batch, int(size * batch.num_rows)
                found += batch.num_rows
            if found < told:
                raise OSError(f"{found:,} of the table's {told:,} rows are there")

    return _read(path, selection, batches())


def read_arrow(path: str, selection: Selection) -> Iterator[InputPage]:
    """Yield the page of each row of an Arrow IPC file (Feather) or stream."""

    def batches() -> Iterator[tuple[pa.RecordBatch, int]]:
        with contextlib.closing(_whole(path)) as source:
            before = 0
            for batch in _record_batches(source):
                columns = batch.select(_names(batch.schema, selection))
                _check_offsets(columns)
                weight, before = source.tell() - before, source.tell()
                for start in range(0, batch.num_rows, ROWS):
                    yield columns.slice(start, ROWS), 0 if start else weight

    return _read(path, selection, batches())


def _read(path: str, selection: Selection, batches: Iterable[tuple[pa.RecordBatch, int]]) -> Iterator[InputPage]:
    """Yield the page of each row; ``batches`` come with the stored bytes that each accounts for."""
    row = 0
    try:
        for batch, weight in batches:
            for number in range(batch.num_rows):
                place = Identity(path_text(path), row=row)
                yield _page(batch.slice(number, 1), place, selection, 0 if number else weight)
                row += 1
    except (OSError, ValueError, MemoryError, pa.ArrowException) as error:  # a broken length asks for any memory
        yield unreadable(path, error, row=row)


def _page(row: pa.RecordBatch, place: Identity, selection: Selection, weight: int) -> InputPage:
    """Return the page of a batch's only row; text that is no UTF-8, as some programs leave it, costs this row alone."""
    try:
        [values] = row.to_pylist()
    except UnicodeDecodeError as error:
        return InputPage(place, problem=Failure(Reason.UNREADABLE, f"text that is no UTF-8: {error}"), weight=weight)
    return page_of_row(values, place, selection, weight)


def _check_offsets(batch: pa.RecordBatch) -> None:
    """Raise ``pa.ArrowInvalid`` where a cell lies outside its column: the file is memory as it was written."""
    for column in batch.columns:
        column.view(AS_BYTES.get(column.type, column.type)).validate(full=True)


def _whole(path: str) -> IO[bytes]:
    """Return the file, or standard input in memory."""
    if path != STDIN:
        return Path(path).open("rb")
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return io.BytesIO(sys.stdin.buffer.read())


def _record_batches(source: IO[bytes]) -> Iterator[pa.RecordBatch]:
    magic = source.read(len(FILE_MAGIC))
    source.seek(0)
    if magic == FILE_MAGIC:
        with pa.ipc.open_file(source) as reader:
            for number in range(reader.num_record_batches):
                yield reader.get_batch(number)
    else:
        with pa.ipc.open_stream(source) as reader:
            yield from reader


def _names(schema: pa.Schema, selection: Selection) -> list[str]:
    """Return the columns to read. Raises ``ValueError`` when none of them holds pages."""
    wanted = DEFAULT_COLUMNS if selection.column is None else (selection.column,)
    found = [name for name in wanted if name in schema.names]
    if not found:
        names = " or ".join(repr(name) for name in wanted)
        raise ValueError(f"no column {names}; the table has: {', '.join(schema.names)}")
    url = selection.url_column or DEFAULT_URL_COLUMN
    return [*found, *([url] if url in schema.names and url not in found else [])]
