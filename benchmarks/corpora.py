"""The gold pages, all sets in one form.

A folder holds one set: captured pages, their rendered text, and the gold, in one of two forms.

* Portal form, ``gold.jsonl``: ``html/<page>.html``, ``text/<page>.txt`` and a label for every visible line.
* Body form, ``gold.jsonl.gz``: ``html/<id>.html.gz``, ``text/<id>.txt.gz`` and the body's text.

In the gold of a field ``None`` stands for *not annotated* and ``()`` for *annotated as absent*.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import urlsplit

__all__ = [
    "SAMPLE",
    "Answers",
    "Door",
    "Gold",
    "GoldLine",
    "GoldPage",
    "find_captures",
    "find_folders",
    "read_capture",
    "read_folder",
    "sampled",
]

SAMPLE = Path(__file__).parent / "sample"
"""Six invented pages that come with the project, in portal form."""
LONG_NAMES = {"nav": "navigation", "ad": "advertisement"}
"""The gold's short names of labels."""
PAGE_TYPES = {"list": "listing"}
"""Page kinds that the portal set calls otherwise than the other sets."""
WRITER_ROLES = frozenset({"author", "reporter"})
"""Whom the field ``authors`` names; editors, photographers and translators are credits."""
UNJUDGED = "unclear"
"""A date of the head that the annotators could not judge."""

Answers: TypeAlias = tuple[str, ...] | None
"""The right answers for a field: ``None`` when not annotated, ``()`` when there is none to give."""
Raw: TypeAlias = Mapping[str, Any]


class Door(StrEnum):
    """What a system is given: the page's HTML or its rendered text."""

    HTML = "html"
    TEXT = "text"


class GoldLine(NamedTuple):
    """A visible line that is not blank; numbers count from 1 and count blank lines too."""

    number: int
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Gold:
    """What is known of a page."""

    bodies: tuple[str, ...] = ()
    """The body, and forms of it that are as good (with captions); empty when not annotated."""
    title: Answers = None
    """Any of these is right."""
    authors: Answers = None
    """All of these, and no other, are right."""
    source: Answers = None
    published: Mapping[Door, Answers] = field(default_factory=dict)
    """ISO dates, by what the page is read from; any of these is right."""
    lines: tuple[GoldLine, ...] = ()
    wanted: tuple[str, ...] = ()
    """Snippets that belong to the content."""
    unwanted: tuple[str, ...] = ()
    """Snippets that do not."""


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page with its gold; the capture is read when it is asked for."""

    set: str
    id: str
    site: str
    """Host or site name: pages of one site belong in one fold."""
    url: str | None
    language: str
    page_type: str
    html_path: Path
    text_path: Path
    gold: Gold
    raw: Raw
    """The whole record, as it stands in the file."""

    def html(self) -> bytes:
        """Return the page's HTML as it was captured; nothing for a page that was captured as text."""
        return read_capture(self.html_path) if self.html_path.exists() else b""

    def text(self) -> bytes:
        """Return the page's rendered text, UTF-8."""
        return read_capture(self.text_path)

    def capture(self, door: Door) -> bytes:
        """Return what a system behind this door is given."""
        return self.html() if door is Door.HTML else self.text()


def find_folders(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the folders that hold a set: the paths themselves, or folders in them, by name.

    Raises `FileNotFoundError` for a path with no set in it.
    """
    for path in paths:
        if _gold_file(path):
            yield path
            continue
        folders = [folder for folder in sorted(path.glob("*/")) if _gold_file(folder)]
        if not folders:
            raise FileNotFoundError(f"no gold.jsonl or gold.jsonl.gz in {path} or in a folder of it")
        yield from folders


def read_folder(folder: Path) -> Iterator[GoldPage]:
    """Yield the gold pages of a set, in the order of its gold file; the set has the folder's name."""
    path = _gold_file(folder)
    if path is None:
        raise FileNotFoundError(f"no gold.jsonl or gold.jsonl.gz in {folder}")
    for line in read_capture(path).splitlines():  # of bytes: a string would also be cut at U+2028
        record = json.loads(line)
        yield _portal_page(folder, record) if "labels" in record else _body_page(folder, record)


def find_captures(paths: Iterable[Path], door: Door) -> list[Path]:
    """Return the files of all captures in these sets, or in folders of sets, for one door; no gold is read.

    Raises `FileNotFoundError` for a path with no set in it, and when the sets have no capture.
    """
    found = [path for folder in find_folders(paths) for path in sorted((folder / door).glob("*.*"))]
    if not found:
        raise FileNotFoundError(f"no captures in a folder {door}/ of {', '.join(map(str, paths))}")
    return found


def read_capture(path: Path) -> bytes:
    """Return the bytes of a file, unpacked where it is packed."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def sampled(pages: Sequence[GoldPage], count: int | None) -> list[GoldPage]:
    """Return this many pages, in order; which ones depends on their ids alone (all for ``None``)."""
    if count is None or count >= len(pages):
        return list(pages)
    chosen = sorted(pages, key=lambda page: hashlib.sha256(page.id.encode()).digest())[:count]
    kept = {page.id for page in chosen}
    return [page for page in pages if page.id in kept]


def _gold_file(folder: Path) -> Path | None:
    found = (folder / name for name in ("gold.jsonl", "gold.jsonl.gz"))
    return next((path for path in found if path.is_file()), None)


def _portal_page(folder: Path, record: Raw) -> GoldPage:
    name: str = record["page"]
    kind: str = record["page_kind"]
    text_path = folder / "text" / f"{name}.txt"
    lines = tuple(_gold_lines(text_path.read_bytes().decode("utf-8"), record["labels"]))
    return GoldPage(
        set=folder.name,
        id=name,
        site=record.get("site") or _host(record.get("url")) or name,
        url=record.get("url"),
        language=record["lang"],
        page_type=PAGE_TYPES.get(kind, kind),
        html_path=folder / "html" / f"{name}.html",
        text_path=text_path,
        gold=_portal_gold(record["fields"], lines),
        raw=record,
    )


def _gold_lines(text: str, ranges: Iterable[tuple[int, int, str]]) -> Iterator[GoldLine]:
    labels = {number: name for first, last, name in ranges for number in range(first, last + 1)}
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            name = labels.get(number, "other")
            yield GoldLine(number, line.strip(), LONG_NAMES.get(name, name))


def _portal_gold(fields: Raw, lines: tuple[GoldLine, ...]) -> Gold:
    body = "\n".join(line.text for line in lines if line.label == "body")
    with_captions = "\n".join(line.text for line in lines if line.label in ("body", "caption"))
    title, stated, in_head = fields["title"], fields["published"], fields.get("published_html")
    parts = [fields[name] for name in ("shoulder_title", "title", "subtitle") if fields.get(name)]
    writers = [person["name"] for person in fields["authors"] if person["role"] in WRITER_ROLES]
    return Gold(
        bodies=tuple(dict.fromkeys((body, with_captions))) if body else (),
        title=tuple(dict.fromkeys((title, " ".join(parts)))) if title else (),
        authors=tuple(dict.fromkeys(writers)),
        source=(fields["source"],) if fields["source"] else (),
        published={
            Door.TEXT: (stated,) if stated else (),
            Door.HTML: None if in_head == UNJUDGED else tuple(day for day in (stated, in_head) if day),
        },
        lines=lines,
    )


def _body_page(folder: Path, record: Raw) -> GoldPage:
    gold = record["gold"]
    day = _answers(gold["date"])
    return GoldPage(
        set=folder.name,
        id=record["id"],
        site=_host(record["url"]) or record["id"],
        url=record["url"],
        language=record["lang"],
        page_type=record["page_type"],
        html_path=folder / record["html"],
        text_path=folder / record["text"],
        gold=Gold(
            bodies=() if gold["body"] is None else (gold["body"],),
            title=_answers(gold["title"]),
            authors=_answers(gold["authors"]),
            published={Door.HTML: day, Door.TEXT: day},
            wanted=tuple(gold["with"] or ()),
            unwanted=tuple(gold["without"] or ()),
        ),
        raw=record,
    )


def _answers(value: str | list[str] | None) -> Answers:
    if value is None:
        return None
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(dict.fromkeys(value))


def _host(url: str | None) -> str | None:
    return urlsplit(url).hostname if url else None
