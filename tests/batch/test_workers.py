from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_pages import DiesAtTheStart, clean_awkwardly, count_threads, pages_of

from portalclean.batch.record import InputPage, Outcome
from portalclean.batch.workers import Crew, Finished, WorkersCannotStart, in_order

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
PLENTY = 120.0
"""Seconds that no page of these tests needs."""


def run(texts: list[str], jobs: int = 2, time_limit: float = PLENTY, window: int | None = None) -> list[Finished]:
    crew = Crew(clean_awkwardly, jobs, time_limit, window)
    return list(in_order(crew.run(pages_of(texts))))


def told(finished: list[Finished]) -> list[str]:
    """What came of each page: its text or the reason of its failure."""
    return [
        page.outcome.failure.reason.value if page.outcome.failure else bytes(page.outcome.rendered).decode().strip()
        for page in finished
    ]


def test_every_page_comes_out_once_and_in_order() -> None:
    texts = [f"sleep {random.Random(number).random() / 100:.4f}" for number in range(100)]
    finished = run(texts, jobs=3, window=10)
    assert told(finished) == texts
    assert [page.number for page in finished] == list(range(100))


def test_pages_come_out_as_they_are_done_when_the_order_does_not_matter(tmp_path: Path) -> None:
    crew = Crew(clean_awkwardly, 2, PLENTY)
    texts = ["sleep 3", *(f"page {number}" for number in range(20))]
    numbers = [page.number for page in crew.run(pages_of(texts))]
    assert sorted(numbers) == list(range(21))
    assert numbers[0] != 0


def test_a_page_that_was_not_read_keeps_its_turn() -> None:
    assert told(run(["a", "problem", "b"])) == ["a", "unreadable", "b"]


def test_no_pages() -> None:
    assert run([]) == []


@posix
@pytest.mark.parametrize("hanging", ["loop", "backtrack"])
def test_a_page_that_hangs_is_ended_and_the_others_are_cleaned(hanging: str) -> None:
    finished = run(["a", hanging, "b", "c"], time_limit=2)
    assert told(finished) == ["a", "time_limit", "b", "c"]
    assert finished[1].outcome.failure is not None
    assert finished[1].outcome.failure.detail == "not done after 2 seconds"
    assert finished[1].outcome.sha256 is not None


@posix
@pytest.mark.parametrize(
    ("fatal", "how"),
    [
        ("kill", "by SIGKILL, as when memory runs out"),
        ("segfault", "by SIGSEGV"),
        ("exit", "with exit code 3"),
    ],
)
def test_a_page_that_kills_its_worker_is_an_error_and_the_worker_is_replaced(fatal: str, how: str) -> None:
    finished = run(["a", fatal, "b", "c"], jobs=1)
    assert told(finished) == ["a", "crash", "b", "c"]
    assert finished[1].outcome.failure is not None
    assert finished[1].outcome.failure.detail == f"its process ended twice, the second time {how}"


@posix
def test_a_page_whose_worker_was_killed_from_outside_is_cleaned_by_another(tmp_path: Path) -> None:
    page = f"once {tmp_path / 'killed'}"
    assert told(run([page, "b"], jobs=1)) == [page, "b"]


@posix
def test_workers_that_are_killed_while_they_wait_cost_no_page() -> None:
    crew = Crew(clean_awkwardly, 2, PLENTY)

    def pages() -> Iterator[tuple[int, InputPage]]:
        for number, page in pages_of([f"page {number}" for number in range(12)]):
            for worker in multiprocessing.active_children() if number in (4, 8) else ():
                os.kill(worker.pid or 0, signal.SIGKILL)
            yield number, page

    assert told(list(in_order(crew.run(pages())))) == [f"page {number}" for number in range(12)]


@posix
def test_a_worker_that_is_not_needed_any_more_is_gone() -> None:
    crew = Crew(clean_awkwardly, 2, PLENTY)
    finished = crew.run(pages_of(["a", "loop", "loop"]))
    next(finished)
    finished.close()
    assert not multiprocessing.active_children()


def test_no_more_is_read_ahead_than_the_window() -> None:
    taken: list[int] = []

    def pages() -> Iterator[tuple[int, InputPage]]:
        for number, page in pages_of(["sleep 1", *(f"page {number}" for number in range(30))]):
            taken.append(number)
            yield number, page

    ahead = [len(taken) - page.number for page in in_order(Crew(clean_awkwardly, 2, PLENTY, 5).run(pages()))]
    assert len(ahead) == 31
    assert max(ahead) <= 5 + 2  # the window, and a page for each worker that is free again


def test_large_results_come_through() -> None:
    [page] = run(["large 20000000"])
    assert len(bytes(page.outcome.rendered)) == 20_000_000


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux tells the threads of a process")
def test_linear_algebra_has_one_thread_and_the_environment_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    [page] = Crew(count_threads, 1, PLENTY).run(pages_of(["a"]))
    assert page.outcome.rendered == b"1"
    assert os.environ["OMP_NUM_THREADS"] == "4"
    assert "OPENBLAS_NUM_THREADS" not in os.environ


def test_workers_that_cannot_start_end_the_run() -> None:
    with pytest.raises(WorkersCannotStart, match="exit code 7"):
        list(Crew(DiesAtTheStart(), 2, PLENTY).run(pages_of(["a"])))


ORPHANS = """
import os, sys
from batch_pages import clean_awkwardly, pages_of
from portalclean.batch.workers import Crew
import multiprocessing
if __name__ == "__main__":
    crew = Crew(clean_awkwardly, 2, 1.5)
    finished = crew.run(pages_of(["a", "backtrack", "sleep 0.1", "backtrack"]))
    next(finished), next(finished)
    print(*[worker.pid for worker in multiprocessing.active_children()], flush=True)
    os.kill(os.getpid(), 9)
"""


@posix
def test_workers_do_not_outlive_a_run_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS, encoding="utf-8")
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    done = subprocess.run(
        [sys.executable, script], env={**os.environ, "PYTHONPATH": paths}, stdout=subprocess.PIPE, check=False
    )  # returns when the last of them has closed its standard output
    assert done.returncode == -signal.SIGKILL
    assert len(done.stdout.split()) == 2


def test_an_outcome_is_what_the_worker_made_of_the_page() -> None:
    [page] = run(["a"])
    assert page.outcome == Outcome(page.outcome.identity, None, b"a\n", page.outcome.facts, None, 1)
