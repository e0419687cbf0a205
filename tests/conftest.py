"""What the tests share: the seed page, and the development data where it lies beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# A drawn example may take as long as the machine needs: tests do not time things.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT / "seeds" / "000_280b8eff423b52ec.txt"
DATA = ROOT.parent / "shared" / "data"
"""The development data; it is no part of the project."""


@pytest.fixture(scope="session")
def seed_text() -> str:
    """Return the seed page as it was captured."""
    return SEED.read_text("utf-8")


@pytest.fixture(scope="session")
def portal_data() -> Path:
    """Return the folder of the portal pages; tests that need it are skipped where it is absent."""
    folder = DATA / "portal"
    if not folder.is_dir():
        pytest.skip(f"the development data is not at {folder}")
    return folder
