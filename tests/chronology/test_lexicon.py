"""The words and zones of the lexicon, and the helpers that read them."""

from __future__ import annotations

import re
import sys
import unicodedata
from datetime import timedelta
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalclean.chronology.cues import Cue, cues_of
from portalclean.chronology.glyphs import TABLE, levelled
from portalclean.chronology.parse import find_dates
from portalclean.chronology.words import lexicon, trie_pattern, words
from portalclean.chronology.zones import host_zone, zone_at


def test_a_name_means_one_month_in_all_languages() -> None:
    seen: dict[str, int] = {}
    for language, months in lexicon("dates.toml")["months"].items():
        assert len(months) == 12, language
        for number, names in enumerate(months, start=1):
            for name in names.split("|"):
                assert seen.setdefault(name, number) == number, f"{language}: {name}"


def test_words_are_in_the_form_that_texts_are_brought_to() -> None:
    tables = lexicon("dates.toml")
    listed = chain.from_iterable(
        chain.from_iterable(table.values()) for name, table in tables.items() if name not in ("months", "head")
    )
    for word in [*words().months, *listed]:
        assert levelled(word) == word
        assert unicodedata.normalize("NFC", word) == word


def test_a_cue_says_one_thing() -> None:
    cues = lexicon("dates.toml")["cues"]
    every = list(chain.from_iterable(cues.values()))
    assert len(every) == len(set(every))
    assert set(cues) == {str(cue) for cue in Cue}


def test_every_character_keeps_its_place() -> None:
    for code in range(sys.maxunicode + 1):
        assert len(levelled(chr(code))) == 1
    assert all(isinstance(plain, str) and len(plain) == 1 for plain in TABLE.values())


@given(st.lists(st.text("abc", min_size=1, max_size=4), min_size=1, max_size=8), st.text("abc", max_size=6))
def test_a_trie_matches_the_longest_of_its_words(listed: list[str], text: str) -> None:
    match = re.match(trie_pattern(listed), text)
    longest = max((word for word in listed if text.startswith(word)), key=len, default=None)
    assert (match[0] if match else None) == longest


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("Published: Mar 8, 2024 · Modified: May 19, 2025", ["published", "updated"]),
        ("最新推荐文章于\u00a02023-09-04 17:53:10\u00a0发布", ["else"]),
        ("于 2023-03-12 13:08:03 发布", ["published"]),
        ("2023/2/21 21:20（2/21 22:08 更新）", [None, "updated"]),
        ("毎日新聞 2025/1/14 21:17（最終更新 1/14 21:17） 789文字", [None, "updated"]),
        ("成文日期：\t2022年01月27日", ["written"]),
        ("Joined: Sun Dec 17, 2023 11:18 am", ["else"]),
        ("Son Güncelleme : 30.04.2024 - 16:49", ["updated"]),
        ("Aktualizacja: 19.04.2026 19:45 Publikacja: 19.04.2026 19:05", ["updated", "published"]),
        ("2019-09-07 19:53:27　来源: 每日经济新闻", [None]),
        ("credited to Ann Lee, May 2, 2020", [None]),
    ],
)
def test_cues(text: str, cues: list[str | None]) -> None:
    assert list(cues_of(text, find_dates(text))) == cues


@pytest.mark.parametrize(
    ("host", "hours"),
    [
        ("news.163.com", 8),
        ("163.com", 8),
        ("x163.com", None),
        ("www.gov.cn", 8),
        ("www.cna.com.tw", 8),
        ("mainichi.jp", 9),
        ("www.chosun.com", 9),
        ("example.kr", 9),
        ("example.in", 5.5),
        ("example.com", None),
        ("example.ru", None),
        ("example.us", None),
        ("", None),
    ],
)
def test_zone_of_a_host(host: str, hours: float | None) -> None:
    zone = host_zone(host)
    assert (zone.utcoffset(None) if zone else None) == (None if hours is None else timedelta(hours=hours))


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("+08:00", 480),
        ("+0530", 330),
        (" -0700", -420),
        ("z", 0),
        (" gmt", 0),
        (" utc+1", 60),
        (" (utc)", 0),
        (" gmt+0800", 480),
        (" cst", None),
        (" estonia", None),
        ("+2019", None),
        ("-2019", None),
        ("", None),
    ],
)
def test_zone_beside_a_time(text: str, minutes: int | None) -> None:
    zone, end = zone_at("12:30" + text, 5, 5 + len(text))
    assert (zone.utcoffset(None) if zone else None) == (None if minutes is None else timedelta(minutes=minutes))
    assert end == 5 + (len(text) if zone else 0)
