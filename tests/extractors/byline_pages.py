"""Readings made of labelled lines, for the tests of bylines and their neighbours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from portalclean.blocks import join_units
from portalclean.page import LABEL_CODES, Head, Kind, Label, Link, Markup, Origin, Page, Verdicts
from portalclean.reading import Reading

LONG_BODY = (
    "第一段正文写得足够长，讲述了这座城市一年来的变化，也讲述了那些在清晨出门的人，"
    "他们的名字没有出现在报道里，街道两旁的店铺渐渐亮起了灯。"
)


def reading_of(
    *lines: tuple[Label, str],
    head: Head | None = None,
    url: str | None = None,
    links: tuple[tuple[int, str], ...] | None = None,
) -> Reading:
    """Return a reading whose blocks are these lines; ``links`` are (line, text) pairs, which make it HTML."""
    text, starts, ends = "", [], []
    for _, line in lines:
        starts.append(len(text))
        text += line
        ends.append(len(text))
        text += "\n"
    count = len(lines)
    page = Page(
        Kind.TEXT if links is None else Kind.HTML,
        text,
        np.array(starts, dtype=np.int32),
        np.array(ends, dtype=np.int32),
        np.arange(count, dtype=np.int32),
        np.zeros(count, dtype=bool),
        [Origin.PAGE] * count,
        [line for _, line in lines],
        head or Head(),
        None if links is None else _markup(text, starts, links),
        url,
    )
    codes = np.array([LABEL_CODES[label] for label, _ in lines], dtype=np.int8)
    verdicts = Verdicts(codes, np.ones(count, dtype=np.float32), ["given"] * count)
    reading = Reading(page, verdicts=verdicts)
    joined = join_units(reading)
    return replace(reading, blocks=joined.blocks, first_units=joined.first_units)


def byline(*lines: str, head: Head | None = None, url: str | None = None) -> Reading:
    """Return a reading of a title, these byline lines and a paragraph."""
    made = [(Label.TITLE, "清晨出门的人"), *((Label.BYLINE, line) for line in lines), (Label.BODY, LONG_BODY)]
    return reading_of(*made, head=head, url=url)


def _markup(text: str, starts: list[int], links: tuple[tuple[int, str], ...]) -> Markup:
    found = []
    for line, shown in links:
        start = text.index(shown, starts[line])
        found.append(Link(line, start, start + len(shown), "/"))
    rows = np.zeros(len(starts), dtype=np.int32)
    return Markup(["#document"], np.zeros(1, dtype=np.int32), [(None, None, None)], rows, rows, found, [], [])
