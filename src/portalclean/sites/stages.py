"""Site rules as stages of the pipeline: labels are claimed before the labeller, fields filled after the extractors.

A rule that matches nothing on a page of its site is told as evidence for the field `RULES`, with ``chosen`` unset: the
site has changed, or the rule never fitted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from portalclean.article import Evidence, Zone
from portalclean.bodies.addresses import host_of, page_address
from portalclean.chronology import find_dates, host_zone
from portalclean.page import Page, Verdict
from portalclean.pipeline import Pipeline
from portalclean.reading import Claims, Extracted, Fields, Reading
from portalclean.sites.files import FieldRule, LabelRule, SiteRules, Where
from portalclean.sites.selectors import elements_matching, units_inside

__all__ = ["RULES", "with_site_rules"]

RULES = "site_rules"
"""Name of the first stage, and of the field whose evidence says which rules match nothing."""
FIELDS_STAGE = "site_fields"
SURE = 1.0
"""How sure a claim by a rule is: a person has written it for this site."""
LISTS = frozenset({"authors", "keywords", "breadcrumbs"})
"""Fields that take every match of their rule."""


def with_site_rules(pipeline: Pipeline, sites: Iterable[SiteRules]) -> Pipeline:
    """Return a pipeline that knows these sites: ``site_rules`` before ``label``, ``site_fields`` before ``emptiness``.

    Pages are recognised by the host of their address. Where the pipeline has no stage ``emptiness``, the fields are
    filled last. Raises `UnknownStage` for a pipeline without a labeller, `StageError` for one that has rules already.
    """
    known = tuple(sites)
    changed = pipeline.before("label", RULES, LabelStage(known))
    if "emptiness" in changed.names:
        return changed.before("emptiness", FIELDS_STAGE, FieldStage(known))
    return changed.after(changed.names[-1], FIELDS_STAGE, FieldStage(known))


@dataclass(frozen=True, slots=True)
class LabelStage:
    """Claims the units that the label rules of the page's site are about; where two meet, the first rule wins."""

    sites: tuple[SiteRules, ...]

    def __call__(self, reading: Reading) -> Claims:
        """Return the claims."""
        page = reading.page
        claims: dict[int, Verdict] = {}
        for site in _sites_of(page, self.sites):
            for rule in site.labels:
                verdict = Verdict(rule.label, SURE, f"site rule {site.name}: {rule.reason}")
                for unit in _units(page, rule.where):
                    claims.setdefault(unit, verdict)
        return Claims(claims)


@dataclass(frozen=True, slots=True)
class FieldStage:
    """Fills the fields that the rules of the page's site are about, and tells which rules match nothing."""

    sites: tuple[SiteRules, ...]

    def __call__(self, reading: Reading) -> Extracted:
        """Return the fields and the evidence for them."""
        fields, evidence = Fields(), list[Evidence]()
        for site in _sites_of(reading.page, self.sites):
            evidence += [_dead(site, rule) for rule in site.labels if _is_dead(reading.page, rule.where)]
            for rule in site.fields:
                if rule.field in fields:
                    continue
                found = list(_values(reading, rule))
                value = _value(rule.field, [text for _, text in found], reading.page)
                if value:
                    fields.update(value)
                    block, raw = found[0]
                    evidence.append(Evidence(rule.field, f"site rule {site.name}: {rule.where.written}", raw, block))
                elif not rule.where.optional and _applies(reading.page, rule.where):
                    evidence.append(_dead(site, rule))
        return Extracted(fields, tuple(evidence))


def _sites_of(page: Page, sites: Sequence[SiteRules]) -> list[SiteRules]:
    host = host_of(page_address(page))
    return [site for site in sites if site.are_for(host)]


def _units(page: Page, where: Where) -> list[int]:
    """Return the units that a rule is about, in order."""
    if not _applies(page, where):
        return []
    units: Sequence[int] = range(len(page))
    if where.selector is not None and page.markup is not None:
        units = units_inside(elements_matching(where.selector, page.markup), page.markup).nonzero()[0].tolist()
    if where.line is None:
        return list(units)
    return [unit for unit in units if where.line.search(page.texts[unit])]


def _applies(page: Page, where: Where) -> bool:
    """Whether a rule can match at all: a text dump has no elements."""
    return where.selector is None or page.markup is not None


def _is_dead(page: Page, where: Where) -> bool:
    return not where.optional and _applies(page, where) and not _units(page, where)


def _dead(site: SiteRules, rule: LabelRule | FieldRule) -> Evidence:
    name = f"field {rule.field}" if isinstance(rule, FieldRule) else f"label {rule.label}"
    return Evidence(RULES, f"rule of {site.name} for the {name} matches nothing", rule.where.written, chosen=False)


def _values(reading: Reading, rule: FieldRule) -> Iterator[tuple[int, str]]:
    """Yield (block, text) of what a field rule finds; units of one block are one text."""
    wanted = set(_units(reading.page, rule.where))
    for block in range(len(reading.blocks)):
        text = " ".join(reading.page.texts[unit] for unit in reading.units_of(block) if unit in wanted)
        if rule.pattern is None:
            if text:
                yield block, text
            continue
        for match in rule.pattern.finditer(text):
            groups = match.groupdict()
            value = groups["value"] if "value" in groups else match[1 if rule.pattern.groups else 0]
            if value and value.strip():
                yield block, value.strip()


def _value(field: str, texts: Sequence[str], page: Page) -> Fields:
    """Return the field with its value; nothing where there is none."""
    if not texts:
        return Fields()
    if field == "published":
        return _published(texts, page)
    value = tuple(dict.fromkeys(texts)) if field in LISTS else texts[0]
    return cast("Fields", {field: value})


def _published(texts: Sequence[str], page: Page) -> Fields:
    """Return the first date that is settled, in the zone that it states or that the host implies."""
    for mention in (mention for text in texts for mention in find_dates(text)):
        value = mention.value
        if value is None:
            continue
        implied = host_zone(host_of(page_address(page)))
        kind = Zone.PAGE if mention.zoned else Zone.NONE
        if mention.clock and not mention.zoned and implied:
            value, kind = mention.clock._replace(zone=implied).on(mention.days[0].as_date()), Zone.SITE
        return Fields(
            published=value, published_raw=mention.raw, published_precision=mention.precision, published_zone=kind
        )
    return Fields()
