"""``portalclean clean``: the articles of captures, written to standard output or into a folder."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import closing
from dataclasses import replace
from typing import NamedTuple

import click

from portalclean.batch.cleaner import Cleaner, Form
from portalclean.batch.options import BatchOptions, batch_options, check_usage
from portalclean.batch.readers import Selection, read_pages
from portalclean.batch.record import Identity, Outcome, failed
from portalclean.commands.captures import Hints, capture_options
from portalclean.commands.console import SOME_FAILED, complain, on_terminal, write_out
from portalclean.errors import PortalCleanError
from portalclean.render.safe import visible

__all__ = ["clean"]


@click.command(options_metavar="[OPTIONS]")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...", type=click.Path())
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Form]),
    default=Form.JSONL.value,
    show_default=True,
    help="JSON Lines, one JSON array, Markdown, plain text or Parquet.",
)
@click.option("--blocks", is_flag=True, help="Add every block of the page and the evidence for each field.")
@capture_options
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
    if blocks and form in (Form.MARKDOWN, Form.TEXT):
        raise click.UsageError("--blocks goes with --format json, jsonl and parquet")
    is_batch = batch.wanted(inputs) or form == Form.PARQUET
    if is_batch:
        check_usage(form, batch, hints.url)
    elif hints.url and len(inputs) > 1:
        raise click.UsageError("--url is the address of one page; give one FILE with it")
    cleaner = Cleaner(Form(form), blocks, hints.kind, hints.encoding, hints.pipeline())
    if is_batch:
        all_good = _clean_batch(inputs, cleaner, hints, batch)
    else:
        all_good = _write_articles(cleaner.form, _cleaned_here(inputs, cleaner, hints.url))
    ctx.exit(0 if all_good else SOME_FAILED)


class Layout(NamedTuple):
    """How articles are laid out on standard output."""

    opening: str = ""
    between: str = ""
    closing: str = ""
    for_readers: bool = False
    """Whether it is text for readers, which may be shown on a terminal as it is."""


LAYOUTS = {
    Form.JSONL: Layout(),
    Form.JSON: Layout("[\n", ",\n", "\n]\n"),
    Form.MARKDOWN: Layout(between="\n---\n\n", for_readers=True),
    Form.TEXT: Layout(between="\n", for_readers=True),
}


def _cleaned_here(inputs: tuple[str, ...], cleaner: Cleaner, url: str | None) -> Generator[Outcome, None, None]:
    """Yield what comes of pages that are cleaned in this process, one after another."""
    for page in read_pages(inputs, Selection()):
        named = replace(page, identity=replace(page.identity, url=url))
        yield cleaner(named) if named.problem is None else failed(named, named.problem)


def _clean_batch(inputs: tuple[str, ...], cleaner: Cleaner, hints: Hints, options: BatchOptions) -> bool:
    """Clean pages in worker processes; return whether each has its article. What ends the run is reported."""
    from portalclean.batch.command import Batch

    try:
        batch = Batch(inputs, cleaner, options, hints.pipeline_files())
        if options.output is None:
            with closing(batch.outcomes()) as outcomes:
                return _write_articles(cleaner.form, outcomes)
        tally = batch.to_folder()
    except OSError as error:
        complain(str(error.filename or options.output or "input"), error.strerror or str(error))
        return False
    except PortalCleanError as error:
        click.echo(f"portalclean: {visible(str(error))}", err=True)
        return False
    rejected = tally.errors.total()
    if rejected:
        complain(options.output, f"{rejected:,} of {tally.pages:,} pages were rejected; rejects-*.jsonl says why")
    return not rejected


def _write_articles(form: Form, outcomes: Iterable[Outcome]) -> bool:
    """Write articles to standard output, failures to standard error; return whether there is no failure."""
    layout = LAYOUTS[form]
    written = failures = 0
    write_out(layout.opening)
    for outcome in outcomes:
        if outcome.failure is not None:
            complain(_place(outcome.identity), outcome.failure.detail)
            failures += 1
            continue
        write_out((layout.between if written else "") + _shown(outcome, layout))
        written += 1
    write_out(layout.closing)
    return not failures


def _place(identity: Identity) -> str:
    """Say where a page stands in the input.

    >>> _place(Identity("pages.jsonl", row=7)), _place(Identity("page.html"))
    ('pages.jsonl row 7', 'page.html')
    """
    if identity.offset is not None:
        return f"{identity.file} offset {identity.offset}"
    return identity.file if identity.row is None else f"{identity.file} row {identity.row}"


def _shown(outcome: Outcome, layout: Layout) -> str:
    """Return an article as it is written out, safe to look at when it goes to a terminal."""
    assert isinstance(outcome.rendered, bytes)
    text = outcome.rendered.decode()
    if not layout.for_readers:
        return text
    if outcome.facts is not None and outcome.facts.empty_because:
        complain(outcome.identity.file, f"no main content: {outcome.facts.empty_because}")
    return visible(text, keep_lines=True) if on_terminal() else text
