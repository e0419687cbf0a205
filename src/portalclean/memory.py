"""What the pages of a host share: how many of them hold each text.

A text that stands on several pages of a host is more likely part of its template than of an article. `SiteMemory`
counts; it decides nothing. `portalclean.labelling.remembering.remember` makes evidence of it.

The table is a Misra-Gries summary (Misra and Gries 1982; merged as in Agarwal et al., *Mergeable Summaries*, 2012):
when it is full, all counts sink by the same amount and those that reach 0 are forgotten. So counts may be too low,
never too high, but for two texts that share a hash of 64 bits: what a full memory forgets, it takes for unseen.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from itertools import repeat
from pathlib import Path

import numpy as np

from portalclean.bodies.addresses import host_of
from portalclean.errors import PortalCleanError
from portalclean.page import IntArray, Page

__all__ = ["MOST", "VERSION", "SiteMemory"]

VERSION = 1
"""Version of the file format, and of how texts are normalised and hashed."""
MOST = 1_000_000
"""Entries that are kept: about 0.1 GB, and twice that before the table is cut. A page adds some 100 to 300."""
LARGEST_COUNT = np.iinfo(np.uint32).max
HASH_BYTES = 8
BLOCK, PAGE, HOST = b"block", b"page", b"host"
"""What is hashed; the same text gives another hash as another kind."""


class SiteMemory:
    """How many pages of each host hold each text, as far as ``most`` entries go.

    >>> from portalclean import read
    >>> memory = SiteMemory()
    >>> for story in ("One.", "Two."):
    ...     memory.see(read(f"<p>{story}</p><p>All rights reserved.</p>", url="https://a.example/"))
    >>> memory.pages("a.example")
    2
    >>> memory.others(read("<p>Three.</p><p>ALL rights reserved.</p>", url="https://a.example/")).tolist()
    [0, 2]
    """

    __slots__ = ("_counts", "most")

    def __init__(self, most: int = MOST) -> None:
        if most < 1:
            raise PortalCleanError(f"a site memory needs room for at least one entry, not {most}")
        self.most = most
        self._counts: dict[int, int] = {}

    def __len__(self) -> int:
        """Return the number of entries: texts, pages and hosts that are remembered."""
        return len(self._counts)

    def see(self, page: Page, host: str | None = None) -> None:
        """Count the texts of a page, each once, for its host: the one given, or that of the page's address.

        A page without either is passed over, and so is one that is remembered word for word.
        """
        host = host or host_of(page.url)
        if not host or not len(page):
            return
        texts = set(map(normalised, page.texts))
        whole = _whole(host, page)
        if whole in self._counts:
            return
        counts = self._counts
        for key in (whole, _hashed(HOST, host), *map(_hashed, repeat(BLOCK), repeat(host), texts)):
            counts[key] = counts.get(key, 0) + 1
        self._keep_to_bounds()

    def others(self, page: Page, host: str | None = None) -> IntArray:
        """(units,) how many other pages of the host hold each unit's text; this one is left out if it was seen.

        All 0 for a page without a host.
        """
        host = host or host_of(page.url)
        if not host or not self._counts:
            return np.zeros(len(page), dtype=np.int32)
        own = self._counts.get(_whole(host, page), 0)
        counts = [self._counts.get(_hashed(BLOCK, host, normalised(text)), 0) - own for text in page.texts]
        return np.clip(np.array(counts, dtype=np.int64), 0, np.iinfo(np.int32).max).astype(np.int32)

    def pages(self, host: str) -> int:
        """Return how many pages of a host were seen, at least."""
        return self._counts.get(_hashed(HOST, host), 0)

    def merge(self, other: SiteMemory) -> None:
        """Add what another memory has counted, of other pages; of two memories of one size either may merge the other.

        A page that both have seen counts twice.
        """
        for key, count in list(other._counts.items()):
            self._counts[key] = self._counts.get(key, 0) + count
        self._keep_to_bounds(self.most)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the memory to a file: NumPy's npz with the arrays ``version``, ``most``, ``keys`` and ``counts``.

        ``keys`` (uint64) are in order, ``counts`` (uint32) theirs. The same memory gives the same bytes, and the file
        is whole or not there. Raises ``OSError``.
        """
        keys = np.array(sorted(self._counts), dtype=np.uint64)
        counts = np.array([min(self._counts[key], LARGEST_COUNT) for key in keys.tolist()], dtype=np.uint32)
        part = Path(f"{os.fspath(path)}.{os.getpid()}.part")
        try:
            with part.open("wb") as file:
                np.savez(file, version=np.int64(VERSION), most=np.int64(self.most), keys=keys, counts=counts)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> SiteMemory:
        """Read a memory from a file; nothing in it is executed.

        Raises `PortalCleanError` for a file that is no memory, or one of another version, ``OSError`` for one that
        cannot be read.
        """
        name = os.fspath(path)
        with Path(path).open("rb") as file:
            try:
                with np.load(file, allow_pickle=False) as arrays:
                    version, most = int(arrays["version"]), int(arrays["most"])
                    keys, counts = arrays["keys"], arrays["counts"]
            except Exception as error:  # zipfile, zlib and numpy raise a dozen kinds for what is broken
                raise PortalCleanError(f"{name} is not a site memory, or it is broken: {error}") from error
        if version != VERSION:
            raise PortalCleanError(f"{name} is a site memory of version {version}; this portalclean reads {VERSION}")
        sound = keys.dtype == np.uint64 and counts.dtype == np.uint32 and keys.ndim == 1 and keys.shape == counts.shape
        if not sound or not (counts > 0).all() or not (keys[1:] > keys[:-1]).all():
            raise PortalCleanError(f"{name} is not a site memory, or it is broken: its columns do not fit")
        memory = cls(most)
        memory._counts = dict(zip(keys.tolist(), counts.tolist(), strict=True))
        return memory

    def _keep_to_bounds(self, bound: int | None = None) -> None:
        """Cut the table to ``most`` entries once it has more than the bound, twice as many unless given."""
        if len(self._counts) <= (2 * self.most if bound is None else bound):
            return
        amounts = np.fromiter(self._counts.values(), dtype=np.int64, count=len(self._counts))
        place = len(amounts) - self.most - 1
        cut = int(np.partition(amounts, place)[place])  # the largest count that has no room
        self._counts = {key: count - cut for key, count in self._counts.items() if count > cut}


def normalised(text: str) -> str:
    r"""Return a text as it is compared: without differences of case and white space.

    >>> normalised("All  Rights\tReserved")
    'all rights reserved'
    """
    return " ".join(text.casefold().split())


def _whole(host: str, page: Page) -> int:
    return _hashed(PAGE, host, "\n".join(page.texts))


def _hashed(kind: bytes, host: str, text: str = "") -> int:
    """Return a hash of 64 bits that is the same in every process and on every machine."""
    data = f"{host}\n{text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=HASH_BYTES, person=kind).digest(), "little")
