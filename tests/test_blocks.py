from __future__ import annotations

import numpy as np

from portalclean import Label, Reading, Verdicts, read
from portalclean.blocks import join_units
from portalclean.page import LABEL_CODES

LONG = "这条路从山脚一直通到山顶，路边长满了野草。" * 14 + "\n来源：山报"


def labelled(text: str, labels: list[Label]) -> Reading:
    page = read(text, kind="text")
    codes = np.array([LABEL_CODES[label] for label in labels], dtype=np.int8)
    sure = np.linspace(1.0, 0.5, len(page), dtype=np.float32)
    return Reading(page, verdicts=Verdicts(codes, sure, [f"reason {unit}" for unit in range(len(page))]))


def test_units_of_one_line_are_joined_where_labels_agree() -> None:
    units = len(read(LONG, kind="text"))
    assert units == 15
    joined = join_units(labelled(LONG, [Label.BODY] * 14 + [Label.BYLINE]))
    assert [block.text for block in joined.blocks] == LONG.split("\n")
    assert list(joined.first_units) == [0, 14]


def test_a_line_is_cut_where_labels_change() -> None:
    joined = join_units(labelled(LONG, [Label.BODY] * 10 + [Label.SHARE] * 4 + [Label.BYLINE]))
    assert [block.label for block in joined.blocks] == [Label.BODY, Label.SHARE, Label.BYLINE]


def test_a_block_is_as_sure_as_its_least_sure_unit() -> None:
    joined = join_units(labelled(LONG, [Label.BODY] * 14 + [Label.BYLINE]))
    assert joined.blocks[0].confidence == 0.536
    assert joined.blocks[0].reason == "reason 0"


def test_offsets_index_the_text() -> None:
    for block in join_units(labelled(LONG, [Label.BODY] * 15)).blocks:
        assert LONG[block.start : block.end] == block.text
