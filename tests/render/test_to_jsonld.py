from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from render_examples import WALK, articles

from portalclean import Article, Precision
from portalclean.render.jsonld import to_jsonld


def test_a_whole_article() -> None:
    assert to_jsonld(WALK) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "山路",
        "alternativeHeadline": "A walk in spring",
        "description": "Up and down",
        "author": [{"@type": "Person", "name": "张三"}],
        "editor": [{"@type": "Person", "name": "李四"}],
        "datePublished": "2021-05-01T09:30+08:00",
        "dateModified": "2021-05-02",
        "articleSection": ["首页", "旅行"],
        "articleBody": "黎明出发。\nThe way up\nWe left.",
        "image": "https://a.example/lead.jpg",
        "keywords": ["山", "walk"],
        "inLanguage": "zh",
        "publisher": {"@type": "Organization", "name": "山网"},
        "sourceOrganization": {"@type": "Organization", "name": "新华社"},
        "url": "https://a.example/walk.html",
        "mainEntityOfPage": "https://a.example/walk.html",
    }


def test_what_the_page_does_not_say_is_left_out() -> None:
    assert to_jsonld(Article()) == {"@context": "https://schema.org", "@type": "NewsArticle"}


@pytest.mark.parametrize(
    ("published", "precision", "stated"),
    [
        (date(2021, 1, 1), Precision.YEAR, "2021"),
        (date(2021, 5, 1), Precision.MONTH, "2021-05"),
        (date(2021, 5, 1), Precision.DAY, "2021-05-01"),
        (date(2021, 5, 1), None, "2021-05-01"),
        (datetime(2021, 5, 1, 9, 30), Precision.MINUTE, "2021-05-01T09:30"),
        (datetime(2021, 5, 1, 9, 30), Precision.SECOND, "2021-05-01T09:30:00"),
    ],
)
def test_a_date_is_no_more_exact_than_the_page_states(
    published: date, precision: Precision | None, stated: str
) -> None:
    article = replace(WALK, published=published, published_precision=precision)
    assert to_jsonld(article)["datePublished"] == stated


@given(articles)
def test_any_article_gives_json_and_utf_8(article: Article) -> None:
    document = to_jsonld(article)
    assert json.loads(json.dumps(document, ensure_ascii=False).encode("utf-8")) == document
    assert all(document.values())
