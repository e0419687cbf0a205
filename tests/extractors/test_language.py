from __future__ import annotations

import sys

import pytest
from byline_pages import LONG_BODY, reading_of

from portalclean.extractors.language import extract_language, scripts_of
from portalclean.page import Head, Label

ENGLISH = "The council met on Monday to decide whether the old library should be rebuilt next to the river. " * 4
GERMAN = "Der Rat kam am Montag zusammen, um über den Neubau der alten Bibliothek am Fluss zu entscheiden. " * 4
DANISH = "Rådet mødtes mandag for at beslutte, om det gamle bibliotek skal genopbygges ved siden af åen. " * 4
UKRAINIAN = "Рада зібралася в понеділок, щоб вирішити, чи варто відбудовувати стару бібліотеку біля річки. " * 4
RUSSIAN = "Совет собрался в понедельник, чтобы решить, стоит ли перестраивать старую библиотеку у реки. " * 4

TEXTS: list[tuple[str, str | None, str | None]] = [
    (LONG_BODY, None, "zh"),
    (LONG_BODY, "en", "zh"),
    ("索尼與鎧俠業績遭波及，已向美國申請供貨華為。", None, "zh"),
    (
        "本文会以多个实际的线上例子 OutOfMemoryError at java.lang.Thread，分享自己对于线程池的认识与理解。",
        None,
        "zh",
    ),
    ("韓国の大統領は夜、緊急談話を出し、非常戒厳を宣言した。", None, "ja"),
    ("東京都知事選", "ja", "ja"),
    ("東京都知事選", None, "zh"),
    ("대통령이 오늘 국회에서 연설했다.", None, "ko"),
    ("大統領(대통령)이 國會에서 연설했다고 전했다.", None, "ko"),
    (ENGLISH, None, "en"),
    (ENGLISH, "de", "en"),
    (ENGLISH, "en-GB", "en"),
    (GERMAN, None, "de"),
    (GERMAN, "en", "de"),
    (DANISH, "da", "da"),
    (DANISH, "no", "no"),
    ("Kort", "sv", "sv"),
    (UKRAINIAN, None, "uk"),
    (RUSSIAN, None, "ru"),
    (RUSSIAN, "ru_RU", "ru"),
    ("وقال الوزير إن المشروع سيبدأ في العام المقبل بعد توقيع العقد مع الجامعة.", "ar", "ar"),
    ("แม่น้ำเจ้าพระยามีระดับน้ำสูงขึ้น", None, "th"),
    ("Η κυβέρνηση ανακοίνωσε νέα μέτρα", None, "el"),
    ("הממשלה הודיעה על צעדים חדשים", None, "he"),
    ("समस्तीपुर के बंगरा थाना क्षेत्र में पुलिस ने दो बदमाशों को पकड़ा है और पूछताछ जारी है।", "hi", "hi"),
    ("12:30 — 45 %", None, None),
    ("", "en", None),
]


@pytest.mark.parametrize(("text", "declared", "expected"), TEXTS)
def test_the_language_of_a_text(text: str, declared: str | None, expected: str | None) -> None:
    reading = reading_of((Label.BODY, text), head=Head(language=declared))
    assert extract_language(reading).fields["language"] == expected


def test_latin_letters_are_not_chinese_whatever_the_page_declares() -> None:
    reading = reading_of((Label.BODY, "Kort"), head=Head(language="zh-CN"))
    assert extract_language(reading).fields["language"] != "zh"


def test_the_text_counts_and_not_the_menu() -> None:
    reading = reading_of((Label.NAVIGATION, "首页 新闻 体育 财经 娱乐 " * 30), (Label.BODY, ENGLISH))
    assert extract_language(reading).fields["language"] == "en"


def test_without_text_the_whole_page_counts() -> None:
    assert extract_language(reading_of((Label.NAVIGATION, "首页 新闻 体育"))).fields["language"] == "zh"


def test_a_meta_element_declares_too() -> None:
    reading = reading_of((Label.BODY, DANISH), head=Head(meta={"og:locale": ("nb_NO",)}))
    assert extract_language(reading).fields["language"] == "nb"


def test_a_chinese_page_needs_no_detector(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "turbohtml.detect", None)
    assert extract_language(reading_of((Label.BODY, LONG_BODY))).fields["language"] == "zh"


def test_evidence_says_what_decided() -> None:
    declared = extract_language(reading_of((Label.BODY, ENGLISH), head=Head(language="en")))
    assert [(item.reason, item.raw) for item in declared.evidence] == [("declared by the page", "en")]
    assert extract_language(reading_of((Label.BODY, LONG_BODY))).evidence[0].reason == "script of the text"


def test_scripts_are_counted_by_character() -> None:
    assert scripts_of("Tokyo 東京タワー、Москва 1") == {"latin": 5, "cyrillic": 6, "kana": 3, "han": 2}
    assert scripts_of("\ud800 𝒳 😀") == {}
