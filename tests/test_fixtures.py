"""Pages that we wrote in the markup of real portals, each with what it demands.

A fixture is a folder with the page (``capture.html`` or ``capture.txt``) and ``expected.json``: ``about`` says
what the page is, ``url`` where it was captured, ``expected`` which fields it demands, ``known_failures`` which of
them fail today, and why. All texts are invented.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest

import portalclean
from portalclean import Article, Comment, Recommendation

FOLDER = Path(__file__).parent / "fixtures"
Value: TypeAlias = "str | int | bool | Sequence[Value] | Mapping[str, Value] | None"


def demands() -> Iterator[object]:
    """Yield one parameter set a fixture and field; a known failure must fail."""
    for folder in sorted(path for path in FOLDER.iterdir() if path.is_dir()):
        record = load(folder)
        known = record.get("known_failures", {})
        for field in record["expected"]:
            marks = [pytest.mark.xfail(strict=True, reason=str(known[field]))] if field in known else []
            yield pytest.param(folder, field, id=f"{folder.name}-{field}", marks=marks)


@cache
def load(folder: Path) -> Mapping[str, Mapping[str, Value]]:
    record: dict[str, dict[str, Value]] = json.loads((folder / "expected.json").read_text("utf-8"))
    return record


@cache
def article_of(folder: Path) -> Article:
    [capture] = folder.glob("capture.*")
    kind = {".html": "html", ".txt": "text"}[capture.suffix]
    url = load(folder).get("url")
    return portalclean.extract(capture.read_bytes(), url=str(url) if url else None, kind=kind)


def moment(value: date | None) -> str | None:
    return value.isoformat() if value else None


def item(found: Recommendation | Comment) -> Mapping[str, Value]:
    if isinstance(found, Comment):
        return {"author": found.author, "time": moment(found.time), "text": found.text}
    return {
        "title": found.title,
        "url": found.url,
        "source": found.source,
        "time": moment(found.time),
        "heading": found.heading,
    }


def first(found: Sequence[Recommendation | Comment], wanted: Value) -> Value:
    """Return what of the first item the fixture speaks of."""
    assert isinstance(wanted, Mapping)
    assert found, "there is no item"
    return {name: value for name, value in item(found[0]).items() if name in wanted}


def parts_of_text(article: Article, wanted: Value) -> Value:
    """Return which of the wanted parts the text has."""
    assert isinstance(wanted, Sequence)
    return [part for part in wanted if str(part) in article.text]


def labels(article: Article, wanted: Value) -> Value:
    """Return the wanted labels where all blocks of this text carry one of them, and what they carry else."""
    assert isinstance(wanted, Mapping)
    found: dict[str, Value] = {}
    for text, allowed in wanted.items():
        carried = sorted({block.label.value for block in article.blocks if block.text == text})
        assert isinstance(allowed, Sequence)
        found[text] = allowed if carried and set(carried) <= set(map(str, allowed)) else list(carried)
    return found


FIELDS: Mapping[str, Callable[[Article, Value], Value]] = {
    "title": lambda article, _: article.title,
    "authors": lambda article, _: list(article.authors),
    "credits": lambda article, _: [
        [person.name, person.role.value]
        for person in sorted(article.credits, key=lambda person: (person.role, person.name))
    ],
    "source": lambda article, _: article.source,
    "published": lambda article, _: moment(article.published),
    "modified": lambda article, _: moment(article.modified),
    "captured": lambda article, _: moment(article.captured),
    "breadcrumbs": lambda article, _: list(article.breadcrumbs),
    "keywords": lambda article, _: list(article.keywords),
    "language": lambda article, _: (article.language or "").split("-")[0] or None,
    "encoding": lambda article, _: article.encoding,
    "text": lambda article, _: article.text.split("\n") if article.text else [],
    "text_contains": parts_of_text,
    "recommendation_count": lambda article, _: len(article.recommendations),
    "first_recommendation": lambda article, wanted: first(article.recommendations, wanted),
    "recommendation_sources": lambda article, _: [*filter(None, (found.source for found in article.recommendations))],
    "recommendation_headings": lambda article, _: [found.heading for found in article.recommendations],
    "comments": lambda article, _: len(article.comments),
    "first_comment": lambda article, wanted: first(article.comments, wanted),
    "empty_because": lambda article, _: article.empty_because,
    "origins": lambda article, _: sorted({block.origin.value for block in article.blocks if not block.hidden}),
    "labels": labels,
}
"""How each field of a fixture is read from the article."""


@pytest.mark.parametrize(("folder", "field"), list(demands()))
def test_field(folder: Path, field: str) -> None:
    wanted = load(folder)["expected"][field]
    found = FIELDS[field](article_of(folder), wanted)
    assert found == wanted


@pytest.mark.parametrize("folder", sorted(FOLDER.iterdir()), ids=lambda folder: folder.name)
def test_fixture_is_whole(folder: Path) -> None:
    assert sorted(path.suffix for path in folder.iterdir()) in ([".html", ".json"], [".json", ".txt"])
    record = load(folder)
    assert set(record) <= {"about", "url", "expected", "known_failures"}
    assert record["about"]
    assert record["expected"], "a fixture without expectations tests nothing"
    assert set(record["expected"]) <= set(FIELDS)
    assert set(record.get("known_failures", {})) <= set(record["expected"]), "a known failure of a field not demanded"
