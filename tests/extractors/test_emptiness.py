from __future__ import annotations

import tomllib
from importlib.resources import files

import numpy as np
import pytest

from portalclean import EmptyBecause, Pipeline, extract
from portalclean.extractors.emptiness import SAID, extract_emptiness
from portalclean.page import LABEL_CODES, Kind, Label, Verdicts
from portalclean.pipeline import STAGES
from portalclean.reading import Reading

SCRIPTS = "<script src=/static/app.1f3.js></script><script>window.__DATA__={}</script>"
UNLABELLED = Pipeline(tuple(stage for stage in STAGES if stage[0] in {"blocks", "body", "emptiness"}))
"""No labeller, so no body: what is tested is why."""

PAGES: list[tuple[str, str, EmptyBecause]] = [
    ("nothing", "", EmptyBecause.EMPTY),
    ("blanks", " \n\t ", EmptyBecause.EMPTY),
    ("bare markup", "<html><body><div></div></body></html>", EmptyBecause.EMPTY),
    ("an app's shell", f"<title>每日网</title><div id=root></div>{SCRIPTS}", EmptyBecause.SCRIPT_SHELL),
    ("only scripts", f"<body>{SCRIPTS}", EmptyBecause.SCRIPT_SHELL),
    (
        "an app that asks for scripts",
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>",
        EmptyBecause.SCRIPT_SHELL,
    ),
    (
        "a log-in",
        f"<title>每日网</title><p>请先登录后再查看该内容</p><a>注册</a>{SCRIPTS}",
        EmptyBecause.LOGIN_WALL,
    ),
    ("a subscription", "<h1>The ferry</h1><p>Subscribe to read the full story.</p>", EmptyBecause.LOGIN_WALL),
    ("a check", "<title>百度安全验证</title><p>请完成下方验证后继续操作</p>", EmptyBecause.CAPTCHA),
    (
        "a check that asks for scripts",
        "<title>Just a moment...</title><noscript>Enable JavaScript and cookies to continue</noscript>" + SCRIPTS,
        EmptyBecause.CAPTCHA,
    ),
    (
        "an error",
        "<title>404 Not Found</title><center><h1>404 Not Found</h1></center><hr>nginx",
        EmptyBecause.NOT_FOUND,
    ),
    (
        "an error in Chinese",
        "<p>抱歉，您要访问的页面不存在</p><a href=/>返回首页</a> <a>登录</a>",
        EmptyBecause.NOT_FOUND,
    ),
    ("a menu", "<ul><li>首页<li>要闻<li>体育</ul>", EmptyBecause.NO_TEXT),
    ("a number", "<p>1404 trips</p><p>A4041</p>", EmptyBecause.NO_TEXT),
]


@pytest.mark.parametrize(("markup", "because"), [page[1:] for page in PAGES], ids=[page[0] for page in PAGES])
def test_why_a_page_is_empty(markup: str, because: EmptyBecause) -> None:
    assert extract(markup, kind=Kind.HTML, pipeline=UNLABELLED).empty_because is because


@pytest.mark.parametrize("label", list(Label))
def test_a_shell_is_empty_whatever_label_its_notice_has(label: Label) -> None:
    def labeller(reading: Reading) -> Verdicts:
        count = len(reading.page)
        codes = np.full(count, LABEL_CODES[label], dtype=np.int8)
        return Verdicts(codes, np.ones(count, dtype=np.float32), ["given"] * count)

    markup = f"<title>Loading</title><noscript>You need to enable JavaScript to run this app.</noscript>{SCRIPTS}"
    article = extract(markup, kind=Kind.HTML, pipeline=Pipeline().replace("label", labeller))
    assert article.text == ""
    assert article.empty_because is EmptyBecause.SCRIPT_SHELL


def test_words_in_the_menus_of_a_long_page_say_nothing() -> None:
    markup = "<p>请先登录</p>" + "<li>要闻 体育 财经 科技 娱乐 汽车 房产</li>" * 80
    assert extract(markup, kind=Kind.HTML, pipeline=UNLABELLED).empty_because is EmptyBecause.NO_TEXT


def test_dumps_can_be_error_pages() -> None:
    assert (
        extract("每日网\n网页不存在\n返回首页", kind=Kind.TEXT, pipeline=UNLABELLED).empty_because
        is EmptyBecause.NOT_FOUND
    )


def test_a_page_with_text_is_not_empty() -> None:
    markup = (
        "<h1>404</h1>"
        + "<p>The ferry left at dawn, and nobody on the quay said a word about it, then or later.</p>" * 4
    )
    article = extract(markup, kind=Kind.HTML)
    assert article.text
    assert article.empty_because is None


def test_the_words_are_as_the_code_compares_them() -> None:
    table = tomllib.loads((files("portalclean") / "lexicon" / "empty_pages.toml").read_text("utf-8"))
    assert set(table) == {because.value for because in SAID}
    seen: set[str] = set()
    for group in table.values():
        words = group["words"]
        assert words == [word.casefold().strip() for word in words]
        assert seen.isdisjoint(words)
        seen.update(words)
    assert extract_emptiness.__name__ == dict(STAGES)["emptiness"].__name__
