from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from byline_pages import byline, reading_of

import portalclean
from portalclean.bylines.lexicon import lexicon
from portalclean.bylines.names import is_medium, is_name, names_in
from portalclean.extractors.credits import extract_credits
from portalclean.page import Label

if TYPE_CHECKING:
    from portalclean.reading import Reading

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.mark.parametrize("text", ["新京报", "每日经济新闻", "在线编辑部", "Example Times", "Newsroom", "example.com"])
def test_media_are_no_people(text: str) -> None:
    assert is_medium(text)
    assert not is_name(text, likely=False)


@pytest.mark.parametrize(
    "text",
    [
        "今日头条",
        "2021年",
        "http://a.b",
        "我们都有光明的前途",
        "Top Picks",
        "Read More",
        "-",
        "",
        "A",
        "查看更多",
    ],
)
def test_phrases_are_no_likely_names(text: str) -> None:
    assert not is_name(text, likely=True)


def test_lists_are_bounded() -> None:
    assert len(names_in("、".join(["王小明", "李大伟", "张秀英", "刘志强"] * 40), likely=False)) <= 12


def test_every_role_word_is_lower_case_and_stands_in_one_list() -> None:
    words = lexicon()
    for table in (words.labels, words.titles, words.suffixes, words.by):
        assert all(word == word.casefold() or not word.isascii() for word in table)
        assert all(word.strip() == word and word for word in table)


HOSTILE = [
    "作者：" * 20_000,
    "By " * 20_000,
    "(" * 50_000,
    "1," * 50_000,
    "\n" * 50_000 + "By Jane",
    "王、" * 50_000,
    "A" * 100_000,
    "【" + "ア" * 50_000,
    "by" + " " * 50_000 + "Jane Doe",
    "编辑 " * 30_000,
    "기자 " * 30_000,
    "A.B-" * 30_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    reading: Reading = reading_of(*[(label, text) for label in (Label.BYLINE, Label.BODY, Label.CAPTION, Label.OTHER)])
    extract_credits(byline("By Jane Doe"))
    begun = time.perf_counter()
    extract_credits(reading)
    assert time.perf_counter() - begun < 0.5


def test_the_seed_page() -> None:
    (seed,) = (REPOSITORY / "seeds").glob("*.txt")
    assert portalclean.extract(seed.read_text("utf-8")).authors == ("魏本奥",)


def _gold_pages() -> Iterator[tuple[str, set[str], Reading]]:
    """Yield (page, authors, reading with the gold labels) of the portal pages."""
    names = {"nav": "navigation", "ad": "advertisement"}
    for line in (DATA / "portal" / "gold.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        labels = {n: names.get(name, name) for first, last, name in record["labels"] for n in range(first, last + 1)}
        text = (DATA / "portal" / "text" / f"{record['page']}.txt").read_text("utf-8")
        numbered = enumerate(text.split("\n"), start=1)
        lines = [(Label(labels.get(n, "other")), shown.strip()) for n, shown in numbered if shown.strip()]
        people = record["fields"].get("authors") or []
        authors = {_plain(person["name"]) for person in people if person["role"] in ("author", "reporter")}
        yield record["page"], authors, reading_of(*lines)


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


@pytest.mark.skipif(not DATA.exists(), reason=f"no development data at {DATA}")
def test_authors_on_gold_labels_stay_above_their_floors() -> None:
    """Measured: precision 1.00, recall 0.89, no author on any of the 77 pages without one."""
    right = given = wanted = 0
    wrong = []
    for page, authors, reading in _gold_pages():
        found = {_plain(name) for name in extract_credits(reading).fields["authors"]}
        right, given, wanted = right + len(found & authors), given + len(found), wanted + len(authors)
        if found and not authors:
            wrong.append(page)
    assert len(wrong) <= 1, wrong
    assert right / given >= 0.97
    assert right / wanted >= 0.87
