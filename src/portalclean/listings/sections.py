"""Pieces to sections: what stands under one heading, and the tabs above a group of sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from portalclean.listings.lines import BUTTON, HEADING, NAME_WEIGHT, TEXT, TIME
from portalclean.listings.words import HEADING_WEIGHT, bare, is_heading, weight

if TYPE_CHECKING:
    from portalclean.listings.pieces import Piece

__all__ = ["Section", "linked_share", "split_sections"]

GAP = 3
"""Blocks of other labels after which a list and its heading are over."""
TAB_WEIGHT = 11.0
"""No tab label weighs more: four Han characters or eleven letters."""
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]{1,4}")
"""A tab label in a line of several."""
FEWEST_TABS = 3
"""Labels in a row from which on they are tabs."""
MOSTLY = 0.6
"""Share from which on a trait of a list's lines is its habit."""
RANK = re.compile(r"0?(\d{1,2})\s?(?![\d.,:%年月日:：])")
"""A number at the beginning of a line, maybe glued to its text."""
FEWEST_NAMES = 3
"""Short lines between titles and times or counts from which on they are taken for names."""
FEWEST_GLUED = 3
"""Lines that begin with a heading from which on headings are taken to be glued to titles."""
FEWEST_RANKS = 3
"""Lines numbered one after the other from which on the numbers are ranks."""


@dataclass(slots=True)
class Section:
    """What stands under one heading."""

    heading: str | None
    group: str | None
    """The heading above the tabs that this section is one of, when there are tabs."""
    run: int
    """Number of the run of neighbouring blocks that it stands in."""
    pieces: list[Piece] = field(default_factory=list)


def split_sections(pieces: Sequence[Piece]) -> list[Section]:
    """Return the sections of these pieces, in page order; sections without text are left out."""
    linked = linked_share(pieces) >= MOSTLY
    sections: list[Section] = []
    for number, run in enumerate(_runs(pieces)):
        if linked:
            _promote(run)
        _demote_names(run)
        sections += _of_run(number, _without_glued_headings(run))
    filled = [section for section in sections if any(map(_may_say_title, section.pieces))]
    for section in filled:
        _cut_ranks(section)
        _cut_dates(section)
    return filled


def _may_say_title(piece: Piece) -> bool:
    return piece.role is TEXT or (piece.role is TIME and piece.text != "")


def linked_share(pieces: Sequence[Piece]) -> float:
    """Return the share of the text pieces that are links."""
    linked = [piece.href is not None for piece in pieces if piece.role is TEXT]
    return sum(linked) / len(linked) if linked else 0.0


def _runs(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """Yield the pieces in runs that other labels hardly interrupt."""
    blocks = [piece.place.block for piece in pieces]
    cuts = [place for place, (last, block) in enumerate(pairwise(blocks), start=1) if block - last > GAP]
    for first, beyond in pairwise((0, *cuts, len(pieces)) if pieces else ()):
        yield pieces[first:beyond]


def _promote(run: Sequence[Piece]) -> None:
    """Make headings of the pieces that stand in ``h1`` to ``h6`` without a link, in a list of links."""
    for piece in [piece for piece in run if piece.place.in_heading]:
        if piece.href is not None or piece.role not in (TEXT, BUTTON):
            continue
        if piece.weight <= HEADING_WEIGHT and any(map(str.isalpha, piece.text)):
            piece.role = HEADING


def _demote_names(run: Sequence[Piece]) -> None:
    """Make texts of the headings that are sources: where a name follows each title, 晨光新闻 is one."""
    if not any(piece.role is HEADING for piece in run):
        return
    threes = zip(run, run[1:], run[2:], strict=False)
    named = [piece for before, piece, after in threes if _stands_as_name(before, piece, after)]
    if len(named) >= FEWEST_NAMES:
        for piece in named:
            piece.role = TEXT


def _stands_as_name(before: Piece, piece: Piece, after: Piece) -> bool:
    """Whether a short line stands between a title, or what its buttons say, and a time or a count."""
    if after.role not in (TIME, BUTTON) or piece.role not in (TEXT, HEADING) or piece.weight > NAME_WEIGHT:
        return False
    if after.role is TIME:
        return before.role in (TEXT, BUTTON)
    return before.role is TEXT and any(map(str.isdigit, after.text))


def _without_glued_headings(run: Sequence[Piece]) -> Sequence[Piece]:
    """Return a run with the headings cut off the titles that they are glued to, where that is its habit."""
    glued = [_glued_heading(piece.text) if piece.role is TEXT and " " in piece.text else None for piece in run]
    if len(glued) - glued.count(None) < FEWEST_GLUED:
        return run
    parts: list[Piece] = []
    for piece, heading in zip(run, glued, strict=True):
        if heading:
            title = piece.text[len(heading) :].strip()
            parts += (replace(piece.saying(heading), role=HEADING), piece.saying(title))
        else:
            parts.append(piece)
    return parts


def _glued_heading(text: str) -> str | None:
    """Return the heading that a line begins with: 财经要闻, then a space and a title."""
    heading, _, title = text.partition(" ")
    if heading.isascii() or len(heading) > HEADING_WEIGHT:
        return None
    heavy = weight(heading)
    return heading if heavy > len(heading) and weight(title) > 2 * heavy and is_heading(heading) else None


def _of_run(number: int, run: Sequence[Piece]) -> Iterator[Section]:
    tabs: frozenset[str] = frozenset()
    section = Section(None, None, number)
    place = 0
    while place < len(run):
        piece = run[place]
        if not tabs and section.pieces and piece.role is not HEADING:
            section.pieces.append(piece)
            place += 1
            continue
        count = 0 if section.pieces else _tabs_at(run, place)
        if count:
            tabs = frozenset(bare(label) for tab in run[place : place + count] for label in tab.text.split())
            section.group = section.heading
            place += count
            continue
        is_tab = False
        if tabs and piece.role is TEXT:
            is_tab = bare(piece.text) in tabs
            label, _, title = piece.text.partition(" ")
            if title and bare(label) in tabs:
                yield section
                section = Section(label, section.group, number)
                piece = piece.saying(title.strip())
        if piece.role is HEADING or is_tab:
            yield section
            section = Section(piece.text, section.group, number)
        else:
            section.pieces.append(piece)
        place += 1
    yield section


def _tabs_at(run: Sequence[Piece], place: int) -> int:
    """Return how many pieces from this place on are tab labels: short words in a row, or in one line."""
    labels: set[str] = set()
    for at in range(place, len(run)):
        if not _is_tab(run[at]) or run[at].text in labels:
            break
        labels.add(run[at].text)
    count = len(labels)
    if count >= FEWEST_TABS:
        return count
    words = run[place].text.split() if run[place].role is TEXT else []
    return 1 if len(words) >= FEWEST_TABS and _is_unspaced(words) else 0


def _is_tab(piece: Piece) -> bool:
    return piece.role is TEXT and piece.weight <= TAB_WEIGHT and not piece.dated


def _is_unspaced(labels: Sequence[str]) -> bool:
    """Whether all labels are short words of a script without spaces, so that spaces set labels apart."""
    return all(UNSPACED.fullmatch(label) for label in labels)


def _cut_ranks(section: Section) -> None:
    """Cut the ranks off lines that are numbered 1, 2, 3 …."""
    chain: list[tuple[int, re.Match[str]]] = []
    numbered = [
        (place, RANK.match(piece.text))
        for place, piece in enumerate(section.pieces)
        if piece.role is TEXT and piece.text[:1].isdigit()
    ]
    if len(numbered) < FEWEST_RANKS:
        return
    for place, match in numbered:
        if match is None or match.end() == len(match.string):
            continue
        rank = int(match[1])
        last = int(chain[-1][1][1]) if chain else 0
        if rank not in (last, last + 1):
            _cut_chain(section, chain)
            chain = []
        if chain or rank == 1:
            chain.append((place, match))
    _cut_chain(section, chain)


def _cut_chain(section: Section, chain: Sequence[tuple[int, re.Match[str]]]) -> None:
    if len({match[1] for _, match in chain}) >= FEWEST_RANKS:
        for place, match in chain:
            section.pieces[place] = section.pieces[place].saying(match.string[match.end() :].strip())


def _cut_dates(section: Section) -> None:
    """Cut glued dates off: those with a time of day, and mere days where that is the list's habit."""
    dated = [place for place, piece in enumerate(section.pieces) if piece.dated]
    if not dated:
        return
    texts = sum(piece.role is TEXT for piece in section.pieces)
    habit = len(dated) > 1 and len(dated) >= MOSTLY * texts / 2
    for place in dated:
        piece = section.pieces[place]
        if piece.dated and (piece.certain or habit):
            section.pieces[place] = replace(piece.saying(piece.dated.strip()), dated=None, complete=True)
