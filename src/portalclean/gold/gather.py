"""Gold files made into one set: the folder that the training and the benchmarks read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from portalclean.errors import BrokenGold
from portalclean.gold.files import GOLD_FILE, HTML_KEY, TEXT_KEY, GoldRecord, capture_of, read_gold
from portalclean.page import Json

__all__ = ["gather"]


def gather(records: Iterable[GoldRecord], folder: Path) -> int:
    """Add records that were found good to the set in a folder and return how many; a page's newer record replaces it.

    The folder is made where it does not exist. A page captured as text has no file in ``html/``. Raises `BrokenGold`
    for a record without its text, and when the folder's own gold cannot be read; `OSError` when it cannot be written.
    """
    path = folder / GOLD_FILE
    pages = {record.page: record.values for record in read_gold(path)} if path.exists() else {}
    count = 0
    for record in records:
        if record.text is None:
            raise BrokenGold(f"{record.place}: the record has no text")
        _write(folder / "text" / f"{record.page}.txt", record.text.encode("utf-8", "replace"))
        capture = capture_of(record)
        if capture is not None:
            _write(folder / "html" / f"{record.page}.html", capture)
        pages[record.page] = {key: value for key, value in record.values.items() if key not in (TEXT_KEY, HTML_KEY)}
        count += 1
    _write(path, "".join(_line(values) for values in pages.values()).encode("utf-8", "replace"))
    return count


def _line(values: Mapping[str, Json]) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(content)
    unfinished.replace(path)
