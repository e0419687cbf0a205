from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from textwrap import fill

import numpy as np
import pytest
from labelled_pages import all_body, labelled

from portalclean import (
    BodyBlock,
    Code,
    Heading,
    Label,
    ListItem,
    PageType,
    Paragraph,
    Picture,
    Quote,
    Reading,
    Table,
    extract,
)
from portalclean.extractors.body import SURE, extract_body

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
URL = "https://news.example.com/2024/05/ferry.html"
PROSE = "渡轮清晨离港，船上载有四十名乘客和两辆货车，海面平静，能见度良好。"


def body_of(reading: Reading) -> tuple[BodyBlock, ...]:
    fields = extract_body(reading).fields
    lines = [block.text for block in fields["body"] if not isinstance(block, Picture)]
    assert fields["text"] == "\n".join(lines)
    return fields["body"]


TYPED: list[tuple[str, list[BodyBlock]]] = [
    ("<div><p>一段。</p><p>二段。</p></div>", [Paragraph("一段。"), Paragraph("二段。")]),
    ("<p>　　首行<br>　　次行</p>", [Paragraph("首行"), Paragraph("次行")]),
    ("<h2>一、起因</h2><p>风起。</p>", [Heading("一、起因", 2), Paragraph("风起。")]),
    ("<h3><span>风</span><br>雨</h3><p>大。</p>", [Heading("风 雨", 3), Paragraph("大。")]),
    ("<p><strong>一、起因</strong></p>", [Paragraph("一、起因")]),
    ("<ul><li>flour</li><li>salt</li></ul>", [ListItem("flour"), ListItem("salt")]),
    (
        "<ol><li>Mix<ul><li>flour</li></ul></li><li>Bake</li></ol>",
        [ListItem("Mix", True, 1), ListItem("flour", False, 2), ListItem("Bake", True, 1)],
    ),
    (
        "<ul><li><p>One.</p><p>Two.</p></li><li>Three<br>Four</li></ul>",
        [ListItem("One.\nTwo."), ListItem("Three\nFour")],
    ),
    (
        "<blockquote><p>春眠不觉晓</p><p>处处闻啼鸟</p></blockquote><p>孟浩然</p>",
        [Quote("春眠不觉晓\n处处闻啼鸟"), Paragraph("孟浩然")],
    ),
    ("<blockquote><ul><li>one</li></ul></blockquote>", [ListItem("one")]),
    ("<ul><li><h3>Ferry</h3>It sails.</li></ul>", [Heading("Ferry", 3), ListItem("It sails.")]),
    (
        "<pre><code>def f():\n    return 1\n</code></pre><p>So.</p>",
        [Code("def f():\n    return 1"), Paragraph("So.")],
    ),
    (
        "<dl><dt>Tide</dt><dd>The rise of the sea.</dd></dl>",
        [Paragraph("Tide"), Paragraph("The rise of the sea.")],
    ),
]


@pytest.mark.parametrize(("markup", "blocks"), TYPED)
def test_markup_types_the_blocks(markup: str, blocks: list[BodyBlock]) -> None:
    assert body_of(all_body(markup)) == tuple(blocks)


def test_a_data_table_is_one_table_with_its_empty_cells() -> None:
    rows = "<tr><th>年份</th><th>班次</th></tr><tr><td>2020</td><td></td></tr><tr><td>2021</td><td>十<br>二</td></tr>"
    body = body_of(all_body(f"<p>{PROSE}</p><table>{rows}</table><p>完。</p>"))
    assert body[1] == Table((("年份", "班次"), ("2020", ""), ("2021", "十 二")))
    assert [type(block) for block in body] == [Paragraph, Table, Paragraph]


def test_the_caption_of_a_table_stands_before_it() -> None:
    rows = "<tr><td>2020</td><td>8</td></tr><tr><td>2021</td><td>9</td></tr>"
    body = body_of(all_body(f"<table><caption>历年班次</caption>{rows}</table>"))
    assert body == (Paragraph("历年班次"), Table((("2020", "8"), ("2021", "9"))))


FILLED = "<tr><td>丙</td><td>丁</td></tr>"
LAYOUTS = {
    "single column": f"<table><tr><td>{PROSE}</td></tr><tr><td>次日复航。</td></tr></table>",
    "nested": f"<table>{FILLED}<tr><td>甲</td><td><table><tr><td>{PROSE}</td></tr></table></td></tr></table>",
    "an article beside a menu": f"<table>{FILLED}<tr><td>体育</td><td>{PROSE * 8}</td></tr></table>",
    "a role": f"<table role=presentation><tr><td>甲</td><td>乙</td></tr>{FILLED}</table>",
    "headings": f"<table><tr><td><h2>甲</h2></td><td>乙</td></tr>{FILLED}</table>",
}


@pytest.mark.parametrize("markup", LAYOUTS.values(), ids=LAYOUTS)
def test_tables_that_lay_out_the_page_are_seen_through(markup: str) -> None:
    assert not [block for block in body_of(all_body(markup)) if isinstance(block, Table)]


def test_elements_that_hold_the_whole_article_do_not_type_it() -> None:
    paragraphs = "".join(f"<p>{PROSE}</p>" for _ in range(10))
    for markup in (
        f"<ul><li>{paragraphs}</li></ul>",
        f"<blockquote>{paragraphs}</blockquote>",
        f"<h2>{paragraphs}</h2>",
    ):
        assert {type(block) for block in body_of(all_body(markup))} == {Paragraph}


def test_only_blocks_of_the_body_count() -> None:
    markup = "<p>Home</p><p>It rained.</p><p style='display:none'>Menu</p><p>Share</p>"
    assert body_of(labelled(markup, {"rained": Label.BODY, "Share": Label.SHARE})) == (Paragraph("It rained."),)


def test_a_page_without_body_has_empty_text() -> None:
    fields = extract_body(labelled("<p>Home</p>", {})).fields
    assert (fields["text"], fields["body"]) == ("", ())


@pytest.mark.parametrize(
    "notice",
    [
        "<noscript>You need to enable JavaScript to run this app.</noscript>",
        "<p>We're sorry but this app doesn't work properly without JavaScript enabled.</p><p>Loading…</p>",
        "<p>请启用JavaScript后再访问本站。</p>",
    ],
)
def test_the_notice_of_a_script_shell_is_no_body_whatever_its_label(notice: str) -> None:
    extracted = extract_body(all_body(f"<div id=app></div>{notice}<script src=/app.js></script>"))
    assert extracted.fields == {"text": "", "body": ()}
    assert [evidence.chosen for evidence in extracted.evidence] == [False]


def test_an_article_about_scripts_is_one() -> None:
    markup = "<p>How to enable JavaScript in an old browser.</p><p>Open the settings and look for a gear.</p>"
    assert extract_body(all_body(markup)).fields["text"].startswith("How to enable JavaScript")


def test_a_credit_glued_to_the_last_paragraph_stays() -> None:
    assert body_of(all_body("<p>船已抵港。（记者 张三）</p>")) == (Paragraph("船已抵港。（记者 张三）"),)


def test_a_wrapped_dump_is_unwrapped() -> None:
    sentence = "The ferry left at dawn with forty people and two lorries aboard while the sea lay calm. " * 6
    reading = labelled(fill(sentence, width=60), {"ferry": Label.BODY}, kind="text")
    assert reading.page.text.count("\n") > 5
    assert body_of(reading) == (Paragraph(sentence.strip()),)


def test_a_dump_gives_paragraphs_and_keeps_its_captions() -> None:
    dump = "要闻\n渡轮离港。\n图：渡轮在码头\n次日抵达。"
    reading = labelled(dump, {"离港": Label.BODY, "图：": Label.CAPTION, "抵达": Label.BODY}, kind="text")
    assert body_of(reading) == (
        Paragraph("渡轮离港。"),
        Picture(caption="图：渡轮在码头"),
        Paragraph("次日抵达。"),
    )


ARTICLE = {"渡轮": Label.BODY, "图：": Label.CAPTION, "标题": Label.TITLE, "推荐": Label.RECOMMENDATION}


def pictures_of(markup: str, url: str | None = URL) -> list[Picture]:
    reading = labelled(markup, {part: label for part, label in ARTICLE.items() if part in markup}, url=url)
    return [block for block in body_of(reading) if isinstance(block, Picture)]


def test_a_picture_stands_where_it_stood_with_its_caption() -> None:
    markup = (
        "<h1>标题</h1><div id=article><p>渡轮离港。</p>"
        "<figure><img src='/a/1.jpg' alt=' 渡 轮 '><figcaption>图：码头</figcaption></figure>"
        "<p>渡轮抵达。</p></div>"
    )
    reading = labelled(markup, {"图：": Label.CAPTION, "渡轮": Label.BODY, "标题": Label.TITLE}, url=URL)
    picture = Picture("https://news.example.com/a/1.jpg", "渡 轮", "图：码头")
    assert body_of(reading) == (Paragraph("渡轮离港。"), picture, Paragraph("渡轮抵达。"))


def test_a_lead_picture_inside_the_article_counts_and_the_page_banner_does_not() -> None:
    markup = "<img src=/banner.jpg><h1>标题</h1><div><p><img src=/lead.jpg></p><p>渡轮离港。</p></div>"
    assert [picture.url for picture in pictures_of(markup)] == ["https://news.example.com/lead.jpg"]


def test_thumbnails_of_recommendations_between_paragraphs_do_not_count() -> None:
    markup = (
        "<div><p>渡轮离港。</p><div class=rel><a href=/x><img src=/thumb.jpg>推荐阅读</a></div>"
        "<p><img src=/own.jpg></p><p>渡轮抵达。</p></div><img src=/after.jpg>"
    )
    assert [picture.url for picture in pictures_of(markup)] == ["https://news.example.com/own.jpg"]


@pytest.mark.parametrize(
    "image",
    [
        "<img src='data:image/gif;base64,R0lGOD'>",
        "<img src=/img/c.gif>",
        "<img src=/static/icons/mail.svg>",
        "<img src=/img/qrcode_app.png>",
        "<img src=/img/pixel.png?id=3>",
        "<img src=/img/facebook_24.jpg>",
        "<img class='author avatar' src=/u/8.jpg>",
        "<img src=/a/8.jpg alt=广告>",
        "<img src=javascript:void(0)>",
        "<img src='https://['>",
        "<img src=''>",
    ],
)
def test_images_that_are_no_pictures_are_left_out(image: str) -> None:
    assert not pictures_of(f"<div><p>渡轮离港。</p><p>{image}</p><p>渡轮抵达。</p></div>")


@pytest.mark.parametrize("name", ["silicon.jpg", "catalogue.jpg", "facebook-headquarters.jpg", "rabbit.gif"])
def test_words_count_whole(name: str) -> None:
    assert pictures_of(f"<div><p>渡轮离港。</p><p><img src=/a/{name}></p><p>渡轮抵达。</p></div>")


def test_a_relative_address_needs_a_base() -> None:
    markup = "<div><p>渡轮离港。</p><p><img src=../1.jpg></p><p>渡轮抵达。</p></div>"
    assert not pictures_of(markup, url=None)
    based = f"<base href='https://cdn.example.com/n/m/'>{markup}"
    assert [picture.url for picture in pictures_of(based, url=None)] == ["https://cdn.example.com/n/1.jpg"]


def test_a_lazy_picture_and_its_noscript_copy_are_one() -> None:
    images = "<img data-src=/1.jpg src=/s.gif><noscript><img src=/1.jpg></noscript>"
    markup = f"<div><p>渡轮离港。</p>{images}<p>渡轮抵达。</p></div>"
    assert len(pictures_of(markup)) == 1


def test_captions_above_and_below() -> None:
    images = "<p>图：甲</p><img src=/1.jpg><p>图：乙</p><img src=/2.jpg>"
    markup = f"<div><p>渡轮离港。</p>{images}<p>渡轮抵达。</p></div>"
    assert [(picture.url, picture.caption) for picture in pictures_of(markup)] == [
        ("https://news.example.com/1.jpg", "图：甲"),
        ("https://news.example.com/2.jpg", "图：乙"),
    ]


def test_no_character_of_the_body_is_lost_or_doubled_on_real_pages() -> None:
    folder = DATA / "portal" / "html"
    if not folder.is_dir():
        pytest.skip(f"the development data is not at {DATA}")
    for path in sorted(folder.glob("*.html"))[::6]:
        article = extract(path.read_bytes(), kind="html")
        content = {Label.BODY, Label.COMMENT} if article.page_type is PageType.FORUM else {Label.BODY}
        labelled_body = [
            block.text
            for block in article.blocks
            if block.label in content and (not block.hidden or block.confidence >= SURE)
        ]
        assert Counter("".join(article.text.split())) == Counter("".join("".join(labelled_body).split())), path.name
        lines = [block.text for block in article.body if not isinstance(block, Picture)]
        assert article.text == "\n".join(lines), path.name


@pytest.mark.parametrize(("page_type", "expected"), [(PageType.FORUM, "问题。\n回复。"), (PageType.ARTICLE, "问题。")])
def test_posts_are_the_content_of_a_forum_alone(page_type: PageType, expected: str) -> None:
    reading = labelled("<p>问题。</p><p>回复。</p>", {"问题": Label.BODY, "回复": Label.COMMENT})
    assert reading.verdicts is not None
    of_type = replace(reading, verdicts=replace(reading.verdicts, page_type=page_type))
    assert extract_body(of_type).fields["text"] == expected


@pytest.mark.parametrize(("confidence", "expected"), [(0.9, "问题。\n答案。\n后记。"), (0.6, "问题。\n后记。")])
def test_what_the_page_folds_away_counts_where_it_is_surely_body(confidence: float, expected: str) -> None:
    reading = all_body("<p>问题。</p><div style='display:none'>答案。</div><p>后记。</p>")
    assert reading.verdicts is not None
    sure = np.array([1.0, confidence, 1.0], dtype=np.float32)
    folded = replace(reading, verdicts=replace(reading.verdicts, confidences=sure))
    assert extract_body(folded).fields["text"] == expected
