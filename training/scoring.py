"""What a network is worth on pages that it has not seen: body F1 and label F1, whole and by group.

The body F1 is one over units: a unit that is half body counts half. Read beside it the benchmarks, which score text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from portalclean.page import LABEL_CODES, LABELS, Label
from training.examples import Example
from training.views import View

__all__ = ["BODY", "Found", "body_scores", "f1_of", "groups", "label_scores", "scores"]

Found = Mapping[int, tuple[NDArray[np.float32], NDArray[np.float32]]]
"""By example: (units, labels) and (types,) probabilities."""
BODY, COMMENT = LABEL_CODES[Label.BODY], LABEL_CODES[Label.COMMENT]
MADE = frozenset({"augmented", "thinned"})
"""The sets of the pages that were made of others; no pages to score on."""
LOW = 0.5
"""A page below this F1 has failed."""
ERAS = ((2010, "before 2010"), (2016, "2010-2015"), (2022, "2016-2021"), (9999, "since 2022"))


def body_scores(examples: Sequence[Example], found: Found) -> dict[int, float]:
    """Return the body F1 of every example that has a body by its gold."""
    values = {}
    for member, (p, _) in found.items():
        example = examples[member]
        body = example.targets[:, BODY].astype(np.float32)
        wanted = float((example.words * body).sum()) + example.missed
        if example.set in MADE or not wanted:
            continue
        best = p.argmax(axis=1)
        chosen = best == BODY
        # Where replies are the content, the gold calls them body, and the extractor takes them in.
        if example.set == "wcxb" and example.page_type == "forum":
            chosen = chosen | (best == COMMENT)
        words = example.words * chosen
        values[member] = 2 * float((words * body).sum()) / (float(words.sum()) + wanted)
    return values


def label_scores(examples: Sequence[Example], found: Found, view: View) -> dict[str, float]:
    """Return the F1 of each label over the units of the portal pages in one view."""
    confusion = np.zeros((len(LABELS), len(LABELS)))
    for member, (p, _) in found.items():
        example = examples[member]
        if example.set == "portal" and example.view is view:
            gold = example.targets.astype(np.float32).argmax(axis=1)[example.labelled]
            np.add.at(confusion, (gold, p.argmax(axis=1)[example.labelled]), 1)
    return {str(label): value for label, value in zip(LABELS, f1_of(confusion), strict=True)}


def f1_of(confusion: NDArray[np.floating] | NDArray[np.integer]) -> list[float]:
    """Return the F1 of each label from counts, (labels, labels): gold by found.

    >>> f1_of(np.array([[2, 2], [0, 0]]))
    [0.6666666666666666, 0.0]
    """
    found: list[float] = (2 * np.diag(confusion) / np.maximum(confusion.sum(0) + confusion.sum(1), 1)).tolist()
    return found


def scores(examples: Sequence[Example], found: Found) -> dict[str, float]:
    """Return the mean body F1 by set and view, and the macro F1 over the labels but other by view."""
    values = body_scores(examples, found)
    table = _means(values, lambda member: f"{examples[member].set} {examples[member].view}")
    for view in View:
        labels = label_scores(examples, found, view)
        table[f"macro {view}"] = float(np.mean([value for label, value in labels.items() if label != Label.OTHER]))
        table |= {f"label {label} {view}": value for label, value in labels.items()}
    return table


def groups(examples: Sequence[Example], found: Found) -> dict[str, dict[str, dict[str, float]]]:
    """Return for each way to group the pages, each group and view: pages, mean and median F1, share that failed."""
    values = body_scores(examples, found)
    ways: dict[str, Callable[[Example], str]] = {
        "set": lambda example: example.set,
        "language": lambda example: example.language,
        "page type": lambda example: example.page_type,
        "era": lambda example: _era(example.year),
    }
    table: dict[str, dict[str, dict[str, float]]] = {}
    for name, way in ways.items():
        parts: dict[str, list[float]] = defaultdict(list)
        for member, value in values.items():
            parts[f"{way(examples[member])}, {examples[member].view}"].append(value)
        table[name] = {
            part: {
                "pages": len(f1),
                "mean": round(float(np.mean(f1)), 3),
                "median": round(float(np.median(f1)), 3),
                "failed": round(float(np.mean(np.array(f1) < LOW)), 3),
            }
            for part, f1 in sorted(parts.items())
        }
    return table


def _means(values: Mapping[int, float], name: Callable[[int], str]) -> dict[str, float]:
    parts: dict[str, list[float]] = defaultdict(list)
    for member, value in values.items():
        parts[name(member)].append(value)
    return {part: float(np.mean(f1)) for part, f1 in sorted(parts.items())}


def _era(year: int | None) -> str:
    """Name the years that a page is from.

    >>> _era(2015), _era(None)
    ('2010-2015', 'unknown')
    """
    return "unknown" if year is None else next(name for end, name in ERAS if year < end)
