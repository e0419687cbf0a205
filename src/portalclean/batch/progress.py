"""How far a run is, on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from portalclean.batch.record import Outcome

__all__ = ["progress", "wanted"]

BETWEEN = 0.2
"""Seconds between two looks of the bar."""


def wanted() -> bool:
    """Return whether there is a terminal for the bar that does not show the records."""
    out, err = (stream is not None and stream.isatty() for stream in (sys.stdout, sys.stderr))
    return err and not out


@contextmanager
def progress(total: int, passed: Callable[[], int]) -> Iterator[Callable[[Outcome], None]]:
    """Show a bar over ``total`` bytes of input, with pages, rate, errors and the time left.

    It is moved by what it gives: a function that takes each outcome. ``passed`` returns the bytes of the input that
    need no cleaning any more.
    """
    start = time.monotonic()
    state = {"pages": 0, "errors": 0, "bytes": 0, "shown": 0}
    looked = start

    def told(_: object) -> str:
        rate = state["pages"] / max(time.monotonic() - start, 1e-9)
        return f"{state['pages']:,} pages, {rate:,.0f}/s, {state['errors']:,} errors"

    with click.progressbar(length=max(total, 1), file=sys.stderr, item_show_func=told) as bar:

        def show() -> None:
            done = state["bytes"] + passed()
            bar.update(done - state["shown"], "")
            state["shown"] = done

        def move(outcome: Outcome) -> None:
            nonlocal looked
            state["pages"] += 1
            state["errors"] += outcome.failure is not None
            state["bytes"] += outcome.weight
            if time.monotonic() - looked > BETWEEN:
                show()
                looked = time.monotonic()

        yield move
        show()
