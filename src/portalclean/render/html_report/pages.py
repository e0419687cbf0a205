"""What the report's script is given of each page."""

from __future__ import annotations

import gzip
import re
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from portalclean.article import Article
from portalclean.bodies.addresses import host_of
from portalclean.gold.compare import Comparison, compare
from portalclean.gold.files import GoldRecord
from portalclean.page import Label
from portalclean.render.record import to_dict
from portalclean.render.safe import storable

if TYPE_CHECKING:
    from portalclean.page import Json

__all__ = ["RULE_EVIDENCE", "ReportPage", "page_name", "page_values", "summary_values"]

RULE_EVIDENCE = "site_rules"
"""The field under which site rules report that they match nothing."""
LONGEST_NAME = 100
"""Characters of a page's name, which becomes a file's name."""
UNNAMEABLE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A capture and what was made of it."""

    file: str
    article: Article
    capture: bytes
    seconds: float
    """CPU time that the cleaning took."""
    gold: GoldRecord | None = None
    """A gold record of the same page, found good."""
    comparison: Comparison | None = field(init=False)

    def __post_init__(self) -> None:
        comparison = compare(self.article, self.gold) if self.gold else None
        object.__setattr__(self, "comparison", comparison)

    @property
    def name(self) -> str:
        """The page's name in gold: that of its file, with nothing in it that a file's name cannot have."""
        return page_name(self.file)

    @property
    def is_html(self) -> bool:
        """Whether the capture was read as HTML."""
        return any(block.path is not None for block in self.article.blocks)


def page_name(file: str) -> str:
    """Return the name that a capture's page has in gold.

    >>> page_name("captures/163 (4).html"), page_name("-"), page_name("山路.txt")
    ('163-4', 'page', '山路')
    """
    stem = PurePath(storable(file)).stem
    return UNNAMEABLE.sub("-", stem).strip("-.")[:LONGEST_NAME] or "page"


def summary_values(page: ReportPage, name: str) -> dict[str, Json]:
    """Return what the summary shows of a page; ``name`` is its name in gold, that no other page has."""
    article = page.article
    counts: dict[Label, int] = {}
    for block in article.blocks:
        counts[block.label] = counts.get(block.label, 0) + 1
    return {
        "file": storable(page.file),
        "name": name,
        "title": None if article.title is None else storable(article.title),
        "host": host_of(article.url) or None,
        "page_type": str(article.page_type),
        "confidence": article.confidence,
        "empty_because": None if article.empty_because is None else str(article.empty_because),
        "labels": {str(label): count for label, count in counts.items()},
        "seconds": round(page.seconds, 6),
        "bytes": len(page.capture),
        "differences": None if page.comparison is None else _differences(page.article, page.comparison),
        "warnings": len(_warnings(article)),
    }


def page_values(page: ReportPage) -> dict[str, Json]:
    """Return all that the report shows of a page, and its capture for those who correct it."""
    record = to_dict(page.article, blocks=True)
    values: dict[str, Json] = {
        "kind": "html" if page.is_html else "text",
        "record": {key: value for key, value in record.items() if key not in ("text", "versions")},
        "versions": record["versions"],
        "warnings": _warnings(page.article),
        "gold": None,
        "capture": b64encode(gzip.compress(page.capture, mtime=0)).decode() if page.is_html else None,
    }
    if page.gold and page.comparison:
        values["gold"] = {
            "labels": [None if label is None else str(label) for label in page.comparison.labels],
            "fields": {
                each.field: {"gold": storable(each.gold), "agrees": each.agrees} for each in page.comparison.fields
            },
            "note": page.gold.values.get("note") or "",
        }
    return values


def _warnings(article: Article) -> list[Json]:
    """Return the site rules that matched nothing on the page."""
    dead = (piece for piece in article.evidence if piece.field == RULE_EVIDENCE and not piece.chosen)
    return [storable(f"{piece.reason}: {piece.raw}") for piece in dead]


def _differences(article: Article, comparison: Comparison) -> int:
    """Return how many blocks and fields the gold has otherwise."""
    pairs = zip(article.blocks, comparison.labels, strict=True)
    blocks = sum(label is not None and label is not block.label for block, label in pairs)
    return blocks + sum(not each.agrees for each in comparison.fields)
