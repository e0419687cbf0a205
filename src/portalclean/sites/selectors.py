"""CSS selectors answered from the table of elements that a page keeps.

soupsieve reads the selector; it is answered here, for all elements at once, in time linear in their number. The page
keeps each element's tag, class, id and role and no other attribute, so the selectors are these: ``tag``, ``*``,
``.class``, ``#id``, ``[class]``, ``[id]`` and ``[role]`` with every operator of CSS, ``:is()``, ``:where()`` and
``:not()`` over them, descendants (a blank), children (``>``), and lists of these with commas.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from portalclean.errors import SiteRuleError
from portalclean.page import BoolArray, Markup

if TYPE_CHECKING:
    from soupsieve import css_types

__all__ = ["Selector", "elements_matching", "parse_selector", "units_inside"]

ATTRIBUTES: Mapping[str, int] = {"class": 0, "id": 1, "role": 2}
"""The attributes that a page keeps, by their place in ``Markup.names``."""


@dataclass(frozen=True, slots=True)
class Compound:
    """What one element must be, and what it must stand in."""

    tag: str | None
    ids: tuple[str, ...]
    classes: frozenset[str]
    attributes: tuple[tuple[int, re.Pattern[str] | None], ...]
    """Places in ``Markup.names`` and what must match there; without a pattern the attribute must be there."""
    also: tuple[Selector, ...]
    """What ``:is()``, ``:where()`` and ``:not()`` ask for."""
    inside: Selector | None
    is_child: bool
    """Whether the element must be a child of ``inside``; else it may stand at any depth in one."""


@dataclass(frozen=True, slots=True)
class Selector:
    """A list of compounds of which one must fit, or none when it is negated."""

    compounds: tuple[Compound, ...]
    is_not: bool


def parse_selector(written: str) -> Selector:
    """Return a parsed selector. Raises `SiteRuleError` for one that is no CSS or cannot be answered.

    >>> parse_selector("div.promo > p:first-child")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    portalclean.errors.SiteRuleError: select 'div.promo > p:first-child': no page keeps what this asks for: a pseudo-...
    """
    import soupsieve

    try:
        selectors = soupsieve.compile(written).selectors
    except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise SiteRuleError(f"select {written!r}: no CSS selector: {reason}") from error
    try:
        return _selector(selectors)
    except SiteRuleError as error:
        raise SiteRuleError(
            f"select {written!r}: no page keeps what this asks for: {error}; there are tags, .class, #id, [class], "
            "[id], [role], :is(), :not(), descendants and children"
        ) from error


def elements_matching(selector: Selector, markup: Markup) -> BoolArray:
    """(elements,) whether the selector matches an element."""
    found = np.zeros(len(markup.tags), dtype=bool)
    for compound in selector.compounds:
        matched = _matching(compound, markup)
        if compound.inside:
            outer = elements_matching(compound.inside, markup)
            matched &= (outer if compound.is_child else _or_above(outer, markup))[markup.parents]
        found |= matched
    return ~found if selector.is_not else found


def units_inside(found: BoolArray, markup: Markup) -> BoolArray:
    """(units,) whether a unit stands in one of these elements, at any depth."""
    units: BoolArray = _or_above(found, markup)[markup.inner]
    return units


def _matching(compound: Compound, markup: Markup) -> BoolArray:
    """(elements,) whether an element is what a compound says, wherever it stands."""
    found = np.ones(len(markup.tags), dtype=bool)
    found[0] = False  # the document
    if compound.tag:
        found &= np.array([tag == compound.tag for tag in markup.tags], dtype=bool)
    for wanted in compound.ids:
        found &= np.array([element == wanted for _, element, _ in markup.names], dtype=bool)
    if compound.classes:
        held = ({*(classes or "").split()} for classes, _, _ in markup.names)
        found &= np.array([compound.classes <= classes for classes in held], dtype=bool)
    for place, pattern in compound.attributes:
        found &= np.array([_has(names[place], pattern) for names in markup.names], dtype=bool)
    for selector in compound.also:
        found &= elements_matching(selector, markup)
    return found


def _has(value: str | None, pattern: re.Pattern[str] | None) -> bool:
    return value is not None and (pattern is None or pattern.search(value) is not None)


def _or_above(found: BoolArray, markup: Markup) -> BoolArray:
    """(elements,) whether an element or one that it stands in is found; parents come before their children."""
    reached = found.tolist()
    for row, parent in enumerate(markup.parents.tolist()):
        if reached[parent]:
            reached[row] = True
    return np.array(reached, dtype=bool)


def _selector(parsed: css_types.SelectorList) -> Selector:
    if parsed.is_html:
        raise SiteRuleError("a pseudo-class")
    return Selector(tuple(map(_compound, parsed.selectors)), parsed.is_not)


def _compound(parsed: css_types.Selector | css_types.SelectorNull) -> Compound:
    from soupsieve import css_types

    # A pseudo-class of a browser's state is read as a selector that nothing matches.
    if isinstance(parsed, css_types.SelectorNull) or parsed.flags or parsed.nth:
        raise SiteRuleError("a pseudo-class")
    if parsed.contains or parsed.lang:
        raise SiteRuleError("the text or the language of an element")
    if parsed.tag and parsed.tag.prefix:
        raise SiteRuleError("a namespace")
    relation = _selector(parsed.relation) if parsed.relation.selectors else None
    kind = getattr(parsed.relation.selectors[0], "rel_type", None) if relation else None
    if kind not in (None, " ", ">"):
        raise SiteRuleError(f"the combinator {kind!r}")
    unknown = [each.attribute for each in parsed.attributes if each.attribute.lower() not in ATTRIBUTES]
    if unknown:
        raise SiteRuleError(f"the attribute [{unknown[0]}]")
    return Compound(
        tag=parsed.tag.name.lower() if parsed.tag and parsed.tag.name != "*" else None,
        ids=parsed.ids,
        classes=frozenset(parsed.classes),
        attributes=tuple((ATTRIBUTES[each.attribute.lower()], each.pattern) for each in parsed.attributes),
        also=tuple(map(_selector, parsed.selectors)),
        inside=relation,
        is_child=kind == ">",
    )
