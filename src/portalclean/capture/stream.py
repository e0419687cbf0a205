"""A capture from a stream, never much more than may be cleaned."""

from __future__ import annotations

from typing import BinaryIO

from portalclean.errors import CaptureTooLarge
from portalclean.page import Limits

__all__ = ["read_stream"]


def read_stream(stream: BinaryIO) -> bytes:
    """Return what is left of a stream. Raises `CaptureTooLarge`, without reading on, and what the stream raises.

    >>> from io import BytesIO
    >>> read_stream(BytesIO(b"<p>a"))
    b'<p>a'
    """
    limit = Limits().bytes
    capture = stream.read(limit + 1)
    if len(capture) > limit:
        raise CaptureTooLarge(f"the capture is over the limit of {limit:,} bytes")
    return capture
