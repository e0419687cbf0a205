"""Hypothesis strategies for captures: pages put together from pieces that pages are made of, and rubbish."""

from __future__ import annotations

from hypothesis import strategies as st

__all__ = ["captures"]

TAGS = (
    "p div span a b i em h1 h2 h3 ul ol li table tr td th caption dl dt dd br hr img pre code blockquote figure "
    "figcaption time script style template noscript textarea select option title meta link base head body html form "
    "button input svg math iframe video article section nav aside header footer main details summary dialog ruby rt "
    "frameset noframes plaintext xmp font center nobr custom-element"
).split()
ATTRIBUTES = (
    "| class='share ad related'| class=breadcrumb| class=comment| class=author| hidden| style='display:none'| href=/x"
    "| href='http://['| href=javascript:x| datetime=2023-09-24T02:04| src=/a.jpg alt='图'| name=author content='张三'"
    "| property=article:published_time content=2023-13-45| name=keywords content='读书,,#城'| id=x| role=navigation"
    "| colspan=9999999999| start=-1| value=&#0;| rel=next href=?page=2| type=application/ld+json"
).split("|")
PHRASES = (
    "今年以来,沂河镇把老粮仓改成读书屋。|2023-09-24 02:04:49|9999年99月99日|0000-00-00|来源：晨光报|责任编辑：张三|"
    "记者 李四 王五|"
    "相关推荐|热点新闻|分享至|首页 > 新闻 > 正文|(文:张三)|3小时前|By Jane Doe and John Roe|Sept. 31, 2021 25:61 PM|"
    "原标题：|404 Not Found|请登录|网友评论|回复 赞(3)|© 2020|上一页 1 2 3 下一页|A sentence ends. Another begins.|"
    "民國112年13月|٢٠٢٣|İstanbul|ﬁ|１２：３０|>>>>|《《《|1.2.3.4|@@@|http://a.b/|&amp;#1234567890;|]]>|--><!--|{}[]\\|"
    '{"@type":"NewsArticle","articleBody":"x","author":[[[{"name":1}]]],"datePublished":20230924}|'
    '{"@graph":[{"headline":null,"author":{"author":{}}}]}|NaN|1e999|\\ud800'
).split("|")
ODD = (
    "\x00\x0b\x0c\x1b\x1c\x85\u200b\u200e\u2028\u2029\u202e\u3000\ufeff\uffff"
    "\U0001f468\u200d\U000e0041\U0010ffff\n\r\t "
)
SCRAPS = (
    "<",
    "</",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&",
    "&#x110000;",
    "&lt;",
    "<a",
    "'",
    '"',
    "=",
    ">",
    "<!doctype ",
)

_tags = st.sampled_from(TAGS)
_pieces = st.one_of(
    st.builds("<{}{}>".format, _tags, st.sampled_from(ATTRIBUTES)),
    st.builds("<{}{}>".format, _tags, st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, _tags),
    st.sampled_from(PHRASES),
    st.sampled_from(PHRASES),
    st.sampled_from(SCRAPS),
    st.sampled_from(("\n", "\n\n", "\r\n", "  ", "\t", "\u3000")),
    st.text(st.sampled_from(ODD), max_size=5),
    st.text(max_size=10),
    st.builds(
        lambda piece, times: piece * times, st.sampled_from((*PHRASES, *SCRAPS, "<div>", " ")), st.integers(2, 99)
    ),
)
_pages = st.lists(_pieces, max_size=80).map("".join)
_encodings = st.sampled_from(("utf-8",) * 6 + ("gb18030", "utf-16", "big5", "shift_jis", "euc-kr", "windows-1251"))

captures: st.SearchStrategy[bytes] = st.one_of(
    st.builds(lambda page, encoding: page.encode(encoding, "replace"), _pages, _encodings),
    st.builds(
        lambda page, junk, at: page.encode("utf-8", "replace")[:at] + junk, _pages, st.binary(), st.integers(0, 999)
    ),
    st.binary(max_size=400),
)
"""Pages as bytes, whole or broken."""
