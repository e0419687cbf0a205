"""Folds by site: pages of one site, and copies of one page in several sets, never fall into two folds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpora import GoldPage

__all__ = ["FOLDS", "folds_of", "network_of_fold", "unseeing_networks"]

FOLDS = 5
ID_LENGTH = 8
"""Characters of another set's id in the name of a portal page that is a copy of it."""
SECOND_LEVEL = frozenset({"com", "co", "org", "net", "gov", "edu", "ac", "or", "ne", "go"})
"""Second labels under which names are registered in country domains (example.com.cn, example.co.jp)."""


def folds_of(pages: Sequence[GoldPage]) -> list[int]:
    """Return each page's fold, 0 to `FOLDS` - 1; it depends on the page's site alone."""
    leader: dict[str, str] = {}

    def find(key: str) -> str:
        while leader.setdefault(key, key) != key:
            key = leader[key]
        return key

    for page in pages:
        first, *others = _keys(page)
        for other in others:
            one, two = sorted((find(first), find(other)))
            leader[two] = one
    return [int(hashlib.sha256(find(_keys(page)[0]).encode()).hexdigest(), 16) % FOLDS for page in pages]


def network_of_fold(folder: Path, fold: int) -> Path:
    """Return where the network is kept that has seen no page of a fold.

    >>> network_of_fold(Path("build/folds"), 3).as_posix()
    'build/folds/3.npz'
    """
    return folder / f"{fold}.npz"


def unseeing_networks(pages: Sequence[GoldPage], folder: Path) -> dict[tuple[str, str], Path]:
    """Return for each page, by its set and id, the network in this folder that has not seen its site.

    A page's fold depends on the pages that it shares a site with: the pages must be those of the training.
    """
    folds = zip(pages, folds_of(pages), strict=True)
    return {(page.set, page.id): network_of_fold(folder, fold) for page, fold in folds}


def _keys(page: GoldPage) -> list[str]:
    """Return what ties a page to others: its content, its site, and the page that it is a copy of."""
    keys = ["bytes " + hashlib.sha256(page.html() or page.text()).hexdigest()]
    host = page.site
    if "." in host:
        keys.append("site " + _registered(host))
    elif host != page.id:
        keys.append("site " + host)
    name = page.id
    if page.set == "portal":
        origin, _, rest = name.partition("-")
        keys.append(f"copy {origin} {rest[:ID_LENGTH]}")
    else:
        keys.append(f"copy {page.set} {name[:ID_LENGTH]}")
    return keys


def _registered(host: str) -> str:
    """Return the part of a host name that one owner registers, roughly.

    >>> _registered("news.sina.com.cn"), _registered("www.bbc.co.uk"), _registered("sports.163.com")
    ('sina.com.cn', 'bbc.co.uk', '163.com')
    """
    parts = host.lower().split(".")
    size = 3 if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in SECOND_LEVEL else 2
    return ".".join(parts[-size:])
