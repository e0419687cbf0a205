"""The keywords that a page gives its article."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import unescape
from importlib.resources import files

import regex

from portalclean.article import Evidence
from portalclean.bylines.linked_data import article_node, texts
from portalclean.outline import Outline
from portalclean.page import Head, Label, Link
from portalclean.reading import Extracted, Fields, Reading

__all__ = ["extract_keywords"]

META_NAMES = ("news_keywords", "article:tag", "og:article:tag", "keywords", "parsely-tags", "sailthru.tags")
"""The surest first: ``keywords`` often describes the site."""
MAX_KEYWORDS = 30
LONGEST_KEYWORD = 60
"""Characters; a longer one is a sentence."""
LABEL_WITHIN = 60
"""Characters of a line in which its label has to begin; another list may stand before it."""
ALONE_WITHIN = 3
"""The same for a label that ends its line: "Trending Topics" is none."""
LINES_BEHIND = 12
"""Lines behind a label alone on its line that may be its list."""
BEFORE_TEXT = 8
AFTER_TEXT = 40
"""Blocks before and after the article's text in which its keywords stand."""
LONGEST_LINE = 400
FIRST_OF_CJK = "\u2e80"
"""From here on letters have no upper case, but the full-width ones, of which no label has any."""
KEYWORD_LABELS = (Label.NAVIGATION, Label.BYLINE, Label.OTHER)

_COMMAS = regex.compile(r"(?:(?<!\s)\s*)?[,，、;；|｜\n\t]\s*+|(?<!\s)\s{2,}+")
r"""``(?<!\s)``: blanks are read from where they begin, or a long run of them would be read once from each."""
_HASHES = regex.compile(r"(?:(?<!\s)\s++)?[#＃]\s*+")
_HASHTAGS = regex.compile(r"\s*+(?:[#＃][^#＃\n]{1,40}){1,30}")
_PLAIN = regex.compile(r"[\W_]+")
_CJK = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_AROUND = " \t\xa0\u3000#＃.,，、;；:：|/-\"'“”"


def extract_keywords(reading: Reading) -> Extracted:
    """Return ``keywords``: those shown under a label ("关键词："), else those in the head."""
    head = reading.page.head
    known = {_PLAIN.sub("", text.casefold()) for text in (head.title, head.first("og:site_name")) if text}
    title = reading.fields.get("title")
    if title:
        known.add(_PLAIN.sub("", title.casefold()))
    candidates = [*_shown(reading), *_stated(head, frozenset(known))]
    keywords = candidates[0][0] if candidates else ()
    evidence = tuple(
        Evidence("keywords", reason, ", ".join(words), block, place == 0)
        for place, (words, block, reason) in enumerate(candidates)
    )
    return Extracted(Fields(keywords=keywords), evidence)


def cleaned(words: Iterable[str]) -> tuple[str, ...]:
    """Return the keywords without marks around them, each once, in order.

    >>> cleaned(["#北京", " 北京 ", "Berlin.", ""])
    ('北京', 'Berlin')
    """
    refused = _words()["refused"]
    found: dict[str, str] = {}
    for word in words:
        plain = " ".join(word.split()).strip(_AROUND)
        if plain and len(plain) <= LONGEST_KEYWORD and plain.casefold() not in refused and "<" not in plain:
            found.setdefault(plain.casefold(), plain)
    return tuple(found.values())[:MAX_KEYWORDS]


def split(value: str) -> list[str]:
    """Return the parts of a list of keywords; blanks alone separate where the words are CJK.

    >>> split("CEO 张韫 第三方评价"), split("lean startup, customer development"), split("#a #b c")
    (['CEO', '张韫', '第三方评价'], ['lean startup', 'customer development'], ['a', 'b c'])
    """
    if "#" in value or "＃" in value:
        return [part for part in _HASHES.split(value) if part]
    parts = [part for part in _COMMAS.split(value.strip()) if part]
    return parts[0].split() if len(parts) == 1 and _CJK.search(parts[0]) else parts


def _shown(reading: Reading) -> Iterator[tuple[tuple[str, ...], int, str]]:
    """Yield the keywords of the first line near the article that a label announces."""
    hashed: tuple[int, tuple[str, ...]] | None = None
    body = reading.blocks.places(Label.BODY)
    if not body:
        return
    last = body[-1]
    for index in _near_text(reading.blocks, body[0], last):
        text = reading.blocks.texts[index][:LONGEST_LINE]
        if hashed is None and index > last and _HASHTAGS.fullmatch(text):
            hashed = index, cleaned([*split(text), *_hashtags_behind(reading.blocks.texts, index)])
        match = _label().search(text) if _may_have_label(text) else None
        words = _behind_label(reading, index, match) if match else ()
        if words:
            yield words, index, "keyword label"
            return
    if hashed and hashed[1]:
        yield hashed[1], hashed[0], "hash tags"


def _may_have_label(text: str) -> bool:
    """Whether a line may have a label; a no is sure: it has no colon, and another last letter than labels have."""
    if ":" in text or "：" in text:
        return True
    last = text.rstrip()[-1:]
    has_known_cases = last.isascii() or last >= FIRST_OF_CJK
    return not has_known_cases or last.lower() in _last_letters()


def _behind_label(reading: Reading, index: int, match: regex.Match[str]) -> tuple[str, ...]:
    """Return the keywords behind a label: its links, the rest of its line, or the lines after it."""
    value = reading.blocks.texts[index][match.end() : LONGEST_LINE]
    if match.start() > (LABEL_WITHIN if value.strip() else ALONE_WITHIN):
        return ()
    linked = _linked(reading, index, match.end())
    if linked or value.strip():
        return cleaned(linked or split(value))
    return cleaned(_lines_behind(reading.blocks, index))


def _hashtags_behind(texts: Sequence[str], index: int) -> Iterator[str]:
    for text in texts[index + 1 : index + 1 + LINES_BEHIND]:
        if not _HASHTAGS.fullmatch(text):
            return
        yield from split(text)


def _near_text(blocks: Outline, first: int, last: int) -> Iterator[int]:
    """Yield the blocks beside the article's text that may hold its keywords; far menus have labels too."""
    after = range(last + 1, min(len(blocks), last + 1 + AFTER_TEXT))
    for index in (*after, *range(max(0, first - BEFORE_TEXT), last)):
        if blocks.label(index) in KEYWORD_LABELS and not blocks.hidden[index]:
            yield index


def _linked(reading: Reading, block: int, label_end: int) -> list[str]:
    """Return the texts of the links behind the label in an HTML block: there, each keyword is a link."""
    page = reading.page
    if page.markup is None:
        return []
    units = reading.units_of(block)
    start = int(page.starts[units[0]]) + label_end
    links = page.markup.links
    first = bisect_left(links, units[0], key=_unit_of)
    beyond = bisect_left(links, units[-1] + 1, key=_unit_of)
    return [page.text[link.start : link.end] for link in links[first:beyond] if link.start >= start]


def _unit_of(link: Link) -> int:
    return link.unit


def _lines_behind(blocks: Outline, index: int) -> Iterator[str]:
    """Yield the parts of the short lines right behind a label that is alone on its line."""
    pagers = _words()["pagers"]
    for behind in range(index + 1, min(len(blocks), index + 1 + LINES_BEHIND)):
        text = blocks.texts[behind].strip(_AROUND)
        pager = any(text.casefold().startswith(word) for word in pagers)
        if blocks.codes[behind] != blocks.codes[index] or len(text) > LONGEST_KEYWORD or pager:
            return
        yield from split(text) if _COMMAS.search(text) else [text]


def _stated(head: Head, known: frozenset[str]) -> Iterator[tuple[tuple[str, ...], None, str]]:
    """Yield the keywords that the head states, the surest place first, less what names the page or site."""
    for name in META_NAMES:
        words = _split_all(head.meta.get(name, ()), known)
        if words:
            yield words, None, f"meta {name}"
            break
    node = article_node(head)
    words = _split_all(texts(node.get("keywords")), known) if node else ()
    if words:
        yield words, None, "json-ld keywords"


def _split_all(values: Iterable[str], known: frozenset[str]) -> tuple[str, ...]:
    words = cleaned(part for value in values for part in split(unescape(value)))
    return tuple(word for word in words if _PLAIN.sub("", word.casefold()) not in known)


@cache
def _words() -> Mapping[str, frozenset[str]]:
    text = (files("portalclean") / "lexicon" / "keywords.toml").read_text("utf-8")
    return {key: frozenset(words) for key, words in tomllib.loads(text)["labels"].items()}


@cache
def _last_letters() -> frozenset[str]:
    return frozenset(word[-1] for word in _words()["words"])


@cache
def _label() -> regex.Pattern[str]:
    words = sorted(_words()["words"], key=len, reverse=True)
    return regex.compile(rf"(?<!\p{{L}})(?i:{'|'.join(map(regex.escape, words))})(?:\s{{0,3}}[:：]\s{{0,4}}|\s*$)")
