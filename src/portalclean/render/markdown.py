"""An article as Markdown: CommonMark, with GitHub's tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from portalclean.article import (
    BodyBlock,
    Code,
    Heading,
    ListItem,
    Paragraph,
    Picture,
    Quote,
    Role,
    Table,
)
from portalclean.render.dates import iso_date
from portalclean.render.escape import escape_line, escape_lines, fence_for, link_target
from portalclean.render.safe import readable

if TYPE_CHECKING:
    from portalclean.article import Article

__all__ = ["to_markdown"]

HARD_BREAK = "\\\n"
"""A line break that stays one; a bare line break would be shown as a space."""

DEEPEST_HEADING = 6


def to_markdown(article: Article) -> str:
    r"""Return the article as Markdown: title, subtitle, credits, then the body.

    Headings are shifted to stand under the title. All text of the page is escaped, so none of it can become
    markup, and only http and https addresses of images are kept.

    >>> from portalclean.article import Article, Paragraph
    >>> print(to_markdown(Article(title="1. *Walk*", body=(Paragraph("# At dawn"),))))
    # 1\. \*Walk\*
    <BLANKLINE>
    \# At dawn
    """
    head = (
        _prefixed("# ", escape_line(article.title or "")),
        _wrapped("**", escape_line(article.subtitle or "")),
        escape_line(" · ".join(_credits(article))),
    )
    body = article.body or tuple(Paragraph(line) for line in article.text.split("\n"))
    return "\n\n".join(part for part in (*head, *_body(body, titled=bool(head[0]))) if part)


def _credits(article: Article) -> Iterator[str]:
    """Yield the date, the source, and the names of each role.

    >>> from portalclean.article import Article, Credit
    >>> list(_credits(Article(source="新华社", credits=(Credit("张三", Role.EDITOR, "责编:张三"),))))
    ['新华社', 'editor: 张三']
    """
    if published := iso_date(article.published, article.published_precision):
        yield published.replace("T", " ")
    if article.source:
        yield article.source
    names: dict[Role, list[str]] = {Role.AUTHOR: []}
    for credit in article.credits:
        names.setdefault(credit.role, []).append(credit.name)
    credited = {credit.name for credit in article.credits}
    names[Role.AUTHOR] += [name for name in article.authors if name not in credited]
    for role, people in names.items():
        if people:
            yield f"{role}: {', '.join(dict.fromkeys(people))}"


def _body(body: Sequence[BodyBlock], *, titled: bool) -> Iterator[str]:
    """Yield each block as Markdown; a run of list items is one block."""
    levels = [block.level for block in body if isinstance(block, Heading)]
    shift = (2 if titled else 1) - min(levels, default=1)
    for _, run in groupby(enumerate(body), key=_run_key):
        blocks = [block for _, block in run]
        first = blocks[0]
        if isinstance(first, ListItem):
            yield _list([block for block in blocks if isinstance(block, ListItem)])
        elif isinstance(first, Heading):
            marks = "#" * min(first.level + shift, DEEPEST_HEADING)
            yield _prefixed(f"{marks} ", escape_line(first.text))
        else:
            yield _block(first)


def _run_key(numbered: tuple[int, BodyBlock]) -> int:
    """Return the same key for neighbouring list items, and a key of its own for any other block."""
    index, block = numbered
    return -1 if isinstance(block, ListItem) else index


def _block(block: BodyBlock) -> str:
    match block:
        case Quote():
            return _prefixed("> ", (HARD_BREAK + "> ").join(escape_lines(block.text)))
        case Table():
            return _table(block.rows)
        case Code():
            code = readable(block.text).strip("\n")
            fence = fence_for(code)
            return f"{fence}\n{code}\n{fence}" if code else ""
        case Picture():
            return _picture(block)
    return HARD_BREAK.join(escape_lines(block.text))


class _OpenList(NamedTuple):
    """A list that the next item may go on with."""

    level: int
    ordered: bool
    number: int
    """The number of its last item."""
    column: int
    """Where the text of its last item begins: what is nested in the item begins there too."""


def _list(items: Iterable[ListItem]) -> str:
    """Return list items as one list, nested by their levels; a level that nothing stands on is closed up."""
    lines: list[str] = []
    opened: list[_OpenList] = []
    for item in items:
        texts = escape_lines(item.text)
        if not texts:
            continue
        while opened and opened[-1].level > item.level:
            opened.pop()
        before = opened.pop() if opened and opened[-1].level == item.level else None
        number = before.number + 1 if before and before.ordered == item.ordered else 1
        indent = opened[-1].column if opened else 0
        marker = f"{number}. " if item.ordered else "- "
        column = indent + len(marker)
        opened.append(_OpenList(item.level, item.ordered, number, column))
        lines.append(" " * indent + marker + (HARD_BREAK + " " * column).join(texts))
    return "\n".join(lines)


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a table whose first row is the header; short rows are filled up."""
    width = max(map(len, rows), default=0)
    if not width:
        return ""
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    lines = ["| " + " | ".join(map(escape_line, row)) + " |" for row in filled]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _picture(picture: Picture) -> str:
    """Return a picture and its caption; the caption alone when its address cannot be shown."""
    target = link_target(picture.url)
    image = f"![{escape_line(picture.alt or '')}]({target})" if target else ""
    caption = _wrapped("*", escape_line(picture.caption or ""))
    return "\n\n".join(part for part in (image, caption) if part)


def _prefixed(mark: str, text: str) -> str:
    return mark + text if text else ""


def _wrapped(mark: str, text: str) -> str:
    return mark + text + mark if text else ""
