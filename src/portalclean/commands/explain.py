"""``portalclean explain``: how one page was read, as lines for a terminal."""

from __future__ import annotations

import os
import shutil

import click

from portalclean.article import Article
from portalclean.commands.captures import Hints, capture_options, read_capture, reader
from portalclean.commands.console import SOME_FAILED, attempted, on_terminal, write_out
from portalclean.render import report

__all__ = ["explain"]


@click.command()
@click.argument("file", metavar="FILE", type=click.Path())
@capture_options
@click.pass_context
def explain(ctx: click.Context, file: str, hints: Hints) -> None:
    """Show how FILE was read; - is standard input.

    First one line for each block: number, label, confidence, reason, text. Then each field with its value
    and the evidence for it, candidates that lost included.
    """
    read = reader(hints)
    rendered = attempted(file, lambda: _report(read(read_capture(file))))
    if rendered is None:
        ctx.exit(SOME_FAILED)
    write_out(rendered)


def _report(article: Article) -> str:
    if not on_terminal():
        return report.explain(article) + "\n"
    colourful = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    paper = report.Paper(shutil.get_terminal_size().columns, _painted if colourful else None)
    return report.explain(article, paper) + "\n"


def _painted(text: str, colour: str) -> str:
    return click.style(text, bold=True) if colour == "bold" else click.style(text, fg=colour)
