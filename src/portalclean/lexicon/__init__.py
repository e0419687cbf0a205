"""Words per language: data files, and the one function that reads them.

Each ``words/<language>.toml`` has a table a group; ``[share] words = […]`` lists what a share button says. The
groups are named for the labels where they are about labels; `GROUPS` lists them.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

__all__ = ["GROUPS", "LANGUAGES", "load_words", "words_of"]

LANGUAGES = ("zh", "en", "ja", "ko", "de", "fr", "es", "pt", "it", "ru", "tr", "ar", "hi")
GROUPS = (
    "share",
    "recommendation",
    "comment",
    "advertisement",
    "footer",
    "navigation",
    "byline",
    "caption",
    "breadcrumb",
    "other",
    "login",
    "subscribe",
)
"""Groups of words that the labeller counts.
Beside them stand ``function``, the function words, and ``before``, what begins something new in a long line."""


@cache
def load_words(group: str) -> tuple[str, ...]:
    """Return the words of a group in all languages, lower case, each once, in file order."""
    return tuple(dict.fromkeys(word for language in LANGUAGES for word in words_of(language, group)))


def words_of(language: str, group: str) -> tuple[str, ...]:
    """Return the words of a group in one language, lower case; none for a language without a list."""
    if language not in LANGUAGES:
        return ()
    return tuple(word.lower() for word in _table(language).get(group, {}).get("words", ()))


@cache
def _table(language: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(resources.files(__name__).joinpath("words", f"{language}.toml").read_text("utf-8"))
