"""The page on engines: each example is a program, run as it stands in a process of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "engines.md"
SECTION = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEEDS = {
    "Arrow": "pyarrow",
    "Spark": "pyspark",
    "Ray": "ray",
    "datatrove": "datatrove",
    "Scrapy": "scrapy",
    "Dask": "dask",
    "datasets": "datasets",
    "LangChain": "langchain_core",
}
"""What the example of each section imports."""
SECONDS = 300
"""Time after which an example hangs."""


def sections() -> dict[str, dict[str, str]]:
    """Return the program and the output in each section of the page."""
    return {name: dict(BLOCK.findall(text)) for name, text in SECTION.findall(PAGE.read_text("utf-8"))}


def run(code: str, folder: Path) -> str:
    (folder / "example.py").write_text(code, "utf-8")
    # What engines write into a home folder stays in the test's; Ray counts its users.
    surroundings = {"HOME": str(folder), "RAY_USAGE_STATS_ENABLED": "0", "HF_HUB_OFFLINE": "1", "PYTHONUTF8": "1"}
    example = subprocess.run(
        [sys.executable, "example.py"],
        cwd=folder,
        env={**os.environ, **surroundings},
        capture_output=True,
        timeout=SECONDS,
        encoding="utf-8",
        check=False,
    )
    assert example.returncode == 0, example.stderr
    return example.stdout


@pytest.mark.parametrize("name", NEEDS)
def test_the_example_gives_what_the_page_says(name: str, tmp_path: Path) -> None:
    for module in ("pyarrow", NEEDS[name]):
        if find_spec(module) is None:
            pytest.skip(f"{module} is not installed")
    if name == "Spark" and not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        pytest.skip("Spark needs Java, which is not installed")
    run(sections()["Captures"]["python"], tmp_path)
    section = sections()[name]
    assert run(section["python"], tmp_path) == section["text"]


def test_each_section_is_run() -> None:
    assert [*sections()] == ["Captures", *NEEDS]
    assert re.findall(r"^\| \[.+?\]\(#(\w+)\)", PAGE.read_text("utf-8"), re.MULTILINE) == [*map(str.lower, NEEDS)]
