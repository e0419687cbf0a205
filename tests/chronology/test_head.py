"""Dates of the head, of addresses, and the order of figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from portalclean.chronology import Day, Order
from portalclean.chronology.address import address_day
from portalclean.chronology.head import head_dates, stamp
from portalclean.chronology.order import page_order
from portalclean.page import Head, Json, Kind, Page


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2020-02-29T18:34:31+08:00", "2020-02-29T18:34:31+08:00"),
        ("2024-05-19T19:05:11.883Z", "2024-05-19T19:05:11+00:00"),
        ("2020-09-23T20:12:38+0300", "2020-09-23T20:12:38+03:00"),
        ("2024-04-22T06:00+02:00", "2024-04-22T06:00:00+02:00"),
        ("2019-09-07 08:05:32", "2019-09-07T08:05:32"),
        (" 2024-05-13 ", "2024-05-13"),
        ("20240513125214", "2024-05-13T12:52:14"),
        ("1529283660", "2018-06-18T01:01:00+00:00"),
        ("1529283660000", "2018-06-18T01:01:00+00:00"),
        ("Sat, 20 Dec 2025 09:29:42 GMT", "2025-12-20T09:29:42+00:00"),
        ("2020年09月11日 18:05", "2020-09-11T18:05:00"),
        ("0001-01-01T00:00:00Z", None),
        ("2024-13-01", None),
        ("2024-05-13T25:00:00Z", "2024-05-13"),
        ("02-12-2025", None),
        ("639091521794037676", None),
        ("soon", None),
        ("2024-05-13 " * 10, None),
        ("", None),
    ],
)
def test_a_machine_written_date(text: str, value: str | None) -> None:
    mention = stamp(text)
    assert (mention.value.isoformat() if mention and mention.value else None) == value


def _stated(head: Head) -> list[tuple[str, bool, bool]]:
    return [(date.name, date.updated, date.about_article) for date in head_dates(head)]


def test_names_of_meta_elements_in_their_order() -> None:
    meta = {
        "date": ("2019-09-07",),
        "og:updated_time": ("2019-09-09",),
        "article:published_time": ("2019-09-07T01:00:00Z",),
        "viewport": ("2019-09-01",),
    }
    assert _stated(Head(meta=meta)) == [
        ("article:published_time", False, True),
        ("date", False, True),
        ("og:updated_time", True, True),
    ]


def test_a_name_with_several_contents_is_not_of_the_article_alone() -> None:
    (date,) = head_dates(Head(meta={"datepublished": ("2019-09-07", "2019-09-08")}))
    assert (str(date.mention.value), date.about_article) == ("2019-09-07", False)


ARTICLE: Json = {
    "@type": "NewsArticle",
    "datePublished": "2019-09-07T01:00:00Z",
    "dateModified": "2019-09-08",
}
PAGE: Json = {"@type": "WebPage", "datePublished": "2019-09-06"}
BOTH = [("datePublished", False, True), ("dateModified", True, True)]


@pytest.mark.parametrize(
    ("document", "stated"),
    [
        (ARTICLE, BOTH),
        ([ARTICLE], BOTH),
        ({"@graph": [PAGE, ARTICLE]}, [*BOTH, ("datePublished", False, False)]),
        ({"@type": "WebPage", "mainEntity": ARTICLE}, BOTH),
        ({"@type": ["Thing", "https://schema.org/BlogPosting"], "datePublished": "2019-09-07"}, BOTH[:1]),
        ({"@type": "ItemList", "itemListElement": [ARTICLE]}, []),
        ({"@type": "Organization", "datePublished": "2019-09-07"}, []),
        ({"@type": "NewsArticle", "datePublished": {"@value": "2019-09-07"}}, []),
        ({"@type": "NewsArticle", "datePublished": "soon"}, []),
        ("2019-09-07", []),
        (None, []),
    ],
)
def test_linked_data(document: Json, stated: list[tuple[str, bool, bool]]) -> None:
    assert _stated(Head(json_ld=(document,))) == stated


def test_deep_linked_data_is_left_alone() -> None:
    document: Json = ARTICLE
    for _ in range(500):
        document = {"@graph": [document]}
    assert _stated(Head(json_ld=(document,))) == []


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://news.163.com/19/0907/19/EOGM5D0B0001899O.html", Day(2019, 9, 7)),
        ("https://news.sina.com.cn/c/2019-09-07/doc-iicezzrq4075643.shtml", Day(2019, 9, 7)),
        ("https://example.com/2019/09/07/title.html", Day(2019, 9, 7)),
        ("https://www.sankei.com/article/20250121-QBJP5I25BBIG5IZ76XZNDHDB5Q/", Day(2025, 1, 21)),
        ("https://paper.example.cn/html/2019-09/07/content_1.htm", Day(2019, 9, 7)),
        ("https://paper.example.cn/html/201909/07/content_1.htm", Day(2019, 9, 7)),
        ("https://example.com/2019/9/7/title", Day(2019, 9, 7)),
        ("https://example.com/2019/09/title", None),
        ("https://example.com/2019/13/40/title", None),
        ("https://example.com/2019/02/30/title", None),
        ("https://example.com/a?d=20190907", None),
        ("https://example.com/1234201909071234", None),
        ("https://example.com/item/ab20190907cd", None),
        ("no address", None),
        (None, None),
    ],
)
def test_the_day_of_an_address(url: str | None, day: Day | None) -> None:
    assert address_day(url) == day


def _page(text: str, language: str | None = None, url: str | None = None) -> Page:
    empty = np.zeros(0, dtype=np.int32)
    page = Page(Kind.TEXT, text, empty, empty, empty, np.zeros(0, dtype=bool), [], [], url=url)
    return replace(page, head=Head(language=language))


ENGLISH = "The state of the art is that it is in the hands of the many and that is for the best. " * 3


@pytest.mark.parametrize(
    ("page", "order"),
    [
        (_page(ENGLISH), None),
        (_page(ENGLISH + "23/09/2019"), Order.DAY_FIRST),
        (_page(ENGLISH + "18-12-08"), None),
        (_page(ENGLISH + "09/23/2019"), Order.MONTH_FIRST),
        (_page(ENGLISH + "09/23/2019 and 23/09/2019"), None),
        (_page(ENGLISH, "en-US"), Order.MONTH_FIRST),
        (_page(ENGLISH, "en-GB"), Order.DAY_FIRST),
        (_page(ENGLISH, "en"), None),
        (_page(ENGLISH, "en_CA"), None),
        (_page(ENGLISH, url="https://www.example.co.uk/"), Order.DAY_FIRST),
        (_page(ENGLISH, url="https://www.example.gov/"), Order.MONTH_FIRST),
        (_page("", "zh-CN"), Order.YEAR_FIRST),
        (_page("", "fr"), Order.DAY_FIRST),
        (_page("新华社北京电 记者从会上获悉"), Order.YEAR_FIRST),
        (
            _page("El presidente del gobierno ha dicho que la ley entra en vigor el lunes. " * 4),
            Order.DAY_FIRST,
        ),
        (_page("El presidente"), None),
    ],
)
def test_the_order_that_a_page_shows(page: Page, order: Order | None) -> None:
    assert page_order(page) is order
