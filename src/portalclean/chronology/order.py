"""In which order a page writes its dates in figures, as far as the page shows it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from portalclean.bodies.addresses import host_of, page_address
from portalclean.chronology.mention import Order

if TYPE_CHECKING:
    from portalclean.page import Page

__all__ = ["page_order"]

VOTES = re.compile(r"(?<![\d./-])(\d\d?)([/.-])(\d\d?)\2(?:19|20)\d\d(?!\d|[./-]\d)")
"""Dates in figures with the year last; with two digits it might stand first."""
HAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
"""A character of Chinese, Japanese or Korean."""
SAMPLE = 4000
"""Characters of a page that show its script."""
READ = 100_000
"""Characters of a page that are read for its other dates."""
ENOUGH = 0.2
"""Share of a sample that must be Chinese, Japanese or Korean to call it so."""
DAY_FIRST_ENGLISH = ("uk", "au", "nz", "ie", "in", "za", "sg", "hk", "my", "pk", "ng", "ke")
"""Top-level domains of countries that write English with the day first."""
MONTH_FIRST_DOMAINS = ("us", "gov", "mil", "edu")
ENGLISH = re.compile(r"\b(?:the|of|and|to|in|is|that|for)\b", re.IGNORECASE)
"""The commonest words of English; other languages share few of them."""
ENGLISH_SHARE = 0.08
"""Share of an English text's words that these are at the least; it is about 0.2 in news."""
FEWEST_WORDS = 40
"""Words of a text whose language its commonest words tell."""
WORD = re.compile(r"[^\W\d_]+")


def page_order(page: Page) -> Order | None:
    """Return the order, ``None`` when nothing on the page tells it.

    What other dates on the page show comes first, then the language the page declares, the script, and the
    country of its host. English from nowhere tells nothing: Britons and Americans differ.
    """
    return _voted(page.text) or _declared(page) or _by_language(page)


def _voted(text: str) -> Order | None:
    votes = Counter[Order]()
    for first, _, second in VOTES.findall(text[:READ]):
        if int(first) > 12 >= int(second):
            votes[Order.DAY_FIRST] += 1
        elif int(second) > 12 >= int(first):
            votes[Order.MONTH_FIRST] += 1
    return next(iter(votes)) if len(votes) == 1 else None


def _declared(page: Page) -> Order | None:
    language = (page.head.language or "").lower().replace("_", "-")
    if language == "en-us":
        return Order.MONTH_FIRST
    if language[:2] in ("zh", "ja", "ko", "hu"):
        return Order.YEAR_FIRST
    tells = language[:2] != "en" or (len(language) == 5 and language != "en-ca")
    return Order.DAY_FIRST if language and tells else None


def _by_language(page: Page) -> Order | None:
    sample = page.text[:SAMPLE]
    if len(HAN.findall(sample)) > ENOUGH * len(sample):
        return Order.YEAR_FIRST
    words = WORD.findall(page.text[: 4 * SAMPLE])
    if len(words) < FEWEST_WORDS:
        return None
    if len(ENGLISH.findall(page.text[: 4 * SAMPLE])) < ENGLISH_SHARE * len(words):
        return Order.DAY_FIRST
    domain = host_of(page_address(page)).rpartition(".")[2]
    if domain in MONTH_FIRST_DOMAINS:
        return Order.MONTH_FIRST
    return Order.DAY_FIRST if domain in DAY_FIRST_ENGLISH else None
