from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from batch_pages import FACTS, pages_of

from portalclean.batch import durable
from portalclean.batch.cleaner import Form
from portalclean.batch.record import Failure, InputPage, Outcome, Reason, failed
from portalclean.batch.shards import STATE, FolderInUse, InputChanged, Shards
from portalclean.batch.writers.jsonl import JsonLinesWriter

posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
TEXTS = ["a", "b", "problem", "c", "d", "e", "f", "g", "problem", "problem", "h"]
SETTINGS = {"inputs": ["pages"]}
SIZE = 3


def outcomes_of(missing: Iterator[tuple[int, InputPage]]) -> Iterator[tuple[int, Outcome]]:
    for number, page in missing:
        if page.problem is not None:
            yield number, failed(page, page.problem)
        else:
            yield number, Outcome(page.identity, rendered=f'{{"text": "{page.capture}"}}\n'.encode(), facts=FACTS)


def run(folder: Path, texts: list[str] = TEXTS, *, form: Form = Form.JSONL, retry: bool = False) -> list[int]:
    """Fill a folder; return the numbers of the pages that were cleaned."""
    with Shards(folder, form, False, SIZE) as shards:
        shards.begin(SETTINGS, resume=True)
        if retry:
            shards.retry()
        pages = (page for _, page in pages_of(texts))
        return [number for number, _ in shards.write(outcomes_of(shards.missing(pages)))]


def content(folder: Path) -> dict[str, bytes]:
    """Return what users see of a folder: the bytes of each file."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and STATE not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_shard_is_a_fixed_range_of_the_input(tmp_path: Path) -> None:
    assert run(tmp_path / "out") == list(range(11))
    files = content(tmp_path / "out")
    assert [(name, data.count(b"\n")) for name, data in files.items()] == [
        ("rejects-000000.jsonl", 1),
        ("rejects-000002.jsonl", 1),
        ("rejects-000003.jsonl", 1),
        ("shard-000000.jsonl", 2),
        ("shard-000001.jsonl", 3),
        ("shard-000002.jsonl", 2),
        ("shard-000003.jsonl", 1),
    ]
    assert json.loads(files["rejects-000002.jsonl"]) == {
        "file": "pages",
        "offset": None,
        "row": 8,
        "capture_url": None,
        "capture_sha256": hashlib.sha256(b"problem").hexdigest(),
        "reason": "unreadable",
        "detail": "problem",
    }


def test_a_run_that_has_ended_has_nothing_left_to_do(tmp_path: Path) -> None:
    run(tmp_path)
    before = content(tmp_path)
    assert run(tmp_path) == []
    assert content(tmp_path) == before


@posix
@pytest.mark.parametrize("form", [Form.JSONL, Form.TEXT])
def test_killed_before_and_after_every_step_to_the_disk_it_ends_as_if_undisturbed(form: Form, tmp_path: Path) -> None:
    run(tmp_path / "undisturbed", form=form)
    expected = content(tmp_path / "undisturbed")
    with Shards(tmp_path / "undisturbed", form, False, SIZE) as shards:
        shards.begin(SETTINGS, resume=True)
        counts = shards.tally().as_dict()
    kills = 0
    while _killed_at_step(kills, tmp_path / f"killed-{kills}", form):
        folder = tmp_path / f"killed-{kills}"
        kills += 1
        numbers = run(folder, form=form)
        assert content(folder) == expected, kills
        assert len(numbers) == len(set(numbers))
        with Shards(folder, form, False, SIZE) as shards:
            shards.begin(SETTINGS, resume=True)
            assert shards.tally().as_dict() == counts
    assert kills > 40


def _killed_at_step(step: int, folder: Path, form: Form) -> bool:
    """Fill a folder in a process that is killed at this step to the disk; return whether it got that far."""
    child = os.fork()
    if child == 0:
        steps = 0

        def deadly(function: object) -> object:
            def wrapped(*arguments: object, **options: object) -> object:
                nonlocal steps
                for moment in ("before", "after"):
                    if steps == step:
                        os.kill(os.getpid(), signal.SIGKILL)
                    steps += 1
                    if moment == "before":
                        result = function(*arguments, **options)  # type: ignore[operator]
                return result

            return wrapped

        os.fsync = deadly(os.fsync)  # type: ignore[assignment]
        Path.replace = deadly(Path.replace)  # type: ignore[method-assign,assignment]
        Path.unlink = deadly(Path.unlink)  # type: ignore[method-assign,assignment]
        Path.mkdir = deadly(Path.mkdir)  # type: ignore[method-assign,assignment]
        try:
            run(folder, form=form)
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1] == signal.SIGKILL


def test_a_line_of_the_journal_that_was_cut_short_is_no_line(tmp_path: Path) -> None:
    run(tmp_path)
    journal = tmp_path / STATE / "done.jsonl"
    whole = journal.read_bytes()
    for cut in (1, 5, len(whole) // 2):
        journal.write_bytes(whole[:-cut])
        run(tmp_path)
        assert len(journal.read_bytes().splitlines()) == 4
        assert [json.loads(line)["shard"] for line in journal.read_bytes().splitlines()] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "texts",
    [
        ["z", *TEXTS],
        TEXTS[1:],
        [*TEXTS, "z"],
        TEXTS[:-1],
        TEXTS[:4],
        [],
    ],
)
def test_going_on_over_another_input_is_refused(texts: list[str], tmp_path: Path) -> None:
    run(tmp_path)
    before = content(tmp_path)
    with Shards(tmp_path, Form.JSONL, False, SIZE) as shards:
        shards.begin(SETTINGS, resume=True)
        missing = shards.missing(renamed(page, texts) for _, page in pages_of(texts))
        with pytest.raises(InputChanged, match="clean it into a new folder"):
            list(missing)
    assert content(tmp_path) == before


def renamed(page: InputPage, texts: list[str]) -> InputPage:
    """Give a page a row that tells it apart: a page that moved stands elsewhere in the input."""
    shift = 0 if texts[:1] == TEXTS[:1] else 1
    return replace(page, identity=replace(page.identity, row=(page.identity.row or 0) + shift))


def test_going_on_with_other_settings_is_refused(tmp_path: Path) -> None:
    run(tmp_path)
    with Shards(tmp_path, Form.JSONL, False, SIZE) as shards:
        with pytest.raises(FolderInUse, match=r"other settings: inputs was \['pages'\] and is \['others'\]"):
            shards.begin({"inputs": ["others"]}, resume=True)
        with pytest.raises(FolderInUse, match="--resume goes on with it"):
            shards.begin(SETTINGS, resume=False)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such lock")
def test_two_runs_cannot_write_to_one_folder(tmp_path: Path) -> None:
    with Shards(tmp_path, Form.JSONL, False, SIZE), pytest.raises(FolderInUse, match="another run is writing here"):
        run(tmp_path)
    run(tmp_path)


def test_a_page_that_cost_a_worker_is_not_tried_again_before_it_is_asked_for(tmp_path: Path) -> None:
    hung = Failure(Reason.TIME_LIMIT, "not done after 2 seconds")
    with Shards(tmp_path, Form.JSONL, False, SIZE) as shards:
        shards.begin(SETTINGS, resume=True)
        [*_, (number, page)] = list(shards.missing(page for _, page in pages_of(TEXTS[:5])))
        shards.note(number, failed(page, hung))  # and now the run is killed
    run(tmp_path)
    assert json.loads(content(tmp_path)["rejects-000001.jsonl"])["reason"] == "time_limit"
    assert b'"e"' in content(tmp_path)["shard-000001.jsonl"]
    assert run(tmp_path) == []

    run(tmp_path, retry=True)
    run(tmp_path / "undisturbed")
    assert "rejects-000001.jsonl" not in content(tmp_path)
    assert content(tmp_path)["shard-000001.jsonl"] == content(tmp_path / "undisturbed")["shard-000001.jsonl"]


def test_only_the_shards_with_rejects_are_tried_again(tmp_path: Path) -> None:
    run(tmp_path)
    assert run(tmp_path, retry=True) == [0, 1, 2, 6, 7, 8, 9, 10]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full disk at hand")
def test_a_full_disk_ends_the_run_and_what_is_done_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []

    def open_writer(self: JsonLinesWriter, path: Path) -> None:
        opened.append(path)
        self._stream = (Path("/dev/full") if len(opened) == 3 else path).open("wb")

    with monkeypatch.context() as full:
        full.setattr(JsonLinesWriter, "__init__", open_writer)
        with pytest.raises(OSError, match="No space left") as raised:
            run(tmp_path / "full")
        assert raised.value.errno == errno.ENOSPC
    assert list(content(tmp_path / "full")) == ["rejects-000000.jsonl", "shard-000000.jsonl", "shard-000001.jsonl"]
    assert run(tmp_path / "full") == [6, 7, 8, 9, 10]
    run(tmp_path / "undisturbed")
    assert content(tmp_path / "full") == content(tmp_path / "undisturbed")


def test_a_full_disk_for_the_journal_makes_the_shard_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def append(self: durable.Journal, line: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(durable.Journal, "append", append)
        with pytest.raises(OSError, match="No space left"):
            run(tmp_path / "full")
    assert run(tmp_path / "full") == list(range(11))
    run(tmp_path / "undisturbed")
    assert content(tmp_path / "full") == content(tmp_path / "undisturbed")
