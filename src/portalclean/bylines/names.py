"""Tell people's names from words, media and accounts.

Two measures are used. After an explicit cue ("作者：", "Author:") a name only has to be possible; where a
name stands alone it has to be likely: a Chinese one begins with a family name, a Latin one has two words.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from portalclean.bylines.lexicon import alternation, lexicon

__all__ = ["is_medium", "is_name", "names_in", "stands_alone"]

MAX_NAMES = 12
"""People in one list; longer lists are not bylines."""
LONGEST_ABBREVIATION = 4
"""Letters, the point included, of a last word that keeps its point ("Jr.", "Ph.")."""
MAX_VALUE = 240
"""Characters of a value that are read for names."""
MOST_WORDS = 5
"""Words of a spaced name, particles apart."""
LONGEST_UNCASED = 4
"""Words of a name in a script without capitals."""
LONGEST_NAME = 48
"""Characters; the longest in the development data has 31."""

_HAN = regex.compile(r"[\p{Han}々〇]+")
_KATAKANA = regex.compile(r"[\p{Katakana}ー]+")
_KANA = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー・々〇 ]+")
_HANGUL = regex.compile(r"\p{Hangul}+")
_CJK = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_FOREIGN = regex.compile(r"[\p{Han}\p{Katakana}ー]{1,8}(?:[·・•‧.][\p{Han}\p{Katakana}ー]{1,8}){1,3}")
_DOTS = regex.compile(r"[·・•‧.]")
_CASED = regex.compile(r"\p{Lu}[\p{L}\p{M}'’.\-]*|\p{Ll}['’]\p{Lu}[\p{L}\p{M}\-]*")
_UNCASED = regex.compile(r"[\p{Lo}\p{M}\-]+")
_HANDLE = regex.compile(r"\p{L}[\p{L}\p{N}_.\-]{2,24}")
_CREDENTIAL = regex.compile(r"(?:[A-Z]{2,6}|Ph\.?D|M\.?D|Esq|[A-Z]\.[A-Z]\.(?:[A-Z]\.)?)\.?")
_SEPARATOR = regex.compile(
    # (?<!\s): blanks are read from where they begin, or a long run of them would be read once from each.
    r"(?:(?<!\s)\s*)?[、,，;；/／&＆|｜\t\n+]\s*+(?:(?:and|und|et)\s++)?"
    r"|(?<!\s)\s++(?:and|und|et|y|e|og|och|ja|ve|en|dan|a|i|и|та|і|및|with)\s++",
    regex.IGNORECASE,
)
_LITTER = regex.compile(
    r"[\w.+\-]{1,64}@[\w.\-]{0,64}"  # an e-mail address
    r"|(?<!\w)@[\w.]{2,40}"  # a handle
    r"|[_\s]{0,2}(?<![A-Za-z])[A-Z]{1,4}_?\d{2,8}(?!\w)"  # a staff code: _NN7379, PK155
    r"|[(（\[【〔<][^()（）\[\]【】〔〕<>]{0,40}[)）\]】〕>]"  # （实习生）
    r"|https?://\S{1,200}"
)
_OF_LITTER = regex.compile(r"[@:\d(（\[【〔<]")
"""What all of it has."""
_VALUE_END = regex.compile(
    r"[\0。！？!?:：;；(（\[【<>《“\"…•]|(?<![\p{Han}\p{Katakana}])·|·(?![\p{Han}\p{Katakana}])|\s[-–—]\s|(?<![A-Za-z_])\d|\s{3}"
)


def is_medium(text: str) -> bool:
    """Return whether the text names a medium, an organisation or a desk rather than a person.

    >>> [is_medium(text) for text in ("新京报", "Staff Reporter", "陆一夫", "Jane Doe")]
    [True, True, False, False]
    """
    words = lexicon()
    if _CJK.search(text):
        return text.endswith(words.han_endings) or (len(text) > 2 and text[-1] in words.han_final)
    parts = text.casefold().split()
    return any(part.strip(".,") in words.media_words for part in parts) or _looks_like_address(text)


def stands_alone(name: str) -> bool:
    """Return whether a likely name is one even with nothing around it that says so.

    Two Han characters have to begin with one of the most frequent family names: too many words do with
    a rare one.

    >>> stands_alone("胡平"), stands_alone("时间"), stands_alone("张巨峰")
    (True, False, True)
    """
    return len(name) != 2 or not _HAN.fullmatch(name) or name[0] in lexicon().frequent_surnames


def is_name(text: str, *, likely: bool) -> bool:
    """Return whether the text can be (or, where ``likely``, probably is) one person's name.

    >>> [is_name(text, likely=True) for text in ("魏本奥", "Jane Doe", "구현모", "今日头条", "Top Picks")]
    [True, True, True, False, False]
    """
    if not 2 <= len(text) <= LONGEST_NAME or text.casefold() in lexicon().not_names or is_medium(text):
        return False
    if _HAN.fullmatch(text):
        return _is_han_name(text, likely)
    if _HANGUL.fullmatch(text):
        return _is_korean_name(text, likely)
    if _CJK.search(text):
        if " " in text:
            return _is_japanese_pair(text.split())
        return _is_foreign_name(text) or (not likely and len(text) <= 10 and bool(_KANA.fullmatch(text)))
    return _is_spaced_name(text, likely)


def names_in(value: str, *, likely: bool) -> list[str]:
    """Return the people that a value lists, in order; it ends at the first thing that is no name.

    >>> names_in("荀建国_NN7379", likely=False), names_in("方 敏、王辉（实习生）", likely=False)
    (['荀建国'], ['方敏', '王辉'])
    >>> names_in("JANE DOE, Associated Press", likely=False), names_in("Jane Doe and John Roe", likely=True)
    (['JANE DOE'], ['Jane Doe', 'John Roe'])
    """
    value = value[:MAX_VALUE]
    if _OF_LITTER.search(value):
        value = _LITTER.sub(" ", value)
    value = value.lstrip("\0 :：")
    end = _VALUE_END.search(value)
    value = _before_stop(value[: end.start()] if end else value)
    names: list[str] = []
    pieces = [piece for piece in _SEPARATOR.split(value.strip()) if piece]
    for piece in pieces:
        more, ended = _names_of_piece(piece, likely=likely, alone=len(pieces) == 1)
        names += [name for name in more if name not in names]
        if ended or len(names) >= MAX_NAMES:
            break
    return names[:MAX_NAMES]


def _names_of_piece(piece: str, *, likely: bool, alone: bool) -> tuple[list[str], bool]:
    """Return the names of one piece, and whether the list ends in it."""
    cjk = _CJK.search(piece)
    if cjk:
        leading = piece[: cjk.start()].split()
        if len(leading) > 1 and is_name(" ".join(leading), likely=True):
            return [" ".join(leading)], True
        return _names_of_cjk(list(_tokens(piece)), likely)
    words, cut = _trimmed(piece)
    name = " ".join(words)
    name = name[:-1] if name.endswith(".") and len(words[-1]) > LONGEST_ABBREVIATION else name
    if not words or (len(words) == 1 and _CREDENTIAL.fullmatch(name) and not alone):
        return [], cut
    if is_medium(name):
        return [], cut
    if is_name(name, likely=likely) and (len(words) > 1 or alone):
        return [name], cut
    return [], True


def _names_of_cjk(tokens: list[str], likely: bool) -> tuple[list[str], bool]:
    names: list[str] = []
    if _is_japanese_pair(tokens):
        return [" ".join(tokens)], False
    for token in tokens:
        # After the first, a name set apart by a blank alone has to look like one.
        if is_name(token, likely=likely or bool(names)):
            names.append(token)
        elif names or not is_medium(token):
            return names, True
    return names, False


def _tokens(piece: str) -> Iterator[str]:
    """Yield the blank-separated parts; a name of two characters set wide is put together ("方 敏")."""
    held = ""
    for token in piece.split():
        if len(token) == 1 and _HAN.fullmatch(token):
            if held:
                yield held + token
                held = ""
            else:
                held = token
            continue
        if held:
            yield held
            held = ""
        yield token
    if held:
        yield held


def _is_han_name(text: str, likely: bool) -> bool:
    words = lexicon()
    if len(text) > 2 and text[-1] in words.han_final:
        return False
    if text[0] in words.chinese_surnames and 2 <= len(text) <= 3:
        return True
    if text[:2] in words.chinese_compounds and 3 <= len(text) <= 4:
        return True
    if 3 <= len(text) <= 6 and text.startswith(words.japanese_families):
        return True
    return not likely and 2 <= len(text) <= 4


def _is_foreign_name(text: str) -> bool:
    """Return whether this is a name in Chinese or Japanese transcription, its parts in one script.

    >>> _is_foreign_name("米歇尔·罗伯茨"), _is_foreign_name("ソース・関連リンク")
    (True, False)
    """
    return bool(_FOREIGN.fullmatch(text)) and any(
        all(map(script.fullmatch, _DOTS.split(text))) for script in (_HAN, _KATAKANA)
    )


def _is_japanese_pair(tokens: list[str]) -> bool:
    """Return whether two parts are one Japanese name set with a blank ("大渡 美咲")."""
    families = lexicon().japanese_families
    return len(tokens) == 2 and tokens[0] in families and 1 <= len(tokens[1]) <= 4 and bool(_KANA.fullmatch(tokens[1]))


def _is_korean_name(text: str, likely: bool) -> bool:
    surnames = lexicon().korean_surnames
    if len(text) == 3 or (len(text) == 4 and text[:2] in surnames):
        return text[0] in surnames or text[:2] in surnames
    return not likely and 2 <= len(text) <= 4


def _is_spaced_name(text: str, likely: bool) -> bool:
    parts = text.split()
    if len(parts) == 1:
        return not likely and bool(_HANDLE.fullmatch(text)) and text.casefold() not in _no_single_names()
    words = lexicon()
    full = [part for part in parts if part not in words.particles]
    if not full or parts[-1] != full[-1] or _has_common_word(full):
        return False
    if _CASED.fullmatch(parts[0]) is None:
        return not likely and len(parts) <= LONGEST_UNCASED and all(map(_UNCASED.fullmatch, parts))
    return 2 <= len(full) <= MOST_WORDS and all(map(_CASED.fullmatch, full)) and max(map(len, full)) > 2


def _has_common_word(parts: list[str]) -> bool:
    """Return whether a word, initials apart, is one of headings and menus, or the first one of a job."""
    words = lexicon()
    plain = [part.casefold().strip(".") for part in parts if len(part.strip(".")) > 1]
    return not plain or plain[0] in words.latin_stops or not words.common_words.isdisjoint(plain)


@cache
def _no_single_names() -> frozenset[str]:
    words = lexicon()
    return words.media_words | words.common_words | words.latin_stops


def _trimmed(piece: str) -> tuple[list[str], bool]:
    """Return a spaced piece's words up to one that begins something else, and whether there was one.

    >>> _trimmed("Jane Doe Executive Editor"), _trimmed("Example News Staff")
    ((['Jane', 'Doe'], True), ([], False))
    """
    words = lexicon()
    parts = piece.split()
    for index, part in enumerate(parts[1:], start=1):
        plain = part.casefold().strip(".,:")
        if plain in words.media_words and plain not in words.jobs and index in (1, len(parts) - 1):
            return [], False
        if part in words.particles:
            continue
        common = index > 1 and (plain in words.common_words or plain in words.media_words)
        if common or plain in words.latin_stops or (part[0].islower() and not _CASED.fullmatch(part)):
            return _without_particles(parts[:index]), True
        if part[-1] == "." and len(plain) >= LONGEST_ABBREVIATION:
            return parts[: index + 1], True
    return parts, False


def _without_particles(parts: list[str]) -> list[str]:
    while parts and parts[-1] in lexicon().particles:
        parts = parts[:-1]
    return parts


def _before_stop(value: str) -> str:
    """Return the value up to a word that begins another part of the byline.

    >>> _before_stop("向雪妮返回富达"), _before_stop("Jane DoeUpdated")
    ('向雪妮', 'Jane Doe')
    """
    stop = _stops().search(value, 1)
    return value[: stop.start()] if stop else value


@cache
def _stops() -> regex.Pattern[str]:
    words = lexicon()
    glued = alternation(words.glued_stops)
    seam = r"(?:(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}{2}))"
    return regex.compile(rf"{alternation(words.cjk_stops)}|{seam}(?i:{glued})")


def _looks_like_address(text: str) -> bool:
    return "://" in text or "@" in text or bool(_DOMAIN.search(text))


_DOMAIN = regex.compile(r"(?i)\w\.(?:com|net|org|cn|de|ru|pl|io|co|info|jp|kr|tw|fr|it|es)(?!\w)")
