"""Where credits stand: in byline lines, at either end of the article's text, under its pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import regex

from portalclean.article import Role
from portalclean.bylines.cues import Named, named_in, unclaimed
from portalclean.bylines.lexicon import alternation, lexicon
from portalclean.bylines.masks import masked
from portalclean.bylines.names import is_name, names_in, stands_alone
from portalclean.page import LABEL_CODES, Label

if TYPE_CHECKING:
    from portalclean.outline import Outline
    from portalclean.reading import Reading

__all__ = ["Survey", "credit_line", "in_caption", "opening", "standing_alone", "survey", "trailing"]

LONGEST_BYLINE = 400
"""Characters read of one byline block."""
MOST_BYLINES = 60
"""Byline blocks read on one page; a forum thread has hundreds."""
MOST_CAPTIONS = 20
PICTURE_ROLES = (Role.PHOTOGRAPHER, Role.REPORTER)
OPENING = 70
"""Characters at the start of a body paragraph in which its reporter may be named."""
TRAILING = 90
"""Characters at the end of a body paragraph in which its author may be named."""
SHORT_LINE = 60
"""A body line of at most this many characters may be a credit line as a whole."""

NEARBY = 12
"""Blocks before and after the article's text that are searched for credit lines with another label."""
LONGEST_NEARBY = 120
MISTAKABLE = frozenset(
    LABEL_CODES[label] for label in (Label.NAVIGATION, Label.SHARE, Label.OTHER, Label.FOOTER, Label.BREADCRUMB)
)
"""Labels, as codes, that a credit line may get by mistake; lists and comments have names of their own."""
LISTED = LABEL_CODES[Label.RECOMMENDATION]

LAST_BODY = 6
"""Body paragraphs at the end that are searched for credit lines; notes often follow these."""
ADJACENT = 3
"""Blocks after the text in which a list's label is mistakable too: lists begin close to the text."""

_OPEN, _CLOSE = "（(【〔［[", "）)】〕］]"
_HEADED = "【〔"
_BRACKETED = regex.compile(rf"[{regex.escape(_OPEN)}]\s?([^（）()【】〔〕［］\[\]]{{2,60}})\s?[{regex.escape(_CLOSE)}]")
_AT_END = regex.compile(
    rf"[{regex.escape(_OPEN)}]\s{{0,2}}([^（）()【】〔〕［］\[\]]{{2,60}})\s{{0,2}}[{regex.escape(_CLOSE)}][\d\s。.■□]{{0,12}}$"
)
_REPORTING = regex.compile(
    r"(?:记者|記者)\s?(\p{Han}{2,3}(?:[、\s]\s?\p{Han}{2,3}){0,3})\s?(?=\0|[／/]|报道|報導|电|電|讯|訊|綜合|综合)"
)
_TITLE = regex.compile(r"记者|記者|通讯员|通訊員|기자|특파원|特派員|评论员")
_PLACE = regex.compile(r"^(?:[^＝=]{1,14}[＝=]|[\p{Katakana}ー・]{2,12}(?=\p{Han})|(?:共同|時事|本社)[＝=・])\s?")
_SEGMENT = regex.compile(r"\0+|[|｜·•▪■●]|\s[-–—]+(?:\s|$)|\s{2,}|\t")
_AGENCY = regex.compile(r"(?:\([cC]\)|©)\s?[\p{L}\s]{2,20}/([\p{L}\s.'’\-]{4,40})$")
_AROUND = " " + _OPEN + _CLOSE
_FOLLOW = regex.compile(r"关注|關注|\bfollow", regex.IGNORECASE)
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")


@dataclass(frozen=True, slots=True)
class Survey:
    """The blocks that credits are looked for in, each with its index in the page."""

    bylines: tuple[tuple[int, str], ...]
    """Runs of byline blocks that stand together: (index of the first, their lines)."""
    first_body: tuple[tuple[int, str], ...]
    last_body: tuple[tuple[int, str], ...]
    captions: tuple[tuple[int, str], ...]
    nearby: tuple[tuple[int, str], ...]
    """Short lines around the article's text that carry another label; a clear credit line counts."""


def survey(reading: Reading) -> Survey:
    """Return the page's blocks by the places where credits stand."""
    return reading.blocks.once(_survey)


def _survey(blocks: Outline) -> Survey:
    body = blocks.places(Label.BODY)
    return Survey(
        tuple(_runs(_shown(blocks, blocks.places(Label.BYLINE)[:MOST_BYLINES]))),
        _shown(blocks, body[:2]),
        _shown(blocks, body[-LAST_BODY:]),
        _shown(blocks, blocks.places(Label.CAPTION)[:MOST_CAPTIONS]),
        tuple(_around(blocks, body[0], body[-1])) if body else (),
    )


def _shown(blocks: Outline, places: Sequence[int]) -> tuple[tuple[int, str], ...]:
    """Return the blocks at these places, each with its index."""
    texts = blocks.texts
    return tuple([(index, texts[index]) for index in places])


def _around(blocks: Outline, first: int, last: int) -> Iterator[tuple[int, str]]:
    """Yield the short lines just before and after the text whose label says neither byline nor text."""
    texts, codes, hidden = blocks.texts, blocks.codes, blocks.hidden
    before = range(max(0, first - NEARBY), first)
    after = range(last + 1, min(len(texts), last + 1 + NEARBY))
    for index in chain(before, after):
        code = codes[index]
        mistakable = code in MISTAKABLE or (code == LISTED and last < index <= last + ADJACENT)
        if mistakable and not hidden[index] and len(texts[index]) <= LONGEST_NEARBY:
            yield index, texts[index]


def _runs(blocks: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Join byline blocks that stand next to each other (one block between them at most)."""
    first, last, lines = -1, -1, list[str]()
    for index, text in blocks:
        if lines and index - last > 2:
            yield first, "\n".join(lines)
            lines = []
        if not lines:
            first = index
        last = index
        lines.append(text[:LONGEST_BYLINE])
    if lines:
        yield first, "\n".join(lines)


def standing_alone(text: str) -> list[str]:
    """Return the likely names of the first line of a byline that holds nothing else but dates.

    >>> standing_alone("Jane Doe  John Roe May 2, 2021"), standing_alone("小王说事 关注")
    (['Jane Doe', 'John Roe'], [])
    """
    for line in unclaimed(text):
        if _FOLLOW.search(line):
            continue
        names: list[str] = []
        for segment in filter(None, (part.strip(_AROUND) for part in _SEGMENT.split(line))):
            found = names_in(segment, likely=True) if ":" not in segment and "：" not in segment else []
            if not found or not segment.startswith(found[0][:2]) or not stands_alone(found[0]):
                break
            names += [name for name in found if name not in names]
        if names:
            return names
    return []


def opening(text: str) -> list[Named]:
    """Return the people named at the start of the article's text.

    >>> [found.name for found in opening("新京报讯（记者 陆一夫）昨日，…")]
    ['陆一夫']
    >>> [found.name for found in opening("【ソウル＝小池和樹】韓国の…")]
    ['小池和樹']
    >>> [found.name for found in opening("（中央社記者張瑞琪嘉義縣12日電）昨日，…")]
    ['張瑞琪']
    """
    whole = _line(text) if len(text) <= SHORT_LINE else []
    if whole:
        return whole
    start = text[:OPENING]
    found = []
    for match in _BRACKETED.finditer(start):
        if _TITLE.search(match[1]):
            found += [named._replace(raw=match[1]) for named in named_in(_filed().sub(r"\1 ", match[1]))]
        elif match.start() == 0:
            found += [Named(name, Role.REPORTER, match[0], False) for name in _with_places(match[1])]
    if found or start.isascii():
        return found
    if "기자" in start or "특파원" in start:
        return [named for named in named_in(start) if not named.explicit]
    reporting = _REPORTING.search(masked(start))
    names = names_in(reporting[1], likely=True) if reporting else []
    return [Named(name, Role.REPORTER, reporting[0], False) for name in names] if reporting else []


@cache
def _filed() -> regex.Pattern[str]:
    """Return the pattern of a reporter with the place and day of a dispatch glued behind the name."""
    places = alternation(lexicon().dateline_places)
    names = r"(?:\p{Han}{2,4}[、 ]){0,4}\p{Han}{2,4}?"
    return regex.compile(rf"((?:记者|記者)\s?{names})(?:{places})[縣县市]?(?=\s?(?:\d{{1,2}}月)?\d{{1,2}}日)")


def trailing(text: str, *, last: bool) -> list[Named]:
    """Return the people named at the end of a paragraph; without a cue only at the ``last`` one's.

    >>> [(found.name, found.role.value) for found in trailing("……已完成。（文/图 刘玺东 易赛楠）", last=True)]
    [('刘玺东', 'author'), ('易赛楠', 'author'), ('刘玺东', 'photographer'), ('易赛楠', 'photographer')]
    >>> [found.name for found in trailing("……正式启动。（张巨峰）", last=True)]
    ['张巨峰']
    """
    if len(text) <= SHORT_LINE:
        found = _line(text)
        if found:
            return found
    end = text[-TRAILING:].rstrip()
    bracketed = _AT_END.search(end)
    if bracketed:
        found = named_in(bracketed[1])
        if found or not last:
            return found
        role = Role.REPORTER if _KANA.search(text) else Role.AUTHOR
        return [Named(name, role, bracketed[0], False) for name in _only_names(bracketed[1])]
    agency = _AGENCY.search(end) if last else None
    if agency and is_name(agency[1].strip(), likely=True):
        return [Named(agency[1].strip(), Role.REPORTER, agency[0], False)]
    if last and ("기자" in end or "특파원" in end):
        return [named for named in named_in(end[end.rfind(".", 0, -40) + 1 :]) if not named.explicit]
    return []


def credit_line(text: str) -> list[Named]:
    """Return the people of a line that is surely a credit line: cues with colons, or a reporter's title.

    >>> [found.name for found in credit_line("作者：何苗 张梦洁")], credit_line("编辑推荐 王者荣耀")
    (['何苗', '张梦洁'], [])
    """
    named = named_in(text)
    sure = named and all(is_name(found.name, likely=True) for found in named)
    if named:
        return named if sure and (named[0].explicit or _TITLE.match(named[0].raw)) else []
    return _bracket_line(text)


def _bracket_line(text: str) -> list[Named]:
    """Return the person of a line that is one bracket, a name first: "（張巨峰）", "[田中宏昌，ITmedia]".

    Headings stand in the brackets of `_HEADED`: "【関連記事】".
    """
    if text[:1] not in _OPEN or text[0] in _HEADED or len(text) > SHORT_LINE:
        return []
    bracketed = _BRACKETED.fullmatch(text.strip())
    names = names_in(bracketed[1], likely=True) if bracketed and not bracketed[1].isascii() else []
    if bracketed is None or not names or not bracketed[1].strip().startswith(names[0]) or not stands_alone(names[0]):
        return []
    return [Named(name, Role.AUTHOR, bracketed[0], False) for name in names]


def in_caption(text: str) -> list[Named]:
    """Return the photographers that a caption names.

    A reporter under a picture took it.

    >>> [found.name for text in ("故宫夜景。杜洋 摄", "큰절. 고영권 기자") for found in in_caption(text)]
    ['杜洋', '고영권']
    """
    found = named_in(text[-TRAILING:])
    photographers = [named._replace(role=Role.PHOTOGRAPHER) for named in found if named.role in PICTURE_ROLES]
    return [named for named in photographers if is_name(named.name, likely=True)]


def _line(text: str) -> list[Named]:
    """Return the people of a line that is a credit line: a cue stands at its start."""
    named = named_in(text)
    if not named:
        return _bracket_line(text)
    if any(not is_name(found.name, likely=True) for found in named):
        return []
    start = text.find(named[0].raw[:2])
    return named if start <= 12 and text.rstrip()[-1:] not in "。？！?!…：:" else []


def _with_places(content: str) -> list[str]:
    """Return the names in a Japanese or Korean dateline ("ソウル＝小池和樹", "カイロ金子淳")."""
    names = []
    for part in regex.split(r"[、,，]\s?", content):
        place = _PLACE.match(part)
        name = part[place.end() :] if place else ""
        if place and is_name(name, likely=False) and 3 <= len(name) <= 6:
            names.append(name)
    return names


def _only_names(content: str) -> list[str]:
    """Return the names of a bracket that holds nothing but likely names."""
    names = _with_places(content)
    if names:
        return names
    names = names_in(content, likely=True) if not content.isascii() else []
    letters = sum(map(str.isalpha, content))
    complete = letters and sum(len(name) for name in names) >= letters
    return names if complete and all(map(stands_alone, names)) else []
