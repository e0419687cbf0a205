"""`portalclean clean` for many pages: what the options ask for, put together."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from portalclean.article import Article
from portalclean.batch.cleaner import Cleaner
from portalclean.batch.options import DEFAULT_TIME_LIMIT, SHARD_SIZE, BatchOptions
from portalclean.batch.progress import progress, wanted
from portalclean.batch.readers import Format, Selection, total_bytes
from portalclean.batch.record import Outcome, path_text
from portalclean.batch.run import Plan, fill, outcomes, unordered_outcomes
from portalclean.batch.shards import Shards
from portalclean.batch.summary import Tally
from portalclean.render.record import to_dict

if TYPE_CHECKING:
    from portalclean.page import Json

__all__ = ["Batch"]


@dataclass(frozen=True, slots=True)
class Batch:
    """One call of the command: the inputs, how pages are cleaned and written, and the options."""

    inputs: tuple[str, ...]
    cleaner: Cleaner
    options: BatchOptions
    pipeline_files: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What the cleaner's pipeline was made from: to go on with a run, it must be the same."""

    def outcomes(self) -> Generator[Outcome, None, None]:
        """Clean the input and yield what came of each page.

        Raises `portalclean.PortalCleanError` when the run cannot begin.
        """
        plan = self._plan()
        tally = Tally()
        results = unordered_outcomes(plan) if self.options.unordered else outcomes(plan)
        with self._summarised(plan, lambda: tally), contextlib.closing(results) as each:
            for outcome in self._shown(each, plan, lambda: 0):
                tally.add(outcome)
                yield outcome

    def to_folder(self) -> Tally:
        """Clean the input into shards; return the counts of all of them, those of an earlier call included.

        Raises ``OSError`` when the disk takes no more, `portalclean.PortalCleanError` when the run cannot go on.
        """
        assert self.options.output is not None
        plan = self._plan()
        size = self.options.shard_size or SHARD_SIZE
        with Shards(Path(self.options.output), self.cleaner.form, self.cleaner.blocks, size) as shards:
            shards.begin(self._settings(size), resume=self.options.resume)
            if self.options.retry:
                shards.retry()
            with self._summarised(plan, shards.tally), contextlib.closing(fill(shards, plan)) as results:
                for _ in self._shown(results, plan, lambda: shards.passed_bytes):
                    pass
            return shards.tally()

    def _plan(self) -> Plan:
        options = self.options
        selection = Selection(
            include=options.include,
            exclude=options.exclude,
            column=options.column,
            url_column=options.url_column,
            input_format=None if options.input_format is None else Format(options.input_format),
            output=options.output,
        )
        jobs = options.jobs or _cores()
        return Plan(self.inputs, selection, self.cleaner, jobs, options.time_limit or DEFAULT_TIME_LIMIT)

    def _settings(self, size: int) -> dict[str, Json]:
        """Return what the shards follow from, beside what is in the input."""
        return {
            "inputs": [path_text(path) for path in self.inputs],
            "include": list(self.options.include),
            "exclude": list(self.options.exclude),
            "column": self.options.column,
            "url_column": self.options.url_column,
            "input_format": self.options.input_format,
            "format": self.cleaner.form.value,
            "blocks": self.cleaner.blocks,
            "kind": self.cleaner.kind,
            "encoding": self.cleaner.encoding,
            **{name: list(files) for name, files in self.pipeline_files.items()},
            "shard_size": size,
            "versions": to_dict(Article())["versions"],
        }

    def _shown(self, results: Iterator[Outcome], plan: Plan, passed: Callable[[], int]) -> Iterator[Outcome]:
        """Yield the outcomes, and show on a terminal how far the run is."""
        if not wanted():
            yield from results
            return
        with progress(total_bytes(plan.inputs, plan.selection), passed) as move:
            for outcome in results:
                move(outcome)
                yield outcome

    @contextlib.contextmanager
    def _summarised(self, plan: Plan, tally: Callable[[], Tally]) -> Iterator[None]:
        """Write the summary at the end, also when the run is ended early."""
        start = time.monotonic()
        before = tally().pages
        try:
            yield
        finally:
            if self.options.summary is not None:
                counts = tally().as_dict()
                speed = _speed(tally().pages - before, time.monotonic() - start, plan.jobs)
                passed: Mapping[str, Json] = dict(sorted(plan.selection.passed.items()))
                text = json.dumps({**counts, "passed_over": passed, **speed}, ensure_ascii=False, indent=2)
                Path(self.options.summary).write_text(text + "\n", encoding="utf-8")


def _speed(pages: int, seconds: float, jobs: int) -> dict[str, Json]:
    rate = round(pages / seconds, 1) if seconds else None
    return {"jobs": jobs, "pages_now": pages, "seconds": round(seconds, 3), "pages_per_second": rate}


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
