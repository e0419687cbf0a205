from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from jsonschema import validate

import portalclean
from portalclean import Article, Block, CaptureTooLarge, EmptyBecause, Label, Limits, UnknownEncoding, __version__, cli
from portalclean.batch import cleaner
from portalclean.render.record import record_schema

ARTICLE = Article(
    title="山路",
    text="黎明出发。\x1b[31m\u202e",
    confidence=0.9,
    blocks=(Block("黎明\x1b[31m", Label.BODY, 0.9, "prose"),),
)
PROGRAM = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
import portalclean
portalclean.extract = lambda *_, **__: portalclean.Article(title="\\u5c71\\u8def", text="x" * 9999)
from portalclean.cli import main
main(%s)
"""
"""A program that needs no page: the command line around an article of its own. A test run in the background of a shell
ignores interrupts, and what it starts would too."""


@pytest.fixture(autouse=True)
def capture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A file in the working directory; every file gives the same article, and nothing is on a terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(portalclean, "extract", lambda _, **__: ARTICLE)
    Path("page.html").write_bytes(b"<p>a")
    return "page.html"


def run(*arguments: str, stdin: bytes = b"") -> click.testing.Result:
    return CliRunner().invoke(cli.main, arguments, input=stdin)


def raising(error: BaseException) -> object:
    def extract(*_: object, **__: object) -> Article:
        raise error

    return extract


def run_python(program: str, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)


def test_records_are_json_lines_that_name_their_file(capture: str) -> None:
    result = run("clean", capture, capture)
    assert (result.exit_code, result.stderr) == (0, "")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(record["file"], record["title"]) for record in records] == [(capture, "山路")] * 2
    for record in records:
        validate(record, record_schema())
    assert "blocks" not in records[0]


def test_blocks_are_added_on_demand(capture: str) -> None:
    record = json.loads(run("clean", "--blocks", capture).stdout)
    assert [block["label"] for block in record["blocks"]] == ["body"]
    assert record["evidence"] == []


def test_json_is_one_array_however_many_files(capture: str) -> None:
    for files in ([capture], [capture, capture, "absent"], ["absent"]):
        result = run("clean", "--format", "json", *files)
        assert len(json.loads(result.stdout)) == files.count(capture)


def test_markdown_and_text(capture: str) -> None:
    assert run("clean", "--format", "md", capture).stdout == "# 山路\n\n黎明出发。\\[31m\u202e\n"
    assert run("clean", "--format", "txt", capture).stdout == "山路\n\n黎明出发。[31m\u202e\n"


def test_pages_in_one_output_are_kept_apart(capture: str) -> None:
    page = "# 山路\n\n黎明出发。\\[31m\u202e\n"
    assert run("clean", "--format", "md", capture, capture).stdout == f"{page}\n---\n\n{page}"


def test_a_page_without_an_article_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.html").write_bytes(b"")
    monkeypatch.setattr(portalclean, "extract", lambda _, **__: Article(empty_because=EmptyBecause.EMPTY))
    result = run("clean", "--format", "txt", "empty.html")
    assert (result.exit_code, result.stderr) == (0, "portalclean: empty.html: no main content: empty\n")


def test_standard_input_is_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portalclean, "extract", lambda capture, **_: Article(text=capture.decode()))
    record = json.loads(run("clean", "-", stdin="山路".encode()).stdout)
    assert (record["file"], record["text"]) == ("-", "山路")


def test_what_is_known_of_the_capture_is_handed_on(capture: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portalclean, "extract", lambda page, **hints: Article(title=repr((page, hints))))
    arguments = ("--kind", "html", "--encoding", "gb2312", "--url", "https://a.example/")
    expected = repr((b"<p>a", {"url": "https://a.example/", "kind": "html", "encoding": "gb2312", "pipeline": None}))
    for command in ("clean", "explain"):
        assert expected in run(command, *arguments, capture).stdout


@pytest.mark.parametrize("command", ["clean", "explain"])
@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (
            CaptureTooLarge("the capture has 9 bytes, over the limit of 1"),
            "the capture has 9 bytes, over the limit of 1",
        ),
        (UnknownEncoding("no encoding 'utf-9'"), "no encoding 'utf-9'"),
        (PermissionError(errno.EACCES, "Permission denied"), "Permission denied"),
        (
            ZeroDivisionError("division\nby \x1b[31mzero"),
            r"unexpected ZeroDivisionError: division\nby \x1b[31mzero",
        ),
        (MemoryError(), "unexpected MemoryError"),
    ],
)
def test_a_failure_is_one_line_on_standard_error(
    command: str, error: Exception, reason: str, capture: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portalclean, "extract", raising(error))
    result = run(command, capture)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"portalclean: page.html: {reason}\n")


def test_a_failure_does_not_keep_the_next_file_from_its_turn(capture: str) -> None:
    result = run("clean", "absent.html", "es\x1b[31mc.html", capture)
    assert result.exit_code == 1
    assert [json.loads(line)["file"] for line in result.stdout.splitlines()] == [capture]
    assert result.stderr.splitlines() == [
        "portalclean: absent.html: No such file or directory",
        r"portalclean: es\x1b[31mc.html: No such file or directory",
    ]


def test_a_failure_to_render_is_a_failure_too(capture: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaner, "to_dict", raising(RecursionError("too deep")))
    result = run("clean", capture)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "portalclean: page.html: unexpected RecursionError: too deep\n"


@pytest.mark.parametrize("command", ["clean", "explain"])
def test_a_file_over_the_limit_is_not_read_to_its_end(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portalclean.capture.stream.Limits", lambda: Limits(bytes=1000))
    result = run(command, "/dev/zero")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "portalclean: /dev/zero: the capture is over the limit of 1,000 bytes\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("clean",),
        ("clean", "--format", "xml", "page.html"),
        ("clean", "--format", "md", "--blocks", "page.html"),
        ("clean", "--url", "https://a.example/", "page.html", "page.html"),
        ("clean", "--kind", "pdf", "page.html"),
        ("explain",),
        ("explain", "page.html", "page.html"),
        ("wash", "page.html"),
        (),
    ],
)
def test_wrong_usage_is_exit_code_2_and_writes_nothing(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: ")


def test_the_version() -> None:
    result = run("--version")
    assert (result.exit_code, result.stdout) == (0, f"portalclean {__version__}\n")


def test_every_command_and_option_has_a_help_text() -> None:
    found = dict(commands(cli.main))
    assert {"clean", "explain", "gold check", "gold gather", "report"} <= {*found}
    for name, command in found.items():
        assert command.help, name
        assert all(option.help for option in command.params if isinstance(option, click.Option)), name


def commands(group: click.Group, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield all commands of a group and of the groups in it, by their full names."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        yield prefix + name, command
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix}{name} ")


def test_explain_shows_blocks_and_fields_without_colour_in_a_pipe(capture: str) -> None:
    result = run("explain", capture)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == r"0  body            0.900  prose  黎明\x1b[31m"
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize(
    ("environment", "colourful"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colours_are_for_terminals(
    environment: dict[str, str], colourful: bool, capture: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("portalclean.commands.explain.on_terminal", lambda: True)
    output = CliRunner().invoke(cli.main, ["explain", capture], color=True).stdout
    assert ("\x1b[32mbody" in output) is colourful
    assert r"黎明\x1b[31m" in output


@pytest.mark.parametrize("form", ["md", "txt", "json", "jsonl"])
def test_nothing_of_the_page_steers_a_terminal(form: str, capture: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portalclean.commands.clean.on_terminal", lambda: True)
    output = run("clean", "--format", form, capture).stdout
    assert "\x1b" not in output
    assert "\u202e" not in output


def test_output_is_utf_8_whatever_the_locale(capture: str) -> None:
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "ascii",
        "PYTHONCOERCECLOCALE": "0",
    }
    process = run_python(PROGRAM % f"['clean', '{capture}', 'absent-\\\\xe9']", env=environment)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 1
    assert json.loads(stdout.decode("utf-8"))["title"] == "山路"
    assert stderr.startswith(b"portalclean: absent-")
    assert len(stderr.splitlines()) == 1


def test_a_reader_that_goes_away_ends_the_run_quietly(capture: str) -> None:
    process = run_python(PROGRAM % f"['clean'] + ['{capture}'] * 1000")
    assert process.stdout is not None
    assert process.stderr is not None
    with process:
        assert process.stdout.readline().startswith(b'{"file": ')
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_an_interrupt_ends_the_run_quietly(capture: str) -> None:
    process = run_python(PROGRAM % f"['clean'] + ['{capture}'] * 50000")
    assert process.stdout is not None
    assert process.stderr is not None
    with process:
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert process.stderr.read() == b""
    assert process.returncode == 130


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full disk at hand")
def test_a_full_disk_is_said_in_one_line(capture: str) -> None:
    with Path("/dev/full").open("wb") as full:
        program = PROGRAM % f"['clean', '{capture}']"
        done = subprocess.run([sys.executable, "-c", program], stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (1, b"portalclean: standard output: No space left on device\n")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize(
    ("closed", "arguments", "line"),
    [
        (">&-", "'page.html'", b"portalclean: standard output: closed\n"),
        ("<&-", "'-'", b"portalclean: -: standard input is closed\n"),
        ("0>/dev/null", "'-'", b"portalclean: -: Bad file descriptor\n"),
    ],
)
def test_a_stream_that_cannot_be_used_is_said_in_one_line(closed: str, arguments: str, line: bytes) -> None:
    program = PROGRAM % f"['clean', {arguments}]"
    command = ["sh", "-c", f'exec "$0" -c "$1" {closed}', sys.executable, program]
    done = subprocess.run(command, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (1, line)
