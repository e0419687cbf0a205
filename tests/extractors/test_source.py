from __future__ import annotations

import time

import pytest
from byline_pages import LONG_BODY, byline, reading_of

from portalclean.bylines.media import medium
from portalclean.extractors.source import extract_source
from portalclean.page import Head, Json, Label


def _by(name: str, *, publisher: str = "Example News") -> Head:
    node: Json = {
        "@type": "NewsArticle",
        "author": {"@type": "Organization", "name": name},
        "publisher": {"name": publisher},
    }
    return Head(json_ld=(node,))


BYLINES: list[tuple[str, str | None]] = [
    # a label
    ("2019-09-07 19:53:27　来源: 每日经济新闻 举报", "每日经济新闻"),
    ("来源：新华社", "新华社"),
    ("来源：  中国日报网", "中国日报网"),
    ("来源: | 发布时间: 2018-05-17 | 浏览次数: 2168", None),
    ("来源：\n2020-01-01", None),
    ("本文来源：21世纪经济报道 作者：王鹏远", "21世纪经济报道"),
    ("2015-07-03 05:09:56　来源: 21世纪经济报道(广州)", "21世纪经济报道"),
    ("发布日期：2016-11-22 浏览次数： 信息来源：省发改委", "省发改委"),
    ("时间：2019-09-18 06:23 来源： 山西日报", "山西日报"),
    ("2009年11月09日00:00  来源：人民网-《人民日报》", "人民网-《人民日报》"),
    ("2022年02月13日07:48 | 来源：新华日报", "新华日报"),
    ("2005年8月25日（来源：上海证券报）", "上海证券报"),
    ("编辑： 吕峥	来源： 千龙网", "千龙网"),
    ("12:11来源：证券时报网作者：李在山", "证券时报网"),
    ("来源：科普中国-科学原理", "科普中国-科学原理"),
    ("2024-05-22 07:16:06　来源: 鞭牛士 北京  举报", "鞭牛士"),
    ("來源：中央社", "中央社"),
    ("Source: Reuters", "Reuters"),
    ("Quelle: dpa", "dpa"),
    ("Źródło: example.pl", "example.pl"),
    ("出典：共同通信", "共同通信"),
    # beside the date
    ("2019年09月11日01:53  新浪科技  我有话说(1307人参与) 收藏本文", "新浪科技"),
    ("2019年09月09日 20:52 新浪财经-自媒体综合", "新浪财经-自媒体综合"),
    ("2024-05-09 22:30·新华社", "新华社"),
    ("2021-01-20 04:29:4439健康网", "39健康网"),
    ("2022-06-02 09:52:19政能亮 来自北京市", "政能亮"),
    ("北京新浪網 (2020-01-21 11:12)", "北京新浪網"),
    ("毎日新聞 2025/1/14 21:17（最終更新 1/14 21:17） 789文字", "毎日新聞"),
    ("2020-10-04 15:05聯合報 記者林宸誼／即時報導", "聯合報"),
    ("http://www.example.com.cn  2009年11月09日13:56  新浪娱乐", "新浪娱乐"),
    ("2020-01-21 11:12 分享", None),
    ("6分钟", None),
    # beside or in place of a name
    ("By Jane Doe - Associated Press - Friday, April 28, 2023", "Associated Press"),
    ("By Associated Press", "Associated Press"),
    ("Von DPA", "DPA"),
    ("[田中宏昌，ITmedia]", "ITmedia"),
    ("JANE DOE   USA TODAY", "USA TODAY"),
    ("By Jane Doe", None),
    ("By Example News Staff", None),
    # an account or a medium alone on its line
    ("体育教科书\n发布时间：18-03-0823:16", "体育教科书"),
    ("IT之家\n发布时间：09-3022:46青岛某某网络科技有限公司", "IT之家"),
    ("管不饱关注\n2024-05-08 23:23\n来自甘肃", "管不饱"),
    ("TBS NEWS DIG", "TBS NEWS DIG"),
    ("デイリースポーツ\n2024年5月20日 16時46分", "デイリースポーツ"),
    ("TopGear.com\nPublished: 11 Mar 2026", "TopGear.com"),
    ("Haberler - Anadolu Ajansı", "Anadolu Ajansı"),
    ("《ScanSecurity》", "ScanSecurity"),
    ("Jane Doe\nMay 2, 2021", None),
    ("胡平", None),
    ("Editorial", None),
    ("Reading time\n5 Minutes", None),
    ("責任編輯：黃國華", None),
]


@pytest.mark.parametrize(("lines", "expected"), BYLINES)
def test_the_medium_of_a_byline(lines: str, expected: str | None) -> None:
    assert extract_source(byline(*lines.split("\n"))).fields["source"] == expected


DATELINES = [
    ("新华社北京5月9日电 题：", "新华社"),
    ("（中央社記者溫貴香台北21日電）", "中央社"),
    ("【6月18日 AFP】", "AFP"),
    ("(서울=연합뉴스) 김지훈 기자 = ", "연합뉴스"),
    ("新京报的读者注意到，", None),
    ("【ソウル＝小池和樹】", None),
]


@pytest.mark.parametrize(("start", "expected"), DATELINES)
def test_the_agency_of_a_dateline(start: str, expected: str | None) -> None:
    assert extract_source(reading_of((Label.BODY, start + LONG_BODY))).fields["source"] == expected


def test_a_source_line_with_another_label_counts_beside_the_text() -> None:
    lines = [(Label.NAVIGATION, "2020-01-01 来源：新华社"), (Label.BODY, LONG_BODY)]
    assert extract_source(reading_of(*lines)).fields["source"] == "新华社"


def test_the_source_of_a_table_is_not_that_of_the_text() -> None:
    lines = [(Label.BODY, LONG_BODY), (Label.OTHER, "Source: Example Bureau of Statistics")]
    assert extract_source(reading_of(*lines)).fields["source"] is None


def test_the_publisher_in_the_head_is_no_source() -> None:
    head = Head(json_ld=({"@type": "NewsArticle", "publisher": {"name": "Example News"}},))
    assert extract_source(reading_of((Label.BODY, LONG_BODY), head=head)).fields["source"] is None


STATED_MEDIA: list[tuple[Head, str, str | None]] = [
    (_by("鳴岬新報"), "鳴岬新報", "鳴岬新報"),
    (_by("Narumi Times"), "NARUMI TIMES", "Narumi Times"),
    (Head(meta={"author": ("沂河日报",), "og:site_name": ("每日网",)}), "沂河日报", "沂河日报"),
    # not shown, the site's own, a person, a sponsor
    (_by("鳴岬新報"), "ランキング", None),
    (_by("鳴岬新報"), "鳴岬新報のお知らせ", None),
    (_by("鳴岬新報", publisher="鳴岬新報"), "鳴岬新報", None),
    (Head(meta={"author": ("沂河日报",), "og:site_name": ("沂河日报",)}), "沂河日报", None),
    (Head(meta={"author": ("Jane Doe",)}), "Jane Doe", None),
    (Head(meta={"author": ("Sponsored by Narumi News",)}), "Sponsored by Narumi News", None),
]


@pytest.mark.parametrize(("head", "shown", "expected"), STATED_MEDIA)
@pytest.mark.parametrize("label", [Label.ADVERTISEMENT, Label.RECOMMENDATION, Label.OTHER])
def test_a_medium_that_the_head_calls_author_and_the_page_shows(
    head: Head, shown: str, expected: str | None, label: Label
) -> None:
    reading = reading_of((Label.TITLE, "標題"), (Label.BODY, LONG_BODY), (label, shown), head=head)
    assert extract_source(reading).fields["source"] == expected


def test_a_medium_far_from_the_text_is_another_articles() -> None:
    far = [(Label.RECOMMENDATION, "另一篇文章的标题")] * 5
    reading = reading_of((Label.BODY, LONG_BODY), *far, (Label.RECOMMENDATION, "鳴岬新報"), head=_by("鳴岬新報"))
    assert extract_source(reading).fields["source"] is None


def test_the_next_candidate_is_kept_as_evidence() -> None:
    found = extract_source(byline("2019年11月25日 18:57 参考消息", "来源：新华社"))
    assert [(item.raw, item.chosen) for item in found.evidence] == [("新华社", True), ("参考消息", False)]


def test_several_media_behind_one_label_stay_together() -> None:
    assert medium("澎湃新闻、智东西") == "澎湃新闻、智东西"


@pytest.mark.xfail(reason="an account of two characters beside its platform's name cannot be told from a word")
def test_a_short_account_above_its_platform() -> None:
    assert extract_source(byline("09/07", "扬眼", "企鹅号")).fields["source"] == "扬眼"


@pytest.mark.parametrize(
    "text", ["来源：" * 20_000, "(" * 50_000, "2020-01-01 " * 10_000, "《" * 50_000, " - " * 30_000]
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    extract_source(byline("来源：新华社"))
    begun = time.perf_counter()
    extract_source(reading_of((Label.BYLINE, text), (Label.BODY, text), (Label.OTHER, text)))
    assert time.perf_counter() - begun < 0.5
