"""The headline as shown over the article, and the line under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

import regex

from portalclean.article import Evidence
from portalclean.bodies.unwrap import unwrapped
from portalclean.headlines import TITLE_ELEMENT, Agreement, Stated, compact, site_names, stated_headlines
from portalclean.page import Label
from portalclean.reading import Extracted, Fields, Reading
from portalclean.trails import SHORTEST_HEADLINE, begins_with_mark, marked_parts

__all__ = ["extract_title"]

MOST_LINES = 4
"""Lines that one headline, and its subtitle, is broken into at most."""
REACH = 12
"""Blocks from one title block to the next that may be its subtitle; the byline and buttons stand between."""
NEAR = 2
"""Blocks from a headline to the line over it at most."""
RIVAL = 0.8
"""Share of the surest line's confidence from which on a line over it may be the headline instead."""
KICKER = 12
"""Letters' worth up to which a line over a longer one is its kicker, not the headline."""
ONE_WORD = 24
"""The same for a single word of another script."""
KICKER_RATIO = 2
"""How many times longer than its kicker a headline is."""
HAN_WEIGHT = 2
"""Letters that one Han, kana or hangul character is worth."""
MOST_EVIDENCE = 6
ANCHORS = " ¶🔗"
"""Marks of the link to a heading, which stand after it."""
HEADINGS = frozenset({"h1", "h2", "h3"})

ELLIPSIS = regex.compile(r"\s?(?:\.{3,6}|…{1,2})$")
ORIGINAL = regex.compile(r"(?:原标题|原標題|原题|原題)(?:为|是)?\s?[：:]\s?([^\n）)]{4,200})")
"""The notice that gives the headline under which the source ran the article."""
NUMBER = regex.compile(r"(?i)^(?:no|vol|nr|issue)\s?\.?\s?\d{1,6}$|^第\s?\d{1,6}\s?[期号]$")
DASHES = ("—", "–", "-", "―", "－", "~", "～")
"""A line that begins with one of these is a subtitle."""
WIDE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
UNFINISHED = regex.compile(r"\p{Han}[的在于与和及对向为从至、，]$")
GOING_ON = regex.compile(r"^(?:关于|關於|[和及与的])\p{Han}")
"""The end and the beginning of lines that a Chinese headline was broken into."""


class _Line(NamedTuple):
    """A shown line that may be the headline: its block and text."""

    block: int
    text: str


def extract_title(reading: Reading) -> Extracted:
    """Return ``title`` and ``subtitle``."""
    stated = stated_headlines(reading.page)
    lines = _mended(reading, list(_lines(reading)), stated)
    agreed = Agreement(stated, site_names(reading.page))
    if not any(agreed(line.text) or _in_heading(reading, line.block) for line in lines):
        found = _as_stated(reading, stated, lines)
        if found:
            return found
    if not lines:
        return Extracted(Fields(title=None, subtitle=None))
    first, last = _headline(lines, agreed, reading)
    headline = _joined(lines[first : last + 1])
    title, where = _completed(headline.text, reading, stated)
    subtitle = " ".join(islice(_under(lines[last:], title), MOST_LINES)) or None
    evidence = [Evidence("title", where, title, headline.block)]
    evidence += [
        Evidence("title", "labelled title", line.text, line.block, chosen=False)
        for line in (*lines[:first], *lines[last + 1 :])
    ]
    return Extracted(Fields(title=title, subtitle=subtitle), tuple(evidence[:MOST_EVIDENCE]))


def _lines(reading: Reading) -> Iterator[_Line]:
    """Yield the title blocks; of copies the last over the article (the others are in sticky bars).

    Without a letter or digit, a block is no headline; of a path it is the last part, the page's own place.
    """
    body = reading.first(Label.BODY)
    lines: dict[str, _Line] = {}
    for index, raw in reading.lines(Label.TITLE):
        text = unwrapped(raw).rstrip(ANCHORS)
        if (path := marked_parts(text)) or begins_with_mark(text):
            text = path[-1] if path and len(path[-1]) >= SHORTEST_HEADLINE else ""
        words = compact(text)
        if words and (words not in lines or body is None or index < body):
            lines.pop(words, None)
            lines[words] = _Line(index, text)
    yield from lines.values()


def _mended(reading: Reading, lines: list[_Line], stated: Sequence[Stated]) -> list[_Line]:
    """Return the lines, those of one heading element as one, unless the head states one of them alone."""
    markup = reading.page.markup
    if markup is None or len(lines) < 2:
        return lines
    alone = {compact(statement.text) for statement in stated}
    mended: list[_Line] = []
    heading = -1
    for line in lines:
        row = int(markup.block[reading.first_units[line.block]])
        broken = row == heading and not line.text.startswith(DASHES)
        if broken and alone.isdisjoint((compact(line.text), compact(mended[-1].text))):
            mended[-1] = _joined([mended[-1], line])
        else:
            mended.append(line)
        heading = row if markup.tags[row] in HEADINGS else -1
    return mended


def _joined(lines: Sequence[_Line]) -> _Line:
    return _Line(lines[0].block, unwrapped("\n".join(line.text for line in lines)))


def _headline(lines: Sequence[_Line], agreed: Agreement, reading: Reading) -> tuple[int, int]:
    """Return the first and last of the lines that make up the headline.

    Of lines that share as much with what the head states it is the shortest: a path to the page ends in its headline.
    """
    best, most = (0, 0), (0, 0)
    for first in range(len(lines)):
        for last in range(first, min(len(lines), first + MOST_LINES)):
            if last > first and not _may_go_on(lines[last - 1], lines[last]):
                break
            texts = [line.text for line in lines[first : last + 1]]
            shared = agreed(*texts)
            length = sum(map(len, texts))
            if shared and (shared, -length) > most:
                best, most = (first, last), (shared, -length)
    if most[0]:
        return best
    first = _first(lines, [reading.confidence(line.block) for line in lines])
    return first, _last(lines, first)


def _first(lines: Sequence[_Line], sure: Sequence[float]) -> int:
    """Return the surest line that is no kicker, or the one over it that is about as sure: the other is its subtitle.

    On dumps of sites that the network had not seen, 63 of 74 headlines were right by this, by the first line 57.
    """
    headlines = [place for place in range(len(lines)) if not _stands_over(lines, place)] or [0]
    first = surest = max(headlines, key=sure.__getitem__)
    for place in range(surest - 1, -1, -1):
        apart = lines[first].block - lines[place].block > NEAR
        if apart or place not in headlines or sure[place] < RIVAL * sure[surest]:
            break
        first = place
    return first


def _stands_over(lines: Sequence[_Line], place: int) -> bool:
    """Tell whether a line is a kicker over one of the next two."""
    return any(_is_kicker(lines[place].text, other.text) for other in lines[place + 1 : place + 3])


def _is_kicker(line: str, following: str) -> bool:
    """Tell whether a line is a column's name, a number or a topic over the headline.

    >>> _is_kicker("亦观察", "苹果缘何败走智能电视"), _is_kicker("犬儒病(上)", "——当代中国的精神危机 (上)")
    (True, False)
    """
    if line.endswith((":", "：")) or NUMBER.match(line):
        return True
    if following.startswith(DASHES):
        return False
    limit = KICKER if " " in line or WIDE.search(line) else ONE_WORD
    return _weight(line) <= limit and _weight(following) >= KICKER_RATIO * _weight(line)


def _weight(text: str) -> int:
    return len(text) + (HAN_WEIGHT - 1) * len(WIDE.findall(text))


def _may_go_on(above: _Line, line: _Line) -> bool:
    return line.block == above.block + 1 and not line.text.startswith(DASHES)


def _last(lines: Sequence[_Line], first: int) -> int:
    """Return the line that a Chinese headline ends in which was broken, to judge by where, into several."""
    last = first
    for place in range(first + 1, min(len(lines), first + MOST_LINES)):
        above, line = lines[place - 1], lines[place]
        if not _may_go_on(above, line):
            break
        goes_on = UNFINISHED.search(above.text) or GOING_ON.match(line.text)
        if goes_on:
            last = place
        elif place == first + 1:
            break
    return last


def _under(lines: Sequence[_Line], title: str) -> Iterator[str]:
    """Yield the lines under the headline (the first of these lines) that are not a copy of it."""
    for above, line in pairwise(lines):
        if line.block - above.block > REACH:
            return
        if compact(line.text) not in compact(title):
            yield line.text


def _completed(shown: str, reading: Reading, stated: Sequence[Stated]) -> tuple[str, str]:
    """Return the headline, and why: in whole where the shown one is cut off and the page has it elsewhere."""
    cut = ELLIPSIS.search(shown)
    stem = compact(shown[: cut.start()]) if cut else ""
    if not stem:
        return shown, "labelled title"
    originals = (
        (found[1].strip(), "原标题")
        for _, text in reading.lines(Label.BYLINE, Label.BODY, Label.FOOTER, Label.OTHER)
        for found in ORIGINAL.finditer(text)
    )
    for whole, where in (*originals, *((statement.text, statement.where) for statement in stated)):
        words = compact(whole)
        if words.startswith(stem) and len(words) > len(stem) and not ELLIPSIS.search(whole):
            return whole, f"labelled title, completed from {where}"
    return shown, "labelled title"


def _as_stated(reading: Reading, stated: Sequence[Stated], lines: Sequence[_Line]) -> Extracted | None:
    """Return the headline that the head states, as shown where a block shows it.

    This is for pages where no line is labelled as the headline, or none that the head knows of; the first
    then only where there is a body, the second only where the page shows what the head states. What the title element
    alone says, and the page does not show, is the site's name or a word of its software as often as the headline
    (of 15 such pages of unseen sites, right on 6).
    """
    if not stated or reading.first(Label.BODY) is None:
        return None
    passed = tuple(Evidence("title", "labelled title", line.text, line.block, chosen=False) for line in lines)
    for index, where in _shown(reading, stated):
        if not lines or _in_heading(reading, index):
            text = reading.blocks.texts[index]
            evidence = Evidence("title", f"shown, as in {where}", text, index)
            return Extracted(Fields(title=text, subtitle=None), (evidence, *passed[:MOST_EVIDENCE]))
    if lines or stated[0].where == TITLE_ELEMENT:
        return None
    evidence = Evidence("title", stated[0].where, stated[0].raw)
    return Extracted(Fields(title=stated[0].text, subtitle=None), (evidence,))


def _shown(reading: Reading, stated: Sequence[Stated]) -> Iterator[tuple[int, str]]:
    """Yield the shown blocks that are what the head states, and where it does."""
    words = {statement.words: statement.where for statement in stated}
    lengths = [len(statement.text) for statement in stated]
    shortest, longest = min(lengths) // 2, 2 * max(lengths)
    for index, text in enumerate(reading.blocks.texts):
        if shortest <= len(text) <= longest and not reading.blocks.hidden[index]:
            where = words.get(compact(text))
            if where:
                yield index, where


def _in_heading(reading: Reading, block: int) -> bool:
    markup = reading.page.markup
    if markup is None:
        return False
    return markup.tags[int(markup.block[reading.first_units[block]])] in HEADINGS
