"""Pages that misbehave where they are cleaned, and small inputs; workers import this file."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

import numpy as np

from portalclean.batch.record import Failure, Identity, InputPage, Outcome, PageFacts, Reason

FACTS = PageFacts("article", None, "a.example", {"body": 1})


def pages_of(texts: Iterable[str]) -> Iterator[tuple[int, InputPage]]:
    """Return a numbered page for each text; one that begins with ``problem`` could not be read."""
    for number, text in enumerate(texts):
        problem = Failure(Reason.UNREADABLE, text) if text.startswith("problem") else None
        yield number, InputPage(Identity("pages", row=number), text, problem=problem, weight=1)


def clean_awkwardly(page: InputPage) -> Outcome:
    """Do what the page says, else give it back as it is."""
    what, _, argument = str(page.capture).partition(" ")
    match what:
        case "loop":
            while True:
                pass
        case "backtrack":  # inside C code, with the lock of the interpreter held
            re.match(r"(a+)+$", "a" * 64 + "b")
        case "sleep":
            time.sleep(float(argument))
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "segfault":
            ctypes.string_at(0)
        case "exit":
            os._exit(3)
        case "once" if not Path(argument).exists():
            Path(argument).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        case "print":
            os.write(1, b"noise from a library")
        case "large":
            return Outcome(page.identity, rendered=b"x" * int(argument), facts=FACTS)
    return Outcome(page.identity, rendered=str(page.capture).encode() + b"\n", facts=FACTS)


def count_threads(page: InputPage) -> Outcome:
    """Multiply matrices and give the number of this process's threads."""
    matrix = np.ones((512, 512))
    assert (matrix @ matrix).sum()
    return Outcome(page.identity, rendered=str(len(list(Path("/proc/self/task").iterdir()))).encode(), facts=FACTS)


class DiesAtTheStart:
    """A function that a worker cannot even load."""

    def __call__(self, page: InputPage) -> NoReturn:
        raise AssertionError

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (7,)
