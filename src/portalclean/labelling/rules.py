"""A labeller by rules and word lists: small, untuned, the same for HTML and text.

The article is the run of units with the greatest sum of prose scores, as in maximum subsequence segmentation
(Pasternack and Roth, "Extracting article text from the web with maximum subsequence segmentation", WWW 2009).
The rest is labelled by its words and by the section that it stands in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import regex
from numpy.typing import NDArray

from portalclean.labelling.words import code_points, folded, runs_of, word_counts
from portalclean.lexicon import GROUPS
from portalclean.page import LABEL_CODES, BoolArray, FloatArray, Label, Page, PageType, Verdict, Verdicts
from portalclean.reading import Reading

__all__ = ["label_by_rules"]

COST = 30.0
"""What a unit must say, in Latin letters' worth, before it counts for prose."""
LONGEST = 400.0
"""A single unit counts for at most this much, so that one long legal line is no article."""
HAN_WEIGHT = 2.5
"""Latin letters that one Han character is worth."""
SHORT_LINE = 40
"""Characters up to which a line's words tell what piece of chrome it is."""
TITLE_REACH = 30
"""Units before the article among which its title is looked for."""
BYLINE_REACH = 8
"""Units after the article among which its credit lines are looked for."""

COMMENT_QUALITY = 0.4
"""What prose under a comment heading is worth beside other prose."""

SENTENCE = regex.compile(r"[。！？；，、।؟،]|[.!?,]['\"”’)]?(?:\s|$)")
SENTENCE_END = regex.compile(r"[。．｡।]|[.!?]['\"”’)]{0,2}(?:\s|$)")
DATE = regex.compile(r"(?<!\d)(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}|(?<!\d)\d{1,2}:\d\d(?!\d)")
CREDIT = regex.compile(r"[（(【\[]?\s?(?:文|图|图片|文/图|图/文|撰文|摄影|记者|编辑|責任編輯|责任编辑|来源)\s?[:：/|]")
PATH = regex.compile(r"\S\s?[>›»＞]\s?\S")

SECTIONS = {
    name: Label(name) for name in ("recommendation", "comment", "share", "footer", "advertisement", "navigation")
}
"""Word groups that name a label; after the article a line of such words begins a section of that label."""
LASTING = frozenset({Label.RECOMMENDATION, Label.COMMENT, Label.FOOTER})
"""Labels of sections that go on until the next one begins."""


@dataclass(frozen=True, slots=True)
class _Measures:
    """Columns, one entry a unit."""

    weights: FloatArray
    """Length in Latin letters' worth."""
    counts: NDArray[np.float32]
    """(units, groups) words of each group."""
    values: FloatArray
    """Prose score: positive for prose, negative for chrome."""


def label_by_rules(reading: Reading) -> Verdicts:
    """Give every unit of the page a verdict."""
    page = reading.page
    if not len(page):
        return Verdicts(np.zeros(0, dtype=np.int8), np.zeros(0, dtype=np.float32), ())
    measures = _measure(page)
    first, last, total = _best_run(measures.values)
    verdicts = list(_verdicts(page, measures, first, last))
    return Verdicts(
        np.array([LABEL_CODES[label] for label, _, _ in verdicts], dtype=np.int8),
        np.array([confidence for _, confidence, _ in verdicts], dtype=np.float32),
        [reason for _, _, reason in verdicts],
        PageType.ARTICLE if total > LONGEST else PageType.OTHER,
        min(0.9, max(0.1, total / (4 * LONGEST))),
    )


def _measure(page: Page) -> _Measures:
    codes = code_points(folded(page.text))
    counts = word_counts(runs_of(codes), page.starts, page.ends)
    edges = np.stack([page.starts, page.ends])
    lengths = (edges[1] - edges[0]).astype(np.float32)
    han = np.concatenate([[0], np.cumsum((codes >= 0x3040) & (codes < 0xD7B0))])
    weights = lengths + (HAN_WEIGHT - 1) * (han[edges[1]] - han[edges[0]])
    linked = np.zeros(len(page), dtype=np.float32)
    if page.markup:
        for unit, start, end, _ in page.markup.links:
            linked[unit] += end - start
    unlinked = 1 - np.clip(linked / np.maximum(lengths, 1), 0, 1)
    often = Counter(page.texts)
    ends = np.array([SENTENCE_END.search(part) is not None for part in page.texts])
    some = np.array([SENTENCE.search(part) is not None for part in page.texts])
    quality = np.where(ends, 1.0, np.where(some, 0.3, 0.1)) * unlinked
    chrome = counts[:, [GROUPS.index(name) for name in SECTIONS]].sum(axis=1)
    quality[(chrome > 0) & (lengths <= SHORT_LINE)] = 0.0
    quality[np.array([often[part] > 1 for part in page.texts])] = 0.0
    quality[_in_comments(page, counts)] *= COMMENT_QUALITY
    values = (np.minimum(weights * quality, LONGEST) - COST).astype(np.float32)
    values[page.hidden] = 0.0
    return _Measures(weights, counts, values)


def _in_comments(page: Page, counts: NDArray[np.float32]) -> BoolArray:
    """(units,) whether a unit stands under the heading of a comment area."""
    words = counts[:, GROUPS.index("comment")] > 0
    short = np.array([len(part) <= SHORT_LINE // 2 for part in page.texts])
    return np.cumsum(words & short) > 0


def _best_run(values: FloatArray) -> tuple[int, int, float]:
    """Return the first and last index, and the sum, of the run of values with the greatest sum.

    >>> _best_run(np.array([-1, 2, -1, 3, -5, 4], dtype=np.float32))
    (1, 3, 4.0)
    """
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    lowest = np.minimum.accumulate(sums[:-1])
    last = int(np.argmax(sums[1:] - lowest))
    first = int(np.argmin(sums[: last + 1]))
    return first, last, float(sums[last + 1] - sums[first])


def _verdicts(page: Page, measures: _Measures, first: int, last: int) -> Iterator[Verdict]:
    title = _title(page, measures, first)
    section = Label.RECOMMENDATION
    for unit in range(len(page)):
        if page.hidden[unit]:
            yield Verdict(Label.OTHER, 0.6, "hidden")
        elif unit == title:
            yield Verdict(Label.TITLE, 0.7, "likeliest headline over the prose")
        elif unit < first:
            yield _before(page, measures, unit, title)
        elif unit <= last:
            yield _inside(page, measures, unit)
        else:
            verdict = _after(page, measures, unit, unit - last, section)
            section = verdict.label if verdict.label in LASTING else section
            yield verdict


def _title(page: Page, measures: _Measures, first: int) -> int | None:
    """Return the unit that reads most like a headline among those shortly before the article."""
    best, best_score = None, 0.0
    head = page.head.title or ""
    for unit in range(max(0, first - TITLE_REACH), first):
        text = page.texts[unit]
        if page.hidden[unit] or DATE.search(text) or PATH.search(text) or CREDIT.match(text):
            continue
        score = min(float(measures.weights[unit]), 100.0) - 2 * (first - unit)
        score += 100.0 if len(text) > 5 and text in head else 0.0
        score += 80.0 if _in_element(page, unit, "h1") else 0.0
        score -= 50.0 * _chrome(measures, unit)
        if score > best_score:
            best, best_score = unit, score
    return best


def _before(page: Page, measures: _Measures, unit: int, title: int | None) -> Verdict:
    text = page.texts[unit]
    if title is not None and unit > title:
        return _byline(page, measures, unit) or _by_words(page, measures, unit, Label.SHARE)
    near = title is not None and title - unit <= BYLINE_REACH
    if near and PATH.search(text) and len(text) <= 2 * SHORT_LINE:
        return Verdict(Label.BREADCRUMB, 0.7, "a path shortly before the title")
    return Verdict(Label.NAVIGATION, 0.6, "before the title")


def _inside(page: Page, measures: _Measures, unit: int) -> Verdict:
    text = page.texts[unit]
    if CREDIT.match(text) and len(text) <= SHORT_LINE:
        return Verdict(Label.BYLINE, 0.7, "begins as a credit")
    if measures.values[unit] < 0 and len(text) <= SHORT_LINE and _chrome(measures, unit):
        return _by_words(page, measures, unit, Label.BODY)
    return Verdict(Label.BODY, 0.8, "in the run of prose")


def _after(page: Page, measures: _Measures, unit: int, distance: int, section: Label) -> Verdict:
    text = page.texts[unit]
    if distance <= BYLINE_REACH:
        byline = _byline(page, measures, unit) if CREDIT.match(text) else None
        if byline:
            return byline
    if len(text) <= SHORT_LINE or section is Label.FOOTER or not distance:
        return _by_words(page, measures, unit, section)
    return Verdict(section, 0.5, f"in a section of {section}")


def _byline(page: Page, measures: _Measures, unit: int) -> Verdict | None:
    text = page.texts[unit]
    words = int(measures.counts[unit, GROUPS.index("byline")])
    if len(text) <= 3 * SHORT_LINE and (DATE.search(text) or CREDIT.match(text) or words):
        return Verdict(Label.BYLINE, 0.7, "a date or a credit beside the article")
    return None


def _by_words(page: Page, measures: _Measures, unit: int, otherwise: Label) -> Verdict:
    """Return the label whose words the unit has most of; a bare count goes with the buttons beside it."""
    counts = {label: int(measures.counts[unit, GROUPS.index(name)]) for name, label in SECTIONS.items()}
    label = max(counts, key=lambda found: (counts[found], found is not Label.NAVIGATION))
    if counts[label]:
        return Verdict(label, 0.6, f"words of {label}")
    return Verdict(otherwise, 0.5, f"in a section of {otherwise}")


def _chrome(measures: _Measures, unit: int) -> int:
    return sum(int(measures.counts[unit, GROUPS.index(name)]) for name in SECTIONS)


def _in_element(page: Page, unit: int, tag: str) -> bool:
    markup = page.markup
    if markup is None:
        return False
    return any(
        markup.tags[row] == tag for _, row in zip(range(3), markup.ancestors(int(markup.inner[unit])), strict=False)
    )
