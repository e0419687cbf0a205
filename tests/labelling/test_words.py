from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalclean.labelling.words import code_points, folded, runs_of, word_hits
from portalclean.lexicon import GROUPS, LANGUAGES, load_words


def counted(*units: str) -> list[dict[str, float]]:
    text = folded("\n".join(units))
    lengths = np.array([len(unit) for unit in units], dtype=np.int32)
    starts = (np.cumsum(lengths + 1) - lengths - 1).astype(np.int32)
    counts, _ = word_hits(runs_of(code_points(text)), starts, starts + lengths)
    return [{GROUPS[group]: float(row[group]) for group in np.flatnonzero(row)} for row in counts.T]


def test_words_are_counted_in_the_unit_that_has_them() -> None:
    share, footer, none = counted("分享到微博", "All Rights Reserved", "山路")
    assert "share" in share
    assert footer == {"footer": 1.0}
    assert none == {}


@pytest.mark.parametrize("text", ["padding", "homeland", "preshared"])
def test_words_of_spaced_scripts_are_whole(text: str) -> None:
    assert counted(text) == [{}]


def test_a_longer_word_hides_the_shorter_ones_in_it() -> None:
    assert counted("copyright notice") == [{"footer": 1.0}]
    (found,) = counted("privacy policy")
    assert found == {"footer": 1.0}


def test_a_word_over_the_edge_of_a_unit_is_none() -> None:
    assert counted("privacy", "policy") == [{"footer": 1.0}, {}]


@given(st.text(max_size=80))
def test_folding_keeps_every_character_in_place(text: str) -> None:
    assert len(folded(text)) == len(text)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip))
def test_hits_agree_with_a_plain_search(text: str) -> None:
    low = folded(text)
    found = counted(text)[0]
    for group, count in found.items():
        assert count <= sum(low.count(word) for word in load_words(group))


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_has_words_of_its_own(group: str) -> None:
    words = load_words(group)
    assert len(words) >= 10
    assert all(word == word.strip().lower() for word in words)


def test_every_language_is_read() -> None:
    assert len(LANGUAGES) == len(set(LANGUAGES)) >= 13
