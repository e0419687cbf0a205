"""Small files that are whole, and what is left of them when bytes go wrong.

A file of random bytes is refused at its first; what a reader has to bear is a file that is good but for a few bytes.
So a fuzzer's bytes are read here as the damage that is done to a good file.
"""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

__all__ = ["ARCHIVE", "CAPTURES", "LINES", "arrow", "damaged", "packed", "parquet", "unharmed"]

MOST_EDITS = 24
EDIT = 4
"""Bytes that describe an edit: two for its place, what is done there, and a byte to do it with."""

CAPTURES = [f"<h1>沂河镇 {number}</h1><p>A walk along the river, page {number} of six." for number in range(6)]
ROWS: list[dict[str, str | None]] = [
    {"html": capture, "text": None, "url": f"https://a.example/{number}.html"}
    for number, capture in enumerate(CAPTURES)
]
LINES = [json.dumps(row, ensure_ascii=number % 2 == 0).encode() + b"\n" for number, row in enumerate(ROWS)]
"""The lines of a file of JSON Lines."""
TABLE = pa.Table.from_pylist(ROWS)
ROW_GROUP = 2


def _record(number: int, capture: str) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + capture.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{number}.html\r\n"
        f"WARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


ARCHIVE = [_record(number, capture) for number, capture in enumerate(CAPTURES)]
"""The records of a WARC archive."""


def parquet(compression: str) -> bytes:
    """Return the table as a Parquet file, of several row groups."""
    stored = io.BytesIO()
    pq.write_table(TABLE, stored, row_group_size=ROW_GROUP, compression=compression)
    return stored.getvalue()


def arrow(new_writer: Callable[[io.BytesIO, pa.Schema], pa.ipc.RecordBatchStreamWriter]) -> bytes:
    """Return the table in a form of Arrow IPC, of several batches."""
    stored = io.BytesIO()
    with new_writer(stored, TABLE.schema) as writer:
        writer.write_table(TABLE, max_chunksize=ROW_GROUP)
    return stored.getvalue()


def damaged(whole: bytes, edits: bytes) -> bytes:
    r"""Return a file with damage done to it: bytes changed, added, left out, doubled, or all cut off behind a place.

    >>> damaged(b"abcdef", b"\0\0\0X"), damaged(b"abcdef", b"\0\3\4\0"), damaged(b"abcdef", b"")
    (b'Xbcdef', b'abc', b'abcdef')
    """
    file = bytearray(whole)
    for start in range(0, min(len(edits), MOST_EDITS * EDIT) - EDIT + 1, EDIT):
        high, low, what, value = edits[start : start + EDIT]
        place = (high << 8 | low) % (len(file) + 1)
        match what % 6:
            case 0:
                file[place : place + 1] = bytes([value])
            case 1:
                file[place : place + 4] = bytes([value]) * 4
            case 2:
                file[place:place] = bytes([value])
            case 3:
                del file[place : place + value]
            case 4:
                del file[place:]
            case 5:
                file[place:place] = file[place : place + value]
    return bytes(file)


def unharmed(parts: Sequence[bytes], broken: bytes) -> tuple[int, int]:
    """Return how many of a file's parts stand before all damage, and how many behind all of it.

    >>> unharmed([b"ab", b"cd", b"ef"], b"abXdef")
    (1, 1)
    """
    whole = b"".join(parts)
    before = _alike(whole, broken)
    behind = min(_alike(whole[::-1], broken[::-1]), len(whole) - before, len(broken) - before)
    return _held(parts, before), _held(parts[::-1], behind)


def _alike(one: bytes, other: bytes) -> int:
    """Return for how many bytes two files are the same, from the first on."""
    places = (place for place, (left, right) in enumerate(zip(one, other, strict=False)) if left != right)
    return next(places, min(len(one), len(other)))


def _held(parts: Sequence[bytes], size: int) -> int:
    """Return how many parts, from the first on, stand in so many bytes."""
    count = 0
    while count < len(parts) and len(parts[count]) <= size:
        size -= len(parts[count])
        count += 1
    return count


def packed(parts: Sequence[bytes]) -> list[bytes]:
    """Return the parts as members of a gzip file, the same on every run."""
    return [gzip.compress(part, mtime=0) for part in parts]
