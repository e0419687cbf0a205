"""Gold pages to examples: features and targets of every view of every page, cached in one file.

python -m training.dataset                 # writes build/examples.pickle, three minutes on two cores
python -m training.dataset --gold FOLDER   # with pages of one's own beside ours; --gold-alone leaves ours out
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import random
import re
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TypeAlias

import numpy as np
from benchmarks.corpora import Door, GoldPage, find_folders, read_folder
from benchmarks.folds import folds_of
from benchmarks.scoring import tokens
from numpy.typing import NDArray

from portalclean.capture import read
from portalclean.errors import CaptureTooLarge
from portalclean.labelling.features import features
from portalclean.page import LABEL_CODES, LABELS, Kind, Label, Page
from training.augment import Lists, augmented, gather, mixed
from training.examples import BUILD, Example, save
from training.marks import marked, rows_in
from training.targets import HALF, body_shares, label_shares, title_unit
from training.thinning import kept_units, thinned
from training.views import Piece, View, carried, dump_of_lines, dump_of_page

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
"""Where the development data lies beside a checkout; it is not part of the project."""
LEAST_GOLD = 0.5
"""A unit with gold for less than this share of its characters has no label to learn."""
BODY, TITLE = LABEL_CODES[Label.BODY], LABEL_CODES[Label.TITLE]
YEAR = re.compile(r"(?:19|20)\d\d")
COPIES = {"portal": 3, "zh69": 3, "magic": 3, "fundus": 3, "wcxb": 0}
"""Thinner copies of a page of each set; the large set, mostly English, has short articles enough."""
Targets: TypeAlias = tuple[NDArray[np.float32], NDArray[np.bool_]]
"""(rows, labels) shares of the labels, and (rows,) or (1,) whether all labels of a row are known."""
EVERY = np.ones(1, dtype=bool)
"""All labels of all rows are known."""


def examples_of(page: GoldPage, fold: int) -> Iterator[Example]:
    """Yield the views of a page."""
    html = read(page.html(), kind=Kind.HTML)
    if len(html):
        yield from _html_examples(page, html, fold)
    text = page.text().decode("utf-8")
    if page.gold.lines:
        values = np.eye(len(LABELS), dtype=np.float32)[[LABEL_CODES[Label(line.label)] for line in page.gold.lines]]
        pieces = [Piece(line.text, row) for row, line in enumerate(page.gold.lines)]
        for view in (View.RENDERED, View.WRAPPED, View.ONE_LINE):
            yield from _dump_example(page, fold, view, pieces, dump_of_lines(pieces, view), (values, EVERY))
    elif text.strip():
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        values, known = _body_targets(page, lines)
        pieces = [Piece(line, row) for row, line in enumerate(lines)]
        # One of the other two forms for each page: the sets are large and their pages alike.
        other = View.WRAPPED if zlib.crc32(page.id.encode()) % 2 else View.ONE_LINE
        for view in (View.RENDERED, other):
            yield from _dump_example(page, fold, view, pieces, dump_of_lines(pieces, view), (values, known), html)


def augmented_examples(page: GoldPage, fold: int, lists: Lists) -> Iterator[Example]:
    """Yield dumps of the page with other lists, with another article, or with a shorter one in it."""
    for copy, (view, lines) in enumerate([*augmented(page, lists), *mixed(page, lists)]):
        values = np.eye(len(LABELS), dtype=np.float32)[[LABEL_CODES[Label(label)] for _, label in lines]]
        pieces = [Piece(text, row) for row, (text, _) in enumerate(lines)]
        made = _copy(page, "augmented", f"{page.id} {copy}")
        yield from _dump_example(made, fold, view, pieces, dump_of_lines(pieces, view), (values, EVERY))


def thinned_examples(page: GoldPage, fold: int) -> Iterator[Example]:
    """Yield copies of the page with less on it, from HTML and as dumps of it."""
    html = read(page.html(), kind=Kind.HTML)
    if not len(html):
        return
    values, labelled = _targets(page, html)
    codes, best = values.argmax(axis=1).tolist(), values.max(axis=1)
    for copy in range(COPIES.get(page.set, 1)):
        chance = random.Random(zlib.crc32(f"{page.id} thinned {copy}".encode()))
        labels = [str(LABELS[code]) if share > HALF else None for code, share in zip(codes, best, strict=True)]
        keep = kept_units(html.texts, labels, chance)
        if not keep.any():
            continue
        less = thinned(html, keep)
        made = _copy(page, "thinned", f"{page.id} thinned {copy}")
        yield _example(made, fold, View.HTML, less, values[keep], labelled[keep])
        view = chance.choice((View.NODES, View.EVERYTHING))
        yield from _dump_example(made, fold, view, *dump_of_page(less, view), (values[keep], labelled[keep]), less)


def _copy(page: GoldPage, set_: str, id_: str) -> GoldPage:
    """Name a page made of this one. Of its body nothing is missed: what its units say is all that there is."""
    return dataclasses.replace(page, set=set_, id=id_, gold=dataclasses.replace(page.gold, bodies=()))


def _targets(page: GoldPage, html: Page) -> Targets:
    """Return the targets of a page's units, and which of them are known in full."""
    if not page.gold.lines:
        return _body_targets(page, html.texts, html.hidden)
    values, known = label_shares(page.gold.lines, html.texts)
    labelled = known >= LEAST_GOLD
    values[~labelled] = 0.0
    return values, labelled


def _html_examples(page: GoldPage, html: Page, fold: int) -> Iterator[Example]:
    values, labelled = _targets(page, html)
    yield _example(page, fold, View.HTML, html, values, labelled)
    view = View.NODES if zlib.crc32(page.id.encode()) % 2 else View.EVERYTHING
    for each in (View.NODES, View.EVERYTHING) if page.gold.lines else (view,):
        yield from _dump_example(page, fold, each, *dump_of_page(html, each), (values, labelled), html)


def _dump_example(
    page: GoldPage,
    fold: int,
    view: View,
    pieces: Sequence[Piece],
    dump: str,
    targets: Targets,
    html: Page | None = None,
) -> Iterator[Example]:
    """Yield the dump, if it says anything; ``html`` is the page that it is a dump of."""
    dumped = read(dump, kind=Kind.TEXT)
    if len(dumped):
        values, known = targets
        column = np.broadcast_to(known, len(values)).astype(np.float32)[:, None]
        means, _ = carried(pieces, np.concatenate([values, column], axis=1), dumped.texts)
        example = _example(page, fold, view, dumped, means[:, :-1], means[:, -1] >= LEAST_GOLD)
        if html is not None and len(html) and not page.gold.lines:
            example.origin = rows_in(html.texts, dumped.texts)
        yield example


def _body_targets(page: GoldPage, units: Sequence[str], hidden: NDArray[np.bool_] | None = None) -> Targets:
    """Return the targets of units of a page without labels: their share of the body, and which is the title.

    Only the title's unit is known in full.
    """
    values = np.zeros((len(units), len(LABELS)), dtype=np.float32)
    known = np.zeros(len(units), dtype=bool)
    if page.gold.bodies and page.gold.bodies[0]:
        values[:, BODY] = body_shares(page.gold.bodies[0], units)
    title = title_unit(page.gold.title or (), units, values[:, BODY], hidden)
    if title is not None:
        values[title] = 0.0
        values[title, TITLE] = 1.0
        known[title] = True
    return values, known


def _example(
    page: GoldPage,
    fold: int,
    view: View,
    read_page: Page,
    values: NDArray[np.float32],
    labelled: NDArray[np.bool_],
) -> Example:
    text, structure = features(read_page)
    words = np.array([len(tokens(unit)) for unit in read_page.texts], dtype=np.float32)
    found = float((words * values[:, BODY]).sum())
    wanted = len(tokens(page.gold.bodies[0])) if page.gold.bodies else 0
    return Example(
        page.set, page.id, view, fold, page.language, page.page_type, _year(page),
        text.astype(np.float16), None if structure is None else structure.astype(np.float16),
        words, values.astype(np.float16), labelled, max(wanted - found, 0.0),
        None if read_page.markup is None else _marked(read_page, values),
    )  # fmt: skip


def _marked(page: Page, values: NDArray[np.float32]) -> NDArray[np.int8]:
    titles = np.flatnonzero(values[:, TITLE] > HALF)
    return marked(page, int(titles[0]) if len(titles) else None, values[:, BODY] > HALF)


def _year(page: GoldPage) -> int | None:
    """Return the year of the gold's date."""
    days = page.gold.published.get(Door.HTML) or ()
    found = YEAR.match(days[0]) if days else None
    return int(found[0]) if found else None


def _all_of(job: tuple[GoldPage, int, Lists]) -> list[Example]:
    page, fold, lists = job
    try:
        return [
            *examples_of(page, fold),
            *augmented_examples(page, fold, lists),
            *thinned_examples(page, fold),
        ]
    except CaptureTooLarge as error:
        print(f"left out: {page.set} {page.id}: {error}")
        return []


def build(data: Sequence[Path], processes: int) -> list[Example]:
    """Return the examples of all sets in these folders, in a fixed order."""
    pages = [page for folder in find_folders(data) for page in read_folder(folder)]
    folds = folds_of(pages)
    lists = gather(pages, folds)
    jobs = [(page, fold, lists[fold, page.language]) for page, fold in zip(pages, folds, strict=True)]
    with ProcessPoolExecutor(processes) as pool:
        return [example for found in pool.map(_all_of, jobs, chunksize=8) for example in found]


def add_sources(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which gold is learned from; see `sources`."""
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--gold", type=Path, action="append", default=[], help="gold of one's own; may be given again")
    parser.add_argument("--gold-alone", action="store_true", help="learn from --gold and leave --data out")


def sources(options: argparse.Namespace) -> list[Path]:
    """Return the folders of gold that the options name."""
    if options.gold_alone and not options.gold:
        raise SystemExit("--gold-alone needs --gold")
    return [*([] if options.gold_alone else [options.data]), *options.gold]


def main() -> None:
    """Build the examples and write them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_sources(parser)
    parser.add_argument("--out", type=Path, default=BUILD / "examples.pickle")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    examples = build(sources(options), options.processes)
    save(examples, options.out)
    units = sum(len(example.words) for example in examples)
    print(f"{len(examples)} examples, {units} units -> {options.out}")


if __name__ == "__main__":
    main()
