"""The budgets of a page: each is held to the unit, has the documented default, and says which it was."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from lxml import html as lxml_html

import portalclean
from portalclean import CaptureTooLarge, Limits, PortalCleanError

DOCUMENTED = Path(__file__).parents[1] / "docs" / "bad-input.md"


@pytest.mark.parametrize(
    ("capture", "kind", "limits", "message"),
    [
        (b"<p>12345", "html", Limits(bytes=7), "the capture has 8 bytes, over the limit of 7"),
        ("<p>12345", "html", Limits(bytes=7), "the capture has 8 bytes, over the limit of 7"),
        ("a\nb\nc", "text", Limits(units=2), "the page has over the limit of 2 units"),
        ("<p>a<p>b<p>c", "html", Limits(units=2), "the page has over the limit of 2 units"),
        ("<p>" * 9 + "<div>" * 9, "html", Limits(depth=9), "the page nests over the limit of 9 levels"),
    ],
)
def test_a_page_over_a_budget(capture: bytes | str, kind: str, limits: Limits, message: str) -> None:
    with pytest.raises(CaptureTooLarge, match=re.escape(message)) as raised:
        portalclean.extract(capture, kind=kind, limits=limits)
    assert isinstance(raised.value, PortalCleanError)
    assert isinstance(raised.value, ValueError)


@pytest.mark.parametrize(
    ("capture", "kind", "limits"),
    [
        (b"<p>12345", "html", Limits(bytes=8)),
        ("a\nb\nc", "text", Limits(units=3)),
        ("<p>a<p>b<p>c", "html", Limits(units=3)),
        ("<div>" * 5 + "a", "html", Limits(depth=8)),
    ],
)
def test_a_page_within_its_budget(capture: bytes | str, kind: str, limits: Limits) -> None:
    assert portalclean.extract(capture, kind=kind, limits=limits).blocks


def test_a_tree_has_the_same_budgets() -> None:
    tree = lxml_html.fromstring("<div><p>" + "a" * 100)
    with pytest.raises(CaptureTooLarge, match="bytes"):
        portalclean.extract(tree, limits=Limits(bytes=50))


def test_text_that_grows_when_it_is_decoded_is_measured_in_characters_too() -> None:
    # Decoding never gives more characters than there are bytes, so that the one limit holds for both.
    for capture in (b"\xff" * 999, b"\x1b$(B" * 200, "龘".encode("gb18030") * 99, b"+" * 999):
        assert sum(map(len, portalclean.read(capture, kind="text").texts)) <= len(capture)


@pytest.mark.parametrize("name", [field.name for field in fields(Limits)])
def test_the_defaults_are_documented(name: str) -> None:
    assert f"| `{name}` | {getattr(Limits(), name):,} |" in DOCUMENTED.read_text("utf-8")
