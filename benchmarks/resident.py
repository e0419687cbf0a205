"""How much memory a process has resident, as Linux tells it."""

from __future__ import annotations

import resource
from pathlib import Path

__all__ = ["resident_bytes"]


def resident_bytes(process: int | str = "self") -> int | None:
    """Return the resident memory of a process; ``None`` where the system does not tell, or it has ended."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text("ascii").split()[1]
    except OSError:
        return None
    return int(pages) * resource.getpagesize()
