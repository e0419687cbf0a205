"""An engine that is not installed is named, with the extra that brings it."""

from __future__ import annotations

import subprocess
import sys

import pytest

HIDING = """
import sys
sys.modules.update(dict.fromkeys({hidden!r}))
import portalclean
try:
    {code}
except portalclean.MissingExtra as error:
    print(error)
"""
EXTRACT = "extract_articles(None, ArrowExtractor())"


@pytest.mark.parametrize(
    ("hidden", "code", "said"),
    [
        ("pyarrow", "import portalclean.engines.arrow", "portalclean[arrow]"),
        ("threadpoolctl", "import portalclean.engines.records", "threadpoolctl"),
        ("datatrove", "import portalclean.engines.datatrove", "portalclean[datatrove]"),
        ("itemadapter", "import portalclean.engines.scrapy", "portalclean[scrapy]"),
    ],
)
def test_importing_says_what_to_install(hidden: str, code: str, said: str) -> None:
    pytest.importorskip("threadpoolctl", reason="the extra arrow is not installed")
    assert said in run(hidden, code)


@pytest.mark.parametrize(("hidden", "engine"), [("pyspark", "spark"), ("ray", "ray")])
def test_using_says_what_to_install(hidden: str, engine: str) -> None:
    pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
    code = f"from portalclean.engines.arrow import *; from portalclean.engines.{engine} import *; {EXTRACT}"
    assert f"portalclean[{engine}]" in run(hidden, code)


def run(hidden: str, code: str) -> str:
    """Return what a process says that does not find a package."""
    program = HIDING.format(hidden=[hidden], code=code)
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
