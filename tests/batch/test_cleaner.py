from __future__ import annotations

import errno
import json
from collections import Counter
from pathlib import Path
from typing import NoReturn

import pytest

import portalclean
from portalclean import Article, CaptureTooLarge, Limits
from portalclean.batch.cleaner import Cleaner, Form
from portalclean.batch.record import Identity, InputPage, Outcome, content_hash
from portalclean.render.record import to_dict

PAGE = "<title>A walk</title><h1>A walk</h1><p>" + "We went up the hill at dawn and saw the sea below us. " * 5
PLACE = Identity("pages.warc", offset=7, row=1, url="https://Walks.example/1")


def clean(form: Form = Form.JSONL, **known: object) -> Outcome:
    return Cleaner(form, **known)(InputPage(PLACE, PAGE))  # type: ignore[arg-type]


def test_a_record_is_the_article_behind_what_identifies_its_page() -> None:
    outcome = clean()
    assert isinstance(outcome.rendered, bytes)
    record = json.loads(outcome.rendered)
    identity = {"file": "pages.warc", "offset": 7, "row": 1, "capture_url": PLACE.url}
    assert record == {
        **identity,
        "capture_sha256": content_hash(PAGE),
        **json.loads(json.dumps(to_dict(portalclean.extract(PAGE, url=PLACE.url)))),
    }
    assert clean(Form.PARQUET).rendered == record
    assert json.loads(bytes(clean(Form.JSON).rendered or b"")) == record  # type: ignore[arg-type]


def test_texts_are_what_the_article_gives() -> None:
    article = portalclean.extract(PAGE, url=PLACE.url)
    assert clean(Form.MARKDOWN).rendered == (article.to_markdown() + "\n").encode()
    assert clean(Form.TEXT).rendered == (article.to_text() + "\n").encode()


def test_the_facts_are_those_of_the_article() -> None:
    facts = clean().facts
    article = portalclean.extract(PAGE, url=PLACE.url)
    assert facts is not None
    assert (facts.page_type, facts.host, facts.empty_because) == (article.page_type, "walks.example", None)
    assert list(facts.labels.items()) == list(Counter(block.label.value for block in article.blocks).items())


@pytest.mark.parametrize("form", Form)
def test_a_page_written_without_its_blocks_costs_no_record_of_them(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(*_: object) -> NoReturn:
        raise AssertionError("the records of the blocks were made")

    monkeypatch.setattr("portalclean.blocks.css_paths", made)
    assert clean(form, blocks=True).failure is not None or form in (Form.MARKDOWN, Form.TEXT)
    assert clean(form).failure is None


def test_what_is_known_of_all_pages_goes_before_what_the_input_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portalclean, "extract", lambda _, **known: Article(title=repr(known)))
    page = InputPage(PLACE, b"", kind="text", encoding="gbk")
    for known in ({}, {"kind": "html"}, {"encoding": "big5"}):
        wanted = {"url": PLACE.url, "kind": "text", "encoding": "gbk", "pipeline": None, **known}
        record = Cleaner(Form.PARQUET, **known)(page).rendered  # type: ignore[arg-type]
        assert isinstance(record, dict)
        assert record["title"] == repr(wanted)


@pytest.mark.parametrize(
    ("error", "reason", "detail"),
    [
        (CaptureTooLarge("too many units"), "too_large", "too many units"),
        (MemoryError(), "error", "unexpected MemoryError"),
        (RecursionError("too deep"), "error", "unexpected RecursionError: too deep"),
        (OSError(errno.EIO, "Input/output error"), "unreadable", "Input/output error"),
    ],
)
def test_whatever_goes_wrong_is_an_outcome(
    error: Exception, reason: str, detail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def extract(*_: object, **__: object) -> Article:
        raise error

    monkeypatch.setattr(portalclean, "extract", extract)
    failure = clean().failure
    assert failure is not None
    assert (failure.reason, failure.detail) == (reason, detail)
    assert clean().sha256 == content_hash(PAGE)


def test_an_encoding_that_nobody_knows_is_an_outcome_too() -> None:
    failure = Cleaner(encoding="utf-nonsense")(InputPage(PLACE, b"<p>a")).failure
    assert failure is not None
    assert failure.reason == "error"


def test_a_file_is_read_where_it_is_cleaned_and_no_further_than_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    page = InputPage(Identity("page.html"), path=str(path))
    assert Cleaner()(page).sha256 == content_hash(PAGE)
    monkeypatch.setattr("portalclean.capture.stream.Limits", lambda: Limits(bytes=10))
    failure = Cleaner()(page).failure
    assert failure is not None
    assert (failure.reason, failure.detail) == ("too_large", "the capture is over the limit of 10 bytes")
