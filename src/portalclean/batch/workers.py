"""Processes that clean pages: none can hang a run, and one that dies is replaced.

Every worker has a pipe of its own and at most one page. So a worker can be ended at any moment and nothing but
its page is touched: there is no lock that it could hold and no pipe that it shares. The pools of the standard
library cannot end a worker that hangs; Pebble can, but its workers read from one pipe and write to one other under
shared locks, and one that is killed with a lock held, or in the middle of a message, stops or breaks the pool.
"""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import NamedTuple, TypeAlias

from portalclean import extract
from portalclean.batch.record import Failure, InputPage, Outcome, Reason, failed
from portalclean.errors import PortalCleanError

__all__ = ["Clean", "Crew", "Finished", "WorkersCannotStart", "in_order"]

Clean: TypeAlias = Callable[[InputPage], Outcome]
"""What is done with a page. It goes to the workers by pickle: a function of a module or an object of its class."""

ATTEMPTS = 2
"""A page whose worker dies is tried once more: the cause may have been another page's appetite for memory."""
FAILED_STARTS = 5
"""Workers in a row that may end before they are ready: something other than the pages ends them."""
START_LIMIT = 300.0
"""Seconds for a worker to start; importing takes less than one, on a machine that does nothing else."""
WARMING_UP = "A walk."
"""Cleaned before the first page, so that no page's time limit pays for loading the stages and the weights."""
OWN_LIMIT = 2
"""A worker ends itself at this multiple of the time limit, should nobody be left to end it."""
SINGLE_THREAD = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "BLIS_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
        "NUMEXPR_NUM_THREADS",
    ),
    "1",
)
"""The processes share out the cores; threads of linear algebra inside them would only be in each other's way."""
DEATH_THROES = 5.0
"""Seconds between the end of a worker's pipe and its own, which says why it ended."""
READY = b"ready"
DAMAGED = (EOFError, OSError, pickle.UnpicklingError)
"""What reading from a worker that died may raise."""


class WorkersCannotStart(PortalCleanError, RuntimeError):
    """Worker processes end before they are ready for a page."""


class Task(NamedTuple):
    """A page on its way through the crew."""

    ticket: int
    """How many pages were taken from the input before it."""
    number: int
    """The caller's number for the page."""
    page: InputPage
    attempt: int = 1


class Finished(NamedTuple):
    """A page that has come out of the crew."""

    ticket: int
    number: int
    outcome: Outcome


@dataclass(slots=True, eq=False)
class Worker:
    """One process, its pipe and what it is at."""

    process: SpawnProcess
    pipe: Connection
    deadline: float
    """When it is ended (monotonic seconds); infinite while it waits for a page."""
    ready: bool = False
    task: Task | None = None


class Crew:
    """A number of workers through which pages go, each within a time limit, and come out as they are finished.

    ``window`` bounds how far ahead of the oldest unfinished page pages are taken from the input; ``None`` is for
    those who do not need the order.
    """

    def __init__(self, clean: Clean, jobs: int, time_limit: float, window: int | None = None) -> None:
        self._clean = clean
        self._jobs = jobs
        self._time_limit = time_limit
        self._window = window
        self._workers: list[Worker] = []
        self._again: deque[Task] = deque()
        self._taken = 0
        self._exhausted = False
        self._failed_starts = 0

    def run(self, pages: Iterable[tuple[int, InputPage]]) -> Generator[Finished, None, None]:
        """Yield each page's outcome once, whatever happens to the workers, and end these at the end.

        The next page is handed out before an outcome is yielded, so that no worker waits for what the caller does
        with it. Raises `WorkersCannotStart`.
        """
        source = iter(pages)
        try:
            self._workers = [self._start() for _ in range(self._jobs)]
            while True:
                yield from self._hand_out(source)
                if self._exhausted and not self._in_flight():
                    return
                for worker in self._waiting():
                    if worker not in self._workers:  # replaced meanwhile
                        continue
                    finished = self._attend(worker)
                    if finished is not None:
                        yield from self._hand_out(source)
                        yield finished
        finally:
            for worker in self._workers:
                _end(worker)

    def _hand_out(self, source: Iterator[tuple[int, InputPage]]) -> Iterator[Finished]:
        """Give every idle worker a page; yield the pages on the way that cannot be cleaned."""
        for worker in list(self._workers):
            while worker.ready and worker.task is None:
                task = self._next(source)
                if task is None:
                    return
                if task.page.problem is None:
                    self._assign(worker, task)
                    break
                yield Finished(task.ticket, task.number, failed(task.page, task.page.problem))

    def _next(self, source: Iterator[tuple[int, InputPage]]) -> Task | None:
        """Return the next page to clean, ``None`` when there is none now."""
        if self._again:
            return self._again.popleft()
        oldest = min((task.ticket for task in self._in_flight()), default=self._taken)
        if self._exhausted or (self._window is not None and self._taken - oldest >= self._window):
            return None
        numbered = next(source, None)
        if numbered is None:
            self._exhausted = True
            return None
        self._taken += 1
        return Task(self._taken - 1, *numbered)

    def _in_flight(self) -> list[Task]:
        return [*self._again, *(worker.task for worker in self._workers if worker.task is not None)]

    def _assign(self, worker: Worker, task: Task) -> None:
        try:
            worker.pipe.send_bytes(pickle.dumps(task.page, pickle.HIGHEST_PROTOCOL))
        except OSError:  # it died while it waited, which is no fault of this page
            self._again.append(task)
            self._replace(worker)
            return
        worker.task = task
        worker.deadline = time.monotonic() + self._time_limit

    def _waiting(self) -> list[Worker]:
        """Wait until something happens; return the workers that have said something, have died or are overdue."""
        deadline = min(worker.deadline for worker in self._workers)
        timeout = None if math.isinf(deadline) else max(0.0, deadline - time.monotonic())
        speaking = set(wait([worker.pipe for worker in self._workers], timeout))
        now = time.monotonic()
        return [worker for worker in self._workers if worker.pipe in speaking or worker.deadline <= now]

    def _attend(self, worker: Worker) -> Finished | None:
        """Take what a worker says. A result that is there counts, even when the time is over by now."""
        try:
            if not worker.pipe.poll():
                return self._overdue(worker)
            message = worker.pipe.recv_bytes()
        except DAMAGED:
            return self._lost(worker)
        worker.deadline = math.inf
        if worker.task is None:
            worker.ready = True
            return None
        task, worker.task = worker.task, None
        outcome: Outcome = pickle.loads(message)
        return Finished(task.ticket, task.number, replace(outcome, weight=task.page.weight))

    def _overdue(self, worker: Worker) -> Finished:
        if worker.task is None:
            raise WorkersCannotStart(f"a worker was not ready after {START_LIMIT:.0f} seconds")
        failure = Failure(Reason.TIME_LIMIT, f"not done after {self._time_limit:g} seconds")
        task = worker.task
        self._replace(worker)
        return Finished(task.ticket, task.number, failed(task.page, failure))

    def _lost(self, worker: Worker) -> Finished | None:
        """Put another worker in the place of one that died, and see to its page."""
        status = _end(worker, DEATH_THROES)
        task = worker.task
        self._failed_starts = 0 if worker.ready else self._failed_starts + 1
        if self._failed_starts == FAILED_STARTS:
            raise WorkersCannotStart(
                f"{FAILED_STARTS} workers ended before they were ready, the last {_ending(status)}"
            )
        self._replace(worker)
        if task is None:
            return None
        if task.attempt < ATTEMPTS:
            self._again.append(task._replace(attempt=task.attempt + 1))
            return None
        failure = Failure(Reason.CRASH, f"its process ended twice, the second time {_ending(status)}")
        return Finished(task.ticket, task.number, failed(task.page, failure))

    def _replace(self, worker: Worker) -> None:
        _end(worker)
        self._workers[self._workers.index(worker)] = self._start()

    def _start(self) -> Worker:
        """Start a process; it says when it is ready."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs, self._clean, self._time_limit), daemon=True)
        with _environment(SINGLE_THREAD), _interrupts_blocked():
            process.start()
        theirs.close()
        return Worker(process, ours, time.monotonic() + START_LIMIT)


def work(pipe: Connection, clean: Clean, time_limit: float) -> None:
    """Clean pages until the pipe is closed: the life of a worker process."""
    with contextlib.suppress(OSError):  # what a library prints must not get between the records
        os.dup2(2, 1)
    extract(WARMING_UP)
    with contextlib.suppress(EOFError, OSError):
        pipe.send_bytes(READY)
        while True:
            page = pickle.loads(pipe.recv_bytes())
            with _own_limit(time_limit):
                outcome = clean(page)
            pipe.send_bytes(pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL))


def in_order(finished: Iterable[Finished]) -> Iterator[Finished]:
    """Yield finished pages in the order in which they were taken from the input.

    >>> from portalclean.batch.record import Identity
    >>> late, early = Finished(1, 7, Outcome(Identity("b"))), Finished(0, 5, Outcome(Identity("a")))
    >>> [page.number for page in in_order([late, early])]
    [5, 7]
    """
    held: dict[int, Finished] = {}
    turn = 0
    for page in finished:
        held[page.ticket] = page
        while turn in held:
            yield held.pop(turn)
            turn += 1


@contextlib.contextmanager
def _own_limit(time_limit: float) -> Iterator[None]:
    """End this process, by the system and whatever it is at, when a page takes much longer than it may.

    The crew ends it sooner; this is for a worker whose crew was killed.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, OWN_LIMIT * time_limit)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)


@contextlib.contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Set environment variables for a while."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Let a process that is started meanwhile never see an interrupt: the terminal sends it to all at once."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # the first start of a process does it, and lets interrupts through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(worker: Worker, patience: float = 0.0) -> int:
    """End a worker, after some seconds of patience, and return its exit code: negative is the number of a signal."""
    worker.process.join(patience)
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()
    return worker.process.exitcode or 0


def _ending(status: int) -> str:
    """Say how a process ended.

    >>> _ending(-9), _ending(3)
    ('by SIGKILL, as when memory runs out', 'with exit code 3')
    """
    if status == -signal.SIGKILL:
        return "by SIGKILL, as when memory runs out"
    if status < 0:
        return f"by {signal.Signals(-status).name}"
    return f"with exit code {status}"
