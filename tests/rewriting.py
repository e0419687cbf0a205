"""Rewrites of a captured page that must not change its article."""

from __future__ import annotations

import random
import re
import warnings
from collections.abc import Callable, Mapping

import html5lib
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from lxml import etree
from lxml import html as lxml_html

from portalclean.capture.decode import decode

__all__ = ["HTML_REWRITES", "SCRIPTS", "TEXT_REWRITES", "re_encoded"]

NEW_ITEMS = ("老桥修好后第一辆车开过去了", "港口的灯塔今晚重新亮起", "果园里的第一批苹果熟了")
"""Headlines of the items that are put into lists."""
LIST_ITEM = "ul > li > a[href], dl > dd > a[href]"


def soup_of(capture: bytes) -> BeautifulSoup:
    """Return the page as BeautifulSoup reads it with html5lib, which parses as browsers do."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return BeautifulSoup(decode(capture)[0], "html5lib")


def attributes_shuffled(capture: bytes) -> str:
    """Return the page with the attributes of each element in another order."""
    chance = random.Random(1)

    def shuffled(match: re.Match[str]) -> str:
        attributes = re.findall(r"""\s([^\s"'<>/=]+\s*=\s*"[^"]*")""", match[2])
        chance.shuffle(attributes)
        return f"<{match[1]} {' '.join(attributes)}>"

    return re.sub(r"""<([a-zA-Z][\w-]*)((?:\s[^\s"'<>/=]+\s*=\s*"[^"]*")+)\s*>""", shuffled, decode(capture)[0])


def classes_renamed(capture: bytes) -> str:
    """Return the page with meaningless classes and ids, as style compilers write them."""
    soup = soup_of(capture)
    for at, element in enumerate(soup.find_all(True)):
        for name in ("class", "id"):
            if element.has_attr(name):
                element[name] = f"css-{at % 97:x}q"
    return str(soup)


def by_lxml(capture: bytes) -> str:
    """Return the page as lxml reads and writes it."""
    return lxml_html.tostring(lxml_html.document_fromstring(decode(capture)[0]), encoding="unicode")


def by_html5lib(capture: bytes) -> str:
    """Return the page as html5lib reads it and lxml writes it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = html5lib.parse(decode(capture)[0], treebuilder="lxml", namespaceHTMLElements=False)
    return etree.tostring(tree, encoding="unicode", method="html")


def by_beautiful_soup(capture: bytes) -> str:
    """Return the page as BeautifulSoup reads and writes it."""
    return str(soup_of(capture))


def longest_list(soup: BeautifulSoup) -> list[Tag]:
    """Return the items of the longest list of links of the page; none where a page has no list of five."""
    lists: dict[int, list[Tag]] = {}
    for link in soup.select(LIST_ITEM):
        item = link.parent
        if isinstance(item, Tag) and item.parent is not None and len(link.get_text(strip=True)) > 5:
            lists.setdefault(id(item.parent), []).append(item)
    longest = max(lists.values(), key=len, default=[])
    return longest if len(longest) >= 5 else []


def item_removed(capture: bytes) -> str:
    """Return the page without one item of its longest list of links."""
    soup = soup_of(capture)
    for item in longest_list(soup)[2:3]:
        item.decompose()
    return str(soup)


def item_added(capture: bytes) -> str:
    """Return the page with one more item in its longest list of links."""
    soup = soup_of(capture)
    for item in longest_list(soup)[2:3]:
        added = BeautifulSoup(str(item), "html.parser").find(True)
        assert isinstance(added, Tag)
        _headline(added, NEW_ITEMS[0], "/2021/0501/1001.html")
        item.insert_after(added)
    return str(soup)


def other_recommendations(capture: bytes) -> str:
    """Return the page with other headlines in its longest list of links."""
    soup = soup_of(capture)
    for at, item in enumerate(longest_list(soup)):
        _headline(item, f"{NEW_ITEMS[at % 3]}{at}", f"/2021/0501/{1000 + at}.html")
    return str(soup)


def _headline(item: Tag, text: str, address: str) -> None:
    link = item.find("a", href=True)
    assert isinstance(link, Tag)
    link["href"] = address
    shown = [node for node in link.descendants if isinstance(node, NavigableString) and node.strip()]
    for at, node in enumerate(shown):
        node.replace_with(text if at == 0 else "")


def twice_the_menu(capture: bytes) -> str:
    """Return the page twice as long: as much chrome again behind it, a list of links in the footer's place."""
    soup = soup_of(capture)
    links = "".join(f"<li><a href='/2021/{at}.html'>{NEW_ITEMS[at % 3]}{at}</a></li>" for at in range(300))
    rows = links[: max(len(str(soup)), 2000)].rpartition("</li>")[0] + "</li>"
    assert soup.body is not None
    soup.body.append(BeautifulSoup(f"<div class='links'><h3>热点新闻</h3><ul>{rows}</ul></div>", "html.parser"))
    return str(soup)


HTML_REWRITES: Mapping[str, Callable[[bytes], str]] = {
    "attributes shuffled": attributes_shuffled,
    "classes renamed": classes_renamed,
    "written by lxml": by_lxml,
    "written by html5lib": by_html5lib,
    "written by BeautifulSoup": by_beautiful_soup,
    "an item removed": item_removed,
    "an item added": item_added,
    "other recommendations": other_recommendations,
    "as much chrome again": twice_the_menu,
}

SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "gb18030": ("zh",),
    "big5": ("zh",),
    "shift_jis": ("ja",),
    "euc-jp": ("ja",),
    "euc-kr": ("ko",),
    "utf-16": ("zh", "ja", "ko", "en", "de", "fr"),
}
"""The encodings that a page is written in again, and the languages whose pages are."""


def re_encoded(capture: bytes, encoding: str) -> bytes | None:
    """Return the page in another encoding that it declares; ``None`` where that encoding lacks its characters."""
    text = re.sub(r"""(charset\s*=\s*["']?)[\w-]+""", rf"\g<1>{encoding}", decode(capture)[0])
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None


def _broken_with(line_break: str) -> Callable[[str], str]:
    return lambda text: text.replace("\r\n", "\n").replace("\n", line_break)


TEXT_REWRITES: Mapping[str, Callable[[str], str]] = {
    "CRLF": _broken_with("\r\n"),
    "CR": _broken_with("\r"),
    "blank lines": lambda text: re.sub("\n+", "\n\n", text),
    "no blank lines": lambda text: re.sub("\n{2,}", "\n", text),
    "blanks at the ends of lines": lambda text: text.replace("\n", "  \n"),
    "indented": lambda text: text.replace("\n", "\n    "),
}
