"""Pages for the engines: the fixtures over and over, each copy with a number of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[1] / "fixtures"
PARAGRAPH_END = re.compile(rb"</p>|</h1>|(?<=[^>]{60})\n")
"""What a number is put before: it makes each copy of a page another page."""


class CapturedPage(NamedTuple):
    """A capture as an engine gets it, and what is known of it."""

    id: str
    html: bytes
    url: str | None


def captured_pages(count: int) -> list[CapturedPage]:
    """Return so many pages that differ, in the fixtures' order."""
    folders = sorted(FOLDER.iterdir())
    return [_page(folders[number % len(folders)], number) for number in range(count)]


def _page(folder: Path, number: int) -> CapturedPage:
    [capture] = folder.glob("capture.*")
    url = json.loads((folder / "expected.json").read_text("utf-8")).get("url")
    words = f" ({number})".encode()
    html = PARAGRAPH_END.sub(lambda end: words + end[0], capture.read_bytes())
    return CapturedPage(f"{folder.name}-{number}", html, url)
