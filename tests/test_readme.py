from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

import portalclean
from portalclean import Label

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
SEED = "seeds/000_280b8eff423b52ec.txt"
LEFT_OUT = "…"
"""What the README writes where it shortens."""

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def code_blocks(language: str) -> list[str]:
    return [code for found, code in BLOCK.findall(README.read_text(encoding="utf-8")) if found == language]


@pytest.fixture(autouse=True)
def in_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_the_python_code_gives_what_the_readme_says() -> None:
    text = "\n".join(code_blocks("python")).replace(LEFT_OUT, doctest.ELLIPSIS_MARKER)
    test = doctest.DocTestParser().get_doctest(text, {}, "README.md", str(README), 0)
    report: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(test, out=report.append)
    assert result.attempted > 10
    assert not result.failed, "".join(report)


def test_the_page_before_is_the_seed_page() -> None:
    (before,) = code_blocks("text")
    assert_shortened(before, Path(SEED).read_text(encoding="utf-8"))


def test_the_page_after_is_what_comes_out() -> None:
    (after,) = code_blocks("markdown")
    assert_shortened(after, portalclean.extract(Path(SEED).read_bytes()).to_markdown())


def assert_shortened(shown: str, whole: str) -> None:
    """Assert that the pieces between the marks of what is left out stand in the whole text, in this order."""
    pieces = shown.strip().split(LEFT_OUT)
    pattern = ".*".join(re.escape(piece.strip("\n")) for piece in pieces)
    assert re.search(pattern, whole, re.DOTALL)


def test_the_first_command_cleans_the_seed_page_and_the_second_runs_the_tests() -> None:
    clean, test, _ = [[shlex.split(line) for line in code.splitlines()] for code in code_blocks("sh")]
    assert clean[0] == test[0] == ["python3", "-m", "venv", ".venv"]
    assert clean[-1] == [".venv/bin/portalclean", "clean", "--format", "md", SEED]
    assert test[-1] == [".venv/bin/python", "-m", "pytest"]


def test_the_commands_use_the_virtual_environment_alone() -> None:
    for command in (shlex.split(line) for code in code_blocks("sh") for line in code.splitlines()):
        assert command[0] == "python3" or command[0].startswith(".venv/bin/")


def test_the_table_of_labels_is_whole() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == list(Label)


@pytest.mark.parametrize("page", [README, CONTRIBUTING], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


def test_the_map_of_the_house_shows_what_is_there() -> None:
    text = CONTRIBUTING.read_text(encoding="utf-8")
    for place in re.findall(r"^\| `([\w./]+)` \|", text, re.MULTILINE):
        assert (ROOT / place).exists(), place
