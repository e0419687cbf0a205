"""Options that several commands share, each group handed to a command as one record."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import TypeAlias

__all__ = ["Command", "Decorator", "gathered"]

Command: TypeAlias = Callable[..., None]
Decorator: TypeAlias = Callable[[Command], Command]


def gathered(name: str, record: Callable[..., object], options: Sequence[Decorator]) -> Decorator:
    """Return what adds these options to a command, which gets them together under this name.

    ``record`` makes one thing of them; its parameters are called as the options are. The help lists them in this order.
    """
    parts = inspect.signature(record).parameters

    def add(command: Command) -> Command:
        @functools.wraps(command)
        def gathering(*arguments: object, **values: object) -> None:
            given = {part: values.pop(part) for part in parts}
            command(*arguments, **{name: record(**given)}, **values)

        wrapped: Command = gathering
        for option in reversed(options):
            wrapped = option(wrapped)
        return wrapped

    return add
