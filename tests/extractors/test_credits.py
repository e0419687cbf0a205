from __future__ import annotations

import pytest
from byline_pages import LONG_BODY, byline, reading_of

from portalclean.article import Role
from portalclean.bylines.cues import named_in
from portalclean.extractors.credits import extract_credits
from portalclean.page import Head, Json, Label

A, R, C, E = Role.AUTHOR, Role.REPORTER, Role.CORRESPONDENT, Role.EDITOR
PH, T, PR, D, O = Role.PHOTOGRAPHER, Role.TRANSLATOR, Role.PROOFREADER, Role.DESIGNER, Role.OTHER  # noqa: E741

BYLINES: list[tuple[str, list[tuple[str, Role]]]] = [
    # Chinese, simplified
    ("责任编辑：荀建国_NN7379", [("荀建国", E)]),
    ("责任编辑：", []),
    ("责任编辑： 来源：新华社", []),
    ("编辑 刘晓阳 校对 李铭", [("刘晓阳", E), ("李铭", PR)]),
    ("作者：王小川 李大为", [("王小川", A), ("李大为", A)]),
    ("作者：张伟、李娜，王芳", [("张伟", A), ("李娜", A), ("王芳", A)]),
    ("文 | 张三丰", [("张三丰", A)]),
    ("文丨政能观特约评论员 韩涵之", [("韩涵之", A)]),
    ("文/图 刘玺东 易赛楠", [("刘玺东", A), ("易赛楠", A), ("刘玺东", PH), ("易赛楠", PH)]),
    ("(责编：胡永秋、杨光宇)", [("胡永秋", E), ("杨光宇", E)]),
    ("[责任编辑：韩保林 PK155]", [("韩保林", E)]),
    ("【责任编辑：刘峻凌】", [("刘峻凌", E)]),
    ("□ 本报记者 葛灵丹", [("葛灵丹", R)]),
    ("本报记者 王乐文 方 敏", [("王乐文", R), ("方敏", R)]),
    ("新华社记者邹多为、唐诗凝、丁乐", [("邹多为", R), ("唐诗凝", R), ("丁乐", R)]),
    ("（总台央视记者 奚丹霓 张赛）", [("奚丹霓", R), ("张赛", R)]),
    ("采写：南都记者 余毅菁 向雪妮", [("余毅菁", R), ("向雪妮", R)]),
    ("（记者卫长河、通讯员蔺小满）", [("卫长河", R), ("蔺小满", C)]),
    ("记者卫长河通讯员蔺小满", [("卫长河", R), ("蔺小满", C)]),
    ("编辑：卫长河、记者 蔺小满", [("卫长河", E), ("蔺小满", R)]),
    ("新华社记者卫长河、蔺小满摄", [("卫长河", PH), ("蔺小满", PH)]),
    ("沂河社記者張瑞琪攝　112年2月12日", [("張瑞琪", PH)]),
    ("记者 陈明 通讯员 赵丽华 实习生 周舟", [("陈明", R), ("赵丽华", C), ("周舟", O)]),
    ("编辑 周褶褶 ｜ 排版 魏蔚", [("周褶褶", E), ("魏蔚", D)]),
    ("撰文：林小满 摄影：何山（实习生） 设计：苏叶", [("林小满", A), ("何山", PH), ("苏叶", D)]),
    ("作者：欧阳晓明 编辑：司马青", [("欧阳晓明", A), ("司马青", E)]),
    ("作者：米歇尔·罗伯茨 翻译：陈晨", [("米歇尔·罗伯茨", A), ("陈晨", T)]),
    ("2024-05-13 12:03:10 作者：曹磊 来源:东方网 选稿：曾炟", [("曹磊", A), ("曾炟", E)]),
    ("12:11来源：证券时报网作者：李在山", [("李在山", A)]),
    ("来源：人民网 发布时间：2020-01-02 编辑：wangxm@example.com 王小明", [("王小明", E)]),
    # media, accounts and nobody
    ("作者：新京报", []),
    ("作者：未知 责任编辑：admin", []),
    ("作者：网络整理", []),
    ("作者：本报编辑部", []),
    ("来源：新华社 作者：", []),
    ("编辑推荐 王者归来", []),
    ("责任编辑：NF041", []),
    ("记者从江门警方获悉", []),
    ("记者了解到", []),
    # Chinese, traditional
    ("2020-10-04 15:05聯合報 記者林宸誼／即時報導", [("林宸誼", R)]),
    ("（中央社記者溫貴香台北21日電）", [("溫貴香", R)]),
    ("〔記者陳美玲／台北報導〕", [("陳美玲", R)]),
    ("（編輯：蘇龍麒）1120221", [("蘇龍麒", E)]),
    ("責任編輯：黃國華　核稿編輯：林士弘", [("黃國華", E), ("林士弘", E)]),
    # Japanese
    ("著者：後藤大地", [("後藤大地", A)]),
    ("文● オカモト／ASCII編集部", [("オカモト", A)]),
    ("文・写真＝佐藤花子", []),
    ("取材・文：鈴木一郎 撮影：田中花", [("鈴木一郎", R), ("鈴木一郎", A), ("田中花", PH)]),
    ("2019年3月2日09:18 by 深海 | カテゴリー 社会", [("深海", A)]),
    # Korean
    ("송유민 기자", [("송유민", R)]),
    ("이용민 기자 | 2020-03-04 16:52:59", [("이용민", R)]),
    ("순천, 광양 구현모 기자 ninek@example.com", [("구현모", R)]),
    ("박준석 기자 외 1명", [("박준석", R)]),
    ("스포츠조선=선수민 기자", [("선수민", R)]),
    ("[서울=뉴시스] 김지훈 특파원", [("김지훈", C)]),
    ("수정 2025.05.15 20:57", []),
    # English
    ("By Jane Doe", [("Jane Doe", A)]),
    ("By Jane Doe and John Roe", [("Jane Doe", A), ("John Roe", A)]),
    (
        "By Jane Doe, John Roe and Mary-Ann O'Neill",
        [("Jane Doe", A), ("John Roe", A), ("Mary-Ann O'Neill", A)],
    ),
    ("By JANE DOE, Associated Press", [("JANE DOE", A)]),
    ("By Jane Doe - Associated Press - Friday, April 28, 2023", [("Jane Doe", A)]),
    ("By Staff Reporter", []),
    ("By Associated Press", []),
    ("By Example News Staff", []),
    ("Posted by Peter Bell on August 21, 2019", [("Peter Bell", A)]),
    ("ByRhonda Krause UpdatedJanuary 25, 2026", [("Rhonda Krause", A)]),
    ("BY ARRICA ELIN SANSONEPUBLISHED: DEC 20, 2023", [("ARRICA ELIN SANSONE", A)]),
    ("Posted byDamien WalterDecember 30, 2024", [("Damien Walter", A)]),
    ("Written By: Celeste Long Gardener & Astrologer", [("Celeste Long", A)]),
    ("Written by J. K. Doe, Senior Editor", [("J. K. Doe", A)]),
    ("By Ludwig van der Berg", [("Ludwig van der Berg", A)]),
    ("By Dr. Maria Silva, MD, PhD", [("Dr. Maria Silva", A)]),
    ("Published: Mar 8, 2024 · Modified: May 19, 2025 by Jess Roe · This post", [("Jess Roe", A)]),
    ("By: ShawnHymel | December 16, 2025 | Categories: Uncategorized", [("ShawnHymel", A)]),
    ("Author: Jane Doe | Editor: John Roe", [("Jane Doe", A), ("John Roe", E)]),
    ("Medically reviewed by Jane Doe, MD", [("Jane Doe", PR)]),
    ("Photo by Jane Doe", [("Jane Doe", PH)]),
    ("TEXT BY ARIELLE PARD\nTRANSLATION BY CHIHIRO OKA", [("ARIELLE PARD", A), ("CHIHIRO OKA", T)]),
    ("a method used by Newton and Leibniz", []),
    # other languages
    ("Von Anna Müller und Jörg Weiß", [("Anna Müller", A), ("Jörg Weiß", A)]),
    ("Von DPA", []),
    ("Text: Anna Müller Foto: Jörg Weiß", [("Anna Müller", A), ("Jörg Weiß", PH)]),
    ("Par Élodie Martin avec AFP", [("Élodie Martin", A)]),
    ("Por María José Fernández", [("María José Fernández", A)]),
    ("di Marco Rossi", [("Marco Rossi", A)]),
    ("Door Pieter de Vries", [("Pieter de Vries", A)]),
    ("Автор: Иван Петров", [("Иван Петров", A)]),
    ("Авторы:\nДмитрий Попов", [("Дмитрий Попов", A)]),
    ("كتبت أسماء نصار", [("أسماء نصار", A)]),
    ("Penulis: Budi Santoso\nEditor: Siti Aminah", [("Budi Santoso", A), ("Siti Aminah", E)]),
]


@pytest.mark.parametrize(("line", "expected"), BYLINES)
def test_a_byline_names_people_with_their_roles(line: str, expected: list[tuple[str, Role]]) -> None:
    found = extract_credits(byline(*line.split("\n"))).fields["credits"]
    assert [(credit.name, credit.role) for credit in found] == expected


@pytest.mark.parametrize(("line", "expected"), BYLINES)
def test_authors_are_writers_alone(line: str, expected: list[tuple[str, Role]]) -> None:
    writers = dict.fromkeys(name for name, role in expected if role in (A, R, C))
    assert extract_credits(byline(*line.split("\n"))).fields["authors"] == tuple(writers)


@pytest.mark.xfail(reason="an account of five Han characters cannot be told from a phrase")
def test_long_account_names_as_editors() -> None:
    assert named_in("责任编辑：棒棒不是糖")[0].name == "棒棒不是糖"


@pytest.mark.xfail(reason="'编译' right behind a name of four characters; two given names do not show")
def test_a_glued_translator_with_a_pen_name() -> None:
    assert [named.role for named in named_in("原创： 路闻卓立编译")] == [T]


NAMES_ALONE = [
    (["Byron Smith"], ("Byron Smith",)),
    (["Jane Doe", "May 2, 2021"], ("Jane Doe",)),
    (["Marco Pizzi 4 Febbraio 2025 - 14:41"], ("Marco Pizzi",)),
    (["Ярослав Кузин  Антон Зелин 8 января, 17:46"], ("Ярослав Кузин", "Антон Зелин")),
    (
        ["Chus del Pino, Martí Abad (Enviado especial)", "Sevilla, Los Gallardos"],
        ("Chus del Pino", "Martí Abad"),
    ),
    (["Manoj Jain and Jagpreet Chhat  |  Guest Columnists"], ("Manoj Jain", "Jagpreet Chhat")),
    (["松村太郎2019年04月13日 09時00分"], ("松村太郎",)),
    (["박상우 2024. 5. 13. 12:52"], ("박상우",)),
    (["胡平"], ("胡平",)),
    (["（羅森）"], ("羅森",)),
    (["Jeremy Cheng 于 2023-03-12 13:08:03 发布"], ("Jeremy Cheng",)),
    (["Living Healthy/Wellness", "November 28, 2025"], ()),
    (["Reading time", "5 Minutes"], ()),
    (["发布时间：2021-03-04", "来自北京"], ()),
    (["管不饱关注", "2024-05-08 23:23"], ()),
    (["体育教科书", "发布时间：18-03-08"], ()),
    (["TopGear.com", "Published: 11 Mar 2026"], ()),
    (["Укринформ", "20.09.2020 23:32"], ()),
    (["成文日期： 2022年01月27日"], ()),
]


@pytest.mark.parametrize(("lines", "expected"), NAMES_ALONE)
def test_a_name_without_a_cue(lines: list[str], expected: tuple[str, ...]) -> None:
    assert extract_credits(byline(*lines)).fields["authors"] == expected


STARTS = [
    ("新京报讯（记者 陆一夫）", ("陆一夫",)),
    ("人民网合肥11月8日电　（记者钱伟）", ("钱伟",)),
    ("本站讯（职工通讯员 李琴雯 刘会）", ("李琴雯", "刘会")),
    ("东方网记者曹磊5月13日报道：", ("曹磊",)),
    ("〔記者陳美玲／台北報導〕", ("陳美玲",)),
    ("（中央社記者溫貴香台北21日電）", ("溫貴香",)),
    ("（沂河社記者張瑞琪嘉義縣12日電）", ("張瑞琪",)),
    ("（沂河社記者陳雲林宜蘭3月2日電）", ("陳雲林",)),
    ("（沂河社記者陳雲林12日電）", ("陳雲林",)),
    ("（沂河社記者張瑞、王宜蘭華盛頓12日專電）", ("張瑞", "王宜蘭")),
    ("【ソウル＝小池和樹】", ("小池和樹",)),
    ("[부산=스포츠조선 선수민 기자] ", ("선수민",)),
    ("(서울=연합뉴스) 김지훈 기자 = ", ("김지훈",)),
    ("记者从江门警方获悉，", ()),
    ("（2007年6月29日第十届全国人民代表大会常务委员会第二十八次会议通过）", ()),
    ("【收盘播报】", ()),
    ("【6月18日 AFP】", ()),
]


@pytest.mark.parametrize(("start", "expected"), STARTS)
def test_the_first_words_of_the_text(start: str, expected: tuple[str, ...]) -> None:
    reading = reading_of((Label.TITLE, "标题"), (Label.BODY, start + LONG_BODY), (Label.BODY, LONG_BODY))
    assert extract_credits(reading).fields["authors"] == expected


ENDS = [
    ("(文:魏本奥)", ("魏本奥",)),
    (LONG_BODY + "（张巨峰）", ("张巨峰",)),
    (LONG_BODY + "(李楠)", ("李楠",)),
    (LONG_BODY + "（记者 胡晓蓉）", ("胡晓蓉",)),
    (LONG_BODY + "(文/图 刘玺东 易赛楠)", ("刘玺东", "易赛楠")),
    (LONG_BODY + "（編輯：蘇龍麒）1120221", ()),
    (LONG_BODY + "（完）", ()),
    (LONG_BODY + "（德清县发改局）", ()),
    (LONG_BODY + "（图片来自网络）", ()),
    (LONG_BODY + "（华为）", ()),
    ("事件は続いている。【エルサレム松岡大地、カイロ金子淳】", ("松岡大地", "金子淳")),
    ("今後の対応を検討する。（佐藤花子）", ("佐藤花子",)),
    ("今後の対応を検討する。（敬称略）", ()),
    ("아웃으로 처리했다.부산=선수민 기자 sunsoo@example.com", ("선수민",)),
    ("指摘している。(c)AFP/Aminu ABUBAKAR", ("Aminu ABUBAKAR",)),
    ("Sometimes, that is where change begins (Example City).", ()),
]


@pytest.mark.parametrize(("end", "expected"), ENDS)
def test_the_last_words_of_the_text(end: str, expected: tuple[str, ...]) -> None:
    reading = reading_of((Label.TITLE, "标题"), (Label.BODY, LONG_BODY), (Label.BODY, end))
    assert extract_credits(reading).fields["authors"] == expected


def test_a_photographer_under_a_picture_is_no_author() -> None:
    reading = reading_of(
        (Label.BODY, LONG_BODY), (Label.CAPTION, "灯光秀。中新社记者 杜洋 摄"), (Label.BODY, LONG_BODY)
    )
    fields = extract_credits(reading).fields
    assert fields["authors"] == ()
    assert [(credit.name, credit.role) for credit in fields["credits"]] == [("杜洋", PH)]


def test_a_credit_line_with_another_label_counts_close_to_the_text() -> None:
    lines = [(Label.BODY, LONG_BODY), (Label.RECOMMENDATION, "本文来源：每日新报 作者：王鹏远")]
    assert extract_credits(reading_of(*lines)).fields["authors"] == ("王鹏远",)
    far = [lines[0], *[(Label.RECOMMENDATION, "另一篇文章的标题")] * 5, lines[1]]
    assert extract_credits(reading_of(*far)).fields["authors"] == ()


@pytest.mark.parametrize("heading", ["【関連記事】", "関連記事", "【王小川】", "（万人）"])
def test_a_heading_beside_the_text_is_no_author(heading: str) -> None:
    lines = [(Label.BODY, LONG_BODY), (Label.ADVERTISEMENT, "每日新报"), (Label.RECOMMENDATION, heading)]
    assert extract_credits(reading_of(*lines)).fields["authors"] == ()


@pytest.mark.parametrize("url", ["http://[", "http://[::1", "//[", "https://exa\u2100mple.org/"])
def test_an_address_that_is_none(url: str) -> None:
    reading = reading_of((Label.BODY, LONG_BODY), head=_article(author="Jane Doe"), url=url)
    assert extract_credits(reading).fields["authors"] == ("Jane Doe",)


def test_a_thread_of_many_bylines_has_no_author() -> None:
    posts = [
        line
        for number in range(12)
        for line in (
            (Label.BYLINE, f"by Jane Doe{'abcdefghijkl'[number]}"),
            (Label.BODY, "A post."),
            (Label.BODY, "More."),
            (Label.NAVIGATION, "Quote"),
        )
    ]
    assert extract_credits(reading_of(*posts)).fields["authors"] == ()


def _article(**properties: Json) -> Head:
    return Head(json_ld=({"@type": "NewsArticle", **properties},))


HEADS: list[tuple[Head, str | None, tuple[str, ...]]] = [
    (Head(meta={"author": ("Jane Doe",)}), None, ("Jane Doe",)),
    (Head(meta={"author": ("By Jane Doe and John Roe",)}), None, ("Jane Doe", "John Roe")),
    (Head(meta={"author": ("Example News",)}), None, ()),
    (Head(meta={"author": ("https://example.org/jane",)}), None, ()),
    (Head(meta={"author": ("jane@example.org",)}), None, ()),
    (Head(meta={"author": ("Jane Doe",), "og:site_name": ("Jane Doe",)}), None, ()),
    (
        Head(meta={"article:author": ("https://facebook.com/jane",), "author": ("Jane Doe",)}),
        None,
        ("Jane Doe",),
    ),
    (Head(meta={"author": ("严玉洁",)}), None, ()),
    (Head(meta={"citation_author": ("Jane Doe", "John Roe")}), None, ("Jane Doe", "John Roe")),
    (_article(author={"@type": "Person", "name": "Jane Doe"}), None, ("Jane Doe",)),
    (_article(author=[{"@type": "Person", "name": "Jane Doe"}, {"name": "John Roe"}]), None, ("Jane Doe",)),
    (_article(author={"@type": "Person", "name": "Lillie"}), None, ("Lillie",)),
    (_article(author={"@type": "Person", "name": "Examplenews"}), "https://examplenews.org/a", ()),
    (_article(author={"@type": "Organization", "name": "Jane Doe"}), None, ()),
    (_article(author={"@type": "Person", "name": "Jane Doe"}, publisher={"name": "Jane Doe"}), None, ()),
    (_article(author={"@type": "Person", "name": "Dan Jervis-Bardy"}), None, ("Dan Jervis-Bardy",)),
    (_article(author="大渡 美咲"), None, ("大渡 美咲",)),
    (_article(author={"@type": "Person", "name": "안지수"}), None, ("안지수",)),
    (_article(author={"@type": "Person", "name": "Example Staff"}), None, ()),
    (_article(author=None, creator="Jane Doe"), None, ("Jane Doe",)),
    (_article(author=[[{"name": "Jane Doe"}]]), None, ()),
    (
        Head(json_ld=({"@graph": [{"@type": "WebPage"}, {"@type": "Article", "author": {"name": "Jane Doe"}}]},)),
        None,
        ("Jane Doe",),
    ),
]


@pytest.mark.parametrize(("head", "url", "expected"), HEADS)
def test_the_head_names_persons(head: Head, url: str | None, expected: tuple[str, ...]) -> None:
    reading = reading_of((Label.BODY, LONG_BODY), head=head, url=url)
    assert extract_credits(reading).fields["authors"] == expected


def test_what_the_page_shows_beats_its_head_and_leaves_evidence() -> None:
    found = extract_credits(byline("By John Roe", head=Head(meta={"author": ("Jane Doe",)})))
    assert found.fields["authors"] == ("John Roe",)
    assert [(item.raw, item.chosen) for item in found.evidence] == [
        ("By John Roe", True),
        ("Jane Doe", False),
    ]


def test_the_head_beats_a_name_without_a_cue() -> None:
    reading = byline("Adriane Burns", head=Head(meta={"author": ("Jane Doe",)}))
    assert extract_credits(reading).fields["authors"] == ("Jane Doe",)


def test_an_editor_whom_the_head_calls_author_is_an_editor() -> None:
    fields = extract_credits(byline("Edited by Jane Doe", head=Head(meta={"author": ("Jane Doe",)}))).fields
    assert fields["authors"] == ()
    assert [credit.role for credit in fields["credits"]] == [E]


def test_a_shouted_name_takes_the_spelling_of_the_head() -> None:
    reading = byline("BY JANE MCDOE", head=Head(meta={"author": ("Jane McDoe",)}))
    assert extract_credits(reading).fields["authors"] == ("Jane McDoe",)


def test_raw_words_stay_beside_the_name() -> None:
    assert extract_credits(byline("责任编辑：荀建国_NN7379")).fields["credits"][0].raw == "责任编辑：荀建国_NN7379"


def test_an_empty_page_has_no_credits() -> None:
    assert extract_credits(reading_of()).fields == {"authors": (), "credits": ()}
