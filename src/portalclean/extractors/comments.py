"""Readers' comments, where the page's own marks tell them apart: a time or a reply button for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from portalclean.article import Comment
from portalclean.bodies.unwrap import unwrapped
from portalclean.listings.lines import stated_moment
from portalclean.listings.remarks import (
    AUTHOR_WEIGHT,
    TEXT,
    TIME,
    Remark,
    author_name,
    is_reply_button,
    read_remark,
)
from portalclean.listings.words import weight
from portalclean.page import Label
from portalclean.reading import Extracted, Fields

if TYPE_CHECKING:
    from portalclean.reading import Reading

__all__ = ["extract_comments"]

GAP = 3
"""Blocks of other labels after which a comment area is over."""
REACH = 5
"""Lines below a time among which its comment begins; badges and counters stand between."""
FEWEST_REPLIES = 2
"""Reply buttons from which on they are what sets comments apart, where no times are."""
QUOTED_NAME = re.compile(r"([^:：\s][^:：]{0,30})[:：]\s?(?=\S)")
"""A name and a colon before the text of a comment, on sites that print them in one line."""


def extract_comments(reading: Reading) -> Extracted:
    """Return the comments in page order, each once; none where the page does not set them apart."""
    found: dict[tuple[str | None, str], Comment] = {}
    for area in _areas(reading):
        for comment in _comments(area):
            found.setdefault((comment.author, comment.text), comment)
    return Extracted(Fields(comments=tuple(found.values())))


def _areas(reading: Reading) -> Iterator[list[Remark]]:
    """Yield the lines of each comment area."""
    page = reading.page
    labelled = reading.blocks.places(Label.COMMENT)
    moments = dict(page.markup.times) if page.markup and labelled else {}
    area: list[Remark] = []
    last = -1
    for index in labelled:
        if area and index - last > GAP:
            yield area
            area = []
        last = index
        if page.markup is None:
            area.append(read_remark(unwrapped(reading.blocks.texts[index])))
        else:
            area += [_timed(read_remark(page.texts[unit]), moments.get(unit)) for unit in reading.units_of(index)]
    if area:
        yield area


def _timed(remark: Remark, written: str | None) -> Remark:
    """Return a time's line with the machine-readable moment that its element states."""
    return remark._replace(time=stated_moment(remark.time, written)) if remark.part is TIME else remark


def _comments(area: Sequence[Remark]) -> Iterator[Comment]:
    times = [place for place, remark in enumerate(area) if remark.part is TIME]
    if not times:
        yield from _by_buttons(area)
    elif _time_ends(area, times):
        yield from _before_times(area, times)
    else:
        yield from _after_times(area, times)


def _time_ends(area: Sequence[Remark], times: Sequence[int]) -> bool:
    """Whether times stand below their comments: there is no text below the last one."""
    last = times[-1]
    below = any(remark.part is TEXT for remark in area[last + 1 : last + 1 + REACH])
    return not below and not area[last].text


def _texts_above(area: Sequence[Remark], place: int) -> list[str]:
    """Return the texts directly above a line, in order; counters among them do not end them."""
    texts: list[str] = []
    for remark in reversed(area[:place]):
        if remark.part is TEXT:
            texts.append(remark.text)
        elif remark.part is TIME or not remark.text.isdigit():
            break
    return texts[::-1]


def _before_times(area: Sequence[Remark], times: Sequence[int]) -> Iterator[Comment]:
    """Yield comments whose time stands below them: name, text, time, or name and text in one line."""
    groups = [(place, _texts_above(area, place)) for place in times]
    named = sum(len(texts) > 1 for _, texts in groups) > len(groups) / 2
    for place, texts in groups:
        author = author_name(texts[0]) if len(texts) > 1 else None
        match = QUOTED_NAME.match("\n".join(texts))
        if author:
            yield Comment("\n".join(texts[1:]), author, area[place].time)
        elif match and author_name(match[1]):
            yield Comment("\n".join(texts)[match.end() :], author_name(match[1]), area[place].time)
        elif texts and not named:
            # Where names stand above the texts, a line alone is a name whose comment is a picture.
            yield Comment("\n".join(texts), None, area[place].time)


def _after_times(area: Sequence[Remark], times: Sequence[int]) -> Iterator[Comment]:
    """Yield comments whose time stands above them: name, time, text, or name and time in one line."""
    for place, following in zip(times, [*times[1:], len(area)], strict=True):
        above = area[place - 1] if place else None
        author = area[place].text or (author_name(above.text) if above and above.part is TEXT else None)
        end = following
        if following < len(area) and not area[following].text and end - 1 > place and _may_name(area[end - 1]):
            end -= 1  # the next comment's author
        texts = _texts_below(area, place, end)
        if texts:
            yield Comment("\n".join(texts), author or None, area[place].time)


def _texts_below(area: Sequence[Remark], place: int, end: int) -> list[str]:
    """Return the texts below a time, up to the buttons that end the comment."""
    texts: list[str] = []
    for remark in area[place + 1 : end]:
        if remark.part is TEXT:
            texts.append(remark.text)
        elif texts:
            break
    return texts


def _may_name(remark: Remark) -> bool:
    return remark.part is TEXT and weight(remark.text) <= AUTHOR_WEIGHT


def _by_buttons(area: Sequence[Remark]) -> Iterator[Comment]:
    """Yield comments that have no time: a name, a text and a reply button, several times."""
    found: list[Comment] = []
    for place, remark in enumerate(area):
        if not is_reply_button(remark):
            continue
        texts = _texts_above(area, place)
        author = author_name(texts[0]) if len(texts) > 1 else None
        if author:
            found.append(Comment("\n".join(texts[1:]), author))
    if len(found) >= FEWEST_REPLIES:
        yield from found
