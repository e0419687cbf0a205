from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from benchmarks.alignment import carry, match_characters, squeezed
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import alignment

if TYPE_CHECKING:
    import pytest

pieces = st.lists(st.text(alphabet="ab世界 \n　", max_size=8), max_size=6)


def test_white_space_of_every_kind_is_taken_out() -> None:
    assert squeezed(" a\u3000b\n\tc\xa0") == "abc"


def test_labels_cross_a_different_cut() -> None:
    carried = carry(["首页 新闻", "一条 长标题", "正文。"], [5, 0, 2], ["首页", "新闻一", "条长标题正文。"], kinds=12)
    assert carried.majority().tolist() == [5, 5, 0]
    assert carried.sizes.tolist() == [2, 3, 7]


def test_pieces_that_one_side_lacks_get_no_label() -> None:
    carried = carry(["menu", "body text"], [1, 2], ["advert!", "body text", " "], kinds=3)
    assert carried.majority().tolist() == [-1, 2, -1]


def test_a_piece_matched_by_less_than_the_least_share_gets_no_label() -> None:
    carried = carry(["abc"], [1], ["abcdefgh"], kinds=2)
    assert carried.majority().tolist() == [-1]
    assert carried.majority(least=0.3).tolist() == [1]


def test_nothing_to_carry() -> None:
    assert carry([], [], ["a"], kinds=2).majority().tolist() == [-1]
    assert carry(["a"], [0], [], kinds=2).majority().tolist() == []


@given(pieces)
def test_a_text_carries_its_own_labels(texts: list[str]) -> None:
    codes = [number % 3 for number in range(len(texts))]
    carried = carry(texts, codes, texts, kinds=3)
    wanted = [code if text.strip() else -1 for code, text in zip(codes, texts, strict=True)]
    assert carried.majority().tolist() == wanted


@given(st.text(alphabet="abc世", max_size=30), st.text(alphabet="abc世", max_size=30))
def test_matches_are_equal_characters_in_order(source: str, target: str) -> None:
    places = [(place, at) for at, place in enumerate(match_characters(source, target).tolist()) if place >= 0]
    assert all(source[place] == target[at] for place, at in places)
    assert all(before < after for (before, _), (after, _) in pairwise(places))


def test_long_texts_are_cut_at_anchors(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"line {number} of a page that is far too long" for number in range(300)]
    source, target = squeezed(" ".join(lines)), squeezed(" ".join(lines[100:]))
    whole = match_characters(source, target)
    monkeypatch.setattr(alignment, "LARGEST_TABLE", len(source) * 300)
    parts = match_characters(source, target)
    assert (whole == parts).mean() > 0.99


def test_texts_without_an_anchor_are_cut_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "LARGEST_TABLE", 10_000)
    places = match_characters("a" * 1000, "a" * 1000)
    assert places.tolist() == list(range(1000))
