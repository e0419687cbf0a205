"""``python -m benchmarks.soak``: the memory of one process that cleans page after page."""

from __future__ import annotations

import argparse
import resource
import sys
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from benchmarks.corpora import SAMPLE, Door, find_captures, read_capture
from benchmarks.resident import resident_bytes

__all__ = ["main", "soaked"]

KIBI, MEBI = 1024, 1024 * 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """Clean the pages over and over and print the resident memory as it goes; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="folders with sets (default: the invented sample)")
    parser.add_argument("--door", type=Door, choices=list(Door), default=Door.HTML, help="what is cleaned")
    parser.add_argument("--pages", type=int, default=20_000, metavar="N", help="pages to clean")
    parser.add_argument("--every", type=int, default=1_000, metavar="N", help="pages from one line to the next")
    options = parser.parse_args(arguments)
    try:
        files = find_captures(options.folders or [SAMPLE], options.door)
    except FileNotFoundError as error:
        parser.error(str(error))
    for count in soaked(files, options.door, options.pages, max(1, options.every)):
        print(f"{count:9,} pages  {resident():6.1f} MiB resident  {peak():6.1f} MiB at most", flush=True)
    return 0


def soaked(files: Sequence[Path], door: Door, pages: int, every: int) -> Iterator[int]:
    """Clean captures, each from the disk and each to its JSON, and yield their number now and then."""
    import portalclean

    for count, path in enumerate(islice(cycle(files), pages), start=1):
        portalclean.extract(read_capture(path), kind=door).to_json()
        if count % every == 0 or count == pages:
            yield count


def resident() -> float:
    """Return the process's resident memory in MiB; where the system does not tell, the most that it was."""
    found = resident_bytes()
    return peak() if found is None else found / MEBI


def peak() -> float:
    """Return the most memory, in MiB, that the process has had resident."""
    unit = 1 if sys.platform == "darwin" else KIBI
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MEBI


if __name__ == "__main__":
    sys.exit(main())
