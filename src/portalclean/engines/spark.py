"""Spark: a data frame of captures in, a data frame of articles out.

    from portalclean.engines.arrow import ArrowExtractor
    from portalclean.engines.spark import extract_articles

    articles = extract_articles(frame, ArrowExtractor(url="url", keep=["id"]))

The rows go to the workers' Python as Arrow batches; portalclean is to be installed there too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalclean.engines.arrow import ArrowExtractor, article_schema
from portalclean.errors import MissingExtra

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["extract_articles"]


def extract_articles(frame: DataFrame, extractor: ArrowExtractor) -> DataFrame:
    """Return the articles of a data frame, a row for each row (`pyspark.sql.DataFrame.mapInArrow`).

    Raises `ColumnError` for a column that the frame does not have, and `MissingExtra` where Spark is not installed.
    """
    try:
        import pyarrow as pa
        from pyspark.sql.pandas.types import from_arrow_schema
        from pyspark.sql.types import StructType
    except ImportError as error:
        raise MissingExtra("pyspark is not installed; pip install 'portalclean[spark]'") from error
    extractor.schema(pa.schema([(name, pa.null()) for name in frame.columns]))  # what they hold, the workers see
    articles = from_arrow_schema(article_schema(extractor.blocks))
    schema = StructType([*(frame.schema[name] for name in extractor.keep), *articles.fields])
    return frame.mapInArrow(extractor.stream, schema)
