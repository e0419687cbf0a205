"""A real browser, Debian's Chromium by Playwright, and reports made by the command line to look at in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from sights import Look, Sight, watched

from portalclean.cli import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; the tests that need it are skipped, with what to install, where it is absent."""
    os.environ.setdefault("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is missing: pip install playwright")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("there is no chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def look(chromium: Browser, tmp_path: Path) -> Iterator[Look]:
    """A function that makes the report of some captures, by file name, and opens it."""
    opened: list[Sight] = []

    def open_report(captures: dict[str, bytes], *options: str, **context: Any) -> Sight:
        for name, capture in captures.items():
            (tmp_path / name).write_bytes(capture)
        report = tmp_path / "report.html"
        files = [str(tmp_path / name) for name in captures]
        result = CliRunner().invoke(main, ["report", "-o", str(report), *options, *files])
        assert (result.exit_code, result.output) == (0, "")
        sight = watched(chromium.new_context(**{"viewport": DESKTOP, **context}).new_page(), report)
        opened.append(sight)
        return sight

    yield open_report
    for sight in opened:
        sight.page.context.close()
        assert sight.trouble == []
