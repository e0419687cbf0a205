"""Captures and what was made of them as one page of HTML, to look at and to correct.

The page holds everything inside: template, style and script are the files beside this one, without a framework. It
loads nothing and runs nothing but its own script, whose hash its Content-Security-Policy names; what stands in a
capture reaches the page as JSON, and the script puts it there as text alone.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from portalclean import __version__
from portalclean.article import Role
from portalclean.gold.check import PAGE_KINDS
from portalclean.gold.files import SHORT_NAMES
from portalclean.page import Label
from portalclean.render.html_report.pages import ReportPage, page_values, summary_values
from portalclean.render.record import json_line

if TYPE_CHECKING:
    from portalclean.page import Json

__all__ = ["ReportPage", "html_report"]

STYLES = ("colours.css", "layout.css", "blocks.css", "article.css")
SCRIPTS = ("dom.js", "state.js", "gold.js", "article.js", "correct.js", "blocks.js", "summary.js", "keys.js", "main.js")
"""In the order in which they build on each other."""
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'"
)
SLOT = re.compile(r"\{\{(\w+)\}\}")
MARKUP = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
"""Characters that could end the element that JSON stands in, as JSON writes them otherwise."""


def html_report(pages: Iterable[ReportPage], failures: Mapping[str, str] | None = None) -> str:
    """Return the report of some pages, a summary first when there are several.

    ``failures`` maps the names of captures that could not be cleaned to why.
    """
    shown = list(pages)
    style, script = _joined(STYLES), _joined(SCRIPTS, "(() => {\n'use strict';\n", "})();\n")
    overview: dict[str, Json] = {
        "version": __version__,
        "labels": [str(label) for label in Label],
        "short_names": {label: short for short, label in SHORT_NAMES.items()},
        "roles": [str(role) for role in Role],
        "page_kinds": [str(kind) for kind in PAGE_KINDS],
        "failures": [{"file": file, "reason": reason} for file, reason in (failures or {}).items()],
        "pages": [summary_values(page, name) for page, name in zip(shown, _names(shown), strict=True)],
    }
    slots = {
        "title": html.escape(_title(shown)),
        "policy": POLICY.format(style=_hash(style), script=_hash(script)),
        "style": style,
        "script": script,
        "overview": _island("overview", overview),
        "pages": "\n".join(_island(f"page-{number}", page_values(page)) for number, page in enumerate(shown)),
    }
    return SLOT.sub(lambda match: slots[match[1]], _asset("template.html"))


def _title(pages: list[ReportPage]) -> str:
    return f"{pages[0].file} – portalclean" if len(pages) == 1 else f"{len(pages):,} captures – portalclean"


def _names(pages: list[ReportPage]) -> list[str]:
    """Return the pages' names in gold; of two that are called the same, the second is numbered."""
    taken: dict[str, None] = {}
    for page in pages:
        numbered = (page.name, *(f"{page.name}-{number}" for number in range(2, len(pages) + 1)))
        taken[next(name for name in numbered if name not in taken)] = None
    return list(taken)


def _island(name: str, values: Json) -> str:
    """Return values as a block of data that no character of theirs can leave."""
    text = json_line({"values": values}).translate(MARKUP)
    return f'<script type="application/json" id="{name}">{text}</script>'


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _joined(names: tuple[str, ...], opening: str = "", closing: str = "") -> str:
    return "\n" + opening + "\n".join(map(_asset, names)) + closing


@cache
def _asset(name: str) -> str:
    return resources.files(__package__).joinpath("assets", name).read_text("utf-8")
