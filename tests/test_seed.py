"""The seed page, field by field: what a careful reader takes from it, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import pytest

import portalclean
from portalclean import Article, Label, Recommendation

MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


class FeedItem(NamedTuple):
    """An item of the page's feed: its title stands there twice, for the picture and for the link."""

    title: str
    source: str
    time: datetime


@pytest.fixture(scope="module")
def article(seed_text: str) -> Article:
    return portalclean.extract(seed_text)


@pytest.fixture(scope="module")
def lines(seed_text: str) -> list[str]:
    return [line for line in seed_text.split("\n") if line.strip()]


@pytest.fixture(scope="module")
def feed(lines: list[str]) -> list[FeedItem]:
    """Return the feed, read by its plain pattern: title, title, source, time."""
    start = lines.index("热点推荐") + 1
    rows = [lines[at : at + 4] for at in range(start, start + 20 * 4, 4)]
    assert all(row[0] == row[1] for row in rows)
    return [FeedItem(row[0], row[2], datetime.fromisoformat(row[3])) for row in rows]


@pytest.fixture(scope="module")
def headlines(lines: list[str]) -> list[tuple[str, str | None]]:
    """Return the channel headlines with the heading printed before each; one has none."""
    return list(dict.fromkeys(_headlines(lines[lines.index("头条要闻") : -1])))


def _headlines(lines: list[str]) -> Iterator[tuple[str, str | None]]:
    headings = {
        "头条要闻",
        "财经要闻",
        "体育要闻",
        "娱乐要闻",
        "科技要闻",
        "汽车要闻",
        "教育要闻",
        "数码要闻",
        "本地新闻",
        "公开课",
    }
    tabs = lines.index("态度原创")
    heading: str | None = None
    for line in [*lines[:tabs], *lines[tabs + 6 :]]:
        if line in headings:
            heading = line
        else:
            yield line, heading
            heading = None


def label_of(article: Article, text: str) -> Label:
    [block] = [block for block in article.blocks if block.text == text]
    return block.label


def by_title(article: Article, title: str) -> Recommendation:
    [item] = [item for item in article.recommendations if item.title == title]
    return item


def test_title(article: Article) -> None:
    assert article.title == "聚焦济宁“231”产业集群发展 高新区科创领域结硕果"
    assert article.subtitle is None


def test_authors(article: Article) -> None:
    assert article.authors == ("魏本奥",)


def test_breadcrumbs(article: Article) -> None:
    assert article.breadcrumbs == ("网易首页", "网易山东")


def test_none_of_the_timestamps_is_the_date_of_publication(article: Article, seed_text: str) -> None:
    assert len(MOMENT.findall(seed_text)) == 21
    assert article.published is None
    assert article.published_precision is None
    assert article.modified is None


def test_captured(article: Article) -> None:
    assert article.captured == datetime(2023, 9, 24, 2, 4, 49)


def test_text_is_the_article_and_nothing_else(article: Article, lines: list[str]) -> None:
    start = next(at for at, line in enumerate(lines) if line.startswith("今年以来,济宁市"))
    end = next(at for at, line in enumerate(lines) if line.endswith("山东省科普示范工程”。"))
    assert article.text.split("\n") == lines[start : end + 1]


def test_number_of_recommendations(article: Article) -> None:
    assert len(article.recommendations) == 31
    assert len({item.title for item in article.recommendations}) == 31


def test_first_recommendation(article: Article) -> None:
    first = article.recommendations[0]
    assert first.title == "如果中国女排不能进入明年的巴黎奥运会, 会出现什么后果!"
    assert first.source == "志祥说生活"
    assert first.time == datetime(2023, 9, 23, 0, 58, 4)


def test_feed_has_sources_and_times(article: Article, feed: list[FeedItem]) -> None:
    found = [
        FeedItem(item.title, item.source, item.time) for item in article.recommendations if item.source and item.time
    ]
    assert found == feed


def test_channel_headlines_in_order(article: Article, headlines: list[tuple[str, str | None]]) -> None:
    assert len(headlines) == 11
    assert [item.title for item in article.recommendations[20:]] == [title for title, _ in headlines]


def test_channel_headlines_have_their_headings(article: Article, headlines: list[tuple[str, str | None]]) -> None:
    printed = {title: heading for title, heading in headlines if heading}
    assert len(printed) == 10
    assert {title: by_title(article, title).heading for title in printed} == printed
    assert by_title(article, "身家缩水90%,许家印在忙什么?").heading == "财经要闻"


def test_headline_without_a_heading_of_its_own_stands_under_its_group(
    article: Article, headlines: list[tuple[str, str | None]]
) -> None:
    [title] = [title for title, heading in headlines if heading is None]
    assert by_title(article, title).heading == "态度原创"


def test_channel_headlines_have_no_source_and_no_time(article: Article) -> None:
    assert {(item.source, item.time) for item in article.recommendations[20:]} == {(None, None)}


def test_the_clock_is_no_items_time(article: Article) -> None:
    assert article.captured not in [item.time for item in article.recommendations]


def test_no_comments(article: Article) -> None:
    assert article.comments == ()


@pytest.mark.parametrize("text", ["0", "分享至"])
def test_share_counts_and_buttons(article: Article, text: str) -> None:
    assert label_of(article, text) is Label.SHARE


def test_accessibility_links(article: Article) -> None:
    assert label_of(article, "无障碍浏览 进入关怀版") in {Label.FOOTER, Label.NAVIGATION}


def test_headings_of_lists_are_recommendations(article: Article) -> None:
    headings = {"相关推荐", "热点推荐", "头条要闻", "财经要闻", "态度原创", "本地新闻"}
    assert {block.label for block in article.blocks if block.text in headings} == {Label.RECOMMENDATION}


def test_every_character_is_in_one_block(article: Article, seed_text: str) -> None:
    position = 0
    for block in article.blocks:
        assert block.start is not None
        assert block.end is not None
        assert seed_text[position : block.start].strip() == ""
        assert seed_text[block.start : block.end] == block.text
        position = block.end
    assert seed_text[position:].strip() == ""


def test_every_block_says_who_decided_and_how_sure(article: Article) -> None:
    assert all(block.reason and 0 <= block.confidence <= 1 for block in article.blocks)
