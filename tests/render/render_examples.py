"""Articles to render: one that has everything, and a strategy for hostile ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as st

from portalclean import (
    Article,
    Block,
    BodyBlock,
    Code,
    Comment,
    Credit,
    EmptyBecause,
    Evidence,
    Heading,
    Label,
    ListItem,
    Origin,
    PageType,
    Paragraph,
    Picture,
    Precision,
    Quote,
    Recommendation,
    Role,
    Table,
    Zone,
)

CHINA = timezone(timedelta(hours=8))

WALK = Article(
    title="山路",
    subtitle="A walk in spring",
    text="黎明出发。\nThe way up\nWe left.",
    body=(
        Paragraph("黎明出发。"),
        Heading("The way up", 3),
        Paragraph("We left."),
        ListItem("bread", ordered=False, level=1),
        ListItem("rye", ordered=True, level=2),
        ListItem("water", ordered=False, level=1),
        Quote("Go on.\nGo up."),
        Table((("place", "height"), ("山", "1 m"))),
        Code("a = 1\n\nb = 2"),
        Picture("https://a.example/1.jpg", "a peak", "The peak"),
    ),
    authors=("张三",),
    credits=(Credit("张三", Role.REPORTER, "记者 张三"), Credit("李四", Role.EDITOR, "责任编辑:李四")),
    source="新华社",
    published=datetime(2021, 5, 1, 9, 30, tzinfo=CHINA),
    published_raw="2021-05-01 09:30",
    published_precision=Precision.MINUTE,
    published_zone=Zone.SITE,
    modified=date(2021, 5, 2),
    modified_raw="2021年5月2日",
    modified_precision=Precision.DAY,
    modified_zone=Zone.NONE,
    captured=datetime(2023, 9, 24, 2, 4, 49),
    breadcrumbs=("首页", "旅行"),
    keywords=("山", "walk"),
    recommendations=(Recommendation("Another walk", "https://a.example/2", "山报", datetime(2023, 9, 1, 8), "热点"),),
    comments=(Comment("好!", "王五", datetime(2021, 5, 3, tzinfo=UTC)),),
    next_page="https://a.example/walk_2.html",
    site_name="山网",
    language="zh",
    url="https://a.example/walk.html",
    description="Up and down",
    image="https://a.example/lead.jpg",
    encoding="gb18030",
    replacements=2,
    blocks=(
        Block("山路", Label.TITLE, 0.98, "heading", start=0, end=2),
        Block("2023-09-24 02:04:49", Label.OTHER, 0.7, "clock", hidden=True, start=3, end=22),
        Block("黎明出发。", Label.BODY, 0.912, "prose", origin=Origin.NOSCRIPT, path="html>body:nth-child(2)"),
    ),
    page_type=PageType.ARTICLE,
    confidence=0.93,
    evidence=(
        Evidence("title", "first heading", "山路", 0),
        Evidence("published", "a list's time", "2023-09-01", 1, chosen=False),
        Evidence("language", "declared", "zh-CN"),
    ),
)
"""Every field set, every kind of body block."""

MARKUP = (
    *(
        "#",
        "# ",
        "###### ",
        "-",
        "- ",
        "+ ",
        "* ",
        "1. ",
        "2) ",
        "> ",
        "---",
        "===",
        "***",
        "___",
        ":-",
        "-|-",
    ),
    *(
        "```",
        "~~~",
        "`",
        "*",
        "**",
        "_",
        "~",
        "~~",
        "|",
        "| --- |",
        "\\",
        "!",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
    ),
    *("<script>alert(1)</script>", "</div>", "<!--", "<?php", "<b>", "<https://a.example>", "<", ">"),
    *(
        "[x](javascript:alert(1))",
        "[x]: https://a.example",
        "[x]",
        "[^1]",
        "[ ] ",
        "&amp;",
        "&#35;",
        "&copy;",
    ),
    *(
        "\n",
        "\n\n",
        "\r",
        "\r\n",
        "  \n",
        "\\\n",
        "    ",
        "\t",
        " ",
        "\u3000",
        "\xa0",
        "\u2028",
        "\x85",
        "\x0b",
    ),
    *(
        "\x00",
        "\x1b[31m",
        "\x9b",
        "\ud800",
        "\udfff",
        "\ufeff",
        "\u202e",
        "\u200b",
        "a",
        "济宁",
        "1",
        "é",
        "Z",
    ),
)
"""Pieces that mean something to Markdown, HTML or a terminal, and some that mean nothing."""

texts = st.lists(st.sampled_from(MARKUP) | st.text(st.characters(), max_size=4), max_size=12).map("".join)
addresses = st.sampled_from(("https://a.example/", "http://", "javascript:", "data:,", "//", "")).flatmap(
    lambda start: texts.map(lambda rest: start + rest)
)
moments = st.dates() | st.datetimes(timezones=st.none() | st.just(CHINA))


def optional(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


def several(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


@st.composite
def lists(draw: st.DrawFn) -> list[BodyBlock]:
    """Give a run of list items that goes down one level at a time."""
    items: list[BodyBlock] = []
    level = 0
    for text in draw(st.lists(texts, min_size=1, max_size=5)):
        level = draw(st.integers(1, level + 1))
        items.append(ListItem(text + "x", draw(st.booleans()), level))
    return items


single_blocks: st.SearchStrategy[BodyBlock] = st.one_of(
    st.builds(Paragraph, texts),
    st.builds(Heading, texts, st.integers(1, 6)),
    st.builds(Quote, texts),
    st.builds(Code, texts),
    st.builds(Table, several(several(texts))),
    st.builds(Picture, optional(addresses), optional(texts), optional(texts)),
)
bodies = st.lists(single_blocks.map(lambda block: [block]) | lists(), max_size=4).map(
    lambda runs: tuple(block for run in runs for block in run)
)
blocks = st.builds(
    Block,
    texts,
    st.sampled_from(Label),
    st.floats(0, 1),
    texts,
    st.booleans(),
    st.sampled_from(Origin),
    optional(st.integers(0)),
    optional(st.integers(0)),
    optional(texts),
)
articles = st.builds(
    Article,
    title=optional(texts),
    subtitle=optional(texts),
    text=texts,
    body=bodies,
    authors=several(texts),
    credits=several(st.builds(Credit, texts, st.sampled_from(Role), texts)),
    source=optional(texts),
    published=optional(moments),
    published_precision=optional(st.sampled_from(Precision)),
    published_zone=optional(st.sampled_from(Zone)),
    modified=optional(moments),
    captured=optional(st.datetimes()),
    breadcrumbs=several(texts),
    keywords=several(texts),
    recommendations=several(st.builds(Recommendation, texts, time=optional(st.datetimes()))),
    comments=several(st.builds(Comment, texts, optional(texts))),
    url=optional(texts),
    blocks=several(blocks),
    confidence=st.floats(0, 1),
    empty_because=optional(st.sampled_from(EmptyBecause)),
    evidence=several(st.builds(Evidence, texts, texts, texts, optional(st.integers(0)), st.booleans())),
)
"""Articles of hostile texts."""
