"""The tables: results grouped and averaged, as Markdown or JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from statistics import fmean, median
from typing import Any, NamedTuple

from benchmarks.fields import Field, Verdict
from benchmarks.labels import Confusion, label_f1, macro_f1
from benchmarks.runner import Result, metric_of
from benchmarks.scoring import mean_prf

__all__ = ["Table", "as_json", "as_markdown", "tables"]

POOR = 0.5
"""A page under this F1 is as good as lost."""
SMALLEST_GROUP = 5
"""Languages with fewer pages than this are shown together."""
COVERAGES = (1.0, 0.9, 0.8)
"""Shares of the pages, the most confident first, for the risk-coverage figures."""
MOST_ERRORS = 40
NONE = "–"


class Table(NamedTuple):
    """A table of strings."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


def tables(results: Sequence[Result]) -> list[Table]:
    """Return all tables; systems keep the order of their first result in the list."""
    made = [_by_set(name, of_set) for name, of_set in _grouped(results, lambda one: one.set)]
    made += [
        _by_group("Body by language", results, lambda one: one.language),
        _by_group("Body by page type", results, lambda one: one.page_type),
        _fields(results),
        _authors(results),
        *(_labels(name, of_set) for name, of_set in _grouped(results, lambda one: one.set)),
        _coverage(results),
        _speed(results),
        _errors(results),
    ]
    return [table for table in made if table.rows]


def as_markdown(made: Iterable[Table]) -> str:
    """Return the tables as Markdown."""
    return "\n".join(
        "\n".join(
            [
                f"## {table.title}",
                "",
                _line(table.header),
                _line(["---", *["---:"] * (len(table.header) - 1)]),
                *map(_line, table.rows),
                "",
            ]
        )
        for table in made
    )


def as_json(made: Iterable[Table], results: Iterable[Result]) -> str:
    """Return the tables, and the result of every page and system, as JSON."""
    pages = []
    for result in results:
        record: dict[str, Any] = asdict(result)
        if result.lines is not None:
            record["lines"] = [[*pair, count] for pair, count in sorted(result.lines.items())]
        pages.append(record)
    return json.dumps({"tables": [table._asdict() for table in made], "pages": pages}, ensure_ascii=False)


def _by_set(name: str, results: Sequence[Result]) -> Table:
    rows = []
    for system, of_system in _grouped(results, lambda one: one.system):
        judged = [one for one in of_system if one.score is not None]
        if not judged:
            continue
        prf = mean_prf(one.overlap for one in judged if one.overlap is not None)
        rows.append(
            [
                system,
                str(len(judged)),
                *_spread(judged),
                *map(_three, prf),
                _mean(one.wanted for one in of_system),
                _mean(one.unwanted for one in of_system),
                str(sum(one.error is not None for one in of_system)),
                *_times(of_system),
            ]
        )
    header = ["system", "pages", "mean", "median", f"under {POOR}", "shingle P", "R", "F1"]
    header += ["with", "without", "errors", "ms/page", "× lxml"]
    return Table(f"{name}: body, {metric_of(name).name}", header, rows)


def _by_group(title: str, results: Sequence[Result], key: Callable[[Result], str]) -> Table:
    """Return a table with a column for every set and group in it, where a set has more than one group."""
    judged = [one for one in results if one.score is not None]
    columns = [
        (f"{name} {group}", members)
        for name, of_set in _grouped(judged, lambda one: one.set)
        for group, members in _large_groups(of_set, key)
    ]
    rows = []
    for system, _ in _grouped(judged, lambda one: one.system):
        cells = []
        for _, members in columns:
            of_system = [one for one in members if one.system == system]
            cells.append(" / ".join(_spread(of_system)) if of_system else NONE)
        rows.append([system, *cells])
    header = ["mean / median / under 0.5", *(f"{name} ({_pages(members)})" for name, members in columns)]
    return Table(title, header, rows if columns else [])


def _large_groups(results: Sequence[Result], key: Callable[[Result], str]) -> list[tuple[str, list[Result]]]:
    """Return the groups, the small ones as one; none when there is only one."""
    groups = sorted(_grouped(results, key), key=lambda group: (-_pages(group[1]), group[0]))
    large = [group for group in groups if _pages(group[1]) >= SMALLEST_GROUP]
    rest = [one for group in groups if _pages(group[1]) < SMALLEST_GROUP for one in group[1]]
    merged = [*large, *([("rest", rest)] if rest else [])]
    return merged if len(merged) > 1 else []


def _fields(results: Sequence[Result]) -> Table:
    rows = []
    for name, of_set in _grouped(results, lambda one: one.set):
        for field in Field:
            for system, of_system in _grouped(of_set, lambda one: one.system):
                counts = Counter(one.fields[field].verdict for one in of_system if field in one.fields)
                if counts:
                    cells = [str(counts[verdict]) for verdict in Verdict]
                    rows.append([f"{name} {field}", system, str(counts.total()), *cells])
    return Table("Fields", ["field", "system", "judged", *Verdict], rows)


def _authors(results: Sequence[Result]) -> Table:
    rows = []
    for name, of_set in _grouped(results, lambda one: one.set):
        for system, of_system in _grouped(of_set, lambda one: one.system):
            judged = [one.fields[Field.AUTHORS] for one in of_system if Field.AUTHORS in one.fields]
            if not judged:
                continue
            hits = sum(one.hits for one in judged)
            given, wanted = hits + sum(one.extras for one in judged), hits + sum(one.misses for one in judged)
            shares = [hits / given if given else 0.0, hits / wanted if wanted else 0.0]
            f1 = 2 * hits / (given + wanted) if given + wanted else 0.0
            invented = sum(one.verdict is Verdict.INVENTED for one in judged)
            rows.append([f"{name} authors", system, *map(_three, [*shares, f1]), str(invented)])
    return Table("Author names", ["field", "system", "P", "R", "F1", "pages invented"], rows)


def _labels(name: str, results: Sequence[Result]) -> Table:
    scores = {}
    for system, of_system in _grouped(results, lambda one: one.system):
        counts: Confusion = Counter()
        for one in of_system:
            counts.update(one.lines or {})
        if counts:
            scores[system] = label_f1(counts)
    labels = sorted({label for by_label in scores.values() for label in by_label})
    rows = [
        [system, _three(macro_f1(by_label)), *(_three(by_label.get(label, 0.0)) for label in labels)]
        for system, by_label in scores.items()
    ]
    return Table(f"{name}: labels, F1 over gold lines", ["system", "macro", *labels], rows)


def _coverage(results: Sequence[Result]) -> Table:
    """Return the mean F1 of the most confident pages; a page that failed comes last."""
    rows = []
    for name, of_set in _grouped(results, lambda one: one.set):
        for system, of_system in _grouped(of_set, lambda one: one.system):
            if all(one.confidence is None for one in of_system):
                continue
            surest = sorted(of_system, key=lambda one: (-(one.confidence or 0.0), one.page))
            scores = [one.score for one in surest if one.score is not None]
            if scores:
                means = [fmean(scores[: max(1, round(share * len(scores)))]) for share in COVERAGES]
                rows.append([name, system, str(len(scores)), *map(_three, means)])
    header = ["mean F1 of the most confident", "system", "pages", *(f"{share:.0%}" for share in COVERAGES)]
    return Table("Confidence: risk and coverage", header, rows)


def _speed(results: Sequence[Result]) -> Table:
    rows = []
    for system, of_system in _grouped(results, lambda one: one.system):
        seconds = sorted(one.seconds for one in of_system if one.error is None)
        if seconds:
            worst = seconds[-1] * 1000
            rows.append(
                [
                    system,
                    str(len(seconds)),
                    *_times(of_system),
                    f"{median(seconds) * 1000:.2f}",
                    f"{worst:.1f}",
                ]
            )
    return Table("Speed, all sets", ["system", "pages", "ms/page", "× lxml", "median ms", "slowest ms"], rows)


def _errors(results: Sequence[Result]) -> Table:
    counts = Counter((one.set, one.system, one.error) for one in results if one.error is not None)
    rows = [
        [name, system, error.replace("|", "¦"), str(count)]
        for (name, system, error), count in counts.most_common(MOST_ERRORS)
    ]
    return Table("Errors (each page counts as an empty answer)", ["set", "system", "error", "pages"], rows)


def _times(results: Sequence[Result]) -> list[str]:
    """Return ms a page, and the total over the total of the reference parse, of the pages without error."""
    timed = [(one.seconds, one.reference) for one in results if one.error is None]
    paired = [(seconds, reference) for seconds, reference in timed if reference]
    if not paired:
        return [NONE, NONE]
    ratio = sum(seconds for seconds, _ in paired) / sum(reference for _, reference in paired)
    return [f"{fmean(seconds for seconds, _ in timed) * 1000:.2f}", f"{ratio:.2f}"]


def _spread(results: Iterable[Result]) -> tuple[str, str, str]:
    """Return mean, median and number of poor pages."""
    scores = [one.score for one in results if one.score is not None]
    return _three(fmean(scores)), _three(median(scores)), str(sum(score < POOR for score in scores))


def _grouped(results: Iterable[Result], key: Callable[[Result], str]) -> Iterator[tuple[str, list[Result]]]:
    """Yield (key, results) in the order in which the keys come first."""
    groups: dict[str, list[Result]] = {}
    for one in results:
        groups.setdefault(key(one), []).append(one)
    yield from groups.items()


def _pages(results: Iterable[Result]) -> int:
    return len({(one.set, one.page) for one in results})


def _mean(values: Iterable[float | None]) -> str:
    known = [value for value in values if value is not None]
    return _three(fmean(known)) if known else NONE


def _three(value: float) -> str:
    return f"{value:.3f}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
