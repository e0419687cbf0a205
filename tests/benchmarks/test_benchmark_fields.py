from __future__ import annotations

import pytest
from benchmarks.corpora import Door, Gold
from benchmarks.fields import Field, Judgement, Verdict, day, judge, judge_fields, normal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-09-07T19:53:27+08:00", "2019-09-07"),
        ("2019-09-07 19:53", "2019-09-07"),
        ("2019年9月7日", "2019-09-07"),
        ("2019/9/7", "2019-09-07"),
        ("1998-03", "1998-03"),
        ("1998", "1998"),
        ("yesterday", "yesterday"),
    ],
)
def test_days(text: str, expected: str) -> None:
    assert day(text) == expected


def test_titles_are_compared_by_letters_and_digits() -> None:
    assert normal("“Ａ　Walk” – part 2!") == normal('"a walk", Part 2')
    assert normal("A walk") != normal("A walk | Site")


@pytest.mark.parametrize(
    ("given", "answers", "expected"),
    [
        (("a",), ("a",), Judgement(Verdict.RIGHT, 1, 0, 0)),
        (("a", "x"), ("a", "b"), Judgement(Verdict.WRONG, 1, 1, 1)),
        ((), ("a", "b"), Judgement(Verdict.MISSING, 0, 0, 2)),
        (("x",), (), Judgement(Verdict.INVENTED, 0, 1, 0)),
        ((), (), Judgement(Verdict.NONE, 0, 0, 0)),
    ],
)
def test_verdicts(given: tuple[str, ...], answers: tuple[str, ...], expected: Judgement) -> None:
    assert judge(given, answers) == expected


def _verdict(field: Field, given: tuple[str, ...], gold: Gold, door: Door = Door.HTML) -> Verdict | None:
    judged = judge_fields({field: given}, gold, door)
    return judged[field].verdict if field in judged else None


def test_what_is_not_annotated_is_not_judged() -> None:
    assert _verdict(Field.TITLE, ("A",), Gold()) is None
    assert _verdict(Field.PUBLISHED, ("2020",), Gold(published={Door.HTML: None})) is None


def test_any_right_title_is_right_but_all_authors_are_wanted() -> None:
    gold = Gold(title=("Head", "Head Sub"), authors=("A", "B"))
    assert _verdict(Field.TITLE, ("Head: sub",), gold) is Verdict.RIGHT
    assert _verdict(Field.TITLE, ("Sub",), gold) is Verdict.WRONG
    assert _verdict(Field.AUTHORS, ("B", "a"), gold) is Verdict.RIGHT
    assert _verdict(Field.AUTHORS, ("A",), gold) is Verdict.WRONG


def test_dates_are_judged_by_the_day_or_less() -> None:
    gold = Gold(published={Door.HTML: ("2020-01-02T10:00", "2020-01-05"), Door.TEXT: ("1998-03",)})
    assert _verdict(Field.PUBLISHED, ("2020-01-02T23:59:59",), gold) is Verdict.RIGHT
    assert _verdict(Field.PUBLISHED, ("2020-01-05",), gold) is Verdict.RIGHT
    assert _verdict(Field.PUBLISHED, ("2020-01-03",), gold) is Verdict.WRONG
    assert _verdict(Field.PUBLISHED, ("2020-01",), gold) is Verdict.WRONG
    assert _verdict(Field.PUBLISHED, ("1998-03-17",), gold, Door.TEXT) is Verdict.RIGHT
    assert _verdict(Field.PUBLISHED, ("1998",), gold, Door.TEXT) is Verdict.WRONG


def test_an_empty_value_is_none_given() -> None:
    assert _verdict(Field.SOURCE, ("—",), Gold(source=())) is Verdict.NONE
    assert _verdict(Field.SOURCE, (), Gold(source=("S",))) is Verdict.MISSING
