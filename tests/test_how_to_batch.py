from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from portalclean import cli
from portalclean.batch.options import DEFAULT_TIME_LIMIT, SHARD_SIZE
from portalclean.batch.record import Reason

PAGE = Path(__file__).parent.parent / "docs" / "how-to" / "batch.md"
TEXT = PAGE.read_text(encoding="utf-8")
COMMANDS = [block.strip() for block in re.findall(r"^```sh\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)]
LAUNCHER = '#!/bin/sh\nexec "{python}" -c "from portalclean.cli import main; main()" "$@"\n'


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_every_command_runs_as_it_stands(tmp_path: Path) -> None:
    for extra in ("fastwarc", "pyarrow"):
        pytest.importorskip(extra, reason=f"{extra} is not installed; the page shows the extras warc and parquet")
    programs, folder = tmp_path / "bin", tmp_path / "work"
    programs.mkdir()
    folder.mkdir()
    launcher = programs / "portalclean"
    launcher.write_text(LAUNCHER.format(python=sys.executable), encoding="utf-8")
    launcher.chmod(0o755)
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    assert len(COMMANDS) >= 11
    for command in COMMANDS:
        script = f"set -eu\n{command}"
        done = subprocess.run(["sh", "-c", script], cwd=folder, env=environment, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b""), command
    assert_results(folder)


def assert_results(folder: Path) -> None:
    """Assert that each way gave what its command says."""
    assert titles(folder / "cleaned" / "shard-000000.jsonl") == ["The ferry is back", "Cup final"]
    assert titles(folder / "cleaned.jsonl") == ["The ferry is back"]
    assert len(titles(folder / "again.jsonl")) == 2
    assert len(titles(folder / "crawl" / "shard-000000.jsonl")) == 1
    assert (folder / "markdown" / "shard-000000" / "000000001.md").is_file()
    assert (folder / "text" / "shard-000000" / "000000001.txt").is_file()
    assert json.loads((folder / "summary.json").read_text("utf-8"))["records"] == 1


def titles(path: Path) -> list[object]:
    return [json.loads(line)["title"] for line in path.read_text("utf-8").splitlines()]


def test_every_option_and_reason_is_on_the_page_and_so_are_the_defaults() -> None:
    for option in cli.main.commands["clean"].params:
        if isinstance(option, click.Option) and option.name not in ("url", "encoding", "kind"):
            assert any(name in TEXT for name in option.opts), option.name
    assert re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE) == list(Reason)
    assert f"{SHARD_SIZE:,} pages" in TEXT
    assert f"{DEFAULT_TIME_LIMIT:g} seconds" in TEXT
