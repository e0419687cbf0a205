"""The rate of `portalclean clean` with two processes against one, and the memory of both.

`python -m benchmarks.batch` on a machine that does nothing else; the clock on the wall decides here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.generated import write_lines
from benchmarks.resident import resident_bytes

PROGRAM = [sys.executable, "-c", "from portalclean.cli import main; main()", "clean"]
BETWEEN = 0.1
"""Seconds between two looks at the memory."""
MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took; memory in megabytes, resident, all processes together (shared pages counted in each)."""

    jobs: int
    rate: float
    first_half: float
    second_half: float
    largest: float
    """The largest single process."""


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--pages", default=20_000, show_default=True, help="Pages of the generated corpus.")
@click.option("--rounds", default=1, show_default=True, help="Runs of each number of processes, in turns.")
@click.option("--jobs", "many", default=2, show_default=True, help="Processes that are held against one.")
def main(pages: int, rounds: int, many: int) -> None:
    """Measure pages a second with one process and with many, and the memory."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus.jsonl"
        write_lines(corpus, pages)
        runs = [_run(corpus, Path(folder) / f"{turn}-{jobs}", jobs) for turn in range(rounds) for jobs in (1, many)]
    print("| jobs | pages/s | peak MB, first half | peak MB, second half | largest process, MB |")
    print("| --- | --- | --- | --- | --- |")
    for run in runs:
        print(f"| {run.jobs} | {run.rate:.1f} | {run.first_half:.0f} | {run.second_half:.0f} | {run.largest:.0f} |")
    best = {jobs: max(run.rate for run in runs if run.jobs == jobs) for jobs in (1, many)}
    print(f"\n{pages:,} pages; {many} processes are {best[many] / best[1]:.2f} times as fast as one")


def _run(corpus: Path, folder: Path, jobs: int) -> Run:
    """Clean the corpus into a folder, and look at the memory meanwhile."""
    summary = folder.with_suffix(".json")
    command = [*PROGRAM, str(corpus), "-o", str(folder), "--jobs", str(jobs), "--summary", str(summary)]
    looks: list[tuple[int, int]] = []
    with subprocess.Popen(command) as run:
        watcher = threading.Thread(target=_watch, args=(run, looks))
        watcher.start()
        run.wait()
        watcher.join()
    if run.returncode:
        raise click.ClickException(f"{' '.join(command)} ended with {run.returncode}")
    rate = json.loads(summary.read_text("utf-8"))["pages_per_second"]
    sums = [total / MEGABYTE for total, _ in looks]
    middle = len(sums) // 2
    largest = max((one for _, one in looks), default=0) / MEGABYTE
    return Run(jobs, rate, max(sums[:middle], default=0), max(sums[middle:], default=0), largest)


def _watch(run: subprocess.Popen[bytes], looks: list[tuple[int, int]]) -> None:
    """Write down the memory of a process and those below it, together and the largest, until it ends."""
    while run.poll() is None:
        sizes = [resident_bytes(pid) or 0 for pid in (run.pid, *_children(run.pid))]
        looks.append((sum(sizes), max(sizes)))
        time.sleep(BETWEEN)


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except OSError:
        return []


if __name__ == "__main__":
    main()
