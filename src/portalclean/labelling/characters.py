"""Classes of characters, and how many of each class every unit has: one table look-up, one counting pass."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from portalclean.page import FloatArray

__all__ = ["CLASSES", "Codes", "class_counts", "classes_of"]

Codes: TypeAlias = NDArray[np.uint32]

CLASSES = (
    "space",
    "upper",
    "lower",
    "digit",
    "han",
    "han_function",
    "kana",
    "hangul",
    "cyrillic",
    "arabic",
    "indic",
    "letter",
    "stop",
    "exclamation",
    "comma",
    "colon",
    "quote",
    "bracket",
    "separator",
    "dash",
    "at",
    "currency",
    "symbol",
    "private",
)
"""Every character is in exactly one of these classes."""
CODE_OF = {name: code for code, name in enumerate(CLASSES)}

HAN_FUNCTION = "的了是在和也就都而及与着或與這们們这那他我她它你不有为為以对對说說并並被把从從将將个個"
"""Frequent function characters of Chinese: prose has them, menus and headlines hardly do."""
MEMBERS = {
    "stop": "。．.｡।؟…",
    "exclamation": "!?！？",
    "comma": ",，、،；;",
    "colon": ":：",
    "quote": "\"'“”‘’«»「」『』《》〈〉„",
    "bracket": "()（）[]【】{}〔〕［］",
    "separator": "|/\\>›<‹»＞・·•●■◆★▪▶►→↓↑※▲△｜／",
    "dash": "-–—_~〜＝=+*&#",
    "at": "@",
    "currency": "$€£¥￥₩₹%％",
}
RANGES = (
    ("han", 0x3400, 0xA000),
    ("han", 0xF900, 0xFB00),
    ("kana", 0x3041, 0x3100),
    ("hangul", 0xAC00, 0xD7B0),
    ("cyrillic", 0x0400, 0x0530),
    ("arabic", 0x0620, 0x0700),
    ("indic", 0x0900, 0x0E00),
    ("private", 0xE000, 0xF900),
)
BASIC_PLANE = 0x10000


def classes_of(codes: Codes) -> NDArray[np.uint8]:
    """(characters,) the class of each code point; characters beyond the basic plane are Han or symbols."""
    classes: NDArray[np.uint8] = _table().take(codes, mode="clip")
    if len(codes) and codes.max() >= BASIC_PLANE:
        beyond = codes >= BASIC_PLANE
        han = (codes >= 0x20000) & (codes < 0x32000)
        classes[beyond] = np.where(han[beyond], CODE_OF["han"], CODE_OF["symbol"])
    return classes


def class_counts(classes: NDArray[np.uint8], count: int, unit_of: NDArray[np.int64]) -> FloatArray:
    """(classes, units) characters of each class in each unit.

    ``unit_of`` (characters,) gives the unit of each character, out of ``count``; the white space behind a unit
    counts as its own.
    """
    cells = np.multiply(classes, count, dtype=np.int64)
    cells += unit_of
    counts: FloatArray = np.bincount(cells, minlength=len(CLASSES) * count).astype(np.float32)
    return counts.reshape(len(CLASSES), count)


@cache
def _table() -> NDArray[np.uint8]:
    """(65536,) the class of each code point of the basic plane."""
    category_class = {
        "Lu": "upper",
        "Lt": "upper",
        "Ll": "lower",
        "Nd": "digit",
        "Zs": "space",
        "Cc": "space",
    }
    table = np.zeros(BASIC_PLANE, dtype=np.uint8)
    for code in range(BASIC_PLANE):
        category = unicodedata.category(chr(code))
        name = category_class.get(category) or ("letter" if category[0] in "LM" else "symbol")
        table[code] = CODE_OF[name]
    for name, first, last in RANGES:
        span = table[first:last]
        letters = (span != CODE_OF["digit"]) & (span != CODE_OF["space"])
        span[letters] = CODE_OF[name]
    for name, members in MEMBERS.items():
        for member in members:
            table[ord(member)] = CODE_OF[name]
    for member in HAN_FUNCTION:
        table[ord(member)] = CODE_OF["han_function"]
    return table
