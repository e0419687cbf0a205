"""portalclean: typed articles and typed chrome from captured portal pages, HTML or flattened text.

>>> import portalclean
>>> portalclean.extract("").empty_because
<EmptyBecause.EMPTY: 'empty'>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalclean.article import (
    Article,
    BodyBlock,
    Code,
    Comment,
    Credit,
    EmptyBecause,
    Evidence,
    Heading,
    ListItem,
    Paragraph,
    Picture,
    Precision,
    Quote,
    Recommendation,
    Role,
    Table,
    Zone,
)
from portalclean.capture import Capture, read
from portalclean.errors import (
    BrokenGold,
    BrokenWeights,
    CaptureTooLarge,
    CaptureTypeError,
    ColumnError,
    MissingExtra,
    PortalCleanError,
    SiteRuleError,
    StageError,
    UnknownEncoding,
    UnknownStage,
)
from portalclean.joining import join
from portalclean.page import Block, Kind, Label, Limits, Origin, Page, PageType, Verdict, Verdicts
from portalclean.reading import Claims, Extracted, Joined, Reading

if TYPE_CHECKING:
    from portalclean.pipeline import DEFAULT as DEFAULT
    from portalclean.pipeline import Pipeline, Stage

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Block",
    "BodyBlock",
    "BrokenGold",
    "BrokenWeights",
    "Capture",
    "CaptureTooLarge",
    "CaptureTypeError",
    "Claims",
    "Code",
    "ColumnError",
    "Comment",
    "Credit",
    "EmptyBecause",
    "Evidence",
    "Extracted",
    "Heading",
    "Joined",
    "Kind",
    "Label",
    "Limits",
    "ListItem",
    "MissingExtra",
    "Origin",
    "Page",
    "PageType",
    "Paragraph",
    "Picture",
    "Pipeline",
    "PortalCleanError",
    "Precision",
    "Quote",
    "Reading",
    "Recommendation",
    "Role",
    "SiteRuleError",
    "Stage",
    "StageError",
    "Table",
    "UnknownEncoding",
    "UnknownStage",
    "Verdict",
    "Verdicts",
    "Zone",
    "extract",
    "join",
    "read",
]


def extract(
    capture: Capture,
    *,
    url: str | None = None,
    kind: Kind | str | None = None,
    encoding: str | None = None,
    pipeline: Pipeline | None = None,
    limits: Limits | None = None,
) -> Article:
    """Clean one captured page: HTML or flattened text in, a typed article out.

    ``capture`` is bytes, a string, an lxml tree or element, or a BeautifulSoup object. ``kind`` says
    ``"html"`` or ``"text"`` when the caller knows; else it is told from the capture. ``encoding`` is the one
    that the transport declared (the HTTP header's charset). ``url`` makes links absolute and is one more
    piece of evidence for the date.

    An ordinary bad page gives an empty article whose ``empty_because`` says why. Raises `CaptureTypeError`
    for another type of capture, `CaptureTooLarge` for a page over its ``limits``, `UnknownEncoding`.
    """
    from portalclean.pipeline import DEFAULT

    page = read(capture, url=url, kind=kind, encoding=encoding, limits=limits)
    return (pipeline or DEFAULT).run(page)


if not TYPE_CHECKING:  # a checker would take it to allow any name

    def __getattr__(name: str) -> object:
        """Load the pipeline, and with it every stage's patterns, when one of its names is first asked for."""
        if name not in ("DEFAULT", "Pipeline", "Stage"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from portalclean import pipeline

        return getattr(pipeline, name)
