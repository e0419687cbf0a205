"""The page's own clock."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from portalclean.blocks import join_units
from portalclean.extractors.captured import extract_captured
from portalclean.page import LABEL_CODES, Kind, Label, Origin, Page, Verdicts
from portalclean.reading import Reading

FEED = [
    ("recommendation", "志祥说生活"),
    ("recommendation", "2023-09-23 00:58:04"),
    ("recommendation", "球文快递"),
    ("recommendation", "2023-09-23 07:45:13"),
    ("recommendation", "医者真言"),
    ("recommendation", "2023-09-23 08:53:47"),
]
HEADER = [("title", "A headline"), ("byline", "2019-09-07 19:53:27　来源: 每日经济新闻"), ("body", "Text.")]


def reading(lines: list[tuple[str, str]], hidden: tuple[int, ...] = ()) -> Reading:
    """Return lines, each with its label, as a reading with blocks."""
    texts = [text for _, text in lines]
    ends = np.cumsum([len(text) + 1 for text in texts]).astype(np.int32) - 1
    starts = ends - np.array([len(text) for text in texts], dtype=np.int32)
    count = len(lines)
    is_hidden = np.isin(np.arange(count), hidden)
    page = Page(
        Kind.TEXT,
        "\n".join(texts),
        starts,
        ends,
        np.arange(count, dtype=np.int32),
        is_hidden,
        [Origin.PAGE] * count,
        texts,
    )
    codes = np.array([LABEL_CODES[Label(label)] for label, _ in lines], dtype=np.int8)
    verdicts = Verdicts(codes, np.ones(count, dtype=np.float32), ["test"] * count)
    joined = join_units(Reading(page, verdicts=verdicts))
    return Reading(page, verdicts=verdicts, blocks=joined.blocks, first_units=joined.first_units)


def captured(lines: list[tuple[str, str]], hidden: tuple[int, ...] = ()) -> datetime | None:
    return extract_captured(reading(lines, hidden)).fields["captured"]


CLOCK = ("recommendation", "2023-09-24 02:04:49")


def test_a_timestamp_behind_the_last_items_own() -> None:
    assert captured([*HEADER, *FEED, CLOCK]) == datetime(2023, 9, 24, 2, 4, 49)


def test_the_evidence_names_the_block() -> None:
    (evidence,) = extract_captured(reading([*HEADER, *FEED, CLOCK])).evidence
    assert (evidence.field, evidence.raw, evidence.block) == ("captured", "2023-09-24 02:04:49", 9)


def test_a_hidden_timestamp() -> None:
    page = [*HEADER, *FEED, ("other", "热点"), CLOCK]
    assert captured(page, hidden=(10,)) == datetime(2023, 9, 24, 2, 4, 49)
    assert captured(page) is None


@pytest.mark.parametrize(
    "page",
    [
        [],
        HEADER,
        [*HEADER, *FEED],
        [*HEADER, CLOCK],
        [*HEADER, *FEED[:1], CLOCK, CLOCK],
        # not later than the others
        [*HEADER, *FEED, ("recommendation", "2023-09-22 02:04:49")],
        [*HEADER, *FEED, CLOCK, CLOCK],
        # part of a comment
        [*HEADER, *FEED, ("comment", "2023-09-24 02:04:49")],
        # the byline is later
        [("title", "A"), ("byline", "2023-09-25 10:00"), *FEED, CLOCK],
        [("navigation", "2019-09-07 10:00"), *HEADER],
    ],
)
def test_no_clock_when_in_doubt(page: list[tuple[str, str]]) -> None:
    assert captured(page) is None


JOINED_FEED = [
    ("recommendation", "早市上的豆腐脑为什么总是先卖完"),
    ("recommendation", "志祥说生活 2023-09-23 00:58:04"),
    ("recommendation", "雨夜里的修伞铺 雨夜里的修伞铺 球文快递 2023-09-23 07:45:13"),
    ("recommendation", "一座桥的四十年"),
    ("recommendation", "医者真言 2023-09-23 08:53:47"),
]
"""A feed whose accounts and times share a line."""
MENU = [("navigation", text) for text in ("新闻", "体育", "财经", "娱乐")]


def doubled(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [line for line in lines for _ in range(2)]


def test_a_timestamp_behind_items_whose_account_and_time_share_a_line() -> None:
    assert captured([*HEADER, *JOINED_FEED, CLOCK, *MENU]) == datetime(2023, 9, 24, 2, 4, 49)


@pytest.mark.parametrize("feed", [FEED, JOINED_FEED, doubled(FEED)])
def test_a_clock_in_a_dump_that_writes_lines_twice(feed: list[tuple[str, str]]) -> None:
    page = [*doubled(HEADER[:2]), *HEADER[2:], *feed, CLOCK, CLOCK, *doubled(MENU)]
    assert captured(page) == datetime(2023, 9, 24, 2, 4, 49)


@pytest.mark.parametrize(
    "page",
    [
        # an item's own time, account and all
        [*HEADER, *JOINED_FEED, ("recommendation", "走读江湖客 2023-09-24 02:04:49")],
        # a second feed begins, its times above its titles
        [*HEADER, *JOINED_FEED, CLOCK, ("recommendation", "灯塔的夜"), ("recommendation", "2023-09-24 01:00:00")],
        # twice, on a page that shows other lines once
        [*HEADER, *JOINED_FEED, CLOCK, CLOCK, *MENU],
        [*HEADER, *JOINED_FEED, ("recommendation", "一碗面的学问"), CLOCK],
        [*HEADER, *JOINED_FEED, ("recommendation", "2023-09-23 02:04:49")],
    ],
)
def test_no_clock_behind_a_joined_feed_when_in_doubt(page: list[tuple[str, str]]) -> None:
    assert captured(page) is None


@pytest.mark.parametrize(
    ("strip", "moment"),
    [
        ("2022-01-11 22:16 (화)", datetime(2022, 1, 11, 22, 16)),
        ("понедельник, 21 сентября 2020, 00:03", datetime(2020, 9, 21, 0, 3)),
        ("الإثنين، 24 أغسطس 2020 09:56 ص", datetime(2020, 8, 24, 9, 56)),
        ("Updated: 2022-01-11 22:16", None),
        ("2022-01-11", None),
        ("2022-01-11 22:16 新闻 | 体育 | 财经 | 娱乐 | 科技", None),
    ],
)
def test_a_strip_above_the_headline(strip: str, moment: datetime | None) -> None:
    assert captured([("navigation", strip), *HEADER]) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Rendered: Tue Dec 16 2025 07:21:59 GMT+0000 (Coordinated Universal Time)",
         datetime(2025, 12, 16, 7, 21, 59, tzinfo=UTC)),
        ("当前时间：2022-01-11 22:16:00", datetime(2022, 1, 11, 22, 16)),
        ("当前时间：星期二", None),
        ("He rendered: 2022-01-11 22:16:00", None),
    ],
)  # fmt: skip
def test_words_that_say_now(text: str, moment: datetime | None) -> None:
    assert captured([*HEADER, ("other", text)]) == moment
