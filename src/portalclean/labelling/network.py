"""The labeller: a small network of dilated convolutions over the sequence of units, in plain numpy.

Seven residual layers of width-3 convolutions see 127 units to each side; the page's mean and maximum are mixed
in halfway (the form is that of temporal convolutional networks, Bai, Kolter and Koltun, arXiv:1803.01271). One
set of weights serves both doors: without a DOM the structure columns are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib import resources
from os import PathLike
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from portalclean.labelling.decoding import decoded
from portalclean.labelling.features import features
from portalclean.labelling.reasons import Reasons
from portalclean.page import LABEL_CODES, CodeArray, FloatArray, Label, Page, PageType, Verdicts
from portalclean.reading import Reading

__all__ = ["Weights", "label_by_network", "load_weights", "network_labeller", "probabilities", "unpacked"]

CLIP = 6.0
"""Standard deviations beyond which a feature says nothing more; the same in training."""
PAGE_TYPES = tuple(PageType)
BODY, TITLE = LABEL_CODES[Label.BODY], LABEL_CODES[Label.TITLE]
DIGITS = 4
"""Probabilities are rounded before they are compared: the last bits of a float differ between machines."""
TITLE_NEIGHBOURS = 2
"""Units beside the page's best title that may be its other lines; a title further away is a copy of it."""


class Weights(NamedTuple):
    """A trained network; see the training code for how it comes about."""

    version: str
    text_mean: FloatArray
    text_deviation: FloatArray
    text: FloatArray
    """(text columns, channels)"""
    structure_mean: FloatArray
    structure_deviation: FloatArray
    structure: FloatArray
    """(structure columns, channels)"""
    text_bias: FloatArray
    structure_bias: FloatArray
    layers: tuple[FloatArray, ...]
    """(3 × channels, channels) each: the unit ``dilation`` before, the unit itself, the one behind"""
    layer_biases: tuple[FloatArray, ...]
    dilations: tuple[int, ...]
    pool_after: int
    page: FloatArray
    page_bias: FloatArray
    labels: FloatArray
    labels_bias: FloatArray
    types: FloatArray
    types_bias: FloatArray
    transitions: FloatArray
    """(labels, labels) as `portalclean.labelling.decoding.decoded` takes them"""
    calibration: FloatArray
    """(2,) slope and offset of the page's confidence on the logit of its expected F1"""


def label_by_network(reading: Reading) -> Verdicts:
    """Give every unit of the page a verdict, by the weights that the package ships."""
    return _labelled(reading, load_weights())


def network_labeller(path: str | PathLike[str]) -> Callable[[Reading], Verdicts]:
    """Return the labeller with the weights of a file that the training wrote, as a stage for a `Pipeline`.

    ``Pipeline().replace("label", network_labeller("ours.npz"))``. It can be pickled. Raises `BrokenWeights`.
    """
    from portalclean.labelling.weights import read_weights

    return partial(_labelled, weights=read_weights(path))


def _labelled(reading: Reading, weights: Weights) -> Verdicts:
    page = reading.page
    if not len(page):
        return Verdicts(np.zeros(0, dtype=np.int8), np.zeros(0, dtype=np.float32), ())
    chances, types = probabilities(page, weights)
    # What is not shown is no headline: the head's own title would win over the one on the page.
    chances[page.hidden, TITLE] = 0.0
    best = decoded(chances, weights.transitions)
    _keep_one_title(chances, best)
    chosen = chances[np.arange(len(best)), best]
    kind = PAGE_TYPES[int(types.argmax())]
    return Verdicts(
        best.astype(np.int8),
        chosen.astype(np.float32),
        Reasons(chances, best),
        kind,
        _confidence(page, chances, best, weights),
    )


def probabilities(page: Page, weights: Weights) -> tuple[FloatArray, FloatArray]:
    """Return (units, labels) and (types,) probabilities, rounded. The page has at least one unit."""
    text, structure = features(page)
    _scale(text, weights.text_mean, weights.text_deviation)
    x = text @ weights.text + weights.text_bias
    if structure is not None:
        _scale(structure, weights.structure_mean, weights.structure_deviation)
        x += structure @ weights.structure + weights.structure_bias
    np.maximum(x, 0, out=x)
    count, channels = x.shape
    wide = np.empty((count, 3 * channels), dtype=np.float32)
    change = np.empty_like(x)
    for number, (layer, bias, dilation) in enumerate(
        zip(weights.layers, weights.layer_biases, weights.dilations, strict=True), start=1
    ):
        _gather(x, dilation, wide)
        np.matmul(wide, layer, out=change)
        change += bias
        np.maximum(change, 0, out=change)
        x += change
        if number == weights.pool_after:
            x += np.maximum(_pooled(x) @ weights.page + weights.page_bias, 0)
    return _softmax(x @ weights.labels + weights.labels_bias), _softmax(_pooled(x) @ weights.types + weights.types_bias)


def _scale(columns: FloatArray, mean: FloatArray, deviation: FloatArray) -> None:
    """Scale the columns where they are: a new array of this size costs more than the arithmetic."""
    columns -= mean
    columns /= deviation
    np.maximum(columns, -CLIP, out=columns)
    np.minimum(columns, CLIP, out=columns)


def _gather(x: FloatArray, dilation: int, wide: FloatArray) -> None:
    """Write to ``wide`` (units, 3 × channels) each unit with the ones ``dilation`` places before and behind.

    Outside the page there are zeros.
    """
    channels = x.shape[1]
    wide[:, channels : 2 * channels] = x
    wide[:dilation, :channels] = 0
    wide[dilation:, :channels] = x[:-dilation]
    wide[-dilation:, 2 * channels :] = 0
    wide[:-dilation, 2 * channels :] = x[dilation:]


def _pooled(x: FloatArray) -> FloatArray:
    """(2 × channels,) mean and maximum over the page."""
    return np.concatenate([x.mean(axis=0), x.max(axis=0)])


def _softmax(scores: NDArray[np.floating]) -> FloatArray:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: FloatArray = (powers / powers.sum(axis=-1, keepdims=True)).round(DIGITS).astype(np.float32)
    return shares


def _keep_one_title(chances: FloatArray, best: CodeArray) -> None:
    """Give titles away from the page's surest one their next best label: they are copies of it."""
    titles = np.flatnonzero(best == TITLE)
    if len(titles) < 2:
        return
    surest = titles[chances[titles, TITLE].argmax()]
    copies = titles[np.abs(titles - surest) > TITLE_NEIGHBOURS]
    others = chances[copies].copy()
    others[:, TITLE] = -1
    best[copies] = others.argmax(axis=1)


def _confidence(page: Page, chances: FloatArray, best: CodeArray, weights: Weights) -> float:
    """Return how sure the labels of the body are: the F1 to expect of them, calibrated on unseen pages."""
    sizes = (page.ends - page.starts).astype(np.float32)
    chance = chances[:, BODY]
    chosen = best == BODY
    common = 2 * float((sizes * chance)[chosen].sum()) + 1.0
    expected = common / (float(sizes[chosen].sum()) + float((sizes * chance).sum()) + 1.0)
    expected = min(max(expected, 1e-3), 1 - 1e-3)
    slope, offset = weights.calibration.tolist()
    logit = slope * float(np.log(expected / (1 - expected))) + offset
    return float(1 / (1 + np.exp(-logit)))


@cache
def load_weights() -> Weights:
    """Return the weights that the package ships."""
    with resources.files(__package__).joinpath("weights.npz").open("rb") as file, np.load(file) as arrays:
        return unpacked(arrays)


def unpacked(arrays: Mapping[str, FloatArray]) -> Weights:
    """Return the weights of an archive of arrays; raises what the archive raises where one is missing."""

    def layered(name: str) -> tuple[FloatArray, ...]:
        return tuple(arrays[f"{name}{row}"].astype(np.float32) for row in range(len(arrays["dilations"])))

    plain = {
        name: arrays[name].astype(np.float32)
        for name in Weights._fields
        if name not in ("version", "layers", "layer_biases", "dilations", "pool_after")
    }
    return Weights(
        version=str(arrays["version"]),
        layers=layered("layer"),
        layer_biases=layered("layer_bias"),
        dilations=tuple(arrays["dilations"].tolist()),
        pool_after=int(arrays["pool_after"]),
        **plain,
    )
