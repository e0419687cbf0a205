from __future__ import annotations

import pytest

import portalclean
from portalclean import Label, Pipeline, Reading
from portalclean.engines.trafilatura import label_by_trafilatura

PAGE = """<html><body><nav><a href=/>Home</a> <a href=/news>News</a></nav><article><h1>The orchard in winter</h1>
<p>The trees stood bare along the wall, and nobody had come to prune them since the first frost of the year.</p>
<p>On Tuesday the owner said that she would wait for a dry week before she let the ladders out of the barn.</p>
</article><footer>All rights reserved</footer></body></html>"""


@pytest.fixture(autouse=True)
def _needs_trafilatura() -> None:
    pytest.importorskip("trafilatura", reason="the extra trafilatura is not installed")


def test_it_claims_the_body_and_nothing_else() -> None:
    article = portalclean.extract(PAGE, pipeline=Pipeline().replace("label", label_by_trafilatura))
    body = [block.text for block in article.blocks if block.label is Label.BODY]
    assert any(text.startswith("The trees stood bare") for text in body)
    assert not {"Home News", "All rights reserved"} & set(body)


def test_a_dump_is_all_other() -> None:
    page = portalclean.read("One line.\nAnother line.", kind="text")
    verdicts = label_by_trafilatura(Reading(page))
    assert [verdicts[unit].label for unit in range(len(page))] == [Label.OTHER, Label.OTHER]
