"""Site rules as they stand in TOML files; everything in a file is checked when it is loaded."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib.resources import as_file, files
from pathlib import Path
from typing import TypeAlias, TypeVar

import regex

from portalclean.errors import SiteRuleError
from portalclean.page import Label
from portalclean.sites.selectors import Selector, parse_selector

__all__ = ["FIELDS", "FieldRule", "LabelRule", "SiteRules", "load_rules", "rule_files", "shipped_rules"]

FIELDS = ("title", "subtitle", "source", "site_name", "published", "authors", "keywords", "breadcrumbs")
"""Fields that a rule can fill; the last three take every match, the others the first."""
WHERE_KEYS = frozenset({"select", "line", "optional"})

Table: TypeAlias = Mapping[str, object]
Rule = TypeVar("Rule")


@dataclass(frozen=True, slots=True)
class Where:
    """Which text a rule is about: text in elements that a selector matches, lines that a pattern finds, or both."""

    written: str
    """The selector and pattern as the file has them, for messages."""
    selector: Selector | None
    line: regex.Pattern[str] | None
    optional: bool
    """Whether a page without such text is nothing to report."""


@dataclass(frozen=True, slots=True)
class LabelRule:
    """The label of some text of a site."""

    where: Where
    label: Label
    reason: str


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Where a field of the article stands on the pages of a site."""

    where: Where
    field: str
    pattern: regex.Pattern[str] | None
    """What of the text is the value: the group ``value``, else the first group, else all that it matches."""


@dataclass(frozen=True, slots=True)
class SiteRules:
    """The rules of one site."""

    name: str
    """The name of its file."""
    hosts: tuple[str, ...]
    labels: tuple[LabelRule, ...]
    fields: tuple[FieldRule, ...]

    def are_for(self, host: str) -> bool:
        """Whether these are the rules of a host; ``*.example.com`` is that domain and all hosts under it.

        >>> site = SiteRules("example", ("*.example.com", "news?.example.org"), (), ())
        >>> [site.are_for(host) for host in ("example.com", "a.example.com", "badexample.com", "news1.example.org")]
        [True, True, False, True]
        """
        host = host.lower().rstrip(".")
        return bool(host) and any(fnmatchcase(host, each) or host == each.removeprefix("*.") for each in self.hosts)


def load_rules(path: Path) -> tuple[SiteRules, ...]:
    """Return the rules in a TOML file, or in all TOML files of a folder, by name. Raises `SiteRuleError`."""
    paths = rule_files(path)
    if not paths:
        raise SiteRuleError(f"{path}: no *.toml file in this folder")
    return tuple(_site(each) for each in paths)


def rule_files(path: Path) -> list[Path]:
    """Return the files that `load_rules` reads."""
    return sorted(path.glob("*.toml")) if path.is_dir() else [path]


def shipped_rules() -> tuple[SiteRules, ...]:
    """Return the rules that come with the package."""
    with as_file(files("portalclean.sites").joinpath("rules")) as folder:
        return load_rules(folder) if any(folder.glob("*.toml")) else ()


def _site(path: Path) -> SiteRules:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SiteRuleError(f"{path}: {error.strerror or error}") from error
    except ValueError as error:
        raise SiteRuleError(f"{path}: no TOML: {error}") from error
    try:
        _check_keys(table, {"hosts", "labels", "fields"})
        hosts = table.get("hosts")
        if not isinstance(hosts, list) or not hosts or not all(isinstance(host, str) and host for host in hosts):
            raise SiteRuleError('hosts: must be a list of host names, such as ["*.example.com"]')
        labels = _rules(table, "labels", _label_rule)
        fields = _rules(table, "fields", _field_rule)
    except SiteRuleError as error:
        raise SiteRuleError(f"{path}: {error}") from error
    return SiteRules(path.stem, tuple(host.lower() for host in hosts), labels, fields)


def _rules(table: Table, key: str, read: Callable[[Table], Rule]) -> tuple[Rule, ...]:
    """Return the rules of an array of tables; an error in one says which it is."""
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(rule, dict) for rule in found):
        raise SiteRuleError(f"{key}: must be written as [[{key}]] tables")
    rules = []
    for number, rule in enumerate(found, start=1):
        try:
            rules.append(read(rule))
        except SiteRuleError as error:
            raise SiteRuleError(f"[[{key}]] number {number}: {error}") from error
    return tuple(rules)


def _label_rule(rule: Table) -> LabelRule:
    _check_keys(rule, {"label", "reason", *WHERE_KEYS})
    name = _text(rule, "label")
    if name not in tuple(Label):
        raise SiteRuleError(f"no label {name!r}; there are: {', '.join(Label)}")
    where = _where(rule)
    return LabelRule(where, Label(str(name)), _text(rule, "reason") or where.written)


def _field_rule(rule: Table) -> FieldRule:
    _check_keys(rule, {"field", "pattern", *WHERE_KEYS})
    name = _text(rule, "field")
    if name not in FIELDS:
        raise SiteRuleError(f"no field {name!r}; rules can fill: {', '.join(FIELDS)}")
    return FieldRule(_where(rule), str(name), _pattern(rule, "pattern"))


def _where(rule: Table) -> Where:
    select, line = _text(rule, "select"), _pattern(rule, "line")
    if not select and not line:
        raise SiteRuleError("a rule needs select (a CSS selector), line (a pattern), or both")
    optional = rule.get("optional", False)
    if not isinstance(optional, bool):
        raise SiteRuleError("optional: must be true or false")
    written = " and ".join(f"{key} {rule[key]!r}" for key in ("select", "line") if key in rule)
    return Where(written, parse_selector(select) if select else None, line, optional)


def _pattern(rule: Table, key: str) -> regex.Pattern[str] | None:
    written = _text(rule, key)
    try:
        return regex.compile(written) if written else None
    except regex.error as error:
        raise SiteRuleError(f"{key}: no pattern: {error}") from error


def _text(rule: Table, key: str) -> str | None:
    value = rule.get(key)
    if value is None or (isinstance(value, str) and value.strip()):
        return value
    raise SiteRuleError(f"{key}: must be a string that is not blank")


def _check_keys(table: Table, known: set[str]) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise SiteRuleError(f"no key {unknown[0]!r} here; there are: {', '.join(sorted(known))}")
