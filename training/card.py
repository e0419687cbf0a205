"""The tables of the model card, from the scores of the last cross-validation.

python -m training.card            # writes them into docs/model-card.md, between its two marks
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from portalclean.page import Label
from training.views import View

__all__ = ["BEGIN", "END", "tables"]

HERE = Path(__file__).resolve().parent
CARD = HERE.parent / "docs" / "model-card.md"
BEGIN, END = "<!-- tables of training.card -->", "<!-- end of the tables -->"
SETS = ("portal", "wcxb", "zh69", "magic", "fundus")
FEWEST = 10
"""Pages of a group at least: a mean over fewer says nothing."""
SHARES = ("100%", "90%", "80%", "70%", "60%", "50%")


def tables(report: Mapping[str, Any]) -> str:
    """Return the tables as Markdown; ``report`` is what ``python -m training.train --check`` writes."""
    return "\n\n".join(
        ["Body F1 by set, mean over pages:", _table(_by_set(report["means"]))]
        + ["F1 of each label on the portal pages, over units:", _table(_by_label(report["means"]))]
        + [part for name in ("language", "era", "page type") for part in _group(name, report["groups"][name])]
        + ["Mean F1 of the surest pages, by the page's confidence:", _table(_by_coverage(report["coverage"]))]
    )


def _by_set(means: Mapping[str, float]) -> Iterator[list[str]]:
    yield ["set", *View]
    for name in SETS:
        yield [name, *(_figure(means.get(f"{name} {view}")) for view in View)]


def _by_label(means: Mapping[str, float]) -> Iterator[list[str]]:
    yield ["label", *View]
    for label in Label:
        yield [label, *(_figure(means[f"label {label} {view}"]) for view in View)]
    yield ["mean, without other", *(_figure(means[f"macro {view}"]) for view in View)]


def _group(name: str, parts: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    yield f"Body F1 by {name} (groups of {FEWEST} pages and more; mean, median, share of pages under 0.5):"
    yield _table(_by_group(name, parts))


def _by_group(name: str, parts: Mapping[str, Mapping[str, float]]) -> Iterator[list[str]]:
    yield [name, "pages", "HTML", "rendered dump"]
    for key in parts:
        group, _, view = key.rpartition(", ")
        html, dump = parts[key], parts.get(f"{group}, {View.RENDERED}")
        if view == View.HTML and dump and html["pages"] >= FEWEST:
            cells = (
                " / ".join(_figure(part[value]) for value in ("mean", "median", "failed")) for part in (html, dump)
            )
            yield [group, str(html["pages"]), *cells]


def _by_coverage(curves: Mapping[str, Mapping[str, float]]) -> Iterator[list[str]]:
    yield ["set and view", *SHARES]
    for name, curve in curves.items():
        if name.endswith((View.HTML, View.RENDERED)) and curve:
            yield [name, *(_figure(curve[share]) for share in SHARES)]


def _spread(part: Mapping[str, float]) -> str:
    return " / ".join(_figure(part[name]) for name in ("mean", "median", "failed"))


def _figure(value: float | None) -> str:
    """Write an F1 in three places.

    >>> _figure(0.9), _figure(1.0), _figure(None)
    ('.900', '1.000', '–')
    """
    return "–" if value is None else f"{value:.3f}".removeprefix("0")


def _table(rows: Iterator[list[str]]) -> str:
    head, *body = rows
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *body])


def main() -> None:
    """Write the tables into the model card."""
    before, rest = CARD.read_text("utf-8").split(BEGIN)
    _, behind = rest.split(END)
    report = json.loads((HERE / "scores.json").read_text("utf-8"))
    CARD.write_text(f"{before}{BEGIN}\n\n{tables(report)}\n\n{END}{behind}", "utf-8")


if __name__ == "__main__":
    main()
