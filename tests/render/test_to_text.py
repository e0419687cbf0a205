from __future__ import annotations

import pytest
from hypothesis import given
from render_examples import WALK, articles

from portalclean import Article
from portalclean.render.text import to_text


def test_the_title_a_blank_line_and_the_text() -> None:
    assert to_text(WALK) == "山路\n\n黎明出发。\nThe way up\nWe left."


@pytest.mark.parametrize(
    ("article", "text"),
    [
        (Article(), ""),
        (Article(title="山路"), "山路"),
        (Article(text="黎明出发。"), "黎明出发。"),
        (Article(title="a\nb", text="c\x1b[31m\r\nd\ud800"), "a b\n\nc[31m\nd\ufffd"),
    ],
)
def test_a_part_that_is_missing_leaves_no_trace(article: Article, text: str) -> None:
    assert to_text(article) == text


@given(articles)
def test_the_output_is_always_utf_8_without_control_characters(article: Article) -> None:
    text = to_text(article)
    assert text.encode("utf-8").decode("utf-8") == text
    assert not {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0))} - {"\n", "\t"} & set(text)
