from __future__ import annotations

import codecs
import encodings.aliases
import gzip
import random
import re
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalclean.capture.decode import decode
from portalclean.errors import PortalCleanError, UnknownEncoding

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

SIMPLIFIED = (
    "新华社北京9月1日电（记者 张三）国务院总理一日在北京主持召开会议，听取了各地关于经济运行情况的汇报。"
    "会议认为，今年以来，我国经济总体平稳、稳中有进，但是也要看到，外部环境发生了明显变化，困难和问题仍然不少。\n"
    "责任编辑：李四\n"
)
TRADITIONAL = (
    "中央社臺北一日電，行政院長今天在院會中表示，經濟部應該與各縣市政府合作，儘快解決中小企業面臨的問題，"
    "並且提出具體的時間表。\n記者會上有人問到嘅嘢，佢冇答。\n"
)
JAPANESE = (
    "東京都は１日、新型の感染症について、新たに①百人が確認されたと発表した。都の担当者は「引き続き注意して"
    "ほしい」と話しています。\nトップページへ戻る\n"
)
KOREAN = (
    "서울시는 1일 시내 주요 도로에서 교통 통제를 실시한다고 밝혔다. 시민들은 대중교통을 이용해 달라고 "
    "당부했다. 기자는 똠방각하를 보았다.\n관련기사 더보기\n"
)
RUSSIAN = "Президент подписал указ о новых мерах поддержки семей с детьми, сообщает пресс-служба."
GREEK = "Ο πρωθυπουργός δήλωσε σήμερα ότι η κυβέρνηση θα στηρίξει τις οικογένειες και τους εργαζόμενους."
FRENCH = "Le président a déclaré à l’Assemblée que l’été sera chaud : « ça, c’est sûr », a-t-il ajouté."

LEGACY = {
    "gb18030": ("gb18030", "gb18030", SIMPLIFIED),
    "big5": ("big5hkscs", "big5", TRADITIONAL),
    "shift_jis": ("cp932", "shift_jis", JAPANESE),
    "euc-jp": ("euc_jis_2004", "euc-jp", JAPANESE),
    "euc-kr": ("cp949", "euc-kr", KOREAN),
    "windows-1251": ("cp1251", "windows-1251", RUSSIAN),
    "windows-1253": ("cp1253", "windows-1253", GREEK),
    "windows-1252": ("cp1252", "windows-1252", FRENCH),
}
"""Python's codec, the encoding that is reported, a text."""
MULTI_BYTE = [name for name in LEGACY if not name.startswith("windows")]
WRONG = ["utf-8", "iso-8859-1", "utf-16"]


@pytest.mark.parametrize("declared", [None, *WRONG])
@pytest.mark.parametrize("name", LEGACY)
def test_legacy_text_undeclared_or_declared_wrongly(name: str, declared: str | None) -> None:
    codec, encoding, text = LEGACY[name]
    assert decode(text.encode(codec), declared) == (text, encoding, 0)


@pytest.mark.parametrize("name", LEGACY)
def test_legacy_text_whose_page_says_utf_8(name: str) -> None:
    codec, encoding, text = LEGACY[name]
    page = f'<html><head><meta charset="utf-8"></head>{text}'
    assert decode(page.encode(codec)) == (page, encoding, 0)


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "big5", "shift_jis", "euc-kr", "iso-8859-1", "utf-16", None])
@pytest.mark.parametrize(
    "text", [*(text for _, _, text in LEGACY.values()), "© 2019", "漏", "新", "Ünïcödé", "\ufffd\ufffd"]
)
def test_utf_8_declared_as_anything(text: str, declared: str | None) -> None:
    assert decode(text.encode(), declared) == (text, "utf-8", 0)
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">{text}'
    assert decode(page.encode()) == (page, "utf-8", 0)


@pytest.mark.parametrize(
    "declared", ["GB2312", "gb_2312-80", "gbk", "x-gbk", "CP936", "windows-936", " gb18030 ", '"gbk"']
)
def test_every_gb_is_gb18030(declared: str) -> None:
    text = "镕㐀€𠀀"
    assert decode(text.encode("gb18030"), declared) == (text, "gb18030", 0)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("latin1", "windows-1252"),
        ("us-ascii", "windows-1252"),
        ("ISO-8859-15", "iso-8859-15"),
        ("x-sjis", "shift_jis"),
        ("windows-31j", "shift_jis"),
        ("ks_c_5601-1987", "euc-kr"),
        ("x-euc-jp", "euc-jp"),
        ("Big5-HKSCS", "big5"),
        ("cp1251", "windows-1251"),
        ("koi8-r", "koi8-r"),
        ("cp437", "cp437"),
    ],
)
def test_names(declared: str, encoding: str) -> None:
    assert decode(b"\xb0\xa1", declared)[1] == encoding


@pytest.mark.parametrize("declared", ["", "nonsense", "base64", "rot13", "punycode", "undefined", "\0", "é", "a" * 999])
@pytest.mark.parametrize("capture", [b"", b"ascii", "新".encode(), codecs.BOM_UTF8 + b"x"])
def test_an_unknown_name_from_the_caller_raises(declared: str, capture: bytes) -> None:
    with pytest.raises(UnknownEncoding, match="no text encoding") as caught:
        decode(capture, declared)
    assert isinstance(caught.value, (PortalCleanError, LookupError))


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="big5">',
        "<META CHARSET=Big5>",
        "<meta http-equiv=Content-Type content='text/html; charset=big5'>",
        '<meta http-equiv="Content-Type"\n content="text/html;charset = big5" />',
        '<?xml version="1.0" encoding="big5"?>',
        '<meta charset="nonsense"><meta charset="utf-8"><meta charset="big5">',
        "<!--" + "x" * 100_000 + '--><meta charset="big5">',
    ],
    ids=lambda declaration: declaration[:30],
)
def test_what_a_short_page_says_is_believed(declaration: str) -> None:
    page = f"{declaration}<p>目錄"  # four bytes that read well as several encodings
    assert decode(page.encode("big5")) == (page, "big5", 0)
    assert decode(page.replace("big5", "nonsense").encode("big5"))[1] != "nonsense"


def test_a_short_broken_page_is_believed() -> None:
    broken = "目錄一覽簡介".encode("big5") + b"\xff"
    assert decode(b"<meta charset=big5><p>" + broken)[1:] == ("big5", 1)
    assert decode(broken, "big5")[1:] == ("big5", 1)


LIES = [
    ("gb18030", "big5"),
    ("gb18030", "euc-kr"),
    ("gb18030", "shift_jis"),
    ("big5", "euc-kr"),
    ("big5", "gb2312"),
    ("shift_jis", "gb2312"),
    ("shift_jis", "euc-kr"),
    ("euc-jp", "euc-kr"),
    ("euc-jp", "gb2312"),
    ("euc-jp", "big5"),
    ("euc-kr", "shift_jis"),
]


@pytest.mark.parametrize(("name", "declared"), LIES)
def test_another_multi_byte_encoding_declared(name: str, declared: str) -> None:
    codec, encoding, text = LEGACY[name]
    assert decode(text.encode(codec), declared) == (text, encoding, 0)
    page = f"<meta charset={declared}>{text}"
    assert decode(page.encode(codec)) == (page, encoding, 0)


@pytest.mark.parametrize("name", MULTI_BYTE)
@pytest.mark.parametrize("start", range(0, 60, 7))
@pytest.mark.parametrize("length", [3, 7, 20, 60])
def test_a_right_declaration_is_not_overruled(name: str, start: int, length: int) -> None:
    codec, encoding, text = LEGACY[name]
    text = text[start : start + length]
    assert decode(text.encode(codec), name) == (text, encoding, 0)


def test_the_caller_goes_before_the_page() -> None:
    page = '<meta charset="big5"><p>标题'
    assert decode(page.encode("gbk"), "gbk") == (page, "gb18030", 0)


@pytest.mark.parametrize(("text", "codec"), [("拇指", "gbk"), ("模", "gb2312")])
def test_two_byte_characters_that_pass_as_utf_8(text: str, codec: str) -> None:
    assert decode(text.encode(codec), codec) == (text, "gb18030", 0)
    assert decode(f"<meta charset={codec}>{text}".encode(codec))[1] == "gb18030"
    assert decode(text.encode(codec))[1] == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", ["", "x", SIMPLIFIED, FRENCH, "a\ufffdb"])
@pytest.mark.parametrize("declared", [None, "gbk"])
def test_byte_order_marks(encoding: str, text: str, declared: str | None) -> None:
    assert decode(("\ufeff" + text).encode(encoding), declared) == (text, encoding, 0)


def test_a_mark_before_another_encoding() -> None:
    assert decode(codecs.BOM_UTF8 + SIMPLIFIED.encode("gbk")) == (SIMPLIFIED, "gb18030", 0)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [SIMPLIFIED, f"<html><p>{FRENCH}</p></html>", RUSSIAN, "plain text", "<p>新闻</p>"])
def test_utf_16_without_a_mark(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding, 0)
    assert decode(text.encode(encoding), "utf-8") == (text, encoding, 0)


@pytest.mark.parametrize(
    "text", ["\0", "a\0", "\0\0\0\0", "head\0tail", "padded" + "\0" * 50, "新闻\0" * 9, "\0新闻\n" * 9]
)
def test_zero_characters_alone_are_not_utf_16(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", 0)


def test_utf_16_declared_by_the_caller() -> None:
    text = "没有一个零字节的文字"
    assert decode(text.encode("utf-16-be"), "utf-16be") == (text, "utf-16-be", 0)
    assert decode(text.encode("utf-16-le"), "utf-16") == (text, "utf-16-le", 0)


@pytest.mark.parametrize("declared", [None, "iso-2022-jp", "utf-8"])
def test_japanese_in_ascii_bytes(declared: str | None) -> None:
    text = JAPANESE.replace("①", "")
    assert decode(text.encode("iso2022_jp"), declared) == (text, "iso-2022-jp", 0)


BYTES = SIMPLIFIED.encode()
BROKEN = {
    "cut off": (BYTES[:-2], SIMPLIFIED[:-2] + "\ufffd", 1),
    "one bad": (BYTES.replace("国".encode(), b"\xe5\x9b", 1), SIMPLIFIED.replace("国", "\ufffd", 1), 1),
    "bad start": (b"\x9b" + BYTES, "\ufffd" + SIMPLIFIED, 1),
    "some encoded": (BYTES + "\ufffd".encode() + b"\xff", SIMPLIFIED + "\ufffd\ufffd", 1),
    "all encoded": ((SIMPLIFIED + "\ufffd\ufffd").encode(), SIMPLIFIED + "\ufffd\ufffd", 0),
    "long page": (b"x" * 100_000 + FRENCH.encode() + b"\xe9", "x" * 100_000 + FRENCH + "\ufffd", 1),
}


@pytest.mark.parametrize("declared", [None, "utf-8", "gbk", "iso-8859-1"])
@pytest.mark.parametrize(("capture", "text", "replacements"), BROKEN.values(), ids=BROKEN)
def test_damaged_utf_8(capture: bytes, text: str, replacements: int, declared: str | None) -> None:
    assert decode(capture, declared) == (text, "utf-8", replacements)


@pytest.mark.parametrize("name", MULTI_BYTE)
@pytest.mark.parametrize("declared", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_damaged_legacy_text_does_not_flip(name: str, declared: bool, seed: int) -> None:
    codec, encoding, text = LEGACY[name]
    lines = bytearray("\n".join(text.splitlines() * 6).encode(codec))
    chance = random.Random(seed)
    for place in chance.sample([place for place, byte in enumerate(lines) if byte > 0x7F], 4):
        lines[place] = chance.choice([0x20, 0xFF])
    read, used, replacements = decode(bytes(lines), name if declared else None)
    assert used == encoding
    assert replacements == read.count("\ufffd") <= 16
    assert read.splitlines().count(text.splitlines()[0]) >= 2


def test_replacements_that_gb18030_encodes_are_not_counted() -> None:
    text = SIMPLIFIED + "\ufffd"
    assert decode(text.encode("gb18030")) == (text, "gb18030", 0)
    assert decode(text.encode("gb18030") + b"\xff", "gbk") == (text + "\ufffd", "gb18030", 1)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\x1b")))
def test_any_string_in_utf_8(text: str) -> None:
    assert decode(text.encode()) == (text.removeprefix("\ufeff"), "utf-8", 0)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.sampled_from(["utf-8", "utf-16-be"]))
def test_any_string_with_a_mark(text: str, encoding: str) -> None:
    assert decode(("\ufeff" + text).encode(encoding)) == (text, encoding, 0)


@given(st.binary(max_size=400), st.sampled_from([None, *sorted(set(encodings.aliases.aliases.values()))]))
def test_bytes_never_raise_but_for_the_name(capture: bytes, declared: str | None) -> None:
    try:
        text, encoding, replacements = decode(capture, declared)
    except UnknownEncoding:
        assert declared is not None
        return
    assert 0 <= replacements <= text.count("\ufffd")
    assert encoding


@given(st.binary(max_size=200))
def test_a_page_may_declare_nonsense(label: bytes) -> None:
    assert decode(b'<meta charset="' + label + b'">\xff')[0]


@pytest.mark.parametrize(
    "capture",
    [
        random.Random(1).randbytes(8_000_000),
        b"\xff" * 8_000_000,
        b"\xe9 " * 4_000_000,
        b"\xe9" + b"a" * 8_000_000,
        b"<meta charset=" * 600_000 + b"\xff",
        b"<meta charset=gbk><meta charset=big5><meta charset=koi8-r>\xff" * 100_000,
        b"\0\x01" * 4_000_000,
    ],
    ids=["random", "high", "single", "late", "metas", "declarations", "zeros"],
)
def test_eight_megabytes_take_no_time(capture: bytes) -> None:
    begin = time.perf_counter()
    decode(capture)
    assert time.perf_counter() - begin < 4  # it takes less than 0.4


def test_sound_utf_8_costs_little_more_than_decoding() -> None:
    capture = ("<p>" + SIMPLIFIED + "</p>").encode() * 10_000
    plain, ours = (min(timed(read, capture) for _ in range(5)) for read in (bytes.decode, decode))
    assert ours < 3 * plain


def timed(read: object, capture: bytes) -> float:
    assert callable(read)
    begin = time.perf_counter()
    read(capture)
    return time.perf_counter() - begin


@cache
def pages() -> list[tuple[str, bytes]]:
    if not DATA.is_dir():
        pytest.skip(f"no development data at {DATA}")
    found = []
    for folder in ("portal", "zh69", "magic"):
        for path in sorted((DATA / folder / "html").iterdir()):
            raw = path.read_bytes()
            found.append((path.name, gzip.decompress(raw) if path.suffix == ".gz" else raw))
    return found


def test_development_pages_are_read_without_replacements_to_speak_of() -> None:
    legacy = 0
    for name, capture in pages():
        text, encoding, replacements = decode(capture)
        legacy += encoding != "utf-8"
        assert encoding in {"utf-8", "gb18030", "euc-jp"}, name
        assert replacements <= 0.001 * len(text), name
    assert legacy > 40


def test_development_pages_in_legacy_encodings_without_their_declaration() -> None:
    wrong, seen = [], 0
    for name, capture in pages():
        text, encoding, _ = decode(capture)
        bare = re.sub(rb"charset", b"c", capture, flags=re.IGNORECASE)
        if encoding == "utf-8":
            if len(re.findall("[\u4e00-\u9fff]", text)) < 200 or re.search("[\u3040-\u30ff가-힣]", text):
                continue
            bare = re.sub(r"(?i)charset", "c", text).encode("gb18030")
            encoding = "gb18030"
        seen += 1
        if decode(bare)[1] != encoding:
            wrong.append(name)
    assert seen > 100
    assert wrong == []
