from __future__ import annotations

from datetime import datetime
from pathlib import Path

from gold_pages import fields, record, write

from portalclean import Article, Block, Label
from portalclean.gold.compare import Comparison, compare
from portalclean.gold.files import read_gold


def compared(tmp_path: Path, article: Article, **changes: object) -> Comparison:
    (found,) = read_gold(write(tmp_path / "gold.jsonl", record(**changes)))
    return compare(article, found)


def blocks(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(text, Label.BODY, 0.9, "prose") for text in texts)


def test_blocks_have_the_label_of_their_line(tmp_path: Path) -> None:
    article = Article(blocks=blocks("Home", "The  hill road", "3 May 2021", "The carts went up before dawn.", "New"))
    labels = compared(tmp_path, article).labels
    assert labels == (Label.NAVIGATION, Label.TITLE, Label.BYLINE, Label.BODY, None)


def test_blocks_that_are_cut_otherwise_find_their_lines(tmp_path: Path) -> None:
    article = Article(
        blocks=blocks("Home The hill", "road", "The carts went up", "before dawn. They came back at noon.")
    )
    assert compared(tmp_path, article).labels == (Label.TITLE, Label.TITLE, Label.BODY, Label.BODY)


def test_hidden_blocks_have_no_gold(tmp_path: Path) -> None:
    article = Article(blocks=(Block("Home", Label.BODY, 0.9, "prose", hidden=True), *blocks("Home")))
    assert compared(tmp_path, article).labels == (None, Label.NAVIGATION)


def test_fields_are_held_against_the_gold(tmp_path: Path) -> None:
    article = Article(title="The Hill　road", authors=("Ben Moss",), published=datetime(2021, 5, 3, 9, 30))
    found = {each.field: (each.gold, each.agrees) for each in compared(tmp_path, article).fields}
    assert found == {
        "title": ("The hill road", True),
        "authors": ("Ann Carter", False),
        "source": ("", True),
        "published": ("2021-05-03", True),
        "breadcrumbs": ("Home", False),
        "keywords": ("", True),
    }


def test_a_date_in_the_head_counts_too(tmp_path: Path) -> None:
    article = Article(published=datetime(2021, 5, 4))
    gold = fields(published=None, published_html="2021-05-04")
    (found,) = (each for each in compared(tmp_path, article, fields=gold).fields if each.field == "published")
    assert (found.gold, found.agrees) == ("2021-05-04", True)


def test_an_empty_page_can_be_compared(tmp_path: Path) -> None:
    assert compared(tmp_path, Article()).labels == ()
