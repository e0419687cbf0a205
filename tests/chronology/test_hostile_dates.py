"""Hostile and random texts: time linear in the text, spans in order, never an exception."""

from __future__ import annotations

import time

import pytest
from fuzz.invariant import check_dates
from hypothesis import given, settings
from hypothesis import strategies as st

from portalclean.chronology import find_dates, parse_moment

SIZE = 200_000
SECONDS_A_MILLION = 15.0
"""Ten times what the slowest of these takes; a quadratic scan takes minutes."""


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "2019",
        "2019-",
        "1/",
        "12:",
        " ",
        "jan ",
        "二〇",
        "2019年",
        "1.",
        "2019-09-07 ",
        "1\n",
        ")112",
        "1 h ",
        "2019-09-07((((((((",
        "2019-09-07" + " at" * 8,
        "12:30 ",
        "1 jan ",
    ],
)
def test_time_is_linear(unit: str) -> None:
    text = unit * (SIZE // len(unit))
    start = time.process_time()
    find_dates(text)
    assert time.process_time() - start < SECONDS_A_MILLION * SIZE / 1_000_000


def test_ten_million_digits() -> None:
    assert find_dates("7" * 10_000_000) == ()


PIECES = st.sampled_from(
    [
        "2019",
        "09",
        "07",
        "7",
        "-",
        "/",
        ".",
        "年",
        "月",
        "日",
        " ",
        "\n",
        ":",
        "19:53",
        "pm",
        "下午",
        "sep",
        "May",
        "ago",
        "hours",
        "前",
        "112",
        "民國",
        "二",
        "〇",
        "十",
        "GMT",
        "+08:00",
        "Z",
        "T",
        "(",
        ")",
        "at",
        "İ",
        "ß",
        "٣",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join)))
def test_spans_are_in_order_and_hold_the_raw_text(text: str) -> None:
    check_dates(text)
    parse_moment(text)
