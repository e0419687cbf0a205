"""The same pages give the same articles, whichever engine they go through."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from engine_pages import captured_pages

import portalclean
from portalclean.cli import main
from portalclean.render.record import to_dict

pa = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
from portalclean.engines.arrow import ArrowExtractor, record_batch  # noqa: E402

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning:ray.data.context"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning"),
]

PAGES = captured_pages(1000)
EXTRACTOR = ArrowExtractor(url="url", keep=["id"])


@pytest.fixture(scope="module")
def articles() -> Mapping[str, Mapping[str, object]]:
    """Return the rows of Arrow that the articles of `portalclean.extract` make, by the page's id."""
    records = [to_dict(portalclean.extract(page.html, url=page.url)) for page in PAGES]
    assert len({str(record["text"]) for record in records}) > len(PAGES) / 2, "the pages are to differ"
    rows = record_batch(records).to_pylist()
    return {page.id: row for page, row in zip(PAGES, rows, strict=True)}


@pytest.fixture(scope="module")
def table() -> pa.Table:
    return pa.Table.from_pylist([page._asdict() for page in PAGES])


def by_id(rows: list[dict[str, object]]) -> Mapping[str, Mapping[str, object]]:
    assert len(rows) == len(PAGES)
    return {str(row.pop("id")): row for row in rows}


def test_the_arrow_core(articles: Mapping[str, Mapping[str, object]], table: pa.Table) -> None:
    assert by_id(EXTRACTOR(table).to_pylist()) == articles


def test_the_command_line(table: pa.Table, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(table, tmp_path / "pages.parquet")
    cleaned = CliRunner().invoke(main, ["clean", str(tmp_path / "pages.parquet"), "--jobs", "2"])
    assert cleaned.exit_code == 0, cleaned.stderr
    records = [json.loads(line) for line in cleaned.stdout.splitlines()]
    identity = ("file", "offset", "row", "capture_url", "capture_sha256")
    found = [{key: value for key, value in record.items() if key not in identity} for record in records]
    assert found == [to_dict(portalclean.extract(page.html, url=page.url)) for page in PAGES]


def test_ray(articles: Mapping[str, Mapping[str, object]], table: pa.Table, ray_data: ModuleType) -> None:
    from portalclean.engines.ray import extract_articles

    found = extract_articles(ray_data.from_arrow(table).repartition(4), EXTRACTOR)
    assert by_id(found.take_all()) == articles


def test_spark(articles: Mapping[str, Mapping[str, object]], spark: SparkSession) -> None:
    from portalclean.engines.spark import extract_articles

    frame = spark.createDataFrame(PAGES, "id string, html binary, url string").repartition(3)
    rows = extract_articles(frame, EXTRACTOR).collect()
    assert by_id([row.asDict(recursive=True) for row in rows]) == articles


def test_datatrove(tmp_path: Path) -> None:
    pytest.importorskip("datatrove", reason="the extra datatrove is not installed")
    from datatrove.data import Document
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.writers import JsonlWriter

    from portalclean.engines.datatrove import PortalCleanArticle

    texts = {page.id: page.html.decode("utf-8", errors="replace") for page in PAGES}
    documents = [Document(texts[page.id], page.id, metadata={"url": page.url}) for page in PAGES]
    writer = JsonlWriter(str(tmp_path), "articles.jsonl", compression=None)
    LocalPipelineExecutor([documents, PortalCleanArticle(), writer], logging_dir=str(tmp_path / "logs")).run()
    lines = (tmp_path / "articles.jsonl").read_text("utf-8").splitlines()
    found = {
        line["id"]: {"text": line.get("text", ""), **line["metadata"]["article"]} for line in map(json.loads, lines)
    }
    # Its documents are strings: the bytes are decoded before.
    assert found == {page.id: to_dict(portalclean.extract(texts[page.id], url=page.url)) for page in PAGES}
