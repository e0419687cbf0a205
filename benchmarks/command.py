"""The command line of the benchmark."""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.corpora import SAMPLE, Door, GoldPage, find_folders, read_folder, sampled
from benchmarks.folds import unseeing_networks
from benchmarks.guard import Guard, installed
from benchmarks.report import as_json, as_markdown, tables
from benchmarks.runner import Result, metric_of, run
from benchmarks.systems import SYSTEMS, System

__all__ = ["main"]

EXPLAINED = (
    "Times are CPU time from bytes to result, one thread, all systems in turn on each page; × lxml is the"
    " total over the total of the bare lxml parse of the same pages' HTML."
    " An error counts as an empty answer."
)
PROGRESS_EVERY = 10.0
"""Seconds between two progress lines."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; return the exit code."""
    options = _parser().parse_args(arguments)
    folders = options.folders or [SAMPLE]
    pages = _pages(folders, options.sets, options.sample)
    weights = unseeing_networks(_pages(folders, None, None), options.networks) if options.networks else None
    wanted = [SYSTEMS[name] for name in options.systems or SYSTEMS]
    wanted = [system for system in wanted if options.door in (None, system.door)]
    missing = {system.name: reason for system in wanted if (reason := installed(system.name))}
    systems = [system for system in wanted if system.name not in missing]
    with Guard() as guard:
        watched = _watched(run(pages, systems, guard, weights), len(pages) * len(systems))
        results = _ordered(watched, systems)
    made = tables(results)
    text = _preamble(pages, systems, missing) + as_markdown(made)
    for path in options.out:
        path.write_text(as_json(made, results) if path.suffix == ".json" else text, encoding="utf-8")
    if not options.out:
        print(text)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="portalclean and its peers, side by side."
    )
    parser.add_argument("folders", nargs="*", type=Path, help="folders with sets (default: the invented sample)")
    parser.add_argument("--systems", type=_names, metavar="NAME,…", help=f"default: all of {', '.join(SYSTEMS)}")
    parser.add_argument("--sets", type=_plain_names, metavar="NAME,…", help="only the sets with these names")
    parser.add_argument("--sample", type=int, metavar="N", help="at most N pages of each set, the same ones every time")
    parser.add_argument("--door", type=Door, choices=list(Door), help="only the systems that read this")
    parser.add_argument(
        "--networks",
        type=Path,
        metavar="FOLDER",
        help="networks by fold, from the training: portalclean reads each page with one that has not seen its site",
    )
    parser.add_argument(
        "--out", type=Path, action="append", default=[], metavar="FILE", help=".md or .json; may be repeated"
    )
    return parser


def _plain_names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",")]


def _names(text: str) -> list[str]:
    names = _plain_names(text)
    unknown = [name for name in names if name not in SYSTEMS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no system {unknown[0]!r}; there are: {', '.join(SYSTEMS)}")
    return names


def _pages(folders: Iterable[Path], sets: Sequence[str] | None, count: int | None) -> list[GoldPage]:
    found = [folder for folder in find_folders(folders) if sets is None or folder.name in sets]
    return [page for folder in found for page in sampled(list(read_folder(folder)), count)]


def _watched(results: Iterable[Result], total: int) -> list[Result]:
    """Collect the results and say on stderr how far they are."""
    collected: list[Result] = []
    said = time.monotonic()
    for result in results:
        collected.append(result)
        if time.monotonic() - said > PROGRESS_EVERY:
            said = time.monotonic()
            print(f"{len(collected)} of {total}: {result.set} {result.page}", file=sys.stderr)
    return collected


def _ordered(results: Sequence[Result], systems: Sequence[System]) -> list[Result]:
    """Return the results by page, in the systems' order: the order of running must not show."""
    order = {system.name: place for place, system in enumerate(systems)}
    pages = {key: place for place, key in enumerate(dict.fromkeys((one.set, one.page) for one in results))}
    return sorted(results, key=lambda one: (pages[one.set, one.page], order[one.system]))


def _preamble(pages: Sequence[GoldPage], systems: Sequence[System], missing: dict[str, str]) -> str:
    counts: dict[str, int] = {}
    for page in pages:
        counts[page.set] = counts.get(page.set, 0) + 1
    sets = [f"{name}: {count} pages, {metric_of(name).name}" for name, count in counts.items()]
    versions = [f"{system.name} {system.version()}" for system in systems]
    lines = [
        "# portalclean and its peers",
        "",
        f"Sets: {'; '.join(sets)}.",
        f"Systems: {', '.join(versions)}; Python {platform.python_version()}.",
        *([f"Not installed: {', '.join(missing)}."] if missing else []),
        EXPLAINED,
        "",
        "",
    ]
    return "\n".join(lines)
