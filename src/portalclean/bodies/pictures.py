"""The pictures of an article, told from icons, counters and the thumbnails of other articles."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

import regex

from portalclean.article import Picture
from portalclean.bodies.addresses import absolute, base_address
from portalclean.page import LABELS, Image, Label, Markup, Page, Verdicts

__all__ = ["Placed", "pictures"]

OF_ARTICLE = frozenset({Label.BODY, Label.CAPTION})
LEADING = frozenset({Label.BODY, Label.CAPTION, Label.TITLE, Label.BYLINE})
"""What may stand before a picture that leads an article."""
WORD = regex.compile(r"\d{1,4}x\d{1,4}|\p{L}{1,40}")
SPACER = 2
"""Letters of the name of a GIF up to which it is a spacer, such as ``c.gif``."""
CLIMB = 256
"""Levels of the tree above an image that are looked at; real pages have under a hundred."""
REACH = 12
"""Units that are passed over in search of a shown neighbour of an image."""


class Placed(NamedTuple):
    """A picture, and the unit before which (or in which) it stands."""

    unit: int
    picture: Picture


class _Words(NamedTuple):
    """The word lists; see the data file for what each holds."""

    names: frozenset[str]
    platforms: frozenset[str]
    texts: frozenset[str]


class _Neighbour(NamedTuple):
    """The shown unit next to an image, and how deep the innermost element around both is."""

    label: Label | None
    depth: int


NOBODY = _Neighbour(None, -1)


def pictures(page: Page, markup: Markup, verdicts: Verdicts, first: int, last: int) -> Iterator[Placed]:
    """Yield the pictures, each address once, from the lead before body unit ``first`` to unit ``last``."""
    base = base_address(page)
    seen = set()
    for image in markup.images:
        if not first - REACH <= image.unit <= last:
            continue
        address = absolute(image.src.strip(), base)
        if address is None or address in seen or _says_no_picture(image, address, markup.names[image.element]):
            continue
        if _of_article(page, markup, verdicts, image, first):
            seen.add(address)
            yield Placed(image.unit, Picture(address, " ".join(image.alt.split()) or None))


def _says_no_picture(image: Image, address: str, names: tuple[str | None, str | None, str | None]) -> bool:
    """Tell whether an image's address, class or text says that it is an icon, a button, a placeholder, an ad.

    >>> plain = (None, None, None)
    >>> _says_no_picture(Image(0, 0, "", ""), "https://example.com/img/qr_code/loading.gif", plain)
    True
    >>> _says_no_picture(Image(0, 0, "", ""), "https://example.com/photos/silicon.jpg", plain)
    False
    """
    folders, _, file = address.partition("?")[0].lower().rpartition("/")
    stem, _, extension = file.rpartition(".")
    folder = folders.rpartition("/")[2]
    said = _words()
    words = set(WORD.findall(f"{folder} {file} {(names[0] or '').lower()}".replace("_", " ")))
    return (
        not said.names.isdisjoint(words)
        or (extension == "gif" and len(stem) <= SPACER)
        or stem.strip("_-0123456789") in said.platforms
        or image.alt.strip().lower() in said.texts
    )


def _of_article(page: Page, markup: Markup, verdicts: Verdicts, image: Image, first: int) -> bool:
    """Tell whether an image stands closer to the article's units than to others."""
    around = set(islice(markup.ancestors(image.element), CLIMB))
    before = _neighbour(page, markup, verdicts, range(image.unit - 1, image.unit - 1 - REACH, -1), around)
    after = _neighbour(page, markup, verdicts, range(image.unit, image.unit + REACH), around)
    nearest = max(before.depth, after.depth)
    labels = {found.label for found in (before, after) if found.depth == nearest}
    if image.unit > first:
        return not labels.isdisjoint(OF_ARTICLE)
    # Over the first paragraph a tie is with what stands above: a lead stands under the article's own head.
    return after.label in OF_ARTICLE and after.depth == nearest and labels <= LEADING


def _neighbour(page: Page, markup: Markup, verdicts: Verdicts, units: range, around: set[int]) -> _Neighbour:
    for unit in units:
        if not 0 <= unit < len(page):
            break
        if page.hidden[unit]:
            continue
        for row in islice(markup.ancestors(int(markup.inner[unit])), CLIMB):
            if row in around:
                return _Neighbour(LABELS[verdicts.labels[unit]], row)
    return NOBODY


@cache
def _words() -> _Words:
    table = tomllib.loads((files("portalclean") / "lexicon" / "no_pictures.toml").read_text("utf-8"))
    names, texts = table["names"], table["texts"]
    return _Words(frozenset(names["words"]), frozenset(names["platforms"]), frozenset(texts["words"]))
