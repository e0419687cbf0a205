"""Gold files: one JSON record a line, each a page with a label for every line of its text.

A set is a folder: ``gold.jsonl``, and beside it ``text/<page>.txt`` with the lines that the labels count, and
``html/<page>.html`` with the capture. A file by itself, such as a report's page gives to download, carries both inside
its records: ``text`` is the text, ``html_gzip`` the capture, compressed, in base64.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from portalclean.errors import BrokenGold
from portalclean.page import Json, Label, Limits

__all__ = [
    "GOLD_FILE",
    "HTML_KEY",
    "SHORT_NAMES",
    "TEXT_KEY",
    "GoldRecord",
    "capture_of",
    "gold_label",
    "labelled_lines",
    "read_gold",
]

GOLD_FILE = "gold.jsonl"
TEXT_KEY, HTML_KEY = "text", "html_gzip"
SHORT_NAMES: Mapping[str, Label] = {"nav": Label.NAVIGATION, "ad": Label.ADVERTISEMENT}
"""Labels that gold may call by a short name."""
GZIP = 31
"""What zlib calls a gzip stream of any window."""


@dataclass(frozen=True, slots=True)
class GoldRecord:
    """A record as it stands in a file; nothing of it is checked but that it is an object."""

    values: Mapping[str, Json]
    place: str
    """File and line, for messages."""
    folder: Path
    """Where its file lies, and beside it, in a set, the captures."""
    text: str | None
    """The lines that the labels count; ``None`` when neither the record nor a file beside it has them."""

    @property
    def page(self) -> str:
        """The page's name; empty when it has none."""
        name = self.values.get("page")
        return name if isinstance(name, str) else ""


def read_gold(path: Path) -> Iterator[GoldRecord]:
    """Yield the records of a gold file, or of the gold file in a folder, blank lines left out.

    Raises `BrokenGold` when it cannot be read or a line is no JSON object.
    """
    file = path / GOLD_FILE if path.is_dir() else path
    try:
        lines = file.read_bytes().split(b"\n")  # of bytes: a string would also be cut at U+2028
    except OSError as error:
        raise BrokenGold(f"{file}: {error.strerror or error}") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            place = f"{file}:{number}"
            values = _parsed(line, place)
            yield GoldRecord(values, place, file.parent, _text(values, file.parent))


def labelled_lines(text: str, ranges: Json) -> Iterator[tuple[int, str, Label]]:
    r"""Yield (number, text, label) of the lines that are not blank; a line without a label is `Label.OTHER`.

    >>> list(labelled_lines("Home\n\nA walk", [[1, 1, "nav"], [3, 3, "title"]]))
    [(1, 'Home', <Label.NAVIGATION: 'navigation'>), (3, 'A walk', <Label.TITLE: 'title'>)]
    """
    lines = text.split("\n")
    labels: dict[int, Label] = {}
    for labelled in ranges if isinstance(ranges, list) else ():
        match labelled:
            case [int(first), int(last), str(name)]:
                label = gold_label(name) or Label.OTHER
                labels |= dict.fromkeys(range(first, min(last, len(lines)) + 1), label)
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield number, line.strip(), labels.get(number, Label.OTHER)


def gold_label(name: str) -> Label | None:
    """Return the label of this name, short or long, or ``None``.

    >>> gold_label("nav"), gold_label("menu")
    (<Label.NAVIGATION: 'navigation'>, None)
    """
    return SHORT_NAMES.get(name) or (Label(name) if name in set(Label) else None)


def capture_of(record: GoldRecord) -> bytes | None:
    """Return the HTML that the record carries, or that lies beside it; ``None`` when there is none.

    Raises `BrokenGold` when it is not what `HTML_KEY` says, or larger than a capture may be.
    """
    packed = record.values.get(HTML_KEY)
    if packed is None:
        return _beside(record.folder, "html", record.page, ".html")
    limit = Limits().bytes
    try:
        unpacker = zlib.decompressobj(GZIP)
        capture = unpacker.decompress(b64decode(str(packed), validate=True), limit + 1)
    except (ValueError, zlib.error) as error:
        raise BrokenGold(f"{record.place}: {HTML_KEY} is no base64 of a gzip stream: {error}") from error
    if len(capture) > limit or not unpacker.eof:
        raise BrokenGold(f"{record.place}: {HTML_KEY} is cut off or over the limit of {limit:,} bytes")
    return capture


def _parsed(line: bytes, place: str) -> dict[str, Json]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BrokenGold(f"{place}: no JSON: {error}") from error
    if not isinstance(values, dict):
        raise BrokenGold(f"{place}: a record is a JSON object, not {type(values).__name__}")
    return values


def _text(values: Mapping[str, Json], folder: Path) -> str | None:
    inside, page = values.get(TEXT_KEY), values.get("page")
    if isinstance(inside, str):
        return inside
    found = _beside(folder, "text", page, ".txt") if isinstance(page, str) else None
    return None if found is None else found.decode("utf-8", "replace")


def _beside(folder: Path, kind: str, page: str, ending: str) -> bytes | None:
    """Return a page's file in a set; ``None`` when there is none, or for a name that leads elsewhere."""
    if not page or Path(page).name != page:
        return None
    try:
        return (folder / kind / f"{page}{ending}").read_bytes()
    except (OSError, ValueError):
        return None
