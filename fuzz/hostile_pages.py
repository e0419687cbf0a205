"""Hostile pages of any size, of both kinds: what is repeated in them is what a careless reader reads many times."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

__all__ = ["PAGES", "HostilePage"]

SENTENCE = "今年以来,沂河镇把闲置多年的老粮仓改成读书屋,傍晚散步的居民多了起来。"
PROSE = f"<h1>沂河镇的读书屋</h1><p>{SENTENCE * 5}</p>"
HEADLINE = "沂河镇的老粮仓改成了读书屋"
ENGLISH = "The town has turned its old granary into a reading room. And people come."


class HostilePage(NamedTuple):
    """A shape of page: its kind, and how a page of about so many characters is made."""

    kind: str | None
    make: Callable[[int], str]


def _repeated(unit: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """Return what makes pages of one unit over and over; ``{}`` in the unit is its number."""
    if "{}" not in unit:
        return lambda size: before + unit * (size // len(unit)) + after
    return lambda size: before + "".join(unit.replace("{}", str(at)) for at in range(size // len(unit))) + after


def _html(unit: str, before: str = "", after: str = "") -> HostilePage:
    return HostilePage("html", _repeated(unit, before, after))


def _text(unit: str, after: str = "") -> HostilePage:
    return HostilePage("text", _repeated(unit, "", after))


def _unknown(unit: str) -> HostilePage:
    return HostilePage(None, _repeated(unit))


JSON_LD = '<script type="application/ld+json">'

PAGES: Mapping[str, HostilePage] = {
    # nesting
    "deep divisions": _html("<div>", after=SENTENCE),
    "deep divisions with text": _html("<div>{}"),
    "deep formatting": _html("<b>", "<p>", SENTENCE),
    "misnested formatting": _html("<b><i><u><a>x</b></i>", "<p>"),
    "tables in tables": _html("<table><tr><td>单元"),
    "tables in a form": _html("<table>", "<form>", SENTENCE),
    "lists in lists": _html("<ul><li>条目的文字", PROSE),
    "quotes in quotes": _html("<blockquote>引文", PROSE),
    "drawings in drawings": _html("<svg><g>", after=SENTENCE),
    # lists of links
    "links": _html("<li><a href=/{}.html>沂河镇的老粮仓改成了读书屋{}</a></li>"),
    "the same link": _html(f"<li><a href=/1.html>{HEADLINE}</a></li>"),
    "links in one paragraph": _html(f"<a href=/{{}}.html>{HEADLINE}</a> ", "<p>"),
    "dated links": _html(f"<li><a href=/{{}}>{HEADLINE}{{}}</a><span>2023-09-24 02:04</span></li>"),
    "headings of lists": _html("<h3>相关推荐</h3>"),
    "recommendations in text": _text(f"相关推荐\n{HEADLINE}\n晨光报\n2023-09-24 02:04\n"),
    "page numbers": _html("<a href=/a_{}.html>{}</a> ", PROSE),
    "comments": _html("<p>张三: 写得真好 2小时前 回复 赞(3)</p>", "<div class=comment>"),
    "comments in text": _text("网友评论\n张三\n写得真好\n2小时前 回复 赞(3)\n"),
    # long lines
    "one word": _text("A"),
    "one line of sentences": _text(SENTENCE),
    "one line of English": _text(ENGLISH + " "),
    "one paragraph": _html(SENTENCE, "<p>"),
    "one number": _text("1"),
    "one number in the headline": HostilePage("html", lambda size: f"<title>{'1' * size}</title><h1>{'1' * size}</h1>"),
    "one run of blanks": _text(" ", after="x"),
    "one run of blanks in a paragraph": _html("&nbsp;", "<p>x", "y"),
    "one run of blanks in the title": _html("\u3000", "<title>沂河镇", "x</title>" + PROSE),
    "one run of blanks in the keywords": _html("\u3000", '<meta name="keywords" content="读', f'x">{PROSE}'),
    "one run of blanks in the breadcrumbs": _html("&nbsp;", "<div class=breadcrumb><a href=/>首页</a>", "x</div>"),
    "one run of blanks in the byline": _html("&nbsp;", f"{PROSE}<p class=author>责任编辑：张三", "李四</p>"),
    "one Han character": _text("张"),
    "one kana": _text("カ"),
    # many small things
    "paragraphs": _html(f"<p>{SENTENCE}</p>", "<h1>沂河镇</h1>"),
    "lines": _text(SENTENCE + "\n"),
    "lines of one character": _text("一\n"),
    "line breaks": _html("文字<br>", "<p>"),
    "blank lines": _text("一\n\n\n\n"),
    "wrapped lines": _text("今年以来沂河镇把闲置多年的老粮仓改成读书屋傍晚散步的居民多了起来今年以来沂河镇\n"),
    "preformatted lines": _html("a b\n", "<pre>", "</pre>"),
    "table cells": _html("<td>单元</td>", "<h1>标题</h1><table><tr>"),
    "table rows": _html("<tr><td>单元<td>2<td>3", "<h1>标题</h1><table>"),
    "definitions": _html("<dt>x<dd>y", "<dl>"),
    "hidden paragraphs": _html("<p hidden>x</p>"),
    "unscripted paragraphs": _html("<p>x</p>", "<noscript>", "</noscript>"),
    "classes": _html("<div class='a{} b{} c{}'>文字{}</div>"),
    "one long class": _html("ab-cd ", "<div class='", "'>x</div>"),
    "pictures": _html("<p><img src=/a.jpg alt=x><br>图为沂河镇</p>", PROSE),
    "figures": _html("<figure><img src=/a.jpg><figcaption>图为沂河镇</figcaption></figure>", PROSE),
    # dates and people
    "dates": _html("<p>2023-09-24 02:04:49</p>"),
    "dates in one line": _text("2023-09-24 02:04:49 "),
    "dates in lines": _text("2023-09-24 02:04:49\n"),
    "months": _text("jan 1 "),
    "names in one line": _text("记者 张三 李四 王五 "),
    "names in lines": _text("作者：张三、李四、王五\n"),
    "names in paragraphs": _html("<p>责任编辑：张三</p>", PROSE),
    "English names": _text("By Jane Doe and John Roe, "),
    "foreign names": _text("卡·"),
    "sources": _text("来源：晨光报\n"),
    "handles": _text("@张三 "),
    "capitals": _text("Abc "),
    # marks
    **{f"marks {mark}": _text(mark) for mark in "([{（【《“\"'「<>|#_"},
    "path signs in a line": _text("首页 > "),
    "path signs in links": _html("<a href=/>首页</a> > ", "<div class=breadcrumb>", "</div>"),
    "ranks": _text("1. 今年\n"),
    "addresses": _text("http://a.b/"),
    "copyright marks": _text("© 2020 Foo Bar "),
    # the head
    "titles of many parts": _html("沂河_镇-读|书 - ", "<title>", f"</title>{PROSE}"),
    "authors in the head": _html('<meta name="author" content="张三,李四">', after=PROSE),
    "keywords": _html("读书,", '<meta name="keywords" content="', f'">{PROSE}'),
    "linked data": _html('{"name":"张三"},', f'{JSON_LD}{{"@type":"NewsArticle","author":[', "{}]}</script>" + PROSE),
    "linked data without an end": _html("[", JSON_LD),
    "pieces of linked data": _html(f'{JSON_LD}{{"@type":"NewsArticle","headline":"x y z"}}</script>', after=PROSE),
    # what is not yet known to be HTML
    "half tags": _unknown("x<"),
    "unknown tags": _unknown("<x "),
    "open divisions": _unknown("<div>"),
    "open comments": _unknown("<!--x"),
    "open scripts": _unknown("<script>"),
    "open instructions": _unknown("<?"),
    "end tags": _unknown("</div>"),
    "attributes": _html("a='b' ", "<a "),
    "character references": _html("&lt;", "<p>"),
}
"""The shapes by name."""
