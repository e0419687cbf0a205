"""The pictures of an article, told from icons, counters and the thumbnails of other articles."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from portalclean.article import Picture
from portalclean.bodies.addresses import absolute, base_address
from portalclean.page import LABELS, Image, Label, Markup, Page, Verdicts

__all__ = ["Placed", "pictures"]

OF_ARTICLE = frozenset({Label.BODY, Label.CAPTION})
LEADING = frozenset({Label.BODY, Label.CAPTION, Label.TITLE, Label.BYLINE})
"""What may stand before a picture that leads an article."""
WORD = re.compile(r"\d{1,4}x\d{1,4}|[^\W\d_]{1,40}")
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
    images = [image for image in markup.images if first - REACH <= image.unit <= last]
    if not images:
        return
    base = base_address(page)
    neighbourhood = _Neighbourhood(page, markup, verdicts, images)
    seen = set()
    for image in images:
        address = absolute(image.src.strip(), base)
        if address is None or address in seen or _says_no_picture(image, address, markup.names[image.element]):
            continue
        if neighbourhood.is_article(image, first):
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


class _Neighbourhood:
    """Tells whose units stand next to an image."""

    def __init__(self, page: Page, markup: Markup, verdicts: Verdicts, images: Sequence[Image]) -> None:
        """Take the units around these images, which are in page order, and the elements down to theirs."""
        self._first = max(0, images[0].unit - REACH)
        units = slice(self._first, images[-1].unit + REACH)
        self._hidden: list[bool] = page.hidden[units].tolist()
        self._codes: list[int] = verdicts.labels[units].tolist()
        self._rows: list[int] = markup.inner[units].tolist()
        deepest = max(*self._rows, *(image.element for image in images), 0)
        self._parents: list[int] = markup.parents[: deepest + 1].tolist()  # a parent stands before its children

    def is_article(self, image: Image, first: int) -> bool:
        """Tell whether an image stands closer to the article's units, which begin at ``first``, than to others."""
        unit = image.unit
        before = self._nearest(image.element, range(unit - 1, unit - 1 - REACH, -1))
        after = self._nearest(image.element, range(unit, unit + REACH))
        nearest = max(before.depth, after.depth)
        labels = {found.label for found in (before, after) if found.depth == nearest}
        if unit > first:
            return not labels.isdisjoint(OF_ARTICLE)
        # Over the first paragraph a tie is with what stands above: a lead stands under the article's own head.
        return after.label in OF_ARTICLE and after.depth == nearest and labels <= LEADING

    def _nearest(self, element: int, units: range) -> _Neighbour:
        """Return the first shown one of these units that an element stands around with the image's own."""
        for unit in units:
            place = unit - self._first
            if not 0 <= place < len(self._rows):
                break
            if not self._hidden[place] and (row := self._common(element, self._rows[place])) >= 0:
                return _Neighbour(LABELS[self._codes[place]], row)
        return NOBODY

    def _common(self, one: int, two: int) -> int:
        """Return the row of the innermost element around two; -1 where it lies `CLIMB` levels above one of them."""
        left = right = CLIMB - 1
        while one != two and left >= 0 and right >= 0:
            if one > two:  # a parent's row comes before its children's
                one, left = self._parents[one], left - 1
            else:
                two, right = self._parents[two], right - 1
        return one if left >= 0 and right >= 0 else -1


@cache
def _words() -> _Words:
    table = tomllib.loads((files("portalclean") / "lexicon" / "no_pictures.toml").read_text("utf-8"))
    names, texts = table["names"], table["texts"]
    return _Words(frozenset(names["words"]), frozenset(names["platforms"]), frozenset(texts["words"]))
