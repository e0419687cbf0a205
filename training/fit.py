"""Fit a network, and score it on pages that it has not seen."""

from __future__ import annotations

import dataclasses
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch

from portalclean.page import LABELS
from training.batches import Tensors, batches
from training.examples import Example
from training.network import Network, Shape, loss
from training.views import View

__all__ = ["Recipe", "fit", "predict"]

REPEATS = {"portal": 3, "zh69": 3, "magic": 3, "fundus": 3, "augmented": 1.5, "thinned": 0.25}
"""How often a page of a set is seen in an epoch; one of the large set once."""


EMPHASIS = {
    "title": 4.0,
    "byline": 2.0,
    "caption": 2.0,
    "breadcrumb": 3.0,
    "advertisement": 2.0,
    "share": 1.5,
    "comment": 1.5,
}
"""What a unit of a rare label counts for one of the others: a page has one title among hundreds of units."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What can be varied in training."""

    epochs: int = 16
    first_epochs: int = 6
    """Epochs of every round but the last: these networks only label for the next."""
    rate: float = 3e-3
    decay: float = 1e-2
    batch_units: int = 6000
    drop_structure: float = 0.15
    channels: int = 48
    dropout: float = 0.1
    input_dropout: float = 0.1
    dilations: tuple[int, ...] = (1, 2, 4, 8, 16, 32, 64)
    weights: dict[str, float] = field(
        default_factory=lambda: {
            "page": 1.0,
            "unit": 0.7,
            "headline": 0.3,
            "type": 0.1,
            "forum": 1.0,
            "weak": 0.5,
            **EMPHASIS,
        }
    )
    """Of the parts of the loss; and of the labels, where they are known."""
    rounds: int = 2
    """Networks fitted one after the other; each labels the pages of which only the body is known for the next."""
    seed: int = 1


def fit(tensors: Tensors, examples: Sequence[Example], members: Sequence[int], recipe: Recipe) -> Network:
    """Return a network fitted to these examples, in as many rounds as the recipe says."""
    tensors.forget_weak_labels()
    for round_ in range(recipe.rounds - 1):
        short = dataclasses.replace(recipe, epochs=recipe.first_epochs, seed=recipe.seed + 100 * (round_ + 1))
        network = _fit_once(tensors, examples, members, short)
        tensors.take_weak_labels({row: p for row, (p, _) in predict(network, tensors, members).items()})
    return _without_emphasis(_fit_once(tensors, examples, members, recipe), recipe.weights)


def _without_emphasis(network: Network, weights: Mapping[str, float]) -> Network:
    """Take off a label's score again what it counted for in training: it would be found too often."""
    more = torch.tensor([weights.get(label, 1.0) for label in LABELS]).log()
    with torch.no_grad():
        network.labels.bias.sub_(more.to(network.labels.bias.device))
    return network


def _fit_once(tensors: Tensors, examples: Sequence[Example], members: Sequence[int], recipe: Recipe) -> Network:
    torch.manual_seed(recipe.seed)
    random = np.random.default_rng(recipe.seed)
    shape = Shape(
        tensors.text.shape[1], tensors.structure.shape[1], recipe.channels, recipe.dilations,
        dropout=recipe.dropout, input_dropout=recipe.input_dropout,
    )  # fmt: skip
    network = Network(shape).to(tensors.device)
    optimiser = torch.optim.AdamW(network.parameters(), recipe.rate, weight_decay=recipe.decay)
    views = _views_by_page(examples, members)
    steps = sum(1 for _ in batches(tensors.lengths, _epoch(views, random), recipe.batch_units, random))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, recipe.rate, total_steps=int(steps * recipe.epochs * 1.1))
    for epoch in range(recipe.epochs):
        network.train()
        begun, total, count = time.time(), 0.0, 0
        for group in batches(tensors.lengths, _epoch(views, random), recipe.batch_units, random):
            batch = tensors.batch(group, random, recipe.drop_structure)
            labels, types = network(batch)
            found = loss(labels, types, batch, recipe.weights)
            optimiser.zero_grad()
            found.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            if schedule.last_epoch < schedule.total_steps - 1:
                schedule.step()
            total, count = total + float(found.detach()), count + 1
        if epoch == recipe.epochs - 1 or epoch % 6 == 0:
            print(f"epoch {epoch}: loss {total / count:.4f}, {time.time() - begun:.0f} s", flush=True)
    return network.eval()


def _views_by_page(examples: Sequence[Example], members: Sequence[int]) -> list[tuple[float, int | None, list[int]]]:
    """Return for each page: how often it is seen, its HTML example, and its dumps."""
    html: dict[tuple[str, str], int] = {}
    dumps: dict[tuple[str, str], list[int]] = defaultdict(list)
    for member in members:
        key = examples[member].set, examples[member].page
        if examples[member].view is View.HTML:
            html[key] = member
        else:
            dumps[key].append(member)
    keys = dict.fromkeys([*html, *dumps])
    return [(REPEATS.get(key[0], 1), html.get(key), dumps[key]) for key in keys]


def _epoch(views: Sequence[tuple[float, int | None, list[int]]], random: np.random.Generator) -> list[int]:
    """Return the examples of one epoch: every page's HTML and one of its dumps, small sets repeated."""
    chosen: list[int] = []
    for repeats, html, dumps in views:
        for _ in range(int(repeats + random.random())):
            if html is not None:
                chosen.append(html)
            if dumps:
                chosen.append(dumps[random.integers(len(dumps))])
    return chosen


def predict(network: Network, tensors: Tensors, members: Sequence[int]) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """Return for each example (units, labels) and (types,) probabilities."""
    found = {}
    with torch.no_grad():
        for group in batches(tensors.lengths, members, 60_000, None):
            batch = tensors.batch(group, None)
            labels, types = network(batch)
            p, t = labels.softmax(-1).cpu().numpy(), types.softmax(-1).cpu().numpy()
            for row, member in enumerate(group):
                found[member] = p[row, : tensors.lengths[member]], t[row]
    return found
