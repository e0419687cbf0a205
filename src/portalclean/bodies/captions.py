"""Put pictures and captions between the other blocks of a body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from portalclean.article import BodyBlock, Picture

if TYPE_CHECKING:
    from portalclean.bodies.pictures import Placed

__all__ = ["with_captions"]

LONGEST_CAPTION = 1_000
"""Characters of a picture's caption to which nothing is added: what follows is a list of captions."""


def with_captions(
    blocks: Sequence[tuple[int, BodyBlock]], placed: Iterable[Placed], captions: Iterable[tuple[int, str]]
) -> list[BodyBlock]:
    """Return blocks, pictures and captions in reading order; each comes with the unit that it begins at.

    A caption belongs to the picture before it, or, where there is none, to the one after it, if no text
    stands between. Otherwise it is a picture of its own without an address: a text dump has only captions.

    >>> from portalclean.bodies.pictures import Placed
    >>> with_captions([], [Placed(3, Picture("https://example.com/1.jpg"))], [(3, "The pass in May.")])
    [Picture(url='https://example.com/1.jpg', alt=None, caption='The pass in May.')]
    """
    # The second key: an image stands before the unit that it is noted with.
    marks: list[tuple[int, int, BodyBlock | str]] = [(unit, 1, block) for unit, block in blocks]
    marks += [(unit, 0, picture) for unit, picture in placed]
    marks += [(unit, 1, caption) for unit, caption in captions]
    if len(marks) == len(blocks):
        return [block for _, block in blocks]
    marks.sort(key=lambda mark: mark[:2])
    body: list[BodyBlock] = []
    waiting = False  # whether the last block is a caption without a picture
    captioned_above = False  # whether the last block is a picture that took such a caption
    for _, _, item in marks:
        last = body[-1] if body else None
        if isinstance(item, str):
            caption = last.caption or "" if isinstance(last, Picture) else ""
            if isinstance(last, Picture) and not (waiting or captioned_above or len(caption) > LONGEST_CAPTION):
                body[-1] = replace(last, caption=f"{caption} {item}".strip())
            else:
                body.append(Picture(caption=item))
                waiting = True
        elif isinstance(item, Picture) and waiting and isinstance(last, Picture):
            body[-1] = replace(item, caption=last.caption)
            waiting, captioned_above = False, True
        else:
            body.append(item)
            waiting = captioned_above = False
    return body
