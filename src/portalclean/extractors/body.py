"""The main content: its plain text, and its typed blocks in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from portalclean.article import BodyBlock, Code, EmptyBecause, Evidence, Heading, ListItem, Paragraph, Picture, Quote
from portalclean.bodies.captions import with_captions
from portalclean.bodies.notices import said
from portalclean.bodies.pictures import pictures
from portalclean.bodies.places import PROSE, Place, Places, Setting
from portalclean.bodies.tables import Tables
from portalclean.bodies.unwrap import unwrapped
from portalclean.page import LABEL_CODES, Label, Markup, Origin, PageType
from portalclean.reading import Extracted, Fields, Reading

__all__ = ["extract_body"]

POSTS = (Label.BODY, Label.COMMENT)
"""What a forum's thread is made of; with the replies, unseen threads of WCXB gained .03 (HTML) and .05 (text) of F1."""
BODY = LABEL_CODES[Label.BODY]
SURE = 0.7
"""The confidence from which on hidden text counts: on unseen sites of WCXB this gained .009 of F1 over leaving all of
it out and .006 over taking all of it in; elsewhere it cost up to .001."""
LONGEST_HEADING = 200
"""Characters over which a heading element holds prose: unclosed ones swallow the article."""
LONGEST_ITEM = 1_500
MOST_IN_ITEM = 8
"""Characters and units over which a list item is a container of the page's layout."""
QUOTED_SHARE = 0.5
QUOTED_UNITS = 3
"""Share of the body over which a quotation of more units than this is an indented article."""
MOST_QUOTED = 12
"""Units over which it is one, or is not closed, whatever its share."""
NOTICES = (EmptyBecause.SCRIPT_SHELL, EmptyBecause.NOT_FOUND)
MOST_NOTICES = 3
LONGEST_NOTICE = 240
"""Blocks of a body that may be a shell's notice and nothing else, and characters of each."""
LONGEST_TAIL = 30
"""Characters of what such a notice is followed by: "Loading…"."""
RAW = 80
"""Characters of the body that its evidence shows."""


class _Piece(NamedTuple):
    """A run of body text on one or more lines, and the unit that it begins in."""

    unit: int
    text: str
    place: Place


def extract_body(reading: Reading) -> Extracted:
    """Return ``text`` and ``body``: the blocks labelled body, typed by the markup if there is any.

    What the page hides counts where the labeller is sure of it: folded answers, texts behind tabs or "read more". Of a
    forum's page the posts are the content, whether they are labelled body or comment.
    """
    verdicts = reading.verdicts
    is_thread = verdicts is not None and verdicts.page_type is PageType.FORUM
    found = reading.lines(*(POSTS if is_thread else (Label.BODY,)))
    if folded := list(_folded(reading)):
        found = sorted(found + folded)
    if not found:
        return Extracted(Fields(text="", body=()))
    first, opening = found[0]
    if _is_notice([text for _, text in found]):
        evidence = Evidence("text", "all it says is why there is nothing to read", opening[:RAW], first, chosen=False)
        return Extracted(Fields(text="", body=()), (evidence,))
    markup = reading.page.markup
    body = tuple(_typed(reading, markup, found) if markup else _untyped(reading, found))
    text = "\n".join(block.text for block in body if not isinstance(block, Picture))
    return Extracted(
        Fields(text=text, body=body),
        (Evidence("text", f"{len(found)} blocks labelled body", opening[:RAW], first),),
    )


def _folded(reading: Reading) -> Iterator[tuple[int, str]]:
    """Yield (index, text) of the hidden blocks that are surely a part of the body."""
    blocks, verdicts = reading.blocks, reading.verdicts
    if verdicts is None:
        return
    for index in [index for index, hidden in enumerate(blocks.hidden) if hidden and blocks.codes[index] == BODY]:
        unit = reading.first_units[index]
        if verdicts.confidences[unit] >= SURE and reading.page.origins[unit] is Origin.PAGE:
            yield index, blocks.texts[index]


def _is_notice(texts: Sequence[str]) -> bool:
    """Tell whether a body only says that scripts are needed, or that the page is gone, whatever labelled it."""
    if len(texts) > MOST_NOTICES or any(len(text) > LONGEST_NOTICE for text in texts):
        return False
    others = [text for text in texts if not any(said(reason, text) for reason in NOTICES)]
    return len(others) < len(texts) and all(len(text) <= LONGEST_TAIL for text in others)


def _untyped(reading: Reading, found: Sequence[tuple[int, str]]) -> Iterable[BodyBlock]:
    """Return the body of a text dump: nothing in it tells headings and list items from short lines."""
    firsts = reading.first_units
    blocks = [(firsts[index], Paragraph(unwrapped(text))) for index, text in found]
    return with_captions(blocks, [], _captions(reading))


def _typed(reading: Reading, markup: Markup, found: Sequence[tuple[int, str]]) -> Iterable[BodyBlock]:
    units = [unit for index, _ in found for unit in reading.units_of(index)]
    tables = Tables(reading.page, markup, units)
    places = Places(markup, tables.holds_data)
    texts, rows = reading.page.texts, markup.block[units].tolist()
    found_at = {row: places.of(row) for row in dict.fromkeys(rows)}
    if all(place is PROSE for place in found_at.values()):
        blocks: list[tuple[int, BodyBlock]] = [(unit, Paragraph(texts[unit])) for unit in units]
    else:
        pieces = [_Piece(unit, texts[unit], found_at[row]) for unit, row in zip(units, rows, strict=True)]
        blocks = list(_blocks(_seen_through(pieces), tables))
    captions = _captions(reading)
    spots = [units[0], units[-1], *(unit for unit, _ in captions)]
    placed = (
        pictures(reading.page, markup, reading.verdicts, units[0], max(spots))
        if markup.images and reading.verdicts
        else ()
    )
    return with_captions(blocks, placed, captions)


def _captions(reading: Reading) -> list[tuple[int, str]]:
    """Return the captions, each with its first unit."""
    firsts = reading.first_units
    return [(firsts[index], unwrapped(text)) for index, text in reading.lines(Label.CAPTION)]


def _seen_through(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Return the pieces, those in elements that lay out the page or swallow the article as plain prose."""
    units = Counter([piece.place.row for piece in pieces])
    characters: Counter[int] = Counter()
    for piece in pieces:
        characters[piece.place.row] += len(piece.text)
    total = characters.total()
    plain = {
        place.row
        for place in {piece.place for piece in pieces}
        if _lays_out(place.setting, units[place.row], characters[place.row], total)
    }
    return [piece._replace(place=PROSE) if piece.place.row in plain else piece for piece in pieces]


def _lays_out(setting: Setting, units: int, characters: int, total: int) -> bool:
    """Tell whether an element holds too much for what it says it is.

    >>> _lays_out(Setting.QUOTE, 9, 4000, 4500), _lays_out(Setting.QUOTE, 2, 300, 4500)
    (True, False)
    """
    if setting is Setting.HEADING:
        return characters > LONGEST_HEADING
    if setting is Setting.ITEM:
        return characters > LONGEST_ITEM or units > MOST_IN_ITEM
    if setting is Setting.QUOTE:
        return units > MOST_QUOTED or (units > QUOTED_UNITS and characters > QUOTED_SHARE * total)
    return False


def _blocks(pieces: Iterable[_Piece], tables: Tables) -> Iterator[tuple[int, BodyBlock]]:
    """Yield each typed block with its first unit; a table comes where its first cell does, whole."""
    shown = set()
    for place, run in groupby(pieces, key=lambda piece: piece.place):
        parts = list(run)
        unit = parts[0].unit
        if place.setting is Setting.TABLE:
            if place.row not in shown:
                shown.add(place.row)
                yield unit, tables.at(place.row)
        elif place.setting is Setting.PROSE:
            for piece in parts:
                yield piece.unit, Paragraph(piece.text)
        else:
            yield unit, _block(place, [piece.text for piece in parts])


def _block(place: Place, lines: Sequence[str]) -> BodyBlock:
    """Return the block for consecutive lines in one place."""
    if place.setting is Setting.HEADING:
        return Heading(" ".join(lines), place.level)
    text = "\n".join(lines)
    if place.setting is Setting.ITEM:
        return ListItem(text, place.ordered, place.level)
    if place.setting is Setting.QUOTE:
        return Quote(text)
    return Code(text)
