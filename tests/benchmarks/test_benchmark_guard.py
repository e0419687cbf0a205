from __future__ import annotations

import os
import signal
import time
from multiprocessing.connection import Connection

import pytest
from benchmarks.guard import Answer, Guard, Order
from benchmarks.systems import SYSTEMS, Capture, Output

FINE = "fine"


def work_badly(line: Connection) -> None:
    """Do to oneself what the order says."""
    line.send(None)
    while True:
        try:
            order: Order = line.recv()
        except EOFError:
            return
        if order.system == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        if order.system == "exit":
            os._exit(3)
        if order.system == "hang":
            time.sleep(60)
        line.send(Answer(Output(order.system), None, 0.5))


@pytest.mark.parametrize(
    ("system", "error"), [("crash", "exit code -11"), ("exit", "exit code 3"), ("hang", "no answer in 0 s")]
)
def test_a_worker_that_fails_costs_one_page(system: str, error: str) -> None:
    with Guard(patience=0.3, work=work_badly) as guard:
        assert guard.ask(FINE, Capture(b"")).output == Output(FINE)
        failed = guard.ask(system, Capture(b""))
        assert failed.output is None
        assert failed.error is not None
        assert error in failed.error
        assert guard.ask(FINE, Capture(b"")).output == Output(FINE)


def test_the_line_filter_in_a_worker() -> None:
    long = "x" * 41
    with Guard() as guard:
        answer = guard.ask("line filter (text)", Capture(f"short\n{long}\n".encode()))
        assert answer.error is None
        assert answer.output == Output(long)
        assert 0.0 <= answer.seconds < 1.0
        wrong = guard.ask("no such system", Capture(b""))
        assert wrong.error == "KeyError: 'no such system'"


def test_a_missing_peer_has_no_version() -> None:
    assert SYSTEMS["portalclean"].version()
    assert SYSTEMS["magic-html"].version() is None or SYSTEMS["magic-html"].load()
