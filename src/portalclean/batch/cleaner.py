"""One page, cleaned and rendered: what a worker process does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import portalclean
from portalclean.article import Article
from portalclean.batch.record import Failure, Identity, InputPage, Outcome, PageFacts, Reason, content_hash, identified
from portalclean.bodies.addresses import host_of
from portalclean.capture.stream import read_stream
from portalclean.errors import CaptureTooLarge, PortalCleanError
from portalclean.render.record import json_line, to_dict

if TYPE_CHECKING:
    from portalclean.page import Json
    from portalclean.pipeline import Pipeline

__all__ = ["Cleaner", "Form", "read_capture"]


class Form(StrEnum):
    """How cleaned pages are written."""

    JSONL = "jsonl"
    JSON = "json"
    MARKDOWN = "md"
    TEXT = "txt"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Cleaner:
    """Clean pages and render them in one form; ``kind`` and ``encoding`` are what the caller knows of all of them.

    It never raises for a page: what went wrong is in the outcome. It goes to each worker once, by pickle, and the
    ``pipeline`` with it.
    """

    form: Form = Form.JSONL
    blocks: bool = False
    kind: str | None = None
    encoding: str | None = None
    pipeline: Pipeline | None = None

    def __call__(self, page: InputPage) -> Outcome:
        """Clean one page."""
        sha256 = None
        try:
            capture = read_capture(page)
            sha256 = content_hash(capture)
            article = portalclean.extract(
                capture,
                url=page.identity.url,
                kind=self.kind or page.kind,
                encoding=self.encoding or page.encoding,
                pipeline=self.pipeline,
            )
            rendered = self._render(page.identity, sha256, article)
            return Outcome(page.identity, sha256, rendered, _facts(page.identity, article))
        except CaptureTooLarge as error:
            failure = Failure(Reason.TOO_LARGE, str(error))
        except PortalCleanError as error:
            failure = Failure(Reason.ERROR, str(error))
        except OSError as error:
            failure = Failure(Reason.UNREADABLE, error.strerror or str(error))
        except Exception as error:  # one page must not end a run over millions, whatever it hit upon
            failure = Failure(Reason.ERROR, f"unexpected {type(error).__name__}: {error}".removesuffix(": "))
        return Outcome(page.identity, sha256, failure=failure)

    def _render(self, identity: Identity, sha256: str, article: Article) -> bytes | Mapping[str, Json]:
        keys = identified(identity, sha256)
        match self.form:
            case Form.MARKDOWN:
                return (article.to_markdown() + "\n").encode()
            case Form.TEXT:
                return (article.to_text() + "\n").encode()
            case Form.PARQUET:
                return {**keys, **to_dict(article, blocks=self.blocks)}
            case Form.JSON:
                return json_line({**keys, **to_dict(article, blocks=self.blocks)}, 2).encode()
        return (json_line({**keys, **to_dict(article, blocks=self.blocks)}) + "\n").encode()


def read_capture(page: InputPage) -> bytes | str:
    """Return the capture of a page, from its file where it is one; never much more than may be cleaned.

    Raises `CaptureTooLarge` for a file over the limit, ``OSError`` for one that cannot be read.
    """
    if page.capture is not None:
        return page.capture
    assert page.path is not None
    with Path(page.path).open("rb") as stream:
        return read_stream(stream)


def _facts(identity: Identity, article: Article) -> PageFacts:
    labels = {label.value: count for label, count in article.label_counts().items()}
    empty = None if article.empty_because is None else article.empty_because.value
    return PageFacts(article.page_type.value, empty, host_of(article.url or identity.url), labels)
