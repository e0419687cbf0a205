"""The linear algebra held to one thread: an engine runs a worker on each core, and more threads only wait."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache

import numpy as np  # noqa: F401 - the libraries are looked for among those that are loaded

from portalclean.errors import MissingExtra

try:
    from threadpoolctl import ThreadpoolController
except ImportError as missing:
    raise MissingExtra("threadpoolctl is not installed; the extras for engines bring it") from missing

__all__ = ["one_thread"]


def one_thread() -> AbstractContextManager[object]:
    """Return a context in which numpy's linear algebra uses one thread."""
    limited: AbstractContextManager[object] = _controller().limit(limits=1)
    return limited


@cache
def _controller() -> ThreadpoolController:
    """Return the controller of the libraries that numpy has loaded; finding them takes a millisecond."""
    return ThreadpoolController()
