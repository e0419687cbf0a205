"""Captures on the command line: the options that say what is known of them, and how they are read."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

import portalclean
from portalclean.article import Article
from portalclean.capture.stream import read_stream
from portalclean.commands.console import shortened
from portalclean.commands.gathering import gathered
from portalclean.errors import PortalCleanError
from portalclean.page import Kind

if TYPE_CHECKING:
    from portalclean.pipeline import Pipeline

__all__ = ["STDIN", "Hints", "Read", "capture_options", "read_capture", "reader"]

STDIN = "-"

Read = Callable[[bytes], Article]
"""From a capture to its article."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the caller knows of the captures, and asks for in their reading."""

    kind: str | None
    encoding: str | None
    url: str | None
    weights: str | None
    rules: tuple[str, ...]
    memory: str | None

    def pipeline(self) -> Pipeline | None:
        """Return the pipeline that the caller asks for, ``None`` for the default one. It can be pickled.

        Raises ``click.UsageError`` for weights, rules and a memory that cannot be used.
        """
        if not self.weights and not self.rules and not self.memory:
            return None
        pipeline = portalclean.Pipeline()
        try:
            if self.weights:
                from portalclean.labelling.network import network_labeller

                pipeline = pipeline.replace("label", network_labeller(self.weights))
            if self.rules:
                from portalclean.sites import load_rules, with_site_rules

                pipeline = with_site_rules(pipeline, [site for path in self.rules for site in load_rules(Path(path))])
            if self.memory:
                from portalclean.labelling.remembering import remember
                from portalclean.memory import SiteMemory

                pipeline = pipeline.after("label", "remember", remember(SiteMemory.load(self.memory)))
        except PortalCleanError as error:
            raise click.UsageError(shortened(str(error))) from error
        except OSError as error:
            raise click.UsageError(f"{error.filename}: {error.strerror}") from error
        return pipeline

    def pipeline_files(self) -> dict[str, list[str]]:
        """Return the SHA-256 of each file that `pipeline` is made from, of rules with their name.

        What reads pages in the same way has the same ones, whatever the path. Raises ``OSError``.
        """
        from portalclean.sites.files import rule_files

        weights = [Path(self.weights)] if self.weights else []
        rules = [file for path in self.rules for file in rule_files(Path(path))]
        memory = [Path(self.memory)] if self.memory else []
        return {
            "weights": [_digest(path) for path in weights],
            "rules": [f"{path.stem} {_digest(path)}" for path in rules],
            "memory": [_digest(path) for path in memory],
        }


OPTIONS = (
    click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="What the capture is, if you know."),
    click.option("--encoding", metavar="NAME", help="Encoding that the transport declared."),
    click.option("--url", metavar="URL", help="Address of the page: makes its links absolute."),
    click.option("--weights", metavar="FILE", help="Weights of the labeller, instead of those that come with it."),
    click.option(
        "--rules",
        multiple=True,
        metavar="PATH",
        help="Site rules, a TOML file or a folder of them; may be given again.",
    ),
    click.option("--memory", metavar="FILE", help="What `portalclean memory` saw of the hosts of these pages."),
)
capture_options = gathered("hints", Hints, OPTIONS)
"""Adds the options that say what is known of captures and how they are read; a command gets them as ``hints``."""


def reader(hints: Hints) -> Read:
    """Return how captures are read. Raises ``click.UsageError`` for weights and rules that cannot be used."""
    pipeline = hints.pipeline()

    def read(capture: bytes) -> Article:
        return portalclean.extract(capture, url=hints.url, kind=hints.kind, encoding=hints.encoding, pipeline=pipeline)

    return read


def read_capture(file: str) -> bytes:
    """Return the bytes of a file or of standard input, never much more than may be cleaned.

    Raises `CaptureTooLarge`, and ``OSError`` for what cannot be read.
    """
    if file != STDIN:
        with Path(file).open("rb") as stream:
            return read_stream(stream)
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return read_stream(sys.stdin.buffer)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
