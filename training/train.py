"""Gold to weights, in one command.

    python -m training.train                 # under an hour on two cores
    python -m training.train --gold FOLDER --out ours.npz   # taught with pages of one's own as well

Builds the examples, fits the network to all of them and writes the weights into the package. With ``--check``
it first cross-validates by site, writes the scores and the calibration of the confidence beside this file, and each
fold's network into the build folder, for benchmarks over unseen pages.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import torch
from benchmarks.folds import network_of_fold

from training.batches import Scales, Tensors
from training.calibration import calibrate, coverage
from training.dataset import add_sources, build, sources
from training.examples import BUILD, Example, load, save
from training.experiment import cross_validated
from training.export import add_offsets, export
from training.fit import Recipe, fit
from training.offsets import label_offsets, offsets_of_folds, shifted
from training.scoring import Found, groups, scores

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE.parent / "src" / "portalclean" / "labelling" / "weights.npz"
SCORES = HERE / "scores.json"
CALIBRATION = HERE / "calibration.json"
THREADS = 2
"""Fixed, so that sums are taken in the same order on every machine."""


def main() -> None:
    """Build, check, fit, export."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_sources(parser)
    parser.add_argument("--examples", type=Path, default=BUILD / "examples.pickle")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--version", default=date.today().strftime("%Y.%m.%d"))
    parser.add_argument("--check", action="store_true", help="cross-validate by site first")
    options = parser.parse_args()
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
    if options.gold or not options.examples.exists():
        save(build(sources(options), THREADS), options.examples)
    examples = load(options.examples)
    if all(example.structure is None for example in examples):
        raise SystemExit("none of the pages has HTML: learn them beside the project's own, without --gold-alone")
    recipe = Recipe()
    if options.check:
        found = _cross_validated(recipe, examples, options.examples)
        table = {name: round(value, 4) for name, value in scores(examples, found).items()}
        report = {"means": table, "groups": groups(examples, found), "coverage": coverage(examples, found)}
        SCORES.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
    scales = Scales.of(examples)
    tensors = Tensors(examples, scales, "cpu")
    network = fit(tensors, examples, list(range(len(examples))), recipe)
    calibration = json.loads(CALIBRATION.read_text("utf-8"))
    slope, offset = calibration["confidence"]
    export(network, scales, (slope, offset), options.version, options.out)
    add_offsets(options.out, calibration["offsets"])
    print(f"{options.out}: {options.out.stat().st_size:,} bytes")


def _cross_validated(recipe: Recipe, examples: Sequence[Example], path: Path) -> Found:
    """Return what networks that have not seen their sites make of the examples, and write what it calibrates.

    Each fold's offsets are those of the other folds, in its scores and in its file of weights.
    """
    networks = BUILD / "folds"
    found = cross_validated(recipe, path, networks, THREADS)
    offsets = offsets_of_folds(examples, found)
    for fold, own in offsets.items():
        add_offsets(network_of_fold(networks, fold), own)
    moved = {m: (shifted(labels, offsets[examples[m].fold]), types) for m, (labels, types) in found.items()}
    calibration = {"confidence": calibrate(examples, moved), "offsets": label_offsets(examples, found)}
    CALIBRATION.write_text(json.dumps(calibration) + "\n", "utf-8")
    return moved


if __name__ == "__main__":
    main()
