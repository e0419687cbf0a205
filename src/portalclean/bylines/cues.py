"""Find the words that announce a credit, and the people that they announce.

A byline is cut at its cues: each cue's value runs to the next cue, to a bracket or line end, or to a word
that begins something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from portalclean.article import Role
from portalclean.bylines.lexicon import alternation, lexicon
from portalclean.bylines.masks import REMEMBERED, masked, spaced
from portalclean.bylines.names import is_name, names_in

__all__ = ["Cue", "Named", "cues_in", "named_in", "unclaimed"]

LONGEST_RAW = 160
"""Characters kept of the words that a credit was read from."""
_CJK = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_JOINED = re.compile(r"\s?[/／、&・+]\s?")
_ARABIC_PRONE = r"[\p{Lu}\p{Arabic}\p{Han}\p{Hiragana}\p{Katakana}]"
_COLON = r"\s{0,4}[:：/／|｜丨●○■﹕∶︱]\s{0,4}"
_GAP = r"[ \t]{1,6}"
_LINE = r"\s{0,2}\n\s{0,2}"
_TAKEN = regex.compile(r"[ \t]{0,2}(?:\p{Han}{2,4}[、 ][ \t]?){0,4}\p{Han}{2,4}?[ \t／/]{0,2}[摄攝](?!\p{Han})")
"""A name and the word that says who took the picture: "記者高子晴攝"."""
_VALUE_STOP = regex.compile(r"[\n\0)）\]】〕〗》>|｜丨]|[\t ]{4}")


class Cue(NamedTuple):
    """A cue in a text: the roles it names, its place, and whether it is explicit (a colon or the like)."""

    start: int
    end: int
    roles: tuple[Role, ...]
    explicit: bool
    titular: bool = False
    """A title ("记者") that may stand right behind the medium it belongs to."""
    name: str | None = None
    """The name itself, where the cue stands behind it ("구현모 기자")."""


class Named(NamedTuple):
    """A person and a role, the words that say so, and whether the cue was explicit."""

    name: str
    role: Role
    raw: str
    explicit: bool


def named_in(text: str) -> list[Named]:
    """Return the people whom the cues of a byline announce, in order.

    >>> [(found.name, found.role.value) for found in named_in("编辑 刘晓阳 校对 李铭")]
    [('刘晓阳', 'editor'), ('李铭', 'proofreader')]
    >>> [(found.name, found.role.value) for found in named_in("By Jane Doe and John Roe | May 2, 2021")]
    [('Jane Doe', 'author'), ('John Roe', 'author')]
    """
    plain = spaced(text)
    if not _may_hold_cue(plain) or not cues_in(plain):
        return []
    blank = masked(plain)
    return _named(plain, blank, cues_in(blank))


def unclaimed(text: str) -> list[str]:
    r"""Return the lines of a byline that hold no cue, dates and numbers masked.

    >>> unclaimed("来源：新华社\nJane Doe")
    ['Jane Doe']
    """
    blank = masked(spaced(text))
    cues = cues_in(blank)
    taken = [(cue.start, _value_end(blank, cue, None)) for cue in cues]
    lines, position = [], 0
    for line in blank.split("\n"):
        end = position + len(line)
        if line.strip(" \0\t") and not any(start <= end and position <= stop for start, stop in taken):
            lines.append(line)
        position = end + 1
    return lines


def _may_hold_cue(text: str) -> bool:
    """Return whether `cues_in` may find something in a text, by one search; a no is sure."""
    probes = _probes()
    if text.isascii():
        return probes.ascii_cue.search(text.lower()) is not None
    return probes.cue.search(text.casefold()) is not None


@lru_cache(maxsize=REMEMBERED)
def cues_in(text: str) -> tuple[Cue, ...]:
    """Return the cues of a text (already `masked`), disjoint and in order; at one place the longest."""
    probes = _probes()
    ascii_only = text.isascii()
    found: list[Cue] = []
    if probes.colon.search(text) if ascii_only else probes.label.search(text):
        found += _labels(text, ascii_only)
    lower = text.casefold()
    if "by" in lower or not probes.leading.isdisjoint(lower.split()):
        found += _by(text)
    if not ascii_only and probes.title.search(text):
        found += [*_titles(text), *_suffixes(text)]
    found.sort(key=_place)
    cues: list[Cue] = []
    for cue in found:
        if not cues or cue.start >= cues[-1].end:
            cues.append(cue)
    return tuple(cues)


def _place(cue: Cue) -> tuple[int, int]:
    return cue.start, -cue.end


def _named(plain: str, blank: str, cues: tuple[Cue, ...]) -> list[Named]:
    named: list[Named] = []
    for place, cue in enumerate(cues):
        following = cues[place + 1] if place + 1 < len(cues) else None
        if not cue.roles:
            continue
        end = _value_end(blank, cue, following)
        raw = plain[cue.start : end].strip(" \t\n:：|｜,，、(（[【<")[:LONGEST_RAW]
        if cue.name is not None:
            names = [cue.name] if is_name(cue.name, likely=True) else []
        elif not cue.titular and _belongs_to_title(blank, end, following):
            names = []
        else:
            names = names_in(blank[cue.end : end], likely=not cue.explicit)
        roles = (Role.PHOTOGRAPHER,) if cue.titular and _TAKEN.match(blank, cue.end) else cue.roles
        named += [Named(name, role, raw, cue.explicit) for role in roles for name in names]
    return named


def _value_end(text: str, cue: Cue, following: Cue | None) -> int:
    stop = _VALUE_STOP.search(text, cue.end)
    end = stop.start() if stop else len(text)
    return min(end, following.start) if following else end


def _belongs_to_title(text: str, end: int, following: Cue | None) -> bool:
    """Return whether what follows a label is the medium of a title behind it ("采写：南都记者 余毅菁").

    A mark before the title ends a name: "记者卫长河、通讯员蔺小满".
    """
    return following is not None and following.titular and following.start == end and text[end - 1 : end].isalnum()


def _labels(text: str, ascii_only: bool) -> list[Cue]:
    pattern, roles = _label_pattern(ascii_only), lexicon().labels
    found = []
    for match in pattern.finditer(text):
        word, gap = match["word"], match["gap"]
        blank_gap = not gap.strip(" \t\n")
        if blank_gap and not _may_stand_without_colon(text, match.start(), word, gap):
            continue
        known = _roles(_JOINED.split(word), roles)
        found.append(Cue(match.start(), match.end(), known, explicit=not blank_gap or "\n" in gap))
    return found


def _may_stand_without_colon(text: str, start: int, word: str, gap: str) -> bool:
    if "\n" in gap:
        return start == 0 or text[start - 1] == "\n"
    return len(word) > 1 and not word[0].isascii() and bool(_CJK.match(word))


def _titles(text: str) -> list[Cue]:
    roles = lexicon().titles
    return [
        Cue(match.start(), match.end(), (roles[match["word"]],), explicit=False, titular=True)
        for match in _title_pattern().finditer(text)
    ]


def _suffixes(text: str) -> list[Cue]:
    roles = lexicon().suffixes
    return [
        Cue(match.start(), match.end(), (roles[match["word"]],), explicit=False, name=match["name"])
        for match in _suffix_pattern().finditer(text)
    ]


def _by(text: str) -> list[Cue]:
    found = []
    for match in _by_pattern().finditer(text):
        word = match["word"]
        glued = not match["gap"]
        if (glued and not word.casefold().endswith("by")) or (glued and word.isupper()):
            continue
        roles = _roles([word], lexicon().by)
        found.append(Cue(match.start(), match.end(), roles, explicit=_begins_part(text, match.start())))
    return found


def _begins_part(text: str, start: int) -> bool:
    """Return whether a preposition begins a line or a part of one, and is not inside a sentence."""
    before = text[max(0, start - 12) : start].rstrip(" ")
    return not before or before[-1] in "\n\0|·•>-–—:：" or before.endswith(("on", "Posted", "Published"))


def _roles(words: list[str], table: Mapping[str, Role]) -> tuple[Role, ...]:
    roles: list[Role] = []
    for word in words:
        role = table.get(" ".join(word.split()).casefold())
        if role is not None and role not in roles:
            roles.append(role)
    return tuple(roles)


class _Probes(NamedTuple):
    """Quick searches that tell whether a text can hold a cue of a kind at all."""

    colon: re.Pattern[str]
    label: re.Pattern[str]
    leading: frozenset[str]
    title: re.Pattern[str]
    cue: re.Pattern[str]
    """For any kind, in a casefolded text."""
    ascii_cue: re.Pattern[str]
    """For those that a text in ASCII can hold."""


@cache
def _probes() -> _Probes:
    words = lexicon()
    single, several, _ = _label_words()
    titles = [*words.titles, *words.suffixes]
    leading = frozenset(word.split()[0] for word in words.by if not word.endswith("by"))
    # Every alternative begins with a plain character: that lets the search skip by a set of first characters.
    alone = "|".join(rf"{word}\s{{0,4}}[:：/／|｜丨●○■﹕∶︱、&・+]" for word in single)
    by = "|".join(["by", *(rf"{word}(?!\S)" for word in sorted(leading))])
    return _Probes(
        re.compile(r"[:/|\n]"),
        re.compile(rf":|\n|{alternation(several)}|{alone}"),
        leading,
        re.compile(alternation(titles)),
        re.compile(rf":|\n|{alternation(map(str.casefold, [*several, *titles]))}|{alone}|{by}"),
        re.compile(rf"[:/|\n]|{by}"),
    )


def _label_words() -> tuple[list[str], list[str], list[str]]:
    """Return the labels of one CJK character, of several, and those of other scripts."""
    labels = lexicon().labels
    cjk = [word for word in labels if _CJK.match(word)]
    sources = [word for word in lexicon().source_labels if _CJK.match(word)]
    single = [word for word in cjk if len(word) == 1]
    return (
        single,
        [*(word for word in cjk if len(word) > 1), *sources],
        [word for word in labels if word not in cjk],
    )


@cache
def _label_pattern(ascii_only: bool) -> re.Pattern[str]:
    one, more, other = _label_words()
    single, several = alternation(one), alternation(more)
    latin = alternation([*other, *(word for word in lexicon().source_labels if not _CJK.match(word))])
    # The look-ahead lets the search pass quickly over everything else.
    first = {form for word in (*other, *lexicon().source_labels) for form in (word[0], word[0].upper())}
    if ascii_only:
        return re.compile(
            rf"(?=[{re.escape(''.join(sorted(first)))}])(?<![^\W_])(?P<word>(?i:{latin}))(?P<gap>{_COLON}|{_LINE})"
        )
    first.update(word[0] for word in (*one, *more))
    return re.compile(
        rf"(?=[{re.escape(''.join(sorted(first)))}])"
        rf"(?P<word>(?:{several}|(?<![^\W_])(?:{single}|(?i:{latin})))"
        rf"(?:\s?[/／、&・+]\s?(?:{several}|{single})){{0,2}})"
        rf"(?P<gap>{_COLON}|{_GAP}|{_LINE})"
    )


@cache
def _title_pattern() -> regex.Pattern[str]:
    return regex.compile(rf"(?P<word>{alternation(lexicon().titles)})(?:{_COLON}|\s{{0,4}})")


@cache
def _suffix_pattern() -> regex.Pattern[str]:
    suffixes = lexicon().suffixes
    korean = alternation(word for word in suffixes if regex.match(r"\p{Hangul}", word))
    other = alternation(word for word in suffixes if not regex.match(r"\p{Hangul}", word))
    return regex.compile(
        rf"(?<!\p{{Hangul}})(?P<name>\p{{Hangul}}{{2,4}})\s{{0,2}}(?P<word>{korean})(?!\p{{Hangul}})"
        rf"|(?<![\p{{Han}}\p{{Katakana}}])(?P<name>\p{{Han}}{{2,4}}?)\s{{0,2}}/?(?P<word>{other})(?!\p{{Han}}|\s?[:：])"
    )


@cache
def _by_pattern() -> regex.Pattern[str]:
    words = list(lexicon().by)
    free = alternation(word for word in words if word.endswith("by"))
    leading = alternation(word for word in words if not word.endswith("by"))
    return regex.compile(
        rf"(?:(?<![\p{{L}}\p{{N}}])(?P<word>(?i:{free}))|(?:^|(?<=[\n\0|·•>]\s?))(?P<word>(?i:{leading})))"
        rf"(?:(?P<gap>\s{{0,3}}[:：]?\s{{1,3}}|\s{{0,2}}:)(?={_ARABIC_PRONE})|(?P<gap>)(?=\p{{Lu}}\p{{Ll}})"
        rf"|(?P<gap> {{1,3}})(?=[a-z][\w.\-]{{2,24}}\s{{0,2}}(?:$|[\n\0|])))"
    )
