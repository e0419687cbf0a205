from __future__ import annotations

import json
from pathlib import Path

from benchmarks.generated import varied_pages, write_folder, write_lines


def test_pages_differ_and_are_the_same_every_time() -> None:
    pages = list(varied_pages(100))
    assert pages == list(varied_pages(100))
    assert len({name for name, _ in pages}) == len({capture for _, capture in pages}) == 100


def test_a_folder_and_lines_hold_the_same_pages(tmp_path: Path) -> None:
    write_folder(tmp_path / "pages", 5)
    write_lines(tmp_path / "pages.jsonl", 5)
    lines = [json.loads(line) for line in (tmp_path / "pages.jsonl").read_text("utf-8").splitlines()]
    assert [line["html"] for line in lines] == [
        path.read_bytes().decode("utf-8", "replace") for path in sorted((tmp_path / "pages").iterdir())
    ]
    assert [line["url"].rpartition("/")[2] for line in lines] == sorted(
        path.name for path in (tmp_path / "pages").iterdir()
    )
