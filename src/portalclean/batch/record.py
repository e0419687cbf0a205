"""The records of a batch: a page as it was read, where it stands in the input, and what came of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from portalclean.render.safe import storable

if TYPE_CHECKING:
    from portalclean.page import Json

__all__ = [
    "Failure",
    "Identity",
    "InputPage",
    "Outcome",
    "PageFacts",
    "Reason",
    "content_hash",
    "failed",
    "identified",
    "path_text",
    "reject",
]

Rendered: TypeAlias = "bytes | Mapping[str, Json]"
"""A page as it is written: bytes, or the record itself for a table."""

LONGEST_DETAIL = 300
"""Characters of a failure's detail: an exception may quote the whole page."""


class Reason(StrEnum):
    """Why a page of the input has no record."""

    UNREADABLE = "unreadable"
    """The input is not there, may not be read, or is not what it says it is."""
    TRUNCATED = "truncated"
    """The input ends in the middle of this page."""
    TOO_LARGE = "too_large"
    """The page is over one of the budgets of `portalclean.Limits`."""
    TIME_LIMIT = "time_limit"
    """The page took longer than a page may; its process was ended."""
    CRASH = "crash"
    """The page's process ended by itself, twice: a fault in a library, or no memory left."""
    ERROR = "error"
    """An error that nobody expected."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a page has no record, in a word and in a line."""

    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Where a page stands in the input."""

    file: str
    """The path as it was given or found, ``-`` for standard input; see `path_text`."""
    offset: int | None = None
    """Bytes before the page's record in its archive, as the archive is stored."""
    row: int | None = None
    """Lines or rows before the page's in its table."""
    url: str | None = None
    """The address that the input gives for the page."""


@dataclass(frozen=True, slots=True)
class InputPage:
    """One page of the input, in its turn.

    ``capture`` is ``None`` for a page that is a file of its own: its ``path`` is read where it is cleaned.
    ``problem`` says why there is nothing to clean.
    """

    identity: Identity
    capture: bytes | str | None = None
    path: str | None = None
    kind: str | None = None
    encoding: str | None = None
    problem: Failure | None = None
    weight: int = 0
    """Bytes of the stored input that this page accounts for: the measure of progress."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the summary counts of a cleaned page."""

    page_type: str
    empty_because: str | None
    host: str
    labels: Mapping[str, int]
    """Number of blocks by label."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a page: a rendered record and its facts, or a failure."""

    identity: Identity
    sha256: str | None = None
    rendered: Rendered | None = None
    facts: PageFacts | None = None
    failure: Failure | None = None
    weight: int = 0


def content_hash(capture: bytes | str) -> str:
    """Return the SHA-256 of a capture in hexadecimal digits; a string is hashed as UTF-8.

    >>> content_hash("a") == content_hash(b"a")
    True
    """
    stored = capture.encode("utf-8", "surrogatepass") if isinstance(capture, str) else capture
    return hashlib.sha256(stored).hexdigest()


def path_text(path: str) -> str:
    r"""Return a path as text that UTF-8 takes; bytes of its name that are no UTF-8 are written ``\xff``.

    >>> path_text("news/济宁.html"), path_text("caf\udce9.html")
    ('news/济宁.html', 'caf\\xe9.html')
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def identified(identity: Identity, sha256: str | None) -> dict[str, Json]:
    """Return the keys that say, in every record and reject, which page of the input it is.

    >>> identified(Identity("a.warc", offset=7), "9f")
    {'file': 'a.warc', 'offset': 7, 'row': None, 'capture_url': None, 'capture_sha256': '9f'}
    """
    url = None if identity.url is None else storable(identity.url)
    return {
        "file": identity.file,
        "offset": identity.offset,
        "row": identity.row,
        "capture_url": url,
        "capture_sha256": sha256,
    }


def reject(outcome: Outcome) -> dict[str, Json]:
    """Return the line of a failure in the file of rejects."""
    assert outcome.failure is not None
    detail = storable(outcome.failure.detail)[:LONGEST_DETAIL]
    identity = identified(outcome.identity, outcome.sha256)
    return {**identity, "reason": outcome.failure.reason.value, "detail": detail}


def failed(page: InputPage, failure: Failure) -> Outcome:
    """Return the outcome of a page that no worker could finish."""
    sha256 = None if page.capture is None else content_hash(page.capture)
    return Outcome(page.identity, sha256, failure=failure, weight=page.weight)
