"""Gold held against what was extracted: the gold's label for each block, and its value for each field."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from portalclean.article import Article, Role
from portalclean.gold.files import GoldRecord, labelled_lines
from portalclean.page import Json, Label

__all__ = ["Comparison", "FieldComparison", "compare"]

WRITERS = (Role.AUTHOR, Role.REPORTER)
"""Whom ``Article.authors`` names."""


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """What gold says of a field, in words, and whether the result says the same."""

    field: str
    gold: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Gold beside a result."""

    labels: tuple[Label | None, ...]
    """(blocks,) the gold's label of each block; ``None`` for a block whose text the gold does not have."""
    fields: tuple[FieldComparison, ...]


def compare(article: Article, record: GoldRecord) -> Comparison:
    """Hold a checked gold record against an article of the same page."""
    lines = [(text, label) for _, text, label in labelled_lines(record.text or "", record.values.get("labels"))]
    shown = [row for row, block in enumerate(article.blocks) if not block.hidden]
    found = _carried(lines, [article.blocks[row].text for row in shown])
    of_block = dict(zip(shown, found, strict=True))
    labels = tuple(of_block.get(row) for row in range(len(article.blocks)))
    return Comparison(labels, tuple(_fields(article, record.values.get("fields"))))


def _carried(lines: Sequence[tuple[str, Label]], blocks: Sequence[str]) -> list[Label | None]:
    """Return each block's label: of the line that is the same, or of most of the lines that it is made of."""
    left, right = [_squeezed(text) for text, _ in lines], [_squeezed(text) for text in blocks]
    labels: list[Label | None] = []
    for tag, first, last, begin, end in SequenceMatcher(None, left, right).get_opcodes():
        if tag == "equal":
            labels += [label for _, label in lines[first:last]]
        else:
            named = [label for _, label in lines[first:last]]
            labels += _cut_otherwise(left[first:last], named, right[begin:end])
    return labels


def _cut_otherwise(left: Sequence[str], labels: Sequence[Label], right: Sequence[str]) -> list[Label | None]:
    """Return labels for blocks that are cut in other places than the lines: each is looked for from the last one on.

    >>> _cut_otherwise(["ab", "cd"], [Label.BODY, Label.SHARE], ["abc", "x", "d"])
    [<Label.BODY: 'body'>, None, <Label.SHARE: 'share'>]
    """
    stream = "".join(left)
    line_of = [line for line, text in enumerate(left) for _ in text]
    found: list[Label | None] = []
    reached = 0
    for text in right:
        start = stream.find(text, reached) if text else -1
        if start < 0:
            found.append(None)
            continue
        reached = start + len(text)
        (line, _), *_ = Counter(line_of[start:reached]).most_common(1)
        found.append(labels[line])
    return found


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _fields(article: Article, fields: Json) -> list[FieldComparison]:
    """Return the gold fields beside the result's; how many items a list has is told, but not judged."""
    if not isinstance(fields, dict):
        return []
    writers = [str(person["name"]) for person in fields["authors"] if person["role"] in WRITERS]
    wholes = [fields.get(name) for name in ("shoulder_title", "title", "subtitle")]
    titles = (fields["title"], " ".join(str(part) for part in wholes if part))
    published = (fields["published"], fields.get("published_html"))
    moment = article.published.isoformat() if article.published else None
    return [
        FieldComparison("title", str(fields["title"] or ""), any(_same(article.title, title) for title in titles)),
        FieldComparison("authors", "; ".join(writers), _same_all(article.authors, writers)),
        FieldComparison("source", str(fields["source"] or ""), _same(article.source, fields["source"])),
        FieldComparison(
            "published",
            " or ".join(dict.fromkeys(str(day) for day in published if day)),
            any(_same_moment(moment, day) for day in published if day) or not (moment or any(published)),
        ),
        FieldComparison(
            "breadcrumbs", " > ".join(fields["section"]), _same_all(article.breadcrumbs, fields["section"])
        ),
        FieldComparison("keywords", "; ".join(fields["keywords"]), _same_all(article.keywords, fields["keywords"])),
    ]


def _same(ours: str | None, gold: Json) -> bool:
    """Whether two values are the same but for white space, width and case."""
    return _squeezed(ours or "").casefold() == _squeezed(str(gold or "")).casefold()


def _same_all(ours: Sequence[str], gold: Sequence[str]) -> bool:
    return [_squeezed(item).casefold() for item in ours] == [_squeezed(item).casefold() for item in gold]


def _same_moment(ours: str | None, gold: Json) -> bool:
    """Whether a date is the gold's as far as the gold goes.

    >>> _same_moment("2021-02-18T07:02:10+08:00", "2021-02-18T07:02"), _same_moment("2021-02-18", "2021-03")
    (True, False)
    """
    return bool(ours and gold) and str(ours).startswith(str(gold).removesuffix("Z"))
