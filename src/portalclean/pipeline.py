"""The pipeline: one visible list of named stages.

A stage is a typed function of the `Reading` so far. It returns what it found and changes nothing:

* `Verdicts`, one verdict for each unit (a labeller; units that an earlier stage has claimed keep theirs);
* `Claims`, verdicts for some units, which win over what was there;
* `Joined`, the units joined into blocks;
* `Extracted`, values for fields of the article with the evidence for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from portalclean.article import Article, Evidence
from portalclean.blocks import join_units
from portalclean.errors import StageError, UnknownStage
from portalclean.extractors.body import extract_body
from portalclean.extractors.breadcrumbs import extract_breadcrumbs
from portalclean.extractors.captured import extract_captured
from portalclean.extractors.comments import extract_comments
from portalclean.extractors.credits import extract_credits
from portalclean.extractors.dates import extract_dates
from portalclean.extractors.emptiness import extract_emptiness
from portalclean.extractors.keywords import extract_keywords
from portalclean.extractors.language import extract_language
from portalclean.extractors.next_page import extract_next_page
from portalclean.extractors.recommendations import extract_recommendations
from portalclean.extractors.site import extract_site
from portalclean.extractors.source import extract_source
from portalclean.extractors.title import extract_title
from portalclean.labelling.network import label_by_network
from portalclean.labelling.reasons import Reasons
from portalclean.labelling.revision import revise_labels
from portalclean.outline import Outline
from portalclean.page import CONFIDENCE_DIGITS, LABEL_CODES, Page, PageType, Verdict, Verdicts
from portalclean.reading import Claims, Extracted, Fields, Joined, Reading

__all__ = ["DEFAULT", "Pipeline", "Stage"]

Outcome: TypeAlias = Verdicts | Claims | Joined | Extracted
Stage: TypeAlias = Callable[[Reading], Outcome]
"""A named step: it reads what is known so far and returns what it found."""

STAGES: tuple[tuple[str, Stage], ...] = (
    ("label", label_by_network),
    ("revise", revise_labels),
    ("blocks", join_units),
    ("title", extract_title),
    ("captured", extract_captured),
    ("dates", extract_dates),
    ("credits", extract_credits),
    ("source", extract_source),
    ("breadcrumbs", extract_breadcrumbs),
    ("keywords", extract_keywords),
    ("body", extract_body),
    ("recommendations", extract_recommendations),
    ("comments", extract_comments),
    ("next_page", extract_next_page),
    ("site", extract_site),
    ("language", extract_language),
    ("emptiness", extract_emptiness),
)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """An ordered list of named stages; every change gives a new pipeline.

    >>> Pipeline().without("comments", "next_page").names[-3:]
    ('site', 'language', 'emptiness')
    """

    stages: tuple[tuple[str, Stage], ...] = STAGES

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the stages, in order."""
        return tuple(name for name, _ in self.stages)

    def without(self, *names: str) -> Pipeline:
        """Leave stages out. Raises `UnknownStage` for a name that the pipeline does not have."""
        places = {self._place(name) for name in names}
        return Pipeline(tuple(stage for place, stage in enumerate(self.stages) if place not in places))

    def replace(self, name: str, stage: Stage) -> Pipeline:
        """Put another function in the place of a stage. Raises `UnknownStage`."""
        place = self._place(name)
        return Pipeline((*self.stages[:place], (name, stage), *self.stages[place + 1 :]))

    def before(self, name: str, new: str, stage: Stage) -> Pipeline:
        """Put a new stage before the one called ``name``. Raises `UnknownStage`."""
        return self._insert(self._place(name), new, stage)

    def after(self, name: str, new: str, stage: Stage) -> Pipeline:
        """Put a new stage after the one called ``name``. Raises `UnknownStage`."""
        return self._insert(self._place(name) + 1, new, stage)

    def run(self, page: Page) -> Article:
        """Take a page through all stages, in order."""
        reading = Reading(page)
        for _, stage in self.stages:
            reading = _taken(reading, stage(reading))
        verdicts = reading.verdicts
        fields: Fields = {"url": page.url, **reading.fields}
        article = Article(
            **fields,
            encoding=page.encoding,
            replacements=page.replacements,
            page_type=verdicts.page_type if verdicts else PageType.OTHER,
            confidence=round(verdicts.confidence, CONFIDENCE_DIGITS) if verdicts else 0.0,
            weights=verdicts.weights if verdicts else None,
            evidence=reading.evidence,
        )
        return article.with_outline(reading.blocks)

    def _insert(self, place: int, name: str, stage: Stage) -> Pipeline:
        if name in self.names:
            raise StageError(f"the pipeline already has a stage {name!r}; replace it or choose another name")
        return Pipeline((*self.stages[:place], (name, stage), *self.stages[place:]))

    def _place(self, name: str) -> int:
        if name not in self.names:
            raise UnknownStage(f"no stage {name!r}; the pipeline has: {', '.join(self.names)}")
        return self.names.index(name)


def _taken(reading: Reading, outcome: Outcome) -> Reading:
    """Return the reading with a stage's outcome taken in."""
    match outcome:
        case Extracted():
            fields: Fields = {**reading.fields, **outcome.fields}
            evidence = _outdone(reading, outcome) + outcome.evidence
            return Reading(
                reading.page,
                reading.claimed,
                reading.verdicts,
                reading.blocks,
                reading.first_units,
                fields,
                evidence,
            )
        case Joined():
            return replace(reading, blocks=Outline.of(outcome.blocks), first_units=outcome.first_units)
        case Verdicts():
            return replace(reading, verdicts=_overlaid(outcome, reading.claimed))
        case Claims():
            claimed = Claims({**reading.claimed.verdicts, **outcome.verdicts})
            verdicts = reading.verdicts and _overlaid(reading.verdicts, outcome)
            return replace(reading, claimed=claimed, verdicts=verdicts)
    raise StageError(f"a stage returned {type(outcome).__name__}; see portalclean.pipeline for what it may return")


def _outdone(reading: Reading, outcome: Extracted) -> tuple[Evidence, ...]:
    """Return the evidence so far; what spoke for a value that the outcome replaces has lost."""
    again = reading.fields.keys() & outcome.fields.keys()
    if not again:
        return reading.evidence
    replaced = {piece.field for piece in outcome.evidence if piece.chosen} & again
    if not replaced:
        return reading.evidence
    return tuple(replace(piece, chosen=False) if piece.field in replaced else piece for piece in reading.evidence)


def _overlaid(verdicts: Verdicts, claims: Claims) -> Verdicts:
    """Return the verdicts with the claimed units' own in their place."""
    if not claims.verdicts:
        return verdicts
    labels, confidences = verdicts.labels.copy(), verdicts.confidences.copy()
    for unit, (label, confidence, _) in claims.verdicts.items():
        labels[unit] = LABEL_CODES[label]
        confidences[unit] = confidence
    reasons = Reasons(len(verdicts.reasons), partial(_reason, verdicts.reasons, claims.verdicts))
    return replace(verdicts, labels=labels, confidences=confidences, reasons=reasons)


def _reason(others: Sequence[str], claimed: Mapping[int, Verdict], unit: int) -> str:
    """Return why a unit has its label: the claim's reason, or the labeller's, which stays unwritten until here."""
    claim = claimed.get(unit)
    return claim.reason if claim else others[unit]


DEFAULT = Pipeline()
"""The stages that `portalclean.extract` runs when it is given no pipeline."""
