from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.command import main
from benchmarks.corpora import SAMPLE, GoldPage, read_folder
from benchmarks.fields import Field, Verdict
from benchmarks.guard import Answer, Guard
from benchmarks.report import as_json, as_markdown, tables
from benchmarks.runner import Result, run, scored
from benchmarks.systems import REFERENCE, SYSTEMS, Capture, Output

OURS = SYSTEMS["portalclean (text)"]


class Oracle(Guard):
    """Answers with the gold; fails where it is told to."""

    def __init__(self, failing: str | None = None) -> None:
        super().__init__()
        self.failing = failing
        self.asked: list[str] = []
        self.pages = {page.text(): page for page in read_folder(SAMPLE)}

    def ask(self, system: str, capture: Capture) -> Answer:
        self.asked.append(system)
        page = self.pages.get(capture.data)
        if page is None:
            return Answer(Output(), None, 0.001)
        if page.id == self.failing:
            return Answer(None, "ValueError: no", 0.0)
        return Answer(_truth(page), None, 0.002)


def _truth(page: GoldPage) -> Output:
    gold = page.gold
    fields = {
        Field.TITLE: gold.title or (),
        Field.AUTHORS: gold.authors or (),
        Field.SOURCE: gold.source or (),
    }
    blocks = tuple((line.label, line.text) for line in gold.lines)
    return Output(gold.bodies[0], fields, confidence=0.9, blocks=blocks)


@pytest.fixture
def pages() -> list[GoldPage]:
    return list(read_folder(SAMPLE))


def test_the_truth_scores_one(pages: list[GoldPage]) -> None:
    for result in run(pages, [OURS], Oracle()):
        assert result.score == 1.0
        assert result.reference == 0.001
        verdicts = {judged.verdict for field, judged in result.fields.items() if field is not Field.PUBLISHED}
        assert verdicts <= {Verdict.RIGHT, Verdict.NONE}


def test_the_body_with_captions_is_as_good(pages: list[GoldPage]) -> None:
    page = next(page for page in pages if len(page.gold.bodies) == 2)
    answer = Answer(Output(page.gold.bodies[1]), None, 0.1)
    assert scored(page, OURS, answer, None).score == 1.0


def test_an_error_is_an_empty_answer(pages: list[GoldPage]) -> None:
    results = {result.page: result for result in run(pages, [OURS], Oracle(failing="ferry"))}
    assert results["ferry"].error == "ValueError: no"
    assert results["ferry"].score == 0.0
    assert results["ferry"].fields[Field.TITLE].verdict is Verdict.MISSING
    assert results["orchard"].score == 1.0


def test_systems_take_turns_and_the_reference_is_always_run(pages: list[GoldPage]) -> None:
    oracle = Oracle()
    list(run(pages[:2], [OURS, SYSTEMS["line filter (text)"]], oracle))
    first, second = OURS.name, "line filter (text)"
    assert oracle.asked == [REFERENCE.name, first, second, REFERENCE.name, second, first]


def _results(pages: list[GoldPage]) -> list[Result]:
    return list(run(pages, [OURS], Oracle(failing="ferry")))


def test_the_tables(pages: list[GoldPage]) -> None:
    made = {table.title: table for table in tables(_results(pages))}
    body = dict(zip(made["sample: body, LCS F1"].header, made["sample: body, LCS F1"].rows[0], strict=True))
    assert body["mean"] == "0.833"
    assert body["median"] == "1.000"
    assert body["under 0.5"] == "1"
    assert body["errors"] == "1"
    assert body["× lxml"] == "2.00"
    labels = made["sample: labels, F1 over gold lines"]
    assert 0.5 < float(labels.rows[0][labels.header.index("macro")]) < 1.0
    assert made["Errors (each page counts as an empty answer)"].rows == [["sample", OURS.name, "ValueError: no", "1"]]
    assert all(len(row) == len(table.header) for table in made.values() for row in table.rows)


def test_the_least_confident_pages_are_left_out_first(pages: list[GoldPage]) -> None:
    results = [
        replace(result, score=score, confidence=score / 2)
        for result, score in zip(_results(pages), (0.5, 1.0, 0.9, 1.0, 0.2, 1.0), strict=True)
    ]
    coverage = next(table for table in tables(results) if table.title.startswith("Confidence"))
    assert coverage.rows == [["sample", OURS.name, "6", "0.767", "0.880", "0.880"]]


def test_both_forms_of_the_report(pages: list[GoldPage]) -> None:
    results = _results(pages)
    made = tables(results)
    assert as_markdown(made).count("\n## ") == len(made) - 1
    record = json.loads(as_json(made, results))
    assert len(record["pages"]) == len(pages)
    assert record["pages"][1]["score"] == 1.0
    assert sum(count for _, _, count in record["pages"][1]["lines"]) == len(pages[1].gold.lines)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.md"
    assert main(["--sample", "2", "--systems", "line filter (text)", "--out", str(out)]) == 0
    assert "sample: 2 pages, LCS F1" in out.read_text("utf-8")
    assert "line filter (text)" in out.read_text("utf-8")
    with pytest.raises(SystemExit):
        main(["--systems", "nothing"])
    assert "there are: lxml parse" in capsys.readouterr().err
