"""Page text escaped so that no Markdown parser can take it for markup.

The dialect is CommonMark with GitHub's extensions (tables, strikethrough, task lists, footnotes). A bare
``https://…`` or mail address stays as it stands: where a renderer makes it clickable it leads to itself.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from portalclean.render.safe import one_line, readable

__all__ = ["escape_line", "escape_lines", "fence_for", "link_target"]

INLINE = re.compile(r"[\\`*_\[\]<|~]|&(?=#|[A-Za-z])")
"""What may begin markup anywhere in a line; an ampersand only before what looks like an entity."""

LINE_START = re.compile(
    r"""
    \A (?:
        [0-9]{1,9} (?= [.)] (?: \s | $ ) )      # a numbered list: 1. or 1)
      | (?= [#>=:] )                            # heading, quote, underline, table or definition
      | (?= [-+] (?: [-+:\\\s] | $ ) )          # list, rule, underline, table, front matter
    )
    """,
    re.VERBOSE,
)
"""What is markup at the start of a line alone; a backslash goes behind the match."""

HEADING_END = re.compile(r"(?:^|(?<=\s))(?=#+$)")
"""Where a run of # at the end of a heading would be taken for its closing sequence."""

UNSAFE_IN_TARGET = re.compile(r"[\"<>\\^`{|}()*]|\s")
"""Characters that end a link target, or could begin other markup in it."""

ENTITY_IN_TARGET = re.compile(r"&(?=#|[A-Za-z0-9]+;)")

SHORTEST_FENCE = 3
BACKTICKS = re.compile("`+")


def escape_line(text: str) -> str:
    r"""Return the text on one line, so escaped that Markdown reads it as itself at any place.

    >>> print(escape_line("1. *not* a <b>list</b> & a [link](javascript:x)"))
    1\. \*not\* a \<b>list\</b> & a \[link\](javascript:x)
    """
    escaped = INLINE.sub(r"\\\g<0>", one_line(text))
    return HEADING_END.sub(r"\\", LINE_START.sub(r"\g<0>\\", escaped))


def escape_lines(text: str) -> list[str]:
    r"""Return the lines of a text that are not blank, each escaped.

    >>> escape_lines("- one\n\n  # two")
    ['\\- one', '\\# two']
    """
    lines = (escape_line(line) for line in readable(text).split("\n"))
    return [line for line in lines if line]


def fence_for(code: str) -> str:
    """Return a code fence that is longer than every run of backticks in the code.

    >>> fence_for("a ```` b")
    '`````'
    """
    runs = (len(run) for run in BACKTICKS.findall(code))
    return "`" * max(SHORTEST_FENCE, 1 + max(runs, default=0))


def link_target(url: str | None) -> str | None:
    """Return an http or https address as a Markdown link target; ``None`` for any other.

    >>> link_target("https://a.example/x (1).png")
    'https://a.example/x%20%281%29.png'
    >>> link_target("javascript:alert(1)")
    """
    address = readable(url or "").strip()
    try:
        scheme, host, *_ = urlsplit(address)
    except ValueError:
        return None
    if scheme not in ("http", "https") or not host:
        return None
    encoded = UNSAFE_IN_TARGET.sub(lambda match: quote(match[0], safe=""), address)
    return ENTITY_IN_TARGET.sub(r"\\&", encoded)
