from __future__ import annotations

import gzip
import io
import random
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from portalclean.batch.readers import Format, Selection, read_pages, warc
from portalclean.batch.record import InputPage
from portalclean.page import Limits

pytest.importorskip("fastwarc", reason="the extra warc is not installed")
warcio = pytest.importorskip("warcio", reason="warcio, which writes the archives of this test, is not installed")
zstandard = pytest.importorskip(
    "zstandard", reason="zstandard, which packs the archives of this test, is not installed"
)
from warcio.statusandheaders import StatusAndHeaders  # noqa: E402
from warcio.warcwriter import WARCWriter  # noqa: E402

PAGES = 4
HTML = [f"<p>page {number} {random.Random(number).random()}".encode() * 20 for number in range(PAGES)]


def record(
    body: bytes, url: str, *, kind: str = "text/html; charset=GBK", type_: str = "response", **fields: str
) -> bytes:
    """Return one record as warcio writes it, not packed."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=False)
    http = None
    if type_ in ("response", "request"):
        names = [(name.replace("_", "-"), value) for name, value in fields.items()]
        first = "200 OK" if type_ == "response" else "GET / HTTP/1.1"
        http = StatusAndHeaders(first, [("Content-Type", kind), *names], protocol="HTTP/1.1")
    more = {"WARC-Date": "2024-01-01T00:00:00Z"}
    content_type = "text/plain" if type_ == "conversion" else ""
    one = writer.create_warc_record(url, type_, io.BytesIO(body), len(body), content_type, more, http_headers=http)
    writer.write_record(one)
    return stream.getvalue()


RECORDS = [
    record(b"GET / HTTP/1.1\r\n\r\n", "http://a.example/0", type_="request"),
    *(record(page, f"http://a.example/{number}") for number, page in enumerate(HTML)),
    record(b"\x89PNG", "http://a.example/logo", kind="image/png"),
]
PACK: dict[str, Callable[[bytes], bytes]] = {
    "pages.warc": bytes,
    "pages.warc.gz": lambda one: gzip.compress(one, mtime=0),
    "pages.warc.zst": lambda one: zstandard.ZstdCompressor(write_checksum=True).compress(one),
}


def archive(name: str) -> list[bytes]:
    return [PACK[name](one) for one in RECORDS]


def read(path: Path, **selection: object) -> list[InputPage]:
    return list(read_pages([str(path)], Selection(input_format=Format.WARC, **selection)))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PACK)
def test_pages_come_with_their_place_their_address_and_the_charset_of_the_header(name: str, tmp_path: Path) -> None:
    members = archive(name)
    (tmp_path / name).write_bytes(b"".join(members))
    selection = Selection()
    pages = list(read_pages([str(tmp_path / name)], selection))
    assert [page.capture for page in pages] == HTML
    assert [page.identity.offset for page in pages] == [sum(map(len, members[:n])) for n in range(1, PAGES + 1)]
    assert [page.identity.row for page in pages] == [1, 2, 3, 4]
    assert [page.identity.url for page in pages] == [f"http://a.example/{number}" for number in range(PAGES)]
    assert {page.encoding for page in pages} == {"gbk"}
    assert selection.passed == {"image/png": 1}


@pytest.mark.parametrize("name", ["dump.warc.wet", "dump.warc.wet.gz"])
def test_a_dump_is_text(name: str, tmp_path: Path) -> None:
    data = record("济宁 <p>".encode(), "http://a.example/", type_="conversion")
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    [page] = list(read_pages([str(tmp_path / name)], Selection()))
    assert (page.capture, page.kind, page.encoding) == ("济宁 <p>".encode(), "text", "utf-8")


@pytest.mark.parametrize("name", PACK)
def test_wherever_an_archive_breaks_off_it_is_told_once_and_no_page_before_is_lost(name: str, tmp_path: Path) -> None:
    members = archive(name)
    whole = b"".join(members)
    ends = [sum(map(len, members[: number + 1])) for number in range(len(members))]
    blank = 4 if name == "pages.warc" else 0
    for cut in [*range(1, len(whole), 37), *(end + more for end in ends[:-1] for more in (-1, 1, 9))]:
        (tmp_path / "cut").write_bytes(whole[:cut])
        pages = read(tmp_path / "cut")
        complete = sum(cut >= end - blank for end in ends)
        good = [page for page in pages if page.problem is None]
        assert [page.capture for page in good] == HTML[: len(good)]
        # A page is whole when no more than the checksum behind it is missing.
        assert len(good) - min(max(complete - 1, 0), PAGES) in (0, 1), cut
        if cut not in ends and not any(end - blank <= cut <= end for end in ends):
            assert len(pages) in (len(good) + 1, len(good) + 2), cut


@pytest.mark.parametrize("name", PACK)
def test_a_broken_beginning_costs_its_record_alone(name: str, tmp_path: Path) -> None:
    members = archive(name)[1:]
    (tmp_path / "broken").write_bytes(b"".join([b"\xff" * 8 + members[0][8:], *members[1:]]))
    bad, *pages = read(tmp_path / "broken")
    assert bad.problem is not None
    assert bad.problem.reason == "unreadable"
    assert [page.capture for page in pages] == HTML[1:]


@pytest.mark.parametrize("name", ["pages.warc.gz", "pages.warc.zst"])
def test_a_broken_member_costs_its_page_alone(name: str, tmp_path: Path) -> None:
    members = archive(name)
    for broken in (1, 2, 3):
        damaged = bytearray(members[broken])
        damaged[len(damaged) // 2 : len(damaged) // 2 + 8] = b"\xff" * 8
        (tmp_path / "broken").write_bytes(b"".join([*members[:broken], bytes(damaged), *members[broken + 1 :]]))
        pages = read(tmp_path / "broken")
        good = [page for page in pages if page.problem is None]
        assert [page.capture for page in good] == [page for number, page in enumerate(HTML) if number != broken - 1]
        [bad] = [page for page in pages if page.problem is not None]
        assert bad.problem is not None
        assert bad.problem.reason == "unreadable"
        assert bad.identity.offset in (sum(map(len, members[:broken])), sum(map(len, members[: broken + 1])))


def test_what_is_no_archive_is_a_problem(tmp_path: Path) -> None:
    for data in (b"hello there", gzip.compress(b"hello there" * 100), b"\x1f\x8b\x08" + b"x" * 100):
        (tmp_path / "no").write_bytes(data)
        [page] = read(tmp_path / "no")
        assert page.problem is not None
        assert page.problem.detail.startswith("broken archive: ")
    (tmp_path / "no").write_bytes(b"")
    assert read(tmp_path / "no") == []


@pytest.mark.parametrize(
    ("stored", "fields"),
    [
        (gzip.compress(HTML[0]), {"Content_Encoding": "gzip"}),
        (zlib.compress(HTML[0]), {"Content_Encoding": "deflate"}),
        (zlib.compress(HTML[0])[2:-4], {"Content_Encoding": "deflate"}),
        (zstandard.compress(HTML[0]), {"Content_Encoding": "zstd"}),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(HTML[0]), HTML[0]), {"Transfer_Encoding": "chunked"}),
        (HTML[0], {"Content_Encoding": "gzip", "Transfer_Encoding": "chunked"}),
        (HTML[0], {"Content_Encoding": "br"}),
    ],
)
def test_bodies_that_are_packed_in_themselves(stored: bytes, fields: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "pages.warc").write_bytes(record(stored, "http://a.example/", **fields))
    [page] = read(tmp_path / "pages.warc")
    assert (page.capture, page.problem) == (HTML[0], None)


def test_a_body_that_cannot_be_unpacked_costs_its_page_alone(tmp_path: Path) -> None:
    damaged = gzip.compress(HTML[0])[:15] + b"\x00\x55" * 40
    data = record(damaged, "http://a.example/", Content_Encoding="gzip") + RECORDS[1]
    (tmp_path / "pages.warc").write_bytes(data)
    bad, good = read(tmp_path / "pages.warc")
    assert bad.problem is not None
    assert bad.problem.detail.startswith("broken content encoding: ")
    assert good.capture == HTML[0]


def test_a_body_over_the_limit_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "Limits", lambda: Limits(bytes=1000))
    bomb = record(gzip.compress(b"x" * 1_000_000), "http://a.example/bomb", Content_Encoding="gzip")
    large = record(b"x" * 100_000, "http://a.example/large")
    small = record(b"<p>small", "http://a.example/small")
    (tmp_path / "pages.warc").write_bytes(bomb + large + small)
    packed, plain, good = read(tmp_path / "pages.warc")
    assert packed.capture is None or len(packed.capture) == 1001
    assert plain.problem is not None
    assert plain.problem.reason == "too_large"
    assert good.capture == b"<p>small"


def test_an_unknown_charset_is_none(tmp_path: Path) -> None:
    (tmp_path / "pages.warc").write_bytes(record(HTML[0], "http://a.example/", kind="text/html; charset=x-mine"))
    assert [page.encoding for page in read(tmp_path / "pages.warc")] == [None]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO(b"".join(archive("pages.warc.gz")))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
    pages = list(read_pages(["-"], Selection(input_format=Format.WARC)))
    assert [page.capture for page in pages] == HTML
