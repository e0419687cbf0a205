from __future__ import annotations

import pickle

import numpy as np
import pytest

import portalclean
from portalclean import Label, Pipeline, Reading, Verdicts, read
from portalclean.labelling.remembering import remember
from portalclean.memory import SiteMemory
from portalclean.page import LABEL_CODES

NOTICE = "We use cookies and similar things on this site, as our policy on them says in more words."
PROSE = "The ferry has run again since Monday, every hour, from the old pier below the mill."
URL = "https://a.example/"


def memory(*texts: str, url: str = URL) -> SiteMemory:
    found = SiteMemory()
    for text in texts:
        found.see(read(f"{text}\n{NOTICE}", url=url, kind="text"))
    return found


def remembered(
    known: SiteMemory, *lines: str, confidence: float = 0.4, label: Label = Label.BODY, url: str | None = URL
) -> dict[int, str]:
    page = read("\n".join(lines), kind="text", url=url)
    codes = np.full(len(page), LABEL_CODES[label], dtype=np.int8)
    verdicts = Verdicts(codes, np.full(len(page), confidence, dtype=np.float32), ["test"] * len(page))
    claims = remember(known)(Reading(page, verdicts=verdicts))
    assert isinstance(claims, portalclean.Claims)
    assert {verdict.label for verdict in claims.verdicts.values()} <= {Label.OTHER}
    return {unit: verdict.reason for unit, verdict in claims.verdicts.items()}


def test_a_doubtful_body_text_that_recurs_is_other() -> None:
    assert remembered(memory("One.", "Two."), PROSE, NOTICE) == {1: "stands on 2 other pages of the host"}


@pytest.mark.parametrize(("confidence", "label"), [(0.5, Label.BODY), (0.9, Label.BODY), (0.4, Label.FOOTER)])
def test_what_is_sure_or_no_body_keeps_its_label(confidence: float, label: Label) -> None:
    assert remembered(memory("One."), PROSE, NOTICE, confidence=confidence, label=label) == {}


def test_short_texts_keep_their_label() -> None:
    known = SiteMemory()
    known.see(read("Ingredients\nOne.", url=URL, kind="text"))
    assert remembered(known, "Ingredients", PROSE) == {}


def test_a_host_seen_once_is_not_changed() -> None:
    known = SiteMemory()
    known.see(read(f"{PROSE}\n{NOTICE}", url=URL, kind="text"))
    assert remembered(known, PROSE, NOTICE) == {}


@pytest.mark.parametrize("url", [None, "https://b.example/"])
def test_other_hosts_say_nothing(url: str | None) -> None:
    assert remembered(memory("One.", "Two."), PROSE, NOTICE, url=url) == {}


def test_without_a_labeller_nothing_is_claimed() -> None:
    claims = remember(memory("One."))(Reading(read(NOTICE, url=URL)))
    assert isinstance(claims, portalclean.Claims)
    assert claims.verdicts == {}


def test_a_pipeline_with_a_memory_can_go_to_another_process() -> None:
    pipeline = Pipeline().after("label", "remember", remember(memory("One.")))
    again = pickle.loads(pickle.dumps(pipeline))
    page = f"{PROSE}\n{NOTICE}"
    assert portalclean.extract(page, url=URL, pipeline=again) == portalclean.extract(page, url=URL, pipeline=pipeline)
