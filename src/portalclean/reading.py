"""What a stage of the pipeline sees, and what it may give back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypedDict

from portalclean.article import (
    BodyBlock,
    Comment,
    Credit,
    EmptyBecause,
    Evidence,
    Precision,
    Recommendation,
    Zone,
)
from portalclean.page import Block, Label, Page, Verdict, Verdicts

__all__ = ["Claims", "Extracted", "Fields", "Joined", "Reading"]


class Fields(TypedDict, total=False):
    """The article's fields that extractors fill, each with the type that it has in `Article`."""

    title: str | None
    subtitle: str | None
    text: str
    body: tuple[BodyBlock, ...]
    authors: tuple[str, ...]
    credits: tuple[Credit, ...]
    source: str | None
    published: datetime | date | None
    published_raw: str | None
    published_precision: Precision | None
    published_zone: Zone | None
    modified: datetime | date | None
    modified_raw: str | None
    modified_precision: Precision | None
    modified_zone: Zone | None
    captured: datetime | None
    breadcrumbs: tuple[str, ...]
    keywords: tuple[str, ...]
    recommendations: tuple[Recommendation, ...]
    comments: tuple[Comment, ...]
    next_page: str | None
    site_name: str | None
    language: str | None
    url: str | None
    description: str | None
    image: str | None
    empty_because: EmptyBecause | None


@dataclass(frozen=True, slots=True)
class Claims:
    """Verdicts for some units, by unit index; they win over what an earlier stage said of these units."""

    verdicts: dict[int, Verdict]


@dataclass(frozen=True, slots=True)
class Joined:
    """The units joined into blocks."""

    blocks: tuple[Block, ...]
    first_units: Sequence[int]
    """(blocks,) index of each block's first unit; a block ends where the next begins."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """Values for fields of the article, and the evidence for them."""

    fields: Fields
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as read so far: its units, their verdicts, the blocks, and the fields found."""

    page: Page
    claimed: Claims = field(default_factory=lambda: Claims({}))
    verdicts: Verdicts | None = None
    blocks: tuple[Block, ...] = ()
    first_units: Sequence[int] = ()
    """(blocks,) as in `Joined`."""
    fields: Fields = field(default_factory=Fields)
    evidence: tuple[Evidence, ...] = ()

    def labelled(self, *labels: Label) -> Iterator[tuple[int, Block]]:
        """Yield (index, block) of the shown blocks that carry one of these labels, in page order."""
        for index, block in enumerate(self.blocks):
            if block.label in labels and not block.hidden:
                yield index, block

    def units_of(self, block: int) -> range:
        """Return the indices of the units that make up this block."""
        last = block + 1 == len(self.first_units)
        return range(self.first_units[block], len(self.page) if last else self.first_units[block + 1])
