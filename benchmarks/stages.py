"""``python -m benchmarks.stages``: where the time goes, stage by stage."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple, TypeAlias

from benchmarks.corpora import SAMPLE, Door, find_captures, read_capture

__all__ = ["Cost", "main", "measured"]

PARSE, READ, FINISH, WHOLE = "lxml parse", "read", "finish", "whole"
"""The rows beside the stages: the bare parse of the same bytes, capture to page, what the pipeline does itself."""
MILLISECONDS = 1000.0

Times: TypeAlias = dict[str, float]
"""CPU seconds by row."""


class Cost(NamedTuple):
    """What one row of the table costs a page, in milliseconds of CPU time."""

    name: str
    mean: float
    median: float
    share: float | None
    """The mean in multiples of the bare lxml parse; a text dump has none."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stages", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="folders with sets (default: the invented sample)")
    parser.add_argument("--door", type=Door, choices=list(Door), default=Door.HTML, help="what is cleaned")
    parser.add_argument("--rounds", type=int, default=3, help="times each page is cleaned; its best time counts")
    options = parser.parse_args(arguments)
    try:
        files = find_captures(options.folders or [SAMPLE], options.door)
    except FileNotFoundError as error:
        parser.error(str(error))
    for cost in measured(files, options.door, max(1, options.rounds)):
        share = "" if cost.share is None else f"{cost.share:8.2f} × lxml"
        print(f"{cost.name:16} mean {cost.mean:7.3f} ms  median {cost.median:7.3f} ms{share}")
    return 0


def measured(files: Sequence[Path], door: Door, rounds: int) -> list[Cost]:
    """Return the cost of each stage over these captures; of each page the least of all rounds counts."""
    timed = _cleaner(door)
    pages: list[Times] = [{} for _ in files]
    for _ in range(rounds + 1):  # the first round also loads word lists and weights, and never has the least times
        for path, least in zip(files, pages, strict=True):
            for name, seconds in timed(read_capture(path)).items():
                least[name] = min(seconds, least.get(name, seconds))
    parse = mean(page[PARSE] for page in pages) if door is Door.HTML else None
    return [_cost(name, [page[name] for page in pages], parse) for name in pages[0]]


def _cost(name: str, seconds: Sequence[float], parse: float | None) -> Cost:
    average = mean(seconds)
    share = average / parse if parse else None
    return Cost(name, average * MILLISECONDS, median(seconds) * MILLISECONDS, share)


def _cleaner(door: Door) -> Callable[[bytes], Times]:
    """Return the function that cleans one capture and says what each stage took."""
    import lxml.html

    from portalclean import DEFAULT, Pipeline, Reading, Stage, read

    times: Times = {}

    def watched(name: str, stage: Stage) -> Stage:
        def run(reading: Reading):  # type: ignore[no-untyped-def]  # the outcome of any stage
            start = time.process_time()
            outcome = stage(reading)
            times[name] = time.process_time() - start
            return outcome

        return run

    pipeline = Pipeline(tuple((name, watched(name, stage)) for name, stage in DEFAULT.stages))
    parser = lxml.html.HTMLParser()

    def timed(capture: bytes) -> Times:
        times.clear()
        if door is Door.HTML:
            start = time.process_time()
            lxml.html.document_fromstring(capture, parser=parser)
            times[PARSE] = time.process_time() - start
        start = time.process_time()
        page = read(capture, kind=door)
        times[READ] = time.process_time() - start
        pipeline.run(page)
        whole = time.process_time() - start
        times[FINISH] = whole - sum(seconds for name, seconds in times.items() if name != PARSE)
        times[WHOLE] = whole
        return times

    return timed


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main())
