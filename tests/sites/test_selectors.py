from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from portalclean import SiteRuleError, read
from portalclean.sites.selectors import elements_matching, parse_selector, units_inside

PAGE = """<!doctype html><html><head><title>t</title></head><body>
<div id="a" class="box Wide" role="main"><p class="x">one<b>two</b></p>
<section><p>three</p><p class="x y">four</p></section></div>
<div class="box"><ul><li>five<ul><li class="x">six</li></ul></li></ul></div>
<P CLASS="padding">seven</P></body></html>"""
ANSWERABLE = [
    "p", "*", ".x", ".x.y", "#a", "p.x", "div p", "div > p", "div section > p", "body > div ul li", "li li",
    "ul > li > ul", "[role]", "[role=main]", "[class~=y]", "[class^=pad]", "[class*=ox]", "[role=MAIN i]", "p:not(.x)",
    ":is(section, ul) .x",
    ":not(div) > .x", "p, li", "div:not(#a) li", ".wide", ".Wide", "nothing", "P", ":where(#a) > p", "div:not(.box) p",
]  # fmt: skip
UNANSWERABLE = [
    "p:first-child", "p + p", "p ~ p", "a[href]", "p:has(b)", "p:empty", ":root", "a:hover", "a:link", "p:lang(zh)",
    "p:-soup-contains('a')", "p:nth-child(2)", "svg|a", "p:not(:first-child)", "[data-x] p", ":checked",
]  # fmt: skip


@pytest.mark.parametrize("selector", ANSWERABLE)
def test_a_selector_finds_what_soupsieve_finds(selector: str) -> None:
    page = read(PAGE, kind="html")
    assert page.markup is not None
    found = elements_matching(parse_selector(selector), page.markup)
    ours = [(page.markup.tags[row], page.markup.names[row][0]) for row in found.nonzero()[0]]
    theirs = [
        (element.name, " ".join(element.get_attribute_list("class")) if "class" in element.attrs else None)
        for element in BeautifulSoup(PAGE, "lxml").select(selector)
    ]
    assert ours == theirs


def test_units_stand_in_an_element_at_any_depth() -> None:
    page = read(PAGE, kind="html")
    assert page.markup is not None
    inside = units_inside(elements_matching(parse_selector("#a"), page.markup), page.markup)
    assert [text for text, is_in in zip(page.texts, inside, strict=True) if is_in] == ["onetwo", "three", "four"]


@pytest.mark.parametrize("selector", UNANSWERABLE)
def test_what_the_page_does_not_keep_is_refused(selector: str) -> None:
    with pytest.raises(SiteRuleError, match="no page keeps what this asks for"):
        parse_selector(selector)


@pytest.mark.parametrize("selector", ["p::before", "p >", "div[", "..", "p:nonsense", ":not("])
def test_what_is_no_css_is_refused(selector: str) -> None:
    with pytest.raises(SiteRuleError, match="no CSS selector"):
        parse_selector(selector)


def test_deep_nesting_costs_no_more_than_its_elements() -> None:
    page = read("<div class=a>" * 400 + "text", kind="html")
    assert page.markup is not None
    selector = parse_selector(" ".join([".a"] * 200))
    assert elements_matching(selector, page.markup).sum() == 201
