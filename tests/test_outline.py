from __future__ import annotations

import copy
import pickle
from dataclasses import replace

import pytest

import portalclean
from portalclean import Article, Block, Label
from portalclean.outline import Outline

PAGE = "<h1>老桥修好了</h1><p>居民说走着踏实。</p><p hidden>2024-05-17</p>"
BLOCKS = (Block("A walk", Label.TITLE, 1.0, "given"), Block("Ad", Label.OTHER, 0.5, "given", hidden=True))


def test_an_outline_is_the_sequence_of_its_blocks() -> None:
    outline = Outline.of(BLOCKS)
    assert (len(outline), outline[1], outline[:1], list(outline)) == (2, BLOCKS[1], BLOCKS[:1], list(BLOCKS))
    assert outline == BLOCKS
    assert outline == Outline.of(BLOCKS)
    assert outline != list(BLOCKS)
    assert (hash(outline), repr(outline)) == (hash(BLOCKS), repr(BLOCKS))
    assert pickle.loads(pickle.dumps(outline)) == outline


def test_an_outline_is_made_once() -> None:
    made = []

    def make() -> tuple[Block, ...]:
        made.append(1)
        return BLOCKS

    outline = Outline(["A walk", "Ad"], [0, 11], [False, True], make)
    assert (outline.places(Label.TITLE), outline.places(Label.OTHER), outline.label(1), made) == ([0], [], "other", [])
    assert outline[0] is outline[0]
    assert made == [1]


def test_an_article_has_its_blocks_when_it_is_first_asked() -> None:
    article = portalclean.extract(PAGE)
    assert isinstance(article.blocks, tuple)
    assert [(block.text, block.hidden) for block in article.blocks][2] == ("2024-05-17", True)
    assert article.blocks is article.blocks
    for other in (
        portalclean.extract(PAGE),
        copy.deepcopy(portalclean.extract(PAGE)),
        replace(portalclean.extract(PAGE)),
    ):
        assert other == article
    assert pickle.loads(pickle.dumps(portalclean.extract(PAGE))).blocks == article.blocks
    assert repr(portalclean.extract(PAGE)) == repr(article)
    assert hash(portalclean.extract(PAGE)) == hash(article)


def test_labels_are_counted_before_and_after_the_records_are_made() -> None:
    made = []

    def make() -> tuple[Block, ...]:
        made.append(1)
        return tuple(reversed(BLOCKS))

    article = Article().with_outline(Outline(["Ad", "A walk"], [11, 0], [True, False], make))
    assert (list(article.label_counts().items()), made) == ([(Label.OTHER, 1), (Label.TITLE, 1)], [])
    assert article.blocks[1].label is Label.TITLE
    assert list(article.label_counts().items()) == [(Label.OTHER, 1), (Label.TITLE, 1)]
    assert Article().label_counts() == {}


def test_an_article_has_no_other_attributes() -> None:
    for article in (Article(), portalclean.extract(PAGE)):
        with pytest.raises(AttributeError, match="'Article' object has no attribute 'block'"):
            _ = article.block  # type: ignore[attr-defined]
    assert Article().blocks == ()


def test_work_on_an_outline_is_done_once() -> None:
    outline, calls = Outline.of([Block("A walk", Label.TITLE, 1.0, "given")]), list[int]()

    def size(blocks: Outline) -> int:
        calls.append(len(blocks))
        return len(blocks)

    assert (outline.once(size), outline.once(size), calls) == (1, 1, [1])
