"""A spider for the tests: it takes a page from an address that it is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import scrapy
from scrapy.http import TextResponse


@dataclass
class PageItem:
    """An item of the kind that says its fields."""

    html: bytes
    url: str
    encoding: str | None = None
    article: dict[str, object] | None = None
    clean: dict[str, object] | None = None


class PortalSpider(scrapy.Spider):
    """Give an item with a page, one with a page that fails and one without a page."""

    name = "portal"

    def __init__(self, address: str = "") -> None:
        super().__init__()
        self.start_urls = [address]

    def parse(self, response: TextResponse) -> Iterator[object]:
        yield PageItem(response.body, response.url, "utf-nonsense")
        yield {"html": 7, "url": response.url, "encoding": None}
        yield {"note": "no page"}
