from __future__ import annotations

from datetime import UTC, datetime

import pytest
from listing_pages import labelled

from portalclean import Label, Recommendation
from portalclean.extractors.recommendations import extract_recommendations

FEED = """相关推荐
热点推荐
早市上的豆腐脑为什么总是先卖完?

早市上的豆腐脑为什么总是先卖完?

城南老味道
2022-06-18 07:12:05
一碗面的学问!

一碗面的学问!

灶台边的博士先生
2022-06-17 11:05:09
"""


def from_text(*lines: str) -> tuple[Recommendation, ...]:
    return extract_recommendations(labelled("\n".join(lines), Label.RECOMMENDATION)).fields["recommendations"]


def from_html(markup: str, url: str | None = "https://news.example/a/1.html") -> tuple[Recommendation, ...]:
    return extract_recommendations(labelled(markup, Label.RECOMMENDATION, url, "html")).fields["recommendations"]


def titles(found: tuple[Recommendation, ...]) -> list[str]:
    return [item.title for item in found]


def test_feed_of_doubled_titles_with_source_and_time() -> None:
    assert from_text(*FEED.split("\n")) == (
        Recommendation(
            "早市上的豆腐脑为什么总是先卖完?", None, "城南老味道", datetime(2022, 6, 18, 7, 12, 5), "热点推荐"
        ),
        Recommendation("一碗面的学问!", None, "灶台边的博士先生", datetime(2022, 6, 17, 11, 5, 9), "热点推荐"),
    )


def test_time_alone_behind_the_feed_is_no_items_time() -> None:
    found = from_text(*FEED.split("\n"), "2022-06-19 03:15:26")
    assert [item.time for item in found] == [datetime(2022, 6, 18, 7, 12, 5), datetime(2022, 6, 17, 11, 5, 9)]


def test_evidence_names_the_first_items_block() -> None:
    outcome = extract_recommendations(labelled(FEED, Label.RECOMMENDATION))
    assert [(item.field, item.block) for item in outcome.evidence] == [("recommendations", 2)]


def test_page_without_recommendations() -> None:
    outcome = extract_recommendations(labelled(FEED, Label.BODY))
    assert outcome.fields["recommendations"] == ()
    assert outcome.evidence == ()


def test_only_recommendation_blocks_are_read() -> None:
    reading = labelled(
        "老桥修好了 居民说走着踏实\n分享至", lambda text: Label.SHARE if text == "分享至" else Label.RECOMMENDATION
    )
    assert len(extract_recommendations(reading).fields["recommendations"]) == 1


def test_heading_of_each_list() -> None:
    found = from_text("财经要闻", "小县城的轴承厂,怎样卖到三十个国家?", "体育要闻", "半场-北港1-0云州 队长贴地斩破僵局")
    assert [item.heading for item in found] == ["财经要闻", "体育要闻"]


def test_tab_labels_are_no_items() -> None:
    found = from_text("态度原创", "艺术", "手机", "房产", "公开课", "艺术要闻", "失传的青花配方,被一个中学老师复原了")
    assert titles(found) == ["失传的青花配方,被一个中学老师复原了"]


def test_tab_label_is_the_heading_of_its_pane() -> None:
    found = from_text("态度原创", "艺术", "手机", "公开课", "公开课", "为什么桥洞大多是拱形? 一节课讲明白")
    assert [item.heading for item in found] == ["公开课"]


def test_item_without_a_heading_of_its_own_stands_under_its_group() -> None:
    found = from_text(
        *("态度原创", "艺术", "手机", "房产", "亲子"),
        *("艺术要闻", "失传的青花配方,被一个中学老师复原了"),
        *("手机要闻", "折叠屏怎么选? 五款新机摔给你看", "海边旧厂房里,藏着一座会转的灯塔?"),
        *("亲子要闻", "孩子总说没意思? 先别急着报班"),
        *("本地新闻", "老桥修好了 居民说走着踏实"),
    )
    assert [item.heading for item in found] == ["艺术要闻", "手机要闻", "态度原创", "亲子要闻", "本地新闻"]


def test_second_item_of_an_ordinary_list_keeps_its_heading() -> None:
    found = from_text("相关阅读", "老桥修好了 居民说走着踏实", "河边的步道通到了第九个村子")
    assert [item.heading for item in found] == ["相关阅读", "相关阅读"]


def test_exact_repeats_are_dropped_over_the_page() -> None:
    found = from_text(
        "相关阅读", "老桥修好了 居民说走着踏实", "热门文章", "老桥修好了 居民说走着踏实", "河边的步道通到了第九个村子"
    )
    assert titles(found) == ["老桥修好了 居民说走着踏实", "河边的步道通到了第九个村子"]


def test_a_repeat_completes_the_first() -> None:
    found = from_text(
        "相关阅读", "老桥修好了 居民说走着踏实", "热门文章", "老桥修好了 居民说走着踏实", "晨光报", "2022-06-18 07:12"
    )
    assert [(item.source, item.time) for item in found] == [("晨光报", datetime(2022, 6, 18, 7, 12))]


@pytest.mark.parametrize(
    "line",
    [
        "老桥修好了 居民说走着踏实 2323跟贴",
        "老桥修好了 居民说走着踏实 阅读 12万",
        "· 老桥修好了 居民说走着踏实",
        "1. 老桥修好了 居民说走着踏实",
        "02、老桥修好了 居民说走着踏实",
        "老桥修好了 居民说走着踏实 [详细]",
        "老桥修好了 居民说走着踏实>>",
        "老桥修好了 居民说走着踏实 2022-06-18 07:12",
        "老桥修好了 居民说走着踏实 5小时前",
        "2022-06-18 07:12 老桥修好了 居民说走着踏实",
        "老桥修好了 居民说走着踏实 老桥修好了 居民说走着踏实",
    ],
)
def test_what_is_glued_to_a_title_is_cut_off(line: str) -> None:
    assert titles(from_text("相关阅读", line)) == ["老桥修好了 居民说走着踏实"]


def test_joined_line_of_an_item() -> None:
    found = from_text("热点推荐", "老桥 修好了 居民说走着踏实 老桥 修好了 居民说走着踏实 晨光报 2022-06-18 07:12")
    assert found == (
        Recommendation("老桥 修好了 居民说走着踏实", None, "晨光报", datetime(2022, 6, 18, 7, 12), "热点推荐"),
    )


def test_source_and_time_in_one_line() -> None:
    found = from_text("热点推荐", "老桥修好了 居民说走着踏实", "晨光报 2022-06-18 07:12")
    assert [(item.source, item.time) for item in found] == [("晨光报", datetime(2022, 6, 18, 7, 12))]


def test_ranks_glued_to_titles() -> None:
    found = from_text(
        "点击排行", "1老桥修好了 居民说走着踏实", "2河边的步道通到了第九个村子", "3十二岁少年独自骑行四百公里"
    )
    assert titles(found) == ["老桥修好了 居民说走着踏实", "河边的步道通到了第九个村子", "十二岁少年独自骑行四百公里"]


def test_ranks_and_counts_on_lines_of_their_own() -> None:
    found = from_text("热榜", "老桥修好了 居民说走着踏实", "1", "河边的步道通到了第九个村子", "2", "2.3万阅读", "更多")
    assert titles(found) == ["老桥修好了 居民说走着踏实", "河边的步道通到了第九个村子"]


@pytest.mark.parametrize(
    "title",
    [
        "21岁小将加时连得7分 客队换人太迟",
        "9月9日起 老桥恢复通车",
        "1.6 million trees along the old canal",
        "半场-北港1-0云州 队长破门",
    ],
)
def test_figures_of_a_title_stay(title: str) -> None:
    assert titles(from_text("相关阅读", title, "河边的步道通到了第九个村子")) == [title, "河边的步道通到了第九个村子"]


def test_days_are_cut_off_where_that_is_the_lists_habit() -> None:
    found = from_text("相关新闻", "老桥修好了 居民说走着踏实2020-10-04", "河边的步道通到了第九个村子2020-10-05")
    assert titles(found) == ["老桥修好了 居民说走着踏实", "河边的步道通到了第九个村子"]
    assert {item.time for item in found} == {None}, "a day is no moment"


def test_times_that_lead_their_titles() -> None:
    found = from_text(
        "最新文章", "2022-06-18 07:12", "老桥修好了 居民说走着踏实", "2022-06-18 06:00", "河边的步道通到了第九个村子"
    )
    assert [item.time for item in found] == [datetime(2022, 6, 18, 7, 12), datetime(2022, 6, 18, 6, 0)]


def test_source_that_reads_like_a_heading() -> None:
    found = from_text(
        *("为您推荐", "盐田边的小学搬进了旧仓库，操场就是晒盐场", "海潮新闻", "0"),
        *("给古树看病的人：一年走遍两百个村子", "林间图片", "12"),
        *("地铁站里的旧琴，弹的人排起了队伍", "都市弦歌", "3"),
    )
    assert [item.source for item in found] == ["海潮新闻", "林间图片", "都市弦歌"]
    assert {item.heading for item in found} == {"为您推荐"}


def test_list_of_short_and_long_titles_names_no_sources() -> None:
    found = from_text(
        "热门文章", "老桥修好了 居民说走着踏实", "中国结的寓意", "河边的步道通到了第九个村子", "夜里为什么看得见星星"
    )
    assert len(found) == 4
    assert {item.source for item in found} == {None}


def test_share_lines_of_each_item_are_dropped() -> None:
    share = ("易信", "微信", "微博", "QQ空间", "用微信扫码二维码", "分享至好友和朋友圈")
    found = from_text(
        *(
            "为您推荐",
            "雨夜里的最后一班渡船:船长守了三十一年",
            "新闻 渡船船长",
            "|",
            "河港晚报",
            "5小时前",
            "714 跟贴714",
            *share,
        ),
        *(
            "高中生用旧风扇做出小型发电机 全校装上了夜灯",
            "新闻 发电机",
            "|",
            "青湖教育网",
            "6小时前",
            "27 跟贴27",
            *share,
        ),
    )
    assert [(item.title, item.source) for item in found] == [
        ("雨夜里的最后一班渡船:船长守了三十一年", "河港晚报"),
        ("高中生用旧风扇做出小型发电机 全校装上了夜灯", "青湖教育网"),
    ]


def test_teasers_are_no_items() -> None:
    found = from_text(
        *(
            "Recommended for you",
            "Ferry town trades its car park for a market hall",
            "The council voted nine to two to close it, ending a debate of six years.",
            "09/28/2025",
            "By Rowan Ashdown",
        ),
        *(
            "Night trains return to the valley line",
            "The first night service since 1993 left with every berth taken, its operator said.",
            "10/16/2025",
            "By Priya Halloran",
        ),
    )
    assert [(item.title, item.source) for item in found] == [
        ("Ferry town trades its car park for a market hall", "Rowan Ashdown"),
        ("Night trains return to the valley line", "Priya Halloran"),
    ]


def test_punctuation_is_no_title() -> None:
    assert from_text("。,!?…——“”‘’()[]{}|/\\-+=*&^%$#@~`.;:" * 3) == ()


def test_picture_and_text_link_of_one_item() -> None:
    found = from_html(
        '<ul><li><a href="2.html"><span>老桥修好了 居民说走着踏实</span></a>'
        '<h3><a href="2.html">老桥修好了 居民说走着踏实</a></h3></li></ul>'
    )
    assert found == (Recommendation("老桥修好了 居民说走着踏实", "https://news.example/a/2.html"),)


@pytest.mark.parametrize(
    ("href", "base", "url", "expected"),
    [
        ("/b/2.html", "", "https://news.example/a/1.html", "https://news.example/b/2.html"),
        ("//img.example/2", "", "https://news.example/a/1.html", "https://img.example/2"),
        (
            "2.html",
            '<base href="https://other.example/x/">',
            "https://news.example/a/1.html",
            "https://other.example/x/2.html",
        ),
        ("2.html", '<base href="/x/">', "https://news.example/a/1.html", "https://news.example/x/2.html"),
        ("/b/2.html", "", None, "/b/2.html"),
        ("//img.example/2", "", None, "//img.example/2"),
        ("//img.example/2?a=1#b", "", "http://news.example", "http://img.example/2?a=1#b"),
        ("/b/2.html?a=1#b", "", "https://News.Example", "https://News.Example/b/2.html?a=1#b"),
        ("/b/../c/2.html", "", "https://news.example/a/", "https://news.example/c/2.html"),
        ("https://news.example/2.html?", "", "https://news.example/", "https://news.example/2.html"),
        ("/b/2.html", "", "news.example/a", "/b/2.html"),
        ("javascript:void(0)", "", "https://news.example/a/1.html", None),
        ("#comments", "", "https://news.example/a/1.html", None),
        ("", "", "https://news.example/a/1.html", None),
        ("http://[", "", "https://news.example/a/1.html", None),
    ],
)
def test_address(href: str, base: str, url: str | None, expected: str | None) -> None:
    [item] = from_html(f'{base}<p><a href="{href}">老桥修好了 居民说走着踏实</a></p>', url)
    assert item.url == expected


def test_source_time_and_counts_in_the_elements_of_an_item() -> None:
    found = from_html(
        "<h3>推荐阅读</h3><ul>"
        + "".join(
            f'<li><a href="{at}.html"><img src="x.jpg"></a><h4><a href="{at}.html">{title}</a></h4>'
            f'<p>{source} {time}</p><a href="{at}.html#c"><em>跟贴</em> {at}</a></li>'
            for at, title, source, time in (
                (7, "老桥修好了 居民说走着踏实", "晨光报", "2022-06-18 07:12:05"),
                (8, "中国结的寓意", "街角相机", "2022-06-18 08:00:00"),
            )
        )
        + "</ul>"
    )
    assert found == (
        Recommendation(
            "老桥修好了 居民说走着踏实",
            "https://news.example/a/7.html",
            "晨光报",
            datetime(2022, 6, 18, 7, 12, 5),
            "推荐阅读",
        ),
        Recommendation(
            "中国结的寓意", "https://news.example/a/8.html", "街角相机", datetime(2022, 6, 18, 8), "推荐阅读"
        ),
    )


def test_machine_readable_time_of_a_relative_one() -> None:
    [item] = from_html(
        '<div><h3><a href="/2">Otters return to the canal basin</a></h3>'
        '<time datetime="2024-05-17T08:10:00Z">3 hours ago</time></div>'
    )
    assert item.time == datetime(2024, 5, 17, 8, 10, tzinfo=UTC)


def test_kickers_and_teasers_beside_linked_titles() -> None:
    card = (
        '<article><span><a href="/c/{0}">{0}</a></span><h4><a href="/{1}">{2}</a></h4>'
        "<p>Some plain words about it that nobody links to</p></article>"
    )
    found = from_html(
        "<h2>More in Travel</h2>"
        + card.format("Rail", 1, "Night trains return to the valley line")
        + card.format("Coast", 2, "The lighthouse keeper who answers letters")
        + card.format("Rail", 3, "Six carriages and a blanket for each of them")
    )
    assert titles(found) == [
        "Night trains return to the valley line",
        "The lighthouse keeper who answers letters",
        "Six carriages and a blanket for each of them",
    ]
    assert {item.heading for item in found} == {"More in Travel"}


def test_links_in_one_line_are_items_of_their_own() -> None:
    found = from_html('<p><a href="/1">三周两市蒸发二十一万亿</a> | <a href="/2">一千只个股股价已经腰斩</a></p>')
    assert [(item.title, item.url) for item in found] == [
        ("三周两市蒸发二十一万亿", "https://news.example/1"),
        ("一千只个股股价已经腰斩", "https://news.example/2"),
    ]


def test_hidden_blocks_are_not_read() -> None:
    assert from_html('<p style="display:none"><a href="/1">三周两市蒸发二十一万亿</a></p>') == ()


def test_deep_and_flat_trees_give_the_same_items() -> None:
    title = "<span><b>Canal</b></span><p><a href='/1'>Otters return to the canal basin</a></p>"
    item = "<p><a href='/2'>Night trains return to the valley line</a></p>"
    flat = from_html(f"<div>{title}</div><div>{item}</div>")
    deep = from_html("<div>" * 100 + title + "</div>" * 99 + item + "</div>")
    assert (
        titles(flat) == titles(deep) == ["Otters return to the canal basin", "Night trains return to the valley line"]
    )


@pytest.mark.parametrize("time", ["2022-06-18", "6月18日", "06月18日 07:12", "2022-06-18 07:12:05"])
def test_timestamp_on_a_line_of_its_own_is_no_item(time: str) -> None:
    found = from_text("热点推荐", "老桥修好了 居民说走着踏实", time, "河边的步道通到了第九个村子", time)
    assert titles(found) == ["老桥修好了 居民说走着踏实", "河边的步道通到了第九个村子"]
    assert {item.time for item in found} == {datetime(2022, 6, 18, 7, 12, 5) if len(time) > 16 else None}
