"""Where the commands write: standard output and standard error, and what becomes of a failure."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn, TypeVar

import click

from portalclean.errors import PortalCleanError
from portalclean.render.safe import visible

__all__ = [
    "INTERRUPTED",
    "SOME_FAILED",
    "attempted",
    "complain",
    "discard_output",
    "on_terminal",
    "shortened",
    "write_out",
]

SOME_FAILED = 1
INTERRUPTED = 130
READER_GONE = 141

LONGEST_REASON = 300
"""Characters of an error's message: an exception may quote the whole page."""

Done = TypeVar("Done")


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
        failures[file] = shortened(reason)
    return None


def complain(file: str, reason: str) -> None:
    """Say in one line on standard error what was wrong with a file."""
    click.echo(f"portalclean: {visible(file)}: {shortened(reason)}", err=True)


def shortened(reason: str) -> str:
    """Return an error's message as it can be shown: visible, on one line, not too long."""
    return visible(reason)[:LONGEST_REASON]


def on_terminal() -> bool:
    """Whether standard output is shown to somebody."""
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


def discard_output() -> None:
    """Send what is still buffered nowhere: else the interpreter tries to write it on its way out."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end(status: int) -> NoReturn:
    discard_output()
    click.get_current_context().exit(status)
