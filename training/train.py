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
from datetime import date
from pathlib import Path

import torch

from training.batches import Scales, Tensors
from training.calibration import calibrate, coverage
from training.dataset import add_sources, build, sources
from training.examples import BUILD, load, save
from training.experiment import cross_validated
from training.export import export
from training.fit import Recipe, fit
from training.scoring import groups, scores

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
        found = cross_validated(recipe, options.examples, BUILD / "folds", THREADS)
        table = {name: round(value, 4) for name, value in scores(examples, found).items()}
        report = {"means": table, "groups": groups(examples, found), "coverage": coverage(examples, found)}
        SCORES.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
        CALIBRATION.write_text(json.dumps(calibrate(examples, found)) + "\n", "utf-8")
    scales = Scales.of(examples)
    tensors = Tensors(examples, scales, "cpu")
    network = fit(tensors, examples, list(range(len(examples))), recipe)
    slope, offset = json.loads(CALIBRATION.read_text("utf-8"))
    export(network, scales, (slope, offset), options.version, options.out)
    print(f"{options.out}: {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
