"""`portalclean clean` over many pages, as it is run: the processes are real, and so are their ends."""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import pytest
from benchmarks.generated import write_folder, write_lines
from click.testing import CliRunner
from jsonschema import validate

from portalclean import Label, cli
from portalclean.page import LABEL_CODES, LABELS
from portalclean.render.record import record_schema

PROGRAM = [sys.executable, "-c", "from portalclean.cli import main; main()", "clean"]
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
STATE = ".run"


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def clean(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


def content(folder: str) -> dict[str, bytes]:
    """Return what users see of a folder: the bytes of each file."""
    files = (path for path in sorted(Path(folder).rglob("*")) if path.is_file() and STATE not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def records(lines: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.splitlines()]


def test_a_batch_gives_the_records_that_its_pages_give_one_by_one() -> None:
    write_folder(Path("pages"), 24)
    batch = clean("pages", "--jobs", "2")
    single = clean(*sorted(str(path) for path in Path("pages").iterdir()))
    assert (batch.returncode, batch.stderr) == (single.returncode, single.stderr) == (0, b"")
    assert batch.stdout == single.stdout
    [first, *_] = records(batch.stdout)
    validate(first, record_schema())
    assert first["file"] == "pages/000000-discourse-noscript.html"
    assert len(str(first["capture_sha256"])) == 64
    unordered = clean("pages", "--jobs", "2", "--unordered")
    assert sorted(unordered.stdout.splitlines()) == sorted(batch.stdout.splitlines())


@posix
@pytest.mark.parametrize(("form", "pages", "least_kills"), [("jsonl", 400, 20), ("parquet", 90, 2)])
def test_killed_at_random_moments_it_gives_the_same_bytes_in_the_end(form: str, pages: int, least_kills: int) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    write_lines(Path("pages.jsonl"), pages)
    with Path("pages.jsonl").open("a", encoding="utf-8") as stream:
        stream.write("no JSON\n")
    options = ("pages.jsonl", "--jobs", "2", "--shard-size", "7", "--format", form)
    assert clean(*options, "-o", "undisturbed").returncode == 1
    chance = random.Random(form)
    kills = 0
    while True:
        run = subprocess.Popen([*PROGRAM, *options, "-o", "killed", "--resume"], stderr=subprocess.PIPE)
        with run:
            done = shards_done("killed")
            wanted = done + chance.randint(0, 2)
            while run.poll() is None and shards_done("killed") < wanted:
                time.sleep(0.01)
            time.sleep(chance.random() * 0.05)
            run.kill()
        if run.returncode != -signal.SIGKILL:
            break
        kills += 1
    assert run.returncode == 1
    assert kills >= least_kills
    assert content("killed") == content("undisturbed")
    if form == "jsonl":
        rows = [record["row"] for name, data in content("killed").items() for record in records(data)]
        assert sorted(rows) == list(range(pages + 1))


def shards_done(folder: str) -> int:
    journal = Path(folder) / STATE / "done.jsonl"
    return len(journal.read_bytes().splitlines()) if journal.exists() else 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_page_that_hangs_is_rejected_and_not_tried_again_before_it_is_asked_for() -> None:
    write_folder(Path("pages"), 2)
    os.mkfifo("hangs.html")
    inputs = ("pages", "hangs.html", "pages")
    done = clean(*inputs, "-o", "out", "--time-limit", "10", "--summary", "summary.json")
    assert done.returncode == 1
    assert done.stderr == b"portalclean: out: 1 of 5 pages were rejected; rejects-*.jsonl says why\n"
    [rejected] = records(content("out")["rejects-000000.jsonl"])
    assert (rejected["file"], rejected["reason"], rejected["detail"]) == (
        "hangs.html",
        "time_limit",
        "not done after 10 seconds",
    )
    assert len(records(content("out")["shard-000000.jsonl"])) == 4
    assert json.loads(Path("summary.json").read_text("utf-8"))["errors"] == {"time_limit": 1}

    Path("hangs.html").unlink()
    Path("hangs.html").write_text("<p>Not any more.", encoding="utf-8")
    assert clean(*inputs, "-o", "out", "--resume").returncode == 1
    assert clean(*inputs, "-o", "out", "--resume", "--retry").returncode == 0
    assert list(content("out")) == ["shard-000000.jsonl"]
    assert len(records(content("out")["shard-000000.jsonl"])) == 5


@posix
def test_a_disk_that_takes_no_more_ends_the_run_in_one_line_and_resuming_completes_it() -> None:
    import resource

    write_lines(Path("pages.jsonl"), 30)
    options = ("pages.jsonl", "--shard-size", "5", "--jobs", "2")
    clean(*options, "-o", "undisturbed")
    sizes = [len(data) for name, data in content("undisturbed").items()]
    limit = max(sizes) - 1
    full = clean(*options, "-o", "full", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    assert (full.returncode, full.stderr) == (1, b"portalclean: full: File too large\n")
    assert not list(Path("full").glob("*.part"))
    assert len(content("full")) == sizes.index(max(sizes))
    assert clean(*options, "-o", "full", "--resume").returncode == 0
    assert content("full") == content("undisturbed")


def test_a_file_for_each_page_says_which_page_of_the_input_it_is() -> None:
    write_lines(Path("pages.jsonl"), 12)
    for form in ("md", "txt"):
        assert clean("pages.jsonl", "-o", form, "--format", form, "--shard-size", "9").returncode == 0
        files = content(form)
        assert list(files)[-1] == "shard-000001/index.jsonl"
        index = [*records(files["shard-000000/index.jsonl"]), *records(files["shard-000001/index.jsonl"])]
        assert [line["page"] for line in index] == [f"{number:09d}.{form}" for number in range(12)]
        assert [line["row"] for line in index] == list(range(12))
        assert len(files) == 12 + 2
    head, _, page = content("md")["shard-000000/000000006.md"].partition(b"\n---\n\n")
    assert head.startswith(b'---\nfile: "pages.jsonl"\nrow: 6\ncapture_url: "https://news.example/000006-')
    assert page
    assert content("txt")["shard-000000/000000006.txt"]


def test_parquet_has_the_published_columns_and_the_values_of_the_json_record() -> None:
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    import pyarrow.parquet as pq

    from portalclean.engines.arrow import article_schema

    write_lines(Path("pages.jsonl"), 12)
    for form in ("jsonl", "parquet"):
        assert clean("pages.jsonl", "-o", form, "--format", form, "--blocks").returncode == 0
    table = pq.read_table("parquet/shard-000000.parquet")
    identity = ["file", "offset", "row", "capture_url", "capture_sha256"]
    assert table.schema.names == [*identity, *article_schema(blocks=True).names]
    lines = records(content("jsonl")["shard-000000.jsonl"])
    for row, line in zip(table.to_pylist(), lines, strict=True):
        for name in (*identity, "title", "text", "authors", "recommendations", "blocks", "page_type"):
            assert row[name] == line[name], name
        assert row["error"] is None


def test_the_summary_counts_the_whole_run_also_after_a_resume() -> None:
    write_folder(Path("pages"), 22)
    Path("pages/zzz.html").symlink_to("nowhere")
    Path("pages/empty.html").write_bytes(b"")
    clean("pages", "-o", "out", "--shard-size", "5", "--summary", "first.json")
    clean("pages", "-o", "out", "--shard-size", "5", "--summary", "second.json", "--resume")
    clean("pages", "--summary", "streamed.json")
    first, second, streamed = (
        json.loads(Path(f"{name}.json").read_text("utf-8")) for name in ("first", "second", "streamed")
    )
    assert (first["pages"], first["records"], first["errors"]) == (24, 23, {"unreadable": 1})
    assert first["labels"]["body"] > 22
    assert first["page_types"]["article"] > 10
    assert first["empty"] == {"empty": 1, "login_wall": 1, "not_found": 1, "script_shell": 1}
    assert (first["pages_now"], second["pages_now"]) == (24, 0)
    counts = ("pages", "records", "errors", "page_types", "empty", "labels", "hosts")
    assert [first[name] for name in counts] == [second[name] for name in counts] == [streamed[name] for name in counts]
    assert first["seconds"] > 0


def test_standard_input_to_standard_output() -> None:
    write_lines(Path("pages.jsonl"), 3)
    data = Path("pages.jsonl").read_bytes()
    done = clean("-", "--input-format", "jsonl", "--format", "json", input=data)
    assert [(record["file"], record["row"]) for record in json.loads(done.stdout)] == [("-", 0), ("-", 1), ("-", 2)]
    assert done.stderr == b""
    done = clean("-", "--jobs", "1", "--format", "md", input=b"<h1>A walk</h1>")
    assert done.stdout.strip() == b"" or b"A walk" in done.stdout


def test_failures_are_lines_on_standard_error_that_say_where() -> None:
    Path("pages.jsonl").write_text('{"html": "<p>a"}\nno JSON\n', encoding="utf-8")
    done = clean("pages.jsonl", "absent.html")
    assert done.returncode == 1
    assert len(records(done.stdout)) == 1
    lines = done.stderr.decode().splitlines()
    assert lines[0].startswith("portalclean: pages.jsonl row 1: no JSON: ")
    assert lines[1] == "portalclean: absent.html: No such file or directory"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are Unicode there")
def test_a_path_that_is_no_utf_8_is_cleaned_and_named() -> None:
    name = os.fsdecode(b"caf\xe9")
    Path(name).mkdir()
    (Path(name) / name).write_text("<p>page", encoding="utf-8")
    (Path(name) / "absent.html").symlink_to("nowhere")
    done = clean(name, "-o", "out")
    assert done.returncode == 1
    assert [record["file"] for record in records(content("out")["shard-000000.jsonl"])] == [r"caf\xe9/caf\xe9"]
    assert [line["file"] for line in records(content("out")["rejects-000000.jsonl"])] == [r"caf\xe9/absent.html"]
    assert clean(name, "-o", "out", "--resume").returncode == 1


def test_broken_and_cut_archives_cost_the_records_that_are_broken_and_cut() -> None:
    pytest.importorskip("fastwarc", reason="the extra warc is not installed")
    members = [gzip.compress(warc_record(number)) for number in range(6)]
    damaged = members[2][:20] + b"\xff" * 8 + members[2][28:]
    Path("broken.warc.gz").write_bytes(b"".join([*members[:2], damaged, *members[3:]]))
    Path("cut.warc.gz").write_bytes(b"".join(members)[:-30])
    assert clean("broken.warc.gz", "cut.warc.gz", "-o", "out").returncode == 1
    urls = [str(record["capture_url"])[-1] for record in records(content("out")["shard-000000.jsonl"])]
    assert urls == ["0", "1", "3", "4", "5", "0", "1", "2", "3", "4"]
    broken, cut = records(content("out")["rejects-000000.jsonl"])
    offset = len(members[0]) + len(members[1])
    assert (broken["file"], broken["reason"], broken["offset"]) == ("broken.warc.gz", "unreadable", offset)
    assert (cut["file"], cut["reason"], cut["offset"]) == ("cut.warc.gz", "truncated", sum(map(len, members[:5])))


def warc_record(number: int) -> bytes:
    """Return a record of a dump; its numbers keep what is packed from being all repeats."""
    text = f"Page {number}. " + " ".join(str(hash((number, word)) % 10_000) for word in range(60))
    head = f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://a.example/{number}\r\n"
    return f"{head}Content-Length: {len(text)}\r\n\r\n{text}\r\n\r\n".encode()


@posix
def test_an_interrupt_ends_a_batch_quietly() -> None:
    write_folder(Path("pages"), 200)
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from portalclean.cli import main; main()"
    )
    command = [sys.executable, "-c", program, "clean", "pages", "--jobs", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, process_group=0) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.readline()
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to the workers too
        run.stdout.read()
        assert run.stderr.read() == b""
    assert run.returncode == 130


@posix
def test_progress_is_for_terminals() -> None:
    import pty

    write_folder(Path("pages"), 6)
    ours, theirs = pty.openpty()
    done = subprocess.run([*PROGRAM, "pages"], stdout=subprocess.PIPE, stderr=theirs, check=False)
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert len(records(done.stdout)) == 6
    assert "6 pages" in shown
    assert "0 errors" in shown
    assert "100%" in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--resume",), "--resume goes with --output"),
        (("--shard-size", "5"), "--shard-size goes with --output"),
        (("--retry", "-o", "out"), "--retry goes with --resume"),
        (("--format", "parquet"), "--format parquet goes with --output"),
        (("--format", "json", "-o", "out"), "--format json goes with standard output"),
        (("--unordered", "-o", "out"), "--unordered goes with standard output"),
        (("--url", "https://a.example/", "-o", "out"), "--url is the address of one page"),
        (("--jobs", "0"), "Invalid value for '-j' / '--jobs'"),
        (("--time-limit", "0"), "Invalid value for '--time-limit'"),
    ],
)
def test_options_that_do_not_go_together(arguments: tuple[str, ...], message: str) -> None:
    Path("page.html").write_text("<p>page", encoding="utf-8")
    result = CliRunner().invoke(cli.main, ["clean", "page.html", *arguments])
    assert result.exit_code == 2
    assert message in result.stderr
    assert not Path("out").exists()


def write_weights(path: str, version: str) -> None:
    """Write weights that take everything for comments, as no shipped ones do."""
    with as_file(files("portalclean.labelling").joinpath("weights.npz")) as shipped, np.load(shipped) as arrays:
        ours = dict(arrays)
    ours["labels"] = np.zeros_like(ours["labels"])
    ours["labels_bias"] = np.where(np.arange(len(LABELS)) == LABEL_CODES[Label.COMMENT], 9, 0).astype(np.float32)
    np.savez(path, **(ours | {"version": np.array(version)}))


def write_rule(path: str, source: str) -> None:
    rule = f'[[fields]]\nfield = "source"\nselect = "h1, p"\nline = "."\npattern = "{source}"\n'
    Path(path).write_text(f'hosts = ["news.example"]\n{rule}', encoding="utf-8")


def test_weights_and_rules_are_the_same_in_a_batch_as_for_one_page() -> None:
    write_weights("ours.npz", "ours")
    write_rule("rules.toml", "The")
    Path("pages").mkdir()
    url = "https://news.example/1"
    Path("pages/a.html").write_text(f'<link rel="canonical" href="{url}"><h1>A walk</h1><p>The hill.', encoding="utf-8")
    how = ("--weights", "ours.npz", "--rules", "rules.toml", "--blocks")
    [batch] = records(clean("pages", *how, "--jobs", "2").stdout)
    assert [batch] == records(clean("pages/a.html", *how).stdout)
    assert batch["source"] == "The"
    assert [block["label"] for block in batch["blocks"]] == ["title", "comment"]  # type: ignore[attr-defined]
    [plain] = records(clean("pages", "--blocks").stdout)
    assert plain["source"] != "The"
    assert [block["label"] for block in plain["blocks"]] == ["title", "body"]  # type: ignore[attr-defined]


def test_going_on_needs_the_same_weights_and_rules_wherever_they_stand() -> None:
    write_folder(Path("pages"), 3)
    write_weights("ours.npz", "ours")
    write_rule("rules.toml", "The")
    options = ("pages", "-o", "out", "--resume")
    how = ("--weights", "ours.npz", "--rules", "rules.toml")
    assert clean(*options, *how).returncode == 0
    Path("elsewhere").mkdir()
    for name in ("ours.npz", "rules.toml"):
        shutil.copy(name, "elsewhere")
    assert clean(*options, "--weights", "elsewhere/ours.npz", "--rules", "elsewhere").returncode == 0
    assert b"other settings: weights was" in clean(*options, "--rules", "rules.toml").stderr
    assert b"other settings: rules was" in clean(*options, "--weights", "ours.npz").stderr
    write_rule("rules.toml", "An")
    changed = clean(*options, *how)
    assert changed.returncode == 1
    assert b"other settings: rules was" in changed.stderr


@pytest.mark.parametrize("option", ["--weights", "--rules"])
@pytest.mark.parametrize("output", [(), ("-o", "out")])
def test_weights_and_rules_that_cannot_be_used_end_a_batch_before_it_begins(
    option: str, output: tuple[str, ...]
) -> None:
    write_folder(Path("pages"), 1)
    Path("broken").write_bytes(b"\x00broken")
    for name in ("broken", "absent"):
        result = CliRunner().invoke(cli.main, ["clean", "pages", option, name, *output])
        assert (result.exit_code, result.stdout) == (2, "")
        assert name in result.stderr.splitlines()[-1]
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("module", "arguments", "extra"),
    [
        ("fastwarc", ("pages.warc",), "portalclean[warc]"),
        ("pyarrow", ("pages.parquet",), "portalclean[parquet]"),
        ("pyarrow", ("pages.arrow",), "portalclean[parquet]"),
        ("pyarrow", ("page.html", "--format", "parquet", "-o", "out"), "portalclean[parquet]"),
    ],
)
def test_a_missing_extra_says_what_to_install(
    module: str, arguments: tuple[str, ...], extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("readers.warc", "readers.tables", "writers.parquet"):
        monkeypatch.delitem(sys.modules, f"portalclean.batch.{name}", raising=False)
    for name in (module, f"{module}.warc", f"{module}.stream_io", f"{module}.parquet"):
        monkeypatch.setitem(sys.modules, name, None)
    result = CliRunner().invoke(cli.main, ["clean", *arguments])
    assert result.exit_code == 1
    assert f"pip install '{extra}'" in result.stderr
    assert len(result.stderr.splitlines()) == 1
