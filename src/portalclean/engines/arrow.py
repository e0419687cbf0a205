"""The Arrow core: batches of captures in, batches of articles out; the adapters to other engines stand on it.

    from portalclean.engines.arrow import ArrowExtractor

    extractor = ArrowExtractor(capture="html", url="url", keep=["id"])
    articles = extractor(batch)  # a pyarrow RecordBatch or Table; out comes the same

Every row of the input gives a row of the output, in order. A page that fails leaves its fields null and says
why under ``error``; its row, the other rows and the columns that are kept are as they would be without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from portalclean.engines.records import ERROR, failed_record, record_of
from portalclean.errors import ColumnError, MissingExtra
from portalclean.page import Kind, Limits
from portalclean.pipeline import DEFAULT, Pipeline
from portalclean.render.record import record_schema

try:
    import pyarrow as pa
except ImportError as missing:
    raise MissingExtra("pyarrow is not installed; pip install 'portalclean[arrow]'") from missing

__all__ = ["ArrowExtractor", "article_schema", "record_batch"]

Batch = TypeVar("Batch", bound="pa.RecordBatch | pa.Table")

ERROR_TYPE = pa.struct({"type": pa.string(), "message": pa.string()})

COMMAND_LINE_ONLY = frozenset({"file", "offset", "row", "capture_url", "capture_sha256"})
"""Keys of the JSON record that the command line adds."""
ACCOUNT = frozenset({"evidence", "blocks"})

ROWS = 256
"""Rows of a table or a stream that are cleaned at once, so that a few hundred articles are held in memory. A column of
a batch holds two gigabytes: eight megabytes a page."""

PLAIN: Mapping[str, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}
"""JSON Schema's plain types."""


@cache
def article_schema(blocks: bool = False) -> pa.Schema:
    """Return the schema of the articles: the record's JSON Schema in Arrow's types, and the column ``error``.

    Columns have the names and the order of `portalclean.Article.to_dict`. Objects are structs, arrays lists;
    dates are ISO 8601 strings and enums strings, so that every engine takes them. A body block is one struct with
    the keys of all kinds, null where its ``type`` has no such key. Everything may be null: a page that failed
    has its ``error`` alone. ``blocks`` adds ``evidence`` and ``blocks``, the account of the whole page.
    """
    shape = record_schema()
    left_out = COMMAND_LINE_ONLY if blocks else COMMAND_LINE_ONLY | ACCOUNT
    struct = _arrow_type(shape, shape)
    return pa.schema([*(field for field in struct if field.name not in left_out), pa.field(ERROR, ERROR_TYPE)])


def record_batch(records: Iterable[Mapping[str, object]], blocks: bool = False) -> pa.RecordBatch:
    """Return records of `portalclean.Article.to_dict` as a batch of `article_schema`.

    A record that does not fit, as a stage of one's own may make it, becomes an error; it takes no other with it.
    """
    rows, schema = [_arrow_record(record) for record in records], article_schema(blocks)
    try:
        return pa.RecordBatch.from_pylist(rows, schema=schema)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        return pa.RecordBatch.from_pylist([_fitting(row, schema) for row in rows], schema=schema)


@dataclass(frozen=True, slots=True)
class ArrowExtractor:
    """A function from a batch of captures to a batch of articles; it can be pickled and sent to workers.

    ``capture``, ``url`` and ``encoding`` name columns: the captures (binary or string), and what is known of each
    (the address, the charset of the HTTP header; one that nobody knows is ignored). ``keep`` names the columns
    that come back beside the articles, before them. The other options are those of `portalclean.extract`.
    """

    capture: str = "html"
    url: str | None = None
    encoding: str | None = None
    kind: Kind | str | None = None
    keep: Iterable[str] = ()
    blocks: bool = False
    pipeline: Pipeline = DEFAULT
    limits: Limits | None = None

    def __post_init__(self) -> None:
        if isinstance(self.keep, str):
            raise ColumnError(f"keep is a list of columns, not the string {self.keep!r}")
        object.__setattr__(self, "keep", tuple(self.keep))
        object.__setattr__(self, "kind", Kind(self.kind) if self.kind is not None else None)
        taken = [name for name in self.keep if name in article_schema(self.blocks).names]
        if taken:
            raise ColumnError(f"columns with the name of an article's field cannot be kept, rename them: {taken}")

    def schema(self, captures: pa.Schema) -> pa.Schema:
        """Return the schema of what comes out for captures of this schema.

        Raises `ColumnError` for a column that is not there or that cannot hold what it is said to hold.
        """
        _check(captures, self.capture, binary=True)
        for name in filter(None, (self.url, self.encoding)):
            _check(captures, name, binary=False)
        kept = [_field(captures, name) for name in self.keep]
        return pa.schema([*kept, *article_schema(self.blocks)])

    def __call__(self, batch: Batch) -> Batch:
        """Return a row for each row. Raises `ColumnError` as `schema` does, and nothing because of a page."""
        schema = self.schema(batch.schema)
        if isinstance(batch, pa.Table):
            table: Batch = pa.Table.from_batches(self.stream(batch.to_batches()), schema=schema)
            return table
        articles = record_batch((self._record(batch, row) for row in range(batch.num_rows)), self.blocks)
        kept = [batch.column(name) for name in self.keep]
        cleaned: Batch = pa.RecordBatch.from_arrays([*kept, *articles.columns], schema=schema)
        return cleaned

    def stream(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield the articles of the batches, in smaller batches where these are large."""
        for batch in batches:
            for start in range(0, batch.num_rows, ROWS):
                yield self(batch.slice(start, ROWS))

    def _record(self, batch: pa.RecordBatch, row: int) -> Mapping[str, object]:
        """Return the record of one page, or its error: whatever happens stays in its row."""
        try:
            url, encoding = _known(batch, self.url, row), _known(batch, self.encoding, row)
            capture = batch.column(self.capture)[row].as_py()
        except UnicodeDecodeError as error:
            return failed_record(error)
        return record_of(
            capture,
            url=url,
            encoding=encoding,
            kind=self.kind,
            blocks=self.blocks,
            pipeline=self.pipeline,
            limits=self.limits,
        )


def _known(batch: pa.RecordBatch, column: str | None, row: int) -> str | None:
    """Return what the caller knows of a page, if there is a column for it."""
    value: str | None = batch.column(column)[row].as_py() if column is not None else None
    return value


def _arrow_record(record: Mapping[str, object]) -> Mapping[str, object]:
    """Return the record with the version of the weights as a string, whatever the labeller calls it."""
    versions = record.get("versions")
    if not isinstance(versions, Mapping) or isinstance(versions.get("weights"), str | None):
        return record
    return {**record, "versions": {**versions, "weights": str(versions["weights"])}}


def _fitting(row: Mapping[str, object], schema: pa.Schema) -> Mapping[str, object]:
    """Return the row where it fits the schema, else its error."""
    try:
        pa.RecordBatch.from_pylist([row], schema=schema)
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        url = row.get("url")
        return failed_record(error, url if isinstance(url, str) else None)
    return row


def _check(schema: pa.Schema, name: str, *, binary: bool) -> None:
    """Raise `ColumnError` unless the column is there and holds strings, or bytes where they are taken."""
    kind = _field(schema, name).type
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    wanted = [pa.types.is_null, pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view]
    if binary:
        wanted += [pa.types.is_binary, pa.types.is_large_binary, pa.types.is_binary_view]
    if not any(is_wanted(inner) for is_wanted in wanted):
        raise ColumnError(f"column {name!r} holds {kind}, not {'bytes or ' if binary else ''}strings")


def _field(schema: pa.Schema, name: str) -> pa.Field:
    if schema.names.count(name) != 1:
        state = "several columns" if name in schema.names else "no column"
        raise ColumnError(f"{state} {name!r}; the table has: {', '.join(schema.names)}")
    return schema.field(name)


def _arrow_type(shape: Mapping[str, Any], root: Mapping[str, Any]) -> pa.DataType:
    """Return the Arrow type of a JSON Schema's shape; ``root`` holds what it refers to."""
    match shape:
        case {"$ref": str(place)}:
            return _arrow_type(root["$defs"][place.removeprefix("#/$defs/")], root)
        case {"anyOf": [*shapes]}:
            return _arrow_type(next(one for one in shapes if one != {"type": "null"}), root)
        case {"oneOf": [*kinds]}:
            return _struct({name: part for kind in kinds for name, part in kind["properties"].items()}, root)
        case {"enum": [member, *_]} | {"const": member}:
            return PLAIN["string" if isinstance(member, str) else "integer"]
        case {"type": "array", "items": items}:
            return pa.list_(_arrow_type(items, root))
        case {"type": "object", "properties": properties}:
            return _struct(properties, root)
        case {"type": [kind, *_]} | {"type": kind}:
            return PLAIN[kind]
    raise TypeError(f"no Arrow type for {shape}")


def _struct(properties: Mapping[str, Any], root: Mapping[str, Any]) -> pa.DataType:
    return pa.struct([pa.field(name, _arrow_type(shape, root)) for name, shape in properties.items()])
