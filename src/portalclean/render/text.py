"""An article as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalclean.render.safe import one_line, readable

if TYPE_CHECKING:
    from portalclean.article import Article

__all__ = ["to_text"]


def to_text(article: Article) -> str:
    r"""Return the title, a blank line and the main content; a part that the article lacks is left out.

    Control characters are dropped and lone surrogates replaced, so that the text can be written as UTF-8.

    >>> from portalclean.article import Article
    >>> to_text(Article(title="A walk", text="We left at dawn.\nIt rained."))
    'A walk\n\nWe left at dawn.\nIt rained.'
    """
    parts = (one_line(article.title or ""), readable(article.text).strip())
    return "\n\n".join(part for part in parts if part)
