"""One process that runs all systems, watched from outside: a page that hangs or kills it becomes an error.

The worker stays up from page to page, so that systems meet each page one after the other in the same warm
process. It gets one order, answers it, and waits. When it dies or takes too long, the watcher reports that
for this page and system alone and starts a new worker for the next.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import NamedTuple

from benchmarks.corpora import SAMPLE, read_folder
from benchmarks.systems import SYSTEMS, Adapter, Capture, Output, System

__all__ = ["Answer", "Guard", "Order", "installed", "work_on_orders"]

SETTINGS = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}
"""The worker's environment: one thread for linear algebra and pools, and sets in the same order each run."""
PATIENCE = 60.0
"""Seconds of wall time that one page may take; the slowest page of a peer that came to an end took 3."""


class Answer(NamedTuple):
    """What came of one page: an output or an error, and the CPU seconds of the extraction."""

    output: Output | None
    error: str | None
    seconds: float


class Order(NamedTuple):
    """One page for one system."""

    system: str
    capture: Capture


class Guard:
    """Runs systems in a worker process and outlives it.

    >>> with Guard() as guard:
    ...     guard.ask("line filter (text)", Capture(b"short")).output
    Output(text='', fields={}, confidence=None, blocks=())
    """

    def __init__(self, patience: float = PATIENCE, work: Callable[[Connection], None] | None = None) -> None:
        self._patience = patience
        self._work = work or work_on_orders
        self._worker: BaseProcess | None = None
        self._line: Connection | None = None

    def __enter__(self) -> Guard:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def ask(self, system: str, capture: Capture) -> Answer:
        """Run a system on a capture; a crash, a hang or an exception is an answer with an error."""
        try:
            line = self._line or self._start()
            line.send(Order(system, capture))
            if not line.poll(self._patience):
                self._stop()
                return Answer(None, f"no answer in {self._patience:.0f} s", self._patience)
            answer: Answer = line.recv()
        except (EOFError, OSError):
            code = self._stop()
            return Answer(None, f"the process died (exit code {code})", 0.0)
        return answer

    def _start(self) -> Connection:
        os.environ.update(SETTINGS)
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._worker = context.Process(target=self._work, args=(theirs,), daemon=True)
        self._worker.start()
        theirs.close()
        self._line.recv()
        return self._line

    def _stop(self) -> int | None:
        """End the worker and return its exit code, if it had already ended by itself."""
        if self._worker is None or self._line is None:
            return None
        self._line.close()  # a worker that waits for an order ends on this
        self._worker.join(timeout=1.0)
        code = self._worker.exitcode
        if code is None:
            self._worker.kill()
            self._worker.join()
        self._worker = self._line = None
        return code


def installed(system: str) -> str | None:
    """Return why a system cannot be loaded, or ``None`` when it can."""
    try:
        SYSTEMS[system].load()
    except ImportError as error:
        return str(error)
    return None


def work_on_orders(line: Connection) -> None:
    """Say that the worker is up, then answer orders until the line is closed."""
    logging.disable(logging.CRITICAL)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a peer that prints must not print into the tables
    adapters: dict[str, Adapter] = {}
    line.send(None)
    while True:
        try:
            order: Order = line.recv()
        except EOFError:
            return
        line.send(_answer(order, adapters))


def _answer(order: Order, adapters: dict[str, Adapter]) -> Answer:
    """Run one order; a system that is new here is loaded and warmed up first."""
    name, capture = order
    seconds = 0.0
    try:
        adapter = adapters.get(name) or adapters.setdefault(name, _warm(SYSTEMS[name]))
        gc.collect()
        start = time.process_time()
        try:
            found = adapter.extract(capture)
        finally:
            seconds = time.process_time() - start
        return Answer(adapter.read(found), None, seconds)
    except Exception as error:  # whatever a peer raises is one page's error
        message = (str(error).strip() or "no message").splitlines()[0]
        return Answer(None, f"{type(error).__name__}: {message}", seconds)


def _warm(system: System) -> Adapter:
    """Load a system and take it over the sample pages, so that what it loads late is no page's time."""
    adapter = system.load()
    for page in read_folder(SAMPLE):
        with suppress(Exception):  # what fails here will fail again where it counts
            adapter.extract(Capture(page.capture(system.door), page.url, page.language))
    gc.collect()
    gc.freeze()
    return adapter
