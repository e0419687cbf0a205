"""What a page may not do: reach the network or files, fill the memory, or speak to the reader's terminal or browser."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import portalclean
from portalclean import EmptyBecause
from portalclean.render.record import json_line
from portalclean.render.report import explain

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*/capture.*"))
CORPUS = Path(__file__).parents[1] / "fuzz" / "corpus"
PROSE = "今年以来,沂河镇把闲置多年的老粮仓改成读书屋,傍晚散步的居民多了起来。" * 3

WATCHED = """
import sys
import portalclean
pages = [open(page, "rb").read() for page in sys.argv[1:]]
def clean_all():
    for page in pages:
        article = portalclean.extract(page, url="https://a.example/1.html")
        article.to_text(), article.to_markdown(), article.to_json(blocks=True), article.to_jsonld()
clean_all()  # once before, so that word lists and weights are read
forbidden = ("open", "socket.", "subprocess.", "os.", "shutil.", "urllib.", "tempfile.", "exec", "compile", "import")
def report(event, arguments):
    if event.startswith(forbidden):
        print(event, *map(repr, arguments[:2]), flush=True)
sys.addaudithook(report)
clean_all()
"""
"""Cleans pages while Python reports every file, socket, process and piece of code that is opened."""


def test_a_page_opens_nothing() -> None:
    pages = [*map(str, FIXTURES), *map(str, sorted(CORPUS.glob("*.html")))]
    done = subprocess.run([sys.executable, "-c", WATCHED, *pages], capture_output=True, check=True, text=True)
    assert done.stdout == ""


@pytest.mark.parametrize("source", ["file:///etc/passwd", "http://a.example/x.dtd", "/etc/passwd"])
@pytest.mark.parametrize("kind", ["html", "text", None])
def test_external_entities_are_not_read(source: str, kind: str | None) -> None:
    markup = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{source}">]>'
        f"<html><body><h1>t</h1><p>before &x; after</p></body></html>"
    )
    article = portalclean.extract(markup, kind=kind)
    assert "root:" not in article.to_json(blocks=True)
    assert any("&x;" in block.text for block in article.blocks)


def test_entities_do_not_expand_into_each_other() -> None:
    levels = "".join(f'<!ENTITY a{at + 1} "{f"&a{at};" * 10}">' for at in range(9))
    markup = f'<!DOCTYPE html [<!ENTITY a0 "ha">{levels}]><html><body><p>&a9;</p></body></html>'
    assert sum(len(block.text) for block in portalclean.extract(markup).blocks) <= len(markup)


def test_embedded_files_are_not_read() -> None:
    markup = f"<p>{PROSE}</p><iframe src=file:///etc/passwd></iframe><object data=/etc/passwd></object><link href=/x>"
    assert "root:" not in portalclean.extract(markup).to_json(blocks=True)


def test_a_path_is_no_capture() -> None:
    article = portalclean.extract("/etc/passwd")
    assert [block.text for block in article.blocks] == ["/etc/passwd"]
    with pytest.raises(portalclean.CaptureTypeError):
        portalclean.extract(Path("/etc/passwd"))  # type: ignore[arg-type]


def zipped(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("page.html", content)
    return packed.getvalue()


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, bz2.compress, lzma.compress, zipped])
@pytest.mark.parametrize("kind", ["html", "text", None])
def test_packed_captures_are_never_unpacked(pack: object, kind: str | None) -> None:
    assert callable(pack)
    packed = pack(f"<h1>沂河镇</h1><p>{PROSE}</p>".encode() + b"a" * 20_000_000)
    article = portalclean.extract(packed, kind=kind)
    assert sum(len(block.text) for block in article.blocks) <= len(packed)
    assert PROSE not in article.text
    if pack is not zlib.compress:  # which has no signature: its bytes are text for all that one can tell
        assert (article.blocks, article.empty_because) == ((), EmptyBecause.EMPTY)


MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script> [a](javascript:alert(3)) <javascript:alert(4)> ![b](x)"


def hostile_article() -> portalclean.Article:
    text = MARKUP.replace("<", "&lt;")
    return portalclean.extract(
        f"<title>{text}</title><h1>{text}</h1><p>作者：张三&lt;script></p>"
        f"<p>{PROSE}{text}</p><h2>{text}</h2><ul><li>{PROSE}{text}</li></ul><blockquote>{PROSE}{text}</blockquote>"
        f"<table><tr><th>{text}<td>a|b</table><figure><img src='javascript:x' alt='{text}'><figcaption>{text}</figure>"
        f"<p>{PROSE}</p><pre>```\n{text}</pre>",
        kind="html",
    )


def test_markdown_shows_markup_of_the_page_as_text() -> None:
    markdown = hostile_article().to_markdown()
    assert "alert" in markdown
    shown = MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown)
    assert "<script" not in shown
    assert "<img src=x" not in shown.lower()
    assert 'href="javascript' not in shown.lower()
    assert "onerror=alert" not in shown.replace("&lt;img src=x onerror=alert", "")


def test_json_ld_of_a_page_is_data() -> None:
    # The dictionary holds the page's text as it is; docs/bad-input.md says how it is put into HTML.
    data = hostile_article().to_jsonld()
    embedded = json_line(data).replace("<", "\\u003c")
    assert "<" not in embedded
    assert json.loads(embedded) == data


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_explain_never_steers_a_terminal(path: Path) -> None:
    report = explain(portalclean.extract(path.read_bytes()))
    assert not {character for character in report if character < " " and character != "\n"}
    assert not set(report) & set("\x7f\x9b\x9d\u202e\u2066\u2028")


@pytest.mark.parametrize("form", ["md", "txt", "json", "jsonl"])
def test_clean_never_steers_a_terminal(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from portalclean import cli
    from portalclean.commands import clean

    monkeypatch.setattr(clean, "on_terminal", lambda: True)
    pages = [str(CORPUS / name) for name in ("escape-sequences.html", "direction-marks.txt")]
    result = CliRunner().invoke(cli.main, ["clean", "--format", form, *pages])
    assert result.exit_code == 0
    assert not set(result.stdout + result.stderr) & set("\x1b\x07\x9b\x9d\u202e\u2066")


def test_the_command_line_writes_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What a page calls itself never becomes a file name: everything goes to standard output.
    from click.testing import CliRunner

    from portalclean import cli

    monkeypatch.chdir(tmp_path)
    page = "<title>../../x</title><link rel=canonical href='file:///tmp/y'><h1>../../x</h1>" + f"<p>{PROSE}"
    for arguments in (["clean", "-"], ["clean", "--format", "md", "-"], ["explain", "-"]):
        assert CliRunner().invoke(cli.main, arguments, input=page.encode()).exit_code == 0
    assert list(tmp_path.iterdir()) == []
