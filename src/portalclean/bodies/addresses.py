"""Absolute web addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit

if TYPE_CHECKING:
    from portalclean.page import Page

__all__ = ["absolute", "base_address", "host_of", "page_address", "parts_of"]

WHOLE = ("https://", "http://")
PLAIN = re.compile(r"https?://[a-z0-9.-]+(?:/[\w./~%!@+,=:-]*)?(?:\?[\w./~%!@+,=:&-]*)?", re.ASCII)
"""The commonest addresses, which need no parsing."""


def page_address(page: Page) -> str | None:
    """Return the page's own address: the caller's, else the one that its head states."""
    canonical = page.head.links.get("canonical", ())
    for address in (page.url, *canonical, page.head.first("og:url")):
        if address and absolute(address.strip(), None):
            return address.strip()
    return None


def base_address(page: Page) -> str | None:
    """Return the address that the page's relative ones are relative to, if it is known."""
    own = page_address(page)
    return absolute(page.head.base.strip(), own) if page.head.base else own


def absolute(address: str, base: str | None) -> str | None:
    """Return an http or https address in full; ``None`` for any other kind, or when it cannot be completed.

    >>> absolute("/a.jpg", "https://example.com/news/1.html"), absolute("a.jpg", None)
    ('https://example.com/a.jpg', None)
    >>> absolute("data:image/gif;base64,R0", "https://example.com/"), absolute("http://[", None)
    (None, None)
    """
    if PLAIN.fullmatch(address):
        return address
    if not address or address.startswith("#"):  # these lead to the page itself
        return None
    try:
        joined = address if not base or address.startswith(WHOLE) else urljoin(base, address)
    except ValueError:
        return None
    parts = parts_of(joined)
    return joined if parts and parts.scheme in ("http", "https") and parts.netloc else None


def parts_of(address: str) -> SplitResult | None:
    """Return the parts of an address; ``None`` where it cannot be one, on which `urlsplit` raises.

    >>> parts_of("http://["), parts_of("https://example.com/a?b=1").path
    (None, '/a')
    """
    try:
        return urlsplit(address)
    except ValueError:
        return None


def host_of(address: str | None) -> str:
    """Return the host of an address in lower case; nothing where it names none.

    >>> host_of("https://News.Example.com:8080/a"), host_of("/a"), host_of("http://["), host_of(None)
    ('news.example.com', '', '', '')
    """
    parts = parts_of(address) if address else None
    return (parts.hostname or "") if parts else ""
