from __future__ import annotations

import numpy as np
import pytest

from portalclean import Label, Reading, Verdicts, read
from portalclean.labelling.network import FRAGMENT
from portalclean.labelling.revision import revise_labels
from portalclean.page import LABEL_CODES


def revised(lines: list[tuple[str, Label]]) -> dict[int, Label]:
    page = read("\n".join(text for text, _ in lines), kind="text")
    codes = np.array([LABEL_CODES[label] for _, label in lines], dtype=np.int8)
    verdicts = Verdicts(codes, np.full(len(page), 0.5, dtype=np.float32), ["test"] * len(page))
    claims = revise_labels(Reading(page, verdicts=verdicts))
    return {unit: verdict.label for unit, verdict in claims.verdicts.items()}


@pytest.mark.parametrize("count", ["0", "2,323", "1.2万"])
def test_a_bare_count_beside_a_share_line_is_share(count: str) -> None:
    assert revised([("山路", Label.TITLE), (count, Label.BYLINE), ("分享至", Label.SHARE)]) == {1: Label.SHARE}


@pytest.mark.parametrize(
    ("text", "label"), [("2019-09-07", Label.BYLINE), ("3", Label.RECOMMENDATION), ("第3页", Label.NAVIGATION)]
)
def test_other_lines_keep_their_label(text: str, label: Label) -> None:
    assert revised([("山路", Label.TITLE), (text, label), ("分享至", Label.SHARE)]) == {}


def test_a_count_elsewhere_keeps_its_label() -> None:
    assert revised([("山路", Label.TITLE), ("7", Label.NAVIGATION), ("首页", Label.NAVIGATION)]) == {}


def test_a_heading_of_recommendations_belongs_to_the_list_under_it() -> None:
    menu, listed = Label.NAVIGATION, Label.RECOMMENDATION
    lines = [("首页", menu), ("相关推荐", menu), ("热点推荐", menu), ("山路在清晨开通了", listed), ("相关推荐", menu)]
    assert revised([("山路开通", Label.BODY), *lines, ("首页", menu)]) == {2: listed, 3: listed}


def test_without_a_labeller_nothing_is_revised() -> None:
    assert revise_labels(Reading(read("0\n分享至", kind="text"))).verdicts == {}


@pytest.mark.parametrize("credit", ["(文:袁小舟)", "（责任编辑：林一）", "（編輯：林一）1120221"])
def test_a_credit_in_brackets_is_byline(credit: str) -> None:
    assert revised([("黎明时分出发。", Label.BODY), (credit, Label.BODY)]) == {1: Label.BYLINE}


def test_other_brackets_stay_in_the_text() -> None:
    assert revised([("（注：此路不通）", Label.BODY), ("（责任编辑：林一）", Label.RECOMMENDATION)]) == {}


def test_the_only_prose_of_a_page_is_its_body() -> None:
    prose = "入夏以来，老粮仓改成了读书屋。傍晚散步的居民多了起来，孩子们在窗边写作业。" * 3
    assert revised([(prose, Label.OTHER), ("页面不存在。请返回。", Label.OTHER)]) == {0: Label.BODY}
    assert revised([(prose, Label.OTHER), ("黎明时分出发。", Label.BODY)]) == {}


@pytest.mark.parametrize(
    ("markup", "titles"),
    [
        ("<h1>山路开通</h1><p>清晨。</p>", ["山路开通"]),
        ("<h1>山路</h1><h1>开通</h1><p>清晨。</p>", []),
        ("<h1 hidden>山路开通</h1><p>清晨。</p>", []),
        ("<h1>山路开通</h1>" + "<p>清晨。</p>" * FRAGMENT, []),
    ],
)
def test_the_only_heading_of_a_fragment_without_a_title_is_it(markup: str, titles: list[str]) -> None:
    page = read(markup, kind="html")
    codes = np.full(len(page), LABEL_CODES[Label.BODY], dtype=np.int8)
    verdicts = Verdicts(codes, np.full(len(page), 0.5, dtype=np.float32), ["test"] * len(page))
    claims = revise_labels(Reading(page, verdicts=verdicts)).verdicts
    assert [page.texts[unit] for unit, verdict in claims.items() if verdict.label is Label.TITLE] == titles
