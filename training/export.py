"""Write a fitted network as the file of weights that the library reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from portalclean.page import LABELS
from training.batches import Scales
from training.network import Network
from training.offsets import Offsets

__all__ = ["add_offsets", "export"]


def export(
    network: Network,
    scales: Scales,
    calibration: tuple[float, float],
    version: str,
    path: Path,
) -> None:
    """Write the weights in half precision; the library computes in single precision."""
    state = {name: value.detach().cpu().numpy() for name, value in network.state_dict().items()}
    arrays: dict[str, np.ndarray] = {
        "version": np.array(version),
        "text_mean": scales.text.mean,
        "text_deviation": scales.text.deviation,
        "structure_mean": scales.structure.mean,
        "structure_deviation": scales.structure.deviation,
        "dilations": np.array(network.shape.dilations),
        "pool_after": np.array(network.shape.pool_after),
        "calibration": np.array(calibration, dtype=np.float32),
    }
    for name in ("text", "structure", "page", "labels", "types"):
        arrays[name] = state[f"{name}.weight"].T.astype(np.float16)
        arrays[f"{name}_bias"] = state[f"{name}.bias"].astype(np.float16)
    for row in range(len(network.shape.dilations)):
        kernel = state[f"layers.{row}.weight"]  # (out, in, 3)
        arrays[f"layer{row}"] = kernel.transpose(2, 1, 0).reshape(-1, kernel.shape[0]).astype(np.float16)
        arrays[f"layer_bias{row}"] = state[f"layers.{row}.bias"].astype(np.float16)
    np.savez_compressed(path, **arrays)


def add_offsets(path: Path, offsets: Offsets) -> None:
    """Add to the scores of labels in a file that `export` wrote."""
    with np.load(path) as stored:
        arrays = dict(stored)
    more = np.array([offsets.get(label, 0.0) for label in LABELS])
    arrays["labels_bias"] = (arrays["labels_bias"] + more).astype(np.float16)
    np.savez_compressed(path, **arrays)
