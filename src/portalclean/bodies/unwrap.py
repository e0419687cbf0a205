"""Take the line breaks of a fixed-width wrapper out of a paragraph."""

from __future__ import annotations

import regex

__all__ = ["unwrapped"]

LINE_BREAK = regex.compile(r"[ \t\u3000]{0,80}[\n\r\v\f\x85\u2028\u2029][\s]{0,80}")
"""A line break and the blanks around it; the bounds keep the search linear."""
UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{East_Asian_Width=F}、。〈-】〔-〟・…—]")
"""Characters of scripts that are written without spaces between words, and their punctuation."""


def unwrapped(text: str) -> str:
    r"""Return a paragraph on one line.

    A line break is a space, but nothing beside Han and kana, and nothing after a hyphen inside a word.

    >>> unwrapped("The quick brown\n  fox is well-\nknown")
    'The quick brown fox is well-known'
    >>> unwrapped("新华社北京\n电"), unwrapped("使用\nPython"), unwrapped("서울\n시민")
    ('新华社北京电', '使用Python', '서울 시민')
    """
    if text.isprintable():  # no control characters, so no line breaks; nearly always so
        return text
    return LINE_BREAK.sub(_between, text)


def _between(found: regex.Match[str]) -> str:
    """Return what stands for a line break."""
    text, (start, end) = found.string, found.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    hyphenated = before == "-" and text[start - 2 : start - 1].isalpha() and after.isalpha()
    return "" if hyphenated or UNSPACED.match(before) or UNSPACED.match(after) else " "
