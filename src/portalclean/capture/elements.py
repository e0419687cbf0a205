"""What the walk does at each HTML element (https://html.spec.whatwg.org/multipage/rendering.html)."""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["ROLES", "hides", "hides_itself"]


# How an element acts on the units around it. Plain numbers: the walk compares one per element.
INLINE, BLOCK, LINK = 0, 1, 2
BREAK, IMAGE, EMPTY, SKIPPED, HEAD, ROOT, NOSCRIPT, UNSHOWN, PREFORMATTED, TIME, DIALOG = range(3, 14)
LAST_PLAIN_ROLE = LINK
"""Roles up to this one are handled in the walk's loop itself."""

BY_ROLE: dict[int, str] = {
    INLINE: (
        "abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter nobr output "
        "progress q rb rp rt ruby s samp small span strike strong sub sup tt u var svg text tspan"
    ),
    BLOCK: (
        "address article aside blockquote body button caption center colgroup dd details dir div dl dt "
        "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup legend li main "
        "marquee menu nav object ol p search section summary table tbody td tfoot th thead tr ul"
    ),
    LINK: "a",
    BREAK: "br hr",
    IMAGE: "img",
    EMPTY: "area col embed frame input keygen param source track wbr",
    SKIPPED: "style template select",
    HEAD: "base link meta script title",
    ROOT: "html",
    NOSCRIPT: "noscript",
    # Text that stands in for a medium; browsers that play the medium do not show it.
    UNSHOWN: "audio canvas datalist iframe noembed noframes video",
    PREFORMATTED: "listing plaintext pre textarea xmp",
    TIME: "time",
    DIALOG: "dialog",
}


class _Roles(dict[str, int]):
    """What the walk does at a tag; custom elements are containers, other unknown ones inline.

    >>> ROLES["li"] == ROLES["msn-article"] == BLOCK, ROLES["blink"] == INLINE
    (True, True)
    """

    def __missing__(self, tag: str) -> int:
        return BLOCK if "-" in tag else INLINE


ROLES = _Roles({tag: role for role, tags in BY_ROLE.items() for tag in tags.split()})

HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)


def hides_itself(attribute: Callable[[str], str | None]) -> bool:
    """Whether an element's attributes, which this looks up by name, take it off the screen."""
    if attribute("hidden") is not None:
        return True
    style = attribute("style")
    return style is not None and hides(style)


def hides(style: str) -> bool:
    """Whether a ``style`` attribute takes its element off the screen.

    >>> hides("color: red; display : none"), hides("display:block")
    (True, False)
    """
    return HIDING.search(style) is not None
