"""The dates that a page shows of its article: which blocks are looked at, and which date stands first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from portalclean.article import Precision
from portalclean.chronology.cues import Cue, cues_of
from portalclean.chronology.mention import Mention, MentionKind
from portalclean.chronology.parse import find_dates, has_date
from portalclean.page import LABEL_CODES, Label, PageType

if TYPE_CHECKING:
    from portalclean.outline import Outline
    from portalclean.reading import Reading

__all__ = ["Place", "Shown", "shown_dates"]

MONTH_PENALTY = 2
"""How many places worse a date without its day is."""
LONGEST_LINE = 400
"""Characters of a byline block that are read from either end; bylines are short, mislabelled prose is not."""
LONGEST_BESIDE = 90
"""Characters of a block beside the title that may be an unlabelled byline."""
ABOVE_TITLE, BELOW_TITLE = 3, 6
"""Blocks above and below the title in which an unlabelled byline may stand."""
BESIDE_LABELS = (Label.TITLE, Label.BREADCRUMB, Label.OTHER, Label.BODY)
"""Labels that such a block may have; lists, menus, buttons and comments have dates of their own."""
MISTAKEN_LABELS = (Label.SHARE, Label.NAVIGATION)
"""Labels that a byline gets by mistake; close to the title they may be read too, for a whole timestamp."""
CLOSE_BELOW = 3
"""Blocks below the title that are close to it."""
SENTENCE_ENDS = tuple(".。!！?？;；…")
FEW = 16
"""Characters that may stand around a date which makes up its block."""
FIRST_GROUPS, LAST_GROUPS = 6, 3
"""Bylines of a page that are read: a thread or a front page has one a post."""
LISTED = 2
"""Other blocks of the same form that make a date after the article look like one of a list."""
DIGITS = re.compile(r"\d{1,4}")
LIST_DAYS = 3
"""A page without a headline whose bylines state so many days shows several articles; one of links with two does."""
LISTS = (PageType.FRONT_PAGE, PageType.LISTING, PageType.COLLECTION)
EXACT = (Precision.DAY, Precision.MINUTE, Precision.SECOND)
"""Precisions that a date outside a byline must have."""


class Place(IntEnum):
    """Where a date stands, best first."""

    HEADER = 0
    """In the byline beside the headline or the article's beginning."""
    BESIDE = 1
    """Near the title, in a block that is not called a byline."""
    ABOVE = 2
    """In a byline far above the headline."""
    TRAILER = 3
    """In a credit line after the article's beginning."""


class Shown(NamedTuple):
    """A date that the page shows."""

    mention: Mention
    block: int
    cue: Cue | None
    place: Place

    @property
    def rank(self) -> tuple[int, bool, bool]:
        """The lower, the likelier it is the date of publication; of equals the first counts."""
        penalty = 2 if self.cue is Cue.WRITTEN else 0
        month_only = self.mention.kind is MentionKind.FULL and self.mention.days[0].day is None
        settled = self.mention.kind in (MentionKind.FULL, MentionKind.AMBIGUOUS)
        return (self.place + penalty + MONTH_PENALTY * month_only, not settled, self.cue is not Cue.PUBLISHED)


class _Group(NamedTuple):
    """Blocks that follow each other, read as one text."""

    first: int
    lines: list[str]


def shown_dates(reading: Reading, captured: datetime | None) -> list[Shown]:
    """Return the dates that may be the article's, likeliest first."""
    title = reading.first(Label.TITLE)
    bodies = reading.blocks.places(Label.BODY)
    begins = next((index for index in bodies if title is None or index > title), len(reading.blocks))
    found = list(_from_bylines(reading.lines(Label.BYLINE), (title or 0) - ABOVE_TITLE, begins + 1))
    days = len({shown.mention.days for shown in found})
    is_list = reading.verdicts is not None and reading.verdicts.page_type in LISTS
    if (is_list and days > 1) or (title is None and days >= LIST_DAYS):
        return []
    if not any(shown.place is Place.HEADER for shown in found):
        found += _beside_title(reading.blocks, title)
    if found and all(shown.place is Place.TRAILER for shown in found):
        found = [shown for shown in found if shown.cue or not _is_listed(reading.blocks, shown.block)]
    kept = [shown for shown in found if shown.cue is not Cue.ELSE and not _is_clock(shown, captured)]
    return sorted(kept, key=lambda shown: shown.rank)


def _is_listed(blocks: Outline, index: int, at_least: int = LISTED) -> bool:
    """Whether so many blocks, bylines apart, show dates of the same form that this may be one of a list."""
    form = DIGITS.sub("0", blocks.texts[index])
    byline = LABEL_CODES[Label.BYLINE]
    others = (text for text, code in zip(blocks.texts, blocks.codes, strict=True) if code != byline)
    return sum(DIGITS.sub("0", text) == form for text in others if len(text) <= LONGEST_BESIDE) >= at_least


def _is_clock(shown: Shown, captured: datetime | None) -> bool:
    return captured is not None and shown.mention.value == captured


def _from_bylines(bylines: Sequence[tuple[int, str]], above: int, below: int) -> Iterator[Shown]:
    """Yield the dates in bylines; those between two blocks are the article's header."""
    groups = list(_groups(bylines))
    for first, lines in groups[:FIRST_GROUPS] + groups[FIRST_GROUPS:][-LAST_GROUPS:]:
        last = first + len(lines) - 1
        place = Place.ABOVE if last < above else Place.HEADER if first <= below else Place.TRAILER
        if any(has_date(line) for line in lines):
            yield from _in_lines(first, lines, place)


def _groups(blocks: Sequence[tuple[int, str]]) -> Iterator[_Group]:
    """Yield the blocks in runs of neighbours."""
    group = _Group(0, [])
    for index, text in blocks:
        if group.lines and index > group.first + len(group.lines):
            yield group
            group = _Group(index, [])
        elif not group.lines:
            group = _Group(index, [])
        group.lines.append(_clipped(text))
    if group.lines:
        yield group


def _clipped(text: str) -> str:
    """Return a block's text on one line, the middle of a long one left out."""
    text = text.replace("\n", " ")
    return text if len(text) <= 2 * LONGEST_LINE else f"{text[:LONGEST_LINE]} … {text[-LONGEST_LINE:]}"


def _in_lines(first: int, lines: Sequence[str], place: Place) -> Iterator[Shown]:
    """Yield the dates in lines that follow each other; a date may run over several."""
    text = "\n".join(lines)
    mentions = find_dates(text)
    for mention, cue in zip(mentions, cues_of(text, mentions), strict=True):
        if mention.weak and not (cue or mention.clock or _fills_line(text, mention)):
            continue
        yield Shown(mention, first + text.count("\n", 0, mention.start), cue, place)


def _fills_line(text: str, mention: Mention) -> bool:
    begins = text.rfind("\n", 0, mention.start) + 1
    ends = text.find("\n", mention.end)
    return (mention.start - begins) + ((ends if ends >= 0 else len(text)) - mention.end) <= FEW


def _beside_title(blocks: Outline, title: int | None) -> Iterator[Shown]:
    """Yield the dates of unlabelled bylines: short blocks near the title that are little but a date."""
    if title is None:
        return
    for index in range(max(0, title - ABOVE_TITLE), min(len(blocks), title + BELOW_TITLE + 1)):
        label, text = blocks.label(index), blocks.texts[index]
        is_mistaken = label in MISTAKEN_LABELS and title < index <= title + CLOSE_BELOW
        if blocks.hidden[index] or len(text) > LONGEST_BESIDE or not (is_mistaken or label in BESIDE_LABELS):
            continue
        if has_date(text) and not (is_mistaken and _is_listed(blocks, index, at_least=2)):
            for shown in _in_lines(index, [_clipped(text)], Place.BESIDE):
                if shown.mention.precision in EXACT and _is_byline_like(label, text, shown):
                    if label is Label.BODY and _are_entries(blocks):
                        return
                    yield shown


def _are_entries(blocks: Outline) -> bool:
    """Whether the text is a list of dated entries: short lines of it that state several times of day."""
    body = LABEL_CODES[Label.BODY]
    lines = (
        text
        for text, code in zip(blocks.texts, blocks.codes, strict=True)
        if code == body and len(text) <= LONGEST_BESIDE
    )
    moments = {mention.value for text in lines for mention in find_dates(_clipped(text)) if mention.clock}
    return len(moments - {None}) >= LIST_DAYS


def _is_byline_like(label: Label, text: str, shown: Shown) -> bool:
    mention = shown.mention
    if label in (Label.TITLE, Label.BREADCRUMB):
        return bool(mention.clock or shown.cue)
    if label not in BESIDE_LABELS and not (mention.clock and mention.kind is MentionKind.FULL):
        return False
    fills = len(text) - len(mention.raw) <= FEW
    leads = mention.clock is not None and mention.start <= FEW and text[-1:] not in SENTENCE_ENDS
    return fills or leads or (mention.clock is not None and shown.cue is not None)
