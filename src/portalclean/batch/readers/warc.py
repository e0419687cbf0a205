"""WARC and WET archives, plain or packed with gzip, zstd or lz4, by FastWARC.

A broken record costs itself alone: reading goes on with the next that begins behind it. FastWARC ends without a
word where a gzip or a plain file ends in the middle of a record, so what follows the last record is looked at here.
"""

from __future__ import annotations

import codecs
import io
import re
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from portalclean.batch.readers import STDIN, Selection, unreadable
from portalclean.batch.record import Failure, Identity, InputPage, Reason, path_text
from portalclean.errors import MissingExtra
from portalclean.page import Kind, Limits

try:
    from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader
    from fastwarc.warc import ArchiveIterator, HeaderMap, WarcRecord, WarcRecordType
except ImportError as missing:
    raise MissingExtra("FastWARC is not installed; pip install 'portalclean[warc]'") from missing

__all__ = ["read_warc"]

PAGES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
PAGE_TYPES = frozenset({"", "text/html", "text/plain", "application/xhtml+xml", "application/xml", "text/xml"})
"""Content types of records that are pages; images and the like are passed over and counted."""
PACKED = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18")
"""How a packed record begins: gzip, zstd, lz4."""
PLAIN = b"WARC/1."
"""How a record begins that is not packed."""
MARKS = (*PACKED, PLAIN)
CHUNK_SIZE = re.compile(rb"[0-9A-Fa-f]+[ \t]*(;[^\r\n]*)?\r?\n")
"""How a chunked body begins."""
CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\"';\s]+)", re.IGNORECASE)
LONGEST_HEAD = 32 << 10
CHUNK = 1 << 20
"""Bytes that are read at a time in search of the next record."""


def read_warc(path: str, selection: Selection) -> Iterator[InputPage]:
    """Yield the page of each response, resource or conversion record."""
    try:
        if path != STDIN:
            with Path(path).open("rb") as stream:
                yield from Archive(path, stream, selection).pages()
        elif sys.stdin is None:
            raise OSError("standard input is closed")
        else:  # what is broken in a stream ends it: there is no going back to look for the next record
            yield from Archive(path, sys.stdin.buffer, selection).stretch()
    except OSError as error:
        yield unreadable(path, error)


class Archive:
    """An archive that is read once, from its beginning to its end."""

    def __init__(self, path: str, stream: IO[bytes], selection: Selection) -> None:
        self._file = path_text(path)
        self._stream = stream
        self._passed = selection.passed
        self._records = 0
        self._last = 0
        """Where the record begins that was read last."""
        self._cut = False
        """Whether it was told already that the archive ends inside that record."""

    def pages(self) -> Iterator[InputPage]:
        """Yield the pages; each stretch that cannot be read gives one page with a problem."""
        size = self._stream.seek(0, io.SEEK_END)
        start: int | None = 0
        told = size == 0
        while start is not None and start < size:
            before, self._last, self._cut = self._records, start, False
            self._stream.seek(start)
            problem: OSError | None = None
            try:
                yield from self.stretch()
                problem = None if self._records > before else OSError("no WARC record")
                start = None if self._cut or problem is not None else self._next_unread(size)
            except CutShort as error:
                yield self._broken(self._last, Reason.TRUNCATED, error)
                return
            except OSError as error:
                problem = error
            if problem is not None:
                start = self._next_start(self._last + 1)
            if problem is not None and not (told and self._records == before):
                yield self._broken(self._last if self._records == before else start, Reason.UNREADABLE, problem)
            told = problem is not None

    def stretch(self) -> Iterator[InputPage]:
        """Yield the pages from where the stream stands; raises ``OSError`` where the archive is broken."""
        before = self._last
        for record in ArchiveIterator(self._stream, record_types=WarcRecordType.any_type, parse_http=False):
            self._last = record.stream_pos
            self._records += 1
            if record.record_type & PAGES:
                page = self._page(record, self._last - before)
                if page is not None:
                    before = self._last
                    yield page

    def _page(self, record: WarcRecord, weight: int) -> InputPage | None:
        """Return a record's page; ``None`` for one that holds something else."""
        url = (record.headers.get("WARC-Target-URI") or "").strip("<> ") or None
        place = Identity(self._file, offset=record.stream_pos, row=self._records - 1, url=url)
        block, problem = _block(record)
        if problem is not None:
            self._cut = problem.reason is Reason.TRUNCATED
            return InputPage(place, problem=problem, weight=weight)
        if not record.is_http:
            kind, charset = _content_type(record.headers.get("Content-Type"))
            body = block
        else:
            headers = HeaderMap()
            body = block[headers.parse(io.BytesIO(block)) :]
            if headers.status_code is None:
                return InputPage(place, problem=Failure(Reason.UNREADABLE, "no HTTP head"), weight=weight)
            kind, charset = _content_type(headers.get("Content-Type"))
        if kind not in PAGE_TYPES:
            self._passed[kind] += 1
            return None
        if record.record_type == WarcRecordType.conversion:
            return InputPage(place, body, kind=Kind.TEXT.value, encoding="utf-8", weight=weight)
        if record.is_http:
            try:
                body = _decoded(headers, body, Limits().bytes + 1)
            except OSError as error:
                broken = Failure(Reason.UNREADABLE, f"broken content encoding: {error}")
                return InputPage(place, problem=broken, weight=weight)
        return InputPage(place, body, encoding=charset, weight=weight)

    def _broken(self, start: int | None, reason: Reason, error: OSError) -> InputPage:
        place = Identity(self._file, offset=start, row=self._records)
        return InputPage(place, problem=Failure(reason, f"broken archive: {error}"))

    def _next_start(self, after: int) -> int | None:
        """Return where the next record seems to begin, ``None`` when nothing looks like one."""
        self._stream.seek(0)
        magic = self._stream.read(len(PLAIN))
        # Where the archive's own beginning is broken, its next record may begin in any of the ways.
        marks = [mark for mark in MARKS if magic.startswith(mark)] or MARKS
        kept = max(map(len, marks)) - 1
        self._stream.seek(after)
        position, window = after, b""
        while chunk := self._stream.read(CHUNK):
            window += chunk
            found = [window.find(mark) for mark in marks if mark in window]
            if found:
                return position + min(found)
            position, window = position + max(len(window) - kept, 0), window[-kept:]
        return None

    def _next_unread(self, size: int) -> int | None:
        """Return where there is more behind the last record; ``None`` when nothing but blanks follows it.

        Raises `CutShort` when the last record has no end. FastWARC tells that itself of zstd and lz4.
        """
        self._stream.seek(self._last)
        head = self._stream.read(LONGEST_HEAD)
        end = size
        if head.startswith(PACKED[0]):
            self._stream.seek(self._last)
            end = _gzip_end(self._stream)
        elif head.startswith(PLAIN):
            end = self._last + _plain_length(head)
        if end > size:
            raise CutShort("the archive ends inside this record")
        self._stream.seek(end)
        return end if self._stream.read(CHUNK).strip() else None


class CutShort(OSError):
    """A record has no end."""


def _gzip_end(stream: IO[bytes]) -> int:
    """Return where the gzip member ends at whose beginning the stream stands; raises `CutShort`."""
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    position = stream.tell()
    while not unpacking.eof and (packed := stream.read(CHUNK)):
        position += len(packed)
        while packed and not unpacking.eof:
            unpacking.decompress(packed, CHUNK)
            packed = unpacking.unconsumed_tail
    if not unpacking.eof:
        raise CutShort("the archive ends inside this record")
    return position - len(unpacking.unused_data)


def _plain_length(head: bytes) -> int:
    r"""Return the bytes of a record that is not packed, the blank lines behind it left out; raises `CutShort`.

    >>> _plain_length(b"WARC/1.0\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n")
    34
    """
    fields, blank, _ = head.partition(b"\r\n\r\n")
    lengths = [line.partition(b":")[2] for line in fields.splitlines() if line.lower().startswith(b"content-length:")]
    if not blank or not lengths or not lengths[0].strip().isdigit():
        raise CutShort("the archive ends inside this record's head")
    return len(fields) + len(blank) + int(lengths[0])


def _block(record: WarcRecord) -> tuple[bytes, Failure | None]:
    """Return a record's block, and what is wrong with it."""
    limit = Limits().bytes
    length = record.content_length
    if length > limit + LONGEST_HEAD:
        return b"", Failure(Reason.TOO_LARGE, f"the capture is over the limit of {limit:,} bytes")
    block = b""
    while len(block) < length and (more := record.reader.read(length - len(block))):
        block += more
    if len(block) < length:
        return b"", Failure(Reason.TRUNCATED, f"{len(block):,} of the record's {length:,} bytes are there")
    if record.headers.get("Content-Length") is None:
        return b"", Failure(Reason.TRUNCATED, "the archive ends inside this record's head")
    return block, None


def _decoded(headers: HeaderMap, body: bytes, most: int) -> bytes:
    """Return an HTTP body as it was before it was chunked and packed, ``most`` bytes of it.

    Many crawlers store the body unpacked and leave the header as it was: what does not begin as packed is not.
    """
    if (headers.get("Transfer-Encoding") or "").strip().lower() == "chunked" and CHUNK_SIZE.match(body):
        body = ChunkedReader(io.BytesIO(body)).read(most)
    match (headers.get("Content-Encoding") or "").strip().lower():
        case "gzip" | "x-gzip" if body.startswith(PACKED[0]):
            return GzipReader(io.BytesIO(body)).read(most)
        case "zstd" if body.startswith(PACKED[1]):
            return ZstdReader(io.BytesIO(body)).read(most)
        case "br" if body.lstrip()[:1] != b"<":
            return BrotliReader(io.BytesIO(body)).read(most)
        case "deflate" if body.lstrip()[:1] != b"<":
            return _inflated(body, most)
    return body


def _inflated(body: bytes, most: int) -> bytes:
    """Return a body packed with deflate, which some servers send without its two bytes of head."""
    try:
        return zlib.decompressobj().decompress(body, most)
    except zlib.error:
        pass
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(body, most)
    except zlib.error as error:
        raise OSError(str(error)) from error


def _content_type(header: str | None) -> tuple[str, str | None]:
    """Return the content type of a header and its charset, ``None`` for one that nobody knows.

    >>> _content_type("Text/HTML; charset=GBK"), _content_type("text/html;charset=x-mine"), _content_type(None)
    (('text/html', 'gbk'), ('text/html', None), ('', None))
    """
    kind, _, parameters = (header or "").partition(";")
    found = CHARSET.search(parameters)
    try:
        charset = codecs.lookup(found[1]).name if found else None
    except (LookupError, ValueError):
        charset = None
    return kind.strip().lower(), charset
