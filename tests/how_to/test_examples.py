"""Every example of every how-to page is run, those of a new page too, unless what they need is not installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path

import pytest
from page_examples import PAGES, ROOT, SECTION, TRAINING, Example, Workplace, data_block, examples, text_of

LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
ENGINES = {
    "Arrow": "pyarrow",
    "Spark": "pyspark",
    "Ray": "ray",
    "datatrove": "datatrove",
    "Scrapy": "scrapy",
    "Dask": "dask",
    "datasets": "datasets",
    "LangChain": "langchain_core",
}
"""What the example of each section of the page on engines imports: any may be missing, so each is run by itself."""
NEEDS = {
    "batch": ("fastwarc", "pyarrow"),
    "second-labeller": ("trafilatura",),
    **{f"engines {name}": ("pyarrow", module) for name, module in ENGINES.items()},
}
"""Modules without which examples are skipped."""


def parts() -> dict[str, list[Example]]:
    """Return the examples that are run in one folder, by the page, or the section of it, that they stand on."""
    found = {page.stem: examples(page.read_text("utf-8")) for page in PAGES if page.stem != "engines"}
    sections = {name: examples(text) for name, text in SECTION.findall(text_of("engines"))}
    captures = sections.pop("Captures")
    return found | {f"engines {name}": captures + section for name, section in sections.items()}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    """A folder with the files that the pages speak of and do not make."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    shutil.copy(ROOT / "tests" / "sites" / "fixture" / "capture.html", "page.html")
    shutil.copy(ROOT / "seeds" / "000_280b8eff423b52ec.txt", "dump.txt")
    Path("hill-news.toml").write_text(data_block("site-rules", "toml"), "utf-8")
    Path("page.gold.jsonl").write_text(json.dumps(json.loads(data_block("correct-and-teach", "json"))) + "\n", "utf-8")
    with as_file(files("portalclean.labelling").joinpath("weights.npz")) as shipped:
        shutil.copy(shipped, "ours.npz")
    return Workplace(folder, tmp_path / "bin")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize("part", parts())
def test_the_examples_give_what_the_page_says(part: str, place: Workplace) -> None:
    for module in NEEDS.get(part, ()):
        if find_spec(module) is None:
            pytest.skip(f"{module} is not installed")
    if part == "engines Spark" and not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        pytest.skip("Spark needs Java, which is not installed")
    shown = parts()[part]
    assert {example.language for example in shown} <= {"sh", "python", "toml", "json"}
    for example in shown:
        place.run(example)
    RESULTS.get(part, lambda: None)()


def check_batch() -> None:
    """Each way gives what its command says."""
    assert titles("cleaned/shard-000000.jsonl") == ["The ferry is back", "Cup final"]
    assert titles("cleaned.jsonl") == ["The ferry is back"]
    assert len(titles("again.jsonl")) == 2
    assert len(titles("crawl/shard-000000.jsonl")) == 1
    assert Path("markdown/shard-000000/000000001.md").is_file()
    assert Path("text/shard-000000/000000001.txt").is_file()
    assert json.loads(Path("summary.json").read_text("utf-8"))["records"] == 1


def check_report() -> None:
    """The last page of the two is the one beside gold."""
    for name in ("report.html", "batch.html"):
        assert Path(name).read_text("utf-8").startswith("<!doctype html>")


def check_teaching() -> None:
    """The set holds the page, and there is something to learn from."""
    assert Path("ours/gold.jsonl").is_file()
    assert Path("examples.pickle").stat().st_size > 1_000


RESULTS: Mapping[str, Callable[[], None]] = {
    "batch": check_batch,
    "report": check_report,
    "correct-and-teach": check_teaching,
}
"""What the examples of a page leave behind."""


def titles(path: str) -> list[object]:
    return [json.loads(line)["title"] for line in Path(path).read_text("utf-8").splitlines()]


def test_each_page_has_examples_and_each_section_on_engines_is_known() -> None:
    assert all(parts().values())
    assert [part for part in parts() if part.startswith("engines ")] == [f"engines {name}" for name in ENGINES]


def test_a_wrong_example_fails(place: Workplace) -> None:
    for example in (
        Example("sh", "portalclean clean absent.html\n"),
        Example("sh", "portalclean wash page.html\n"),
        Example("python", ">>> 1 + 1\n3\n"),
        Example("python", "print(1)\n", "2\n"),
        Example("python", "raise SystemExit(1)\n"),
    ):
        with pytest.raises(AssertionError):
            place.run(example)


def test_the_command_that_is_not_run_has_the_options_that_pages_give_it() -> None:
    source = "".join((ROOT / "training" / f"{name}.py").read_text("utf-8") for name in ("train", "dataset"))
    commands = [line for page in PAGES for line in page.read_text("utf-8").splitlines() if line.startswith(TRAINING)]
    options = {word for command in commands for word in command.split() if word.startswith("--")}
    assert options
    assert all(f'"{option}"' in source for option in options)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
