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
from portalclean.outline import NO_BLOCKS, Outline
from portalclean.page import CONFIDENCE_DIGITS, Block, Label, Page, Verdict, Verdicts

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

    blocks: Sequence[Block]
    """An `Outline`, or the records themselves."""
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
    blocks: Outline = NO_BLOCKS
    first_units: Sequence[int] = ()
    """(blocks,) as in `Joined`."""
    fields: Fields = field(default_factory=Fields)
    evidence: tuple[Evidence, ...] = ()

    def labelled(self, *labels: Label) -> Iterator[tuple[int, Block]]:
        """Yield (index, block) of the shown blocks that carry one of these labels, in page order."""
        return ((index, self.blocks[index]) for index, _ in self.lines(*labels))

    def lines(self, *labels: Label) -> list[tuple[int, str]]:
        """Return (index, text) of the shown blocks that carry one of these labels, in page order."""
        return self.blocks.lines(*labels)

    def first(self, label: Label) -> int | None:
        """Return the index of the first shown block with this label."""
        places = self.blocks.places(label)
        return places[0] if places else None

    def confidence(self, block: int) -> float:
        """Return how sure the labeller is of a block: as sure as of its least sure unit."""
        if self.verdicts is None:
            return self.blocks[block].confidence
        units = self.units_of(block)
        least = self.verdicts.confidences[units.start : units.stop].min()
        return round(float(least), CONFIDENCE_DIGITS)

    def units_of(self, block: int) -> range:
        """Return the indices of the units that make up this block."""
        last = block + 1 == len(self.first_units)
        return range(self.first_units[block], len(self.page) if last else self.first_units[block + 1])
