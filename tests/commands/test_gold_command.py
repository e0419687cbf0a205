from __future__ import annotations

import json
from pathlib import Path

import click.testing
import pytest
from benchmarks.corpora import SAMPLE, read_folder
from click.testing import CliRunner

from portalclean import cli


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gold of two pages, one of them with two defects, in the working directory."""
    monkeypatch.chdir(tmp_path)
    lines = (SAMPLE / "gold.jsonl").read_text("utf-8").splitlines()[:2]
    good, bad = ({**json.loads(line), "text": "a"} | {"labels": [[1, 1, "body"]]} for line in lines)
    bad |= {"page": "second", "lang": "", "labels": []}
    Path("good.jsonl").write_text(json.dumps(good) + "\n")
    Path("both.jsonl").write_text(json.dumps(good) + "\n" + json.dumps(bad) + "\n")


def run(*arguments: str) -> click.testing.Result:
    return CliRunner().invoke(cli.main, ["gold", *arguments])


def test_good_gold_is_good() -> None:
    result = run("check", "good.jsonl", str(SAMPLE))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "7 good\n")


def test_each_defect_is_a_line() -> None:
    result = run("check", "both.jsonl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "portalclean: both.jsonl:2: page second: lang: is '', must be a string that is not blank",
        "portalclean: both.jsonl:2: page second: labels: no label for line 1",
        "1 good, 1 not",
    ]


def test_a_file_that_is_no_gold_does_not_keep_the_next_from_its_turn() -> None:
    Path("broken.jsonl").write_text("{\n")
    result = run("check", "broken.jsonl", "absent.jsonl", "good.jsonl")
    assert result.exit_code == 1
    first, second, last = result.stderr.splitlines()
    assert first.startswith("portalclean: broken.jsonl:1: no JSON")
    assert (second, last) == ("portalclean: absent.jsonl: No such file or directory", "1 good, 2 not")


def test_no_gold_at_all_is_not_good() -> None:
    Path("empty.jsonl").touch()
    assert run("check", "empty.jsonl").exit_code == 1


def test_good_records_are_gathered_and_others_named() -> None:
    result = run("gather", "both.jsonl", "--into", "set")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "1 page gathered"
    assert len(list(read_folder(Path("set")))) == 1
    assert run("gather", "good.jsonl", "--into", "set").exit_code == 0


def test_a_set_that_cannot_be_written_is_told() -> None:
    Path("file").touch()
    result = run("gather", "good.jsonl", "--into", "file")
    assert result.exit_code == 1
    assert result.stderr.startswith("portalclean: file: ")
