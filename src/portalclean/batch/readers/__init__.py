"""Ways in: page files, folders, tables and archives, as one sequence of pages.

The sequence depends on the input alone: inputs in the order in which they are given, a folder's files by their
names. What cannot be read takes its place in the sequence as a page with a problem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path

from portalclean.batch.record import Failure, Identity, InputPage, Reason, path_text

__all__ = ["Format", "Selection", "format_of", "read_pages", "total_bytes"]

STDIN = "-"


class Format(StrEnum):
    """What an input file holds."""

    PAGE = "page"
    JSONL = "jsonl"
    WARC = "warc"
    PARQUET = "parquet"
    ARROW = "arrow"


ENDINGS = {
    (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"): Format.JSONL,
    (".warc", ".warc.gz", ".warc.zst", ".wet", ".wet.gz", ".wet.zst"): Format.WARC,
    (".parquet",): Format.PARQUET,
    (".arrow", ".arrows", ".feather", ".ipc"): Format.ARROW,
}
"""What the end of a file's name says; any other file is one page."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which pages of the input are read, and how.

    ``include`` and ``exclude`` are shell patterns for the files of folders: one with a slash is held against the
    path below the folder, another against the name. ``column`` and ``url_column`` name the columns of tables.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    column: str | None = None
    url_column: str | None = None
    input_format: Format | None = None
    output: str | None = None
    """The folder that the results go to; it is no input, though it may stand in one."""
    passed: Counter[str] = field(default_factory=Counter)
    """Records of archives that are no pages, counted by what they are while the input is read."""


def read_pages(inputs: Iterable[str], selection: Selection) -> Iterator[InputPage]:
    """Yield the pages of files and folders, in order; ``-`` is standard input.

    Raises `portalclean.MissingExtra` when a format needs something that is not installed; whatever else is wrong
    with an input is the problem of a page.
    """
    for path in inputs:
        for found in _files(path, selection):
            if isinstance(found, InputPage):
                yield found
            else:
                yield from _read_file(found, selection)


def total_bytes(inputs: Iterable[str], selection: Selection) -> int:
    """Return the bytes of all the files that `read_pages` would read; nothing of them is read."""
    found = (each for path in inputs for each in _files(path, selection))
    return sum(each.weight if isinstance(each, InputPage) else file_size(each) for each in found)


def file_size(path: str) -> int:
    """Return the bytes of a file, 0 when they cannot be told."""
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def format_of(path: str) -> Format:
    """Return what the name of a file says that it holds.

    >>> format_of("CC-MAIN-2024.warc.wet.gz").value, format_of("a.html").value
    ('warc', 'page')
    """
    name = path.lower()
    return next((form for endings, form in ENDINGS.items() if name.endswith(endings)), Format.PAGE)


def _files(path: str, selection: Selection) -> Iterator[str | InputPage]:
    from portalclean.batch.readers.folders import walk

    if path != STDIN and Path(path).is_dir():
        return walk(path, selection)
    return iter([path])


def _read_file(path: str, selection: Selection) -> Iterator[InputPage]:
    match selection.input_format or format_of(path):
        case Format.JSONL:
            from portalclean.batch.readers.jsonl import read_jsonl

            return read_jsonl(path, selection)
        case Format.WARC:
            from portalclean.batch.readers.warc import read_warc

            return read_warc(path, selection)
        case Format.PARQUET:
            from portalclean.batch.readers.tables import read_parquet

            return read_parquet(path, selection)
        case Format.ARROW:
            from portalclean.batch.readers.tables import read_arrow

            return read_arrow(path, selection)
    from portalclean.batch.readers.folders import read_page

    return read_page(path)


def selected(relative: str, selection: Selection) -> bool:
    """Return whether the patterns take a file of a folder, by its path below the folder.

    >>> html = Selection(include=("*.html",), exclude=("drafts/*",))
    >>> [selected(path, html) for path in ("a.html", "b/a.html", "a.txt", "drafts/a.html")]
    [True, True, False, False]
    """
    wanted = not selection.include or any(_fits(relative, pattern) for pattern in selection.include)
    return wanted and not any(_fits(relative, pattern) for pattern in selection.exclude)


def _fits(relative: str, pattern: str) -> bool:
    return fnmatchcase(relative if "/" in pattern else relative.rpartition("/")[2], pattern)


def unreadable(path: str, error: Exception, *, row: int | None = None, offset: int | None = None) -> InputPage:
    """Return the page that stands for what could not be read, from this place on."""
    told = getattr(error, "strerror", None) or str(error) or type(error).__name__
    identity = Identity(path_text(path), offset=offset, row=row)
    return InputPage(identity, problem=Failure(Reason.UNREADABLE, told))
