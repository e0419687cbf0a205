"""Bytes to text.

What a page says of its encoding is a hint; what its bytes say wins. In order:

1. a byte-order mark, or the zero bytes that UTF-16 without a mark is full of;
2. strict UTF-8: text in another encoding hardly ever passes by chance;
3. UTF-8 with a few broken bytes (cut off, patched up, glued together);
4. what the caller or the HTTP header declares, then what the page declares, each only while few bytes are
   malformed in it and the bytes do not clearly read as something else;
5. what the bytes read as most likely.

Legacy encodings are decoded as browsers do (``whatwg-*`` codecs): every gb* is GB 18030, ISO-8859-1 is
windows-1252, Big5 has the Hong Kong characters, EUC-JP and Shift_JIS those of NEC and IBM.
"""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

import turbohtml.detect as detector

from portalclean.errors import UnknownEncoding

__all__ = ["decode"]

_ASCII = bytes(range(0x80))
_HIGH = bytes(range(0x80, 0x100))
_LOW = bytes(range(9))
_REPLACEMENT = "\ufffd"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, with whose mark it begins
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_WIDE_SAMPLE = 1 << 16
"""Bytes that are searched for the zeros of UTF-16."""
_WIDE_SHARE = 0.02
"""Least share of UTF-16 units whose upper half is zero: Chinese prose has a few line breaks and digits."""
_WIDE_SHARE_ASCII = 0.5
"""Least share with an upper half below 9, where the bytes also pass as UTF-8: text in an alphabet."""
_WIDE_SKEW = 2
"""How many times more zeros stand in the upper halves than in the lower, where 一 has one."""
_WIDE_SPACES = 0.05
"""Share of spaces among the bytes from which they cannot be UTF-16 without a zero."""

_GOOD_PER_BAD = 2
"""Valid multi-byte characters per malformed run from which damaged UTF-8 is still UTF-8; over the development
pages in legacy encodings the ratio is at most 0.6."""
_CHANCE = 8
"""So many characters of two bytes may pass as UTF-8 by chance; every fourth or so of GBK does."""

_TOLERATED = 0.15
"""Largest share of malformed characters in an encoding that is still believed; pages with every 200th byte
broken have up to 0.1."""
_SAMPLE = 4096
"""Bytes of non-ASCII words that the detector sees; with 16,384 it was no better on the development pages."""
_LEAD = 16
"""Bytes before the first non-ASCII one of a word that the detector sees too: it scores pairs."""
_OVERRULES = 2
"""How many times more likely than the declared encoding another must be to overrule it."""
_ENOUGH = 100
"""Non-ASCII bytes from which the detector may overrule a multi-byte encoding. With these two numbers no page
of the development data is overruled wrongly, and 91 % of such wrong declarations are found out."""
_ENOUGH_SINGLE = 24
"""The same for a single-byte encoding, in which everything is well-formed."""

_WORD = re.compile(rb"[\x80-\xff][^\x00-\x2f<>]*")
"""A run from a non-ASCII byte to white space, markup or punctuation that is no trail byte in any encoding."""
_DECLARATIONS = 8
"""Declarations of a page that are looked at: each may cost a decoding of the page."""
_DECLARATION = re.compile(
    rb"""<(?:meta\b[^<>]{0,400}?charset|\?xml\b[^<>]{0,100}?encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""",
    re.IGNORECASE,
)

_RE_ENCODERS: Mapping[str, str] = {
    "gb18030": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932",
    "euc-jp": "euc_jis_2004", "euc-kr": "cp949",
}  # fmt: skip
"""The multi-byte encodings and the Python codec that can encode them (the browsers' only decode)."""

_BROWSER: Mapping[str, str] = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030",
    "big5": "big5", "big5hkscs": "big5", "cp950": "big5",
    "shift_jis": "shift_jis", "cp932": "shift_jis",
    "euc_jp": "euc-jp", "euc_kr": "euc-kr", "cp949": "euc-kr", "iso2022_jp": "iso-2022-jp",
    "ascii": "windows-1252", "iso8859-1": "windows-1252", "iso8859-9": "windows-1254",
    "iso8859-11": "windows-874", "tis-620": "windows-874", "cp874": "windows-874",
    "cp866": "ibm866", "koi8-r": "koi8-r", "koi8-u": "koi8-u",
    "mac-roman": "macintosh", "mac-cyrillic": "x-mac-cyrillic",
    **{f"cp{page}": f"windows-{page}" for page in range(1250, 1259)},
    **{f"iso8859-{part}": f"iso-8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
}  # fmt: skip
"""Python's canonical name of an encoding to the browsers' name of what it is read as."""
_ALIASES: Mapping[str, str] = {
    "unicode": "utf-8", "utf8mb4": "utf-8", "unicode-1-1-utf-8": "utf-8",
    "utf-16": "utf-16-le", "utf-32": "utf-32-le",
    "windows-31j": "cp932", "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8",
}  # fmt: skip
"""Names met on pages that Python does not know, or that leave the order of bytes to the machine."""
_NOT_FOR_PAGES = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
"""Python's codecs for other ends; Punycode takes quadratic time."""

_STATEFUL = frozenset({"iso-2022-jp", "iso2022_kr", "iso2022_jp_2", "iso2022_jp_2004", "hz", "utf-7"})
"""Encodings that write everything in ASCII bytes."""
_WESTERN = frozenset({"windows-1252", "macintosh", "iso-8859-15"})
"""Declared by default, by servers and editors that do not know better."""
_OTHER_ALPHABETS = frozenset({
    "windows-1251", "koi8-u", "iso-8859-5", "ibm866", "windows-1253", "iso-8859-7", "windows-1255",
    "iso-8859-8", "windows-1256", "iso-8859-6", "windows-874",
})  # fmt: skip
"""Single-byte encodings whose letters are all non-ASCII, which Western text can hardly be taken for."""


class _Codec(NamedTuple):
    """An encoding: the name to report and the name to look it up by."""

    name: str
    lookup: str


class _Reading(NamedTuple):
    text: str
    encoding: str
    replacements: int


class _Evidence(NamedTuple):
    """What the bytes read as, by the browsers' names of the encodings."""

    top: str
    scores: Mapping[str, float]
    size: int
    """Non-ASCII bytes that were looked at."""
    sound: bool
    """Whether the sample as a whole is well-formed in some encoding that the detector favours."""


_UTF_8 = _Codec("utf-8", "utf-8")
_FALLBACK = _Codec("windows-1252", "whatwg-windows-1252")


def decode(capture: bytes, declared: str | None = None) -> tuple[str, str, int]:
    r"""Return the text, the encoding used, and how many malformed runs of bytes became U+FFFD.

    ``declared`` is what the caller or the HTTP header says; an encoding that Python does not know raises
    `UnknownEncoding`. It is believed unless the bytes contradict it.

    >>> decode("新华社".encode("gb18030"), declared="gb2312")
    ('新华社', 'gb18030', 0)
    >>> decode("新华社北京电".encode(), declared="gb2312")
    ('新华社北京电', 'utf-8', 0)
    >>> decode(b"caf\xe9")
    ('café', 'windows-1252', 0)
    """
    told = None
    if declared is not None:
        told = _codec(declared)
        if told is None:
            raise UnknownEncoding(f"there is no text encoding of the name {declared!r}")
    reading = _marked(capture)
    if reading is None:
        body = capture.removeprefix(codecs.BOM_UTF8)
        reading = _wide(body) or _utf8(body, told) or _legacy(body, told)
    return reading.text, reading.encoding, reading.replacements


def _codec(label: str) -> _Codec | None:
    """Return the encoding of this name, as browsers understand it; ``None`` when there is none.

    >>> _codec("GB2312").name, _codec("x-sjis").name, _codec("latin1").name, _codec("nonsense")
    ('gb18030', 'shift_jis', 'windows-1252', None)
    """
    name = label.strip().strip("\"'").lower().replace("_", "-").removeprefix("x-")
    if name.startswith("gb"):
        return _Codec("gb18030", "whatwg-gb18030")
    name = re.sub(r"^windows-(?=\d)", "cp", _ALIASES.get(name, name))
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):  # ValueError: a zero character in the name
        return None
    if found.name.replace("_", "-") in _NOT_FOR_PAGES or not getattr(found, "_is_text_encoding", True):
        return None  # the latter are base64, zip and their like
    if found.name in {"utf-8", "utf-8-sig"}:
        return _UTF_8
    browser = _BROWSER.get(found.name)
    return _Codec(browser, f"whatwg-{browser}") if browser else _Codec(found.name, found.name)


def _read(capture: bytes, codec: _Codec) -> _Reading:
    """Decode with a replacement character for each malformed run, and count these."""
    text = capture.decode(codec.lookup, "replace")
    replaced = text.count(_REPLACEMENT)
    if replaced and codec.name.startswith(("utf", "gb18030")):  # the others cannot encode it
        replaced = max(0, replaced - capture.count(_REPLACEMENT.encode(codec.name)))
    return _Reading(text, codec.name, replaced)


def _malformed(reading: _Reading) -> float:
    """Return which share of the non-ASCII characters of a reading are replacements."""
    return reading.replacements / _non_ascii(reading.text) if reading.replacements else 0.0


def _marked(capture: bytes) -> _Reading | None:
    """Read a capture with a byte-order mark, unless what follows contradicts it."""
    for mark, name in _MARKS:
        if not capture.startswith(mark):
            continue
        reading = _read(capture[len(mark) :], _Codec(name, name))
        # A template saved with a mark may precede a page in another encoding.
        shown = _non_ascii(reading.text) if name == "utf-8" else len(reading.text)
        if reading.replacements * (_GOOD_PER_BAD + 1) <= shown:
            return reading
    return None


def _non_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _wide(capture: bytes) -> _Reading | None:
    """Read UTF-16 without a mark: its ASCII characters have a zero byte in the same half."""
    if b"\0" not in capture:
        return None
    sample = capture[:_WIDE_SAMPLE]
    halves = {"utf-16-be": sample[0::2], "utf-16-le": sample[1::2]}
    name, upper = max(halves.items(), key=lambda half: half[1].count(0))
    zeros, others = upper.count(0), sample.count(0) - upper.count(0)
    if zeros < max(2, _WIDE_SHARE * len(upper), others * _WIDE_SKEW):
        return None
    if _is_utf8(sample) and len(upper.translate(None, _LOW)) > (1 - _WIDE_SHARE_ASCII) * len(upper):
        return None
    reading = _read(capture, _Codec(name, name))
    ascii_characters = len(reading.text[: len(upper)].encode("ascii", "ignore"))
    # One may be malformed: half a unit at a cut end.
    return reading if reading.replacements <= 1 and ascii_characters * _WIDE_SKEW > zeros else None


def _is_utf8(sample: bytes) -> bool:
    """Tell whether a sample, cut anywhere at its end, is well-formed UTF-8."""
    try:
        codecs.utf_8_decode(sample, "strict", False)
    except UnicodeDecodeError:
        return False
    return True


def _utf8(capture: bytes, told: _Codec | None) -> _Reading | None:
    """Read UTF-8, sound or damaged; ``None`` when the bytes are not UTF-8."""
    try:
        reading = _Reading(capture.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError:
        reading = _read(capture, _UTF_8)
        if _non_ascii(reading.text) < reading.replacements * (_GOOD_PER_BAD + 1):
            return None
    if reading.text.isascii():
        return _stateful(capture, told) or reading
    # Two bytes make one character: so short a text has few of these, and none of three bytes.
    if len(capture) - len(reading.text) <= _CHANCE and _by_chance(capture):
        for codec in _declarations(capture, told):
            other = _read(capture, codec)
            if codec.name in _RE_ENCODERS and not other.replacements:
                return other
    return reading


def _by_chance(capture: bytes) -> bool:
    """Tell whether so little shows that a capture is UTF-8 that another multi-byte encoding may be meant.

    >>> _by_chance("拇指".encode("gbk"))
    True
    >>> [_by_chance(text.encode()) for text in ("© 2019 Café", "目标", "x")]
    [False, False, False]
    """
    found = capture.translate(None, _ASCII).decode("utf-8", "ignore")
    return 0 < len(found) <= _CHANCE and all("\u0100" <= character < "\u0800" for character in found)


def _stateful(capture: bytes, told: _Codec | None) -> _Reading | None:
    """Read an encoding that is written in ASCII bytes: when it is declared, or when its escapes show."""
    if told is not None and told.name in _STATEFUL:
        codec = told
    elif b"\x1b$" in capture and b"\x1b(" in capture:
        codec = _Codec("iso-2022-jp", "whatwg-iso-2022-jp")
    else:
        return None
    reading = _read(capture, codec)
    return None if reading.replacements else reading


def _declarations(capture: bytes, told: _Codec | None) -> Iterator[_Codec]:
    """Yield the declared encodings, the caller's first, then the page's in order; each once."""
    seen = {told}
    if told is not None:
        yield told
    for match in islice(_DECLARATION.finditer(capture), _DECLARATIONS):
        codec = _codec(match[1].decode("ascii"))
        if codec is not None and codec not in seen:
            seen.add(codec)
            yield codec


def _legacy(capture: bytes, told: _Codec | None) -> _Reading:
    """Read bytes that are not UTF-8."""
    words = _sample(capture)
    evidence = _weigh(words)
    for codec in _declarations(capture, told):
        wide = codec.name.startswith(("utf-16", "utf-32"))
        if wide and (codec is not told or capture.count(b" ") > _WIDE_SPACES * len(capture)):
            continue  # a page whose declaration can be read byte by byte is not UTF-16
        if codec == _UTF_8 or _overruled(codec.name, evidence):
            continue
        reading = _read(capture, codec)
        if _malformed(reading) <= _TOLERATED:
            return reading
    return _read(capture, _codec(evidence.top) or _FALLBACK)


def _overruled(name: str, evidence: _Evidence) -> bool:
    """Tell whether the bytes read so much better in another encoding that ``name`` must be wrong.

    Among single-byte encodings a declaration is worth more than the detector, save that Western ones are
    declared by default.
    """
    top, scores = evidence.top, evidence.scores
    if scores.get(top, 0.0) <= _OVERRULES * scores.get(name, 0.0):
        return False
    if name in _RE_ENCODERS:
        return evidence.sound and evidence.size >= _ENOUGH
    if evidence.size < _ENOUGH_SINGLE:
        return False
    return top in _RE_ENCODERS or (name in _WESTERN and top in _OTHER_ALPHABETS)


def _sample(capture: bytes) -> list[bytes]:
    """Return the first non-ASCII words, each with the letters before it."""
    words, size, done = [], 0, 0
    for match in _WORD.finditer(capture):
        start = max(done, match.start() - _LEAD)
        words.append(capture[start : min(match.end(), start + _SAMPLE)])
        size += len(words[-1])
        done = match.end()
        if size >= _SAMPLE:
            break
    return words


def _weigh(words: list[bytes]) -> _Evidence:
    """Score the encodings on a sample.

    The detector drops a multi-byte encoding at its first malformed byte, and then often has nothing to say.
    So the words vote one by one, which confines the damage; and when there are too few words for that, each
    encoding is tried on what is well-formed in it.
    """
    sample = b" ".join(words)
    size = len(sample) - len(sample.translate(None, _HIGH))
    whole = _ranking(sample)
    if whole:
        return _Evidence(_top(whole), whole, size, sound=True)
    votes: defaultdict[str, float] = defaultdict(float)
    for word in words:
        for name, confidence in _ranking(word).items():
            votes[name] += confidence * len(word)
    scores = votes if _top(votes) in _RE_ENCODERS else _mended(sample)
    return _Evidence(_top(scores), scores, size, sound=False)


def _mended(sample: bytes) -> dict[str, float]:
    """Score the multi-byte encodings on what is left of a sample when the malformed bytes are taken out."""
    scores = {}
    for name, encoder in _RE_ENCODERS.items():
        reading = _read(sample, _Codec(name, f"whatwg-{name}"))
        if reading.replacements and _malformed(reading) <= _TOLERATED:
            ranking = _ranking(reading.text.replace(_REPLACEMENT, "").encode(encoder, "ignore"))
            if _top(ranking) == name:
                scores[name] = ranking[name]
    return scores


def _ranking(sample: bytes) -> dict[str, float]:
    """Return the detector's confidences by the browsers' name of the encoding."""
    return {
        "gb18030" if match.encoding == "GBK" else match.encoding.lower(): match.confidence
        for match in detector.detect_all(sample)
        if match.encoding is not None and match.confidence > 0
    }


def _top(scores: Mapping[str, float]) -> str:
    return max(scores, key=scores.__getitem__, default=_FALLBACK.name)
