"""The recipes of CONTRIBUTING.md, carried out: through the public interface, or on a copy of the package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from page_examples import ROOT, SECTION, Example, Workplace, examples

from portalclean import Label
from portalclean.lexicon import GROUPS, LANGUAGES

INDENTED = re.compile(r"^   (?=```)(.*?\n   ```)$", re.MULTILINE | re.DOTALL)
"""A block of code inside a numbered list."""
RECIPES = {
    name: text for name, text in SECTION.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8")) if "A new" in name
}


def blocks(recipe: str) -> list[Example]:
    """Return the code of a recipe's numbered steps."""
    shown = "\n".join(textwrap.dedent(f"   {block}") for block in INDENTED.findall(RECIPES[recipe]))
    return examples(shown + "\n")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package, to change."""
    return Path(shutil.copytree(ROOT / "src" / "portalclean", tmp_path / "src" / "portalclean"))


def printed(code: str, copy: Path) -> str:
    """Return what a program prints that imports the copy."""
    (copy.parent.parent / "example.py").write_text(code, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(copy.parent), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "example.py"],
        cwd=copy.parent.parent,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("recipe", ["A new field", "A new adapter"])
def test_through_the_public_interface(recipe: str, tmp_path: Path) -> None:
    if recipe == "A new adapter":
        pytest.importorskip("threadpoolctl", reason="threadpoolctl is not installed; the engines' extras have it")
    (example,) = examples(RECIPES[recipe])
    Workplace(tmp_path, tmp_path / "bin").run(example)


def test_a_new_label(copy: Path) -> None:
    member, program = blocks("A new label")
    last = list(Label)[-1]
    line = f'    {last.name} = "{last.value}"\n'
    before, found, enumeration = (copy / "page.py").read_text("utf-8").partition("class Label(StrEnum):")
    assert found
    (copy / "page.py").write_text(before + found + enumeration.replace(line, line + member.code, 1), "utf-8")
    assert printed(program.code, copy) == program.output


def test_a_new_language(copy: Path) -> None:
    words, program = blocks("A new language")
    (copy / "lexicon" / "words" / "nl.toml").write_text(words.code, "utf-8")
    lists = copy / "lexicon" / "__init__.py"
    lists.write_text(lists.read_text("utf-8").replace(f'"{LANGUAGES[-1]}")', f'"{LANGUAGES[-1]}", "nl")', 1), "utf-8")
    assert printed(program.code, copy) == program.output
    assert set(re.findall(r"^\[(\w+)\]", words.code, re.MULTILINE)) <= set(GROUPS)


def test_each_recipe_is_carried_out_and_names_files_that_are_there() -> None:
    assert [*RECIPES] == ["A new field", "A new label", "A new language", "A new adapter"]
    for name in re.findall(r"`([\w/]+\.(?:py|toml|json|md))`", "".join(RECIPES.values())):
        places = (ROOT / name, ROOT / "src" / "portalclean" / name, ROOT / "src" / "portalclean" / "lexicon" / name)
        assert any(place.exists() for place in places) or name.endswith("/nl.toml"), name
