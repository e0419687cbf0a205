"""The result types: what `portalclean.extract` gives back. Frozen, slotted, typed; missing is ``None``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from portalclean.outline import BlocksLater
from portalclean.page import Block, PageType

if TYPE_CHECKING:
    from portalclean.page import Json

__all__ = [
    "Article",
    "BodyBlock",
    "Code",
    "Comment",
    "Credit",
    "EmptyBecause",
    "Evidence",
    "Heading",
    "ListItem",
    "Paragraph",
    "Picture",
    "Precision",
    "Quote",
    "Recommendation",
    "Role",
    "Table",
    "Zone",
]


class Role(StrEnum):
    """What a credited person did for the article."""

    AUTHOR = "author"
    REPORTER = "reporter"
    CORRESPONDENT = "correspondent"
    EDITOR = "editor"
    PHOTOGRAPHER = "photographer"
    TRANSLATOR = "translator"
    PROOFREADER = "proofreader"
    DESIGNER = "designer"
    OTHER = "other"


class Precision(StrEnum):
    """How exactly a date is stated."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


class Zone(StrEnum):
    """Where a time's zone comes from: the page states it, it is assumed from the host, or there is none."""

    PAGE = "page"
    SITE = "site"
    NONE = "none"


class EmptyBecause(StrEnum):
    """Why a page has no main content."""

    EMPTY = "empty"
    SCRIPT_SHELL = "script_shell"
    LOGIN_WALL = "login_wall"
    CAPTCHA = "captcha"
    NOT_FOUND = "not_found"
    NO_TEXT = "no_text"


@dataclass(frozen=True, slots=True)
class Credit:
    """A person credited for the article, and the words that say so."""

    name: str
    role: Role
    raw: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """An item of a related, hot, ranked or latest list."""

    title: str
    url: str | None = None
    source: str | None = None
    time: datetime | None = None
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment."""

    text: str
    author: str | None = None
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the article."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading; ``level`` is 1 to 6."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list in the article; ``level`` counts nested lists from 1."""

    text: str
    ordered: bool = False
    level: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation set apart."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Preformatted text, line breaks kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A data table: rows of cells."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        """The table as lines of tab-separated cells."""
        return "\n".join("\t".join(row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of the article, in reading order."""

    url: str | None = None
    alt: str | None = None
    caption: str | None = None

    @property
    def text(self) -> str:
        """Nothing: a picture adds no line to the article's text."""
        return ""


BodyBlock: TypeAlias = Paragraph | Heading | ListItem | Quote | Code | Table | Picture


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field has its value: who decided, from which block, and whether this candidate won."""

    field: str
    reason: str
    raw: str
    block: int | None = None
    """Index into ``Article.blocks``; ``None`` when the value comes from the page's head or its URL."""
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class Article(BlocksLater):
    """A cleaned page: the article's fields, and a labelled account of every block of the page."""

    title: str | None = None
    subtitle: str | None = None
    text: str = ""
    """The main content, a line break between blocks, captions left out."""
    body: tuple[BodyBlock, ...] = ()
    authors: tuple[str, ...] = ()
    """Names of authors and reporters only."""
    credits: tuple[Credit, ...] = ()
    source: str | None = None
    published: datetime | date | None = None
    published_raw: str | None = None
    published_precision: Precision | None = None
    published_zone: Zone | None = None
    modified: datetime | date | None = None
    modified_raw: str | None = None
    modified_precision: Precision | None = None
    modified_zone: Zone | None = None
    captured: datetime | None = None
    breadcrumbs: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    comments: tuple[Comment, ...] = ()
    next_page: str | None = None
    site_name: str | None = None
    language: str | None = None
    url: str | None = None
    description: str | None = None
    image: str | None = None
    encoding: str | None = None
    replacements: int = 0
    blocks: tuple[Block, ...] = ()
    page_type: PageType = PageType.OTHER
    confidence: float = 0.0
    empty_because: EmptyBecause | None = None
    weights: str | None = None
    """Version of the network that labelled the page; ``None`` where something else did."""
    evidence: tuple[Evidence, ...] = ()

    def to_text(self) -> str:
        """Return the title and the main content as plain text."""
        from portalclean.render.text import to_text

        return to_text(self)

    def to_markdown(self) -> str:
        """Return the article as Markdown: title, credits line, body with headings, lists, tables, images."""
        from portalclean.render.markdown import to_markdown

        return to_markdown(self)

    def to_dict(self, blocks: bool = False) -> dict[str, Json]:
        """Return the record as plain JSON values; ``blocks`` adds every block of the page."""
        from portalclean.render.record import to_dict

        return to_dict(self, blocks=blocks)

    def to_json(self, blocks: bool = False) -> str:
        """Return the record of `to_dict` as one line of JSON."""
        from portalclean.render.record import to_json

        return to_json(self, blocks=blocks)

    def to_jsonld(self) -> dict[str, Json]:
        """Return the article as a schema.org NewsArticle (https://schema.org/NewsArticle)."""
        from portalclean.render.jsonld import to_jsonld

        return to_jsonld(self)
