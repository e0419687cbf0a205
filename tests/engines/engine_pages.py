"""Pages for the engines: the fixtures over and over, each copy with words of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[1] / "fixtures"


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
    words = f"This is line number {number} of the pages.".encode()
    addition = b"<p>" + words + b"</p>" if capture.suffix == ".html" else b"\n" + words + b"\n"
    return CapturedPage(f"{folder.name}-{number}", capture.read_bytes() + addition, url)
