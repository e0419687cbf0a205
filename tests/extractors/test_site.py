from __future__ import annotations

import pytest
from byline_pages import LONG_BODY, reading_of

from portalclean.extractors.site import extract_site, title_suffix
from portalclean.page import Head, Json, Label

URL = "https://news.example.org/a/b.html"


def _fields(head: Head, url: str | None = URL) -> dict[str, str | None]:
    reading = reading_of((Label.TITLE, "清晨出门的人"), (Label.BODY, LONG_BODY), head=head, url=url)
    fields = extract_site(reading).fields
    return {name: fields[name] for name in ("site_name", "description", "image", "url")}


def _article(**properties: Json) -> Head:
    return Head(json_ld=({"@type": "NewsArticle", **properties},))


SITES: list[tuple[Head, str | None]] = [
    (Head(meta={"og:site_name": ("示例网",), "application-name": ("App",)}), "示例网"),
    (Head(meta={"application-name": (" Example  News ",)}), "Example News"),
    (Head(title="清晨出门的人_示例新闻"), "示例新闻"),
    (Head(title="清晨出门的人--时政--人民网"), "人民网"),
    (Head(title="清晨出门的人-新华网"), "新华网"),
    (Head(title="清晨出门的人 | 社会 | Example News"), "Example News"),
    (Head(title="清晨出门的人"), None),
    (Head(title="另一个标题_示例新闻"), None),
    (Head(title="清晨出门的人 - 스포츠 > 포토"), None),
    (_article(publisher={"@type": "Organization", "name": "Example News"}), "Example News"),
    (Head(json_ld=({"@type": "WebSite", "name": "Example News"},)), "Example News"),
    (Head(meta={"og:site_name": ("x" * 200,)}), None),
    (Head(), None),
]


@pytest.mark.parametrize(("head", "expected"), SITES)
def test_the_name_of_the_site(head: Head, expected: str | None) -> None:
    assert _fields(head)["site_name"] == expected


@pytest.mark.parametrize(
    ("head_title", "title", "expected"),
    [
        ("A walk in the park", "A walk", None),
        ("A walk in the park - Example News", "A walk in the park", "Example News"),
        ("A walk – Notes · Example", "A walk", "Example"),
        ("On", "On", None),
        ("", "", None),
    ],
)
def test_the_end_of_a_title(head_title: str, title: str, expected: str | None) -> None:
    assert title_suffix(head_title, title) == expected


DESCRIPTIONS: list[tuple[Head, str | None]] = [
    (Head(meta={"description": ("一年来的  变化",), "og:description": ("别的",)}), "一年来的 变化"),
    (Head(meta={"description": ("#",), "og:description": ("一年来的变化",)}), "一年来的变化"),
    (_article(description="一年来的变化"), "一年来的变化"),
    (Head(), None),
]


@pytest.mark.parametrize(("head", "expected"), DESCRIPTIONS)
def test_the_description(head: Head, expected: str | None) -> None:
    assert _fields(head)["description"] == expected


IMAGES: list[tuple[Head, str | None, str | None]] = [
    (Head(meta={"og:image": ("/i.jpg",)}), URL, "https://news.example.org/i.jpg"),
    (Head(meta={"og:image": ("//cdn.example.org/i.jpg",)}), URL, "https://cdn.example.org/i.jpg"),
    (
        Head(meta={"og:image": ("i.jpg",)}, base="https://cdn.example.org/x/"),
        URL,
        "https://cdn.example.org/x/i.jpg",
    ),
    (Head(meta={"og:image": ("/i.jpg",)}, base="/x/"), URL, "https://news.example.org/i.jpg"),
    (Head(meta={"og:image": ("i.jpg",)}), None, None),
    (
        Head(meta={"og:image": ("data:image/png;base64,xx",), "twitter:image": ("/t.jpg",)}),
        URL,
        "https://news.example.org/t.jpg",
    ),
    (_article(image=[{"@type": "ImageObject", "url": "/j.jpg"}]), URL, "https://news.example.org/j.jpg"),
    (_article(image="https://cdn.example.org/j.jpg"), None, "https://cdn.example.org/j.jpg"),
    (Head(links={"image_src": ("/l.jpg",)}), URL, "https://news.example.org/l.jpg"),
    (Head(meta={"og:image": ("http://[",)}), URL, None),
    (Head(), URL, None),
]


@pytest.mark.parametrize(("head", "url", "expected"), IMAGES)
def test_the_image_is_absolute(head: Head, url: str | None, expected: str | None) -> None:
    assert _fields(head, url)["image"] == expected


ADDRESSES: list[tuple[Head, str | None, str | None]] = [
    (Head(links={"canonical": ("https://example.org/other",)}), URL, URL),
    (Head(links={"canonical": ("https://example.org/a",)}), None, "https://example.org/a"),
    (Head(meta={"og:url": ("https://example.org/a",)}), None, "https://example.org/a"),
    (Head(links={"canonical": ("/a",)}), None, None),
    (Head(links={"canonical": ("/a",)}, base="https://example.org/"), None, "https://example.org/a"),
    (Head(links={"canonical": ("https://example.org/",)}), None, None),
    (Head(links={"canonical": ("javascript:void(0)",)}), None, None),
    (Head(links={"canonical": ("http://[",)}), None, None),
    (Head(), None, None),
]


@pytest.mark.parametrize(("head", "url", "expected"), ADDRESSES)
def test_the_address(head: Head, url: str | None, expected: str | None) -> None:
    assert _fields(head, url)["url"] == expected


def test_each_value_has_evidence_of_where_it_stood() -> None:
    reading = reading_of(head=Head(meta={"og:site_name": ("示例网",), "og:image": ("/i.jpg",)}), url=URL)
    evidence = extract_site(reading).evidence
    assert [(item.field, item.reason) for item in evidence] == [
        ("site_name", "meta og:site_name"),
        ("image", "meta og:image"),
        ("url", "given"),
    ]
