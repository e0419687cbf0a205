"""Run the systems over the pages, interleaved page by page, and score what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.corpora import Door, Gold, GoldPage
from benchmarks.fields import Field, Judgement, judge_fields
from benchmarks.labels import Confusion, confusion
from benchmarks.scoring import Overlap, bag_f1, lcs_f1, shingle_overlap, snippets_found
from benchmarks.systems import REFERENCE, Capture, Output, System

if TYPE_CHECKING:
    from benchmarks.guard import Answer, Guard

__all__ = ["Metric", "Result", "metric_of", "run", "scored"]


class Metric(NamedTuple):
    """How a set's bodies are scored."""

    name: str
    f1: Callable[[str, str], float]


ORDERED = Metric("LCS F1", lcs_f1)
METRICS: Mapping[str, Metric] = {"wcxb": Metric("bag F1", bag_f1)}
"""Sets with a measure of their own; all others are scored in order."""


def metric_of(name: str) -> Metric:
    """Return how the bodies of the set with this name are scored."""
    return METRICS.get(name, ORDERED)


@dataclass(frozen=True, slots=True)
class Result:
    """What one system made of one page."""

    set: str
    page: str
    language: str
    page_type: str
    system: str
    error: str | None
    seconds: float
    """CPU time of the extraction."""
    reference: float | None
    """CPU time of the bare lxml parse of the page's HTML, taken in the same round."""
    score: float | None = None
    """F1 of the body by the set's metric; ``None`` when there is no gold body or the system gives none."""
    overlap: Overlap | None = None
    wanted: float | None = None
    unwanted: float | None = None
    fields: Mapping[Field, Judgement] = field(default_factory=dict)
    lines: Confusion | None = None
    confidence: float | None = None


def run(
    pages: Iterable[GoldPage],
    systems: Sequence[System],
    guard: Guard,
    weights: Mapping[tuple[str, str], Path] | None = None,
) -> Iterator[Result]:
    """Yield a result for every page and system; the reference parse is run on every page as well.

    On each page another system begins, so that none always finds, or never finds, the page in the cache. ``weights``
    has the network, by set and page, that portalclean reads a page with instead of its own.
    """
    chosen = weights or {}
    others = [system for system in systems if system is not REFERENCE]
    for turn, page in enumerate(pages):
        captures = {
            door: Capture(page.capture(door), page.url, page.language, chosen.get((page.set, page.id))) for door in Door
        }
        parsed = guard.ask(REFERENCE.name, captures[REFERENCE.door])
        reference = None if parsed.error else parsed.seconds
        if REFERENCE in systems:
            yield scored(page, REFERENCE, parsed, reference)
        first = turn % len(others) if others else 0
        for system in (*others[first:], *others[:first]):
            yield scored(page, system, guard.ask(system.name, captures[system.door]), reference)


def scored(page: GoldPage, system: System, answer: Answer, reference: float | None) -> Result:
    """Score an answer; an error counts as an empty one."""
    output = answer.output or Output()
    gold = page.gold
    body, score = _best_body(output.text, gold, metric_of(page.set)) if system.has_body else ("", None)
    return Result(
        set=page.set,
        page=page.id,
        language=page.language,
        page_type=page.page_type,
        system=system.name,
        error=answer.error,
        seconds=answer.seconds,
        reference=reference,
        score=score,
        overlap=None if score is None else shingle_overlap(output.text, body),
        wanted=snippets_found(output.text, gold.wanted) if system.has_body else None,
        unwanted=snippets_found(output.text, gold.unwanted) if system.has_body else None,
        fields=judge_fields({name: output.fields.get(name, ()) for name in sorted(system.fields)}, gold, system.door),
        lines=confusion(output.blocks, gold.lines) if system.labels and gold.lines else None,
        confidence=output.confidence,
    )


def _best_body(text: str, gold: Gold, metric: Metric) -> tuple[str, float | None]:
    """Return the form of the gold body that the text is most like, and how like it is."""
    if not gold.bodies:
        return "", None
    scores = [metric.f1(text, body) for body in gold.bodies]
    best = scores.index(max(scores))
    return gold.bodies[best], scores[best]
