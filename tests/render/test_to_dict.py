from __future__ import annotations

import json
from dataclasses import fields, replace
from enum import StrEnum

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from render_examples import WALK, articles

import portalclean
from portalclean import Article, EmptyBecause, Label, Origin, PageType, Paragraph, Precision, Role, Zone
from portalclean.batch.record import Identity, identified
from portalclean.labelling.weights import load_weights
from portalclean.render.record import BODY_TYPES, SCHEMA_VERSION, json_line, record_schema, to_dict, to_json

SCHEMA = record_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_is_a_schema_and_names_its_version() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == f"urn:portalclean:record:{SCHEMA_VERSION}"
    assert SCHEMA["properties"]["versions"]["properties"]["schema"] == {"const": SCHEMA_VERSION}


def test_the_schema_names_each_key_of_the_record() -> None:
    assert [*SCHEMA["properties"]] == [*identified(Identity("walk.html"), None), *to_dict(WALK, blocks=True)]
    assert SCHEMA["required"] == [*to_dict(WALK)]


@pytest.mark.parametrize(
    ("place", "members"),
    [
        (SCHEMA["$defs"]["label"], Label),
        (SCHEMA["$defs"]["precision"], Precision),
        (SCHEMA["$defs"]["zone"], Zone),
        (SCHEMA["$defs"]["credit"]["properties"]["role"], Role),
        (SCHEMA["$defs"]["block"]["properties"]["origin"], Origin),
        (SCHEMA["properties"]["page_type"], PageType),
        (SCHEMA["properties"]["empty_because"], [*EmptyBecause, None]),
    ],
)
def test_the_schema_lists_the_members_of_each_enum(place: dict[str, list[str]], members: type[StrEnum]) -> None:
    assert place["enum"] == list(members)


@pytest.mark.parametrize("blocks", [False, True])
@pytest.mark.parametrize("article", [WALK, Article()])
def test_a_record_keeps_to_the_schema(article: Article, blocks: bool) -> None:
    VALIDATOR.validate(to_dict(article, blocks=blocks))
    VALIDATOR.validate({"file": "a.html", **to_dict(article, blocks=blocks)})


@pytest.mark.parametrize(
    "change",
    [
        {"title": 1},
        {"published": "yesterday"},
        {"published_precision": "hour"},
        {"body": [{"type": "paragraph"}]},
        {"body": [{"type": "heading", "text": "a", "level": 7}]},
        {"confidence": 2},
        {"unknown": None},
        {"blocks": []},
    ],
)
def test_the_schema_refuses_what_is_no_record(change: dict[str, object]) -> None:
    assert not VALIDATOR.is_valid({**to_dict(WALK), **change})


@given(articles)
def test_any_article_gives_a_record_that_survives_json_and_utf_8(article: Article) -> None:
    line = to_json(article, blocks=True)
    record = json.loads(line.encode("utf-8"))
    assert record == to_dict(article, blocks=True)
    assert len(line.splitlines()) == 1
    VALIDATOR.validate(record)


@given(articles)
def test_a_json_line_holds_nothing_that_steers_a_terminal(article: Article) -> None:
    steering = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), "\u202e", "\u2066", "\u200f"}
    assert not steering & set(to_json(article, blocks=True))


def test_keys_stand_in_the_order_of_the_fields_of_an_article() -> None:
    names = [field.name for field in fields(Article) if field.name not in ("blocks", "evidence", "weights")]
    assert [*to_dict(WALK)] == [*names, "versions"]
    assert [*to_dict(WALK, blocks=True)] == [*names, "versions", "evidence", "blocks"]


def test_values_are_plain() -> None:
    record = to_dict(WALK, blocks=True)
    assert record["published"] == "2021-05-01T09:30:00+08:00"
    assert record["modified"] == "2021-05-02"
    assert type(record["published_precision"]) is str
    assert record["credits"] == [
        {"name": "张三", "role": "reporter", "raw": "记者 张三"},
        {"name": "李四", "role": "editor", "raw": "责任编辑:李四"},
    ]
    assert record["evidence"][1] == {
        "field": "published",
        "reason": "a list's time",
        "raw": "2023-09-01",
        "block": 1,
        "chosen": False,
    }
    assert record["blocks"][0]["label"] == "title"
    assert record["versions"]["library"] == portalclean.__version__


def test_each_body_block_says_its_type() -> None:
    types = [block["type"] for block in to_dict(WALK)["body"]]
    assert types == [BODY_TYPES[type(block)] for block in WALK.body]
    assert set(types) == {"paragraph", "heading", "list_item", "quote", "table", "code", "image"}
    assert to_dict(WALK)["body"][7] == {"type": "table", "rows": [["place", "height"], ["山", "1 m"]]}


def test_the_version_of_the_weights_is_that_of_the_labeller() -> None:
    assert to_dict(WALK)["versions"]["weights"] is None
    assert to_dict(portalclean.extract("A walk."))["versions"]["weights"] == load_weights().version


def test_a_lone_surrogate_is_replaced_and_offsets_stay_right() -> None:
    record = to_dict(replace(WALK, text="a\ud800b", body=(Paragraph("\udfff"),)))
    assert record["text"] == "a\ufffdb"
    assert record["body"] == [{"type": "paragraph", "text": "\ufffd"}]


def test_indented_json_is_the_same_record() -> None:
    indented = json_line(to_dict(WALK), indent=2)
    assert json.loads(indented) == to_dict(WALK)
    assert indented.splitlines()[1] == '  "title": "山路",'
