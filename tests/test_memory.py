from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalclean import Page, PortalCleanError, read
from portalclean.memory import SiteMemory

NOTICE = "All rights reserved."


def page(*texts: str, url: str | None = "https://a.example/") -> Page:
    return read("".join(f"<p>{text}</p>" for text in texts), url=url, kind="html")


def seen(*pages: Page, most: int = 1_000) -> SiteMemory:
    memory = SiteMemory(most)
    for each in pages:
        memory.see(each)
    return memory


def test_a_text_counts_once_for_each_other_page_of_its_host() -> None:
    memory = seen(page("One.", NOTICE, NOTICE), page("Two.", NOTICE), page(NOTICE, url="https://b.example/"))
    assert memory.others(page("Three.", "ALL  rights reserved.")).tolist() == [0, 2]
    assert (memory.pages("a.example"), memory.pages("b.example"), memory.pages("c.example")) == (2, 1, 0)


def test_a_page_is_no_other_page_of_its_own() -> None:
    one, two = page("One.", NOTICE), page("Two.", NOTICE)
    assert seen(one).others(one).tolist() == [0, 0]
    assert seen(one, two).others(one).tolist() == [0, 1]


def test_a_page_that_was_seen_is_not_counted_again() -> None:
    memory = seen(page("One.", NOTICE), page("One.", NOTICE))
    assert memory.pages("a.example") == 1
    assert memory.others(page("Two.", NOTICE)).tolist() == [0, 1]


@pytest.mark.parametrize("url", [None, "", "http://[", "no address"])
def test_a_page_without_a_host_is_passed_over(url: str | None) -> None:
    memory = seen(page(NOTICE, url=url))
    assert len(memory) == 0
    assert seen(page("One.", NOTICE)).others(page(NOTICE, url=url)).tolist() == [0]


def test_a_host_can_be_given() -> None:
    memory = SiteMemory()
    memory.see(page("One.", NOTICE, url=None), "a.example")
    assert memory.others(page(NOTICE)).tolist() == [1]


def test_merging_is_as_if_one_had_seen_all_pages(tmp_path: Path) -> None:
    one, two, three = page("One.", NOTICE), page("Two.", NOTICE), page("Three.", NOTICE, "Menu")
    names = []
    for number, (left, right) in enumerate((((one, two), (three,)), ((three,), (two, one)), ((one, two, three), ()))):
        memory = seen(*left)
        memory.merge(seen(*right))
        names.append(tmp_path / f"{number}.memory")
        memory.save(names[-1])
    assert len({name.read_bytes() for name in names}) == 1


@given(st.lists(st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=5), max_size=30), st.integers(1, 12))
def test_a_small_memory_stays_small_and_never_counts_too_high(pages: list[list[str]], most: int) -> None:
    pages_seen = [page(f"page {number}", *texts) for number, texts in enumerate(pages)]
    small, large = seen(*pages_seen, most=most), seen(*pages_seen)
    assert len(small) <= 2 * most
    merged = seen(*pages_seen[::2], most=most)
    merged.merge(seen(*pages_seen[1::2], most=most))
    assert len(merged) <= most
    probe = page(*"abcdefghij")
    for memory in (small, merged):
        assert (memory.others(probe) <= large.others(probe)).all()
        for each in pages_seen:
            assert (memory.others(each) <= large.others(each)).all()


def test_what_recurs_outlives_what_does_not() -> None:
    memory = seen(*(page(f"Story {number}.", NOTICE) for number in range(1_000)), most=50)
    assert memory.others(page(NOTICE)).tolist()[0] > 500


def test_a_memory_without_room_is_refused() -> None:
    with pytest.raises(PortalCleanError, match="at least one entry"):
        SiteMemory(0)


def test_a_saved_memory_is_the_same_again(tmp_path: Path) -> None:
    memory = seen(page("One.", NOTICE), page("Two.", NOTICE), most=77)
    memory.save(tmp_path / "a.memory")
    again = SiteMemory.load(tmp_path / "a.memory")
    again.save(tmp_path / "again.memory")
    assert (tmp_path / "a.memory").read_bytes() == (tmp_path / "again.memory").read_bytes()
    assert again.most == 77
    assert again.others(page(NOTICE)).tolist() == [2]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.memory", "again.memory"]


def test_hashes_do_not_depend_on_the_process(tmp_path: Path) -> None:
    code = (
        "import sys; from portalclean import read; from portalclean.memory import SiteMemory; memory = SiteMemory();"
        "memory.see(read('<p>One.</p>', url='https://a.example/', kind='html')); memory.save(sys.argv[1])"
    )
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, tmp_path / seed], env={**os.environ, "PYTHONHASHSEED": seed}, check=True
        )
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_a_memory_can_go_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(seen(page(NOTICE)))).others(page("One.", NOTICE)).tolist() == [0, 1]


def npz(**arrays: object) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)  # type: ignore[arg-type]
    return file.getvalue()


SOUND = {
    "version": np.int64(1),
    "most": np.int64(9),
    "keys": np.array([1, 2], dtype=np.uint64),
    "counts": np.array([1, 1], dtype=np.uint32),
}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"\x93NUMPY",
        b"no memory",
        pickle.dumps({"version": 1}),
        npz(version=np.int64(1)),
        npz(**{**SOUND, "version": np.int64(2)}),
        npz(**{**SOUND, "most": np.int64(0)}),
        npz(**{**SOUND, "version": np.array([1, 1])}),
        npz(**{**SOUND, "keys": np.array([2, 1], dtype=np.uint64)}),
        npz(**{**SOUND, "keys": np.array([1.5, 2.5])}),
        npz(**{**SOUND, "keys": np.array([1], dtype=np.uint64)}),
        npz(**{**SOUND, "counts": np.array([0, 1], dtype=np.uint32)}),
        npz(**{**SOUND, "keys": np.array([print, print], dtype=object)}),
    ],
)
def test_a_file_that_is_no_memory_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.memory").write_bytes(content)
    with pytest.raises(PortalCleanError, match=r"site memory|at least one entry"):
        SiteMemory.load(tmp_path / "a.memory")


def test_a_damaged_file_is_refused_or_read_and_nothing_else(tmp_path: Path) -> None:
    whole = npz(**SOUND)
    path = tmp_path / "a.memory"
    path.write_bytes(whole)
    assert len(SiteMemory.load(path)) == 2
    for place in range(0, len(whole), 7):
        for damaged in (whole[:place], whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]):
            path.write_bytes(damaged)
            try:
                SiteMemory.load(path)
            except PortalCleanError:
                continue


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        SiteMemory.load(tmp_path / "absent")
    with pytest.raises(FileNotFoundError):
        SiteMemory().save(tmp_path / "absent" / "a.memory")
