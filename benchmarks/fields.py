"""Judging the fields: title, authors, source and date against the gold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from benchmarks.corpora import Answers, Door, Gold

__all__ = ["Field", "Judgement", "Verdict", "day", "judge", "judge_fields", "normal"]

DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})(?:\D{1,2}(\d{1,2}))?(?!\d)")
"""A year, a month and perhaps a day, in this order, whatever stands between them."""
YEAR = re.compile(r"\d{4}")


class Field(StrEnum):
    """The fields that are judged."""

    TITLE = "title"
    AUTHORS = "authors"
    SOURCE = "source"
    PUBLISHED = "published"


class Verdict(StrEnum):
    """How a field came out."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"
    """The page has a value and none was given."""
    INVENTED = "invented"
    """The page has none and one was given."""
    NONE = "rightly none"


class Judgement(NamedTuple):
    """A field's verdict, and its values counted: given and right, given and wrong, not given."""

    verdict: Verdict
    hits: int
    extras: int
    misses: int


def normal(text: str) -> str:
    """Return the letters and digits of a text, full-width forms and cases made one.

    >>> normal("《Ａ  Walk》, part 2")
    'awalkpart2'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def day(text: str) -> str:
    """Return a date as an ISO day, month or year, as precise as it is given; the text itself if it is none.

    >>> day("2019年9月7日 19:53"), day("1998-03"), day("2019-09-07T19:53:27+08:00")
    ('2019-09-07', '1998-03', '2019-09-07')
    """
    found = DAY.match(text.strip())
    if found:
        return "-".join(part.zfill(2) for part in found.groups() if part)
    return text.strip()


def judge(given: tuple[str, ...], answers: tuple[str, ...]) -> Judgement:
    """Judge a set of given values against the set of right ones (both normalised, both without repeats)."""
    hits = len(set(given) & set(answers))
    extras, misses = len(given) - hits, len(answers) - hits
    if not answers:
        verdict = Verdict.INVENTED if given else Verdict.NONE
    elif not given:
        verdict = Verdict.MISSING
    else:
        verdict = Verdict.WRONG if extras or misses else Verdict.RIGHT
    return Judgement(verdict, hits, extras, misses)


def judge_fields(given: Mapping[Field, tuple[str, ...]], gold: Gold, door: Door) -> dict[Field, Judgement]:
    """Judge the given fields of a page; fields that are not annotated are left out.

    The date is judged by the day, or less where the gold says less. Of a single-valued field with several
    right answers any one is right; of the authors all are wanted.
    """
    judged: dict[Field, Judgement] = {}
    for name, values in given.items():
        answers = _answers(gold, name, door)
        if answers is None:
            continue
        dated = name is Field.PUBLISHED
        found, right = _days(values, answers) if dated else (_normals(values), _normals(answers))
        judged[name] = judge(found, right if name is Field.AUTHORS else _one_of(found, right))
    return judged


def _answers(gold: Gold, name: Field, door: Door) -> Answers:
    match name:
        case Field.TITLE:
            return gold.title
        case Field.AUTHORS:
            return gold.authors
        case Field.SOURCE:
            return gold.source
        case Field.PUBLISHED:
            return gold.published.get(door)


def _normals(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normal(value) for value in values if normal(value)))


def _days(given: tuple[str, ...], answers: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return both as ISO days, the given ones cut to the precision of the first answer."""
    right = tuple(dict.fromkeys(day(answer) for answer in answers))
    precision = len(right[0]) if right else None
    return tuple(day(value)[:precision] for value in given), right


def _one_of(given: tuple[str, ...], answers: tuple[str, ...]) -> tuple[str, ...]:
    """Return the answer that was given, or the first."""
    return tuple(answer for answer in answers if answer in given)[:1] or answers[:1]
