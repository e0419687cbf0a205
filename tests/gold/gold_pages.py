"""Gold records to check, gather and compare."""

from __future__ import annotations

import json
from base64 import b64encode
from gzip import compress
from pathlib import Path
from typing import Any

LINES = "Home\nThe hill road\n\n3 May 2021\nThe carts went up before dawn.\nThey came back at noon."
HTML = b"<p>Home<h1>The hill road</h1><p>3 May 2021<p>The carts went up before dawn.<p>They came back at noon."


def record(**changes: Any) -> dict[str, Any]:
    """Return a good record with some keys changed; a key that is changed to ``...`` is left out."""
    good: dict[str, Any] = {
        "page": "hill-1",
        "url": None,
        "page_kind": "article",
        "lang": "en",
        "labels": [[1, 1, "nav"], [2, 2, "title"], [4, 4, "byline"], [5, 6, "body"]],
        "fields": fields(),
        "note": "",
        "text": LINES,
        "html_gzip": b64encode(compress(HTML)).decode(),
    }
    return {key: value for key, value in (good | changes).items() if value is not ...}


def fields(**changes: Any) -> dict[str, Any]:
    """Return good fields with some keys changed."""
    good: dict[str, Any] = {
        "title": "The hill road",
        "authors": [{"name": "Ann Carter", "role": "author"}],
        "source": None,
        "published": "2021-05-03",
        "section": ["Home"],
        "recommendations": 0,
        "keywords": [],
    }
    return {key: value for key, value in (good | changes).items() if value is not ...}


def write(path: Path, *records: Any) -> Path:
    """Write records as a gold file."""
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records), "utf-8")
    return path
