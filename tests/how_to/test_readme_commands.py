"""The README's commands for a page and a folder; those that install something are run by the check before a merge."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from page_examples import ROOT, Workplace, examples

SEED = "000_280b8eff423b52ec"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_the_commands_clean_explain_and_report(tmp_path: Path) -> None:
    *_, last = [example for example in examples((ROOT / "README.md").read_text("utf-8")) if example.language == "sh"]
    (tmp_path / ".venv").mkdir()
    (tmp_path / "seeds").mkdir()
    shutil.copy(ROOT / "seeds" / f"{SEED}.txt", tmp_path / "seeds")
    Workplace(tmp_path, tmp_path / ".venv" / "bin").run(last)
    assert "济宁" in (tmp_path / "cleaned" / "shard-000000" / "000000000.md").read_text("utf-8")
    assert (tmp_path / "report.html").read_text("utf-8").startswith("<!doctype html>")
