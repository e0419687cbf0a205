"""Pages made of pages: the gold pages' recommendation lists in other layouts, their articles in other sites' chrome.

A network that has seen a hundred sites has seen a hundred layouts of feeds, and takes what follows an unknown one for
menus. So lists are made anew from the titles, sources and headings of other pages of the same fold, in the layouts
that portals use: feeds with doubled titles, channel headlines under their headings, tabs, rankings. And an article is
put into the chrome of another page of its fold and language, so that neither tells the other.
"""

from __future__ import annotations

import random
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.corpora import GoldPage

from portalclean.lexicon import words_of
from training.thinning import BODY, kept_units
from training.views import View

__all__ = ["Lists", "augmented", "gather", "mixed"]

COPIES = {"zh": 3, "ja": 2, "ko": 2, "en": 1}
"""Pages made of each page, by language: where layouts differ most from site to site, most."""
TITLE_LENGTHS = {"zh": (8, 44), "ja": (10, 60), "ko": (10, 60)}
OTHER_LENGTHS = (24, 120)
SOURCE_LENGTHS = (2, 14)
LONGEST_RUN = 30
"""Items of a list at most."""
ENDINGS = {
    "zh": ("要闻", "新闻", "热点", "推荐", "资讯", ""),
    "ja": ("ニュース", "の記事", "ランキング", ""),
    "ko": ("뉴스", ""),
}
SHARE_LINES = {
    "zh": (("分享至",), ("分享到", "微信", "微博"), ("分享至好友和朋友圈",), ("评论", "分享")),
    "ja": (("シェア",), ("ポスト", "シェア", "ブックマーク")),
    "ko": (("공유",), ("댓글", "공유하기")),
    "en": (("Share",), ("Share", "Tweet"), ("Comments", "Share this article")),
}

Line = tuple[str, str]
"""A line and its label."""
ARTICLE = frozenset({"title", "byline", "body", "caption"})
"""Labels of what is moved into another page's chrome, with all that stands between its first line and its last."""
FORMS = (View.RENDERED, View.RENDERED, View.RENDERED, View.WRAPPED, View.ONE_LINE)
"""Forms of the dumps, the plain one most often."""
MIXES = 4
"""Pages made of each page by giving it another's article."""


@dataclass(slots=True)
class Lists:
    """What lists are made of, in one language."""

    titles: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    articles: dict[str, list[Line]] = field(default_factory=dict)
    """By page, from the article's first line to its last."""


def gather(pages: Sequence[GoldPage], folds: Sequence[int]) -> dict[tuple[int, str], Lists]:
    """Return the stuff of lists by fold and language, so that no fold borrows from another."""
    found: dict[tuple[int, str], Lists] = defaultdict(Lists)
    for page, fold in zip(pages, folds, strict=True):
        lists = found[fold, page.language]
        article = _article([(line.text, line.label) for line in page.gold.lines])
        if article:
            lists.articles[page.id] = article[1]
        shortest, longest = TITLE_LENGTHS.get(page.language, OTHER_LENGTHS)
        for line in page.gold.lines:
            if line.label != "recommendation":
                continue
            if shortest <= len(line.text) <= longest:
                lists.titles.append(line.text)
            elif SOURCE_LENGTHS[0] <= len(line.text) <= SOURCE_LENGTHS[1] and not any(map(str.isdigit, line.text)):
                lists.sources.append(line.text)
    return found


def _article(lines: Sequence[Line]) -> tuple[slice, list[Line]] | None:
    """Return where the article stands in a page's lines, and its lines; ``None`` for a page without title or body."""
    labels = [label for _, label in lines]
    if "title" not in labels or "body" not in labels:
        return None
    rows = [row for row, label in enumerate(labels) if label in ARTICLE]
    place = slice(rows[0], rows[-1] + 1)
    return place, list(lines[place])


def mixed(page: GoldPage, lists: Lists) -> Iterator[tuple[View, list[Line]]]:
    """Yield copies of a page that have another page's article in place of its own."""
    lines = [(line.text, line.label) for line in page.gold.lines]
    own = _article(lines)
    others = [name for name in lists.articles if name != page.id]
    if own is None or not others:
        return
    for copy in range(MIXES):
        chance = random.Random(zlib.crc32(f"{page.id} mixed {copy}".encode()))
        article = lists.articles[chance.choice(others)]
        made = [*lines[: own[0].start], *_shorter(article, chance), *lines[own[0].stop :]]
        yield chance.choice(FORMS), _joined(made, chance)


def _shorter(article: Sequence[Line], chance: random.Random) -> list[Line]:
    """Cut an article to its first paragraphs, half of the time: the shortest stand under the longest lists."""
    if chance.random() < 0.5:
        return list(article)
    keep = kept_units([text for text, _ in article], [label for _, label in article], chance)
    return [line for line, kept in zip(article, keep.tolist(), strict=True) if kept]


def _joined(lines: Sequence[Line], chance: random.Random) -> list[Line]:
    """Put the article's paragraphs into one line, now and then, as portals do that break lines by ``br``."""
    if chance.random() < 0.75:
        return list(lines)
    joined: list[Line] = []
    mark = chance.choice(("", " ", "\u3000\u3000"))
    for text, label in lines:
        if label == BODY and joined and joined[-1][1] == BODY:
            joined[-1] = joined[-1][0] + mark + text, label
        else:
            joined.append((text, label))
    return joined


def augmented(page: GoldPage, lists: Lists) -> Iterator[tuple[View, list[Line]]]:
    """Yield copies of a page whose recommendation lists are made anew, each with the form of dump it is for."""
    if (
        not words_of(page.language, "recommendation")
        or len(lists.titles) < LONGEST_RUN
        or not lists.sources
        or not page.gold.lines
    ):
        return
    for copy in range(COPIES.get(page.language, 1)):
        chance = random.Random(zlib.crc32(f"{page.id} {copy}".encode()))
        yield chance.choice(FORMS), _shortened(list(_remade(page, lists, chance)), chance)


def _remade(page: GoldPage, lists: Lists, chance: random.Random) -> Iterator[Line]:
    """Yield the page's lines, each run of recommendations replaced, share lines put under the title."""
    before = ""
    has_list = False
    for line in page.gold.lines:
        if line.label == "recommendation":
            if before != "recommendation":
                has_list = True
                yield from _lists(page.language, lists, chance)
        else:
            if before == "title" and line.label != "title" and chance.random() < 0.4:
                yield from _share(page.language, chance)
            if line.label == "footer" and before == "body" and not has_list:
                has_list = True
                yield from _lists(page.language, lists, chance)
            yield line.text, line.label
        before = line.label


def _shortened(lines: list[Line], chance: random.Random) -> list[Line]:
    """Cut what follows the last list to a line or two, half of the time: dumps often end with their feed."""
    last = max((row for row, (_, label) in enumerate(lines) if label == "recommendation"), default=None)
    if last is None or chance.random() < 0.5:
        return lines
    tail = [line for line in lines[last + 1 :] if line[1] in ("footer", "navigation")]
    return lines[: last + 1] + tail[len(tail) - chance.randint(0, min(2, len(tail))) :]


def _lists(language: str, lists: Lists, chance: random.Random) -> Iterator[Line]:
    for layout in chance.sample(LAYOUTS, k=chance.randint(1, 3)):
        for text in layout(language, lists, chance):
            yield text, "recommendation"


def _heading(language: str, chance: random.Random) -> str:
    if chance.random() < 0.5:
        return chance.choice(words_of(language, "recommendation")).capitalize()
    return _channel(language, chance) + chance.choice(ENDINGS.get(language, ("", " news")))


def _channel(language: str, chance: random.Random) -> str:
    return chance.choice(words_of(language, "navigation")).capitalize()


def _time(chance: random.Random) -> str:
    day = f"20{chance.randint(8, 25):02}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    clock = f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}"
    return chance.choice((f"{day} {clock}:{chance.randint(0, 59):02}", f"{day} {clock}", day, clock))


def _feed(language: str, lists: Lists, chance: random.Random) -> Iterator[str]:
    """Titles, often doubled (the image's text and the link's), with source and time."""
    doubled, sourced, timed = (chance.random() < 0.6 for _ in range(3))
    yield _heading(language, chance)
    for _ in range(chance.randint(4, LONGEST_RUN)):
        title = chance.choice(lists.titles)
        yield title
        if doubled:
            yield title
        if sourced:
            yield chance.choice(lists.sources)
        if timed:
            yield _time(chance)
    if chance.random() < 0.3:
        yield _time(chance)


def _channels(language: str, lists: Lists, chance: random.Random) -> Iterator[str]:
    """Yield a heading over each headline, tabs in between, now and then a headline without its heading."""
    for _ in range(chance.randint(4, 12)):
        if chance.random() < 0.15:
            yield _heading(language, chance)
            yield from (_channel(language, chance) for _ in range(chance.randint(3, 6)))
        if chance.random() < 0.9:
            yield _heading(language, chance)
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            yield chance.choice(lists.titles)


def _ranking(language: str, lists: Lists, chance: random.Random) -> Iterator[str]:
    """Numbered titles."""
    yield _heading(language, chance)
    apart = chance.random() < 0.5
    for rank in range(1, chance.randint(5, 12)):
        title = chance.choice(lists.titles)
        yield from (str(rank), title) if apart else (f"{rank} {title}",)


def _plain(language: str, lists: Lists, chance: random.Random) -> Iterator[str]:
    """Titles alone."""
    yield _heading(language, chance)
    yield from (chance.choice(lists.titles) for _ in range(chance.randint(3, 15)))


def _share(language: str, chance: random.Random) -> Iterator[Line]:
    if chance.random() < 0.7:
        yield str(chance.choice((0, 0, 1, 3, chance.randint(2, 9999)))), "share"
    for text in chance.choice(SHARE_LINES.get(language, SHARE_LINES["en"])):
        yield text, "share"


LAYOUTS: tuple[Callable[[str, Lists, random.Random], Iterator[str]], ...] = (_feed, _channels, _ranking, _plain)
