"""A corpus of any size, made of the fixtures: each page with words of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures"


def varied_pages(count: int) -> Iterator[tuple[str, bytes]]:
    """Yield names and captures of so many pages; the fixtures in turn."""
    captures = [path for folder in sorted(FIXTURES.iterdir()) for path in sorted(folder.glob("capture.*"))]
    for number in range(count):
        capture = captures[number % len(captures)]
        words = f"Line number {number} of the corpus says {number * 7919}.".encode()
        more = b"<p>" + words + b"</p>" if capture.suffix == ".html" else b"\n" + words + b"\n"
        yield f"{number:06d}-{capture.parent.name}{capture.suffix}", capture.read_bytes() + more


def write_folder(folder: Path, count: int) -> None:
    """Write the pages to files of a folder."""
    folder.mkdir()
    for name, capture in varied_pages(count):
        (folder / name).write_bytes(capture)


def write_lines(path: Path, count: int) -> None:
    """Write the pages as JSON Lines with the columns ``html`` and ``url``; bytes that are no UTF-8 are lost."""
    with path.open("w", encoding="utf-8") as stream:
        for name, capture in varied_pages(count):
            row = {"html": capture.decode("utf-8", "replace"), "url": f"https://news.example/{name}"}
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
