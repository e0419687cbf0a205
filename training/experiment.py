"""Cross-validate recipes: every page scored by a network that has seen no page of its site.

python -m training.experiment '{"epochs": 12}' '{"channels": 96}' --jobs 2
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import multiprocessing
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from benchmarks.folds import FOLDS, network_of_fold

from training.batches import Scales, Tensors
from training.examples import BUILD, Example, load
from training.export import export
from training.fit import Recipe, fit, predict
from training.scoring import scores

__all__ = ["cross_validated"]

Found = dict[int, tuple[np.ndarray, np.ndarray]]
CORES = 2
"""What all jobs share."""


def main() -> None:
    """Fit and score each recipe on each fold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recipes", nargs="*", default=["{}"], help="JSON objects: what differs from the recipe")
    parser.add_argument("--folds", nargs="*", type=int, default=list(range(FOLDS)))
    parser.add_argument("--examples", type=Path, default=BUILD / "examples.pickle")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--out", type=Path, help="where the scores are added, a JSON line a recipe")
    parser.add_argument("--keep", type=Path, help="where the last recipe's probabilities are kept, pickled")
    options = parser.parse_args()
    jobs = [Job(changes, fold, options.examples, options.jobs) for changes in options.recipes for fold in options.folds]
    examples = load(options.examples)
    waiting = {changes: len(options.folds) for changes in options.recipes}
    found: dict[str, Found] = {changes: {} for changes in options.recipes}
    with multiprocessing.get_context("spawn").Pool(options.jobs) as pool:
        for changes, part in pool.imap_unordered(_fold, jobs):
            found[changes] |= part
            waiting[changes] -= 1
            if waiting[changes] == 0:
                if options.keep:
                    options.keep.write_bytes(pickle.dumps(found[changes]))
                _report(changes, examples, found.pop(changes), options.out)


def cross_validated(recipe: Recipe, path: Path, networks: Path | None = None, jobs: int = 1) -> Found:
    """Return every example's probabilities from a network that has seen no page of its site.

    With ``networks``, each fold's network is written to that folder as ``<fold>.npz``.
    """
    changes = json.dumps(dataclasses.asdict(recipe))
    found: Found = {}
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        for _, part in pool.imap_unordered(_fold, [Job(changes, fold, path, jobs, networks) for fold in range(FOLDS)]):
            found |= part
    return found


class Job(NamedTuple):
    """A recipe to fit without the pages of one fold."""

    changes: str
    fold: int
    examples: Path
    jobs: int
    networks: Path | None = None


def _fold(job: Job) -> tuple[str, Found]:
    torch.set_num_threads(max(CORES // job.jobs, 1))
    given = json.loads(job.changes)
    given["weights"] = {**Recipe().weights, **given.get("weights", {})}
    given["dilations"] = tuple(given.get("dilations", Recipe().dilations))
    recipe = dataclasses.replace(Recipe(), **given)
    examples = load(job.examples)
    scales = Scales.of(examples)
    tensors = Tensors(examples, scales, "cpu")
    seen = [row for row, example in enumerate(examples) if example.fold != job.fold]
    unseen = [row for row, example in enumerate(examples) if example.fold == job.fold]
    network = fit(tensors, examples, seen, recipe)
    if job.networks:
        job.networks.mkdir(parents=True, exist_ok=True)
        path = network_of_fold(job.networks, job.fold)
        export(network, scales, (1.0, 0.0), f"fold {job.fold}", path)
    return job.changes, predict(network, tensors, unseen)


def _report(changes: str, examples: Sequence[Example], found: Found, out: Path | None) -> None:
    table = {name: round(value, 4) for name, value in scores(examples, found).items()}
    line = json.dumps({"recipe": json.loads(changes), **table})
    short = " ".join(f"{name}={table[name]:.3f}" for name in table if "html" in name or "rendered" in name)
    print(changes, short, flush=True)
    if out:
        with out.open("a") as file:
            file.write(line + "\n")


if __name__ == "__main__":
    main()
