"""A shard of JSON Lines."""

from __future__ import annotations

from pathlib import Path

from portalclean.batch.durable import sync
from portalclean.batch.record import Outcome

__all__ = ["JsonLinesWriter"]


class JsonLinesWriter:
    """Write records that are lines already."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("wb")

    def write(self, index: int, outcome: Outcome) -> None:
        """Write the record of a page."""
        assert isinstance(outcome.rendered, bytes)
        self._stream.write(outcome.rendered)

    def finish(self) -> None:
        """Wait until all is on the disk."""
        sync(self._stream)
        self._stream.close()

    def abandon(self) -> None:
        """Close the file, whatever is left unwritten."""
        self._stream.close()
