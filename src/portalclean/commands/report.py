"""``portalclean report``: captures as one page of HTML, to look at and to correct."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from portalclean.article import Article
from portalclean.commands.captures import STDIN, Hints, Read, capture_options, read_capture, reader
from portalclean.commands.console import SOME_FAILED, attempted, complain, write_out
from portalclean.errors import BrokenGold
from portalclean.gold.check import problems
from portalclean.gold.files import GoldRecord, read_gold
from portalclean.render.html_report import ReportPage, html_report
from portalclean.render.html_report.pages import page_name

__all__ = ["report"]


@click.command(options_metavar="[OPTIONS]")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@click.option("-o", "--output", default=STDIN, metavar="FILE", help="Where the page goes; standard output without it.")
@click.option("--gold", metavar="PATH", help="Gold of the captures, a file or a folder: the page shows what differs.")
@capture_options
@click.pass_context
def report(ctx: click.Context, files: tuple[str, ...], output: str, gold: str | None, hints: Hints) -> None:
    """Show how FILEs were read, as one page of HTML that a browser opens; - is standard input.

    The page loads nothing. Labels and fields can be corrected in it, and the corrected page downloaded as gold. Gold
    belongs to the capture whose file has its page's name.
    """
    if hints.url and len(files) > 1:
        raise click.UsageError("--url is the address of one page; give one FILE with it")
    read, known = reader(hints), _gold(gold)
    failures: dict[str, str] = {}
    made = [attempted(file, partial(_page, file, read, known), failures) for file in files]
    pages = [page for page in made if page]
    if pages:  # once more: weights and word lists were loaded in its time
        pages[0] = replace(pages[0], seconds=_timed(read, pages[0].capture)[1])
    text = html_report(pages, failures)
    if output == STDIN:
        write_out(text)
    else:
        attempted(output, lambda: Path(output).write_text(text, "utf-8"), failures)
    ctx.exit(SOME_FAILED if failures else 0)


def _page(file: str, read: Read, gold: Mapping[str, GoldRecord]) -> ReportPage:
    capture = read_capture(file)
    article, seconds = _timed(read, capture)
    return ReportPage(file, article, capture, seconds, gold.get(page_name(file)))


def _timed(read: Read, capture: bytes) -> tuple[Article, float]:
    """Return the article and the seconds of CPU time that it took."""
    begun = time.process_time()
    article = read(capture)
    return article, time.process_time() - begun


def _gold(path: str | None) -> dict[str, GoldRecord]:
    """Return the good records of a gold file by page; what is wrong with the others is reported."""
    if path is None:
        return {}
    found: dict[str, GoldRecord] = {}
    try:
        for record in read_gold(Path(path)):
            wrong = next(problems(record), None)
            if wrong:
                complain(record.place, f"left out: {wrong}")
            else:
                found[record.page] = record
    except BrokenGold as error:
        raise click.UsageError(str(error)) from error
    return found
