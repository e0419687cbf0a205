"""The network as it is trained, and its losses. The library runs the same arithmetic in numpy.

A residual stack of dilated convolutions of width 3 over the sequence of units, as in temporal convolutional
networks (Bai, Kolter and Koltun, arXiv:1803.01271), with the page's mean and maximum mixed in halfway.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from portalclean.page import LABEL_CODES, LABELS, Label, PageType
from training.targets import HALF

__all__ = ["BODY", "Batch", "Network", "Shape", "loss"]

BODY, CAPTION, COMMENT, TITLE = (
    LABEL_CODES[label] for label in (Label.BODY, Label.CAPTION, Label.COMMENT, Label.TITLE)
)
CAPTION_SHARE = 0.03
"""What a caption counts for where gold knows body and rest only: captions are body in some sets."""
PAGE_TYPES = tuple(PageType)


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network."""

    text: int
    structure: int
    channels: int = 48
    dilations: tuple[int, ...] = (1, 2, 4, 8, 16, 32, 64)
    pool_after: int = 4
    dropout: float = 0.1
    input_dropout: float = 0.1


@dataclass(slots=True)
class Batch:
    """Padded pages; `mask` is 1 for real units."""

    text: Tensor  # (pages, units, text columns)
    structure: Tensor  # (pages, units, structure columns)
    has_structure: Tensor  # (pages, 1, 1)
    mask: Tensor  # (pages, units)
    words: Tensor  # (pages, units)
    targets: Tensor  # (pages, units, labels)
    labelled: Tensor  # (pages, units)
    weak: Tensor  # (pages, units, labels) labels by markup or another network; zero where there are none
    missed: Tensor  # (pages,)
    page_type: Tensor  # (pages,) -1 where unknown
    is_forum: Tensor  # (pages,)


class Network(nn.Module):
    """Units in, a score for every label of every unit and for every page type out."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        channels = shape.channels
        self.shape = shape
        self.text = nn.Linear(shape.text, channels)
        self.structure = nn.Linear(shape.structure, channels)
        self.layers = nn.ModuleList(
            nn.Conv1d(channels, channels, 3, padding=dilation, dilation=dilation) for dilation in shape.dilations
        )
        self.page = nn.Linear(2 * channels, channels)
        self.labels = nn.Linear(channels, len(LABELS))
        self.types = nn.Linear(2 * channels, len(PAGE_TYPES))
        self.drop = nn.Dropout(shape.dropout)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Return (pages, units, labels) and (pages, types) scores."""
        mask = batch.mask.unsqueeze(-1)
        x = self.text(self._thinned(batch.text))
        x = x + self.structure(self._thinned(batch.structure)) * batch.has_structure
        x = functional.relu(x) * mask
        for number, layer in enumerate(self.layers, start=1):
            x = x + functional.relu(layer(x.transpose(1, 2)).transpose(1, 2)) * (mask * self._channels_kept(x))
            if number == self.shape.pool_after:
                x = x + functional.relu(self.page(_pooled(x, mask))).unsqueeze(1) * mask
        return self.labels(x), self.types(self.drop(_pooled(x, mask)))

    def _thinned(self, columns: Tensor) -> Tensor:
        """Leave out whole columns of whole pages: a page can do without any one feature."""
        if not self.training:
            return columns
        keep = 1 - self.shape.input_dropout
        kept = torch.rand(len(columns), 1, columns.shape[2], device=columns.device) < keep
        return columns * (kept / keep)

    def _channels_kept(self, x: Tensor) -> Tensor:
        """(pages, 1, channels) a factor that leaves out whole channels of a layer in training."""
        keep = 1 - self.shape.dropout if self.training else 1.0
        return (torch.rand(len(x), 1, x.shape[2], device=x.device) < keep) / keep


def _pooled(x: Tensor, mask: Tensor) -> Tensor:
    """(pages, 2 × channels) mean and maximum over a page's units."""
    mean = x.sum(1) / mask.sum(1)
    largest = x.masked_fill(mask == 0, -1e4).amax(1)
    return torch.cat([mean, largest], dim=1)


def loss(scores: Tensor, types: Tensor, batch: Batch, weights: dict[str, float]) -> Tensor:
    """Return the mean loss of a batch: soft page F1 of the body, cross-entropy of the labels, title, page type."""
    log_p = functional.log_softmax(scores, dim=-1)
    p = log_p.exp()
    words = batch.words * batch.mask
    body = batch.targets[..., BODY]
    is_body = p[..., BODY]
    # Where only body and rest are known, replies of a forum may be body or comment.
    partial = (1 - batch.labelled) * batch.mask
    as_body = is_body + CAPTION_SHARE * p[..., CAPTION] + weights["forum"] * batch.is_forum[:, None] * p[..., COMMENT]
    as_rest = 1 - is_body - (1 - CAPTION_SHARE) * (1 - batch.weak[..., CAPTION]) * p[..., CAPTION]
    found = torch.where(partial > 0, as_body, is_body).clamp(max=1)
    common = (words * found * body).sum(1)
    whole = (words * found).sum(1) + (words * body).sum(1) + batch.missed
    page_loss = 1 - (2 * common + 1) / (whole + 1)
    shares = words.clamp(min=1).sqrt() * batch.mask
    full = -(batch.targets * log_p).sum(-1)
    half = -(body * as_body.clamp(min=1e-6).log() + (1 - body) * as_rest.clamp(min=1e-6).log())
    half = half - weights["weak"] * (batch.weak * log_p).sum(-1)
    emphasis = torch.tensor([weights.get(label, 1.0) for label in LABELS])
    shares = shares * torch.where(batch.labelled > 0, batch.targets @ emphasis, 1.0)
    unit_loss = torch.where(batch.labelled > 0, full, half) * shares
    known = (batch.page_type >= 0).float()
    type_loss = functional.cross_entropy(types, batch.page_type.clamp(min=0), reduction="none") * known
    per_page = (
        weights["page"] * page_loss
        + weights["unit"] * unit_loss.sum(1) / shares.sum(1)
        + weights["headline"] * _headline_loss(log_p[..., TITLE], batch)
        + weights["type"] * type_loss
    )
    return per_page.mean()


def _headline_loss(log_p: Tensor, batch: Batch) -> Tensor:
    """(pages,) cross-entropy of the choice of one unit as the title; zero where no unit is known to be it.

    A page has one headline, and what counts is that its unit has better odds than all others, however low they are.
    """
    odds = log_p - torch.log1p(-log_p.exp().clamp(max=1 - 1e-6))
    odds = odds.masked_fill(batch.mask == 0, -1e4)
    is_title = (batch.targets[..., TITLE] > HALF) & (batch.labelled > 0)
    found = torch.logsumexp(odds.masked_fill(~is_title, -1e4), 1)
    return (torch.logsumexp(odds, 1) - found) * is_title.any(1)
