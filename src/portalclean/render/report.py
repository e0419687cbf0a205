"""A page explained for a reader at a terminal: every block with its label, every field with its evidence."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portalclean.page import Label
from portalclean.render.record import to_dict
from portalclean.render.safe import visible

if TYPE_CHECKING:
    from portalclean.article import Article, Evidence
    from portalclean.page import Block, Json

__all__ = ["Paper", "explain"]

WIDEST_REASON = 44
"""Columns kept for reasons; a longer one pushes its own line out and no other."""
NARROWEST_TEXT = 20
"""Columns left for the page's text even where the terminal is too narrow for a line."""
LABEL_WIDTH = max(map(len, Label))
LEGEND = "fields (= value, + evidence that won, - candidate that lost)"
NOT_FIELDS = frozenset({"versions"})

COLOURS = {
    Label.TITLE: "bright_green",
    Label.BYLINE: "cyan",
    Label.BODY: "green",
    Label.CAPTION: "blue",
    Label.RECOMMENDATION: "magenta",
    Label.COMMENT: "yellow",
    Label.ADVERTISEMENT: "red",
}
"""The labels that a reader looks for; the rest stay in the terminal's own colour."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a report is written on: ``width`` in columns (``None``: lines are never cut), and its colours."""

    width: int | None = None
    paint: Callable[[str, str], str] | None = None
    """Returns a text in a named colour; ``None`` where there are no colours."""

    def painted(self, text: str, colour: str | None) -> str:
        """Return the text in this colour, when there is one and the paper takes it."""
        return self.paint(text, colour) if self.paint and colour else text

    def cut(self, text: str, used: int) -> str:
        """Return the text cut to what is left of the line behind ``used`` columns."""
        return text if self.width is None else _cut(text, max(self.width - used, NARROWEST_TEXT))


def explain(article: Article, paper: Paper | None = None) -> str:
    """Return the report: a line for each block, a blank line, then each field with its evidence.

    Nothing of the page's text can steer the terminal: control characters and marks that change the reading
    direction are written out.
    """
    paper = paper or Paper()
    lines = [*_block_lines(article.blocks, paper), "", LEGEND, *_field_lines(article, paper)]
    return "\n".join(lines)


def _block_lines(blocks: tuple[Block, ...], paper: Paper) -> Iterator[str]:
    """Yield each block as: number, label, confidence, reason, text."""
    number_width = len(str(max(len(blocks) - 1, 0)))
    reasons = [_reason(block) for block in blocks]
    reason_width = min(max(map(_width, reasons), default=0), WIDEST_REASON)
    for number, (block, reason) in enumerate(zip(blocks, reasons, strict=True)):
        label = paper.painted(f"{block.label:<{LABEL_WIDTH}}", COLOURS.get(block.label))
        front = f"{number:>{number_width}}  {label}  {block.confidence:.3f}  {_padded(reason, reason_width)}  "
        used = number_width + LABEL_WIDTH + len("  " * 4 + "0.000") + max(reason_width, _width(reason))
        yield front + paper.cut(visible(block.text), used)


def _reason(block: Block) -> str:
    """Return why the block has its label, and where its text stands when that is not the shown page."""
    places = (block.origin if block.origin != "page" else "", "hidden" if block.hidden else "")
    return ", ".join(filter(None, (visible(block.reason), *places)))


def _field_lines(article: Article, paper: Paper) -> Iterator[str]:
    """Yield each field with its value, and under it the evidence for and against it."""
    values = {name: value for name, value in to_dict(article).items() if name not in NOT_FIELDS}
    evidence: dict[str, list[Evidence]] = {name: [] for name in values}
    for piece in article.evidence:
        evidence.setdefault(piece.field, []).append(piece)
    name_width = max(map(len, evidence))
    for name, pieces in evidence.items():
        front = f"{visible(name):<{name_width}}  = "
        yield paper.painted(front, "bold") + paper.cut(visible(_value(name, values.get(name))), len(front))
        for piece in pieces:
            yield " " * (name_width + len("  ")) + _candidate(piece, paper, name_width)


def _value(name: str, value: Json) -> str:
    """Return a field's value in a few words.

    >>> _value("authors", ["张三", "李四"]), _value("published", None), _value("comments", [{}, {}])
    ('张三; 李四', 'none', '2 items')
    """
    if value is None or value == []:
        return "none"
    if isinstance(value, list):
        texts = [item for item in value if isinstance(item, str)]
        return "; ".join(texts) or f"{len(value):,} item{'s' if len(value) > 1 else ''}"
    return f"{len(str(value)):,} characters" if name == "text" else str(value)


def _candidate(piece: Evidence, paper: Paper, name_width: int) -> str:
    """Return one piece of evidence: whether it won, the block it stands in, why, and its words."""
    place = "head" if piece.block is None else f"block {piece.block}"
    front = f"{'+' if piece.chosen else '-'} {place}, {visible(piece.reason)}: "
    raw = paper.cut(visible(piece.raw), name_width + len("  ") + _width(front))
    return paper.painted(front, "green" if piece.chosen else "red") + raw


def _width(text: str) -> int:
    """Return the columns that a terminal needs for the text.

    >>> _width("abc"), _width("济宁")
    (3, 4)
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _cut(text: str, width: int) -> str:
    """Return as much of the text as fits, with a mark where it was cut.

    >>> _cut("济宁高新区", 8)
    '济宁高…'
    """
    if len(text) * 2 <= width or _width(text) <= width:
        return text
    kept, used = [], len("…")
    for character in text:
        used += _columns(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept) + "…"
