"""A shard of Parquet: the identity's columns, then those of the published schema of an article."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from portalclean.batch.durable import sync
from portalclean.batch.record import Outcome
from portalclean.errors import MissingExtra

try:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from portalclean.engines.arrow import article_schema, record_batch
except ImportError as missing:
    raise MissingExtra("pyarrow is not installed; pip install 'portalclean[parquet]'") from missing

if TYPE_CHECKING:
    from portalclean.page import Json

__all__ = ["IDENTITY", "ParquetWriter", "open_parquet"]

IDENTITY = pa.schema(
    [
        pa.field("file", pa.string()),
        pa.field("offset", pa.int64()),
        pa.field("row", pa.int64()),
        pa.field("capture_url", pa.string()),
        pa.field("capture_sha256", pa.string()),
    ]
)
"""The keys of `portalclean.batch.record.identified`."""
GROUP_ROWS = 500
"""Rows that are held and written at a time: with 50 kilobytes a page, 25 megabytes."""


def open_parquet(blocks: bool) -> Callable[[Path], ParquetWriter]:
    """Return what opens a shard; ``blocks`` adds the account of the whole page to its columns."""
    return lambda path: ParquetWriter(path, blocks)


class ParquetWriter:
    """Write records as rows."""

    def __init__(self, path: Path, blocks: bool = False) -> None:
        self._blocks = blocks
        self._schema = pa.schema([*IDENTITY, *article_schema(blocks)])
        self._rows: list[Mapping[str, Json]] = []
        self._stream = path.open("wb")
        self._table = pq.ParquetWriter(self._stream, self._schema, compression="zstd")

    def write(self, index: int, outcome: Outcome) -> None:
        """Write the record of a page."""
        assert isinstance(outcome.rendered, Mapping)
        self._rows.append(outcome.rendered)
        if len(self._rows) == GROUP_ROWS:
            self._write_group()

    def finish(self) -> None:
        """Write the rows that are left and the footer, and wait until all is on the disk."""
        if self._rows:
            self._write_group()
        self._table.close()
        sync(self._stream)
        self._stream.close()

    def abandon(self) -> None:
        """Close the file, whatever is left unwritten."""
        with contextlib.suppress(OSError, ValueError):
            self._table.close()
        self._table.is_open = False  # or it tries once more when it is collected
        self._stream.close()

    def _write_group(self) -> None:
        rows, self._rows = self._rows, []
        identities = pa.RecordBatch.from_pylist(rows, schema=IDENTITY)
        articles = record_batch(rows, self._blocks)
        columns = [*identities.columns, *articles.columns]
        self._table.write_batch(pa.RecordBatch.from_arrays(columns, schema=self._schema))
