"""The lines of a comment area: who wrote, when, what, and the buttons around it."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from enum import Enum, auto
from functools import cache
from importlib import resources
from typing import NamedTuple

from portalclean.chronology import find_dates, parse_moment
from portalclean.chronology.parse import STAMP, WRAPPING
from portalclean.listings.moments import may_state_date
from portalclean.listings.words import bare, weight

__all__ = ["AUTHOR_WEIGHT", "TEXT", "TIME", "Part", "Remark", "author_name", "is_reply_button", "read_remark"]

AUTHOR_WEIGHT = 48.0
"""No author's name, with the place beside it, weighs more: 19 Han characters or 48 letters."""
LONGEST_DATED = 160
"""Characters up to which a line is searched for the time of a comment."""
SHORT_AGE = re.compile(r"\d{1,3}\s?(?:mo|yr|[ywdhm]|min)s?\.?(?:\s?ago)?", re.IGNORECASE)
"""The age of a comment as some sites write it: ``3mo``, ``2d``."""
FIGURES = re.compile(r"[\d\s,.+:：/|｜·•\-–—()（）\[\]【】…&#×~]+")
PLACE = re.compile(r"\s?[\[［(（【][^\[\]]{1,24}[\]］)）】]$")
"""Where a reader writes from, behind the name: ``[网易重庆网友]``."""


class Part(Enum):
    """What a line of a comment area is."""

    TIME = auto()
    BUTTONS = auto()
    """Buttons, counters, headings, forms, disclaimers."""
    TEXT = auto()


TIME, BUTTONS, TEXT = Part
"""By their own names, as in `lines`."""


class Remark(NamedTuple):
    """A line as read by itself."""

    part: Part
    text: str
    """The text; of a time's line the name beside it."""
    time: datetime | None = None


class _Words(NamedTuple):
    action: re.Pattern[str]
    begin: re.Pattern[str]
    """What a line of nothing but buttons, counters and marks may begin with."""
    begins: tuple[str, ...]
    replies: frozenset[str]
    author_ends: tuple[str, ...]
    author_begins: tuple[str, ...]


@cache
def _words() -> _Words:
    path = resources.files("portalclean.lexicon").joinpath("comments.toml")
    lists = tomllib.loads(path.read_text("utf-8"))
    actions = sorted(lists["actions"]["words"], key=len, reverse=True)
    action = "|".join(map(re.escape, actions))
    return _Words(
        re.compile(action, re.IGNORECASE),
        re.compile(rf"{FIGURES.pattern}|[\ue000-\uf8ff]|{action}", re.IGNORECASE),
        tuple(lists["actions"]["begins"]),
        frozenset(lists["actions"]["replies"]),
        tuple(lists["authors"]["ends"]),
        tuple(lists["authors"]["begins"]),
    )


def read_remark(raw: str) -> Remark:
    """Read one line of a comment area.

    >>> read_remark("推荐162/回复/举报2019-02-20 07:00").part.name, read_remark("ReplyDelete").part.name
    ('TIME', 'BUTTONS')
    >>> read_remark("Ann Lee on January 8, 2026 2:01 am")
    Remark(part=<Part.TIME: 1>, text='Ann Lee', time=datetime.datetime(2026, 1, 8, 2, 1))
    """
    text = raw.strip()
    if SHORT_AGE.fullmatch(text):
        return Remark(TIME, "")
    if len(text) <= LONGEST_DATED and may_state_date(text) and (dated := _dated(text)):
        return dated
    chrome = _only_buttons(text) or bare(text).lstrip("0123456789 ").startswith(_words().begins)
    return Remark(BUTTONS if chrome else TEXT, text)


def author_name(text: str) -> str | None:
    """Return the name in the line above or beside a comment; ``None`` when it is too long for one.

    >>> author_name("Ann Lee says:"), author_name("晨星[网易重庆网友]"), author_name("Posted by Ann")
    ('Ann Lee', '晨星', 'Ann')
    """
    name = PLACE.sub("", text.strip().rstrip(":：,，").rstrip()).strip()
    low = name.lower()
    for end in _words().author_ends:
        if low.endswith(end) and len(name) > len(end) + 1:
            name = name[: -len(end)].rstrip(" :：,，")
            break
    for begin in _words().author_begins:
        if low.startswith(begin):
            name = name[len(begin) :].lstrip()
            break
    return name if name and weight(name) <= AUTHOR_WEIGHT else None


def is_reply_button(remark: Remark) -> bool:
    """Whether the line is the button that answers one comment.

    >>> is_reply_button(read_remark("| 回复")), is_reply_button(read_remark("Leave a reply"))
    (True, False)
    """
    return remark.part is BUTTONS and bare(remark.text) in _words().replies


def _only_buttons(text: str) -> bool:
    """Whether nothing but buttons, counters and marks is left of a line.

    >>> _only_buttons("+1顶0"), _only_buttons("1 Reaction 2 Reactions"), _only_buttons("I reply to this")
    (True, True, False)
    """
    words = _words()
    if len(text) > LONGEST_DATED or (text and not words.begin.match(text)):
        return False
    return not FIGURES.sub("", words.action.sub("", text)).strip("\ue000-\uf8ff")


def _dated(text: str) -> Remark | None:
    """Return the line when it is a time, with at most a name before it and buttons around it."""
    wrapped = text.strip(WRAPPING) != text
    if (wrapped or STAMP.fullmatch(text)) and (moment := parse_moment(text)):
        return Remark(TIME, "", moment)
    mentions = find_dates(text)
    if len(mentions) != 1:
        return None
    before, after = text[: mentions[0].start], text[mentions[0].end :]
    value = mentions[0].value
    time = value if isinstance(value, datetime) else None
    if not _only_buttons(after):
        return None
    if _only_buttons(before):
        return Remark(TIME, "", time)
    name = author_name(before)
    return Remark(TIME, name, time) if name and mentions[0].clock else None
