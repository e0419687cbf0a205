"""The records that flow: a page is a flat table of units, and every unit gets one verdict.

Both doors, HTML and text, end in the same `Page`. A page keeps its units as columns (arrays of offsets,
flags and element rows), so that features are computed over whole arrays and not unit by unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "CONFIDENCE_DIGITS",
    "LABELS",
    "LABEL_CODES",
    "Block",
    "Head",
    "Image",
    "Kind",
    "Label",
    "Limits",
    "Link",
    "Markup",
    "Origin",
    "Page",
    "PageType",
    "Unit",
    "Verdict",
    "Verdicts",
]

IntArray: TypeAlias = NDArray[np.int32]
BoolArray: TypeAlias = NDArray[np.bool_]
CodeArray: TypeAlias = NDArray[np.int8]
FloatArray: TypeAlias = NDArray[np.float32]
Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"


class Label(StrEnum):
    """What a block is; each block has exactly one."""

    TITLE = "title"
    BYLINE = "byline"
    BODY = "body"
    CAPTION = "caption"
    BREADCRUMB = "breadcrumb"
    NAVIGATION = "navigation"
    SHARE = "share"
    RECOMMENDATION = "recommendation"
    COMMENT = "comment"
    ADVERTISEMENT = "advertisement"
    FOOTER = "footer"
    OTHER = "other"


LABELS: tuple[Label, ...] = tuple(Label)
"""The labels by their code: ``LABELS[code]``."""
LABEL_CODES: Mapping[Label, int] = {label: code for code, label in enumerate(LABELS)}


CONFIDENCE_DIGITS = 3
"""Confidences are rounded to this many digits: the last bits of a float differ between machines."""


class Kind(StrEnum):
    """The door that a capture came in by."""

    HTML = "html"
    TEXT = "text"


class Origin(StrEnum):
    """Where a unit's text stands in the capture."""

    PAGE = "page"
    NOSCRIPT = "noscript"
    JSON_LD = "json-ld"


class PageType(StrEnum):
    """What the whole page is."""

    ARTICLE = "article"
    DOCUMENTATION = "documentation"
    SERVICE = "service"
    PRODUCT = "product"
    COLLECTION = "collection"
    LISTING = "listing"
    FORUM = "forum"
    FRONT_PAGE = "front_page"
    GALLERY = "gallery"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets of one page; a page over one of them raises `CaptureTooLarge`.

    The defaults are far above any page of the development data (the largest has 5 MB, 12,000 units, 200
    levels). They bound memory and time, which both grow in proportion to the page.
    """

    bytes: int = 32 * 1024 * 1024
    """Size of the capture: bytes, or characters when the capture is a string."""
    units: int = 500_000
    """Number of units."""
    depth: int = 1_000
    """Levels of nested elements. The parser hangs what is nested deeper than 512 levels into the 512th, text and
    order kept, so only a lower limit than that is ever reached."""


class Link(NamedTuple):
    """A hyperlink: the characters ``[start, end)`` of the page's text, all inside one unit."""

    unit: int
    start: int
    end: int
    href: str


class Image(NamedTuple):
    """An image; it stands before unit ``unit`` (or inside it) and in element row ``element``."""

    unit: int
    element: int
    src: str
    alt: str


@dataclass(frozen=True, slots=True)
class Head:
    """What an HTML page says of itself outside its visible text.

    ``meta`` maps a lower-case name or property to its contents in order; ``json_ld`` holds the parsed
    JSON-LD documents (those that parse).
    """

    title: str | None = None
    meta: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """``<link rel=… href=…>`` by relation, lower case."""
    json_ld: tuple[Json, ...] = ()
    language: str | None = None
    base: str | None = None

    def first(self, *names: str) -> str | None:
        """Return the first non-blank content of the first of these meta names that the page has."""
        for name in names:
            for content in self.meta.get(name, ()):
                if content.strip():
                    return content.strip()
        return None


@dataclass(frozen=True, slots=True)
class Markup:
    """The DOM side of a page: a table of all elements in document order, and each unit's place in it.

    A parent's row always comes before its children's. Row 0 is the root and is its own parent.
    """

    tags: Sequence[str]
    parents: IntArray
    """(elements,) row of the parent."""
    names: Sequence[tuple[str | None, str | None, str | None]]
    """Class, id and role attributes of each element."""
    inner: IntArray
    """(units,) row of the element that directly holds the unit's first characters."""
    block: IntArray
    """(units,) row of the block element that the unit stands in."""
    links: Sequence[Link]
    images: Sequence[Image]
    times: Sequence[tuple[int, str]]
    """Machine-readable times: (unit, the ``datetime`` attribute of a ``<time>`` in it)."""
    source: str = ""
    """The HTML itself, for engines that parse it again."""

    def ancestors(self, row: int) -> Iterator[int]:
        """Yield ``row`` and the rows above it, up to the root."""
        parents = self.parents
        while True:
            yield row
            above = int(parents[row])
            if above == row:
                return
            row = above


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit, as a view; the page itself keeps columns."""

    index: int
    text: str
    start: int
    end: int
    hidden: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class Page:
    """A capture as an ordered table of units.

    ``text`` is the decoded dump itself, or, for HTML, the units' texts one after the other; every unit is a
    slice of it. Columns have one entry a unit.
    """

    kind: Kind
    text: str
    starts: IntArray
    ends: IntArray
    lines: IntArray
    """Number of the line, paragraph or element run that the unit was cut from; units of one share it."""
    hidden: BoolArray
    origins: Sequence[Origin]
    texts: Sequence[str]
    head: Head = field(default_factory=Head)
    markup: Markup | None = None
    url: str | None = None
    encoding: str | None = None
    replacements: int = 0
    """Number of bytes sequences that could not be decoded and became U+FFFD."""

    def __len__(self) -> int:
        return len(self.texts)

    def units(self) -> Iterator[Unit]:
        """Yield the units in order."""
        for index, text in enumerate(self.texts):
            yield Unit(
                index,
                text,
                int(self.starts[index]),
                int(self.ends[index]),
                bool(self.hidden[index]),
                self.origins[index],
            )


class Verdict(NamedTuple):
    """What one unit is, how sure that is (0 to 1), and why."""

    label: Label
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Verdicts:
    """One verdict per unit, as columns, and what the labeller says of the whole page."""

    labels: CodeArray
    """(units,) codes into `LABELS`."""
    confidences: FloatArray
    """(units,) 0 to 1."""
    reasons: Sequence[str]
    page_type: PageType = PageType.OTHER
    confidence: float = 0.0
    """How sure the labeller is of the page as a whole, 0 to 1."""
    weights: str | None = None
    """Version of the network that gave them, if one did."""

    def __len__(self) -> int:
        return len(self.reasons)

    def __getitem__(self, unit: int) -> Verdict:
        return Verdict(LABELS[self.labels[unit]], float(self.confidences[unit]), self.reasons[unit])


@dataclass(frozen=True, slots=True)
class Block:
    """A run of units that belong to one line or paragraph and carry one label."""

    text: str
    label: Label
    confidence: float
    reason: str
    hidden: bool = False
    origin: Origin = Origin.PAGE
    start: int | None = None
    """Offsets in the decoded text; ``None`` for HTML."""
    end: int | None = None
    path: str | None = None
    """CSS path of the block's element in the parsed tree; ``None`` for a text dump."""
