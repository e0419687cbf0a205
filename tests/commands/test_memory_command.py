from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portalclean.cli import main
from portalclean.memory import SiteMemory

NOTICE = "All rights reserved."


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, numbers in (("one", (1, 2)), ("two", (3,))):
        records = [
            {"url": f"https://a.example/{number}", "html": f"<p>{number}</p><p>{NOTICE}</p>"} for number in numbers
        ]
        Path(f"{name}.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")


def test_pages_are_counted_and_memories_merged() -> None:
    assert run("memory", "one.jsonl", "-o", "one.memory").exit_code == 0
    assert run("memory", "two.jsonl", "--merge", "one.memory", "-o", "both.memory").exit_code == 0
    assert run("memory", "one.jsonl", "two.jsonl", "-o", "all.memory").exit_code == 0
    assert SiteMemory.load("both.memory").pages("a.example") == 3
    assert Path("both.memory").read_bytes() == Path("all.memory").read_bytes()


def test_a_page_without_an_address_is_passed_over_and_said() -> None:
    Path("page.html").write_text(f"<p>{NOTICE}</p>", "utf-8")
    done = run("memory", "page.html", "one.jsonl", "-o", "a.memory")
    assert (done.exit_code, done.stderr) == (0, "portalclean: 1 page without an address was passed over\n")
    assert SiteMemory.load("a.memory").pages("a.example") == 2


def test_a_page_that_cannot_be_read_is_said_and_the_others_are_counted() -> None:
    done = run("memory", "absent.html", "one.jsonl", "-o", "a.memory")
    assert (done.exit_code, done.stderr) == (1, "portalclean: absent.html: No such file or directory\n")
    assert SiteMemory.load("a.memory").pages("a.example") == 2


def test_a_memory_that_cannot_be_written_is_said() -> None:
    done = run("memory", "one.jsonl", "-o", "absent/a.memory")
    assert (done.exit_code, done.stderr) == (1, "portalclean: absent/a.memory: No such file or directory\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("memory", "-o", "a.memory"),
        ("memory", "--merge", "one.jsonl", "-o", "a.memory"),
        ("memory", "--merge", "absent", "-o", "a.memory"),
        ("clean", "one.jsonl", "--memory", "one.jsonl"),
        ("clean", "one.jsonl", "--memory", "absent"),
    ],
)
def test_what_cannot_be_used_is_wrong_usage(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert not Path("a.memory").exists()


def test_cleaning_takes_a_memory() -> None:
    run("memory", "one.jsonl", "-o", "one.memory")
    done = run("clean", "one.jsonl", "--memory", "one.memory")
    assert (done.exit_code, len(done.stdout.splitlines())) == (0, 2)


def test_going_on_with_another_memory_is_refused() -> None:
    run("memory", "one.jsonl", "-o", "one.memory")
    run("memory", "two.jsonl", "-o", "two.memory")
    how = ("clean", "one.jsonl", "-o", "cleaned", "--resume", "--memory")
    assert run(*how, "one.memory").exit_code == 0
    assert "other settings: memory was" in run(*how, "two.memory").stderr
