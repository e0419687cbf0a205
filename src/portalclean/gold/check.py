"""What is wrong with a gold record, in words that say where and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from portalclean.article import Role
from portalclean.errors import BrokenGold
from portalclean.gold.files import HTML_KEY, SHORT_NAMES, TEXT_KEY, GoldRecord, capture_of, gold_label
from portalclean.page import Json, Label, PageType

__all__ = ["MOMENT", "NAME", "PAGE_KINDS", "problems"]

NAME = re.compile(r"\w[\w.-]{0,119}")
"""A page's name is a file's name too."""
MOMENT = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?")
UNJUDGED = "unclear"
"""A date of the head that was not judged."""
PAGE_KINDS = (*PageType, "list")
"""``list`` is an older name of ``listing``."""
MOST_LINES_NAMED = 5


def problems(record: GoldRecord) -> Iterator[str]:
    """Yield what is wrong with a record, one sentence each; nothing when it is good."""
    values = record.values
    for key, (is_right, wanted) in RECORD.items():
        yield from _wrong(values, key, key, is_right, wanted)
    yield from _unlabelled(record)
    fields = values.get("fields")
    if isinstance(fields, Mapping):
        for key, (is_right, wanted) in FIELDS.items():
            yield from _wrong(fields, key, f"fields.{key}", is_right, wanted)
        yield from (f"fields.{key}: there is no such field" for key in fields if key not in FIELDS)
    try:
        if HTML_KEY in values:
            capture_of(record)
    except BrokenGold as error:
        yield str(error).removeprefix(f"{record.place}: ")


def _wrong(values: Mapping[str, Json], key: str, name: str, is_right: Check, wanted: str) -> Iterator[str]:
    if key not in values:
        if key not in OPTIONAL:
            yield f"{name}: missing; it is {wanted}"
    elif not is_right(values[key]):
        yield f"{name}: is {_shortened(values[key])}, must be {wanted}"


def _unlabelled(record: GoldRecord) -> Iterator[str]:
    """Yield what is wrong with the labels: their form, their order, lines without one."""
    ranges = record.values.get("labels")
    if not isinstance(ranges, list):
        return
    last_line, covered = 0, set[int]()
    lines = None if record.text is None else record.text.split("\n")
    for place, labelled in enumerate(ranges):
        match labelled:
            case [int(first), int(last), str(name)] if not isinstance(first, bool) and not isinstance(last, bool):
                if gold_label(name) is None:
                    yield f"labels[{place}]: no label {name!r}; there are: {', '.join([*Label, *SHORT_NAMES])}"
                if not last_line < first <= last:
                    yield f"labels[{place}]: the lines {first} to {last} do not follow line {last_line} in order"
                if lines is not None and last > len(lines):
                    yield f"labels[{place}]: line {last} is behind the text's end; it has {len(lines)} lines"
                last_line = max(last, last_line)
                covered.update(range(first, min(last, len(lines or ())) + 1))
            case _:
                yield f"labels[{place}]: is {_shortened(labelled)}, must be [first line, last line, label]"
    if lines is None:
        yield f"text: missing; it stands in the record under {TEXT_KEY!r} or in the file text/{record.page}.txt"
        return
    bare = [number for number, line in enumerate(lines, 1) if line.strip() and number not in covered]
    if bare:
        more = f" and {len(bare) - MOST_LINES_NAMED:,} more" if len(bare) > MOST_LINES_NAMED else ""
        named = ", ".join(map(str, bare[:MOST_LINES_NAMED]))
        yield f"labels: no label for line{'s' if len(bare) > 1 else ''} {named}{more}"


def _is_text(value: Json) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_text_or_none(value: Json) -> bool:
    return value is None or _is_text(value)


def _is_texts(value: Json) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_people(value: Json) -> bool:
    return isinstance(value, list) and all(
        isinstance(person, Mapping) and _is_text(person.get("name")) and person.get("role") in tuple(Role)
        for person in value
    )


def _is_count(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_moment(value: Json) -> bool:
    """Whether a value is no date, or a real one, as precise as the page shows it.

    >>> [_is_moment(value) for value in (None, "2021-05", "2021-02-18T07:02", "2021-02-30", "18.2.2021")]
    [True, True, True, False, False]
    """
    if value is None:
        return True
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        return False
    try:
        return bool(datetime.fromisoformat(value) if "T" in value else date.fromisoformat((value + "-01-01")[:10]))
    except ValueError:
        return False


def _is_head_moment(value: Json) -> bool:
    return value == UNJUDGED or _is_moment(value)


def _shortened(value: Json) -> str:
    shown = repr(value)
    return shown if len(shown) <= 80 else f"{shown[:79]}…"


Check = Callable[[Json], bool]
A_TEXT: tuple[Check, str] = (_is_text, "a string that is not blank")
A_TEXT_OR_NONE: tuple[Check, str] = (_is_text_or_none, "a string that is not blank, or null")
TEXTS: tuple[Check, str] = (_is_texts, "a list of strings that are not blank")
ANY_TEXT: tuple[Check, str] = (lambda value: isinstance(value, str), "a string")
RECORD: Mapping[str, tuple[Check, str]] = {
    "page": (
        lambda value: isinstance(value, str) and NAME.fullmatch(value) is not None,
        "a name of letters, digits, '_', '-' and '.', up to 120, that begins with a letter or digit",
    ),
    "site": A_TEXT_OR_NONE,
    "url": A_TEXT_OR_NONE,
    "page_kind": (lambda value: value in PAGE_KINDS, f"one of {', '.join(PAGE_KINDS)}"),
    "lang": A_TEXT,
    "labels": (lambda value: isinstance(value, list), "a list of [first line, last line, label]"),
    "fields": (lambda value: isinstance(value, Mapping), "an object"),
    "note": ANY_TEXT,
    TEXT_KEY: ANY_TEXT,
    HTML_KEY: ANY_TEXT,
}
FIELDS: Mapping[str, tuple[Check, str]] = {
    "title": A_TEXT_OR_NONE,
    "authors": (_is_people, f'a list of {{"name", "role"}}; roles are {", ".join(Role)}'),
    "source": A_TEXT_OR_NONE,
    "published": (_is_moment, "an ISO 8601 date, as precise as the page shows it, or null"),
    "section": TEXTS,
    "recommendations": (_is_count, "a number of items, 0 or more"),
    "keywords": TEXTS,
    "subtitle": A_TEXT_OR_NONE,
    "shoulder_title": A_TEXT_OR_NONE,
    "published_as_shown": A_TEXT_OR_NONE,
    "published_html": (_is_head_moment, f"an ISO 8601 date, {UNJUDGED!r} or null"),
}
OPTIONAL = frozenset(
    {"site", "note", TEXT_KEY, HTML_KEY, "subtitle", "shoulder_title", "published_as_shown", "published_html"}
)
