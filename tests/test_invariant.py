"""The invariant: every visible character of a capture is in exactly one unit, in order, and in one labelled block.

For HTML the yardstick is a walk of our own over the parsed tree, and, on well-formed trees, a second parser.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup, CData, Comment, Declaration, Doctype, ProcessingInstruction
from bs4.element import NavigableString, Tag
from fuzz.invariant import UNREAD, blank_free, check_blocks, check_markup, check_offsets, own_text, parsed, units_text
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import portalclean
from portalclean import Pipeline
from portalclean.capture.decode import decode

SAMPLE = 40
"""Real pages that are checked; the sample is the same on every run."""

# Text: every character may come, among them the kinds that break offsets.
ODD = (
    "\x00\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\u00a0\u3000"
    "\u200b\ufeff\ufffe\uffff\U0001f468\u200d\U0001f469\U0010ffff\ud800\udfff"
)
WORDS = (
    "2023-09-24 02:04:49|来源：晨光报|责任编辑：张三|相关推荐|分享至|"
    "首页 > 正文|A sentence ends. Another|。！？|”。|\r\n|"
    "\n\n|\t|  "
).split("|")
texts = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.text(st.sampled_from(ODD), max_size=6),
        st.sampled_from(WORDS),
        st.sampled_from(WORDS),
    ),
    max_size=60,
).map("".join)
long_lines = st.lists(
    st.sampled_from((*WORDS[:9], "今年以来,沂河镇把老粮仓改成读书屋。", "word ", "x" * 700)),
    min_size=20,
    max_size=120,
).map("".join)

# Tag soup: real and unknown elements, opened and closed at random, with attributes that hide.
TAGS = re.findall(
    r"\S+",
    "p div span a b i em h1 h2 ul li ol table tr td th tbody thead caption select option optgroup "
    "template script style noscript textarea title head body html br hr img pre code iframe video audio "
    "canvas object svg math foreignObject desc mi mtext form button input label fieldset legend details "
    "summary dialog time article section nav header footer main aside font center frameset frame noframes "
    "noembed xmp plaintext listing marquee nobr ruby rt rp custom-element dl dt dd blockquote figure "
    "figcaption map area col colgroup menu slot datalist meter applet ",
)
ATTRIBUTES = (
    '| class="ad share"| style="display:none"| hidden| href="/x"|'
    ' style="visibility : hidden"| open| title="<p>no text</p>"| data-x=\'| role="navigation"'
).split("|")
tags = st.sampled_from(TAGS)
opens = st.builds(lambda tag, attribute: f"<{tag}{attribute}>", tags, st.sampled_from(ATTRIBUTES))
closes = st.builds(lambda tag: f"</{tag}>", tags)
scraps = st.sampled_from(
    (
        "&amp;",
        "&lt;b&gt;",
        "&nbsp;",
        "&#0;",
        "&#x80;",
        "&#xD800;",
        "&bogus;",
        "&notit;",
        "<!-- no text -->",
        "<!--",
        "<![CDATA[x]]>",
        "<?php x ?>",
        "<",
        "</",
        "<a",
        "<!doctype html>",
        "\x00",
        "　",
        "文字",
        " ",
    )
)
soups = st.lists(
    st.one_of(opens, opens, closes, closes, scraps, st.text(max_size=12), st.text(st.sampled_from(ODD), max_size=4)),
    max_size=60,
).map("".join)


@given(texts)
@example("")
@example("\ufeff\n\x00")
@example("a\r\nb\rc\x85d\u2028e")
@settings(max_examples=300, deadline=None)
def test_text(text: str) -> None:
    page = portalclean.read(text, kind="text")
    assert page.text == text
    check_offsets(page)
    check_blocks(portalclean.extract(text, kind="text"), page)


@given(long_lines)
@settings(max_examples=60, deadline=None)
def test_long_lines(text: str) -> None:
    page = portalclean.read(text, kind="text")
    check_offsets(page)
    check_blocks(portalclean.extract(text, kind="text"), page)


@given(
    st.lists(st.sampled_from(("今年以来沂河镇", "the quick brown fox ", "老粮仓 ")), min_size=40, max_size=200).map(
        "".join
    ),
    st.integers(30, 90),
)
@settings(max_examples=40, deadline=None)
def test_wrapped_text(text: str, width: int) -> None:
    wrapped = "\n".join(text[at : at + width] for at in range(0, len(text), width))
    check_offsets(portalclean.read(wrapped, kind="text"))


@given(soups)
@example("<p>a<template><p>b</p></template>c<select><option>d</option></select>e")
@example("<table>a<tr>b<td>c</table>d")
@example("<svg><title>a</title><style>b</style></svg>c")
@example("<noscript><p>a</p></noscript><plaintext><p>b")
@example("<textarea>\n\na\nb</textarea><pre>\n c\n\n d </pre>")
@example("<svg><input>a</svg><math><img>b")
@example("<frameset><frame></frameset><noframes>a</noframes>")
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_tag_soup(markup: str) -> None:
    page = portalclean.read(markup, kind="html")
    assert units_text(page) == own_text(parsed(markup))
    check_offsets(page)
    check_markup(page)
    check_blocks(portalclean.extract(markup, kind="html"), page)


def test_lone_surrogates_become_replacement_characters() -> None:
    page = portalclean.read("<p>a\ud800b</p>", kind="html")
    assert page.text == "a\ufffdb"


# Well-formed trees: a second, independent parser must see the same text.
PLAIN = ("div", "p", "span", "b", "a", "em", "section", "article", "ul", "h2", "aside")
contents = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=15)


def _element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inner = st.lists(children, max_size=4).map("".join)
    spans = st.builds(lambda tag, text: f"<{tag}>{text}</{tag}>", st.sampled_from(("span", "b", "em")), inner)
    return st.one_of(
        spans,
        inner.map(lambda text: f"<!--no-->{text}"),
        inner.map(lambda text: f"{text}<script>x()</script>"),
    )


inline = st.recursive(contents.map(escape), _element, max_leaves=8)
flow = st.recursive(
    st.builds(lambda text: f"<p>{text}</p>", inline),
    lambda children: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(("div", "section", "article", "aside")),
        st.lists(children, max_size=4),
    ),
    max_leaves=12,
)


@given(flow)
@settings(max_examples=200, deadline=None)
def test_well_formed_trees_as_another_parser_sees_them(body: str) -> None:
    markup = f"<!doctype html><html><head><title>t</title></head><body>{body}</body></html>"
    page = portalclean.read(markup, kind="html")
    assert units_text(page) == blank_free("".join(_soup_texts(BeautifulSoup(markup, "html.parser"))))


def _soup_texts(tag: Tag) -> Iterator[str]:
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name not in UNREAD:
                yield from _soup_texts(child)
        elif isinstance(child, NavigableString) and not isinstance(
            child, (Comment, Doctype, Declaration, CData, ProcessingInstruction)
        ):
            yield str(child)


def sampled(paths: Iterator[Path]) -> list[Path]:
    found = sorted(paths)
    return random.Random(0).sample(found, min(SAMPLE, len(found)))


def test_real_pages_of_html(portal_data: Path) -> None:
    for path in sampled((portal_data / "html").glob("*.html")):
        capture = path.read_bytes()
        page = portalclean.read(capture, kind="html")
        decoded = decode(capture, declared=None)[0]
        assert units_text(page) == own_text(parsed(decoded)), path.name
        check_offsets(page)
        check_markup(page)
        check_blocks(portalclean.extract(capture, kind="html"), page)


def test_real_pages_of_text(portal_data: Path) -> None:
    for path in sampled((portal_data / "text").glob("*.txt")):
        text = path.read_text("utf-8")
        page = portalclean.read(text, kind="text")
        assert page.text == text, path.name
        check_offsets(page)
        check_blocks(portalclean.extract(text, kind="text"), page)


def test_stages_leave_the_page_as_it_was(seed_text: str) -> None:
    page = portalclean.read(seed_text)
    before = (page.text, page.starts.copy(), list(page.texts), list(page.origins))
    Pipeline().run(page)
    assert (page.text, list(page.texts), list(page.origins)) == (before[0], before[2], before[3])
    assert np.array_equal(page.starts, before[1])


@pytest.mark.parametrize("kind", ["html", "text"])
def test_the_same_input_gives_the_same_bytes(seed_text: str, kind: str) -> None:
    runs = {portalclean.extract(seed_text, kind=kind).to_json(blocks=True) for _ in range(2)}
    assert len(runs) == 1
