"""The options of `portalclean clean` that are for many pages."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields

import click

from portalclean.batch.cleaner import Form
from portalclean.batch.readers import Format, Selection, format_of
from portalclean.commands.gathering import gathered

__all__ = ["DEFAULT_TIME_LIMIT", "SHARD_SIZE", "BatchOptions", "batch_options", "check_usage", "selection_options"]

DEFAULT_TIME_LIMIT = 60.0
"""Seconds of wall clock that a page may take: `portalclean.Limits` keeps the worst input within a few, and the rest is
room for a machine that does other things too."""
SHARD_SIZE = 10_000
"""Pages of a shard: a minute or two of one core's work, which is the most that a kill can cost."""


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """What the command line says of a batch; ``None`` and empty where it says nothing."""

    output: str | None
    resume: bool
    retry: bool
    shard_size: int | None
    jobs: int | None
    time_limit: float | None
    unordered: bool
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    column: str | None
    url_column: str | None
    input_format: str | None
    summary: str | None

    def wanted(self, inputs: tuple[str, ...]) -> bool:
        """Return whether this is a batch: by an option, or because an input holds more than one page."""
        asked = any(getattr(self, field.name) for field in fields(self))
        return asked or any(os.path.isdir(path) or format_of(path) is not Format.PAGE for path in inputs)  # noqa: PTH112


SELECTION = (
    click.option("--include", multiple=True, metavar="GLOB", help="Take these files of folders only; may be repeated."),
    click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out these files of folders; may be repeated."),
    click.option(
        "--column", metavar="NAME", help="Column of a table that holds the pages.  [default: html, then text]"
    ),
    click.option("--url-column", metavar="NAME", help="Column of a table that holds the addresses.  [default: url]"),
    click.option(
        "--input-format",
        type=click.Choice([form.value for form in Format]),
        help="What all inputs hold, whatever their names say; needed for tables and archives on standard input.",
    ),
)
"""Which pages of the input are read, and how."""
OPTIONS = (
    click.option("-o", "--output", metavar="FOLDER", type=click.Path(), help="Write shards and rejects into FOLDER."),
    click.option("--resume", is_flag=True, help="Go on with the run in FOLDER, or begin one."),
    click.option("--retry", is_flag=True, help="With --resume: try again what was rejected."),
    click.option(
        "--shard-size",
        type=click.IntRange(min=1),
        metavar="PAGES",
        help=f"Pages of the input for each shard.  [default: {SHARD_SIZE}]",
    ),
    click.option(
        "-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes.  [default: one for each core]"
    ),
    click.option(
        "--time-limit",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help=f"The longest that a page may take.  [default: {DEFAULT_TIME_LIMIT:g}]",
    ),
    click.option("--unordered", is_flag=True, help="Write records as they are done, not in the order of the input."),
    *SELECTION,
    click.option("--summary", metavar="FILE", type=click.Path(), help="Write counts and speed to FILE as JSON."),
)


def check_usage(form: str, options: BatchOptions, url: str | None) -> None:
    """Raise ``click.UsageError`` for options that do not go together."""
    if url is not None:
        raise click.UsageError("--url is the address of one page; tables and archives bring theirs with them")
    if options.output is None:
        for name, given in (("--resume", options.resume), ("--shard-size", options.shard_size)):
            if given:
                raise click.UsageError(f"{name} goes with --output FOLDER")
        if form == Form.PARQUET:
            raise click.UsageError("--format parquet goes with --output FOLDER")
    else:
        if options.unordered:
            raise click.UsageError("--unordered goes with standard output; shards have the order of the input")
        if form == Form.JSON:
            raise click.UsageError("--format json goes with standard output; the shards of jsonl hold the same")
    if options.retry and not options.resume:
        raise click.UsageError("--retry goes with --resume")


def _selection(
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    column: str | None,
    url_column: str | None,
    input_format: str | None,
) -> Selection:
    return Selection(include, exclude, column, url_column, Format(input_format) if input_format else None)


batch_options = gathered("batch", BatchOptions, OPTIONS)
"""Adds the options to a command, which gets them together as ``batch``."""
selection_options = gathered("selection", _selection, SELECTION)
"""Adds the options that choose pages to a command, which gets them together as ``selection``."""
