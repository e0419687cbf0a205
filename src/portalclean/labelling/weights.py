"""The numbers of a trained network: those that the package ships, and those of a file that a team has trained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from os import PathLike
from pathlib import Path
from typing import NamedTuple

import numpy as np

from portalclean.errors import BrokenWeights
from portalclean.page import LABELS, FloatArray, PageType

__all__ = ["PAGE_TYPES", "Weights", "load_weights", "read_weights"]

PAGE_TYPES = tuple(PageType)

Shape = tuple[int, ...]


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
    calibration: FloatArray
    """(2,) slope and offset of the page's confidence on the logit of its expected F1"""


@cache
def load_weights() -> Weights:
    """Return the weights that the package ships."""
    with resources.files(__package__).joinpath("weights.npz").open("rb") as file, np.load(file) as arrays:
        return _unpacked(arrays)


def read_weights(path: str | PathLike[str]) -> Weights:
    """Return the weights of a file that the training wrote; nothing in the file is run.

    Raises `BrokenWeights` when it cannot be read, or when its arrays are not those of a network that this version
    runs: the columns of the features, the labels and the page types must be ours, and all numbers finite.
    """
    try:
        with Path(path).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            weights = _unpacked(arrays)
    except OSError as error:
        raise BrokenWeights(f"cannot read the weights {path}: {error.strerror or error}") from error
    except Exception as error:  # what a damaged archive raises has no base of its own
        raise BrokenWeights(f"{path} is not a file of weights: {str(error) or type(error).__name__}") from error
    if wrong := next(_misfits(weights), None):
        raise BrokenWeights(f"the weights {path} do not fit this version: {wrong}")
    return weights


def _misfits(weights: Weights) -> Iterator[str]:
    """Yield what keeps a network from running."""
    for name, shape in _shapes(weights).items():
        value = getattr(weights, name)
        if value.shape != shape:
            yield f"{name} has the shape {value.shape}, not {shape}"
    channels = weights.text_bias.size
    for layer, bias in zip(weights.layers, weights.layer_biases, strict=True):
        if layer.shape != (3 * channels, channels) or bias.shape != (channels,):
            yield f"a layer has the shapes {layer.shape} and {bias.shape}"
    arrays = [value for value in weights if isinstance(value, np.ndarray)]
    if not all(np.isfinite(array).all() for array in (*arrays, *weights.layers, *weights.layer_biases)):
        yield "not all of its numbers are finite"
    if min(weights.dilations, default=0) < 1:
        yield f"its dilations are {weights.dilations}"
    if not ((weights.text_deviation > 0).all() and (weights.structure_deviation > 0).all()):
        yield "a deviation is not positive"


def _shapes(weights: Weights) -> Mapping[str, Shape]:
    """Return the shapes that the arrays must have: ours, but for the number of channels."""
    ours, channels = load_weights(), weights.text_bias.size
    text, structure = len(ours.text_mean), len(ours.structure_mean)
    return {
        "text_mean": (text,),
        "text_deviation": (text,),
        "text": (text, channels),
        "text_bias": (channels,),
        "structure_mean": (structure,),
        "structure_deviation": (structure,),
        "structure": (structure, channels),
        "structure_bias": (channels,),
        "page": (2 * channels, channels),
        "page_bias": (channels,),
        "labels": (channels, len(LABELS)),
        "labels_bias": (len(LABELS),),
        "types": (2 * channels, len(PAGE_TYPES)),
        "types_bias": (len(PAGE_TYPES),),
        "calibration": (2,),
    }


def _unpacked(arrays: Mapping[str, FloatArray]) -> Weights:
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
