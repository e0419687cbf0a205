"""Files that are a page each, and the folders in which files stand."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from portalclean.batch.readers import STDIN, Selection, selected, unreadable
from portalclean.batch.record import Failure, Identity, InputPage, Reason, path_text
from portalclean.page import Limits

__all__ = ["read_page", "walk"]


def read_page(path: str) -> Iterator[InputPage]:
    """Yield the page that a file is. A worker reads it, so that a file that hangs cannot hang the run."""
    if path == STDIN:
        if sys.stdin is None:
            yield unreadable(path, OSError("standard input is closed"))
            return
        limit = Limits().bytes
        try:
            capture = sys.stdin.buffer.read(limit + 1)
        except OSError as error:
            yield unreadable(path, error)
            return
        problem = Failure(Reason.TOO_LARGE, f"the capture is over the limit of {limit:,} bytes")
        yield InputPage(Identity(STDIN), capture, problem=problem if len(capture) > limit else None)
        return
    try:
        size = Path(path).stat().st_size
    except OSError as error:
        yield unreadable(path, error)
        return
    yield InputPage(Identity(path_text(path)), path=path, weight=size)


def walk(folder: str, selection: Selection) -> Iterator[str | InputPage]:
    """Yield the paths of a folder's files and of those below, in the order of their names.

    Folders that are symbolic links are not entered: they may lead in a circle. What is neither a file nor a
    folder (a pipe, a device) and what cannot be listed comes as a page with a problem.
    """
    yield from _walk(folder, "", selection)


def _walk(folder: str, relative: str, selection: Selection) -> Iterator[str | InputPage]:
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield unreadable(folder, error)
        return
    for entry in listed:
        below = f"{relative}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if selection.output is None or not _same(entry.path, selection.output):
                yield from _walk(entry.path, f"{below}/", selection)
        elif selected(below, selection):
            if _is_strange(entry):
                yield unreadable(entry.path, OSError("neither a file nor a folder"))
            elif not entry.is_dir():
                yield entry.path


def _is_strange(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry is a pipe, a socket or a device; a link that leads nowhere is told when it is read."""
    try:
        mode = entry.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _same(path: str, other: str) -> bool:
    try:
        return Path(path).samefile(other)
    except OSError:
        return False
