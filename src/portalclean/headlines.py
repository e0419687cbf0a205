"""Headlines as an HTML page's head states them, and how a shown one compares with them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from portalclean.bodies.addresses import host_of, page_address

if TYPE_CHECKING:
    from portalclean.page import Json, Page

__all__ = ["TITLE_ELEMENT", "Agreement", "Stated", "compact", "site_names", "stated_headlines", "without_site"]

SEPARATOR = regex.compile(
    r"\s[-–—―|·•»«/~]{1,3}\s|\s?[|｜_▷│]\s?"
    r"|(?<=[\p{Han}）)？?！!”」』》\d])\s?--?\s?(?=\p{Han}{2,12}(?:[-_|]|$))"
)
"""What stands between a headline and the names of its section and site. A bare hyphen counts only before a
short run of Han to the end."""
TITLE_ELEMENT = "title element"
"""Where a headline is stated that stands in ``<title>`` alone, often beside the names of section and site."""
NO_LETTERS = regex.compile(r"[^\p{L}\p{N}\p{M}]+")
SHORTEST_HOST_PART = 3
"""Letters of a part of the title that is looked for in the host's name."""
MAX_NESTING = 4
"""Levels of JSON-LD searched for a headline: articles stand at the top, in ``@graph`` or ``mainEntity``."""
LONGEST = 400
"""Characters over which a statement is no headline."""
FEWEST_COMMON = 4
"""Letters and digits that two headlines must share to agree."""
REMEMBERED = 64
"""Texts whose letters are kept: the statements of one page are compared many times."""
LARGER_PART = 2
"""How many times longer than the shorter one the longer of two headlines that agree may be."""


class Stated(NamedTuple):
    """A headline in the page's head: cut from the names around it, whole, and where it stands."""

    text: str
    raw: str
    where: str

    @property
    def words(self) -> str:
        """The headline in the form in which headlines are compared."""
        return compact(self.text)


def stated_headlines(page: Page) -> tuple[Stated, ...]:
    """Return what the page's head says the headline is, the most trustworthy first."""
    head = page.head
    sites = site_names(page)
    statements = (
        (head.first("og:title"), "og:title"),
        (next(_headlines(head.json_ld, MAX_NESTING), None), "headline in JSON-LD"),
        (head.first("twitter:title"), "twitter:title"),
        (head.title, TITLE_ELEMENT),
    )
    return tuple(
        Stated(without_site(raw, sites), raw, where)
        for raw, where in ((" ".join(raw.split()), where) for raw, where in statements if raw)
        if len(raw) <= LONGEST and compact(raw)
    )


def without_site(title: str, sites: Sequence[str]) -> str:
    """Return the part of a title that is the headline: the first that is not the site's name or host.

    >>> without_site("Ferry sinks in storm | World | Daily Post", ["Daily Post"])
    'Ferry sinks in storm'
    >>> without_site("Daily Post - Ferry sinks", ["www.daily-post.com"])
    'Ferry sinks'
    >>> without_site("渡轮在风暴中沉没_国际新闻_每日网", []), without_site("渡轮在风暴中沉没-每日新闻网", [])
    ('渡轮在风暴中沉没', '渡轮在风暴中沉没')
    """
    known = [compact(site) for site in sites]
    parts = [part.strip() for part in _parts(title) if compact(part)]
    for part in parts[:-1]:
        if not _is_site(compact(part), known):
            return part
    return parts[-1] if parts else title.strip()


class Agreement:
    """Tells how far shown headlines are those that the head states."""

    def __init__(self, stated: Sequence[Stated], sites: Sequence[str] = ()) -> None:
        known = [compact(site) for site in sites]
        self._parts = {
            words
            for statement in stated
            for part in _parts(statement.raw)
            if not _is_site(words := compact(part), known)
        }
        self._all = self._parts | {compact(statement.raw) for statement in stated}

    def __call__(self, *lines: str) -> int:
        """Return how many letters and digits a headline shares with a statement; 0 where it is another one.

        Lines that are one headline do not run over a separator: there the names of sections and sites begin.

        >>> agreed = Agreement([Stated("Ferry sinks", "World | Ferry sinks in storm", "title element")])
        >>> agreed("Ferry sinks!"), agreed("Ferry sinks", "in storm"), agreed("World", "Ferry sinks")
        (10, 17, 0)
        """
        own = compact("".join(lines))
        if len(own) < FEWEST_COMMON:
            return 0
        if len(lines) > 1:
            return len(own) if any(own in words for words in self._parts) else 0
        return max((_shared(own, words) for words in self._all), default=0)


def _shared(own: str, other: str) -> int:
    """Return the length of the one that is the larger part of the other, else 0."""
    shorter, longer = sorted((own, other), key=len)
    return len(shorter) if shorter in longer and LARGER_PART * len(shorter) >= len(longer) else 0


@lru_cache(maxsize=REMEMBERED)
def _parts(title: str) -> tuple[str, ...]:
    return tuple(SEPARATOR.split(title))


def _is_site(words: str, sites: Sequence[str]) -> bool:
    """Tell whether a part of a title, compact like the sites' names, is the site's name or in its host."""
    return words in sites or (len(words) >= SHORTEST_HOST_PART and any(words in site for site in sites))


def compact(text: str) -> str:
    """Return the letters and digits of a text, without case and width.

    >>> compact("《ＡＢ》—— c 1")
    'abc1'
    """
    return _remembered(text) if len(text) <= LONGEST else _compact(text)


@lru_cache(maxsize=REMEMBERED)
def _remembered(text: str) -> str:
    return _compact(text)


def _compact(text: str) -> str:
    folded = text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    return NO_LETTERS.sub("", folded)


def _headlines(value: Json, levels: int) -> Iterator[str]:
    """Yield the headlines in JSON-LD documents, in order."""
    if levels == 0:
        return
    if isinstance(value, Mapping):
        headline = value.get("headline")
        if isinstance(headline, str) and headline.strip():
            yield headline
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _headlines(value.get(key), levels - 1)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from _headlines(inner, levels - 1)


def site_names(page: Page) -> tuple[str, ...]:
    """Return what the page's head calls its site, and the host."""
    names = (page.head.first("og:site_name"), host_of(page_address(page)))
    return tuple(name for name in names if name)
