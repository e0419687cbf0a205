"""datatrove: an extractor that gives the text, and a step that gives the text and the article as metadata.

    from portalclean.engines.datatrove import PortalClean, PortalCleanArticle

    pipeline = [WarcReader("crawl/"), PortalCleanArticle(), JsonlWriter("articles/")]

`PortalClean` stands where datatrove's own ``Trafilatura`` stands, and as with every datatrove extractor a page
without text, one that fails and one that takes too long are dropped. `PortalCleanArticle` drops none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import portalclean
from portalclean.engines.records import ERROR, failed_record, record_of
from portalclean.engines.threads import one_thread
from portalclean.errors import MissingExtra
from portalclean.page import Json

try:
    from datatrove.pipeline.base import PipelineStep
    from datatrove.pipeline.extractors.base import BaseExtractor, ExtractorSandbox
    from datatrove.utils.typeshelper import StatHints
except ImportError as missing:
    raise MissingExtra("datatrove is not installed; pip install 'portalclean[datatrove]'") from missing

if TYPE_CHECKING:
    from datatrove.data import Document, DocumentsPipeline

__all__ = ["PortalClean", "PortalCleanArticle"]

SECONDS = 10.0
"""Time for one page, the start of the worker included; the worst page within the default limits takes a few."""


class PortalClean(BaseExtractor):  # type: ignore[misc]  # datatrove has no types
    """Give the main text of each document's HTML or flattened page.

    ``timeout`` is the seconds for one document, after which datatrove ends the worker; ``kind`` is ``"html"`` or
    ``"text"`` where all documents are of one kind.
    """

    name = "🧹 portalclean"

    def __init__(self, timeout: float = SECONDS, kind: str | None = None) -> None:
        super().__init__(timeout)
        self.kind = kind

    def extract(self, text: str) -> str:
        """Return the main text of a page; empty where it has none."""
        with one_thread():
            return portalclean.extract(text, kind=self.kind).text


class PortalCleanArticle(PipelineStep):  # type: ignore[misc]
    """Give the main text as each document's text, and all else of its record as ``metadata["article"]``.

    Every document comes out. Where there is no main text, ``text`` is empty and ``metadata["article"]`` says why,
    under ``empty_because`` or, for a page that failed or took too long, under ``error``.

    ``timeout`` is the seconds for one document, counted outside the process that reads it; ``kind`` is ``"html"`` or
    ``"text"`` where all documents are of one kind; ``url_key`` names the metadata with the address of the page;
    ``blocks`` adds every block of the page and the evidence for each field.
    """

    type = "🛢 - EXTRAC"
    name = "🧹 portalclean article"

    def __init__(
        self, timeout: float = SECONDS, kind: str | None = None, url_key: str = "url", blocks: bool = False
    ) -> None:
        super().__init__()
        self.timeout = timeout
        self.kind = kind
        self.url_key = url_key
        self.blocks = blocks

    def record(self, text: str, url: str | None) -> dict[str, Json]:
        """Return the record of a page; the sandbox runs this in a process of its own."""
        return record_of(text, url=url, kind=self.kind, blocks=self.blocks)

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """Yield each document with its article."""
        with ExtractorSandbox(timeout=self.timeout, warmup_text=("", None)) as sandbox:
            for document in data:
                self.stat_update(StatHints.total)
                with self.track_time():
                    record = self._sandboxed(sandbox, document)
                self.stat_update("failed" if ERROR in record else StatHints.forwarded)
                document.text = record.pop("text", "")
                document.metadata["article"] = record
                yield document

    def _sandboxed(self, sandbox: ExtractorSandbox, document: Document) -> dict[str, Json]:
        url = document.metadata.get(self.url_key)
        url = url if isinstance(url, str) else None
        try:
            record: dict[str, Json] = sandbox.process_document((document.text, url), self.record)
        except Exception as error:  # too long, or the worker was ended: by the machine, for its memory
            return failed_record(error, url)
        return record
