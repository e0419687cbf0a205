from __future__ import annotations

import gzip
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalclean.capture.decode import decode
from portalclean.capture.sniff import sniff
from portalclean.page import Kind

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
PROSE = "More prose follows, and it goes on for a while, as prose does. " * 8
SCRIPT = "<script>" + "if (a<b) { document.write('<p>no</p>') }\n" * 7000 + "</script>"
EXAMPLE = '<!DOCTYPE html>\n<html>\n<body>\n<p class="x">Hi</p>\n</body>\n</html>\n'

HTML = {
    "document": "<!DOCTYPE html><html><body>x</body></html>",
    "mark": "\ufeff \n<html lang=zh><p>x",
    "xhtml": '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><p>a</p></html>',
    "comments first": "<!-- saved from x -->\n<!-- y --><!doctype html PUBLIC><p>x",
    "instruction first": "<?php ?>\n<html><p>x</html>",
    "head alone": "<head><title>x</title></head>",
    "body with attributes": "<body class='a'>" + PROSE,
    "paragraphs": "<p>hello</p><p>world</p>",
    "open paragraphs": f"<p>{PROSE}<p>{PROSE}",
    "one open paragraph": "<p>新华社北京电",
    "long paragraph": "<div>" + "字" * 5000 + "</div>",
    "capitals": "<DIV ALIGN=CENTER><FONT SIZE=2>你好</FONT></DIV>",
    "open cells": "<table><tr><td>1<td>2<tr><td>3<td>4</table>",
    "line breaks": "一、甲<br>二、乙<br/>三、丙<BR />四、丁",
    "picture": '<img src="a.jpg">',
    "middle of a page": "</div></div><ul><li><a href='/a'>新闻</a></li><li><a href='/b'>体育</a></li>",
    "custom elements": "<my-card>hello</my-card>",
    "comment only": "<!-- nothing -->",
    "rubbish first": "Warning: foo() in /a.php on line 3\n" + EXAMPLE,
    "header first": "HTTP/1.1 200 OK\nServer: x\n\n" + EXAMPLE,
    "text first": f"正文<div><p>{PROSE}</p><p>{PROSE}</p></div>",
    "long script first": f"{SCRIPT}<p>hello</p>",
    "text and long script first": f"{'目录' * 20}{SCRIPT}<div><p>{PROSE}</p></div>",
    "text and drawing first": f"目录<svg>{'<path d=`M0 0L9 9`/>' * 100}",
    "long attribute": "<div data-json='" + "x" * 400_000 + "'><p>hello</p></div>",
    "signs in words": "<p>if a &lt; b and c > d <3</p>",
}

TEXT = {
    "empty": "",
    "blank": " \n\t\u3000\n",
    "punctuation": "...,,,!!",
    "angle": "<",
    "angles": "<<<>>>",
    "plain": "新华社北京9月1日电 记者张三",
    "comparison": "if a < b and c > d, or x<y and y>z",
    "mail": "From: Zhang San <zhang@example.com>, <li@example.com>",
    "address": "See <https://example.com/a> for more.",
    "heart": "I <3 you",
    "guillemets": "<<人民日报>> <新华社> <<环球时报>>",
    "generics": "List<String> x = new ArrayList<T>(); Map<K, V> y;",
    "placeholders": "<T> <K> <V> <姓名>",
    "include": "#include <stdio.h>\nint main() { vector<a> x; return a<b; }",
    "mention": "Use the <div> tag, then the <span> tag. " + PROSE,
    "mention first": "<div> is the tag for blocks, and <span> the one for runs. " + PROSE,
    "mentioned pair": f"Between <b> and </b> it is bold. {PROSE}",
    "mentioned pair around prose": f"It starts with <html>. {PROSE}{PROSE}{PROSE}It ends with </html>.",
    "mentioned line breaks": f"30 years of <br> tags\n\n{PROSE}\nWe had <br> everywhere.",
    "markdown": f"# Title\n\nSome *words* and <b>bold</b>.<br>\n\n- {PROSE}\n- [a](http://b)\n",
    "readme": f'<p align="center"><img src="logo.png"></p>\n\n# Project\n\n{PROSE}',
    "tutorial": f"How to write a page.\n{PROSE}\n{EXAMPLE}\n{PROSE}\n<p>One more</p>\n{PROSE}",
}


@pytest.mark.parametrize("capture", HTML.values(), ids=HTML)
def test_html(capture: str) -> None:
    assert sniff(capture) is Kind.HTML


@pytest.mark.parametrize("capture", TEXT.values(), ids=TEXT)
def test_text(capture: str) -> None:
    assert sniff(capture) is Kind.TEXT


@pytest.mark.parametrize(
    "capture",
    [
        "x" * 10_000_000,
        "a<b " * 2_500_000,
        "<p " * 3_000_000,
        "</p>" * 2_500_000,
        "x<!--" * 2_000_000,
        "x" + "<script>" * 1_200_000,
        ("x<div>" * 70 + "</p>") * 20_000,
        "<?a " * 2_500_000,
        " " * 10_000_000 + "<",
        '<a b="' + "x" * 10_000_000,
    ],
    ids=lambda capture: capture[:8],
)
def test_ten_megabytes_take_no_time(capture: str) -> None:
    begin = time.process_time()
    sniff(capture)
    assert time.process_time() - begin < 2  # it takes less than 0.2


@given(st.text(alphabet="<>/!-? apbrdiv=\n中", max_size=60))
def test_any_text_is_of_one_kind(capture: str) -> None:
    assert sniff(capture) in Kind


@given(st.text(alphabet=st.characters(exclude_characters="<")))
def test_without_an_angle_it_is_text(capture: str) -> None:
    assert sniff(capture) is Kind.TEXT


@given(st.text(alphabet=st.characters(exclude_characters="<>&", exclude_categories=["Cs"]), min_size=1))
def test_a_wrapped_text_is_html(text: str) -> None:
    assert sniff(f"<div><p>{text}</p></div>") is Kind.HTML


@cache
def corpus(kind: str) -> list[tuple[str, str]]:
    """Return the pages of all sets, of the largest every tenth."""
    if not DATA.is_dir():
        pytest.skip(f"no development data at {DATA}")
    pages = []
    for folder in sorted(DATA.glob(f"*/{kind}")):
        step = 10 if folder.parent.name == "wcxb" else 1
        for path in sorted(folder.iterdir())[::step]:
            raw = path.read_bytes()
            pages.append((path.name, decode(gzip.decompress(raw) if path.suffix == ".gz" else raw)[0]))
    assert len(pages) > 100
    return pages


@pytest.mark.parametrize("kind", Kind)
def test_development_data(kind: Kind) -> None:
    assert [name for name, capture in corpus(kind) if sniff(capture) is not kind] == []


def test_development_pages_behind_rubbish() -> None:
    rubbish = "PHP Notice: x in line 3\n"
    assert [name for name, capture in corpus("html") if sniff(rubbish + capture) is not Kind.HTML] == []
