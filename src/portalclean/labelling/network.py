"""The labeller: a small network of dilated convolutions over the sequence of units, in plain numpy.

Seven residual layers of width-3 convolutions see 127 units to each side; the page's mean and maximum are mixed
in halfway (the form is that of temporal convolutional networks, Bai, Kolter and Koltun, arXiv:1803.01271). One
set of weights serves both doors: without a DOM the structure columns are left out.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache, partial
from os import PathLike
from typing import NamedTuple

import numpy as np

from portalclean.labelling.features import all_columns
from portalclean.labelling.reasons import network_reasons
from portalclean.labelling.weights import PAGE_TYPES, Weights, load_weights, read_weights
from portalclean.page import LABEL_CODES, CodeArray, FloatArray, Kind, Label, Page, Verdicts
from portalclean.reading import Reading

__all__ = [
    "FRAGMENT",
    "Network",
    "label_by_network",
    "load_network",
    "network_labeller",
    "prepared",
    "probabilities",
]

CLIP = 6.0
"""Standard deviations beyond which a feature says nothing more; the same in training."""
BODY, TITLE = LABEL_CODES[Label.BODY], LABEL_CODES[Label.TITLE]
DIGITS = 4
"""Probabilities are rounded before they are compared: the last bits of a float differ between machines."""
TITLE_NEIGHBOURS = 2
"""Units beside the page's best title that may be its other lines; a title further away is a copy of it."""

FRAGMENT = 12
"""Units up to which a capture is an article without a page around it."""
FRAGMENT_TITLE = 0.1
"""Least chance of the title of such a dump."""


class Network(NamedTuple):
    """Weights in the form that they are computed with: what can be worked out once is."""

    weights: Weights
    mean: FloatArray
    """(columns, 1) of the text columns, then of the structure columns."""
    limit: FloatArray
    """(columns, 1) the distance from the mean at which a column is clipped."""
    entry: FloatArray
    """(columns, channels) on the columns as they are: the division by the deviation is in it."""
    full_bias: FloatArray
    """(channels,) of text and structure columns together."""
    layers: tuple[FloatArray, ...]
    """(3 × channels + 1, channels) each: the last row is the bias."""


def label_by_network(reading: Reading) -> Verdicts:
    """Give every unit of the page a verdict, by the weights that the package ships."""
    return _labelled(reading, load_network())


def network_labeller(path: str | PathLike[str]) -> Callable[[Reading], Verdicts]:
    """Return the labeller with the weights of a file that the training wrote, as a stage for a `Pipeline`.

    ``Pipeline().replace("label", network_labeller("ours.npz"))``. It can be pickled. Raises `BrokenWeights`.
    """
    return partial(_labelled, network=prepared(read_weights(path)))


def _labelled(reading: Reading, network: Network) -> Verdicts:
    page = reading.page
    if not len(page):
        return Verdicts(np.zeros(0, dtype=np.int8), np.zeros(0, dtype=np.float32), ())
    chances, types = probabilities(page, network)
    # What is not shown is no headline: the head's own title would win over the one on the page.
    chances[page.hidden, TITLE] = 0.0
    best: CodeArray = chances.argmax(axis=1).astype(np.int8)
    _keep_one_title(chances, best)
    if page.kind is Kind.TEXT and len(page) <= FRAGMENT:
        _find_title(chances, best)
    chosen = chances[np.arange(len(best)), best]
    kind = PAGE_TYPES[int(types.argmax())]
    return Verdicts(
        best.astype(np.int8),
        chosen.astype(np.float32),
        network_reasons(chances, best),
        kind,
        _confidence(page, chances, best, network.weights),
        network.weights.version,
    )


def probabilities(page: Page, network: Network) -> tuple[FloatArray, FloatArray]:
    """Return (units, labels) and (types,) probabilities, rounded. The page has at least one unit."""
    weights = network.weights
    around = max(weights.dilations, default=0)
    # Before the first unit and behind the last one there are zeros, for the layers to look at.
    padded = np.zeros((len(page) + 2 * around, weights.text_bias.size), dtype=np.float32)
    x = padded[around : around + len(page)]
    _enter(all_columns(page), network, x)
    wide = np.ones((len(page), 3 * x.shape[1] + 1), dtype=np.float32)
    change, nothing = np.empty_like(x), np.zeros_like(x)
    for number, (layer, dilation) in enumerate(zip(network.layers, weights.dilations, strict=True), start=1):
        _gather(padded, around, dilation, wide)
        np.matmul(wide, layer, out=change)
        # Against an array of zeros, which takes a third of the time that the number takes.
        np.maximum(change, nothing, out=change)
        x += change
        if number == weights.pool_after:
            x += np.maximum(_pooled(x) @ weights.page + weights.page_bias, 0)
    labels = weights.labels.T @ x.T + weights.labels_bias[:, None]
    return _softmax(labels).T, _softmax(_pooled(x) @ weights.types + weights.types_bias)


def _enter(columns: FloatArray, network: Network, x: FloatArray) -> None:
    """Write to ``x`` (units, channels) what the first layer makes of the columns; they are scaled where they are."""
    count = len(columns)
    columns -= network.mean[:count]
    np.maximum(columns, -network.limit[:count], out=columns)
    np.minimum(columns, network.limit[:count], out=columns)
    np.matmul(columns.T, network.entry[:count], out=x)
    x += network.weights.text_bias if count == len(network.weights.text) else network.full_bias
    np.maximum(x, 0, out=x)


def _gather(padded: FloatArray, around: int, dilation: int, wide: FloatArray) -> None:
    """Write to ``wide`` each unit with the ones ``dilation`` places before and behind; its last column stays one.

    ``padded`` holds the units with ``around`` rows of zeros before and behind them.
    """
    count, channels = len(wide), padded.shape[1]
    for part in range(3):
        first = around + (part - 1) * dilation
        wide[:, part * channels : (part + 1) * channels] = padded[first : first + count]


def _pooled(x: FloatArray) -> FloatArray:
    """(2 × channels,) mean and maximum over the page."""
    pooled = np.empty((2, x.shape[1]), dtype=np.float32)
    np.add.reduce(x, axis=0, out=pooled[0])
    pooled[0] /= len(x)
    np.maximum.reduce(x, axis=0, out=pooled[1])
    return pooled.ravel()


def _softmax(scores: FloatArray) -> FloatArray:
    """Turn scores into shares of one, along the first axis."""
    shares: FloatArray = np.exp(scores - np.maximum.reduce(scores))
    shares /= np.add.reduce(shares)
    np.round(shares, DIGITS, out=shares)
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


def _find_title(chances: FloatArray, best: CodeArray) -> None:
    """Give a fragment without a title its likeliest unit over the body as one, if any is likely enough.

    The network has learned from whole pages, and a headline with nothing but its article is new to it.
    """
    if TITLE in best or BODY not in best:
        return
    over = chances[: int((best == BODY).argmax()), TITLE]
    if len(over) and over.max() >= FRAGMENT_TITLE:
        best[int(over.argmax())] = TITLE


def _confidence(page: Page, chances: FloatArray, best: CodeArray, weights: Weights) -> float:
    """Return how sure the labels of the body are: the F1 to expect of them, calibrated on unseen pages."""
    sizes = (page.ends - page.starts).astype(np.float32)
    chance = chances[:, BODY]
    chosen = best == BODY
    promised = sizes * chance
    common = 2 * float(promised[chosen].sum()) + 1.0
    expected = common / (float(sizes[chosen].sum()) + float(promised.sum()) + 1.0)
    expected = min(max(expected, 1e-3), 1 - 1e-3)
    slope, offset = weights.calibration.tolist()
    logit = slope * math.log(expected / (1 - expected)) + offset
    return float(1 / (1 + np.exp(-logit)))


@cache
def load_network() -> Network:
    """Return the network that the package ships."""
    return prepared(load_weights())


def prepared(weights: Weights) -> Network:
    """Return the weights in the form that they are computed with."""
    deviation = np.concatenate([weights.text_deviation, weights.structure_deviation])[:, None]
    return Network(
        weights=weights,
        mean=np.concatenate([weights.text_mean, weights.structure_mean])[:, None],
        limit=np.float32(CLIP) * deviation,
        entry=np.concatenate([weights.text, weights.structure]) / deviation,
        full_bias=weights.text_bias + weights.structure_bias,
        layers=tuple(
            np.concatenate([layer, bias[None]])
            for layer, bias in zip(weights.layers, weights.layer_biases, strict=True)
        ),
    )
