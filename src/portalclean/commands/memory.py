"""``portalclean memory``: what the pages of each host share, counted into a file for ``--memory``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import click

import portalclean
from portalclean.batch.cleaner import read_capture
from portalclean.batch.options import selection_options
from portalclean.batch.readers import Selection, read_pages
from portalclean.batch.record import InputPage
from portalclean.bodies.addresses import host_of
from portalclean.commands.console import SOME_FAILED, attempted, shortened
from portalclean.errors import PortalCleanError
from portalclean.memory import MOST, SiteMemory
from portalclean.page import Page
from portalclean.render.safe import visible

__all__ = ["memory"]


@click.command(options_metavar="[OPTIONS]")
@click.argument("inputs", nargs=-1, metavar="INPUT...", type=click.Path())
@click.option("-o", "--output", required=True, metavar="FILE", type=click.Path(), help="Where the memory goes.")
@click.option("--merge", multiple=True, metavar="FILE", type=click.Path(), help="Add this memory; may be repeated.")
@click.option(
    "--most", type=click.IntRange(min=1), default=MOST, show_default=True, help="Entries to keep, some 100 bytes each."
)
@selection_options
@click.pass_context
def memory(
    ctx: click.Context, inputs: tuple[str, ...], output: str, merge: tuple[str, ...], most: int, selection: Selection
) -> None:
    """Count for each host how many of its pages in the INPUTs hold each text, for `portalclean clean --memory`.

    Inputs are those of `portalclean clean`. A page's host is that of its address: pages without one are passed over.
    """
    if not inputs and not merge:
        raise click.UsageError("give an INPUT or --merge FILE")
    counted = SiteMemory(most)
    for path in merge:
        counted.merge(_loaded(path))
    try:
        all_good = _see_all(read_pages(inputs, selection), counted)
    except PortalCleanError as error:
        click.echo(f"portalclean: {visible(str(error))}", err=True)
        ctx.exit(SOME_FAILED)
    failures: dict[str, str] = {}
    attempted(output, partial(counted.save, output), failures)
    ctx.exit(0 if all_good and not failures else SOME_FAILED)


def _see_all(inputs: Iterable[InputPage], counted: SiteMemory) -> bool:
    """Count pages; return whether each could be read. What could not, and what has no host, is reported."""
    failures = nameless = 0
    for each in inputs:
        page = attempted(each.identity.file, partial(_page, each))
        if page is None:
            failures += 1
            continue
        counted.see(page)
        nameless += not host_of(page.url)
    if nameless:
        pages = "page without an address was" if nameless == 1 else "pages without an address were"
        click.echo(f"portalclean: {nameless:,} {pages} passed over", err=True)
    return not failures


def _loaded(path: str) -> SiteMemory:
    try:
        return SiteMemory.load(path)
    except PortalCleanError as error:
        raise click.UsageError(shortened(str(error))) from error
    except OSError as error:
        raise click.UsageError(f"{path}: {error.strerror}") from error


def _page(page: InputPage) -> Page:
    if page.problem is not None:
        raise PortalCleanError(page.problem.detail)
    return portalclean.read(read_capture(page), url=page.identity.url, kind=page.kind, encoding=page.encoding)
