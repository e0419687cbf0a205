"""Hostile captures: an empty or partial article in bounded work, or the one named error; never anything else.

The bound on the work is the number of units or elements that come out, and the test suite's own patience; no
test looks at a clock.
"""

from __future__ import annotations

import random

import pytest

import portalclean
from portalclean import CaptureTooLarge, EmptyBecause, Limits

MEGABYTE = 1024 * 1024
SENTENCE = "今年以来,沂河镇把闲置多年的老粮仓改成读书屋,傍晚散步的居民多了起来。"


@pytest.mark.parametrize(
    "capture", [b"", "", b"   \n\t ", "\n" * 1000, bytearray(), memoryview(b""), b"\xef\xbb\xbf", b"\xff\xfe"]
)
def test_nothing(capture: bytes | str) -> None:
    article = portalclean.extract(capture)
    assert article.text == ""
    assert article.blocks == ()
    assert article.empty_because is EmptyBecause.EMPTY


@pytest.mark.parametrize("kind", [None, "html", "text"])
def test_null_bytes(kind: str | None) -> None:
    article = portalclean.extract(b"\x00" * MEGABYTE, kind=kind)
    assert article.title is None
    assert article.authors == ()
    assert article.recommendations == ()
    assert article.published is None


@pytest.mark.parametrize("kind", ["html", "text"])
def test_bytes_at_random(kind: str) -> None:
    article = portalclean.extract(random.Random(7).randbytes(200_000), kind=kind)
    assert article.published is None
    assert all(block.reason for block in article.blocks)


def test_too_many_bytes() -> None:
    with pytest.raises(CaptureTooLarge, match="bytes"):
        portalclean.extract(b"<div>" * (10 * MEGABYTE))


def test_too_many_levels() -> None:
    with pytest.raises(CaptureTooLarge, match="level"):
        portalclean.extract("<div>" * 500, limits=Limits(depth=100))


def test_text_keeps_its_order_through_thousands_of_levels() -> None:
    numbers = [f"n{at}" for at in range(4000)]
    markup = "".join(f"<div>{number}" for number in numbers) + "".join(
        f"{number}</div>" for number in reversed(numbers)
    )
    page = portalclean.read(markup, kind="html")
    assert "".join("".join(page.texts).split()) == "".join(numbers) + "".join(reversed(numbers))


def test_too_many_units() -> None:
    with pytest.raises(CaptureTooLarge, match="units"):
        portalclean.extract("<p>a" * 600_000, limits=Limits(units=1000))
    with pytest.raises(CaptureTooLarge, match="units"):
        portalclean.extract("a\n" * 600_000, kind="text", limits=Limits(units=1000))


def test_one_line_of_ten_megabytes() -> None:
    article = portalclean.extract("A" * (10 * MEGABYTE), kind="text")
    assert sum(len(block.text) for block in article.blocks) == 10 * MEGABYTE


def test_one_line_of_sentences() -> None:
    count = 2 * MEGABYTE // len(SENTENCE.encode())
    article = portalclean.extract(SENTENCE * count, kind="text")
    assert sum(len(block.text) for block in article.blocks) == len(SENTENCE) * count


def test_everything_unclosed() -> None:
    markup = "<html><body><div class='a><p>" + "<table><tr><td><ul><li><a href=x><b><i>" * 300 + SENTENCE + "<!-- "
    article = portalclean.extract(markup, kind="html")
    assert sum(SENTENCE in block.text for block in article.blocks) <= 1


def test_unclosed_elements_keep_their_text() -> None:
    article = portalclean.extract("<table><tr><td><ul><li><a href=x><b><i>" * 300 + SENTENCE)
    assert sum(SENTENCE in block.text for block in article.blocks) == 1


@pytest.mark.parametrize("kind", ["html", "text"])
def test_nothing_but_punctuation(kind: str) -> None:
    article = portalclean.extract("。,!?…——“”‘’()[]{}|/\\-+=*&^%$#@~`.;:\n" * 2000, kind=kind)
    assert article.title is None or not any(map(str.isalnum, article.title))
    assert article.authors == ()
    assert article.recommendations == ()
    assert article.comments == ()


def test_a_paragraph_under_three_thousand_elements_comes_out() -> None:
    article = portalclean.extract("<div>" * 3000 + f"<p>{SENTENCE * 4}</p>" + "</div>" * 3000)
    assert article.text == SENTENCE * 4


@pytest.mark.parametrize("tag", ["b", "span", "font", "a href=x", "nobr"])
def test_deep_inline_elements(tag: str) -> None:
    article = portalclean.extract(f"<p>{f'<{tag}>' * 5000}{SENTENCE}</p>")
    assert sum(SENTENCE in block.text for block in article.blocks) == 1


def test_misnested_formatting_does_not_multiply() -> None:
    # The adoption agency of the HTML standard clones formatting elements; the clones must stay few.
    markup = "<p>" + "<b><i><u><a>x</b></i>" * 2000
    page = portalclean.read(markup, kind="html")
    assert "".join("".join(page.texts).split()) == "x" * 2000


def test_many_tiny_units() -> None:
    article = portalclean.extract("<i>一</i><br>" * 200_000)
    assert sum(len(block.text) for block in article.blocks) == 200_000


def test_many_tiny_links() -> None:
    article = portalclean.extract("".join(f"<li><a href=/{at}>{at}</a>" for at in range(50_000)))
    assert len(article.blocks) == 50_000


def test_many_tiny_lines() -> None:
    article = portalclean.extract("一\n" * 200_000, kind="text")
    assert len(article.blocks) == 200_000


def test_a_million_attributes() -> None:
    attributes = " ".join(f"a{at}=1" for at in range(1_000_000))
    article = portalclean.extract(f"<div {attributes}><p>{SENTENCE}</p></div>", kind="html")
    assert [block.text for block in article.blocks] == [SENTENCE]


def test_long_attribute_values() -> None:
    value = "display " * 200_000
    article = portalclean.extract(f'<div style="{value}" class="{value}" href="{value}"><p>{SENTENCE}</p></div>')
    assert [block.text for block in article.blocks] == [SENTENCE]


def test_tables_in_tables() -> None:
    article = portalclean.extract("<table><tr><td>" * 2000 + SENTENCE)
    assert sum(SENTENCE in block.text for block in article.blocks) == 1


@pytest.mark.parametrize(
    "line",
    [
        "2023-09-24 02:04:49 ",
        "作者：张三 ",
        "首页 > ",
        "【【【",
        "((((",
        "记者 ",
        "By A and ",
        "来源：",
        "1.2.3.4.5.6.7.8.9.",
        "http://a.b/",
        "文/图 ",
        "  \t",
        "相关推荐\n",
        "12 条评论 回复 ",
        "A A A ",
    ],
)
@pytest.mark.parametrize("kind", ["html", "text"])
def test_one_cue_over_and_over(line: str, kind: str) -> None:
    capture = line * (300_000 // len(line))
    article = portalclean.extract(f"<p>{capture}</p>" if kind == "html" else capture, kind=kind)
    assert all(block.text.strip() for block in article.blocks)


def test_entities_that_never_end() -> None:
    article = portalclean.extract("<p>" + "&amp" * 100_000 + "</p>", kind="html")
    assert "".join(block.text for block in article.blocks) == "&" * 100_000


def test_hostile_json_ld() -> None:
    nested = "[" * 100_000 + "]" * 100_000
    markup = f'<script type="application/ld+json">{nested}</script><p>{SENTENCE}</p>'
    assert [block.text for block in portalclean.extract(markup).blocks] == [SENTENCE]


@pytest.mark.parametrize(
    "href", ["http://[", "javascript:alert(1)", "\x00", "http://\ud800/", "a" * 100_000, "//[::1", "data:,x"]
)
def test_hostile_addresses(href: str) -> None:
    article = portalclean.extract(
        f'<base href="http://["><p><a href="{href}">{SENTENCE}</a></p>', url="http://[", kind="html"
    )
    assert any(SENTENCE in block.text for block in article.blocks)
