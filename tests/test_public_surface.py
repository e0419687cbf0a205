from __future__ import annotations

import inspect
from dataclasses import FrozenInstanceError, fields, is_dataclass
from importlib.metadata import version
from importlib.resources import files

import pytest

import portalclean
from portalclean import Article

PUBLIC = [
    "Article",
    "Block",
    "BodyBlock",
    "BrokenGold",
    "BrokenWeights",
    "Capture",
    "CaptureTooLarge",
    "CaptureTypeError",
    "Claims",
    "Code",
    "ColumnError",
    "Comment",
    "Credit",
    "EmptyBecause",
    "Evidence",
    "Extracted",
    "Heading",
    "Joined",
    "Kind",
    "Label",
    "Limits",
    "ListItem",
    "MissingExtra",
    "Origin",
    "Page",
    "PageType",
    "Paragraph",
    "Picture",
    "Pipeline",
    "PortalCleanError",
    "Precision",
    "Quote",
    "Reading",
    "Recommendation",
    "Role",
    "SiteRuleError",
    "Stage",
    "StageError",
    "Table",
    "UnknownEncoding",
    "UnknownStage",
    "Verdict",
    "Verdicts",
    "Zone",
    "extract",
    "join",
    "read",
]

SIGNATURE = (
    "(capture: 'Capture', *, url: 'str | None' = None, kind: 'Kind | str | None' = None, "
    "encoding: 'str | None' = None, pipeline: 'Pipeline | None' = None, limits: 'Limits | None' = None) "
    "-> 'Article'"
)

ARTICLE = {
    "title": "str | None",
    "subtitle": "str | None",
    "text": "str",
    "body": "tuple[BodyBlock, ...]",
    "authors": "tuple[str, ...]",
    "credits": "tuple[Credit, ...]",
    "source": "str | None",
    "published": "datetime | date | None",
    "published_raw": "str | None",
    "published_precision": "Precision | None",
    "published_zone": "Zone | None",
    "modified": "datetime | date | None",
    "modified_raw": "str | None",
    "modified_precision": "Precision | None",
    "modified_zone": "Zone | None",
    "captured": "datetime | None",
    "breadcrumbs": "tuple[str, ...]",
    "keywords": "tuple[str, ...]",
    "recommendations": "tuple[Recommendation, ...]",
    "comments": "tuple[Comment, ...]",
    "next_page": "str | None",
    "site_name": "str | None",
    "language": "str | None",
    "url": "str | None",
    "description": "str | None",
    "image": "str | None",
    "encoding": "str | None",
    "replacements": "int",
    "blocks": "tuple[Block, ...]",
    "page_type": "PageType",
    "confidence": "float",
    "empty_because": "EmptyBecause | None",
    "evidence": "tuple[Evidence, ...]",
}


def test_the_public_names_are_these_and_exist() -> None:
    assert portalclean.__all__ == PUBLIC
    assert all(hasattr(portalclean, name) for name in PUBLIC)


def test_the_signature_of_extract() -> None:
    assert str(inspect.signature(portalclean.extract)) == SIGNATURE


def test_the_fields_of_an_article() -> None:
    assert {field.name: field.type for field in fields(Article)} == ARTICLE


@pytest.mark.parametrize("name", ["to_text", "to_markdown", "to_dict", "to_json", "to_jsonld"])
def test_an_article_can_be_rendered(name: str) -> None:
    assert getattr(Article(), name)() is not None


def test_results_are_frozen_and_slotted() -> None:
    results = [value for value in vars(portalclean).values() if isinstance(value, type) and is_dataclass(value)]
    assert Article in results
    assert not [result for result in results if not hasattr(result, "__slots__")]
    with pytest.raises(FrozenInstanceError):
        Article().title = "another"  # type: ignore[misc]


def test_public_things_have_a_docstring() -> None:
    public = [getattr(portalclean, name) for name in PUBLIC]
    assert not [thing for thing in public if inspect.isclass(thing) or inspect.isfunction(thing) if not thing.__doc__]


def test_the_version_is_that_of_the_distribution() -> None:
    assert portalclean.__version__ == version("portalclean")


def test_the_package_says_that_it_is_typed() -> None:
    assert files("portalclean").joinpath("py.typed").is_file()
