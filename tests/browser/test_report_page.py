from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.corpora import SAMPLE, read_folder
from click.testing import CliRunner
from sights import Look, Sight
from training.dataset import examples_of

from portalclean import Label, Role
from portalclean.cli import main
from portalclean.gold.check import problems
from portalclean.gold.files import read_gold
from portalclean.page import LABELS

SAMPLE_PAGES = sorted((SAMPLE / "html").glob("*.html"))
CAPTURES = {path.name: path.read_bytes() for path in SAMPLE_PAGES}
ONE = {SAMPLE_PAGES[0].name: SAMPLE_PAGES[0].read_bytes()}


@pytest.fixture
def sight(look: Look) -> Sight:
    return look(ONE)


def current(sight: Sight) -> int:
    return int(sight.value("Number(document.querySelector('.block.current')?.dataset.index ?? -1)"))


def test_every_block_stands_there_with_label_and_confidence(sight: Sight) -> None:
    words, tags, sure = (sight.texts(f".block {part}") for part in (".words", ".tag", ".sure"))
    assert len(words) == len(tags) == len(sure) > 10
    assert set(tags) <= set(Label)


def test_the_legend_hides_and_shows_labels(sight: Sight) -> None:
    chip = sight.page.locator(".chip[data-label=body]")
    before = sight.texts(".block .tag")
    chip.click()
    assert "body" not in sight.texts(".block .tag")
    assert chip.get_attribute("aria-pressed") == "false"
    chip.click()
    assert sight.texts(".block .tag") == before
    chip.click(modifiers=["Shift"])
    assert set(sight.texts(".block .tag")) == {"body"}
    sight.page.click("#all-labels")
    assert sight.texts(".block .tag") == before


def test_the_keyboard_goes_from_block_to_block(sight: Sight) -> None:
    keys = sight.page.keyboard
    places = []
    for key in ("j", "j", "ArrowDown", "k", "ArrowUp"):
        keys.press(key)
        places.append(current(sight))
    assert places == [0, 1, 2, 1, 0]
    assert sight.value("document.activeElement.className").startswith("block")


def test_hidden_labels_are_passed_over(sight: Sight) -> None:
    sight.page.locator(".chip[data-label=body]").click(modifiers=["Shift"])
    sight.page.locator("#main").focus()
    labels = []
    for _ in range(3):
        sight.page.keyboard.press("j")
        labels.append(sight.value("document.querySelector('.block.current').dataset.label"))
    assert labels == ["body"] * 3


def test_the_help_tells_the_keys(sight: Sight) -> None:
    sight.page.keyboard.press("?")
    assert {"j", "k", "↓", "/", "?"} <= set(sight.texts("#help kbd"))
    sight.page.keyboard.press("Escape")
    assert not sight.texts("#help kbd")


def test_search_finds_blocks_and_marks_them(sight: Sight) -> None:
    word = sight.texts(".block .words")[3][:4]
    sight.page.keyboard.press("/")
    sight.page.keyboard.type(word.upper())
    found = sight.texts(".block .words")
    assert found
    assert all(word.lower() in text.lower() for text in found)
    assert {text.lower() for text in sight.texts(".block mark")} == {word.lower()}
    assert sight.texts("#said")
    sight.page.keyboard.press("Escape")
    assert len(sight.texts(".block .words")) > len(found)
    sight.page.fill("#search", "no such words at all")
    assert sight.texts("#none-shown")


def test_reasons_show_for_the_block_that_is_looked_at_or_for_all(sight: Sight) -> None:
    few = len(sight.texts(".block .reason"))
    sight.page.keyboard.press("j")
    assert sight.texts(".block.current .reason")
    sight.page.keyboard.press("r")
    assert len(sight.texts(".block .reason")) == len(sight.texts(".block")) > few


def test_evidence_leads_to_its_block(sight: Sight) -> None:
    sight.page.locator("details[data-evidence=title] summary").click()
    button = sight.page.locator("details[data-evidence=title] button").first
    number = int(button.inner_text().split()[1])
    button.click()
    assert current(sight) == number


@pytest.fixture
def corrected(sight: Sight, tmp_path: Path) -> Path:
    """The gold that is downloaded when a run of blocks and some fields were corrected."""
    page = sight.page
    sight.choose()
    page.keyboard.press("J")
    page.keyboard.press("J")
    page.select_option("#label-picker", "advertisement")
    page.keyboard.press("f")
    page.fill("#field-title", "Another title")
    page.fill("#field-authors", "Ann Carter | reporter\n张三")
    page.fill("#field-published", "2021-02-18T07:02")
    page.fill("#field-note", "by hand")
    page.click("#keep-fields")
    assert sight.texts("#changes") == ["4 corrections"]
    with page.expect_download() as download:
        page.click("#download")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_correction_is_valid_gold(corrected: Path) -> None:
    result = CliRunner().invoke(main, ["gold", "check", str(corrected)])
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "1 good\n")
    (record,) = read_gold(corrected)
    assert record.values["fields"]["title"] == "Another title"
    assert record.values["fields"]["authors"] == [
        {"name": "Ann Carter", "role": Role.REPORTER},
        {"name": "张三", "role": Role.AUTHOR},
    ]
    assert record.values["fields"]["published"] == "2021-02-18T07:02"
    assert record.values["note"] == "by hand"


def test_a_correction_becomes_a_training_example(corrected: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["gold", "gather", str(corrected), "--into", str(tmp_path / "set")])
    assert result.exit_code == 0
    (page,) = read_folder(tmp_path / "set")
    assert page.html() == SAMPLE_PAGES[0].read_bytes()
    examples = list(examples_of(page, fold=0))
    assert {example.view for example in examples} >= {"html", "rendered", "one_line"}
    rendered = next(example for example in examples if example.view == "rendered")
    assert rendered.labelled.all()
    learned = [LABELS[code] for code in rendered.targets.argmax(axis=1)]
    assert learned[:3].count(Label.ADVERTISEMENT) >= 2
    whole = next(example for example in examples if example.view == "html")
    assert whole.labelled.mean() > 0.8


def test_an_uncorrected_page_is_gold_too_and_says_what_was_found(sight: Sight, tmp_path: Path) -> None:
    with sight.page.expect_download() as download:
        sight.page.click("#download")
    path = tmp_path / "gold.jsonl"
    download.value.save_as(path)
    (record,) = read_gold(path)
    assert list(problems(record)) == []
    shown = sight.texts(".block:not([data-hidden]) .words")
    lines = (record.text or "").split("\n")
    assert [line.split() for line in lines] == [text.split() for text in shown]


def test_a_dump_can_be_corrected_too(look: Look, tmp_path: Path, seed_text: str) -> None:
    sight = look({"seed.txt": seed_text.encode()})
    sight.page.locator(".block .words", has_text="热点推荐").first.click()
    sight.page.select_option("#label-picker", "navigation")
    with sight.page.expect_download() as download:
        sight.page.click("#download")
    download.value.save_as(tmp_path / "seed.gold.jsonl")
    (record,) = read_gold(tmp_path / "seed.gold.jsonl")
    assert list(problems(record)) == []
    assert "".join((record.text or "").split()) == "".join(seed_text.split())
    assert "html_gzip" not in record.values


def test_a_label_can_be_undone(sight: Sight) -> None:
    sight.choose()
    own = sight.value("document.querySelector('.block.current').dataset.label")
    sight.page.keyboard.press("e")
    other = next(label for label in Label if label != own)
    sight.page.select_option("#label-picker", other)
    assert sight.texts(".flag.mended") == [f"was {own}"]
    sight.page.keyboard.press("Escape")
    sight.page.keyboard.press("u")
    assert not sight.texts(".flag.mended")
    assert not sight.texts("#changes")


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("published", "2021-02-30", "there is no such day"),
        ("published", "18.2.2021", "not a date"),
        ("authors", "Ann | boss", "no role “boss”"),
        ("recommendations", "many", "not a number"),
    ],
)
def test_what_gold_cannot_hold_is_not_kept(field: str, text: str, message: str, sight: Sight) -> None:
    sight.page.click("#correct-fields")
    sight.page.fill(f"#field-{field}", text)
    sight.page.click("#keep-fields")
    assert message in sight.page.inner_text(f"#error-{field}")
    assert sight.page.get_attribute(f"#field-{field}", "aria-invalid") == "true"
    assert not sight.texts("#changes")


def test_gold_shows_where_it_differs(look: Look, tmp_path: Path) -> None:
    records = [json.loads(line) for line in (SAMPLE / "gold.jsonl").read_text("utf-8").splitlines()]
    for record in records:
        record["text"] = (SAMPLE / "text" / f"{record['page']}.txt").read_text("utf-8")
        record["labels"] = [[1, len(record["text"].split("\n")), "footer"]]
        record["fields"]["title"] = "Quite another"
    (tmp_path / "own.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    sight = look(ONE, "--gold", str(tmp_path / "own.jsonl"))
    assert set(sight.texts(".flag.differs")) == {"≠ gold: footer"}
    assert "≠ gold: Quite another" in sight.texts(".gold.differs")
    sight.page.select_option("#only", "differing")
    assert len(sight.texts(".block")) == len(sight.texts(".flag.differs"))


def test_site_rules_without_a_match_are_a_warning(look: Look, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('hosts = ["a.example"]\n[[labels]]\nlabel = "share"\nselect = "#gone"\n')
    sight = look(ONE, "--rules", str(rules), "--url", "https://a.example/1.html")
    assert sight.texts(".warnings li") == ["rule of rules for the label share matches nothing: select '#gone'"]


def test_a_batch_begins_with_a_summary_and_leads_to_each_page(look: Look) -> None:
    sight = look(CAPTURES)
    assert sight.texts("h1") == [f"{len(CAPTURES)} captures"]
    assert len(sight.texts(".card svg")) == 4
    confidences = [float(text) for text in sight.texts("td[data-name=confidence]")]
    assert len(confidences) == len(CAPTURES)
    assert confidences == sorted(confidences)
    sight.page.locator(".pages a").first.click()
    sight.page.wait_for_selector(".blocks")
    assert sight.texts(".headline")
    sight.page.keyboard.press("s")
    sight.page.wait_for_selector("#page-table")
    sight.page.keyboard.press("]")
    sight.page.wait_for_selector(".blocks")
    assert sight.value("location.hash") == "#0"
    sight.page.keyboard.press("]")
    assert sight.value("location.hash") == "#1"


def test_corrections_of_a_batch_are_downloaded_together(look: Look, tmp_path: Path) -> None:
    sight = look(CAPTURES)
    for number in (0, 2):
        sight.value(f"location.hash = '{number}'")
        sight.page.wait_for_function(f"document.title.includes({list(CAPTURES)[number]!r})")
        sight.choose()
        own = sight.value("document.querySelector('.block.current').dataset.label")
        sight.page.select_option("#label-picker", next(label for label in Label if label != own))
    with sight.page.expect_download() as download:
        sight.page.click("#download-all")
    download.value.save_as(tmp_path / "all.jsonl")
    records = list(read_gold(tmp_path / "all.jsonl"))
    names = [Path(name).stem for name in CAPTURES]
    assert [record.page for record in records] == [names[0], names[2]]
    assert [defect for record in records for defect in problems(record)] == []


def test_the_search_of_the_summary_finds_pages(look: Look) -> None:
    sight = look(CAPTURES)
    name = list(CAPTURES)[2]
    sight.page.fill("#search", name)
    assert len(sight.texts(".pages tbody tr")) == 1


def test_the_theme_can_be_chosen(sight: Sight) -> None:
    grounds = []
    for _ in range(3):
        ground = sight.value("getComputedStyle(document.documentElement).backgroundColor")
        grounds.append((sight.page.inner_text("#theme"), ground))
        sight.page.click("#theme")
    assert [name for name, _ in grounds] == ["auto", "light", "dark"]
    assert grounds[1][1] != grounds[2][1]
