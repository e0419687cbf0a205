from __future__ import annotations

from datetime import date

import pytest

from portalclean import (
    Article,
    Block,
    Credit,
    EmptyBecause,
    Evidence,
    Heading,
    Label,
    PageType,
    Paragraph,
    Picture,
    PortalCleanError,
    Precision,
    Recommendation,
    Role,
)
from portalclean.joining import join

LEAD = Paragraph("导语：渡轮三日航程。")
CREDIT = Paragraph("（责任编辑：李四）")


def page(*body: Paragraph | Heading | Picture, **fields: object) -> Article:
    text = "\n".join(block.text for block in body if not isinstance(block, Picture))
    return Article(body=body, text=text, **fields)  # type: ignore[arg-type]


def test_bodies_follow_one_another_and_text_with_them() -> None:
    picture = Picture("https://news.example.com/1.jpg")
    joined = join([page(Paragraph("一。"), picture), page(Paragraph("二。")), page(Paragraph("三。"))])
    assert joined.body == (Paragraph("一。"), picture, Paragraph("二。"), Paragraph("三。"))
    assert joined.text == "一。\n二。\n三。"


def test_what_every_page_repeats_is_kept_once() -> None:
    first = page(LEAD, Paragraph("一。"), CREDIT, title="渡轮三日")
    second = page(Heading("渡轮三日", 2), LEAD, Paragraph("二。"), CREDIT, title="渡轮三日")
    third = page(LEAD, Paragraph("三。"), CREDIT, title="渡轮三日")
    joined = join([first, second, third])
    assert joined.text == "\n".join([LEAD.text, "一。", "二。", "三。", CREDIT.text])


def test_a_line_that_is_body_twice_stays_twice() -> None:
    joined = join(
        [
            page(Paragraph("问：何时开船？"), Paragraph("黎明。")),
            page(Paragraph("次日。"), Paragraph("黎明。"), Paragraph("又开。")),
        ]
    )
    assert joined.text.split("\n") == ["问：何时开船？", "黎明。", "次日。", "黎明。", "又开。"]


def test_people_and_recommendations_are_merged() -> None:
    reporter = Credit("张三", Role.REPORTER, "记者 张三")
    again = Credit("张三", Role.REPORTER, "记者张三")
    editor = Credit("张三", Role.EDITOR, "编辑 张三")
    gale = Recommendation("大风", "https://news.example.com/gale")
    joined = join(
        [
            page(authors=("张三",), credits=(reporter,), recommendations=(gale,)),
            page(
                authors=("张三", "李四"),
                credits=(again, editor),
                recommendations=(gale, Recommendation("潮汐")),
            ),
        ]
    )
    assert joined.authors == ("张三", "李四")
    assert joined.credits == (reporter, editor)
    assert [item.title for item in joined.recommendations] == ["大风", "潮汐"]


def test_a_date_comes_whole_from_the_first_page_that_has_one() -> None:
    dated = page(
        published=date(2024, 5, 1),
        published_raw="2024年5月1日",
        published_precision=Precision.DAY,
        modified=date(2024, 5, 2),
    )
    joined = join([page(published=None), dated, page(published=date(2024, 6, 1), published_raw="6月1日")])
    assert (joined.published, joined.published_raw) == (date(2024, 5, 1), "2024年5月1日")
    assert joined.published_precision is Precision.DAY
    assert joined.modified == date(2024, 5, 2)


def test_the_rest() -> None:
    block = Block("一。", Label.BODY, 0.9, "given")
    evidence = Evidence("text", "given", "一。", 0)
    first = page(
        Paragraph("一。"),
        url="https://a.example/1",
        next_page="https://a.example/2",
        confidence=0.9,
        blocks=(block,),
    )
    second = page(
        Paragraph("二。"),
        url="https://a.example/2",
        confidence=0.4,
        source="每日网",
        blocks=(block,),
        evidence=(evidence, Evidence("source", "head", "每日网")),
        page_type=PageType.ARTICLE,
    )
    joined = join(iter([first, second]))
    assert (joined.url, joined.next_page, joined.confidence) == ("https://a.example/1", None, 0.4)
    assert (joined.source, joined.page_type, len(joined.blocks)) == ("每日网", PageType.ARTICLE, 2)
    assert [item.block for item in joined.evidence] == [1, None]


def test_one_page_is_itself() -> None:
    article = page(LEAD, CREDIT, title="渡轮三日", next_page="https://a.example/2", confidence=0.5)
    assert join([article]) == article


def test_text_without_typed_blocks_is_kept() -> None:
    assert join([Article(text="一。\n二。"), page(Paragraph("三。"))]).text == "一。\n二。\n三。"


def test_an_empty_page_does_not_empty_the_article() -> None:
    empty = Article(empty_because=EmptyBecause.CAPTCHA)
    assert join([page(Paragraph("一。")), empty]).empty_because is None
    assert join([empty, empty]).empty_because is EmptyBecause.CAPTCHA


def test_no_pages_are_an_error() -> None:
    with pytest.raises(PortalCleanError, match="at least one"):
        join([])
