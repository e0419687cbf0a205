from __future__ import annotations

import portalclean
from portalclean import Label, Pipeline
from portalclean.labelling.rules import label_by_rules

PAGE = """网易首页 > 网易山东 > 正文
一座老粮仓的四季
2022-06-18 07:12:05 来源：山东新闻
入夏以来，沂河镇把闲置多年的老粮仓改成了读书屋，傍晚散步的居民多了起来，孩子们在窗边写作业。
负责人说，读书屋由镇上的年轻人经营，书是居民们捐的，开门第一个月就来了两千多人，周末常常坐得满满当当。
(文:袁小舟)
相关推荐
失传的青花配方被一个中学老师复原了
版权所有 不良信息举报"""


def test_the_rules_label_a_plain_page() -> None:
    article = portalclean.extract(PAGE, kind="text", pipeline=Pipeline().replace("label", label_by_rules))
    assert [block.label for block in article.blocks] == [
        Label.BREADCRUMB,
        Label.TITLE,
        Label.BYLINE,
        Label.BODY,
        Label.BODY,
        Label.BYLINE,
        Label.RECOMMENDATION,
        Label.RECOMMENDATION,
        Label.FOOTER,
    ]


def test_every_verdict_of_the_rules_has_a_reason() -> None:
    article = portalclean.extract(PAGE, kind="text", pipeline=Pipeline().replace("label", label_by_rules))
    assert all(block.reason and 0 < block.confidence <= 1 for block in article.blocks)


def test_an_empty_page_has_no_verdicts() -> None:
    article = portalclean.extract("", kind="text", pipeline=Pipeline().replace("label", label_by_rules))
    assert article.blocks == ()
