"""What one line of a list is: a heading, a time, a button or count, or text; and what is glued to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

from portalclean.chronology import Mention, MentionKind
from portalclean.chronology.words import words as words_of_dates
from portalclean.listings.moments import date_mentions
from portalclean.listings.words import (
    DIGIT,
    LONGEST_BUTTON,
    bare,
    is_button,
    is_count,
    is_heading,
    named_source,
    says_more,
    weight,
    without_counts,
    words,
)

__all__ = [
    "BUTTON",
    "HEADING",
    "NAME_WEIGHT",
    "TEXT",
    "TIME",
    "Line",
    "Role",
    "read_line",
    "stated_moment",
]

NAME_WEIGHT = 28.0
"""No source's or author's name weighs more: 11 Han characters or 28 letters."""
TOPICS_WEIGHT = 48.0
"""Nothing beside a time, such as the topics of the item, weighs more; a title does."""
LONGEST_DATED = 400
"""Characters up to which a line is searched for a date glued to it."""
FIGURE = re.compile(r"\d|[一二三四五六七八九十半几]")
"""What every date has, but those that are one word."""
TIME_OF_DAY = r"(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){1,2}"
STAMP = re.compile(rf"(?:19|20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}(?: {TIME_OF_DAY})?")
YEARLESS_STAMP = rf"(?:0?[1-9]|1[0-2])月(?:0?[1-9]|[12][0-9])日(?: {TIME_OF_DAY})?"
MONTH_DAY = r"\d{1,2}[-/.]\d{1,2}"
"""A day without its year, as a line of its own."""
BARE_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
BARE_STAMP = re.compile(f"{YEARLESS_STAMP}|{MONTH_DAY}|{BARE_CLOCK}")
"""With `STAMP`, the commonest times of items as whole lines, for a quick answer."""
LONGEST_STAMP = len("2023-09-23 07:45:13")
CLOCK = re.compile(rf"(?<![\d:]){BARE_CLOCK}(?![\d:])")
"""A bare time of day, or the length of a video."""
BETWEEN = " \t\u3000\xa0·|｜/•,，:：-–—()（）[]【】"
"""What may stand between a title, a source and a time."""
LEADING = " \t\u3000\xa0·•‧・■□▪►▶▷★☆◆◇●○→>»›*|｜–—-"
"""Bullets before a title."""
HEADING_MARKS = LEADING + ":："
NUMBERED = re.compile(r"0?[1-9]\d?[.、．)）]\s*(?!\d)")
"""A rank written with a mark: ``1.``, ``02、``."""
TAIL_BUTTON = re.compile(
    r"\s?(?:[\[【(（](?:详细|详情|查看全文|全文|收起|展开|更多)[\]】)）]|(?:详细|查看全文)|(?<=\s)(?:全文|收起|展开|更多))\s?>{0,3}$|\s?(?:>>|»)$"
)
"""A button glued to the end of a title."""
TAIL_ENDS = frozenset("情细文起开多]】)）>»")
"""The last characters of all such buttons."""


class Role(Enum):
    """What a line is in its list."""

    HEADING = auto()
    TIME = auto()
    BUTTON = auto()
    """A button, a badge, a count: nothing that an item keeps."""
    TEXT = auto()


HEADING, TIME, BUTTON, TEXT = Role
"""The roles by their own names: to look them up in their class takes Python 3.11 ten times as long."""


class Line(NamedTuple):
    """A line as read by itself."""

    role: Role
    text: str
    """The line's words, without bullets, ranks, counts and buttons at its end; of a time's line the rest."""
    time: datetime | None = None
    source: str | None = None
    """The name beside the time, when the line states both."""
    dated: str | None = None
    """The text without a date that may be glued to it; ``None`` when nothing is."""
    certain: bool = False
    """Whether the glued date is one for sure: it has a time of day or is counted from now."""


def read_line(raw: str) -> Line:
    """Read one line of a list.

    >>> read_line("晨光报 2021-03-04 05:06")[:4]
    (<Role.TIME: 2>, '晨光报', datetime.datetime(2021, 3, 4, 5, 6), '晨光报')
    >>> read_line("· 小城夜市重新开张 评论(12)").text
    '小城夜市重新开张'
    """
    text = raw.strip()
    said, known = bare(text), words()
    if (not said or said in known.buttons) and len(text) <= LONGEST_BUTTON:
        return Line(BUTTON, text)
    if said in known.moments:
        return Line(TIME, "")
    if FIGURE.search(text):
        return _read_with_figures(text, said)
    if is_heading(text, said):
        return Line(HEADING, text.strip(HEADING_MARKS))
    return Line(TEXT, _once(_without_button(text.lstrip(LEADING))))


def _read_with_figures(text: str, said: str) -> Line:
    """Read a line that has figures: a count, a time, a title, perhaps with a date; ``said`` is the `bare` text."""
    figured = DIGIT.search(text) is not None
    if figured and (plain := _figures_alone(text)):
        return plain
    mentions = date_mentions(text) if len(text) <= LONGEST_DATED else ()
    if mentions and (dated := _time_line(text, mentions)):
        return dated
    if is_heading(text, said):
        return Line(HEADING, text.strip(HEADING_MARKS))
    core = _trimmed(text, figured)
    return (_with_date(core, mentions) if mentions else None) or Line(TEXT, _once(core))


def _figures_alone(text: str) -> Line | None:
    """Return a line with digits when it is a count, or a time as `_stamp` knows it."""
    if is_count(text):
        return Line(BUTTON, text)
    if len(text) <= LONGEST_STAMP and (stamped := _stamp(text)):
        return stamped
    return Line(TIME, "") if words_of_dates().relative.fullmatch(text) else None


def _stamp(text: str) -> Line | None:
    """Return the line when it is a time and nothing else: 2023-09-23 07:45:13, 2023-09-23, 9月23日 07:45, 07:45."""
    if STAMP.fullmatch(text):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
        return Line(TIME, "", moment if ":" in text else None)
    return Line(TIME, "") if BARE_STAMP.fullmatch(text) else None


def stated_moment(shown: datetime | None, written: str | None) -> datetime | None:
    """Return the moment of a ``datetime`` attribute where it agrees with what is shown, or nothing is.

    >>> stated_moment(None, "2024-05-17T08:10:00Z").isoformat(), stated_moment(None, "2024-05-17")
    ('2024-05-17T08:10:00+00:00', None)
    >>> stated_moment(datetime(2024, 5, 17, 8, 10), "2024-05-17T08:10:42+01:00").isoformat()
    '2024-05-17T08:10:42+01:00'
    """
    if not written or ":" not in written:
        return shown
    try:
        stated = datetime.fromisoformat(written.strip())
    except ValueError:
        return shown
    agrees = shown is None or shown == stated.replace(tzinfo=None, second=shown.second, microsecond=0)
    return stated if agrees else shown


def _time_line(text: str, mentions: Sequence[Mention]) -> Line | None:
    """Return the line when it is a time, with at most a name, counts and buttons beside it."""
    if len(mentions) > 1 and not _says_nothing("".join(text[one.end : two.start] for one, two in pairwise(mentions))):
        return None
    value = mentions[0].value
    alone = Line(TIME, "", value if isinstance(value, datetime) else None)
    before, after = text[: mentions[0].start], text[mentions[-1].end :]
    if _says_nothing(before):
        return _with_topics(alone, after, mentions[-1])
    return _with_name(alone, before) if _says_nothing(after) else None


def _with_topics(time: Line, after: str, mention: Mention) -> Line | None:
    """Return a time's line with what stands behind the time, when that is too light for a title."""
    if _says_nothing(after):
        return time
    topics = after.strip(BETWEEN)
    most = TOPICS_WEIGHT if _is_moment(mention) else NAME_WEIGHT
    if topics[0] == after[0] and not _is_moment(mention):  # "9月9日起": the day is part of a headline
        return None
    return time._replace(text=topics) if weight(topics) <= most else None


def _with_name(time: Line, before: str) -> Line | None:
    """Return a time's line with the name that stands before the time, if it can be one."""
    if before.rstrip().endswith((",", "،", "，")):  # a weekday, not a name
        return time
    name = without_counts(before).rstrip(BETWEEN).lstrip(LEADING)
    name = named_source(name) or name
    if weight(name) > NAME_WEIGHT or before.endswith(("(", "（", "【", "[")):
        return None
    return time._replace(text=name, source=name)


def _is_moment(mention: Mention) -> bool:
    """Whether it is the time of an item for sure: a headline may begin or end with a mere day."""
    return mention.clock is not None or mention.kind is MentionKind.RELATIVE


def _says_nothing(text: str) -> bool:
    if not text.strip(BETWEEN):
        return True
    if says_more(text):
        return False
    rest = CLOCK.sub(" ", without_counts(text)).strip(BETWEEN)
    return not rest or is_button(rest) or is_count(rest)


def _trimmed(text: str, figured: bool) -> str:
    """Return the text without bullets, a marked rank, and the counts and buttons at its end.

    ``figured`` says whether it has digits.

    >>> _trimmed("02、 A walk", True), _trimmed("1.6 million trees", True), _trimmed("桥通车了 2323跟贴", True)
    ('A walk', '1.6 million trees', '桥通车了')
    """
    text = text.lstrip(LEADING)
    if figured:
        rank = NUMBERED.match(text)
        text = _without_last_count(text[rank.end() :] if rank else text)
    return _without_button(text)


def _without_button(text: str) -> str:
    """Return the text without the button at its end."""
    if text.rstrip()[-1:] in TAIL_ENDS:
        text = TAIL_BUTTON.sub("", text)
    return text.strip()


def _without_last_count(text: str) -> str:
    """Return the text without the count that a space sets apart at its end."""
    known = words()
    if says_more(text[-1:]) or known.apart.search(text) is None:
        return text
    last = None
    for last in known.counts.finditer(text):  # noqa: B007 - only the last one counts
        pass
    apart = last and last.end() == len(text) and text[last.start() - 1 : last.start()].isspace()
    return text[: last.start()].rstrip() if last and apart else text


def _with_date(text: str, mentions: Sequence[Mention]) -> Line | None:
    """Return the line when a date, one of the line's at least one, is glued to the beginning or end of its text.

    >>> _with_date("소나기 내린다 아침신문 · 3일 전", date_mentions("소나기 내린다 아침신문 · 3일 전"))[3:5]
    ('아침신문', '소나기 내린다')
    """
    for mention in (mentions[-1], mentions[0]):
        at = text.find(mention.raw)
        if at < 0:
            continue
        before, after = text[:at], text[at + len(mention.raw) :]
        leads, ends = _says_nothing(before), _says_nothing(after)
        if leads == ends:
            continue
        if ends:
            rest, source = _without_name(_trimmed(before, DIGIT.search(before) is not None))
        else:
            rest, source = after.lstrip(BETWEEN).lstrip(LEADING), None
        value = mention.value
        time = value if isinstance(value, datetime) else None
        return Line(TEXT, text, time, source, rest, _is_moment(mention))
    return None


def _once(text: str) -> str:
    """Return the text once when the line says it twice: a picture's text and the link's.

    >>> _once("新桥通车了 新桥通车了"), _once("新桥 新桥 怎么走")
    ('新桥通车了', '新桥 新桥 怎么走')
    """
    title, rest = _undoubled(text)
    return text if rest else title


def _undoubled(text: str) -> tuple[str, str]:
    """Return a title that comes twice in a line once, and what stands behind it.

    >>> _undoubled("新桥 通车了 新桥 通车了 晨光报"), _undoubled("新桥通车了")
    (('新桥 通车了', '晨光报'), ('新桥通车了', ''))
    """
    parts = text.split() if len(text) <= LONGEST_DATED else []
    if len(parts) < 2 or parts.count(parts[0]) == 1:
        return text, ""
    for size in range(len(parts) // 2, 0, -1):
        if parts[:size] == parts[size : 2 * size]:
            return " ".join(parts[:size]), " ".join(parts[2 * size :])
    return text, ""


def _without_name(text: str) -> tuple[str, str | None]:
    """Return a title, and the name that a mark sets apart from the time after it."""
    title, name = _undoubled(text)
    if name and weight(name) <= NAME_WEIGHT:
        return title, name
    rest = title.rstrip()
    marked = rest.endswith(("·", "|", "｜", "•"))
    rest = rest.rstrip(" \t\u3000\xa0·|｜•([（【")
    title, _, name = rest.rpartition(" ")
    if marked and title.strip() and weight(name) <= NAME_WEIGHT:
        return title.strip(), name
    return rest, None
