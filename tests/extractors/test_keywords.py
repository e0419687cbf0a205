from __future__ import annotations

import pytest
from byline_pages import LONG_BODY, reading_of

from portalclean.extractors.keywords import extract_keywords
from portalclean.page import Head, Label

SHOWN: list[tuple[str, tuple[str, ...]]] = [
    ("关键词：养老 社区 北京", ("养老", "社区", "北京")),
    ("关键词阅读： CEO 张韫之 第三方评价", ("CEO", "张韫之", "第三方评价")),
    ("文章关键词： 金融改革 离岸人民币", ("金融改革", "离岸人民币")),
    ("关键字 : 公园", ("公园",)),
    ("关键词: 淘宝网；物流配送；Taobao Network", ("淘宝网", "物流配送", "Taobao Network")),
    ("本文标签： 疫情政策", ("疫情政策",)),
    ("分类专栏： arcgis 文章标签： MaxEnt solves模型", ("MaxEnt", "solves模型")),
    ("标签：#养老 #社区 #养老", ("养老", "社区")),
    ("Tags: lean startup, customer development", ("lean startup", "customer development")),
    ("Labels: a walk; a ride", ("a walk", "a ride")),
    ("Теги: Киев, Метро", ("Киев", "Метро")),
    ("Tags\nlean startup\ncustomer development", ("lean startup", "customer development")),
    ("標籤\n美國商務部\n查看更多", ("美國商務部",)),
    ("关键词\n养老|社区\n上一篇：另一篇文章", ("养老", "社区")),
    ("#鄭文燦\n#農委會", ("鄭文燦", "農委會")),
    ("關鍵字：", ()),
    ("Trending Topics\nPM LIVE", ()),
    ("关键词研究所成立", ()),
]


@pytest.mark.parametrize(("lines", "expected"), SHOWN)
def test_keywords_behind_a_label(lines: str, expected: tuple[str, ...]) -> None:
    made = [(Label.NAVIGATION, line) for line in lines.split("\n")]
    reading = reading_of((Label.BODY, LONG_BODY), *made)
    assert extract_keywords(reading).fields["keywords"] == expected


def test_links_behind_the_label_are_the_keywords() -> None:
    lines = [(Label.BODY, LONG_BODY), (Label.NAVIGATION, "关键字 : 中国芯芯片华为 Mate")]
    links = ((1, "中国芯"), (1, "芯片华为"[:2]), (1, "华为 Mate"))
    assert extract_keywords(reading_of(*lines, links=())).fields["keywords"] == ("中国芯芯片华为", "Mate")
    assert extract_keywords(reading_of(*lines, links=links[:1])).fields["keywords"] == ("中国芯",)


def test_a_menu_far_from_the_text_is_not_its_keywords() -> None:
    menu = [(Label.NAVIGATION, "Topics"), (Label.NAVIGATION, "Sport")]
    filler = [(Label.NAVIGATION, "Menu")] * 20
    assert extract_keywords(reading_of(*menu, *filler, (Label.BODY, LONG_BODY))).fields["keywords"] == ()


def test_a_line_of_the_text_is_none() -> None:
    reading = reading_of((Label.BODY, LONG_BODY), (Label.BODY, "关键词：养老"), (Label.BODY, LONG_BODY))
    assert extract_keywords(reading).fields["keywords"] == ()


HEADS: list[tuple[Head, tuple[str, ...]]] = [
    (Head(meta={"keywords": ("养老,社区，北京",)}), ("养老", "社区", "北京")),
    (Head(meta={"keywords": ("site",), "news_keywords": ("养老, 社区",)}), ("养老", "社区")),
    (Head(meta={"article:tag": ("Lean Startup", "lean startup", "Walks")}), ("Lean Startup", "Walks")),
    (
        Head(meta={"keywords": ("Traditional Affairs &amp; Weather, Walks",)}),
        ("Traditional Affairs & Weather", "Walks"),
    ),
    (Head(title="清晨出门的人_新闻", meta={"keywords": ("清晨出门的人_新闻", "养老")}), ("养老",)),
    (Head(meta={"og:site_name": ("Example News",), "keywords": ("Example News, walks",)}), ("walks",)),
    (Head(meta={"keywords": ("<meta name=",)}), ()),
    (Head(meta={"keywords": (" , ,",)}), ()),
    (Head(json_ld=({"@type": "NewsArticle", "keywords": ["养老", "社区"]},)), ("养老", "社区")),
    (Head(json_ld=({"@type": "NewsArticle", "keywords": "walks, rides"},)), ("walks", "rides")),
    (Head(json_ld=({"@type": "NewsArticle", "keywords": 3},)), ()),
    (Head(), ()),
]


@pytest.mark.parametrize(("head", "expected"), HEADS)
def test_the_head_is_the_fallback(head: Head, expected: tuple[str, ...]) -> None:
    assert extract_keywords(reading_of((Label.BODY, LONG_BODY), head=head)).fields["keywords"] == expected


def test_what_is_shown_beats_the_head() -> None:
    lines = [(Label.BODY, LONG_BODY), (Label.NAVIGATION, "关键词：养老")]
    found = extract_keywords(reading_of(*lines, head=Head(meta={"keywords": ("新闻,门户",)})))
    assert found.fields["keywords"] == ("养老",)
    assert [(item.reason, item.chosen) for item in found.evidence] == [
        ("keyword label", True),
        ("meta keywords", False),
    ]


def test_there_are_never_more_than_thirty() -> None:
    many = ",".join(f"word{number}" for number in range(200))
    assert len(extract_keywords(reading_of(head=Head(meta={"keywords": (many,)}))).fields["keywords"]) == 30


@pytest.mark.xfail(reason="words glued without a separator leave no trace in a text dump")
def test_glued_keywords() -> None:
    reading = reading_of((Label.BODY, LONG_BODY), (Label.NAVIGATION, "关键字：苹果新品新手机"))
    assert extract_keywords(reading).fields["keywords"] == ("苹果", "新品", "新手机")
