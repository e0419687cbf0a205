"""Page text made safe for where it is written: for a file, for reading, for a terminal.

A page can hold any code point: half a surrogate pair, which no encoding takes; terminal escape sequences;
marks that turn the reading direction round.
"""

from __future__ import annotations

import re

__all__ = ["CONTROLS", "one_line", "readable", "storable", "visible"]

LONE_SURROGATES = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
"""C0 and C1 control characters but tab and line breaks, as the inside of a character class."""
BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Marks that change the reading direction: text can pass for other text with them."""
INVISIBLE = "\u200b-\u200d\u2028\u2029\u2060\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
"""Zero-width marks, line separators and tag characters: they hide words from a reader."""

UNREADABLE = re.compile(f"[{CONTROLS}\ufeff]")
LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
BLANKS = re.compile("[ \t\n]+")
UNSEEN = re.compile(f"[{CONTROLS}\r\n\t{BIDI}{INVISIBLE}]")
UNSEEN_BUT_LINES = re.compile(f"[{CONTROLS}\r{BIDI}{INVISIBLE}]")


def storable(text: str) -> str:
    r"""Return the text with each lone surrogate replaced, so that UTF-8 takes it; the length stays.

    >>> storable("a\ud800b")
    'a\ufffdb'
    """
    if text.isascii():
        return text
    return LONE_SURROGATES.sub(REPLACEMENT, text)


def readable(text: str) -> str:
    r"""Return storable text with plain line breaks and without control characters.

    >>> readable("one\r\ntwo\x1b[31m\u2028three")
    'one\ntwo[31m\nthree'
    """
    return UNREADABLE.sub("", LINE_BREAKS.sub("\n", storable(text)))


def one_line(text: str) -> str:
    r"""Return readable text on one line, each run of blanks, tabs and line breaks as one space.

    The page's wide and hard spaces are kept inside the line.

    >>> one_line("  a \n\tb\u3000c\xa0")
    'a b\u3000c'
    """
    return BLANKS.sub(" ", readable(text)).strip()


def visible(text: str, *, keep_lines: bool = False) -> str:
    r"""Return the text with everything that could steer a terminal or a reader's eye written out.

    ``keep_lines`` leaves tabs and line breaks as they are.

    >>> print(visible("red\x1b[31m\n\u202egnp.exe"))
    red\x1b[31m\n\u202egnp.exe
    """
    unseen = UNSEEN_BUT_LINES if keep_lines else UNSEEN
    return unseen.sub(_written_out, storable(text))


def _written_out(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")
