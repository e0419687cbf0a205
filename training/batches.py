"""Examples as tensors, and padded batches drawn from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from portalclean.page import LABELS, PageType
from training.examples import Example
from training.network import BODY, Batch

__all__ = ["Scale", "Scales", "Tensors", "batches"]

CLIP = 6.0
"""Standard deviations beyond which a value says nothing more."""
LONGEST = 700
"""Units of a page that one step sees; longer pages are cut at random."""
TYPE_CODES = {str(kind): code for code, kind in enumerate(PageType)}


class Scale:
    """Mean and deviation of every column."""

    def __init__(self, columns: Sequence[NDArray[np.float16]]) -> None:
        count = sum(len(part) for part in columns)
        total = np.sum([part.sum(axis=0, dtype=np.float64) for part in columns], axis=0)
        self.mean = (total / count).astype(np.float32)
        squares = np.sum(
            [((part.astype(np.float32) - self.mean) ** 2).sum(axis=0, dtype=np.float64) for part in columns],
            axis=0,
        )
        self.deviation = np.sqrt(squares / count).astype(np.float32) + 1e-3

    def __call__(self, part: NDArray[np.float16]) -> NDArray[np.float16]:
        """Standardise and clip."""
        scaled = (part.astype(np.float32) - self.mean) / self.deviation
        clipped: NDArray[np.float16] = np.clip(scaled, -CLIP, CLIP).astype(np.float16)
        return clipped


class Scales(NamedTuple):
    """The scales of the columns that every page has, and of those that only a page with a DOM has."""

    text: Scale
    structure: Scale

    @classmethod
    def of(cls, examples: Sequence[Example]) -> Scales:
        """Return the scales of these examples."""
        structured = [example.structure for example in examples if example.structure is not None]
        return cls(Scale([example.text for example in examples]), Scale(structured))


class Tensors:
    """All examples' columns as tensors on one device, with the row where each example begins."""

    def __init__(self, examples: Sequence[Example], scales: Scales, device: str) -> None:
        self.device = device
        self.lengths = [len(example.words) for example in examples]
        self.starts = np.cumsum([0, *self.lengths])
        structured = [example for example in examples if example.structure is not None]
        first = np.cumsum([0, *(len(example.words) for example in structured)])
        rows = iter(first.tolist())
        self.structure_starts = [next(rows) if example.structure is not None else -1 for example in examples]
        self.text = self._tensor([scales.text(example.text) for example in examples])
        self.structure = self._tensor([scales.structure(e.structure) for e in structured if e.structure is not None])
        self.words = self._tensor([example.words for example in examples])
        self.targets = self._tensor([example.targets for example in examples])
        self.labelled = self._tensor([example.labelled.astype(np.float32) for example in examples])
        self._remember_marks(examples)
        self.forget_weak_labels()
        self.missed = [example.missed for example in examples]
        self.types = [TYPE_CODES.get(example.page_type, -1) for example in examples]
        self.forum = [float(example.page_type == "forum") for example in examples]

    def _remember_marks(self, examples: Sequence[Example]) -> None:
        """(units,) the labels that the markup gives away, and the rows of the HTML's units that dumps are made of."""
        self.marked = torch.full((int(self.starts[-1]),), -1, dtype=torch.int8)
        self.origins = torch.full((int(self.starts[-1]),), -1, dtype=torch.int64)
        html = {(e.set, e.page): member for member, e in enumerate(examples) if e.structure is not None}
        for member, example in enumerate(examples):
            rows = slice(int(self.starts[member]), int(self.starts[member + 1]))
            if example.marked is not None:
                self.marked[rows] = torch.from_numpy(example.marked)
            if example.origin is not None:
                first = int(self.starts[html[example.set, example.page]])
                origin = torch.from_numpy(example.origin).long()
                self.origins[rows] = torch.where(origin >= 0, origin + first, -1)

    def forget_weak_labels(self) -> None:
        """Let each unit have the gold's labels alone, and those that the markup gives away."""
        self._weak_from(torch.zeros(len(self.words), len(LABELS), dtype=torch.float16))

    def take_weak_labels(self, found: dict[int, NDArray[np.float32]]) -> None:
        """Take a network's probabilities as labels of the units of which only the body's share is known.

        The gold body decides what is body; the network decides what the rest is, and of a dump's units it
        decides by what it made of them in the page's HTML.
        """
        chances = torch.zeros(len(self.words), len(LABELS), dtype=torch.float16)
        for member, p in found.items():
            chances[int(self.starts[member]) : int(self.starts[member + 1])] = torch.from_numpy(p).half()
        self._weak_from(chances)

    def _weak_from(self, chances: torch.Tensor) -> None:
        """(units, labels) from ``chances`` and what the markup says; zero where both say nothing."""
        marked = self.marked >= 0
        chances[marked] = functional.one_hot(self.marked[marked].long(), len(LABELS)).half()
        carried = (self.origins >= 0).nonzero()[:, 0]
        above = chances[self.origins[carried]]
        says = above.sum(1) > 0
        chances[carried[says]] = above[says]
        body = self.targets[:, BODY].float()[:, None]
        rest = chances.float()
        rest[:, BODY] = 0
        total = rest.sum(1, keepdim=True)
        weak = rest / total.clamp(min=1e-6) * (1 - body)
        weak[:, BODY] = body[:, 0]
        self.weak = torch.where(chances.sum(1, keepdim=True) > 0, weak, 0.0).half().to(self.device)

    def _tensor(self, parts: Sequence[np.ndarray]) -> torch.Tensor:
        return torch.from_numpy(np.concatenate(parts)).to(self.device)

    def batch(self, members: Sequence[int], random: np.random.Generator | None, drop_structure: float = 0.0) -> Batch:
        """Return these examples padded; with ``random``, long ones cut and structure left out at random."""
        spans = [self._span(member, random) for member in members]
        longest = max(length for _, length in spans)
        index = torch.zeros(len(members), longest, dtype=torch.long)
        below = torch.zeros(len(members), longest, dtype=torch.long)
        mask = torch.zeros(len(members), longest)
        has = torch.zeros(len(members), 1, 1)
        missed = torch.zeros(len(members))
        for row, (member, (offset, length)) in enumerate(zip(members, spans, strict=True)):
            steps = torch.arange(offset, offset + length)
            index[row, :length] = int(self.starts[member]) + steps
            mask[row, :length] = 1
            if length == self.lengths[member]:
                missed[row] = self.missed[member]
            if self.structure_starts[member] >= 0 and not (random is not None and random.random() < drop_structure):
                has[row] = 1
                below[row, :length] = self.structure_starts[member] + steps
        index, below, mask, has = (part.to(self.device, non_blocking=True) for part in (index, below, mask, has))
        return Batch(
            self.text[index].float(),
            self.structure[below].float(),
            has,
            mask,
            self.words[index],
            self.targets[index].float(),
            self.labelled[index] * mask,
            self.weak[index].float(),
            missed.to(self.device),
            torch.tensor([self.types[member] for member in members], device=self.device),
            torch.tensor([self.forum[member] for member in members], device=self.device),
        )

    def _span(self, member: int, random: np.random.Generator | None) -> tuple[int, int]:
        length = self.lengths[member]
        if random is None or length <= LONGEST:
            return 0, length
        return int(random.integers(0, length - LONGEST + 1)), LONGEST


def batches(
    lengths: Sequence[int], members: Sequence[int], units: int, random: np.random.Generator | None
) -> Iterator[list[int]]:
    """Yield batches of about this many units, pages of like length together; in random order with ``random``."""
    noise = random.random(len(members)) if random is not None else np.zeros(len(members))
    size = [min(lengths[member], LONGEST if random is not None else lengths[member]) for member in members]
    order = sorted(range(len(members)), key=lambda place: size[place] * (1 + 0.3 * noise[place]))
    groups: list[list[int]] = [[]]
    for place in order:
        if groups[-1] and (len(groups[-1]) + 1) * size[place] > units:
            groups.append([])
        groups[-1].append(members[place])
    if random is not None:
        random.shuffle(groups)  # type: ignore[arg-type]
    yield from groups
