from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from benchmarks.corpora import SAMPLE
from benchmarks.folds import FOLDS, network_of_fold

from benchmarks import memory
from portalclean import Label, Reading, Verdicts
from portalclean.page import LABEL_CODES

WEIGHTS = Path(__file__).parents[2] / "src" / "portalclean" / "labelling" / "weights.npz"
STORIES = {
    "ferry": "The ferry has run again since Monday, every hour, after a winter in the dock.",
    "cup": "The final was decided by a header in the last minute, in front of a full house.",
}
NOTICE = "All rights reserved by the Coast Press, which asks you to print nothing of this page."
LINE = re.compile(
    r"(html|text) (\w+): (\d+) pages, F1 ([\d.]+) -> ([\d.]+), (\d+) better, (\d+) worse, macro [\d.]+ -> [\d.]+"
)


@pytest.fixture
def networks(tmp_path: Path) -> Path:
    """The shipped network in the place of each fold's."""
    folder = tmp_path / "networks"
    folder.mkdir()
    for fold in range(FOLDS):
        shutil.copy(WEIGHTS, network_of_fold(folder, fold))
    return folder


def set_of(folder: Path, records: Sequence[dict[str, object]]) -> Path:
    (folder / "gold.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return folder


@pytest.fixture
def noticed(tmp_path: Path) -> Path:
    """Two pages of one host, with a story each and the same notice."""
    folder = tmp_path / "noticed"
    for door in ("html", "text"):
        (folder / door).mkdir(parents=True)
    for page, story in STORIES.items():
        (folder / "html" / f"{page}.html").write_text(f"<p>{story}</p><p>{NOTICE}</p>", "utf-8")
        (folder / "text" / f"{page}.txt").write_text(f"{story}\n{NOTICE}\n", "utf-8")
    fields = {"title": None, "published": None, "authors": [], "source": None}
    kind = {"page_kind": "article", "lang": "en", "labels": [[1, 1, "body"], [2, 2, "footer"]], "fields": fields}
    return set_of(folder, [{"page": page, "site": "press.example", **kind} for page in STORIES])


def everything_is_body(reading: Reading) -> Verdicts:
    count = len(reading.page)
    codes = np.full(count, LABEL_CODES[Label.BODY], dtype=np.int8)
    return Verdicts(codes, np.full(count, 0.4, dtype=np.float32), ["in doubt"] * count)


def test_what_recurs_on_the_host_is_found(
    noticed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(memory, "network_labeller", lambda _: everything_is_body)
    assert memory.main([str(noticed), "--networks", "nowhere"]) == 0
    lines = [LINE.fullmatch(line) for line in capsys.readouterr().out.splitlines()]
    for door, line in zip(("html", "text"), lines, strict=True):
        assert line is not None
        assert line.group(1, 2, 3, 6, 7) == (door, "noticed", "2", "2", "0")
        assert float(line[4]) < 1.0 == float(line[5])


def test_pages_without_another_of_their_host_are_left_out(
    networks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "sample"
    shutil.copytree(SAMPLE, folder)
    records = [json.loads(line) for line in (SAMPLE / "gold.jsonl").read_text("utf-8").splitlines()]
    shared = [{**record, "site": "press.example"} if record["lang"] == "zh" else record for record in records]
    assert memory.main([str(set_of(folder, shared)), "--networks", str(networks)]) == 0
    lines = [LINE.fullmatch(line) for line in capsys.readouterr().out.splitlines()]
    assert [line and line.group(1, 3) for line in lines] == [("html", "3"), ("text", "3")]
    set_of(folder, records)
    assert memory.main([str(folder), "--networks", str(networks)]) == 0
    assert capsys.readouterr().out == ""
