from __future__ import annotations

import json
import shutil
from importlib.resources import as_file, files
from pathlib import Path

import click.testing
import pytest
from benchmarks.corpora import SAMPLE
from click.testing import CliRunner

from portalclean import cli

PAGE = sorted((SAMPLE / "html").glob("*.html"))[0]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(PAGE, "page.html")


def run(*arguments: str, stdin: bytes = b"") -> click.testing.Result:
    return CliRunner().invoke(cli.main, arguments, input=stdin)


def test_a_report_is_written_to_a_file_or_to_standard_output() -> None:
    assert run("report", "-o", "out.html", "page.html").stdout == ""
    assert Path("out.html").read_text("utf-8").startswith("<!doctype html>")
    assert run("report", "page.html").stdout.startswith("<!doctype html>")
    assert "page-0" in run("report", "-", stdin=b"<p>Text of the page.").stdout


def test_a_capture_that_cannot_be_read_is_told_there_and_on_standard_error() -> None:
    result = run("report", "-o", "out.html", "absent.html", "page.html")
    assert (result.exit_code, result.stderr) == (1, "portalclean: absent.html: No such file or directory\n")
    assert '{"file": "absent.html", "reason": "No such file or directory"}' in Path("out.html").read_text("utf-8")


def test_a_report_that_cannot_be_written_is_a_failure() -> None:
    result = run("report", "-o", "absent/out.html", "page.html")
    assert (result.exit_code, result.stderr) == (1, "portalclean: absent/out.html: No such file or directory\n")


def test_an_address_belongs_to_one_page() -> None:
    assert run("report", "--url", "https://a.example/", "page.html", "page.html").exit_code == 2


def test_gold_that_is_not_good_is_left_out_and_told() -> None:
    Path("gold.jsonl").write_text(json.dumps({"page": "page"}) + "\n")
    result = run("report", "-o", "out.html", "--gold", "gold.jsonl", "page.html")
    assert result.exit_code == 0
    assert (
        result.stderr
        == "portalclean: gold.jsonl:1: left out: url: missing; it is a string that is not blank, or null\n"
    )
    assert run("report", "--gold", "absent.jsonl", "page.html").exit_code == 2


@pytest.mark.parametrize("command", ["clean", "explain", "report"])
def test_weights_and_rules_are_used(command: str) -> None:
    with as_file(files("portalclean.labelling").joinpath("weights.npz")) as shipped:
        shutil.copy(shipped, "ours.npz")
    assert run(command, "--weights", "ours.npz", "page.html").exit_code == 0
    Path("rules.toml").write_text('hosts = ["a.example"]\n[[fields]]\nfield = "source"\nline = "."\npattern = "."\n')
    ruled = run(command, "--rules", "rules.toml", "--url", "https://a.example/", "page.html")
    assert ruled.exit_code == 0
    assert ruled.stdout != run(command, "--url", "https://a.example/", "page.html").stdout


@pytest.mark.parametrize("command", ["clean", "explain", "report"])
@pytest.mark.parametrize("option", ["--weights", "--rules"])
def test_broken_weights_and_rules_end_with_a_message(command: str, option: str) -> None:
    Path("broken").write_bytes(b"\x00broken")
    for name in ("broken", "absent"):
        result = run(command, option, name, "page.html")
        assert (result.exit_code, result.stdout) == (2, "")
        assert name in result.stderr.splitlines()[-1]


def test_the_help_lists_the_commands() -> None:
    for name in ("clean", "explain", "gold", "report"):
        assert f"  {name} " in run("--help").stdout
        assert run(name, "--help").exit_code == 0
