"""The fuzz targets: bytes in, nothing out; what may never happen raises.

Each takes any bytes at all. A capture over its budgets is the one error that a target lets pass.
"""

from __future__ import annotations

import json
import unicodedata
import warnings
from collections.abc import Callable, Mapping

import numpy as np
from bs4 import BeautifulSoup
from click.testing import CliRunner
from lxml import html as lxml_html
from lxml.etree import ParserError

import portalclean
from fuzz.batches import fuzz_archive, fuzz_arrow, fuzz_columns, fuzz_lines, fuzz_parquet
from fuzz.invariant import check_blocks, check_dates, check_markup, check_offsets, own_text, parsed, units_text
from portalclean import Article, CaptureTooLarge, Kind, Page, Pipeline, Reading, Verdicts
from portalclean.capture.decode import decode
from portalclean.chronology import parse_moment
from portalclean.cli import main
from portalclean.page import LABELS, Limits, PageType
from portalclean.render.report import explain

__all__ = ["TARGETS"]

LIMITS = Limits(bytes=1 << 20, units=50_000, depth=600)
"""Small enough that no single input holds a fuzzer up."""
ENCODINGS = ("gb18030", "big5", "shift_jis", "euc-kr", "euc-jp", "utf-16", "utf-8", "latin-1", "utf-7", "hz", "koi8-r")
STEERING = {"Cc", "Cs", "Zl", "Zp"}
"""Categories of characters that a terminal could obey, or that no encoding takes."""


def fuzz_decode(data: bytes) -> None:
    """Bytes to text, with and without a declared encoding."""
    for declared in (None, ENCODINGS[data[0] % len(ENCODINGS)] if data else None):
        text, encoding, replacements = decode(data, declared)
        assert isinstance(text, str)
        assert encoding
        assert 0 <= replacements <= len(data)


def fuzz_html(data: bytes) -> None:
    """HTML to an article; every visible character is kept."""
    markup = _characters(data)
    page = portalclean.read(markup, kind="html", limits=LIMITS)
    assert units_text(page) == own_text(parsed(markup))
    _check(page, portalclean.extract(markup, kind="html", url=_address(data), limits=LIMITS))


def fuzz_text(data: bytes) -> None:
    """Text dumps to an article; the dump itself is never changed."""
    text = _characters(data)
    page = portalclean.read(text, kind="text", limits=LIMITS)
    assert page.text == text
    _check(page, portalclean.extract(text, kind="text", url=_address(data), limits=LIMITS))


def fuzz_capture(data: bytes) -> None:
    """Bytes of which nothing is known."""
    page = portalclean.read(data, limits=LIMITS)
    _check(page, portalclean.extract(data, limits=LIMITS))


def fuzz_trees(data: bytes) -> None:
    """Trees of other parsers, as callers hand them in."""
    markup = data.decode("utf-8", "replace")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of markup that looks like something else
        soup = BeautifulSoup(markup, "html.parser")
    check_offsets(portalclean.read(soup, limits=LIMITS))
    try:
        tree = lxml_html.document_fromstring(markup.encode())
    except (ParserError, ValueError):  # nothing in it that lxml would take
        return
    _check(portalclean.read(tree, limits=LIMITS), portalclean.extract(tree, limits=LIMITS))


def fuzz_labels(data: bytes) -> None:
    """Every extractor on labels at random: a labeller may be wrong in any way."""
    seed = int.from_bytes(data[:4], "little")

    def label_at_random(reading: Reading) -> Verdicts:
        count = len(reading.page)
        chance = np.random.default_rng(seed)
        codes = chance.integers(0, len(LABELS), count).astype(np.int8)
        return Verdicts(codes, chance.random(count).astype(np.float32), ["chance"] * count, PageType.ARTICLE, 0.5)

    for kind in Kind:
        capture = _characters(data[4:])
        page = portalclean.read(capture, kind=kind, limits=LIMITS)
        for pipeline in (Pipeline().replace("label", label_at_random), Pipeline().without("label", "revise")):
            _check(page, pipeline.run(page))


def fuzz_dates(data: bytes) -> None:
    """Dates and times in any text."""
    text = _characters(data)
    check_dates(text)
    parse_moment(text)


def fuzz_join(data: bytes) -> None:
    """Join the pages of one article."""
    half = len(data) // 2
    pages = [portalclean.extract(part, limits=LIMITS) for part in (data[:half], data[half:], data)]
    joined = portalclean.join(pages)
    assert len(joined.blocks) == sum(len(page.blocks) for page in pages)
    _check_ways_out(joined)


def fuzz_command(data: bytes) -> None:
    """Run the command line, which ends in one line on standard error at worst."""
    arguments = (["clean", "-"], ["clean", "--format", "md", "-"], ["explain", "-"])[len(data) % 3]
    result = CliRunner().invoke(main, arguments, input=data)
    assert result.exit_code in (0, 1), result
    assert result.exit_code == 0 or "unexpected" not in result.stderr, result.stderr
    if arguments[0] == "explain":
        assert not {unicodedata.category(character) for character in result.stdout} & STEERING - {"Cc"}
        assert all(character.isprintable() or character == "\n" for character in result.stdout if character < "\xa0")


def _characters(data: bytes) -> str:
    """Return the bytes as text, lone surrogates included: a caller's broken decoder may leave them."""
    return data.decode("utf-8", "surrogateescape")


def _address(data: bytes) -> str | None:
    """Return an address that the page may have been captured from: none, a plain one, or the page's own start."""
    return (None, "https://a.example/2023/0924/c_2.html", _characters(data[:80]))[len(data) % 3]


def _check(page: Page, article: Article) -> None:
    check_offsets(page)
    if page.markup is not None:
        check_markup(page)
    check_blocks(article, page)
    _check_ways_out(article)


def _check_ways_out(article: Article) -> None:
    """Everything that an article is written as can be stored as UTF-8, and says the same twice."""
    for written in (article.to_text(), article.to_markdown(), explain(article), article.to_json(blocks=True)):
        written.encode("utf-8")
    line = article.to_json(blocks=True)
    assert len(line.splitlines()) == 1
    assert json.loads(line) == json.loads(json.dumps(article.to_dict(blocks=True)))
    json.dumps(article.to_jsonld()).encode("utf-8")
    for character in explain(article):
        assert character == "\n" or unicodedata.category(character) not in STEERING, hex(ord(character))


def _within_limits(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        try:
            target(data)
        except CaptureTooLarge:
            return

    return run


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    name: _within_limits(target)
    for name, target in {
        "decode": fuzz_decode,
        "html": fuzz_html,
        "text": fuzz_text,
        "capture": fuzz_capture,
        "trees": fuzz_trees,
        "labels": fuzz_labels,
        "dates": fuzz_dates,
        "join": fuzz_join,
        "command": fuzz_command,
        "lines": fuzz_lines,
        "archive": fuzz_archive,
        "parquet": fuzz_parquet,
        "arrow": fuzz_arrow,
        "columns": fuzz_columns,
    }.items()
}
"""The targets by name."""
