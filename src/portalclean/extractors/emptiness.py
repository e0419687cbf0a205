"""Why a page has no main content."""

from __future__ import annotations

from portalclean.article import EmptyBecause, Evidence
from portalclean.bodies.notices import said
from portalclean.page import Origin, Page
from portalclean.reading import Extracted, Fields, Reading

__all__ = ["extract_emptiness"]

SAID = (EmptyBecause.CAPTCHA, EmptyBecause.NOT_FOUND, EmptyBecause.LOGIN_WALL, EmptyBecause.SCRIPT_SHELL)
"""The reasons that pages state in words, in the order in which they are believed: a check for robots asks for
JavaScript too, and an error page has a login button."""
SHORT_PAGE = 1_500
"""Characters up to which the whole page is searched for such words; menus of longer ones have them too."""
HARDLY_ANY = 200
"""Shown characters under which a page with scripts is a shell that they were to fill."""


def extract_emptiness(reading: Reading) -> Extracted:
    """Return ``empty_because`` for a page without main content, ``None`` for one with it."""
    if reading.fields.get("text"):
        return Extracted(Fields(empty_because=None))
    because, reason, raw = _why(reading.page)
    return Extracted(Fields(empty_because=because), (Evidence("empty_because", reason, raw),))


def _why(page: Page) -> tuple[EmptyBecause, str, str]:
    """Return why, how that is known, and the words that say so."""
    scripts = page.markup.tags.count("script") if page.markup else 0
    if not len(page) and not scripts:
        return EmptyBecause.EMPTY, "the page holds no text", ""
    shown = "\n".join(unit.text for unit in page.units() if not unit.hidden)
    stated = "\n".join((page.head.title or "", _unscripted(page), shown if len(shown) <= SHORT_PAGE else ""))
    for because in SAID:
        if words := said(because, stated):
            return because, "the page says so", words
    if scripts and len(shown) < HARDLY_ANY:
        return EmptyBecause.SCRIPT_SHELL, f"{scripts} scripts and hardly any text", shown
    if not len(page):
        return EmptyBecause.EMPTY, "the page holds no text", ""
    return EmptyBecause.NO_TEXT, "nothing reads as main content", ""


def _unscripted(page: Page) -> str:
    """Return what the page says to readers without scripts."""
    texts = [text for text, origin in zip(page.texts, page.origins, strict=True) if origin is Origin.NOSCRIPT]
    return "\n".join(texts)[:SHORT_PAGE]
