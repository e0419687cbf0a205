"""The commands that say where time and memory go; what they say of this machine is not tested."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from benchmarks.corpora import SAMPLE, Door, find_captures

from benchmarks import soak, stages
from portalclean import DEFAULT

pytest.importorskip("lxml", reason="the bare parse is lxml's: install lxml")


@pytest.fixture
def packed_set(tmp_path: Path) -> Path:
    """A folder of sets with one set in body form."""
    folder = tmp_path / "news"
    (folder / "html").mkdir(parents=True)
    (folder / "html" / "a.html.gz").write_bytes(gzip.compress(b"<h1>A walk</h1><p>The road went up the hill."))
    (folder / "gold.jsonl.gz").write_bytes(gzip.compress(b""))
    return tmp_path


def test_captures_are_found_without_gold(packed_set: Path) -> None:
    assert find_captures([packed_set, SAMPLE], Door.HTML)[0].name == "a.html.gz"
    assert len(find_captures([SAMPLE], Door.TEXT)) == 6
    with pytest.raises(FileNotFoundError, match="no captures in a folder text/"):
        find_captures([packed_set], Door.TEXT)


@pytest.mark.parametrize("door", Door)
def test_every_stage_has_its_row(door: Door) -> None:
    costs = {cost.name: cost for cost in stages.measured(find_captures([SAMPLE], door), door, rounds=1)}
    first = ["lxml parse"] if door is Door.HTML else []
    assert list(costs) == [*first, "read", *DEFAULT.names, "finish", "whole"]
    assert all((cost.share is None) == (door is Door.TEXT) for cost in costs.values())
    assert costs["whole"].mean > costs["label"].mean > 0


def test_stages_prints_a_table(packed_set: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert stages.main([str(packed_set), "--rounds", "1"]) == 0
    assert re.search(
        r"^recommendations  mean +[\d.]+ ms  median +[\d.]+ ms +[\d.]+ × lxml$", capsys.readouterr().out, re.M
    )


def test_soak_prints_the_memory_now_and_then(packed_set: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert soak.main([str(packed_set), "--pages", "5", "--every", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["2", "4", "5"]
    assert all(re.fullmatch(r" +\d pages +[\d.]+ MiB resident +[\d.]+ MiB at most", line) for line in lines)


@pytest.mark.parametrize("main", [stages.main, soak.main])
def test_a_folder_without_a_set_is_said(main, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SystemExit):
        main([str(tmp_path)])
    assert f"no gold.jsonl or gold.jsonl.gz in {tmp_path}" in capsys.readouterr().err
