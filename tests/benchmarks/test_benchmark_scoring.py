from __future__ import annotations

import pytest
from benchmarks.scoring import (
    PRF,
    Overlap,
    bag_f1,
    lcs_f1,
    mean_prf,
    shingle_overlap,
    snippets_found,
    tokens,
)
from hypothesis import given
from hypothesis import strategies as st

texts = st.text(alphabet="ab Bc,世界かナ한٣\n", max_size=40)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a walk, a talk", ["a", "walk", "a", "talk"]),
        ("5G手机2.0", ["5G", "手", "机", "2", "0"]),
        ("ひらがなカー", ["ひ", "ら", "が", "な", "カ", "ー"]),
        ("サム・スン ｱｲ", ["サ", "ム", "ス", "ン", "ｱ", "ｲ"]),
        ("한국어 text", ["한", "국", "어", "text"]),
        ("时々、〇〇", ["时", "々", "〇", "〇"]),
        ("𠮷野家", ["𠮷", "野", "家"]),
        ("Привет мир_1", ["Привет", "мир_1"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_order_counts_for_the_subsequence_alone() -> None:
    assert bag_f1("c b a", "a b c") == 1.0
    assert lcs_f1("c b a", "a b c") == pytest.approx(1 / 3)


def test_case_counts_for_the_subsequence_alone() -> None:
    assert bag_f1("A Walk", "a walk") == 1.0
    assert lcs_f1("A Walk", "a walk") == 0.0


def test_repeats_are_counted() -> None:
    assert bag_f1("a a a a", "a") == pytest.approx(2 / 5)
    assert lcs_f1("世世", "世") == pytest.approx(2 / 3)


@pytest.mark.parametrize("f1", [bag_f1, lcs_f1])
def test_empty_texts(f1) -> None:  # type: ignore[no-untyped-def]
    assert f1("", " ,") == 1.0
    assert f1("", "a") == 0.0
    assert f1("a", "…") == 0.0


@given(texts, texts)
def test_both_f1_are_symmetric_shares(left: str, right: str) -> None:
    for f1 in (bag_f1, lcs_f1):
        assert 0.0 <= f1(left, right) <= 1.0
        assert f1(left, right) == f1(right, left)
        assert f1(left, left) == 1.0


@given(texts, texts)
def test_the_subsequence_never_beats_the_bag(left: str, right: str) -> None:
    assert lcs_f1(left, right) <= bag_f1(left, right)


@given(texts, texts)
def test_junk_at_the_end_costs(text: str, junk: str) -> None:
    assert lcs_f1(f"{text} {junk} zz", text) < 1.0


@given(texts, texts)
def test_overlap_is_a_partition(left: str, right: str) -> None:
    overlap = shingle_overlap(left, right)
    assert min(overlap) >= 0.0
    assert sum(overlap) == pytest.approx(1.0 if tokens(left) or tokens(right) else 0.0)
    swapped = shingle_overlap(right, left)
    assert swapped == Overlap(overlap.both, overlap.gold_only, overlap.predicted_only)


def test_a_short_text_is_one_shingle() -> None:
    assert shingle_overlap("a b", "a b") == Overlap(1.0, 0.0, 0.0)
    assert shingle_overlap("a b", "b a").both == 0.0


def test_mean_prf_leaves_out_what_has_no_precision_or_recall() -> None:
    pages = [shingle_overlap("a b c d e", "a b c d"), shingle_overlap("", "a"), shingle_overlap("", "")]
    assert mean_prf(pages) == PRF(0.5, 0.5, 0.5)
    assert mean_prf([]) == PRF(0.0, 0.0, 0.0)


def test_snippets_are_found_in_any_case() -> None:
    assert snippets_found("A Walk", ["a walk", "talk"]) == 0.5
    assert snippets_found("A Walk", []) is None
