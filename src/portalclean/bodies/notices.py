"""What pages without an article say instead of one: words in ``lexicon/empty_pages.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import regex

from portalclean.article import EmptyBecause

__all__ = ["said"]


def said(because: EmptyBecause, text: str) -> str | None:
    """Return the words with which a text states this reason, lower case.

    >>> said(EmptyBecause.SCRIPT_SHELL, "You need to enable JavaScript to run this app.")
    'you need to enable javascript'
    """
    found = _pattern(because).search(text.casefold())
    return found[0] if found else None


@cache
def _pattern(because: EmptyBecause) -> regex.Pattern[str]:
    """Return the pattern for the words of a reason."""
    table = tomllib.loads((files("portalclean") / "lexicon" / "empty_pages.toml").read_text("utf-8"))
    words = sorted(table[because.value]["words"], key=len, reverse=True)
    return regex.compile("|".join(map(_bounded, words)))


def _bounded(word: str) -> str:
    r"""Return the pattern for a word, whole where its script writes spaces between words.

    >>> bool(regex.search(_bounded("404"), "error 404.")), bool(regex.search(_bounded("404"), "1404 people"))
    (True, False)
    """
    before = r"(?<![\p{Latin}\p{Cyrillic}\d])" if regex.match(r"[\p{Latin}\p{Cyrillic}\d]", word) else ""
    after = r"(?![\p{Latin}\p{Cyrillic}\d])" if regex.search(r"[\p{Latin}\p{Cyrillic}\d]$", word) else ""
    return before + regex.escape(word, special_only=True) + after
