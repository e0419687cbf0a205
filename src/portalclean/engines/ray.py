"""Ray Data: a data set of captures in, a data set of articles out.

    from portalclean.engines.arrow import ArrowExtractor
    from portalclean.engines.ray import extract_articles

    articles = extract_articles(dataset, ArrowExtractor(url="url", keep=["id"]))

An `ArrowExtractor` is itself what ``map_batches(…, batch_format="pyarrow")`` takes, where its other options are needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalclean.engines.arrow import ROWS, ArrowExtractor
from portalclean.errors import MissingExtra

if TYPE_CHECKING:
    from ray.data import Dataset

__all__ = ["extract_articles"]


def extract_articles(dataset: Dataset, extractor: ArrowExtractor) -> Dataset:
    """Return the articles of a data set, a row for each row (`ray.data.Dataset.map_batches`).

    Raises `ColumnError` for a column that the data set does not have, at once where its schema is known, and
    `MissingExtra` where Ray is not installed.
    """
    try:
        import pyarrow as pa
        import ray.data  # noqa: F401 - to say which extra is missing
    except ImportError as error:
        raise MissingExtra("Ray Data is not installed; pip install 'portalclean[ray]'") from error
    known = getattr(dataset.schema(fetch_if_missing=False), "base_schema", None)
    if isinstance(known, pa.Schema):
        extractor.schema(known)
    return dataset.map_batches(extractor, batch_format="pyarrow", batch_size=ROWS)
