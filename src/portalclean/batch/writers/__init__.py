"""Ways to write a shard: JSON Lines, Parquet, a file for each page.

A shard is written under a name that ends in `portalclean.batch.durable.PART` and is given its own by `commit`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from portalclean.batch.cleaner import Form
from portalclean.batch.record import Outcome

__all__ = ["ShardWriter", "writer_of"]


class ShardWriter(Protocol):
    """What writes the records of one shard."""

    def write(self, index: int, outcome: Outcome) -> None:
        """Write the record of the page with this number in the input."""

    def finish(self) -> None:
        """Write what is left, and wait until all is on the disk."""

    def abandon(self) -> None:
        """Close what is open; the shard is not wanted."""


def writer_of(form: Form, blocks: bool) -> tuple[str, Callable[[Path], ShardWriter]]:
    """Return the ending of the names of a form's shards (empty for a folder) and what opens a shard.

    Raises `portalclean.MissingExtra` when the form needs something that is not installed.
    """
    if form is Form.PARQUET:
        from portalclean.batch.writers.parquet import open_parquet

        return ".parquet", open_parquet(blocks)
    if form in (Form.MARKDOWN, Form.TEXT):
        from portalclean.batch.writers.pages import PagesWriter

        return "", lambda path: PagesWriter(path, form.value)
    from portalclean.batch.writers.jsonl import JsonLinesWriter

    return ".jsonl", JsonLinesWriter
