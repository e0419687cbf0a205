from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from labelled_pages import labelled

from portalclean import Label
from portalclean.extractors.next_page import extract_next_page

HOST = "https://news.example.com"


def next_page(pager: str, url: str | None, head: str = "", label: Label = Label.NAVIGATION) -> str | None:
    markup = f"{head}<p>渡轮离港。</p><div>{pager}</div>"
    labels = {"渡轮离港": Label.BODY, **({"": label} if pager else {})}
    return extract_next_page(labelled(markup, labels, url=url)).fields["next_page"]


FOUND = [
    ("<a href=ferry_2.html>下一页</a>", "/a/ferry.html", "/a/ferry_2.html"),
    ("<a href=ferry.html>1</a> <a href=ferry_3.html>下一页 »</a>", "/a/ferry_2.html", "/a/ferry_3.html"),
    ("<a href=ferry_1.shtml>下页</a>", "/a/ferry.shtml", "/a/ferry_1.shtml"),
    ("<b>1</b> <a href=/a/77-2.html>2</a> <a href=/a/77-3.html>3</a>", "/a/77.html", "/a/77-2.html"),
    ("<a href='?page=2'>Next page</a>", "/a/ferry", "/a/ferry?page=2"),
    ("<a href='?page=3&amp;id=7'>›</a>", "/a/ferry?id=7&page=2", "/a/ferry?page=3&id=7"),
    ("<a href=/a/ferry/page/2/>Next »</a>", "/a/ferry/", "/a/ferry/page/2/"),
    ("<a href=/a/ferry/2>次のページへ</a>", "/a/ferry", "/a/ferry/2"),
    ("<a href=//news.example.com/a/ferry_2.html>다음</a>", "/a/ferry.html", "/a/ferry_2.html"),
    ("<a href=ferry_2.html>下一页</a>", "/a/ferry.html?utm_source=x&spm=1.2", "/a/ferry_2.html"),
]


@pytest.mark.parametrize(("pager", "own", "found"), FOUND)
def test_next_pages(pager: str, own: str, found: str) -> None:
    assert next_page(pager, HOST + own) == HOST + found


NOT_FOUND = {
    "the next article": ("<a href=/a/gale.html>下一篇</a>", "/a/ferry.html"),
    "next, to another article": ("<a href=/a/gale.html>Next</a>", "/a/ferry.html"),
    "next, to the next number of articles": ("<a href=/a/12>Next</a>", "/a/11"),
    "another host": ("<a href=https://wap.example.org/a/ferry_2.html>下一页</a>", "/a/ferry.html"),
    "the page before": ("<a href=ferry_2.html>2</a>", "/a/ferry_3.html"),
    "the page after the next": ("<a href=ferry_3.html>3</a>", "/a/ferry.html"),
    "a carousel": ("<a href='#slides'>Next</a> <a href='javascript:next()'>下一页</a>", "/a/ferry.html"),
    "a number that is no page": ("<a href=ferry_2.html>128</a>", "/a/ferry.html"),
    "a list's parameter beside another query": ("<a href='?tag=sea&amp;page=2'>Next page</a>", "/a/ferry"),
}


@pytest.mark.parametrize(("pager", "own"), NOT_FOUND.values(), ids=NOT_FOUND)
def test_no_next_page(pager: str, own: str) -> None:
    assert next_page(pager, HOST + own) is None


def test_the_head_counts_only_for_the_same_article() -> None:
    own = f"{HOST}/a/ferry.html"
    assert next_page("", own, "<link rel=next href=ferry_2.html>") == f"{HOST}/a/ferry_2.html"
    assert next_page("", own, "<link rel=next href=gale.html>") is None


def test_the_pager_of_a_list_of_comments_does_not_count() -> None:
    pager = "<a href='?page=2'>下一页</a>"
    assert next_page(pager, f"{HOST}/a/ferry", label=Label.COMMENT) is None
    assert next_page(pager, f"{HOST}/a/ferry", label=Label.OTHER) is not None


def test_without_the_page_s_address_nothing_is_sure() -> None:
    pager = f"<a href={HOST}/a/ferry_2.html>下一页</a>"
    assert next_page(pager, None) is None
    assert next_page(pager, None, f"<link rel=canonical href={HOST}/a/ferry.html>") is not None


def test_a_dump_has_none() -> None:
    reading = labelled("渡轮离港。\n下一页", {"渡轮": Label.BODY}, kind="text", url=f"{HOST}/a/ferry.html")
    assert extract_next_page(reading).fields["next_page"] is None


def test_the_words_are_as_the_code_compares_them() -> None:
    table = tomllib.loads((files("portalclean") / "lexicon" / "next_page.toml").read_text("utf-8"))
    for words in (table["links"]["words"], table["words"]["page"], table["addresses"]["parameters"]):
        assert len(words) == len(set(words))
        assert words == [word.lower().strip() for word in words]
    assert not {"下一篇", "下一章", "next article", "next post"} & set(table["links"]["words"])
