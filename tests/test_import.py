from __future__ import annotations

import subprocess
import sys

import pytest

import portalclean


def test_importing_the_package_loads_no_stage() -> None:
    code = "import sys, portalclean; print([name for name in sys.modules if name.startswith('portalclean.extractors')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_pipeline_is_there_when_it_is_asked_for() -> None:
    assert portalclean.DEFAULT.names[0] == "label"
    with pytest.raises(AttributeError, match="module 'portalclean' has no attribute 'PIPELINE'"):
        _ = portalclean.PIPELINE  # type: ignore[attr-defined]
