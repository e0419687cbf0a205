"""Files that are whole or not there, and lines that are in the file once they are said to be."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, AnyStr

if TYPE_CHECKING:
    from portalclean.page import Json

__all__ = ["PART", "Journal", "commit", "discard", "lock", "sync", "sync_folder"]

PART = ".part"
"""How the name of a file or folder ends that is not finished."""


def commit(part: Path, final: Path) -> None:
    """Give a finished and synced file or folder its name, in one step that survives a power cut."""
    if final.is_dir():  # of an earlier try whose journal line was not written; a folder cannot be renamed over it
        shutil.rmtree(final)
    part.replace(final)
    sync_folder(final.parent)


def discard(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def sync(stream: IO[AnyStr]) -> None:
    """Wait until what was written to a stream is on the disk."""
    stream.flush()
    os.fsync(stream.fileno())


def lock(stream: IO[bytes]) -> None:
    """Hold a file until it is closed, or this process ends in whatever way; raises ``OSError`` when another does.

    Windows has no such lock; there, nobody keeps two runs apart.
    """
    with contextlib.suppress(ImportError):
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


def sync_folder(folder: Path) -> None:
    """Write a folder's names to the disk; Windows does so by itself and cannot be asked."""
    with contextlib.suppress(PermissionError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class Journal:
    """A file of JSON lines, each on the disk when `append` returns; a line that a kill cut short is no line."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> list[dict[str, Json]]:
        """Return the lines, none when there is no file."""
        if not self._path.exists():
            return []
        whole, _, _ = self._path.read_bytes().rpartition(b"\n")
        return [json.loads(line) for line in whole.splitlines()]

    def mend(self) -> None:
        """Take off a last line that was cut short, so that the next one begins a line."""
        if not self._path.exists():
            return
        content = self._path.read_bytes()
        with self._path.open("r+b") as stream:
            stream.truncate(content.rfind(b"\n") + 1)
            sync(stream)

    def append(self, line: Mapping[str, Json]) -> None:
        """Write a line and wait until it is on the disk."""
        new = not self._path.exists()
        with self._path.open("ab") as stream:
            stream.write(json.dumps(line).encode() + b"\n")
            sync(stream)
        if new:
            sync_folder(self._path.parent)
