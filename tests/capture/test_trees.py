from __future__ import annotations

import subprocess
import sys
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from lxml import etree, html, objectify

from portalclean.capture.trees import serialise
from portalclean.errors import CaptureTypeError, PortalCleanError

DEEP = 3000
DOCTYPE = "<!DOCTYPE html>"
PAGE = "<html><body><p>a &amp; b<br>c &lt;d&gt;</p><script>if (a < b) {}</script></body></html>"
XHTML = "http://www.w3.org/1999/xhtml"
PREFIXED = f'<h:p xmlns:h="{XHTML}">a<h:br/>b<h:i/><v:x xmlns:v="urn:v">c</v:x></h:p>'


def deep_lxml() -> etree._Element:
    root = element = etree.Element("div")
    for _ in range(DEEP):
        element = etree.SubElement(element, "div")
    element.text = "x"
    return root


def deep_soup() -> BeautifulSoup:
    soup = element = BeautifulSoup("", "html.parser")
    for _ in range(DEEP + 1):
        child = soup.new_tag("div")
        element.append(child)
        element = child
    element.append("x")
    return soup


TREES = {
    "lxml document": (html.document_fromstring(DOCTYPE + PAGE).getroottree(), f"{DOCTYPE}\n{PAGE}"),
    "lxml root": (html.document_fromstring(DOCTYPE + PAGE), PAGE),
    "lxml element without its tail": (html.fromstring("<div><b>a</b>tail</div>")[0], "<b>a</b>"),
    "lxml comment": (etree.Comment("新华社"), "<!--新华社-->"),
    "lxml instruction": (etree.PI("a", "b"), "<?a b>"),
    "lxml empty tree": (etree.ElementTree(), ""),
    "lxml of XML": (
        etree.fromstring("<div><p/><br/><script>a &lt; b</script></div>"),
        "<div><p></p><br><script>a < b</script></div>",
    ),
    "lxml tree of XML": (etree.fromstring("<div><i/></div>").getroottree(), "<div><i></i></div>"),
    "lxml with prefixes": (
        etree.fromstring(PREFIXED),
        f'<p xmlns:h="{XHTML}">a<br>b<i></i><v:x xmlns:v="urn:v">c</v:x></p>',
    ),
    "lxml XHTML": (
        etree.fromstring(f'<p xmlns="{XHTML}">a<br/>b</p>').getroottree(),
        f'<p xmlns="{XHTML}">a<br>b</p>',
    ),
    "lxml objectified": (objectify.fromstring("<p><b>1</b></p>"), "<p><b>1</b></p>"),
    "soup": (BeautifulSoup(DOCTYPE + PAGE, "html.parser"), f"{DOCTYPE}\n{PAGE}".replace("<br>", "<br/>")),
    "soup tag": (BeautifulSoup("<div><b>新华社</b>tail</div>", "html.parser").b, "<b>新华社</b>"),
    "soup by lxml": (BeautifulSoup("<p>a", "lxml").p, "<p>a</p>"),
    "soup of XML": (
        BeautifulSoup('<div><i id="/"/><script/><br/>x &amp; y</div>', "xml").div,
        '<div><i id="/"></i><script></script><br/>x &amp; y</div>',
    ),
    "deep lxml": (deep_lxml(), "<div>" * (DEEP + 1) + "x" + "</div>" * (DEEP + 1)),
    "deep soup": (deep_soup(), "<div>" * (DEEP + 1) + "x" + "</div>" * (DEEP + 1)),
}


@pytest.mark.parametrize(("tree", "markup"), TREES.values(), ids=TREES)
def test_markup(tree: object, markup: str) -> None:
    assert serialise(tree).rstrip("\n") == markup


def test_the_tree_is_not_changed() -> None:
    tree = etree.fromstring(PREFIXED)
    before = etree.tostring(tree)
    serialise(tree)
    assert etree.tostring(tree) == before


STRING = BeautifulSoup("<p>x</p>", "html.parser").p.string


@pytest.mark.parametrize(
    "capture",
    [None, 1, [], {}, object(), "text", b"bytes", ElementTree.Element("p"), STRING],
    ids=lambda capture: type(capture).__name__,
)
def test_other_types_raise(capture: object) -> None:
    with pytest.raises(CaptureTypeError, match="lxml element or tree, or a BeautifulSoup") as caught:
        serialise(capture)
    assert type(capture).__qualname__ in str(caught.value)
    assert isinstance(caught.value, (PortalCleanError, TypeError))


def test_lxml_and_bs4_are_not_imported() -> None:
    code = (
        "import sys, portalclean.capture.trees as trees\n"
        "before = {'lxml', 'bs4'} & set(sys.modules)\n"
        "try: trees.serialise(None)\n"
        "except trees.CaptureTypeError: print(before, {'lxml', 'bs4'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set() set()"
