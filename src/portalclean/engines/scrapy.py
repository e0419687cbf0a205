"""Scrapy: an item pipeline that gives each item with a page its article.

In the project's settings::

    ITEM_PIPELINES = {"portalclean.engines.scrapy.ArticlePipeline": 300}

An item of any kind that Scrapy knows comes out with the record under ``article``, in the place of the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from portalclean.engines.records import record_of
from portalclean.errors import MissingExtra

try:
    from itemadapter import ItemAdapter
except ImportError as missing:
    raise MissingExtra("Scrapy is not installed; pip install 'portalclean[scrapy]'") from missing

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

__all__ = ["ArticlePipeline"]

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ArticlePipeline:
    """Replace an item's page by its record, as `portalclean.Article.to_dict` gives it.

    The names are those of the item's fields: ``capture`` is the page (``response.body``), ``url`` its address,
    ``encoding`` the charset of the HTTP header, ``article`` where the record goes. The page is taken out of the item
    (feeds in JSON cannot hold bytes) but for ``keep_capture``. The setting ``PORTALCLEAN``, a dictionary of these
    names, changes them.

    An item without a page passes as it is. A page that fails has the reason as its record's ``error``.
    """

    capture: str = "html"
    url: str = "url"
    encoding: str = "encoding"
    article: str = "article"
    blocks: bool = False
    keep_capture: bool = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArticlePipeline:
        """Return the pipeline that the settings describe."""
        options: Mapping[str, Any] = crawler.settings.getdict("PORTALCLEAN")
        return cls(**options)

    def process_item(self, item: Item) -> Item:
        """Return the item with its article. Raises `KeyError` for a kind of item that has no field for one."""
        fields = ItemAdapter(item)
        if (capture := fields.get(self.capture)) is not None:
            url, encoding = fields.get(self.url), fields.get(self.encoding)
            fields[self.article] = record_of(capture, url=url, encoding=encoding, blocks=self.blocks)
            if not self.keep_capture:
                del fields[self.capture]
        return item
