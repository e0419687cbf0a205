from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from portalclean import ColumnError, Limits

pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
from portalclean.engines.arrow import ArrowExtractor, article_schema
from portalclean.engines.spark import extract_articles

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")

PAGE = b"<title>A walk</title><article><h1>A walk</h1><p>We left the village before the sun was up.</p></article>"


def test_it_gives_a_row_for_each_row_with_the_columns_that_are_kept(spark: SparkSession) -> None:
    seen = datetime(2026, 3, 1, 12)
    rows = [(1, seen, PAGE), (2, seen, None), (3, None, PAGE * 50)]
    frame = spark.createDataFrame(rows, "id int, seen timestamp_ntz, html binary")
    articles = extract_articles(frame, ArrowExtractor(keep=["seen", "id"], limits=Limits(bytes=1000)))
    assert articles.columns == ["seen", "id", *article_schema().names]
    found = articles.orderBy("id").collect()
    assert [(row.id, row.seen, row.title) for row in found] == [(1, seen, "A walk"), (2, seen, None), (3, None, None)]
    errors = [row.error and row.error.type for row in found]
    assert errors == [None, "CaptureTypeError", "CaptureTooLarge"]


def test_columns_within_columns_can_be_queried(spark: SparkSession) -> None:
    frame = spark.createDataFrame([(PAGE.decode(),)], "html string")
    articles = extract_articles(frame, ArrowExtractor(blocks=True))
    [row] = articles.selectExpr("filter(blocks, block -> block.label = 'title')[0].text AS title").collect()
    assert row.title == "A walk"


def test_a_time_with_a_zone_is_kept(spark: SparkSession) -> None:
    seen = datetime(2026, 3, 1, 12, tzinfo=UTC)
    frame = spark.createDataFrame([(PAGE, seen)], "html binary, seen timestamp")
    [row] = extract_articles(frame, ArrowExtractor(keep=["seen"])).collect()
    assert row.seen.astimezone(UTC) == seen


def test_a_wrong_column_is_told_before_the_job(spark: SparkSession) -> None:
    frame = spark.createDataFrame([(PAGE,)], "page binary")
    with pytest.raises(ColumnError, match="no column 'html'; the table has: page"):
        extract_articles(frame, ArrowExtractor())
