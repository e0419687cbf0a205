"""What the how-to pages list is what there is."""

from __future__ import annotations

import re
from importlib.resources import files

import click
from page_examples import SECTION, text_of

from portalclean.batch.options import DEFAULT_TIME_LIMIT, SHARD_SIZE
from portalclean.batch.record import Reason
from portalclean.commands.clean import clean

ELSEWHERE = ("url", "encoding", "kind")
"""Options of a single page as well, which the README tells."""


def test_every_option_and_reason_is_on_the_page_on_batches_and_so_are_the_defaults() -> None:
    text = text_of("batch")
    for option in clean.params:
        if isinstance(option, click.Option) and option.name not in ELSEWHERE:
            assert any(name in text for name in option.opts), option.name
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == list(Reason)
    assert f"{SHARD_SIZE:,} pages" in text
    assert f"{DEFAULT_TIME_LIMIT:g} seconds" in text


def test_the_keys_are_those_of_the_report() -> None:
    script = files("portalclean.render.html_report").joinpath("assets", "keys.js").read_text("utf-8")
    named = set(re.findall(r"^  \['(.)'", script, re.MULTILINE))
    table = dict(SECTION.findall(text_of("report")))["Keys"]
    assert named == {key for key in re.findall(r"`(.)`", table) if key not in "↓↑"}


def test_the_engines_in_the_table_are_those_with_a_section() -> None:
    text = text_of("engines")
    rows = re.findall(r"^\| \[.+?\]\(#(\w+)\)", text, re.MULTILINE)
    assert ["captures", *rows] == [name.lower() for name, _ in SECTION.findall(text)]
