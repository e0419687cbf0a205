"""All regular expressions that the package compiles, and texts made to be hard on each.

A pattern is dangerous when a text of n characters can make it do more than a constant times n steps: nested
repeats that can share a text in many ways, or a repeat without a bound that runs to the end from every start and
then fails. The attacks are made from the pattern's own letters and words, repeated.
"""

from __future__ import annotations

import ast
import functools
import heapq
import importlib
import json
import pkgutil
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import EnumType
from pathlib import Path
from typing import NamedTuple, TypeAlias, get_type_hints

import regex

__all__ = ["Growth", "Source", "attacks", "call_sites", "collect", "growth_of", "inline_patterns"]

PACKAGE = Path(importlib.util.find_spec("portalclean").origin or "").parent  # type: ignore[union-attr]
OPTIONAL = "portalclean.engines."
"""Modules that need an extra; their patterns are not ours."""

LETTERS = " \t\n\0\u3000\xa01aAzé张年月日社あカ가.,:;/|-_>·#(（[【<《“\"'‘@&=+*?!。、，：\x80"
"""Characters that patterns over page text treat in ways of their own."""
KILLERS = ("\x01", "\n", "")
"""Ends that make what came before fail: a character that nothing expects, a line break, none."""
PAIRS = 60
"""Pairs of a pattern's own words that are tried, besides each alone."""
SIZE = 2_000
"""Characters of a first attack."""
CLEAR = 5.0
"""Microseconds a character that need no harder attack."""
CANDIDATES = 3
"""The hardest attacks, which are made longer."""
LONGER = 4
"""How many times longer these are made at once."""
SUSPECT = 1.5
"""Microseconds of processor time a character over which a pattern has to show that it grows in proportion; a
quadratic search takes more over so long a text."""
DOUBLINGS = 4
"""How many times a suspect attack is made twice as long: beyond every bounded repeat of the patterns."""
PATIENCE = 1e6
"""Microseconds after which it is not made longer still."""

Pattern: TypeAlias = "re.Pattern[str] | re.Pattern[bytes] | regex.Pattern[str]"


class Source(NamedTuple):
    """A compiled pattern and the place that compiles it."""

    module: str
    """Path below the package: ``capture/sniff.py``."""
    line: int
    engine: str
    """``re`` or ``regex``."""
    pattern: str
    flags: int
    is_bytes: bool
    uses: tuple[str, ...]
    """How the package uses it: ``scan`` (search, split and their like), ``match`` at one place, ``fullmatch``."""

    def compiled(self) -> Pattern:
        """Return the pattern itself."""
        engine = regex if self.engine == "regex" else re
        if self.is_bytes:
            return re.compile(self.pattern.encode("latin-1"), self.flags)
        return engine.compile(self.pattern, self.flags & ~regex.VERSION0 if engine is regex else self.flags)


class Growth(NamedTuple):
    """What the hardest text found costs, in microseconds a character at sizes that double, and what it is made of."""

    costs: list[float]
    prefix: str
    pump: str
    killer: str

    @property
    def last(self) -> float:
        """How many times as much the last doubling cost a character: 1 in proportion, 2 quadratic."""
        return self.costs[-1] / self.costs[-2] if len(self.costs) > 1 else 1.0


def collect() -> list[Source]:
    """Return every pattern that the package compiles, from a fresh interpreter in which compilation is watched."""
    done = subprocess.run(
        [sys.executable, "-c", "from fuzz.patterns import watch; watch()"], capture_output=True, check=True, text=True
    )
    names = _names()
    return [Source(*found, _uses(found[0], names.get((found[0], found[1])))) for found in json.loads(done.stdout)]


def _names() -> dict[tuple[str, int], str]:
    """Return the name of the constant that each line of a call of ``compile`` is assigned to."""
    names = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                    names[path.relative_to(PACKAGE).as_posix(), line] = node.targets[0].id
    return names


def _uses(module: str, name: str | None) -> tuple[str, ...]:
    """Return how a constant is used, in its own module or, when its name is public, anywhere; all ways if unclear."""
    paths = [PACKAGE / module] if name and name.startswith("_") else sorted(PACKAGE.rglob("*.py"))
    found: set[str] = set()
    for path in paths if name else ():
        for use, argument in re.findall(rf"\b{name}\.([a-z]+)\(([^()\n]*)", path.read_text("utf-8")):
            # A match that is begun at many places is a search.
            found.add(use if use == "fullmatch" or (use == "match" and "," not in argument) else "scan")
    return tuple(sorted(found)) or ("fullmatch", "match", "scan")


def watch() -> None:
    """Print the patterns compiled while all modules are imported and all their cached makers are called."""
    found: dict[tuple[object, ...], None] = {}
    for engine in (re, regex):
        engine.compile = _watched(engine.compile, engine.__name__, found)  # type: ignore[assignment, attr-defined]
    package = importlib.import_module("portalclean")
    names = [module.name for module in pkgutil.walk_packages(package.__path__, "portalclean.")]
    for name in names:
        if not name.startswith(OPTIONAL):
            _call_makers(importlib.import_module(name))
    from portalclean.page import Limits

    importlib.import_module("portalclean.capture.text").read_text("long line. " * 100, None, Limits())
    json.dump(list(found), sys.stdout)


def _call_makers(module: object) -> None:
    """Call the cached functions without parameters, or with one of few values: they compile patterns from words."""
    for maker in list(vars(module).values()):
        if isinstance(maker, functools._lru_cache_wrapper) and maker.__module__.startswith("portalclean"):
            kinds = [kind for name, kind in get_type_hints(maker).items() if name != "return"]
            if not kinds:
                maker()
            for value in _values(kinds[0]) if len(kinds) == 1 else ():
                with suppress(KeyError):  # an enum's member that has no words
                    maker(value)


def _values(kind: object) -> tuple[object, ...]:
    """Return the values of a type that has few."""
    if kind is bool:
        return False, True
    return tuple(kind) if isinstance(kind, EnumType) else ()


def _watched(
    compile_: Callable[..., re.Pattern[str]], engine: str, found: dict[tuple[object, ...], None]
) -> Callable[..., object]:
    def compile_and_note(pattern: str, flags: int = 0, **options: object) -> object:
        compiled = compile_(pattern, flags, **options)
        caller = sys._getframe(1)
        path = Path(caller.f_code.co_filename)
        if path.is_relative_to(PACKAGE):
            raw = compiled.pattern
            text = raw.decode("latin-1") if isinstance(raw, bytes) else raw
            place = (path.relative_to(PACKAGE).as_posix(), caller.f_lineno)
            found[*place, engine, text, int(compiled.flags), isinstance(raw, bytes)] = None
        return compiled

    return compile_and_note


def call_sites() -> set[tuple[str, int, int]]:
    """Return (path, first line, last line) of each ``re.compile(…)`` and ``regex.compile(…)`` in the package."""
    return {
        (path, node.lineno, node.end_lineno or node.lineno)
        for path, node in _calls()
        if isinstance(node.func, ast.Attribute) and node.func.attr == "compile"
    }


def inline_patterns() -> list[tuple[str, int, str]]:
    """Return (path, line, call) of each use of ``re`` or ``regex`` that compiles on the fly."""
    uses = {"sub", "subn", "match", "search", "fullmatch", "findall", "finditer", "split"}
    return [
        (path, node.lineno, ast.unparse(node))
        for path, node in _calls()
        if isinstance(node.func, ast.Attribute) and node.func.attr in uses
    ]


def _calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls of functions of ``re`` and ``regex``."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                if isinstance(owner, ast.Name) and owner.id in ("re", "regex"):
                    yield path.relative_to(PACKAGE).as_posix(), node


def words_in(pattern: str) -> list[str]:
    r"""Return the letters and short words that stand in a pattern, without its syntax.

    >>> words_in(r"(?:display|none)\s*:")
    ['display', 'none', ':']
    """
    plain = regex.sub(r"\\p\{[^}]*\}|\(\?<?[=!:P<>\w]*|\\[dDwWsSbBAZ]|\{\d*,?\d*\}|[?*+^$|()\[\]]+", "\n", pattern)
    plain = plain.encode("utf-8", "surrogatepass").decode("utf-8", "replace").replace("\\", "")
    return list(dict.fromkeys(word[:12] for word in plain.split("\n") if word))


def attacks(source: Source) -> Iterator[tuple[str, str]]:
    """Yield (prefix, what is repeated): single characters, the pattern's own words, and pairs of these."""
    own = words_in(source.pattern)
    chance = random.Random(source.pattern.encode("utf-8", "surrogatepass"))
    chosen = chance.sample(own, min(len(own), 24))
    atoms = list(dict.fromkeys([*LETTERS, *chosen]))
    for atom in atoms:
        yield "", atom
    for _ in range(PAIRS):
        first, second = chance.choice(chosen or atoms), chance.choice(atoms)
        yield "", first + second
        yield first, second


def growth_of(source: Source) -> Growth:
    """Return how the cost of this pattern's hardest text grows with its size."""
    pattern = source.compiled()
    tried: list[tuple[float, tuple[str, str, str]]] = []
    for prefix, pump in attacks(source):
        texts = [(prefix, pump, killer) for killer in KILLERS]
        tried += [(_cost(source, pattern, text, SIZE), text) for text in texts]
        if tried[-1][0] > CLEAR:
            break
    hardest = heapq.nlargest(CANDIDATES, tried)
    return max((_growth(source, pattern, text) for _, text in hardest), key=lambda growth: growth.last)


def _growth(source: Source, pattern: Pattern, text: tuple[str, str, str]) -> Growth:
    """Return what the text costs as it becomes longer; it is made longer while that costs much."""
    size = LONGER * SIZE
    costs = [_cost(source, pattern, text, size)]
    while costs[-1] > SUSPECT and len(costs) <= DOUBLINGS and costs[-1] * size < PATIENCE:
        size *= 2
        costs.append(_cost(source, pattern, text, size))
    return Growth(costs, *text)


def _cost(source: Source, pattern: Pattern, text: tuple[str, ...], size: int) -> float:
    """Return the microseconds a character of using the pattern on the text as the package uses it."""
    prefix, pump, killer = text
    subject: str | bytes = prefix + pump * (size // len(pump)) + killer
    if source.is_bytes:
        subject = str(subject).encode("utf-8", "replace")
    begin = time.process_time()
    if "scan" in source.uses:
        for _ in pattern.finditer(subject):  # type: ignore[arg-type]
            pass
    if "match" in source.uses:
        pattern.match(subject)  # type: ignore[arg-type]
    if "fullmatch" in source.uses:
        pattern.fullmatch(subject)  # type: ignore[arg-type]
    return (time.process_time() - begin) / size * 1e6
