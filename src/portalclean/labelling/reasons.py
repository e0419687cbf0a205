"""Why each unit is labelled as it is, written out when it is asked for: most reasons never are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import overload

from portalclean.page import LABELS, CodeArray, FloatArray, Label

__all__ = ["Reasons", "network_reasons"]


class Reasons(Sequence[str]):
    """(units,) reasons; ``write`` gives that of a unit.

    >>> list(Reasons(2, "unit {}".format))
    ['unit 0', 'unit 1']
    """

    __slots__ = ("_units", "_write")

    def __init__(self, count: int, write: Callable[[int], str]) -> None:
        self._units = range(count)
        self._write = write

    def __len__(self) -> int:
        return len(self._units)

    @overload
    def __getitem__(self, unit: int) -> str: ...
    @overload
    def __getitem__(self, unit: slice) -> list[str]: ...
    def __getitem__(self, unit: int | slice) -> str | list[str]:
        if isinstance(unit, slice):
            return [self._write(one) for one in self._units[unit]]
        return self._write(self._units[unit])


def network_reasons(chances: FloatArray, labels: CodeArray) -> Reasons:
    """Return what the network saw in each unit: its label and the likeliest other, with their chances.

    ``chances`` is (units, labels), ``labels`` (units,) the codes that the units were given.

    >>> import numpy as np
    >>> chances = np.array([[0.2, 0.1, 0.7]], dtype=np.float32)
    >>> list(network_reasons(chances, np.array([2], dtype=np.int8)))
    ['network: body 0.70, title 0.20']
    >>> list(network_reasons(chances, np.array([0], dtype=np.int8)))
    ['network: title 0.20, body 0.70, but nothing else is likelier to be the title']
    """
    return Reasons(len(labels), partial(_seen, chances, labels))


def _seen(of_all: FloatArray, labels: CodeArray, unit: int) -> str:
    chances = of_all[unit].tolist()
    code = int(labels[unit])
    own = chances[code]
    against, rival = max((chance, -other) for other, chance in enumerate(chances) if other != code)
    reason = f"network: {LABELS[code]} {own:.2f}, {LABELS[-rival]} {against:.2f}"
    if against <= own:
        return reason
    taken = "nothing else is likelier to be the title" if LABELS[code] is Label.TITLE else "that stands elsewhere"
    return f"{reason}, but {taken}"
