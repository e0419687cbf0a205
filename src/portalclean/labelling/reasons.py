"""Why the network labelled each unit as it did, written out when it is asked for: most reasons never are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from portalclean.page import LABELS, CodeArray, FloatArray

__all__ = ["Reasons"]


class Reasons(Sequence[str]):
    """(units,) what the network saw in each unit: its label and the likeliest other, with their chances.

    ``chances`` is (units, labels), ``labels`` (units,) the codes that the units were given.

    >>> import numpy as np
    >>> chances = np.array([[0.2, 0.1, 0.7]], dtype=np.float32)
    >>> list(Reasons(chances, np.array([2], dtype=np.int8)))
    ['network: body 0.70, title 0.20']
    """

    __slots__ = ("_chances", "_labels")

    def __init__(self, chances: FloatArray, labels: CodeArray) -> None:
        self._chances = chances
        self._labels = labels

    def __len__(self) -> int:
        return len(self._labels)

    @overload
    def __getitem__(self, unit: int) -> str: ...
    @overload
    def __getitem__(self, unit: slice) -> list[str]: ...
    def __getitem__(self, unit: int | slice) -> str | list[str]:
        if isinstance(unit, slice):
            return [self[one] for one in range(*unit.indices(len(self)))]
        chances = self._chances[unit].tolist()
        code = int(self._labels[unit])
        own = chances[code]
        against, rival = max((chance, -other) for other, chance in enumerate(chances) if other != code)
        reason = f"network: {LABELS[code]} {own:.2f}, {LABELS[-rival]} {against:.2f}"
        return reason if against <= own else f"{reason}, but that stands elsewhere"
