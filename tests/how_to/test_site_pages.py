"""The pages of the site beside the how-to guides: their examples are run, and what they list is what there is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from page_examples import ROOT, Workplace, examples

import portalclean

DOCS = ROOT / "docs"
SEED = Path("seeds") / "000_280b8eff423b52ec.txt"
INSTALLATION = ("python3 -m venv", ". .venv", "pip install")
"""Commands of the tutorial that are not run here: the check before a merge runs the README's, which are the same."""
LEFT_OUT = "…"
PAGES = sorted([*DOCS.glob("*.md"), *DOCS.glob("reference/*.md"), *DOCS.glob("explanation/*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    """A folder with the seed page, as a clone has it."""
    folder = tmp_path / "work"
    (folder / "seeds").mkdir(parents=True)
    shutil.copy(ROOT / SEED, folder / SEED)
    monkeypatch.chdir(folder)
    return Workplace(folder, tmp_path / "bin")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize("page", ["index", "tutorial"])
def test_the_examples_on_the_seed_page_give_what_is_shown(page: str, place: Workplace) -> None:
    for example in examples((DOCS / f"{page}.md").read_text("utf-8")):
        if example.language == "sh":
            lines = [line for line in example.code.splitlines() if not line.startswith(INSTALLATION)]
            assert_shown(example.output, output_of("\n".join(lines), place))
        else:
            place.run(example)


def output_of(commands: str, place: Workplace) -> str:
    environment = {
        **os.environ,
        "PATH": f"{place.programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
    }
    done = subprocess.run(
        ["sh", "-c", f"set -eu\n{commands}"], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), commands
    return done.stdout


def assert_shown(shown: str | None, whole: str) -> None:
    """Assert that the pieces between the marks of what is left out stand in the output, in this order."""
    place = 0
    for piece in (shown or "").split(LEFT_OUT):
        found = whole.find(piece.strip(), place)
        assert found >= 0, piece
        place = found + len(piece.strip())


def test_the_example_of_the_record(place: Workplace) -> None:
    (example,) = examples((DOCS / "reference" / "record.md").read_text("utf-8"))
    place.run(example)


def test_the_reference_has_every_public_name() -> None:
    text = (DOCS / "reference" / "python.md").read_text("utf-8")
    named = re.findall(r"^\.\. (?:auto\w+|py:data):: (\w+)$", text, re.MULTILINE)
    assert sorted(named) == sorted(portalclean.__all__)


def test_the_reference_has_every_engine() -> None:
    text = (DOCS / "reference" / "engines.md").read_text("utf-8")
    named = set(re.findall(r"^\.\. automodule:: portalclean\.engines\.(\w+)$", text, re.MULTILINE))
    modules = {path.stem for path in (ROOT / "src" / "portalclean" / "engines").glob("[a-z]*.py")}
    assert named == modules - {"threads"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
