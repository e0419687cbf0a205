"""What a date is the date of, by the words beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from portalclean.chronology.glyphs import levelled
from portalclean.chronology.words import words

if TYPE_CHECKING:
    from portalclean.chronology.mention import Mention

__all__ = ["Cue", "cues_of"]

BEFORE = 32
"""Characters before a date in which its word may stand."""
AFTER = 6
"""Characters after a date in which its word may stand (更新, 公開); it stands there in few languages,
and belongs to the next date when that is near."""


class Cue(StrEnum):
    """What the words beside a date say that it dates."""

    PUBLISHED = "published"
    UPDATED = "updated"
    WRITTEN = "written"
    ELSE = "else"


def cues_of(text: str, mentions: Sequence[Mention]) -> Iterator[Cue | None]:
    """Yield, for each mention in the text, what its words say; the last word before it is the nearest.

    >>> from portalclean.chronology.parse import find_dates
    >>> text = "Published: Mar 8, 2024 · Modified: May 19, 2025"
    >>> [str(cue) for cue in cues_of(text, find_dates(text))]
    ['published', 'updated']
    """
    plain = levelled(text)
    done = 0
    for index, mention in enumerate(mentions):
        following = mentions[index + 1].start if index + 1 < len(mentions) else len(plain)
        before = plain[max(done, mention.start - BEFORE) : mention.start]
        is_clear = following - mention.end > 2 * AFTER or index + 1 == len(mentions)
        after = plain[mention.end : mention.end + AFTER].partition("\n")[0] if is_clear else ""
        done = mention.end
        yield _cue(before, after)


def _cue(before: str, after: str) -> Cue | None:
    found = [Cue(words().cues[match[0]]) for match in words().cue.finditer(before)]
    if Cue.ELSE in found:
        return Cue.ELSE
    if found:
        return found[-1]
    match = words().cue.search(after)
    return Cue(words().cues[match[0]]) if match else None
