"""An article as a record of plain JSON values; ``schema.json`` beside this file is its JSON Schema."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import portalclean
from portalclean.article import (
    Article,
    Code,
    Heading,
    ListItem,
    Paragraph,
    Picture,
    Quote,
    Table,
)
from portalclean.render.safe import BIDI, storable

if TYPE_CHECKING:
    from portalclean.page import Json

__all__ = ["BODY_TYPES", "SCHEMA_VERSION", "json_line", "record_schema", "to_dict", "to_json"]

SCHEMA_VERSION = 1
"""Raised when a key of the record changes its name, its type or its meaning; new keys do not raise it."""

BODY_TYPES: Mapping[type, str] = {
    Paragraph: "paragraph",
    Heading: "heading",
    ListItem: "list_item",
    Quote: "quote",
    Table: "table",
    Code: "code",
    Picture: "image",
}
"""What the ``type`` key of a body block says."""

ACCOUNT = ("evidence", "blocks")
"""The account of the whole page, many times larger than the article: given only when it is asked for."""
ELSEWHERE = ("weights",)
"""Fields that stand under another key of the record."""

RISKY_IN_A_LINE = re.compile(f"[\x7f-\x9f\u2028\u2029{BIDI}]")
"""Legal in a JSON string, but line breaks to some readers, or orders to a terminal."""


def to_dict(article: Article, blocks: bool = False) -> dict[str, Json]:
    """Return the article as plain JSON values, its keys in the order of the fields of `Article`.

    Enums become strings and dates ISO 8601; body blocks carry their ``type``; ``versions`` says what made
    the record. ``blocks`` adds the account of the whole page: ``evidence`` and ``blocks``. Lone surrogates,
    which no encoding takes, become U+FFFD.
    """
    names = [name for name in _names(Article) if name not in ACCOUNT and name not in ELSEWHERE]
    record: dict[str, Json] = {name: _plain(getattr(article, name)) for name in names}
    record["versions"] = {"library": portalclean.__version__, "weights": article.weights, "schema": SCHEMA_VERSION}
    if blocks:
        record |= {name: _plain(getattr(article, name)) for name in ACCOUNT}
    return record


def to_json(article: Article, blocks: bool = False) -> str:
    """Return the record of `to_dict` as one line of JSON."""
    return json_line(to_dict(article, blocks=blocks))


def json_line(record: Mapping[str, Json], indent: int | None = None) -> str:
    r"""Return a record as JSON that UTF-8 takes, that holds no line break and that a terminal can show.

    ``indent`` spreads it over lines, for readers.

    >>> json_line({"text": "济宁\u2028\u202e"})
    '{"text": "济宁\\u2028\\u202e"}'
    """
    return RISKY_IN_A_LINE.sub(_escaped, json.dumps(record, ensure_ascii=False, indent=indent))


def record_schema() -> dict[str, Json]:
    """Return the JSON Schema (draft 2020-12) of the record."""
    text = Path(__file__).with_name("schema.json").read_text(encoding="utf-8")
    schema: dict[str, Json] = json.loads(text)
    return schema


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _plain(value: object) -> Json:
    """Return a field's value as plain JSON; a result type becomes an object of its fields."""
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return storable(str(value))
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(item) for item in value]
    result_type: type = type(value)
    kind = {"type": BODY_TYPES[result_type]} if result_type in BODY_TYPES else {}
    return {**kind, **{name: _plain(getattr(value, name)) for name in _names(result_type)}}


@cache
def _names(result_type: type) -> tuple[str, ...]:
    """Return the names of a result type's fields, in order."""
    return tuple(field.name for field in fields(result_type))
