from __future__ import annotations

import pytest
import turbohtml
from hypothesis import given
from hypothesis import strategies as st

import portalclean
from portalclean.paths import MAX_STEPS

TREES = st.recursive(
    st.sampled_from(["word", "other words", "<br>"]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["div", "p", "span", "ul", "li", "section", "b"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@given(TREES)
def test_a_path_leads_to_the_block_in_the_parsed_tree(markup: str) -> None:
    tree = turbohtml.parse(markup)
    for block in portalclean.extract(markup, kind="html").blocks:
        assert block.path is not None
        (element,) = tree.select(block.path)
        assert "".join(block.text.split()) in "".join(element.text.split())


@pytest.mark.parametrize("depth", [MAX_STEPS - 3, MAX_STEPS, 3000])
def test_deep_paths_are_cut_at_the_top(depth: int) -> None:
    (block,) = portalclean.extract("<div>" * depth + "deep", kind="html").blocks
    assert block.path is not None
    assert block.path.count(">") < MAX_STEPS
    assert turbohtml.parse("<div>" * depth + "deep").select(block.path)
