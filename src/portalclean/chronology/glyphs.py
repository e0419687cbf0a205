"""Bring a text's digits, punctuation and letters to one form without moving any character."""

from __future__ import annotations

import re

__all__ = ["han_number", "levelled"]

ZEROS = (0xFF10, 0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50)
"""Digit zero, full-width, Arabic-Indic, Persian, Devanagari, Bengali and Thai; the other nine follow it."""
PUNCTUATION = {
    "：": ":", "∶": ":", "﹕": ":", "／": "/", "⁄": "/", "．": ".", "，": ",", "、": ",", "،": ",", "。": ".",
    "－": "-", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "‒": "-", "（": "(", "）": ")", "［": "[",
    "］": "]", "【": "[", "】": "]", "｜": "|", "＋": "+", "˙": ".", "•": "·", "・": "·", "‧": "·", "’": "'",
}  # fmt: skip
"""Marks that stand in dates, by the ASCII mark (or middle dot) that they are read as."""
BLANKS = "\t\u00a0\u2002\u2003\u2009\u202f\u3000\u200b\u200e\u200f\u202a\u202b\u202c\ufeff"
"""Spaces of other widths and the invisible marks of direction that pages put between numbers."""
TABLE = {
    **{zero + digit: str(digit) for zero in ZEROS for digit in range(10)},
    **{ord(mark): plain for mark, plain in PUNCTUATION.items()},
    **{ord(blank): " " for blank in BLANKS},
    ord("İ"): "i",  # the only letter whose lower case has another length
}
ODD = re.compile(f"[{re.escape(''.join(map(chr, TABLE)))}]")
"""The characters that the table changes; most texts have none."""
HAN_DIGITS = {
    numeral: value
    for value, numerals in enumerate(("〇零○◯", "一元", "二", "三", "四", "五", "六", "七", "八", "九"))
    for numeral in numerals
}
"""Chinese digits; 元 is the first year of an era and the first month."""


def levelled(text: str) -> str:
    """Return the text in lower case with ASCII digits and marks; every character keeps its place.

    >>> levelled("２０１９年９月７日\u3000１９：５３ PM")
    '2019年9月7日 19:53 pm'
    """
    return text.translate(TABLE).lower() if ODD.search(text) else text.lower()


def han_number(numerals: str) -> int | None:
    """Return the number that Chinese numerals state: digit by digit, or in tens up to 99.

    >>> han_number("二〇〇五"), han_number("二十一"), han_number("十"), han_number("元"), han_number("十百")
    (2005, 21, 10, 1, None)
    """
    tens, ten, ones = numerals.partition("十")
    if any(numeral not in HAN_DIGITS for numeral in tens + ones):
        return None
    if not ten:
        return int("".join(str(HAN_DIGITS[numeral]) for numeral in numerals) or 0)
    return (HAN_DIGITS[tens] if tens else 1) * 10 + (HAN_DIGITS[ones] if ones else 0)
