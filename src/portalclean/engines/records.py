"""One capture to one record, whatever happens: what an engine gets for a page that fails is its error."""

from __future__ import annotations

from functools import partial

from portalclean import extract
from portalclean.article import Article
from portalclean.capture import Capture
from portalclean.engines.threads import one_thread
from portalclean.errors import UnknownEncoding
from portalclean.page import Json, Kind, Limits
from portalclean.pipeline import Pipeline
from portalclean.render.record import to_dict
from portalclean.render.safe import one_line

__all__ = ["ERROR", "failed_record", "record_of"]

ERROR = "error"
"""The key of a failed record that says why: the type of the exception and its message."""


def record_of(
    capture: Capture,
    *,
    url: str | None = None,
    encoding: str | None = None,
    kind: Kind | str | None = None,
    blocks: bool = False,
    pipeline: Pipeline | None = None,
    limits: Limits | None = None,
) -> dict[str, Json]:
    """Return `portalclean.Article.to_dict` of a capture, or the record of its failure; no page raises.

    Linear algebra is held to one thread, as a worker is to use one core. An encoding that nobody knows is ignored,
    as browsers do: servers send all kinds of names.

    >>> record_of("今天".encode(), encoding="utf-nonsense")["encoding"]
    'utf-8'
    >>> record_of(None)["error"]["type"]
    'CaptureTypeError'
    """
    known = partial(extract, capture, url=url, kind=kind, pipeline=pipeline, limits=limits)
    with one_thread():
        try:
            try:
                article = known(encoding=encoding)
            except UnknownEncoding:
                article = known()
            return to_dict(article, blocks=blocks)
        except Exception as error:
            return failed_record(error, url)


def failed_record(error: Exception, url: str | None = None) -> dict[str, Json]:
    r"""Return the record of a page that failed: its address, the versions and the error.

    >>> failed_record(ValueError("no\nsuch page"))["error"]
    {'type': 'ValueError', 'message': 'no such page'}
    """
    what = {"type": type(error).__name__, "message": one_line(str(error))}
    return {"url": url, "versions": to_dict(Article())["versions"], ERROR: what}
