from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import pytest

import portalclean
from portalclean import BrokenWeights, Pipeline, PortalCleanError
from portalclean.labelling.network import network_labeller

Arrays = dict[str, np.ndarray]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the shipped weights."""
    with as_file(files("portalclean.labelling").joinpath("weights.npz")) as shipped:
        return Path(shutil.copy(shipped, tmp_path / "ours.npz"))


def changed(path: Path, change: Callable[[Arrays], object]) -> Path:
    with np.load(path) as archive:
        arrays = dict(archive)
    change(arrays)
    np.savez_compressed(path, **arrays)
    return path


def test_a_copy_of_the_shipped_weights_labels_as_they_do(copy: Path, seed_text: str) -> None:
    pipeline = Pipeline().replace("label", network_labeller(copy))
    assert portalclean.extract(seed_text, pipeline=pipeline) == portalclean.extract(seed_text)


def test_other_weights_label_otherwise(copy: Path, seed_text: str) -> None:
    changed(copy, lambda arrays: arrays.update(labels=-arrays["labels"]))
    pipeline = Pipeline().replace("label", network_labeller(str(copy)))
    assert portalclean.extract(seed_text, pipeline=pipeline).blocks != portalclean.extract(seed_text).blocks


def test_the_labeller_can_be_sent_to_another_process(copy: Path, seed_text: str) -> None:
    labeller = pickle.loads(pickle.dumps(network_labeller(copy)))
    assert portalclean.extract(seed_text, pipeline=Pipeline().replace("label", labeller)).title


def test_an_empty_page_is_no_matter(copy: Path) -> None:
    assert portalclean.extract("", pipeline=Pipeline().replace("label", network_labeller(copy))).blocks == ()


@pytest.mark.parametrize("content", [b"", b"not weights", b"PK\x03\x04 broken", b"\x93NUMPY\x01\x00", b"\x80\x04N."])
def test_a_broken_file_is_an_error_of_ours(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken.npz"
    path.write_bytes(content)
    with pytest.raises(BrokenWeights, match=r"broken\.npz"):
        network_labeller(path)


def test_a_cut_file_is_an_error_of_ours(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:20_000])
    with pytest.raises(PortalCleanError):
        network_labeller(copy)


@pytest.mark.parametrize("name", ["absent.npz", "."])
def test_no_file_is_an_error_of_ours(name: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenWeights, match="cannot read"):
        network_labeller(tmp_path / name)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda arrays: arrays.pop("labels"), "not a file of weights.*labels"),
        (lambda arrays: arrays.update(text=arrays["text"][1:]), "text has the shape"),
        (lambda arrays: arrays.update(text_mean=arrays["text_mean"][1:]), "text_mean has the shape"),
        (lambda arrays: arrays.update(layer3=arrays["layer3"][1:]), "a layer has the shapes"),
        (lambda arrays: arrays.update(types_bias=arrays["types_bias"] * np.nan), "finite"),
        (lambda arrays: arrays.update(dilations=arrays["dilations"] * 0), "dilations"),
        (lambda arrays: arrays.update(text_deviation=arrays["text_deviation"] * 0), "deviation"),
        (lambda arrays: arrays.update(text_bias=np.zeros((2, 2))), "text has the shape"),
        (lambda arrays: arrays.update(page=np.array("a")), "not a file of weights"),
    ],
)
def test_weights_that_do_not_fit_are_named(change: Callable[[Arrays], object], message: str, copy: Path) -> None:
    with pytest.raises(BrokenWeights, match=message):
        network_labeller(changed(copy, change))
