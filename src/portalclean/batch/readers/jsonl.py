"""JSON Lines: a page in a column of each line's object."""

from __future__ import annotations

import contextlib
import gzip
import json
import sys
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from portalclean.batch.readers import STDIN, Selection, unreadable
from portalclean.batch.record import Failure, Identity, InputPage, Reason, path_text
from portalclean.page import Limits

__all__ = ["DEFAULT_COLUMNS", "DEFAULT_URL_COLUMN", "read_jsonl"]

DEFAULT_COLUMNS = ("html", "text")
"""Columns that are looked for, in this order, when none is named."""
DEFAULT_URL_COLUMN = "url"
ESCAPES = 6
"""Characters that JSON may need for one byte of a page (``\\u00e9``): a line may be this much longer than a page."""
GZIP = b"\x1f\x8b"
LONGEST_LINE = ESCAPES * Limits().bytes


def read_jsonl(path: str, selection: Selection) -> Iterator[InputPage]:
    """Yield the page of each line; blank lines count as rows and hold none."""
    row = 0
    try:
        with _opened(path) as (stored, lines):
            before = 0
            while line := lines.readline(LONGEST_LINE + 1):
                if line.strip():
                    after = stored.tell() if stored is not None else 0
                    yield _page(path, row, line, selection, after - before)
                    before = after
                if len(line) > LONGEST_LINE:
                    _skip_line(lines, line)
                row += 1
    except (OSError, EOFError, zlib.error) as error:
        yield unreadable(path, error, row=row)


@contextlib.contextmanager
def _opened(path: str) -> Iterator[tuple[BinaryIO | None, BinaryIO | gzip.GzipFile]]:
    """Give the stored file, where progress can be read, and its lines."""
    if path == STDIN:
        if sys.stdin is None:
            raise OSError("standard input is closed")
        yield None, sys.stdin.buffer
        return
    with Path(path).open("rb") as stored:
        if stored.peek(len(GZIP))[: len(GZIP)] == GZIP:
            with gzip.open(stored) as lines:
                yield stored, lines
        else:
            yield (stored if stored.seekable() else None), stored


def _skip_line(lines: BinaryIO | gzip.GzipFile, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = lines.readline(LONGEST_LINE)


def _page(path: str, row: int, line: bytes, selection: Selection, weight: int) -> InputPage:
    place = Identity(path_text(path), row=row)
    if len(line) > LONGEST_LINE:
        problem = Failure(Reason.TOO_LARGE, f"the line is over the limit of {LONGEST_LINE:,} bytes")
        return InputPage(place, problem=problem, weight=weight)
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        return InputPage(place, problem=Failure(Reason.UNREADABLE, f"no JSON: {error}"), weight=weight)
    if not isinstance(values, dict):
        problem = Failure(Reason.UNREADABLE, f"no JSON object: {type(values).__name__}")
        return InputPage(place, problem=problem, weight=weight)
    return page_of_row(values, place, selection, weight)


def page_of_row(values: Mapping[str, object], place: Identity, selection: Selection, weight: int) -> InputPage:
    """Return the page that stands in a row, by the columns that are named or by the default ones."""
    wanted = DEFAULT_COLUMNS if selection.column is None else (selection.column,)
    column = next((name for name in wanted if values.get(name) is not None), None)
    url = values.get(selection.url_column or DEFAULT_URL_COLUMN)
    identity = Identity(place.file, place.offset, place.row, url if isinstance(url, str) else None)
    if column is None:
        names = " or ".join(repr(name) for name in wanted)
        problem = Failure(Reason.UNREADABLE, f"nothing in column {names}; the columns are: {', '.join(values)}")
        return InputPage(identity, problem=problem, weight=weight)
    capture = values[column]
    if not isinstance(capture, bytes | str):
        problem = Failure(Reason.UNREADABLE, f"column {column!r} holds {type(capture).__name__}, no page")
        return InputPage(identity, problem=problem, weight=weight)
    return InputPage(identity, capture, weight=weight)
