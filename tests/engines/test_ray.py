from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from portalclean import ColumnError, Limits

pa = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
from portalclean.engines.arrow import ArrowExtractor, article_schema  # noqa: E402
from portalclean.engines.ray import extract_articles  # noqa: E402

if TYPE_CHECKING:
    from types import ModuleType

pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning:ray.data.context")

PAGE = b"<title>A walk</title><article><h1>A walk</h1><p>We left the village before the sun was up.</p></article>"


def test_it_gives_a_row_for_each_row_with_the_columns_that_are_kept(ray_data: ModuleType) -> None:
    table = pa.table({"id": [1, 2, 3], "html": [PAGE, None, PAGE * 50]})
    extractor = ArrowExtractor(keep=["id"], limits=Limits(bytes=1000))
    articles = extract_articles(ray_data.from_arrow(table), extractor)
    assert articles.columns() == ["id", *article_schema().names]
    rows = sorted(articles.take_all(), key=lambda row: row["id"])
    assert [(row["id"], row["title"]) for row in rows] == [(1, "A walk"), (2, None), (3, None)]
    errors = [row["error"] and row["error"]["type"] for row in rows]
    assert errors == [None, "CaptureTypeError", "CaptureTooLarge"]


def test_rows_of_python_objects_are_taken(ray_data: ModuleType) -> None:
    dataset = ray_data.from_items([{"page": PAGE.decode()}, {"page": ""}])
    rows = extract_articles(dataset, ArrowExtractor("page", blocks=True)).take_all()
    assert [row["title"] for row in rows] == ["A walk", None]
    assert [len(row["blocks"]) for row in rows] == [3, 0]


def test_an_empty_part_is_no_error(ray_data: ModuleType) -> None:
    dataset = ray_data.from_items([{"id": number, "html": PAGE} for number in range(4)], override_num_blocks=4)
    column = pytest.importorskip("ray.data.expressions").col("id")
    some = dataset.filter(expr=column == 2)
    assert [row["title"] for row in extract_articles(some, ArrowExtractor()).take_all()] == ["A walk"]
    assert extract_articles(dataset.filter(expr=column > 9), ArrowExtractor()).take_all() == []


def test_a_wrong_column_is_told_before_the_job(ray_data: ModuleType) -> None:
    dataset = ray_data.from_arrow(pa.table({"page": [PAGE]}))
    with pytest.raises(ColumnError, match="no column 'html'; the table has: page"):
        extract_articles(dataset, ArrowExtractor())
