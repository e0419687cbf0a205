from __future__ import annotations

import pytest

import portalclean
from portalclean import Claims, Extracted, Label, Pipeline, Reading, StageError, UnknownStage, Verdict

PAGE = "The hill road\n\nBefore dawn the carts went up the hill, and nobody spoke.\n\nAll rights reserved"


def shout(reading: Reading) -> Extracted:
    return Extracted({"title": (reading.fields.get("title") or "").upper()})


def all_footer(reading: Reading) -> Claims:
    return Claims({unit: Verdict(Label.FOOTER, 1.0, "a rule of mine") for unit in range(len(reading.page))})


def test_every_stage_is_named_once() -> None:
    names = Pipeline().names
    assert len(names) == len(set(names))
    assert names[:3] == ("label", "revise", "blocks")


def test_a_stage_can_be_put_behind_another() -> None:
    pipeline = Pipeline().replace("title", lambda _: Extracted({"title": "a"})).after("title", "shout", shout)
    assert portalclean.extract(PAGE, kind="text", pipeline=pipeline).title == "A"


def test_a_stage_can_be_put_before_another() -> None:
    pipeline = Pipeline().replace("title", lambda _: Extracted({"title": "a"})).before("title", "shout", shout)
    assert portalclean.extract(PAGE, kind="text", pipeline=pipeline).title == "a"


def test_a_stage_can_be_left_out() -> None:
    assert "title" not in Pipeline().without("title").names
    assert portalclean.extract(PAGE, kind="text", pipeline=Pipeline().without("title")).title is None


@pytest.mark.parametrize("change", ["without", "replace", "before", "after"])
def test_a_wrong_name_lists_the_right_ones(change: str) -> None:
    arguments = {"without": ("titel",), "replace": ("titel", shout)}.get(change, ("titel", "shout", shout))
    with pytest.raises(UnknownStage, match=r"'titel'.*label, revise, blocks, title"):
        getattr(Pipeline(), change)(*arguments)


def test_a_name_is_taken_once() -> None:
    with pytest.raises(StageError, match="already has a stage 'title'"):
        Pipeline().after("title", "title", shout)


def test_a_stage_must_return_an_outcome() -> None:
    with pytest.raises(StageError, match="returned str"):
        portalclean.extract(PAGE, pipeline=Pipeline().replace("title", lambda _: "a title"))  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize("place", ["before", "after"])
def test_claims_win_over_the_labeller_from_either_side(place: str) -> None:
    pipeline = getattr(Pipeline(), place)("label", "mine", all_footer)
    article = portalclean.extract(PAGE, kind="text", pipeline=pipeline)
    assert {(block.label, block.reason) for block in article.blocks} == {(Label.FOOTER, "a rule of mine")}
    assert article.text == ""


def test_a_page_without_a_labeller_is_all_other() -> None:
    article = portalclean.extract(PAGE, kind="text", pipeline=Pipeline().without("label"))
    assert {block.label for block in article.blocks} == {Label.OTHER}


def test_a_pipeline_is_not_changed_by_its_changes() -> None:
    pipeline = Pipeline()
    pipeline.without("title")
    assert pipeline.names == Pipeline().names
