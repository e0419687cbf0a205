"""The language that an article is written in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import regex

from portalclean.article import Evidence
from portalclean.page import LABELS, CodeArray, Head, Label
from portalclean.reading import Extracted, Fields, Reading

__all__ = ["extract_language"]

SAMPLE = 4_000
"""Characters that are looked at."""
DETECTED = 800
"""Characters given to the detector; more change its answer on no page of the development data."""
FEW_LETTERS = 200
"""Letters below which a detector's answer counts less than what the page declares."""
HAN_WEIGHT = 2.5
"""Latin letters that one CJK character is worth: a word has five to six of them, or two characters."""
KANA_SHARE = 0.05
"""Share of kana among CJK characters from which a text is Japanese; real ones have over 0.3."""
HANGUL_SHARE = 0.3
CELL = 6
"""Scripts are counted in cells of 64 code points: the smallest unit in which they are laid out."""
BEYOND = 0x10000 >> CELL
"""The cell of all code points that are in none of the ranges below because they are greater."""

_RANGES: tuple[tuple[str, int, int], ...] = (
    ("latin", 0x40, 0x7F),
    ("latin", 0xC0, 0x24F),
    ("latin", 0x1E00, 0x1EFF),
    ("greek", 0x380, 0x3FF),
    ("cyrillic", 0x400, 0x53F),
    ("armenian", 0x540, 0x58F),
    ("hebrew", 0x5C0, 0x5FF),
    ("arabic", 0x600, 0x77F),
    ("devanagari", 0x900, 0x97F),
    ("bengali", 0x980, 0x9FF),
    ("gurmukhi", 0xA00, 0xA7F),
    ("gujarati", 0xA80, 0xAFF),
    ("oriya", 0xB00, 0xB7F),
    ("tamil", 0xB80, 0xBFF),
    ("telugu", 0xC00, 0xC7F),
    ("kannada", 0xC80, 0xCFF),
    ("malayalam", 0xD00, 0xD7F),
    ("sinhala", 0xD80, 0xDFF),
    ("thai", 0xE00, 0xE7F),
    ("lao", 0xE80, 0xEFF),
    ("tibetan", 0xF00, 0xFFF),
    ("myanmar", 0x1000, 0x107F),
    ("georgian", 0x1080, 0x10FF),
    ("hangul", 0x1100, 0x11FF),
    ("ethiopic", 0x1200, 0x137F),
    ("khmer", 0x1780, 0x17FF),
    ("kana", 0x3040, 0x30FF),
    ("han", 0x3400, 0x4DBF),
    ("han", 0x4E00, 0x9FFF),
    ("hangul", 0xAC00, 0xD7BF),
)
_TAG = regex.compile(r"\s*+([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8}){0,3}\s*")
META_NAMES = ("og:locale", "content-language", "dc.language", "language", "inlanguage")


class _Words(NamedTuple):
    of_script: Mapping[str, str]
    shared: Mapping[str, frozenset[str]]
    close: tuple[frozenset[str], ...]
    codes: Mapping[str, str]


def extract_language(reading: Reading) -> Extracted:
    """Return ``language``: by the script of the text; where several share it, as declared or detected."""
    sample = _sample(reading)
    declared = _declared(reading.page.head)
    language, reason = _decided(sample, declared)
    if language is None:
        return Extracted(Fields(language=None))
    raw = declared if reason == "declared by the page" and declared else sample[:40]
    return Extracted(Fields(language=language), (Evidence("language", reason, raw),))


def scripts_of(text: str) -> dict[str, int]:
    """Return how many characters of each script a text has.

    >>> scripts_of("Tokyo 東京タワー")
    {'latin': 5, 'kana': 3, 'han': 2}
    """
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4")
    cells = np.minimum(codes >> CELL, BEYOND)
    counts: list[int] = np.bincount(_range_of_cell()[cells], minlength=len(_RANGES) + 1).tolist()
    found: dict[str, int] = {}
    for (script, _, _), count in zip(_RANGES, counts[1:], strict=True):
        if count:
            found[script] = found.get(script, 0) + count
    return found


def _decided(sample: str, declared: str | None) -> tuple[str | None, str]:
    scripts = scripts_of(sample)
    cjk = sum(scripts.get(script, 0) for script in ("han", "kana", "hangul"))
    weights = {script: float(count) for script, count in scripts.items() if script not in ("han", "kana", "hangul")}
    script = max(weights, key=weights.__getitem__, default=None)
    if cjk and cjk * HAN_WEIGHT >= (weights[script] if script else 0.0):
        return _cjk_language(scripts, cjk, declared), "script of the text"
    if script is None:
        return None, ""
    words = _words()
    if script in words.of_script:
        return words.of_script[script], "script of the text"
    return _shared_language(sample, int(weights[script]), words.shared[script], declared)


def _cjk_language(scripts: Mapping[str, int], cjk: int, declared: str | None) -> str:
    if scripts.get("hangul", 0) >= HANGUL_SHARE * cjk:
        return "ko"
    if scripts.get("kana", 0) >= KANA_SHARE * cjk:
        return "ja"
    # A few Han characters are also Japanese ("東京都知事選").
    return "ja" if declared == "ja" and cjk < FEW_LETTERS else "zh"


def _shared_language(
    sample: str, letters: int, possible: frozenset[str], declared: str | None
) -> tuple[str | None, str]:
    if declared not in possible:
        declared = None
    if letters < FEW_LETTERS and declared:
        return declared, "declared by the page"
    detected = _detected(sample)
    if declared and (detected is None or detected == declared or _are_close(declared, detected)):
        return declared, "declared by the page"
    return detected, "letters of the text"


def _detected(sample: str) -> str | None:
    from turbohtml.detect import detect_language

    found = detect_language(sample[:DETECTED]).language
    return _words().codes.get(found) if found else None


def _are_close(one: str, other: str) -> bool:
    return any(one in group and other in group for group in _words().close)


def _declared(head: Head) -> str | None:
    """Return the primary language of ``<html lang>``, else of a meta element."""
    for tag in (head.language, head.first(*META_NAMES)):
        match = _TAG.fullmatch(tag) if tag else None
        if match:
            return match[1].lower()
    return None


def _sample(reading: Reading) -> str:
    """Return the beginning of the article's text; of the whole page where there is next to none."""
    for only_body in (True, False):
        sample = " ".join(_first(reading, only_body))
        if len(sample) >= FEW_LETTERS // 4 or not only_body:
            return sample[:SAMPLE]
    return ""


def _first(reading: Reading, only_body: bool) -> Iterator[str]:
    length = 0
    for _, text in reading.lines(*((Label.BODY,) if only_body else LABELS)):
        yield text[: SAMPLE - length]
        length += len(text)
        if length >= SAMPLE:
            return


@cache
def _range_of_cell() -> CodeArray:
    """(cells,) the range of each cell of code points, counted from 1; 0 is no letter."""
    table = np.zeros(BEYOND + 1, dtype=np.int8)
    for place, (_, first, last) in enumerate(_RANGES, start=1):
        table[first >> CELL : (last >> CELL) + 1] = place
    return table


@cache
def _words() -> _Words:
    tables = tomllib.loads((files("portalclean") / "lexicon" / "languages.toml").read_text("utf-8"))
    return _Words(
        tables["of_script"],
        {script: frozenset(tags) for script, tags in tables["shared"].items()},
        tuple(frozenset(group) for group in tables["close"]["groups"]),
        tables["codes"],
    )
