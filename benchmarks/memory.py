"""What a site memory gains: ``python -m benchmarks.memory FOLDER... --networks FOLDER``.

Pages of hosts with two or more pages, each read with the network of its fold (``0.npz`` to ``4.npz``) and a memory of
all pages through the same door; a page itself is left out where its own texts are looked up.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from benchmarks.corpora import Door, GoldPage, find_folders, read_folder
from benchmarks.folds import unseeing_networks
from benchmarks.labels import Confusion, confusion, label_f1, macro_f1, shown_blocks
from benchmarks.runner import metric_of
from portalclean import Article, Pipeline, read
from portalclean.labelling.network import network_labeller
from portalclean.labelling.remembering import remember
from portalclean.memory import SiteMemory

UNEQUAL = 1e-9
"""Difference from which on two F1 are not the same."""


class Pair(NamedTuple):
    """A page's body F1 and lines without and with the memory."""

    set: str
    scores: tuple[float, float] | None
    lines: tuple[Confusion, Confusion]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each door and set; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description="What a site memory gains.")
    parser.add_argument("folders", nargs="+", type=Path, help="folders with sets")
    parser.add_argument("--networks", type=Path, required=True, help="folder with a network for each fold, 0.npz …")
    options = parser.parse_args(arguments)
    pages = [page for folder in find_folders(options.folders) for page in read_folder(folder)]
    networks = unseeing_networks(pages, options.networks)
    labellers = {network: network_labeller(network) for network in set(networks.values())}
    sites = Counter(page.site for page in pages)
    shared = [page for page in pages if sites[page.site] > 1]
    for door in Door:
        memory = SiteMemory()
        captures = [(page, read(page.capture(door), url=page.url, kind=door.value)) for page in shared]
        for gold, page in captures:
            memory.see(page, gold.site)
        pairs: dict[str, list[Pair]] = defaultdict(list)
        for gold, page in captures:
            if memory.pages(gold.site) > 1:
                plain = Pipeline().replace("label", labellers[networks[gold.set, gold.id]])
                knowing = plain.after("label", "remember", remember(memory, gold.site))
                pairs[gold.set].append(_pair(gold, plain.run(page), knowing.run(page)))
        for line in _lines(door, pairs):
            print(line, flush=True)
    return 0


def _pair(gold: GoldPage, plain: Article, knowing: Article) -> Pair:
    f1, bodies = metric_of(gold.set).f1, gold.gold.bodies
    before, after = (max((f1(article.text, body) for body in bodies), default=0.0) for article in (plain, knowing))
    return Pair(gold.set, (before, after) if bodies else None, (_confusion(gold, plain), _confusion(gold, knowing)))


def _confusion(gold: GoldPage, article: Article) -> Confusion:
    return confusion(shown_blocks(article), gold.gold.lines) if gold.gold.lines else Counter()


def _lines(door: Door, pairs: dict[str, list[Pair]]) -> Iterator[str]:
    for name, of_set in sorted(pairs.items()):
        scores = [pair.scores for pair in of_set if pair.scores]
        better = sum(after > before + UNEQUAL for before, after in scores)
        worse = sum(after < before - UNEQUAL for before, after in scores)
        before, after = (fmean(pair[which] for pair in scores) for which in (0, 1))
        line = f"{door} {name}: {len(scores)} pages, F1 {before:.4f} -> {after:.4f}, {better} better, {worse} worse"
        totals = [sum((pair.lines[which] for pair in of_set), Counter()) for which in (0, 1)]
        if totals[0]:
            line += ", macro " + " -> ".join(f"{macro_f1(label_f1(total)):.4f}" for total in totals)
        yield line


if __name__ == "__main__":
    raise SystemExit(main())
