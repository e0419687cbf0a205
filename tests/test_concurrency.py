"""One library in many threads and processes: the same answers, and nothing shared that changes."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

import portalclean

PAGES = sorted((Path(__file__).parent / "fixtures").glob("*/capture.*"))
WORKERS = 4
ROUNDS = 3


def cleaned(path: Path) -> str:
    """Return all that is known of a page; a function of the module, so that other processes find it."""
    return portalclean.extract(path.read_bytes(), url="https://a.example/1.html").to_json(blocks=True)


def cleaned_by_wire(capture: bytes) -> portalclean.Article:
    return portalclean.extract(capture)


@pytest.fixture(scope="module")
def alone() -> list[str]:
    return [cleaned(path) for path in PAGES]


def test_threads(alone: list[str]) -> None:
    with ThreadPoolExecutor(WORKERS) as pool:
        found = list(pool.map(cleaned, PAGES * ROUNDS))
    assert found == alone * ROUNDS


def test_threads_from_a_cold_start(alone: list[str]) -> None:
    # The first calls fill the caches of patterns, words and weights: all at once must be as good as one by one.
    program = (
        "import sys, threading; from concurrent.futures import ThreadPoolExecutor; from pathlib import Path\n"
        "sys.setswitchinterval(1e-6)\n"
        "import portalclean\n"
        "barrier = threading.Barrier(4)\n"
        "def cleaned(path):\n"
        "    barrier.wait()\n"
        "    return portalclean.extract(path.read_bytes(), url='https://a.example/1.html').to_json(blocks=True)\n"
        "with ThreadPoolExecutor(4) as pool:\n"
        "    sys.stdout.buffer.write('\\n'.join(pool.map(cleaned, map(Path, sys.argv[1:]))).encode())\n"
    )
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, PAGES[:4])], capture_output=True, check=True, timeout=120
    )
    assert done.stdout.decode().split("\n") == alone[:4]


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded, use of fork:DeprecationWarning")
def test_processes(method: str, alone: list[str]) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"this system cannot start a process by {method}")
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
        assert list(pool.map(cleaned, PAGES)) == alone


def test_an_article_travels_between_processes() -> None:
    capture = PAGES[0].read_bytes()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert pool.submit(cleaned_by_wire, capture).result() == portalclean.extract(capture)


def test_asyncio_with_threads(alone: list[str]) -> None:
    async def gathered() -> list[str]:
        return await asyncio.gather(*(asyncio.to_thread(cleaned, path) for path in PAGES))

    # In a thread of its own: a browser's driver may have left a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(asyncio.run, gathered()).result() == alone


def test_order_of_pages_does_not_matter(alone: list[str]) -> None:
    assert [cleaned(path) for path in reversed(PAGES)] == alone[::-1]


def test_nothing_that_is_shared_changes() -> None:
    """Module constants hold the same after pages of every kind; caches of `functools` guard themselves."""
    before = dict(_constants())
    for path in PAGES:
        cleaned(path)
    portalclean.extract("long line. " * 500, kind="text")
    after = dict(_constants())
    assert [name for name in after if name in before and after[name] != before[name]] == []


def _constants() -> Iterator[tuple[str, str]]:
    """Yield the mutable containers of all the package's modules as they are written out."""
    import sys

    for module_name, module in sorted(sys.modules.items()):
        if module_name.split(".")[0] == "portalclean":
            for name, value in vars(module).items():
                if isinstance(value, (dict, list, set)) and not name.startswith("__"):
                    yield f"{module_name}.{name}", repr(value)
