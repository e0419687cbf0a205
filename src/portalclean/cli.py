"""The command line: data on standard output, everything else on standard error.

Exit codes: 0 all good, 1 some files failed, 2 usage; 130 when interrupted and 141 when the reader of the
output has gone, as shells report these two signals.
"""

from __future__ import annotations

import functools
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import click

from portalclean import Article, CaptureTooLarge, Kind, Limits, PortalCleanError, __version__, extract
from portalclean.batch.options import BatchOptions, batch_options
from portalclean.batch.record import Identity, Outcome, content_hash, identified, path_text
from portalclean.render import report
from portalclean.render.record import json_line, to_dict
from portalclean.render.safe import visible

if TYPE_CHECKING:
    from portalclean.batch.command import Batch
    from portalclean.batch.summary import Tally
    from portalclean.page import Json

__all__ = ["main"]

SOME_FAILED = 1
INTERRUPTED = 130
READER_GONE = 141

STDIN = "-"
KINDS = [kind.value for kind in Kind]
LONGEST_REASON = 300
"""Characters of an error's message: an exception may quote the whole page."""

Render = Callable[["Mapping[str, Json]", Article], str]
"""From the keys that identify a capture and its article to what is written."""


class Quiet(click.Group):
    """A group of commands that ends without a word when it is interrupted."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            _discard_output()
            ctx.exit(INTERRUPTED)


@click.group(cls=Quiet, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="portalclean", message="%(prog)s %(version)s")
def main() -> None:
    """Clean captured portal pages: HTML or flattened text in, typed articles out."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the caller knows of the captures."""

    kind: str | None
    encoding: str | None
    url: str | None


class Layout(NamedTuple):
    """How articles are laid out in the output."""

    render: Render
    opening: str = ""
    between: str = ""
    closing: str = ""
    pages: bool = False
    """Whether what is written is text for readers, which may be shown on a terminal as it is."""


def _capture_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say what is known of a capture; the command gets them together as ``hints``."""

    @functools.wraps(command)
    def gathering(*arguments: object, **values: object) -> None:
        hints = {name: values.pop(name) for name in ("kind", "encoding", "url")}
        command(*arguments, hints=Hints(**hints), **values)  # type: ignore[arg-type]

    wrapped: Callable[..., None] = gathering
    for option in (
        click.option("--url", metavar="URL", help="Address of the page: makes its links absolute."),
        click.option("--encoding", metavar="NAME", help="Encoding that the transport declared."),
        click.option("--kind", type=click.Choice(KINDS), help="What the capture is, if you know."),
    ):
        wrapped = option(wrapped)
    return wrapped


@main.command(options_metavar="[OPTIONS]")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...", type=click.Path())
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "json", "md", "txt", "parquet"]),
    default="jsonl",
    show_default=True,
    help="JSON Lines, one JSON array, Markdown, plain text or Parquet.",
)
@click.option("--blocks", is_flag=True, help="Add every block of the page and the evidence for each field.")
@_capture_options
@batch_options
@click.pass_context
def clean(
    ctx: click.Context, inputs: tuple[str, ...], form: str, blocks: bool, hints: Hints, batch: BatchOptions
) -> None:
    """Write the articles of each INPUT to standard output, or into a folder; - is standard input.

    An INPUT is a page, a folder of inputs, JSON Lines, a WARC or WET archive, Parquet or Arrow IPC, by its name. A
    record carries the path of its file under "file". What cannot be cleaned gives one line on standard error, or in
    the folder's rejects, and the next page is taken.

    Pages that are named one by one are cleaned here, one after another. Everything else, and whatever is given one
    of the options from --output to --summary, is a batch: cleaned by worker processes, each page within a time limit.
    """
    if blocks and form in ("md", "txt"):
        raise click.UsageError("--blocks goes with --format json, jsonl and parquet")
    if batch.wanted(inputs) or form == "parquet":
        ctx.exit(_clean_batch(inputs, form, blocks, hints, batch))
    if hints.url and len(inputs) > 1:
        raise click.UsageError("--url is the address of one page; give one FILE with it")
    layout = _layout(form, blocks=blocks)
    written = 0
    _write(layout.opening)
    for file in inputs:
        rendered = _rendered(file, hints, layout.render)
        if rendered is not None:
            _write((layout.between if written else "") + rendered)
            written += 1
    _write(layout.closing)
    ctx.exit(SOME_FAILED if written < len(inputs) else 0)


def _clean_batch(inputs: tuple[str, ...], form: str, blocks: bool, hints: Hints, options: BatchOptions) -> int:
    """Clean many pages in processes; return the exit code."""
    from portalclean.batch.cleaner import Cleaner, Form
    from portalclean.batch.command import Batch, check_usage

    check_usage(form, options, hints.url)
    batch = Batch(inputs, Cleaner(Form(form), blocks, hints.kind, hints.encoding), options)
    try:
        tally = batch.to_folder() if options.output else _stream(batch, _layout(form, blocks=blocks))
    except OSError as error:
        _complain(str(error.filename or options.output or "input"), error.strerror or str(error))
        return SOME_FAILED
    except PortalCleanError as error:
        click.echo(f"portalclean: {visible(str(error))}", err=True)
        return SOME_FAILED
    rejected = tally.errors.total()
    if rejected and options.output is not None:
        _complain(options.output, f"{rejected:,} of {tally.pages:,} pages were rejected; rejects-*.jsonl says why")
    return SOME_FAILED if rejected else 0


def _stream(batch: Batch, layout: Layout) -> Tally:
    """Write a batch to standard output, its failures to standard error."""
    written = 0

    def write(outcome: Outcome) -> None:
        nonlocal written
        file = outcome.identity.file
        if outcome.failure is not None:
            place = next((f" {name} {at}" for name, at in _places(outcome.identity) if at is not None), "")
            _complain(f"{file}{place}", outcome.failure.detail)
            return
        assert isinstance(outcome.rendered, bytes)
        text = outcome.rendered.decode()
        if layout.pages:
            text = _page_text(file, text, outcome.facts.empty_because if outcome.facts else None)
        _write((layout.between if written else "") + text)
        written += 1

    _write(layout.opening)
    tally = batch.to_stream(write)
    _write(layout.closing)
    return tally


def _places(identity: Identity) -> tuple[tuple[str, int | None], ...]:
    return ("offset", identity.offset), ("row", identity.row)


@main.command()
@click.argument("file", metavar="FILE", type=click.Path())
@_capture_options
@click.pass_context
def explain(ctx: click.Context, file: str, hints: Hints) -> None:
    """Show how FILE was read; - is standard input.

    First one line for each block: number, label, confidence, reason, text. Then each field with its value
    and the evidence for it, candidates that lost included.
    """
    rendered = _rendered(file, hints, _report)
    if rendered is None:
        ctx.exit(SOME_FAILED)
    _write(rendered)


def _layout(form: str, *, blocks: bool) -> Layout:
    """Return the layout of this format."""

    def record(keys: Mapping[str, Json], article: Article, indent: int | None = None) -> str:
        return json_line({**keys, **to_dict(article, blocks=blocks)}, indent)

    match form:
        case "json":
            return Layout(lambda keys, article: record(keys, article, 2), "[\n", ",\n", "\n]\n")
        case "md":
            return Layout(
                lambda keys, article: _page(keys, article, article.to_markdown()), between="\n---\n\n", pages=True
            )
        case "txt":
            return Layout(lambda keys, article: _page(keys, article, article.to_text()), between="\n", pages=True)
    return Layout(lambda keys, article: record(keys, article) + "\n")


def _page(keys: Mapping[str, Json], article: Article, text: str) -> str:
    return _page_text(str(keys["file"]), text + "\n", article.empty_because)


def _page_text(file: str, text: str, empty_because: str | None) -> str:
    """Return an article's text as it is written out, safe to look at when it goes to a terminal."""
    if empty_because:
        _complain(file, f"no main content: {empty_because}")
    return visible(text, keep_lines=True) if _on_terminal() else text


def _report(_: Mapping[str, Json], article: Article) -> str:
    if not _on_terminal():
        return report.explain(article) + "\n"
    colourful = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    paper = report.Paper(shutil.get_terminal_size().columns, _painted if colourful else None)
    return report.explain(article, paper) + "\n"


def _painted(text: str, colour: str) -> str:
    return click.style(text, bold=True) if colour == "bold" else click.style(text, fg=colour)


def _rendered(file: str, hints: Hints, render: Render) -> str | None:
    """Return one file's article, rendered; ``None`` when that failed, which is then reported."""
    try:
        capture = _read(file)
        article = extract(capture, kind=hints.kind, encoding=hints.encoding, url=hints.url)
        return render(identified(Identity(path_text(file), url=hints.url), content_hash(capture)), article)
    except OSError as error:
        _complain(file, error.strerror or str(error))
    except PortalCleanError as error:
        _complain(file, str(error))
    except Exception as error:  # one page must not end a run over thousands, whatever it hit upon
        _complain(file, f"unexpected {type(error).__name__}: {error}".removesuffix(": "))
    return None


def _read(file: str) -> bytes:
    """Return the bytes of a file or of standard input, never much more than may be cleaned."""
    limit = Limits().bytes
    if file == STDIN:
        if sys.stdin is None:
            raise OSError("standard input is closed")
        capture = sys.stdin.buffer.read(limit + 1)
    else:
        with Path(file).open("rb") as stream:
            capture = stream.read(limit + 1)
    if len(capture) > limit:
        raise CaptureTooLarge(f"the capture is over the limit of {limit:,} bytes")
    return capture


def _complain(file: str, reason: str) -> None:
    """Say in one line on standard error what was wrong with a file."""
    click.echo(f"portalclean: {visible(file)}: {visible(reason)[:LONGEST_REASON]}", err=True)


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _write(text: str) -> None:
    """Write to standard output as UTF-8, whatever the locale, and at once."""
    try:
        if sys.stdout is None:
            raise OSError("closed")
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _end(READER_GONE)
    except OSError as error:
        _complain("standard output", error.strerror or str(error))
        _end(SOME_FAILED)


def _end(status: int) -> NoReturn:
    _discard_output()
    click.get_current_context().exit(status)


def _discard_output() -> None:
    """Send what is still buffered nowhere: else the interpreter tries to write it on its way out."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
