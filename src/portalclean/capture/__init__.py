"""Captures to units: bytes, strings and trees come in, a `Page` goes out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from portalclean.capture.decode import decode
from portalclean.capture.html import encodable, read_html
from portalclean.capture.signatures import is_no_page
from portalclean.capture.sniff import sniff
from portalclean.capture.text import read_text
from portalclean.capture.trees import serialise
from portalclean.errors import CaptureTooLarge
from portalclean.page import Kind, Limits, Page

if TYPE_CHECKING:
    from bs4 import Tag
    from lxml.etree import _Element, _ElementTree

__all__ = ["Capture", "read"]

Capture: TypeAlias = "bytes | bytearray | memoryview | str | _Element | _ElementTree | Tag"
"""What `read` takes."""


def read(
    capture: Capture,
    *,
    url: str | None = None,
    kind: Kind | str | None = None,
    encoding: str | None = None,
    limits: Limits | None = None,
) -> Page:
    """Read a capture into a page of units; see `portalclean.extract` for the arguments and errors."""
    limits = limits or Limits()
    known = Kind(kind) if kind is not None else None
    used, replacements = None, 0
    if isinstance(capture, str):
        markup = capture
    elif isinstance(capture, (bytes, bytearray, memoryview)):
        _check_size(memoryview(capture).nbytes, limits)
        data = bytes(capture)
        markup, used, replacements = decode(b"" if is_no_page(data) else data, declared=encoding)
    else:
        markup, known = serialise(capture), Kind.HTML
    _check_size(len(markup), limits)
    if (known or sniff(markup)) is Kind.HTML:
        # What was decoded from UTF-8, as most pages are, need not be searched for lone surrogates.
        page = read_html(markup if used == "utf-8" else encodable(markup), url=url, limits=limits)
    else:
        page = read_text(markup, url=url, limits=limits)
    return replace(page, encoding=used, replacements=replacements)


def _check_size(size: int, limits: Limits) -> None:
    if size > limits.bytes:
        raise CaptureTooLarge(f"the capture has {size:,} bytes, over the limit of {limits.bytes:,}")
