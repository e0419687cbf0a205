"""An article as schema.org vocabulary, for tools that read JSON-LD (https://schema.org/NewsArticle)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from portalclean.article import Role
from portalclean.render.dates import iso_date
from portalclean.render.safe import storable

if TYPE_CHECKING:
    from portalclean.article import Article
    from portalclean.page import Json

__all__ = ["to_jsonld"]


def to_jsonld(article: Article) -> dict[str, Json]:
    """Return the article as a schema.org NewsArticle; what the page does not say is left out.

    A date is no more exact than the page states it: a month alone is ``2021-05``. The site is the
    ``publisher``; the medium that the text is attributed to is the ``sourceOrganization``.
    """
    properties: dict[str, Json] = {
        "headline": _text(article.title),
        "alternativeHeadline": _text(article.subtitle),
        "description": _text(article.description),
        "author": _named("Person", article.authors),
        "editor": _named("Person", _credited(article, Role.EDITOR)),
        "translator": _named("Person", _credited(article, Role.TRANSLATOR)),
        "datePublished": iso_date(article.published, article.published_precision),
        "dateModified": iso_date(article.modified, article.modified_precision),
        "articleSection": [storable(step) for step in article.breadcrumbs],
        "articleBody": _text(article.text),
        "image": _text(article.image),
        "keywords": [storable(keyword) for keyword in article.keywords],
        "inLanguage": _text(article.language),
        "publisher": _organization(article.site_name),
        "sourceOrganization": _organization(article.source),
        "url": _text(article.url),
        "mainEntityOfPage": _text(article.url),
    }
    stated = {name: value for name, value in properties.items() if value}
    return {"@context": "https://schema.org", "@type": "NewsArticle", **stated}


def _text(value: str | None) -> str | None:
    return storable(value) if value else None


def _named(kind: str, names: Iterable[str]) -> list[Json]:
    return [{"@type": kind, "name": storable(name)} for name in dict.fromkeys(names)]


def _credited(article: Article, role: Role) -> list[str]:
    return [credit.name for credit in article.credits if credit.role is role]


def _organization(name: str | None) -> Json:
    return {"@type": "Organization", "name": storable(name)} if name else None
