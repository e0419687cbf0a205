"""Find the medium or account that a text is attributed to in the words of a byline."""

from __future__ import annotations

import re
from functools import cache

import regex

from portalclean.article import Role
from portalclean.bylines.cues import cues_in
from portalclean.bylines.lexicon import alternation, lexicon
from portalclean.bylines.masks import masked, spaced
from portalclean.bylines.names import is_medium, is_name, names_in

__all__ = ["account_line", "beside_date", "beside_name", "dateline", "labelled", "labelled_in_cjk", "medium"]

LONGEST_MEDIUM = 40
"""Characters; the longest in the development data has 26."""
_CJK = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_CUT = regex.compile(r"[\n\0|｜;；,，。!！?？<>【】\[\]]|[\t]| {3}|\s[-–—]\s")
COLON = re.compile("[:：／|｜丨]")
"""What stands behind every source label."""
_CITY = regex.compile(r"[(（][^()（）]{1,12}[)）]?$")
_AROUND = " \t:：-–—|｜·•.,，、/／()（）[]【】《》「」\"'“”»›>"
_HAN = regex.compile(r"\p{Han}+")
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
_DATED = regex.compile(r"\d{4}\s?[-/.年]|\d{1,2}[:：]\d{2}")
_PARTS = regex.compile(r"\s[-–—|]\s|[,，／/|\0]| {2,}")
_AFTER_DATE = regex.compile(r"\0[\0 \t·\-]{0,99}([^\0\n]{2,40})")
_BEFORE_DATE = regex.compile(r"([^\0\n]{2,30}?)[\s(（]{0,3}\0")
WRITERS = frozenset({Role.AUTHOR, Role.REPORTER, Role.CORRESPONDENT})
COMPANY = "公司"
"""Behind a date stands the firm that runs an account, not the account."""
FOLLOW = "关注"
"""What the follow button behind an account's name says."""
LONGEST_ACCOUNT = 12
"""Characters of an account's name; platforms allow little more."""
LONGEST_VALUE = 120
_TITLED = regex.compile(r"[—–\-\s]{0,4}[《〈]\s{0,2}([^《》〈〉]{2,30}?)\s{0,2}[》〉](?:[（(\0\s].{0,40})?")
OF_DATELINE = re.compile("[电電讯訊记記【=]")
"""What every dateline has."""
_DATELINE = regex.compile(
    r"^\s{0,4}[（(【〔\[]?\s?(?P<medium>\p{Han}{2,4}(?:社|网|報|报|日报|日報|晚报|電|通))(?:\p{Han}{2,6}\0+\s?(?:电|電|讯|訊)|記者|记者)"
    r"|^\s{0,4}【\0+\s?(?P<medium>[A-Z]{2,8}|\p{Han}{2,6})】"
    r"|^\s{0,4}[（(\[]\p{Hangul}{2,6}\s?=\s?(?P<medium>\p{Hangul}{2,8})[)\]\s]"
)


def medium(value: str) -> str | None:
    """Return the medium that a value begins with, cut clean, or nothing.

    >>> medium("21世纪经济报道(广州)"), medium("华龙网 举报"), medium("| 发布时间")
    ('21世纪经济报道', '华龙网', None)
    """
    value = _CUT.split(value.lstrip(" :："), maxsplit=1)[0]
    value = _CITY.sub("", value.strip(_AROUND + "\0")).strip(_AROUND)
    value += "》" if value.count("《") > value.count("》") else ""
    if _CJK.search(value):
        value = value.split()[0] if value.split() and _CJK.search(value.split()[0]) else value
        stop = _stops().search(value, 1)
        value = value[: stop.start()].strip(_AROUND) if stop else value
    if not 2 <= len(value) <= LONGEST_MEDIUM or value.casefold() in lexicon().not_names or _stops().match(value):
        return None
    return value if any(map(str.isalpha, value)) else None


def labelled(text: str) -> str | None:
    """Return the medium behind the first source label of a byline ("来源：新华社").

    >>> labelled("2019-09-07 19:53:27　来源: 每日经济新闻 举报"), labelled("来源: | 发布时间: 2018-05-17")
    ('每日经济新闻', None)
    """
    if not COLON.search(text):
        return None
    plain = spaced(text)
    if not _label_pattern().search(plain):
        return None
    blank = masked(plain)
    for match in _label_pattern().finditer(blank):
        end = next((cue.start for cue in cues_in(blank[match.end() :]) if cue.roles), None)
        value = plain[match.end() : len(plain) if end is None else match.end() + end]
        found = medium(_DATED.split(value, maxsplit=1)[0])
        if found:
            return found
    return None


def labelled_in_cjk(text: str) -> str | None:
    """Return what `labelled` finds in a line of another label, in CJK alone: "Source: …" stands under tables.

    >>> labelled_in_cjk("（来源：新华社）"), labelled_in_cjk("Source: Example Bureau")
    ('新华社', None)
    """
    return None if text.isascii() else labelled(text)


def beside_date(text: str) -> str | None:
    """Return the medium that stands right behind or before the date of a byline line.

    >>> beside_date("2019年09月11日01:53  新浪科技  我有话说(1307人参与)")
    '新浪科技'
    >>> beside_date("北京新浪網 (2020-01-21 11:12)")
    '北京新浪網'
    """
    plain = spaced(text)
    if not _DATED.search(plain):
        return None
    for line in plain.split("\n"):
        blank = masked(line)
        for match in _AFTER_DATE.finditer(blank):
            found = medium(line[match.start(1) : match.end(1)].split("  ")[0])
            if (
                found
                and not found.endswith(COMPANY)
                and _DATED.search(line[: match.start(1)])
                and _is_shown_medium(found, loosely=len(found) > 2)
            ):
                return found
        before = _BEFORE_DATE.match(blank) if _DATED.search(line) else None
        found = medium(before[1]) if before else None
        if found and _is_shown_medium(found):
            return found
    return None


def beside_name(text: str) -> str | None:
    """Return the agency that stands behind a name or in its place ("By Jane Doe - Associated Press").

    >>> beside_name("By Jane Doe - Associated Press - Friday"), beside_name("Von DPA")
    ('Associated Press', 'DPA')
    >>> beside_name("By Jane Doe") is None
    True
    >>> beside_name("[田中宏昌，ITmedia]"), beside_name("JANE DOE   USA TODAY")
    ('ITmedia', 'USA TODAY')
    """
    blank = masked(spaced(text))
    for cue in cues_in(blank):
        if cue.explicit and cue.name is None and not WRITERS.isdisjoint(cue.roles):
            found = _first_medium(_PARTS.split(blank[cue.end :].split("\n", 1)[0][:LONGEST_VALUE]))
            if found:
                return found
    for line in blank.split("\n"):
        name, *others = [part.strip(_AROUND) for part in _PARTS.split(line.strip(_AROUND)[:LONGEST_VALUE])]
        if others and is_name(name, likely=True):
            bracketed = line.startswith("[") and line.endswith("]") and len(others) == 1
            found = others[0] if bracketed and not is_name(others[0], likely=True) else _first_medium(others)
            if found:
                return found
    return None


def _first_medium(parts: list[str]) -> str | None:
    for part in (part.strip(_AROUND) for part in parts):
        if (
            2 <= len(part) <= LONGEST_MEDIUM
            and part[0].isupper()
            and not names_in(part, likely=True)
            and _is_shown_medium(part)
        ):
            return part
        if medium(part) == part and _CJK.search(part) and len(part) <= LONGEST_ACCOUNT and _is_shown_medium(part):
            return part
    return None


def account_line(text: str) -> str | None:
    r"""Return the account or medium that is all of a byline's line.

    >>> account_line("体育教科书\n发布时间：18-03-08"), account_line("Jane Doe\nMay 2, 2021")
    ('体育教科书', None)
    """
    for place, line in enumerate(masked(spaced(text)).split("\n")):
        shown = line.strip(_AROUND)
        if not shown or cues_in(shown) or _label_pattern().search(shown):
            continue
        titled = _TITLED.fullmatch(line.strip())
        if titled:
            return titled[1]
        if "\0" in line:
            continue
        if shown.endswith(FOLLOW) and len(shown) <= LONGEST_ACCOUNT:
            return shown.removesuffix(FOLLOW).strip() or None
        for part in shown.split(" - "):
            found = medium(part)
            # The first line of a Chinese byline is the account; elsewhere it has to sound like a medium.
            loosely = place == 0 and bool(_HAN.fullmatch(part)) and 3 <= len(part) <= LONGEST_ACCOUNT
            if found and found == part and _is_shown_medium(found, loosely=loosely):
                return found
    return None


def dateline(text: str) -> str | None:
    """Return the agency of a dateline at the start of the text.

    >>> dateline("新华社北京5月9日电 题：…"), dateline("（中央社記者溫貴香台北21日電）…"), dateline("昨日，…")
    ('新华社', '中央社', None)
    """
    start = text[:60]
    match = _DATELINE.search(masked(start)) if OF_DATELINE.search(start) else None
    return match["medium"] if match else None


def _is_shown_medium(value: str, *, loosely: bool = False) -> bool:
    """Return whether a value that no label announces is a medium rather than a person or a phrase."""
    words = lexicon()
    parts = value.split()
    if value.casefold() in words.generic_sources or is_name(value, likely=True) or "://" in value:
        return False
    if parts[0].islower() or parts[-1].casefold() in words.groups or " by " in value:
        return False
    if _KANA.search(value) or not _CJK.search(value):
        return is_medium(value) and len(parts) <= 4
    return (is_medium(value) or (loosely and not value[0].isdigit())) and len(value) <= 16


@cache
def _label_pattern() -> regex.Pattern[str]:
    words = lexicon().source_labels
    cjk = alternation(word for word in words if _CJK.search(word))
    other = alternation(word for word in words if not _CJK.search(word))
    return regex.compile(rf"(?:{cjk})\s{{0,4}}[:：／|｜丨]\s{{0,6}}|(?<!\p{{L}})(?i:{other})\s{{0,2}}:\s{{0,4}}")


@cache
def _stops() -> regex.Pattern[str]:
    return regex.compile(alternation(lexicon().source_stops))
