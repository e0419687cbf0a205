"""The how-to pages, run: commands by the command line, Python as doctests, data by what reads it."""

from __future__ import annotations

import doctest
import json
import re
import shlex
import shutil
import subprocess
import sys
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from click.testing import CliRunner

from portalclean.cli import main

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "docs" / "how-to").glob("*.md"))
MINE = ("report", "correct-and-teach", "site-rules")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / "docs" / "how-to" / f"{page}.md").read_text("utf-8")
    return [code for found, code in BLOCK.findall(text) if found == language]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the files that the pages speak of."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "tests" / "sites" / "fixture" / "capture.html", "page.html")
    shutil.copy(ROOT / "seeds" / "000_280b8eff423b52ec.txt", "dump.txt")
    (rules,) = blocks("site-rules", "toml")
    Path("hill-news.toml").write_text(rules)
    (gold,) = blocks("correct-and-teach", "json")
    Path("page.gold.jsonl").write_text(json.dumps(json.loads(gold)) + "\n")
    with as_file(files("portalclean.labelling").joinpath("weights.npz")) as shipped:
        shutil.copy(shipped, "ours.npz")


@pytest.mark.parametrize("page", MINE)
def test_the_python_code_gives_what_the_page_says(page: str) -> None:
    text = "\n".join(blocks(page, "python")).replace("…", doctest.ELLIPSIS_MARKER)
    test = doctest.DocTestParser().get_doctest(text, {}, page, page, 0)
    report: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(test, out=report.append)
    assert result.attempted > 3
    assert not result.failed, "".join(report)


@pytest.mark.parametrize("page", MINE)
def test_the_commands_work_in_their_order(page: str) -> None:
    lines = [shlex.split(line) for code in blocks(page, "sh") for line in code.splitlines()]
    assert lines
    for line in lines:
        if line[0] == "portalclean":
            result = CliRunner().invoke(main, line[1:])
            assert result.exit_code == 0, (line, result.stderr)
        else:
            assert line[:2] == ["python", "-m"]
            run_training(line[2], line[3:])


def run_training(module: str, arguments: list[str]) -> None:
    """Run what needs no torch; of what does, know the options."""
    if module == "training.dataset":
        command = [sys.executable, "-m", module, *arguments, "--processes", "1"]
        subprocess.run(command, check=True, env={"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}, capture_output=True)
        assert Path("examples.pickle").stat().st_size > 1_000
        return
    source = "".join((ROOT / "training" / f"{name}.py").read_text("utf-8") for name in ("train", "dataset"))
    assert module == "training.train"
    assert all(f'"{option}"' in source for option in arguments if option.startswith("--"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_the_keys_are_those_of_the_report() -> None:
    script = files("portalclean.render.html_report").joinpath("assets", "keys.js").read_text("utf-8")
    named = set(re.findall(r"^  \['(.)'", script, re.MULTILINE))
    table = (ROOT / "docs" / "how-to" / "report.md").read_text("utf-8").split("## Keys")[1].split("## Beside")[0]
    assert named == {key for key in re.findall(r"`(.)`", table) if key not in "↓↑"}
