"""The quick refusal of lines without a date must never refuse one that has a date."""

from __future__ import annotations

from itertools import product

import pytest

from portalclean.chronology import find_dates
from portalclean.chronology.words import lexicon, words
from portalclean.listings.moments import date_mentions, may_state_date

TITLE = "老桥修好了"
DATES = [
    *("2020-03-04", "2020.3.4", "2020/03/04 07:45", "2020 - 3 - 4", "03/04/2020", "4.3.2020", "18-03-08", "109.3.4"),
    *("20240513", "20240513125214", "(编辑)1130304", "2020\n3-4", "4\n2020-03", "4\n2020年3"),
    *(
        "2020年3月4日",
        "2020年 3月 4 日",
        "2020年3月",
        "3月4日",
        "二〇二〇年三月四日",
        "令和2年3月4日",
        "令和元年5月1日",
    ),
    *("民國109年3月4日", "2020년 3월 4일", "３月４日", "２０２０－０３－０４", "2020／03／04"),
    *("3-4 07:45", "07:45 3/4", "3.4 07.45 uhr", "3/4 7h45", "3-4 7 pm", "3-4 7點", "3/4 下午7时5分"),
    *(
        "3rd of March 2020",
        "March 3, 2020",
        "3.März 2020",
        "le 1er août 2020",
        "3 de marzo de 2020",
        "ngày 3 may, 2020",
    ),
    *("Mar'20 2020", "2020 m. birželio 3", "3Mar2020", "21 сен", "١٢ مارس ٢٠٢٠", "12 كانون الثاني 2020"),
    *(
        "hace 3 horas",
        "il y a 2 heures",
        "vor einem Jahr",
        "il y a un mois",
        "an hour ago",
        "A DAY AGO",
        "半小时前",
        "3 시간 전",
    ),
    *("今天 09:14", "yesterday at 9:14", "gestern 9.14 Uhr", "昨天", "just now", "Aujourd’hui"),
]


@pytest.mark.parametrize("date", DATES)
def test_dates_are_found_alone_and_beside_a_title(date: str) -> None:
    for line in (date, f"{TITLE} {date}", f"{date} {TITLE}", f"({date})", date.upper()):
        assert date_mentions(line) == find_dates(line)


def test_every_month_is_found() -> None:
    forms = ("3 {} 2020", "{} 3, 2020", "2020 {} 3", "{} 2020", "{} 3", "3. {}", "3{}")
    for name, form in product(words().months, forms):
        line = form.format(name)
        assert may_state_date(line) or not find_dates(line), line


def test_every_age_is_found() -> None:
    table = lexicon("dates.toml")["relative"]
    lines = [count + space + unit for count in ("3", "一", "an") for space in ("", " ") for unit in table["units"]]
    lines += [word + tail for word in table["words"] for tail in ("", " 12:30", " 7 pm", " 12時30分")]
    lines += [f"{word} 3 x" for word in table["counted"]]
    for line in lines:
        assert may_state_date(line) or not find_dates(line), line


@pytest.mark.parametrize(
    "line", ["21岁小将加时连得7分", "半场-北港1-0云州", "1.6 million trees in 2021", "3个月内两次感染"]
)
def test_lines_with_figures_and_no_date_are_refused(line: str) -> None:
    assert not may_state_date(line)
