"""How the cost of a page grows with its size.

A clock can only tell growth by factors: a page is suspect when eight times the size costs far more than eight
times as much. A suspect page is then made twice as long. What switches another part of the pipeline on as a page
grows (a list long enough to be one) costs more once; what is quadratic costs four times as much again.
"""

from __future__ import annotations

import time
from typing import NamedTuple

import portalclean
from fuzz.hostile_pages import HostilePage

__all__ = ["Growth", "growth_of"]

FACTOR = 8
"""How many times longer the second page is."""
SUSPECT = 16.0
"""Times as much work for the second page from which it has to be looked at; 8 is in proportion."""
QUADRATIC = 3.0
"""Times as much work for a page twice as long from which growth is not in proportion: 2 is, 4 is quadratic."""


class Growth(NamedTuple):
    """Processor seconds of pages whose sizes are 1, 8 and, when that was needed, 16 times the first."""

    size: int
    seconds: tuple[float, ...]

    @property
    def in_proportion(self) -> bool:
        """Whether the cost grows in proportion to the size, as far as a clock can tell."""
        if len(self.seconds) > 2:
            return self.seconds[2] < QUADRATIC * self.seconds[1]
        return self.seconds[1] < SUSPECT * self.seconds[0]

    @property
    def microseconds(self) -> float:
        """Processor time of the longest page, in microseconds a character."""
        return self.seconds[-1] / self.size / (1, FACTOR, 2 * FACTOR)[len(self.seconds) - 1] * 1e6


def growth_of(page: HostilePage, size: int) -> Growth:
    """Return what pages of this shape cost; ``size`` is that of the first, in characters."""
    growth = Growth(size, (_seconds(page, size), _seconds(page, FACTOR * size)))
    if growth.in_proportion:
        return growth
    return Growth(size, (*growth.seconds, _seconds(page, 2 * FACTOR * size)))


def _seconds(page: HostilePage, size: int) -> float:
    """Return the processor time of cleaning a page and of writing it out in every form."""
    capture = page.make(size)
    begin = time.process_time()
    article = portalclean.extract(capture, kind=page.kind, url="https://a.example/c_1.html")
    article.to_markdown()
    article.to_json(blocks=True)
    return time.process_time() - begin
