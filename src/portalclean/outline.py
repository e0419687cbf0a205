"""The blocks of a page as columns, which is what extractors read; the records for users are made on demand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from portalclean.page import LABEL_CODES, LABELS, Block, Label

__all__ = ["NO_BLOCKS", "BlocksLater", "Outline"]

Worked = TypeVar("Worked")


class Outline(Sequence[Block]):
    """The blocks of a page, in order, as a sequence that makes its `Block` records when one is first looked at.

    Most articles are cleaned for their fields, and a record of each block, with its path in the tree, costs more
    than reading the blocks. Outlines compare, hash and print as the tuple of their blocks.

    >>> outline = Outline.of([Block("A walk", Label.TITLE, 1.0, "given"), Block("Ad", Label.OTHER, 1.0, "given", True)])
    >>> outline.texts, outline.places(Label.TITLE), outline.places(Label.OTHER), outline[1].text
    (['A walk', 'Ad'], [0], [], 'Ad')
    """

    __slots__ = ("_blocks", "_make", "_places", "_worked", "codes", "hidden", "texts")

    texts: Sequence[str]
    """(blocks,) the text of each block."""
    codes: Sequence[int]
    """(blocks,) codes into `LABELS`."""
    hidden: Sequence[bool]
    """(blocks,) whether the page hides it."""

    def __init__(
        self,
        texts: Sequence[str],
        codes: Sequence[int],
        hidden: Sequence[bool],
        make: Callable[[], tuple[Block, ...]],
    ) -> None:
        self.texts = texts
        self.codes = codes
        self.hidden = hidden
        self._make: Callable[[], tuple[Block, ...]] | None = make
        self._blocks: tuple[Block, ...] = ()
        self._worked: dict[Callable[[Outline], Any], Any] = {}
        places: list[list[int]] = [[] for _ in LABELS]
        for place, (code, is_hidden) in enumerate(zip(codes, hidden, strict=True)):
            if not is_hidden:
                places[code].append(place)
        self._places = places

    @classmethod
    def of(cls, blocks: Sequence[Block]) -> Outline:
        """Return the outline of blocks that are there already."""
        if isinstance(blocks, Outline):
            return blocks
        texts = [block.text for block in blocks]
        codes = [LABEL_CODES[block.label] for block in blocks]
        return cls(texts, codes, [block.hidden for block in blocks], partial(tuple, blocks))

    def places(self, label: Label) -> Sequence[int]:
        """Return the indices of the shown blocks that carry this label, in page order."""
        return self._places[LABEL_CODES[label]]

    def lines(self, *labels: Label) -> list[tuple[int, str]]:
        """Return (index, text) of the shown blocks that carry one of these labels, in page order."""
        if len(labels) == 1:
            return [(index, self.texts[index]) for index in self.places(labels[0])]
        return [(index, self.texts[index]) for index in sorted(chain.from_iterable(map(self.places, labels)))]

    def once(self, work: Callable[[Outline], Worked]) -> Worked:
        """Return what a function makes of this outline; it is called the first time alone."""
        if work not in self._worked:
            self._worked[work] = work(self)
        found: Worked = self._worked[work]
        return found

    def label(self, place: int) -> Label:
        """Return the label of one block."""
        return LABELS[self.codes[place]]

    def label_counts(self) -> dict[Label, int]:
        """Return how many blocks carry each label, hidden ones too, in the order in which the labels first occur."""
        return {LABELS[code]: count for code, count in Counter(self.codes).items()}

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The records of all blocks."""
        if self._make is not None:
            self._blocks, self._make = self._make(), None
        return self._blocks

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, place: int) -> Block: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Block, ...]: ...

    def __getitem__(self, place: int | slice) -> Block | tuple[Block, ...]:
        return self.blocks[place]

    def __iter__(self) -> Iterator[Block]:
        return iter(self.blocks)

    def __eq__(self, other: object) -> bool:
        return self.blocks == tuple(other) if isinstance(other, (Outline, tuple)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.blocks)

    def __repr__(self) -> str:
        return repr(self.blocks)

    def __reduce__(self) -> tuple[Callable[[Sequence[Block]], Outline], tuple[tuple[Block, ...]]]:
        return Outline.of, (self.blocks,)


NO_BLOCKS = Outline.of(())
"""The outline of a page without text, and of one whose units are not joined yet."""


class BlocksLater:
    """The base of a frozen record whose field ``blocks`` may be filled from an outline when it is first read."""

    __slots__ = ("_outline",)

    def with_outline(self, outline: Outline) -> Self:
        """Give this record, which nobody has seen yet, the blocks of an outline; return it."""
        object.__setattr__(self, "_outline", outline)
        object.__delattr__(self, "blocks")
        return self

    def label_counts(self) -> dict[Label, int]:
        """Return how many blocks carry each label, as `Outline.label_counts`; makes no record of a block."""
        outline: Outline | None = getattr(self, "_outline", None)
        return (Outline.of(self.blocks) if outline is None else outline).label_counts()

    if TYPE_CHECKING:
        blocks: tuple[Block, ...]
    else:  # a checker would take it to allow any name

        def __getattr__(self, name: str) -> tuple[Block, ...]:
            """Fill the field; Python asks here for what a record does not hold."""
            if name != "blocks":
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            object.__setattr__(self, "blocks", self._outline.blocks)
            object.__delattr__(self, "_outline")
            return self.blocks
