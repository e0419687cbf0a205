"""A shard that is a folder: a file for each page, and an index that says which page of the input each one is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from portalclean.batch.durable import sync, sync_folder
from portalclean.batch.record import Outcome, identified
from portalclean.render.record import json_line

if TYPE_CHECKING:
    from portalclean.page import Json

__all__ = ["INDEX", "PagesWriter"]

INDEX = "index.jsonl"
"""The file that says what the others are: name, identity, page type, and why a page is empty."""


MARKDOWN = "md"
"""The ending of pages that say themselves, in their front matter, which page of the input they are."""


class PagesWriter:
    """Write each page to a file that is named by the page's number in the input."""

    def __init__(self, folder: Path, ending: str) -> None:
        folder.mkdir()
        self._folder = folder
        self._ending = ending
        self._index = (folder / INDEX).open("wb")

    def write(self, index: int, outcome: Outcome) -> None:
        """Write the file of a page and its line in the index."""
        assert isinstance(outcome.rendered, bytes)
        assert outcome.facts is not None
        keys = identified(outcome.identity, outcome.sha256)
        name = f"{index:09d}.{self._ending}"
        with (self._folder / name).open("wb") as stream:
            if self._ending == MARKDOWN:
                stream.write(_front_matter(keys).encode())
            stream.write(outcome.rendered)
            sync(stream)
        facts = {"page_type": outcome.facts.page_type, "empty_because": outcome.facts.empty_because}
        line = json_line({"page": name, **keys, **facts})
        self._index.write(line.encode() + b"\n")

    def finish(self) -> None:
        """Wait until all is on the disk."""
        sync(self._index)
        self._index.close()
        sync_folder(self._folder)

    def abandon(self) -> None:
        """Close the index, whatever is left unwritten."""
        self._index.close()


def _front_matter(keys: Mapping[str, Json]) -> str:
    """Return the identity as YAML (JSON strings are YAML) above a Markdown page.

    >>> print(_front_matter({"file": "a: b.html", "row": None}))
    ---
    file: "a: b.html"
    ---
    <BLANKLINE>
    <BLANKLINE>
    """
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items() if value is not None]
    return "\n".join(["---", *lines, "---", "", ""])
