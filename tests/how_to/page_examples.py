"""The examples of the how-to pages, and how each kind is run: as it stands, in one folder, in its order."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs" / "how-to").glob("*.md"))
SECTION = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DOCTEST = ">>> "

LAUNCHERS = {
    "portalclean": '#!/bin/sh\nexec "{python}" -c "from portalclean.cli import main; main()" "$@"\n',
    "python": '#!/bin/sh\nexec "{python}" "$@"\n',
}
"""The programs that commands call, as those of the Python that runs the tests."""
TRAINING = "python -m training.train "
"""A command that no test runs: it needs torch, and most of an hour."""
SECONDS = 300
"""Time after which an example hangs."""


@dataclass(frozen=True, slots=True)
class Example:
    """A block of code on a page, and the block of text behind it, which is what it prints."""

    language: str
    code: str
    output: str | None = None


def text_of(page: str) -> str:
    return (ROOT / "docs" / "how-to" / f"{page}.md").read_text("utf-8")


def examples(text: str) -> list[Example]:
    """Return the examples in a text, in order; a first block of text is none."""
    found: list[Example] = []
    for language, code in BLOCK.findall(text):
        if language == "text" and found:
            found[-1] = Example(found[-1].language, found[-1].code, code)
        elif language != "text":
            found.append(Example(language, code))
    return found


def data_block(page: str, language: str) -> str:
    """Return the one block of a page that is data."""
    (data,) = [example.code for example in examples(text_of(page)) if example.language == language]
    return data


@dataclass(slots=True)
class Workplace:
    """A folder that examples are run in, one after another; the working directory of this process is the same."""

    folder: Path
    programs: Path
    names: dict[str, object] = field(default_factory=dict)
    """What the doctests have defined so far."""

    def __post_init__(self) -> None:
        self.programs.mkdir()
        for name, script in LAUNCHERS.items():
            launcher = self.programs / name
            launcher.write_text(script.format(python=sys.executable), "utf-8")
            launcher.chmod(0o755)

    def run(self, example: Example) -> None:
        """Run an example; fails when it does not do what the page says."""
        if example.language == "sh":
            self._run_commands(example.code)
        elif example.language == "python" and DOCTEST in example.code:
            self._run_doctest(example.code)
        elif example.language == "python":
            self._run_program(example)

    def _run_commands(self, code: str) -> None:
        lines = "".join(line for line in code.splitlines(keepends=True) if not line.startswith(TRAINING))
        done = self._started(["sh", "-c", f"set -eu\n{lines}"])
        assert (done.returncode, "portalclean:" in done.stderr) == (0, False), (code, done.stderr)

    def _run_doctest(self, code: str) -> None:
        text = code.replace("…", doctest.ELLIPSIS_MARKER)
        test = doctest.DocTestParser().get_doctest(text, self.names, "example", None, 0)
        report: list[str] = []
        result = doctest.DocTestRunner(verbose=False).run(test, out=report.append, clear_globs=False)
        self.names.update(test.globs)
        assert result.attempted
        assert not result.failed, "".join(report)

    def _run_program(self, example: Example) -> None:
        (self.folder / "example.py").write_text(example.code, "utf-8")
        done = self._started([sys.executable, "example.py"])
        assert done.returncode == 0, done.stderr
        assert done.stdout == (example.output or "")

    def _started(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
        # What engines write into a home folder stays in the test's; Ray counts its users.
        surroundings = {
            "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": paths,
            "PYTHONUTF8": "1",
            "HOME": str(self.folder),
            "RAY_USAGE_STATS_ENABLED": "0",
            "HF_HUB_OFFLINE": "1",
        }
        return subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, **surroundings},
            capture_output=True,
            timeout=SECONDS,
            encoding="utf-8",
            check=False,
        )
