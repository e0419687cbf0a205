from __future__ import annotations

import pickle
from collections.abc import Mapping

import pytest
from engine_pages import captured_pages

import portalclean
from portalclean import ColumnError, Extracted, Limits, Pipeline, Reading
from portalclean.render.record import record_schema, to_dict

pa = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
from portalclean.batch.record import Identity, identified  # noqa: E402
from portalclean.engines.arrow import ArrowExtractor, article_schema, record_batch  # noqa: E402

PAGES = [page._asdict() for page in captured_pages(25)]
PAGE = b"<title>A walk</title><article><h1>A walk</h1><p>We left the village before the sun was up.</p></article>"


def without_nulls(value: object) -> object:
    """Return the value without the keys that hold nothing: a body block has the keys of its kind alone."""
    if isinstance(value, Mapping):
        return {key: without_nulls(part) for key, part in value.items() if part is not None}
    return [without_nulls(part) for part in value] if isinstance(value, list) else value


def record_of(page: Mapping[str, object], blocks: bool = False) -> object:
    return without_nulls(to_dict(portalclean.extract(page["html"], url=page["url"]), blocks=blocks))


def fails_on_trees(reading: Reading) -> Extracted:
    if "tree" in reading.page.text:
        raise RuntimeError("the stage\nfell over")
    return Extracted({})


def gives_a_number_as_title(reading: Reading) -> Extracted:
    return Extracted({"title": 7 if "tree" in reading.page.text else "a title"})  # type: ignore[typeddict-item]


def names(shape: Mapping[str, object], root: Mapping[str, object]) -> object:
    """Return the names of the keys in a JSON Schema's shape, all the way down."""
    if "$ref" in shape:
        return names(root["$defs"][str(shape["$ref"]).rsplit("/", 1)[1]], root)
    if "oneOf" in shape:
        return {key: part for kind in shape["oneOf"] for key, part in names(kind, root).items()}
    if "properties" in shape:
        return {key: names(part, root) for key, part in shape["properties"].items()}
    return names(shape["items"], root) if "items" in shape else None


def arrow_names(kind: pa.DataType) -> object:
    if pa.types.is_struct(kind):
        return {field.name: arrow_names(field.type) for field in kind}
    return arrow_names(kind.value_type) if pa.types.is_list(kind) else None


@pytest.mark.parametrize("blocks", [False, True])
def test_the_schema_has_the_fields_of_the_json_schema(blocks: bool) -> None:
    schema = record_schema()
    left_out = set(identified(Identity("page.html"), None)) | (set() if blocks else {"evidence", "blocks"})
    wanted = {key: part for key, part in names(schema, schema).items() if key not in left_out}
    found = {field.name: arrow_names(field.type) for field in article_schema(blocks)}
    assert [*found] == [*wanted, "error"]
    assert found == wanted | {"error": {"type": None, "message": None}}


def test_the_schema_has_the_keys_of_the_record_in_order() -> None:
    article = portalclean.extract(PAGE)
    assert article_schema().names == [*to_dict(article), "error"]
    assert article_schema(blocks=True).names == [*to_dict(article, blocks=True), "error"]


def test_the_types_of_the_published_schema() -> None:
    schema = article_schema(blocks=True)
    strings = ["title", "text", "published", "published_precision", "published_zone", "page_type", "empty_because"]
    assert {schema.field(name).type for name in strings} == {pa.string()}
    assert schema.field("credits").type == pa.list_(pa.struct({"name": "string", "role": "string", "raw": "string"}))
    assert schema.field("versions").type == pa.struct({"library": "string", "weights": "string", "schema": "int64"})
    assert schema.field("confidence").type == pa.float64()
    assert schema.field("replacements").type == pa.int64()
    body = schema.field("body").type.value_type
    assert body.field("level").type == pa.int64()
    assert body.field("ordered").type == pa.bool_()
    assert body.field("rows").type == pa.list_(pa.list_(pa.string()))


@pytest.mark.parametrize("blocks", [False, True])
def test_each_row_is_the_record_of_its_page(blocks: bool) -> None:
    batch = pa.RecordBatch.from_pylist(PAGES)
    extractor = ArrowExtractor(url="url", keep=["id"], blocks=blocks)
    out = extractor(batch)
    assert isinstance(out, pa.RecordBatch)
    assert out.schema == extractor.schema(batch.schema)
    rows = out.to_pylist()
    assert [row.pop("id") for row in rows] == [page["id"] for page in PAGES]
    assert [without_nulls(row) for row in rows] == [record_of(page, blocks) for page in PAGES]


def test_a_table_gives_a_table() -> None:
    table = pa.Table.from_pylist(PAGES)
    out = ArrowExtractor(url="url")(pa.concat_tables([table.slice(0, 3), table.slice(3)]))
    assert isinstance(out, pa.Table)
    assert out.to_pylist() == ArrowExtractor(url="url")(pa.RecordBatch.from_pylist(PAGES)).to_pylist()


@pytest.mark.parametrize("empty", [pa.RecordBatch, pa.Table])
def test_no_rows_give_no_rows(empty: type) -> None:
    out = ArrowExtractor()(empty.from_pylist([], schema=pa.schema({"html": pa.binary()})))
    assert out.num_rows == 0
    assert out.schema == article_schema()


@pytest.mark.parametrize(
    "kind", ["string", "large_string", "string_view", "binary", "large_binary", "binary_view", "dictionary"]
)
def test_captures_may_be_of_any_type_of_string(kind: str) -> None:
    array = pa.array([PAGE.decode()])
    array = array.dictionary_encode() if kind == "dictionary" else array.cast(kind)
    [row] = ArrowExtractor()(pa.record_batch([array], names=["html"])).to_pylist()
    assert row["error"] is None
    assert row["title"] == "A walk"


def test_options_reach_the_extraction() -> None:
    captures = {"page": ["<p>Gr\xfc\xdfe</p>".encode("latin-1")], "charset": ["latin-1"]}
    batch = pa.RecordBatch.from_pydict(captures)
    [html] = ArrowExtractor("page", encoding="charset", blocks=True)(batch).to_pylist()
    [text] = ArrowExtractor("page", encoding="charset", kind="text", blocks=True)(batch).to_pylist()
    assert [block["text"] for block in html["blocks"]] == ["Grüße"]
    assert [block["text"] for block in text["blocks"]] == ["<p>Grüße</p>"]
    [row] = ArrowExtractor("page", pipeline=Pipeline().without("title"))(batch).to_pylist()
    assert row["title"] is None


def test_an_encoding_that_nobody_knows_is_ignored() -> None:
    batch = pa.RecordBatch.from_pydict({"html": [PAGE], "charset": ["utf-nonsense"]})
    [row] = ArrowExtractor(encoding="charset")(batch).to_pylist()
    assert (row["title"], row["error"]) == ("A walk", None)


def test_a_page_that_fails_keeps_its_row() -> None:
    captures = {
        "id": [1, 2, 3, 4],
        "url": [None, "https://a.example/", "https://b.example/", None],
        "html": [PAGE, None, b"<p>" + b"x" * 2000, PAGE],
    }
    extractor = ArrowExtractor(url="url", keep=["id"], limits=Limits(bytes=1000))
    rows = extractor(pa.RecordBatch.from_pydict(captures)).to_pylist()
    assert [row["id"] for row in rows] == [1, 2, 3, 4]
    assert [row["error"] and row["error"]["type"] for row in rows] == [
        None,
        "CaptureTypeError",
        "CaptureTooLarge",
        None,
    ]
    assert "over the limit of 1,000" in rows[2]["error"]["message"]
    assert (rows[2]["url"], rows[2]["text"]) == ("https://b.example/", None)
    assert rows[1]["versions"]["library"] == rows[0]["versions"]["library"]
    assert rows[3]["title"] == "A walk"


def test_an_unexpected_exception_stays_in_its_row() -> None:
    pipeline = Pipeline().after("label", "hostile", fails_on_trees)
    rows = ArrowExtractor(pipeline=pipeline)(pa.RecordBatch.from_pydict({"html": ["a tree", "a bush"]})).to_pylist()
    assert [row["error"] for row in rows] == [{"type": "RuntimeError", "message": "the stage fell over"}, None]


def test_a_record_that_does_not_fit_stays_in_its_row() -> None:
    pipeline = Pipeline().after("site", "hostile", gives_a_number_as_title)
    rows = ArrowExtractor(pipeline=pipeline)(pa.RecordBatch.from_pydict({"html": ["a tree", "a bush"]})).to_pylist()
    assert [row["title"] for row in rows] == [None, "a title"]
    assert rows[0]["error"]["type"] == "ArrowTypeError"
    assert rows[1]["error"] is None


def test_a_string_that_is_no_utf_8_stays_in_its_row() -> None:
    offsets = pa.array([0, 3, 6], pa.int32()).buffers()[1]
    broken = pa.StringArray.from_buffers(2, offsets, pa.py_buffer(b"\xff\xfe\xfdabc"))
    rows = ArrowExtractor()(pa.record_batch([broken], names=["html"])).to_pylist()
    assert [row["error"] and row["error"]["type"] for row in rows] == ["UnicodeDecodeError", None]


def test_a_column_of_nulls_is_no_error() -> None:
    captures = pa.RecordBatch.from_pydict({"html": [PAGE], "url": pa.nulls(1), "charset": pa.nulls(1)})
    [row] = ArrowExtractor(url="url", encoding="charset")(captures).to_pylist()
    assert (row["title"], row["error"]) == ("A walk", None)


def test_any_version_of_the_weights_is_a_string() -> None:
    record = to_dict(portalclean.extract(PAGE))
    record["versions"] = {"library": "1", "weights": 7, "schema": 1}
    [row] = record_batch([record]).to_pylist()
    assert row["versions"] == {"library": "1", "weights": "7", "schema": 1}
    assert row["error"] is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"capture": "page"}, "no column 'page'; the table has: html, url, size"),
        ({"url": "address"}, "no column 'address'"),
        ({"encoding": "size"}, "column 'size' holds int64, not strings"),
        ({"capture": "size"}, "column 'size' holds int64, not bytes or strings"),
        ({"keep": ["size", "id"]}, "no column 'id'"),
    ],
)
def test_a_wrong_column_is_named(options: Mapping[str, object], message: str) -> None:
    batch = pa.RecordBatch.from_pydict({"html": [PAGE], "url": ["https://a.example/"], "size": [1]})
    with pytest.raises(ColumnError, match=message):
        ArrowExtractor(**options)(batch)


def test_a_column_that_is_there_twice_is_refused() -> None:
    batch = pa.record_batch([pa.array([PAGE]), pa.array([PAGE])], names=["html", "html"])
    with pytest.raises(ColumnError, match="several columns 'html'"):
        ArrowExtractor()(batch)


def test_misuse_is_told_before_any_page() -> None:
    with pytest.raises(ColumnError, match=r"rename them: \['url'\]"):
        ArrowExtractor(keep=["id", "url"])
    with pytest.raises(ColumnError, match="not the string 'url'"):
        ArrowExtractor(keep="url")
    with pytest.raises(ValueError, match="htm"):
        ArrowExtractor(kind="htm")


def test_an_extractor_can_be_sent_to_a_worker() -> None:
    extractor = ArrowExtractor("page", keep=["id"], kind="html", limits=Limits(units=9))
    assert pickle.loads(pickle.dumps(extractor)) == extractor


def test_the_linear_algebra_has_one_thread() -> None:
    from threadpoolctl import threadpool_info, threadpool_limits

    threads: list[int] = []

    def count_threads(_: Reading) -> Extracted:
        threads.extend(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas")
        return Extracted({})

    pipeline = Pipeline().after("label", "count_threads", count_threads)
    with threadpool_limits(2, "blas"):
        ArrowExtractor(pipeline=pipeline)(pa.RecordBatch.from_pydict({"html": [PAGE]}))
        outside = {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}
    assert set(threads) == {1}
    assert outside == {2}
