from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalclean import read
from portalclean.labelling.features import features
from portalclean.labelling.text_features import text_features
from portalclean.labelling.weights import load_weights

HTML = """<html><head><title>The hill road - Hill News</title></head><body><nav><a href=/>Home</a></nav>
<h1 class="article-title">The hill road</h1><p>Before dawn the carts went up, one after another.</p>
<div class="related"><a href=/2>More on roads</a></div></body></html>"""


def test_both_doors_give_the_same_text_columns() -> None:
    page = read(HTML)
    text, structure = features(page)
    dumped, none = features(read("\n".join(page.texts), kind="text"))
    np.testing.assert_array_equal(text, dumped)
    assert structure is not None
    assert none is None


def test_the_columns_are_those_that_the_weights_know() -> None:
    weights = load_weights()
    text, structure = features(read(HTML))
    assert structure is not None
    assert text.shape[1] == len(weights.text_mean) == len(weights.text)
    assert structure.shape[1] == len(weights.structure_mean) == len(weights.structure)


def test_class_names_count_as_whole_words() -> None:
    def hinted(name: str) -> bytes:
        structure = features(read(f"<div class={name}>one</div>", kind="html"))[1]
        assert structure is not None
        return structure.tobytes()

    assert hinted("padding") == hinted("xyzzy") != hinted("ad")
    assert hinted("adBox") == hinted("ad-box")


@given(st.text(min_size=1).filter(str.strip), st.sampled_from(["html", "text"]))
def test_columns_are_finite_on_any_page(text: str, kind: str) -> None:
    page = read(text, kind=kind)
    if len(page):
        for part in features(page):
            assert part is None or bool(np.isfinite(part).all())


@pytest.mark.parametrize("repeat", [1, 40])
def test_a_repeated_unit_is_told(repeat: int) -> None:
    page = read("\n".join(["Home"] * repeat + ["News"]), kind="text")
    text, _ = features(page)
    assert (text[0] != text[-1]).any()


def test_the_line_that_says_most_of_the_prose_is_told() -> None:
    prose = "The hill road was closed before dawn, and the carts that wanted over the hill waited there. "
    page = read(f"Home\nWeather and travel\nHill road closed to carts\nShare\n{3 * prose}", kind="text")
    *_, says_most, _ = text_features(page)[1]
    told = [text for text, says in zip(page.texts, says_most.tolist(), strict=True) if says]
    assert told == ["Hill road closed to carts"]
