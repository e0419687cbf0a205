"""The address of the next page of an article that runs over several."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from portalclean.article import Evidence
from portalclean.bodies.addresses import absolute, base_address, page_address
from portalclean.bodies.numbering import Form, Numbered, numberings
from portalclean.page import LABEL_CODES, Label
from portalclean.reading import Extracted, Fields, Reading

__all__ = ["extract_next_page"]

NO_PAGER = frozenset(
    LABEL_CODES[label] for label in (Label.RECOMMENDATION, Label.COMMENT, Label.ADVERTISEMENT, Label.TITLE)
)
"""Codes of labels whose blocks page through something else than the article."""
LONGEST_TEXT = 30
"""Characters of the longest link text of a pager."""
MOST_POINTERS = 200
"""Links that are looked at; pagers have some ten."""
LONGEST_ARTICLE = 99
"""Pages; larger numbers in addresses are those of articles."""
ENDS = " \t«»<>›‹→＞≫▶►❯[]【】()（）·|"


@dataclass(frozen=True, slots=True)
class _Words:
    words: frozenset[str]
    arrows: frozenset[str]
    of_page: tuple[str, ...]
    parameters: frozenset[str]


class _Pointer(NamedTuple):
    """A link that may lead to the next page."""

    address: str
    text: str
    block: int | None
    is_next: bool
    """Whether it says so in words, and not by a number or an arrow alone."""
    names_page: bool
    """Whether it speaks of a page, so that it cannot mean the next article."""


def extract_next_page(reading: Reading) -> Extracted:
    """Return ``next_page``: a link that says so, to an address that is this page's with the next number."""
    own = page_address(reading.page)
    markup = reading.page.markup
    if own is None or markup is None:
        return Extracted(Fields(next_page=None))
    parameters = _words().parameters
    here: dict[tuple[str, int | None], Numbered] = {}
    for pointer in islice(_pointers(reading), MOST_POINTERS):
        here = here or {(way.stem, way.number): way for way in numberings(own, parameters)}
        ways = numberings(pointer.address, parameters)
        if any(_follows(way, here, pointer) for way in ways):
            evidence = Evidence("next_page", "a link to the next number", pointer.text, pointer.block)
            return Extracted(Fields(next_page=pointer.address), (evidence,))
    return Extracted(Fields(next_page=None))


def _pointers(reading: Reading) -> Iterator[_Pointer]:
    """Yield the links that may lead to the next page: the head's, those in words, then bare numbers."""
    page, words = reading.page, _words()
    base = base_address(page)
    for href in page.head.links.get("next", ()):
        if address := absolute(href.strip(), base):
            yield _Pointer(address, "rel=next", None, is_next=True, names_page=False)
    numbers: list[_Pointer] = []
    for unit, text, href in _links(reading):
        said = text.strip(ENDS).lower()
        is_next = said in words.words
        if not (is_next or said.isdecimal() or text.strip() in words.arrows):
            continue
        if address := absolute(href, base):
            names_page = any(word in said for word in words.of_page)
            pointer = _Pointer(address, text, _block_of(reading, unit), is_next, names_page)
            if is_next:
                yield pointer
            else:
                numbers.append(pointer)
    yield from numbers


def _links(reading: Reading) -> Iterator[tuple[int, str, str]]:
    """Yield unit, text and address of the short links that stand after the article's beginning."""
    page, verdicts = reading.page, reading.verdicts
    markup = page.markup
    if markup is None:
        return
    first = reading.first_units[body] if (body := reading.first(Label.BODY)) is not None else 0
    codes: list[int] | None = verdicts.labels.tolist() if verdicts else None
    for unit, start, end, href in markup.links:
        if unit < first or end - start > LONGEST_TEXT:
            continue
        if codes is None or codes[unit] not in NO_PAGER:
            yield unit, page.text[start:end], href.strip()


def _follows(way: Numbered, here: dict[tuple[str, int | None], Numbered], pointer: _Pointer) -> bool:
    """Tell whether an address, read this way, is the page after this one."""
    number = way.number
    if number is None or not 0 < number <= LONGEST_ARTICLE:
        return False
    text = pointer.text.strip(ENDS)
    if text.isdecimal() and int(text) not in (number, number + 1):
        return False
    if (way.stem, None) in here:
        # Some number the second page 1.
        return number == 2 or (number == 1 and pointer.is_next and way.form is Form.SUFFIX)
    before = here.get((way.stem, number - 1))
    if before is None or before.form is not way.form:
        return False
    # Without a mark of the number, /11 to /12 may be the next article.
    return way.form in (Form.QUERY, Form.SEGMENT) or pointer.names_page or text.isdecimal()


def _block_of(reading: Reading, unit: int) -> int | None:
    """Return the block that a unit stands in."""
    return bisect_right(reading.first_units, unit) - 1 if reading.first_units else None


@cache
def _words() -> _Words:
    table = tomllib.loads((files("portalclean") / "lexicon" / "next_page.toml").read_text("utf-8"))
    return _Words(
        words=frozenset(table["links"]["words"]),
        arrows=frozenset(table["links"]["arrows"]),
        of_page=tuple(table["words"]["page"]),
        parameters=frozenset(table["addresses"]["parameters"]),
    )
