from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

import portalclean
from portalclean import Limits
from portalclean.render.record import to_dict

pytest.importorskip("datatrove", reason="the extra datatrove is not installed")
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

from portalclean.engines.datatrove import PortalClean, PortalCleanArticle

# The sandbox of datatrove's extractors forks.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")

PAGE = "<title>A walk</title><article><h1>A walk</h1><p>We left the village before the sun was up.</p></article>"
DEADLY = "the page that ends its reader"


class Ending(PortalCleanArticle):
    """A step whose worker dies on one page, as one that the machine ends for its memory."""

    def record(self, text: str, url: str | None) -> dict[str, object]:
        if text == DEADLY:
            os._exit(1)
        return super().record(text, url)


def documents(*texts: str) -> list[Document]:
    return [
        Document(text, f"page-{number}", metadata={"url": "https://a.example/"}) for number, text in enumerate(texts)
    ]


def written(folder: Path) -> list[Mapping[str, object]]:
    lines = [line for file in sorted(folder.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    return sorted(map(json.loads, lines), key=lambda record: str(record["id"]))


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """Return the folder of a crawl in two files."""
    folder = tmp_path / "crawl"
    folder.mkdir()
    for number, text in enumerate([PAGE, "<p></p>"]):
        page = {"id": f"page-{number}", "text": text, "url": f"https://a.example/{number}"}
        (folder / f"{number}.jsonl").write_text(json.dumps(page) + "\n", "utf-8")
    return folder


@pytest.mark.parametrize("workers", [1, 2])
def test_the_step_gives_each_document_its_article(crawl: Path, tmp_path: Path, workers: int) -> None:
    pipeline = [JsonlReader(str(crawl)), PortalCleanArticle(), JsonlWriter(str(tmp_path / "out"), compression=None)]
    LocalPipelineExecutor(pipeline, tasks=2, workers=workers, logging_dir=str(tmp_path / "logs")).run()
    walk, empty = written(tmp_path / "out")
    record = to_dict(portalclean.extract(PAGE, url="https://a.example/0"))
    assert walk["text"] == record.pop("text") == "We left the village before the sun was up."
    assert walk["metadata"]["article"] == record
    assert walk["metadata"]["url"] == "https://a.example/0"
    assert "text" not in empty  # the writer leaves out what is empty
    assert empty["metadata"]["article"]["empty_because"] == "empty"


def test_the_extractor_gives_the_text_and_drops_what_has_none(crawl: Path, tmp_path: Path) -> None:
    pipeline = [JsonlReader(str(crawl)), PortalClean(), JsonlWriter(str(tmp_path / "out"), compression=None)]
    LocalPipelineExecutor(pipeline, tasks=1, logging_dir=str(tmp_path / "logs")).run()
    [walk] = written(tmp_path / "out")
    assert walk["text"] == "We left the village before the sun was up."
    assert "article" not in walk["metadata"]


def test_options_reach_the_extraction() -> None:
    [document] = PortalCleanArticle(kind="text", blocks=True).run(documents(PAGE))
    assert document.metadata["article"]["blocks"][0]["text"].startswith("<title>")
    assert PortalClean(kind="text").extract("<p>") == portalclean.extract("<p>", kind="text").text


def test_a_page_that_takes_too_long_is_kept_with_its_error() -> None:
    [document] = PortalCleanArticle(timeout=1e-9).run(documents(PAGE))
    article = document.metadata["article"]
    assert (document.text, article["error"]["type"], article["url"]) == ("", "TimeoutError", "https://a.example/")


def test_a_page_over_the_limits_takes_no_other_with_it() -> None:
    page = "x" * (Limits().bytes + 1)
    kept, last = PortalCleanArticle().run(documents(page, PAGE))
    assert kept.metadata["article"]["error"]["type"] == "CaptureTooLarge"
    assert last.text == "We left the village before the sun was up."
    [last] = PortalClean().run(documents(page, PAGE))
    assert last.text == "We left the village before the sun was up."


def test_a_page_that_ends_its_worker_is_kept_and_takes_no_other_with_it() -> None:
    step = Ending()
    first, ended, last = step.run(documents(PAGE, DEADLY, PAGE))
    assert ended.metadata["article"]["error"]["type"] == "EOFError"
    assert first.text == last.text == "We left the village before the sun was up."
    assert (step.stats["failed"].total, step.stats["forwarded"].total) == (1, 2)
