"""A run: the pages of the input through a crew of workers, to a stream or into a folder of shards."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass

from portalclean.batch.readers import Selection, read_pages
from portalclean.batch.record import Outcome
from portalclean.batch.shards import Shards
from portalclean.batch.workers import Clean, Crew, Finished, in_order

__all__ = ["Plan", "fill", "outcomes", "unordered_outcomes"]

WINDOW = 64
"""Pages for each worker by which the input is read ahead of the oldest unfinished page: what is held in memory."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be cleaned, and how; ``time_limit`` in seconds of wall clock for each page."""

    inputs: tuple[str, ...]
    selection: Selection
    clean: Clean
    jobs: int
    time_limit: float


def outcomes(plan: Plan) -> Generator[Outcome, None, None]:
    """Yield what came of each page, in the order of the input."""
    crew = Crew(plan.clean, plan.jobs, plan.time_limit, WINDOW * plan.jobs)
    with closing(crew.run(enumerate(read_pages(plan.inputs, plan.selection)))) as finished:
        for page in in_order(finished):
            yield page.outcome


def unordered_outcomes(plan: Plan) -> Generator[Outcome, None, None]:
    """Yield what came of each page, as the pages are done."""
    crew = Crew(plan.clean, plan.jobs, plan.time_limit)
    with closing(crew.run(enumerate(read_pages(plan.inputs, plan.selection)))) as finished:
        for page in finished:
            yield page.outcome


def fill(shards: Shards, plan: Plan) -> Generator[Outcome, None, None]:
    """Clean the pages of the shards that are not done, write these, and yield what came of each page.

    Raises ``OSError`` when the disk takes no more, and what `Shards.missing` raises; what is done stays.
    """
    crew = Crew(plan.clean, plan.jobs, plan.time_limit, WINDOW * plan.jobs)

    def noted(finished: Iterator[Finished]) -> Iterator[Finished]:
        for page in finished:
            shards.note(page.number, page.outcome)
            yield page

    with closing(crew.run(shards.missing(read_pages(plan.inputs, plan.selection)))) as finished:
        numbered = ((page.number, page.outcome) for page in in_order(noted(finished)))
        with closing(shards.write(numbered)) as written:
            for _, outcome in written:
                yield outcome
