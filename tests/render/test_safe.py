from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from render_examples import texts

from portalclean.render.safe import one_line, readable, storable, visible

HIDDEN_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("a\u202egnp", r"a\u202egnp"),
        ("a\u2066b\u2069", r"a\u2066b\u2069"),
        ("a\u200bb", r"a\u200bb"),
        ("\U000e0041", r"\U000e0041"),
        ("a\r\n\tb", r"a\r\n\tb"),
        ("济宁“231” é 👍", "济宁“231” é 👍"),
        ("\ud800", "\ufffd"),
    ],
)
def test_what_would_steer_a_terminal_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(texts)
def test_visible_text_is_one_line_of_what_can_be_seen(text: str) -> None:
    assert not {unicodedata.category(character) for character in visible(text)} & HIDDEN_CATEGORIES


@given(texts)
def test_visible_text_can_keep_its_lines(text: str) -> None:
    kept = visible(text, keep_lines=True)
    assert kept.count("\n") == text.count("\n")
    assert kept.replace("\n", r"\n").replace("\t", r"\t") == visible(text)


@given(texts)
def test_storable_text_has_its_length_and_is_utf_8(text: str) -> None:
    assert len(storable(text).encode("utf-8").decode("utf-8")) == len(text)


@given(texts)
def test_readable_text_has_no_control_characters(text: str) -> None:
    controls = {character for character in readable(text) if unicodedata.category(character) in HIDDEN_CATEGORIES}
    assert controls <= {"\n", "\t"}


@given(texts)
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert line.splitlines() in ([line], [])
    assert line == one_line(line)
