"""The command line: data on standard output, everything else on standard error.

Exit codes: 0 all good, 1 some files failed, 2 usage; 130 when interrupted and 141 when the reader of the
output has gone, as shells report these two signals.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, NoReturn, TypedDict, TypeVar, Unpack

import click

from portalclean import Article, CaptureTooLarge, Kind, Limits, Pipeline, PortalCleanError, __version__, extract
from portalclean.render import report
from portalclean.render.record import json_line, to_dict
from portalclean.render.safe import storable, visible

__all__ = ["main"]

SOME_FAILED = 1
INTERRUPTED = 130
READER_GONE = 141
COMMANDS = {"gold": "portalclean.commands.gold", "report": "portalclean.commands.report"}
"""Commands that stand in modules of their own."""

STDIN = "-"
KINDS = [kind.value for kind in Kind]
LONGEST_REASON = 300
"""Characters of an error's message: an exception may quote the whole page."""

Render = Callable[[str, Article], str]
"""From a file's name and its article to what is written."""
Read = Callable[[bytes], Article]
Done = TypeVar("Done")


class Quiet(click.Group):
    """A group of commands that ends without a word when it is interrupted.

    Commands with a module of their own are read when they are asked for: a short command starts fast.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        command: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        return command

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
    weights: str | None = None
    rules: tuple[str, ...] = ()

    def pipeline(self) -> Pipeline | None:
        """Return the pipeline that the caller asks for, ``None`` for the default one.

        Raises `BrokenWeights` and `SiteRuleError` for files that cannot be used.
        """
        if not self.weights and not self.rules:
            return None
        pipeline = Pipeline()
        if self.weights:
            from portalclean.labelling.network import network_labeller

            pipeline = pipeline.replace("label", network_labeller(self.weights))
        if self.rules:
            from portalclean.sites import load_rules, with_site_rules

            pipeline = with_site_rules(pipeline, [site for path in self.rules for site in load_rules(Path(path))])
        return pipeline


class HintOptions(TypedDict):
    """The options of `capture_options`, as a command gets them."""

    kind: str | None
    encoding: str | None
    url: str | None
    weights: str | None
    rules: tuple[str, ...]


class Layout(NamedTuple):
    """How articles are laid out in the output."""

    render: Render
    opening: str = ""
    between: str = ""
    closing: str = ""


def capture_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say what is known of a capture and how it is read."""
    for option in (
        click.option(
            "--rules",
            multiple=True,
            metavar="PATH",
            help="Site rules, a TOML file or a folder of them; may be given again.",
        ),
        click.option("--weights", metavar="FILE", help="Weights of the labeller, instead of those that come with it."),
        click.option("--url", metavar="URL", help="Address of the page: makes its links absolute."),
        click.option("--encoding", metavar="NAME", help="Encoding that the transport declared."),
        click.option("--kind", type=click.Choice(KINDS), help="What the capture is, if you know."),
    ):
        command = option(command)
    return command


@main.command(options_metavar="[OPTIONS]")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "json", "md", "txt"]),
    default="jsonl",
    show_default=True,
    help="JSON Lines, one JSON array, Markdown or plain text.",
)
@click.option("--blocks", is_flag=True, help="Add every block of the page and the evidence for each field.")
@capture_options
@click.pass_context
def clean(ctx: click.Context, files: tuple[str, ...], form: str, blocks: bool, **hints: Unpack[HintOptions]) -> None:
    """Write each FILE's article to standard output; - is standard input.

    A record carries the path of its file under "file". A file that cannot be cleaned gives one line on
    standard error, and the next file is taken.
    """
    if blocks and form in ("md", "txt"):
        raise click.UsageError("--blocks goes with --format json and jsonl")
    if hints["url"] and len(files) > 1:
        raise click.UsageError("--url is the address of one page; give one FILE with it")
    layout, read = _layout(form, blocks=blocks), reader(Hints(**hints))
    written = 0
    write_out(layout.opening)
    for file in files:
        rendered = _rendered(file, read, layout.render)
        if rendered is not None:
            write_out((layout.between if written else "") + rendered)
            written += 1
    write_out(layout.closing)
    ctx.exit(SOME_FAILED if written < len(files) else 0)


@main.command()
@click.argument("file", metavar="FILE", type=click.Path())
@capture_options
@click.pass_context
def explain(ctx: click.Context, file: str, **hints: Unpack[HintOptions]) -> None:
    """Show how FILE was read; - is standard input.

    First one line for each block: number, label, confidence, reason, text. Then each field with its value
    and the evidence for it, candidates that lost included.
    """
    rendered = _rendered(file, reader(Hints(**hints)), _report)
    if rendered is None:
        ctx.exit(SOME_FAILED)
    write_out(rendered)


def _layout(form: str, *, blocks: bool) -> Layout:
    """Return the layout of this format."""

    def record(file: str, article: Article, indent: int | None = None) -> str:
        return json_line({"file": storable(file), **to_dict(article, blocks=blocks)}, indent)

    match form:
        case "json":
            return Layout(lambda file, article: record(file, article, 2), "[\n", ",\n", "\n]\n")
        case "md":
            return Layout(lambda file, article: _page(file, article, article.to_markdown()), between="\n---\n\n")
        case "txt":
            return Layout(lambda file, article: _page(file, article, article.to_text()), between="\n")
    return Layout(lambda file, article: record(file, article) + "\n")


def _page(file: str, article: Article, text: str) -> str:
    """Return an article's text as it is written out, safe to look at when it goes to a terminal."""
    if article.empty_because:
        complain(file, f"no main content: {article.empty_because}")
    return (visible(text, keep_lines=True) if _on_terminal() else text) + "\n"


def _report(_: str, article: Article) -> str:
    if not _on_terminal():
        return report.explain(article) + "\n"
    colourful = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    paper = report.Paper(shutil.get_terminal_size().columns, _painted if colourful else None)
    return report.explain(article, paper) + "\n"


def _painted(text: str, colour: str) -> str:
    return click.style(text, bold=True) if colour == "bold" else click.style(text, fg=colour)


def reader(hints: Hints) -> Read:
    """Return how files are read; ends the program where the weights or rules that are asked for cannot be used."""
    try:
        pipeline = hints.pipeline()
    except PortalCleanError as error:
        raise click.UsageError(visible(str(error))[:LONGEST_REASON]) from error

    def read(capture: bytes) -> Article:
        return extract(capture, kind=hints.kind, encoding=hints.encoding, url=hints.url, pipeline=pipeline)

    return read


def _rendered(file: str, read: Read, render: Render) -> str | None:
    """Return one file's article, rendered; ``None`` when that failed, which is then reported."""
    return attempted(file, lambda: render(file, read(read_capture(file))))


def attempted(file: str, work: Callable[[], Done], failures: dict[str, str] | None = None) -> Done | None:
    """Return what the work on a file gives; ``None`` when it failed, which is then reported and noted."""
    try:
        return work()
    except OSError as error:
        reason = error.strerror or str(error)
    except PortalCleanError as error:
        reason = str(error)
    except Exception as error:  # one page must not end a run over thousands, whatever it hit upon
        reason = f"unexpected {type(error).__name__}: {error}".removesuffix(": ")
    complain(file, reason)
    if failures is not None:
        failures[file] = visible(reason)[:LONGEST_REASON]
    return None


def read_capture(file: str) -> bytes:
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


def complain(file: str, reason: str) -> None:
    """Say in one line on standard error what was wrong with a file."""
    click.echo(f"portalclean: {visible(file)}: {visible(reason)[:LONGEST_REASON]}", err=True)


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def write_out(text: str) -> None:
    """Write to standard output as UTF-8, whatever the locale, and at once."""
    try:
        if sys.stdout is None:
            raise OSError("closed")
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _end(READER_GONE)
    except OSError as error:
        complain("standard output", error.strerror or str(error))
        _end(SOME_FAILED)


def _end(status: int) -> NoReturn:
    _discard_output()
    click.get_current_context().exit(status)


def _discard_output() -> None:
    """Send what is still buffered nowhere: else the interpreter tries to write it on its way out."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
