"""Page numbers in web addresses."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import Enum
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

import regex

__all__ = ["Form", "Numbered", "numberings"]

LONGEST = 2_000
"""Characters over which an address is not looked into; browsers and servers take hardly more."""
IGNORED = ("utm_", "spm", "srsltid", "fbclid", "gclid", "from")
"""Query parameters that begin so follow visitors and do not choose what is shown."""
SUFFIX = regex.compile(r"^(.{1,2000}?)(?:[_-]p(?:age|g)?)?[_-](\d{1,3})(\.[a-z]{2,6})?$", regex.IGNORECASE)
SEGMENT = regex.compile(r"^(.{0,2000})/(?:page|pg|p|seite)[-_/]?(\d{1,3})$", regex.IGNORECASE)
BARE = regex.compile(r"^(.{1,2000})/(\d{1,3})(\.[a-z]{2,6})?$", regex.IGNORECASE)
INDEX = regex.compile(r"/index\.[a-z]{2,6}$", regex.IGNORECASE)


class Form(Enum):
    """How an address writes the number of a page."""

    NONE = "the address as it is"
    QUERY = "?page=2"
    SUFFIX = "article_2.html"
    SEGMENT = "article/page/2"
    BARE = "article/2"


class Numbered(NamedTuple):
    """One way to read an address: as this page of what stands at ``stem``."""

    form: Form
    stem: str
    number: int | None


def numberings(address: str, parameters: Collection[str]) -> Iterator[Numbered]:
    """Yield every way to read an address as that of a numbered page, the plain way last.

    >>> for way in numberings("https://example.com/a/123_2.html", ["page"]):
    ...     print(way.form.name, way.stem, way.number)
    SUFFIX example.com/a/123.html? 2
    NONE example.com/a/123_2.html? None
    """
    if len(address) > LONGEST:
        return
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    path = INDEX.sub("", parts.path).rstrip("/")
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith(IGNORED)
    ]
    for place, (name, value) in enumerate(query):
        if name.lower() in parameters and value.isdecimal():
            rest = urlencode(sorted(query[:place] + query[place + 1 :]))
            yield Numbered(Form.QUERY, f"{host}{path}?{rest}", int(value))
    tail = urlencode(sorted(query))
    for form, pattern in ((Form.SEGMENT, SEGMENT), (Form.SUFFIX, SUFFIX), (Form.BARE, BARE)):
        if match := pattern.match(path):
            stem, number, *extension = match.groups(default="")
            yield Numbered(form, f"{host}{stem}{''.join(extension)}?{tail}", int(number))
            break
    yield Numbered(Form.NONE, f"{host}{path}?{tail}", None)
