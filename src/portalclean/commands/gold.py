"""``portalclean gold``: gold files checked, and gathered into a set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from portalclean.commands.console import SOME_FAILED, attempted, complain
from portalclean.errors import BrokenGold
from portalclean.gold.check import problems
from portalclean.gold.files import GoldRecord, read_gold
from portalclean.gold.gather import gather as gather_records

__all__ = ["gold"]


@click.group()
def gold() -> None:
    """Check gold, and gather it into a set that the labeller can learn from."""


@gold.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path())
@click.pass_context
def check(ctx: click.Context, paths: tuple[str, ...]) -> None:
    """Say what is wrong with the gold in PATHs, files or folders of a set, one line for each defect."""
    good, bad = _sorted(paths)
    click.echo(f"{good:,} good, {bad:,} not" if bad else f"{good:,} good", err=True)
    ctx.exit(SOME_FAILED if bad or not good else 0)


@gold.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path())
@click.option("--into", required=True, metavar="FOLDER", help="The set; it is made where it does not exist.")
@click.pass_context
def gather(ctx: click.Context, paths: tuple[str, ...], into: str) -> None:
    """Add the gold in PATHs to a set: gold.jsonl, and the pages in html/ and text/.

    A page that the set has already is replaced. Defective records are left out and named.
    """
    kept: list[GoldRecord] = []
    _, bad = _sorted(paths, kept)
    count = attempted(into, lambda: gather_records(kept, Path(into))) if kept else 0
    click.echo(f"{count or 0:,} page{'' if count == 1 else 's'} gathered", err=True)
    ctx.exit(SOME_FAILED if bad or not count else 0)


def _sorted(paths: tuple[str, ...], kept: list[GoldRecord] | None = None) -> tuple[int, int]:
    """Return how many records are good and how many are not; the good ones are kept, the others' defects told."""
    good = bad = 0
    for record in _records(paths):
        defects = list(problems(record)) if record else [""]
        for defect in filter(None, defects):
            name = f"page {record.page}" if record and record.page else "a page without a name"
            complain(record.place if record else "", f"{name}: {defect}")
        good, bad = good + (not defects), bad + bool(defects)
        if record and not defects and kept is not None:
            kept.append(record)
    return good, bad


def _records(paths: tuple[str, ...]) -> Iterator[GoldRecord | None]:
    """Yield the records; ``None`` for a file that cannot be read any further, which is then reported."""
    for path in paths:
        try:
            yield from read_gold(Path(path))
        except BrokenGold as error:
            click.echo(f"portalclean: {error}", err=True)
            yield None
