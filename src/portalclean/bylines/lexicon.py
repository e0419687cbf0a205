"""The word lists of bylines, read once from the data files beside the code."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from portalclean.article import Role

__all__ = ["Lexicon", "alternation", "lexicon"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words of credits and media; see the data files for what each list holds."""

    labels: Mapping[str, Role]
    titles: Mapping[str, Role]
    suffixes: Mapping[str, Role]
    by: Mapping[str, Role]
    cjk_stops: tuple[str, ...]
    latin_stops: frozenset[str]
    glued_stops: tuple[str, ...]
    months: tuple[str, ...]
    dateline_places: tuple[str, ...]
    source_labels: tuple[str, ...]
    source_stops: tuple[str, ...]
    generic_sources: frozenset[str]
    han_endings: tuple[str, ...]
    han_final: frozenset[str]
    media_words: frozenset[str]
    groups: frozenset[str]
    jobs: frozenset[str]
    common_words: frozenset[str]
    not_names: frozenset[str]
    chinese_surnames: frozenset[str]
    frequent_surnames: frozenset[str]
    chinese_compounds: frozenset[str]
    japanese_families: tuple[str, ...]
    korean_surnames: frozenset[str]
    particles: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Return the word lists; they are read on the first call."""
    roles, sources, surnames = _table("roles"), _table("sources"), _table("surnames")
    stops, media, korean = roles["stops"], sources["media"], surnames["korean"]
    chinese = surnames["chinese"]
    return Lexicon(
        labels=_by_word(roles["labels"]),
        titles=_by_word(roles["titles"]),
        suffixes=_by_word(roles["suffixes"]),
        by=_by_word(roles["by"]),
        cjk_stops=tuple(stops["cjk"]),
        latin_stops=frozenset(stops["latin"]),
        glued_stops=tuple(stops["glued"]),
        months=tuple(stops["months"]),
        dateline_places=tuple(roles["datelines"]["places"]),
        source_labels=tuple(sources["labels"]["words"]),
        source_stops=tuple(sources["labels"]["stops"]),
        generic_sources=frozenset(sources["labels"]["generic"]),
        han_endings=tuple(media["han_endings"]),
        han_final=frozenset("".join(media["han_final"])),
        media_words=frozenset(media["words"]),
        groups=frozenset(media["groups"]),
        jobs=frozenset(media["jobs"]),
        common_words=frozenset(media["common"]),
        not_names=frozenset(media["not_names"]),
        chinese_surnames=frozenset("".join([*chinese["single"], *chinese["traditional"]])),
        frequent_surnames=frozenset("".join(chinese["frequent"])),
        chinese_compounds=frozenset(chinese["compound"]),
        japanese_families=tuple(surnames["japanese"]["family"]),
        korean_surnames=frozenset("".join(korean["single"])) | frozenset(korean["compound"]),
        particles=frozenset(surnames["spaced"]["particles"]),
    )


def alternation(words: Iterable[str]) -> str:
    r"""Return a regular expression for any of these words, the longest first.

    >>> alternation(["by", "text by"])
    'text\\s{1,2}by|by'
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(r"\s{1,2}".join(_escaped(part) for part in word.split()) for word in ordered)


def _escaped(text: str) -> str:
    return "".join(letter if letter.isalnum() else "\\" + letter for letter in text)


def _by_word(table: Mapping[str, Iterable[str]]) -> dict[str, Role]:
    """Return the roles by word; of a word in two lists the first counts."""
    roles: dict[str, Role] = {}
    for role, words in table.items():
        for word in words:
            roles.setdefault(word, Role(role))
    return roles


def _table(name: str) -> Mapping[str, Mapping[str, list[str]]]:
    """Read a data file; a string in it is taken as a list of one."""
    text = (files("portalclean") / "lexicon" / f"{name}.toml").read_text("utf-8")
    return {
        section: {key: [value] if isinstance(value, str) else value for key, value in table.items()}
        for section, table in tomllib.loads(text).items()
    }
