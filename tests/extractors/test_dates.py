"""When an article was published and last changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from portalclean.article import Precision, Zone
from portalclean.blocks import join_units
from portalclean.extractors.captured import extract_captured
from portalclean.extractors.dates import MOST_EVIDENCE, extract_dates
from portalclean.page import LABEL_CODES, Head, Kind, Label, Markup, Origin, Page, PageType, Verdicts
from portalclean.reading import Extracted, Fields, Reading

ROOT = Path(__file__).resolve().parents[2]
EAST = timezone(timedelta(hours=8))

Lines = list[tuple[str, str]]


def reading(
    lines: Lines, head: Head | None = None, url: str | None = None, page_type: PageType = PageType.ARTICLE
) -> Reading:
    """Return lines, each with its label, as a reading with blocks."""
    texts = [text for _, text in lines]
    ends = np.cumsum([len(text) + 1 for text in texts]).astype(np.int32) - 1
    starts = ends - np.array([len(text) for text in texts], dtype=np.int32)
    count = len(lines)
    page = Page(
        Kind.TEXT,
        "\n".join(texts),
        starts,
        ends,
        np.arange(count, dtype=np.int32),
        np.zeros(count, dtype=bool),
        [Origin.PAGE] * count,
        texts,
        head=head or Head(),
        url=url,
    )
    codes = np.array([LABEL_CODES[Label(label)] for label, _ in lines], dtype=np.int8)
    verdicts = Verdicts(codes, np.ones(count, dtype=np.float32), ["test"] * count, page_type)
    joined = join_units(Reading(page, verdicts=verdicts))
    return Reading(page, verdicts=verdicts, blocks=joined.blocks, first_units=joined.first_units)


def fields(lines: Lines, head: Head | None = None, url: str | None = None) -> Fields:
    return extract_dates(reading(lines, head, url)).fields


def article(*bylines: str) -> Lines:
    return [("title", "A headline"), *(("byline", line) for line in bylines), ("body", "The text of it.")]


def meta(**contents: str) -> Head:
    return Head(meta={name.replace("_of_", ":"): (content,) for name, content in contents.items()})


BYLINES = [
    (("2019-09-07 19:53:27　来源: 每日经济新闻 举报",), datetime(2019, 9, 7, 19, 53, 27)),
    (
        ("2019年09月11日01:53\u00a0\u00a0新浪科技\u00a0\u00a0 我有话说(1307人参与) 收藏本文",),
        datetime(2019, 9, 11, 1, 53),
    ),
    (("来源: | 发布时间: 2018-05-17 | 浏览次数: 2168",), date(2018, 5, 17)),
    (("2019", "09/07", "19:02"), datetime(2019, 9, 7, 19, 2)),
    (("Published", "28 November 2025", "03:26 pm"), datetime(2025, 11, 28, 15, 26)),
    (
        ("最新推荐文章于\u00a02023-09-04 17:53:10\u00a0发布", "于 2023-03-12 13:08:03 发布"),
        datetime(2023, 3, 12, 13, 8, 3),
    ),
    (
        ("Posts: 2", "Joined: Sun Dec 17, 2023 11:18 am", "Sun Dec 17, 2023 11:23 am"),
        datetime(2023, 12, 17, 11, 23),
    ),
    (
        ("成文日期：\t2022年01月27日", "发文字号：\t吉政明电〔2022〕1号", "发布日期：\t2022年01月28日"),
        date(2022, 1, 28),
    ),
    (("http://www.qianlong.com/ \u3000 2005-03-06 16:17:00", "2003年5月"), datetime(2005, 3, 6, 16, 17)),
    (("——《北京之春》1998年3月号",), date(1998, 3, 1)),
    (("15.10.24 23:35",), None),
    (("发布时间：09-3022:46青岛软媒网络科技有限公司",), None),
    (("2周前 1 6.3K",), None),
    (("2019年13月41日",), None),
    (("Photo 20190907 by A. Smith, B. Jones and C. Brown",), None),
    (("Copyright © 2019-01-02 A. Smith",), None),
]


@pytest.mark.parametrize(("bylines", "value"), BYLINES)
def test_published_as_the_byline_shows_it(bylines: tuple[str, ...], value: date | None) -> None:
    assert fields(article(*bylines))["published"] == value


def test_raw_precision_and_zone_stand_beside_the_value() -> None:
    found = fields(article("发布时间：2019-09-07 19:53 来源：新华社"))
    assert found["published_raw"] == "2019-09-07 19:53"
    assert found["published_precision"] is Precision.MINUTE
    assert found["published_zone"] is Zone.NONE


def test_an_open_date_keeps_its_raw_text() -> None:
    found = fields(article("发布时间：09-3022:46青岛软媒网络科技有限公司"))
    assert (found["published"], found["published_raw"], found["published_zone"]) == (None, "09-3022:46", None)


@pytest.mark.parametrize(
    ("url", "zone", "offset"),
    [
        ("https://www.163.com/x.html", Zone.SITE, timedelta(hours=8)),
        ("https://mainichi.jp/x", Zone.SITE, timedelta(hours=9)),
        ("https://example.com/x", Zone.NONE, None),
        ("http://[broken", Zone.NONE, None),
        (None, Zone.NONE, None),
    ],
)
def test_the_zone_of_the_host(url: str | None, zone: Zone, offset: timedelta | None) -> None:
    found = fields(article("2019-09-07 19:53"), url=url)
    value = found["published"]
    assert isinstance(value, datetime)
    assert (found["published_zone"], value.utcoffset()) == (zone, offset)


def test_a_day_has_no_zone() -> None:
    found = fields(article("2019-09-07"), url="https://www.163.com/x.html")
    assert (found["published"], found["published_zone"]) == (date(2019, 9, 7), Zone.NONE)


def test_a_stated_zone_is_the_pages() -> None:
    found = fields(article("September 7th, 2019 at 7:53 PM EDT"))
    assert found["published_zone"] is Zone.PAGE
    assert found["published"] == datetime(2019, 9, 7, 19, 53, tzinfo=timezone(timedelta(hours=-4)))


@pytest.mark.parametrize(
    "label", ["recommendation", "navigation", "comment", "footer", "share", "caption", "advertisement"]
)
def test_no_date_from_the_rest_of_the_page(label: str) -> None:
    lines = [
        ("title", "A headline"),
        (label, "2023-09-23 00:58:04"),
        ("body", "Text."),
        (label, "2023-09-23 07:45:13"),
    ]
    assert fields(lines)["published"] is None


def test_prose_is_no_dateline() -> None:
    lines = [("title", "A headline"), ("body", "2012年6月24日12时55分，神舟九号与天宫一号手控交会对接成功。")]
    assert fields(lines)["published"] is None


@pytest.mark.parametrize("label", ["other", "body", "breadcrumb"])
def test_a_byline_that_is_not_called_one(label: str) -> None:
    lines = [("title", "A headline"), (label, "2019-09-07 19:53:27 来源: 每日经济新闻"), ("body", "Text.")]
    assert fields(lines)["published"] == datetime(2019, 9, 7, 19, 53, 27)


@pytest.mark.parametrize("label", ["share", "navigation"])
def test_a_whole_timestamp_right_below_the_title_under_a_label_that_bylines_get_by_mistake(label: str) -> None:
    below = (label, "2019-09-07 19:53:27 来源: 每日经济新闻")
    lines = [("title", "A headline"), below, ("body", "Text.")]
    assert fields(lines)["published"] == datetime(2019, 9, 7, 19, 53, 27)
    buttons = [("share", "分享"), ("share", "评论"), ("share", "收藏")]
    assert fields([lines[0], *buttons, *lines[1:]])["published"] is None
    assert fields([below, *lines[::2]])["published"] is None
    assert fields([lines[0], (label, "2019-09-07"), lines[2]])["published"] is None
    assert fields([*lines[:1], (label, "昨天 19:53"), lines[2]])["published"] is None
    assert fields([lines[0], below, ("byline", "2019-09-08 07:00"), lines[2]])["published"] == datetime(2019, 9, 8, 7)


def test_the_header_comes_before_credits_after_the_body() -> None:
    lines = [
        *article("2024年05月10日06:58 | 来源：人民网"),
        ("byline", "《 人民日报 》（ 2024年05月09日 04 版）"),
    ]
    assert fields(lines)["published"] == datetime(2024, 5, 10, 6, 58)
    relative = [*article("сегодня в 20:12"), ("byline", "Опубликован в газете от 24 сентября 2020")]
    assert fields(relative)["published"] is None


def test_a_date_after_the_body_that_looks_like_a_lists() -> None:
    feed = [("recommendation", "2023-09-23 00:58:04"), ("recommendation", "2023-09-23 07:45:13")]
    lines: Lines = [("title", "A"), ("body", "Text."), *feed, ("byline", "2023-09-23 08:53:47"), *feed]
    assert fields(lines)["published"] is None
    assert fields([*lines[:2], ("byline", "2023-09-23 08:53:47")])["published"] == datetime(2023, 9, 23, 8, 53, 47)


def test_a_list_of_dated_entries_has_no_date() -> None:
    entries = [("body", f"Posted Mar {day}, 2026 17:33 by jane") for day in (6, 5, 3)]
    assert fields([("title", "Welcome"), *entries])["published"] is None
    assert fields([("title", "Welcome"), *entries[:1], ("body", "Text.")])["published"] == datetime(2026, 3, 6, 17, 33)


def test_a_list_of_articles_has_no_date() -> None:
    lines: Lines = []
    for day in ("Mar 6, 2026", "Mar 5, 2026", "Mar 4, 2026"):
        lines += [("byline", f"Posted {day} by jzb"), ("body", "An item's text.")]
    assert fields(lines)["published"] is None
    titled = reading([("title", "News"), *lines], page_type=PageType.FRONT_PAGE)
    assert extract_dates(titled).fields["published"] is None
    two = [("title", "News"), *lines[:4]]
    assert extract_dates(reading(two, page_type=PageType.FRONT_PAGE)).fields["published"] is None
    assert extract_dates(reading(two, page_type=PageType.FORUM)).fields["published"] == date(2026, 3, 6)


# the last change


@pytest.mark.parametrize(
    ("bylines", "published", "modified"),
    [
        (("Published: Mar 8, 2024 · Modified: May 19, 2025 by J",), "2024-03-08", "2025-05-19"),
        (("By AnthonyJanuary 4, 2026Updated:January 8, 20262 Comments",), "2026-01-04", "2026-01-08"),
        (
            ("30.04.2024 - 16:48", "Son Güncelleme : 30.04.2024 - 16:49"),
            "2024-04-30 16:48:00",
            "2024-04-30 16:49:00",
        ),
        (
            ("Aktualizacja: 19.04.2026 19:45 Publikacja: 19.04.2026 19:05",),
            "2026-04-19 19:05:00",
            "2026-04-19 19:45:00",
        ),
        (("最終更新日：2019/02/22", "公表日\t2018/12/23"), "2018-12-23", "2019-02-22"),
        (("LAST UPDATED NOV 6, 2025",), "2025-11-06", None),
        (("Updated May 1, 2020", "Published May 3, 2020"), "2020-05-03", None),
        (("2019-09-07",), "2019-09-07", None),
    ],
)
def test_published_and_modified(bylines: tuple[str, ...], published: str, modified: str | None) -> None:
    found = fields(article(*bylines))
    assert str(found["published"]) == published
    assert (str(found["modified"]) if found["modified"] else None) == modified


def test_the_head_knows_the_first_day_of_an_updated_article() -> None:
    head = meta(article_of_published_time="2015-05-12T06:05:27+00:00")
    found = fields(article("Updated January 25, 2026"), head)
    assert (found["published"], found["modified"]) == (
        datetime(2015, 5, 12, 6, 5, 27, tzinfo=UTC),
        date(2026, 1, 25),
    )


# the head and the address


def test_the_head_completes_the_time_of_a_day() -> None:
    found = fields(article("2019-09-07"), meta(article_of_published_time="2019-09-07T19:53:27+08:00"))
    assert found["published"] == datetime(2019, 9, 7, 19, 53, 27, tzinfo=EAST)
    assert (found["published_raw"], found["published_zone"]) == ("2019-09-07", Zone.PAGE)


def test_the_head_completes_the_zone_of_a_time() -> None:
    found = fields(article("2019-09-07 19:53"), meta(article_of_published_time="2019-09-07T11:53:27Z"))
    value = found["published"]
    assert isinstance(value, datetime)
    assert (value.isoformat(), found["published_precision"]) == (
        "2019-09-07T19:53:00+08:00",
        Precision.MINUTE,
    )


@pytest.mark.parametrize("stamp", ["2019-09-08T19:53:27+08:00", "2024-01-01T10:00:00Z", "2019-09-07T11:40:00Z"])
def test_a_head_that_disagrees_loses(stamp: str) -> None:
    found = fields(article("2019-09-07 19:53"), meta(article_of_published_time=stamp))
    assert (found["published"], found["published_zone"]) == (datetime(2019, 9, 7, 19, 53), Zone.NONE)


@pytest.mark.parametrize(
    ("byline", "value"),
    [
        ("发布时间：09-3022:46", "2019-09-30T22:46:00"),
        ("09/07/2019", "2019-07-09"),
        ("October 1", None),
        ("2周前", "2019-09-30T22:46:13"),
        ("作者：张三", "2019-09-30T22:46:13"),
    ],
)
def test_the_head_settles_what_the_page_leaves_open(byline: str, value: str | None) -> None:
    stamp = "2019-07-09" if "/" in byline else "2019-09-30 22:46:13"
    found = fields(article(byline), meta(pubdate=stamp))["published"]
    assert (found.isoformat() if found else None) == value


def test_a_doubtful_day_in_a_credit_line_says_nothing_against_the_head() -> None:
    head = meta(pubdate="2019-09-30 22:46:13")
    lines = [*article("作者：张三"), ("body", "More of it."), ("byline", "October 1")]
    assert fields(lines, head)["published"] == datetime(2019, 9, 30, 22, 46, 13)


def test_the_address_settles_the_year_and_stands_alone() -> None:
    url = "https://example.com/2019/09/30/title.html"
    assert fields(article("09-30 22:46"), url=url)["published"] == datetime(2019, 9, 30, 22, 46)
    assert fields(article("作者：张三"), url=url)["published"] == date(2019, 9, 30)
    assert fields(article("2018-09-30"), url=url)["published"] == date(2018, 9, 30)


def test_of_several_dates_in_the_header_the_one_the_head_agrees_with() -> None:
    found = fields(article("November 19, 2024", "22 Nov 2024 4:55 PM"), meta(pubdate="2024-11-22T16:55:35+08:00"))
    assert found["published"] == datetime(2024, 11, 22, 16, 55, tzinfo=EAST)


def test_a_stamp_of_the_day_of_capture_is_no_date_of_the_article() -> None:
    head = meta(article_of_published_time="2023-09-24T02:00:00")
    plain = reading(article("作者：张三"), head)
    assert extract_dates(plain).fields["published"] == datetime(2023, 9, 24, 2)
    clocked = replace(plain, fields=Fields(captured=datetime(2023, 9, 24, 2, 4, 49)))
    assert extract_dates(clocked).fields["published"] is None
    changed = replace(clocked, page=replace(plain.page, head=meta(pubdate="2019-09-07", lastupdate="2023-09-24")))
    assert extract_dates(changed).fields["published"] == date(2019, 9, 7)
    assert extract_dates(changed).fields["modified"] is None
    stamped = replace(clocked, page=replace(plain.page, head=meta(pubdate="2024-01-01")))
    assert extract_dates(stamped).fields["published"] is None


@pytest.mark.parametrize(("kind", "value"), [(PageType.ARTICLE, date(2019, 9, 7)), (PageType.SERVICE, None)])
def test_a_date_of_the_page_counts_on_articles(kind: PageType, value: date | None) -> None:
    head = Head(json_ld=({"@graph": [{"@type": "WebPage", "datePublished": "2019-09-07"}]},))
    assert extract_dates(reading(article("By A. Smith"), head, page_type=kind)).fields["published"] == value


def test_a_time_element_in_the_byline() -> None:
    plain = reading(article("2 hours ago"))
    nothing = np.zeros(3, dtype=np.int32)
    markup = Markup(
        ["html"],
        nothing[:1],
        [],
        nothing,
        nothing,
        [],
        [],
        [(0, "2018-01-01"), (1, "2019-09-07T19:53:27+08:00")],
    )
    timed = replace(plain, page=replace(plain.page, markup=markup))
    assert extract_dates(timed).fields["published"] == datetime(2019, 9, 7, 19, 53, 27, tzinfo=EAST)


def test_losing_candidates_are_told_and_bounded() -> None:
    bylines = [f"2019-09-{day:02}" for day in range(1, 29)]
    evidence = extract_dates(reading(article(*bylines))).evidence
    assert len(evidence) == MOST_EVIDENCE
    assert [item.chosen for item in evidence] == [True] + [False] * (MOST_EVIDENCE - 1)
    assert (evidence[0].field, evidence[0].raw, evidence[0].block) == ("published", "2019-09-01", 1)
    assert evidence[1].block == 2


def test_an_empty_page() -> None:
    found: Extracted = extract_dates(reading([]))
    assert found.fields["published"] is None
    assert found.evidence == ()


def _seed() -> Lines:
    (path,) = (ROOT / "seeds").glob("000_*.txt")
    lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    feed = lines.index("相关推荐")
    labels = ["breadcrumb", "title", "share", "share"]
    return [
        (labels[row] if row < len(labels) else "body" if row < feed else "recommendation", line)
        for row, line in enumerate(lines)
    ]


@pytest.mark.skipif(not (ROOT / "seeds").is_dir(), reason="the seed page is read from the repository alone")
@pytest.mark.parametrize("all_labels", [None, "other", "body", "recommendation"])
def test_the_seed_page_states_no_date(all_labels: str | None) -> None:
    page = reading([(all_labels or label, line) for label, line in _seed()])
    captured = extract_captured(page).fields
    if all_labels != "body":
        assert captured["captured"] == datetime(2023, 9, 24, 2, 4, 49)
    assert extract_dates(page).fields["published"] is None
    assert extract_dates(replace(page, fields=captured)).fields["published"] is None
