from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from render_examples import WALK, articles, bodies, texts

from portalclean import (
    Article,
    BodyBlock,
    Code,
    Credit,
    Heading,
    ListItem,
    Paragraph,
    Picture,
    Quote,
    Role,
    Table,
)
from portalclean.render.escape import escape_line
from portalclean.render.markdown import to_markdown
from portalclean.render.safe import one_line, readable

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])

WALK_IN_MARKDOWN = r"""# 山路

**A walk in spring**

2021-05-01 09:30+08:00 · 新华社 · reporter: 张三 · editor: 李四

黎明出发。

## The way up

We left.

- bread
  1. rye
- water

> Go on.\
> Go up.

| place | height |
| --- | --- |
| 山 | 1 m |

```
a = 1

b = 2
```

![a peak](https://a.example/1.jpg)

*The peak*"""


def lines(text: str) -> str:
    """The text as Markdown can show it: its lines without the blank ones."""
    return "\n".join(filter(None, map(one_line, readable(text).split("\n"))))


def shown(node: SyntaxTreeNode) -> str:
    """The text of inline nodes, which must be nothing but text and hard line breaks."""
    parts = []
    for child in node.walk(include_self=False):
        assert child.type in ("inline", "text", "hardbreak"), f"{child.type} in {node.to_tokens()}"
        parts.append({"text": child.content, "hardbreak": "\n"}.get(child.type, ""))
    return "".join(parts)


def items(tree: SyntaxTreeNode, level: int = 1) -> Iterator[BodyBlock]:
    for item in tree.children:
        paragraph, *nested = item.children
        yield ListItem(shown(paragraph), tree.type == "ordered_list", level)
        for below in nested:
            yield from items(below, level + 1)


def block(node: SyntaxTreeNode) -> Iterator[BodyBlock]:
    """One node of the parsed Markdown, as the body block that it must have come from."""
    match node.type:
        case "heading":
            yield Heading(shown(node), int(node.tag[1:]))
        case "bullet_list" | "ordered_list":
            yield from items(node)
        case "blockquote":
            (paragraph,) = node.children
            assert paragraph.type == "paragraph"
            yield Quote(shown(paragraph))
        case "table":
            rows = [row for part in node.children for row in part.children]
            yield Table(tuple(tuple(map(shown, row.children)) for row in rows))
        case "fence":
            yield Code(node.content.removesuffix("\n"))
        case "paragraph":
            inline = node.children[0].children[0] if node.children[0].children else node
            if inline.type == "image":
                yield Picture(str(inline.attrs["src"]), shown(inline))
            elif inline.type == "em":
                yield Picture(None, None, shown(inline))
            else:
                yield Paragraph(shown(node))
        case other:
            pytest.fail(f"{other} in {node.to_tokens()}")


def parsed(markdown: str) -> list[BodyBlock]:
    return [found for node in SyntaxTreeNode(PARSER.parse(markdown)).children for found in block(node)]


def expected(body: tuple[BodyBlock, ...]) -> Iterator[BodyBlock]:
    """The blocks of a body as Markdown can show them, pictures left out."""
    shift = 1 - min((found.level for found in body if isinstance(found, Heading)), default=1)
    for found in body:
        match found:
            case Heading() if one_line(found.text):
                yield Heading(one_line(found.text), found.level + shift)
            case ListItem() if lines(found.text):
                yield ListItem(lines(found.text), found.ordered, found.level)
            case Paragraph() | Quote() if lines(found.text):
                yield type(found)(lines(found.text))
            case Code() if readable(found.text).strip("\n"):
                yield Code(readable(found.text).strip("\n"))
            case Table() if width := max(map(len, found.rows), default=0):
                rows = ([*map(one_line, row), *[""] * (width - len(row))] for row in found.rows)
                yield Table(tuple(map(tuple, rows)))


def test_a_whole_article() -> None:
    assert to_markdown(WALK) == WALK_IN_MARKDOWN


def test_an_empty_article_is_empty() -> None:
    assert to_markdown(Article()) == ""


def test_without_a_body_the_lines_of_the_text_are_paragraphs() -> None:
    assert to_markdown(Article(text="one\n\n- two")) == "one\n\n\\- two"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("1. one", r"1\. one"),
        ("1) one", r"1\) one"),
        ("123456789. one", r"123456789\. one"),
        ("1234567890. one", "1234567890. one"),
        ("1.5 percent", "1.5 percent"),
        ("2021", "2021"),
        ("# head", r"\# head"),
        ("C# and #1", "C# and #1"),
        ("head #", r"head \#"),
        ("- item", r"\- item"),
        ("-5 degrees", "-5 degrees"),
        ("+ item", r"\+ item"),
        ("---", r"\---"),
        ("===", r"\==="),
        ("> quoted", r"\> quoted"),
        (":-", r"\:-"),
        ("a > b", "a > b"),
        ("<script>alert(1)</script>", r"\<script>alert(1)\</script>"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("![x](y)", r"!\[x\](y)"),
        ("[x]: https://a.example", r"\[x\]: https://a.example"),
        ("a * b_c ~ `d` | e", r"a \* b\_c \~ \`d\` \| e"),
        (r"\*", r"\\\*"),
        ("&lt; R&D; AT&T", r"\&lt; R\&D; AT\&T"),
        ("a & b", "a & b"),
        ("“231” 产业:《规划》(草案)、1、2。", "“231” 产业:《规划》(草案)、1、2。"),
    ],
)
def test_escapes_what_would_be_markup_and_no_more(text: str, escaped: str) -> None:
    assert escape_line(text) == escaped
    assert parsed(escaped) == [Paragraph(text)]


@given(bodies)
def test_no_text_of_the_body_becomes_markup(body: tuple[BodyBlock, ...]) -> None:
    found = [block for block in parsed(to_markdown(Article(body=body))) if not isinstance(block, Picture)]
    assert found == list(expected(body))


@given(texts.filter(one_line), texts.filter(one_line), texts.filter(one_line))
def test_no_text_of_the_head_becomes_markup(title: str, subtitle: str, source: str) -> None:
    markdown = to_markdown(Article(title=title, subtitle=subtitle, source=source))
    heading, below, line = SyntaxTreeNode(PARSER.parse(markdown)).children
    assert (heading.tag, shown(heading)) == ("h1", one_line(title))
    (strong,) = (child for child in below.children[0].children if child.content or child.children)
    assert (strong.type, shown(strong)) == ("strong", one_line(subtitle))
    assert shown(line) == one_line(source)


@given(st.builds(Picture, st.just("https://a.example/") | texts, texts, texts))
def test_a_picture_is_an_image_with_an_http_address_and_a_caption(picture: Picture) -> None:
    found = parsed(to_markdown(Article(body=(picture,))))
    images = [block for block in found if isinstance(block, Picture) and block.url]
    captions = [block.caption for block in found if isinstance(block, Picture) and block.caption]
    assert captions == list(filter(None, [one_line(picture.caption or "")]))
    assert len(found) == len(images) + len(captions)
    assert [image.alt for image in images] == ([one_line(picture.alt or "")] if images else [])
    assert len(images) == 1 or picture.url != "https://a.example/"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/1.jpg?a=1&b=2", "https://a.example/1.jpg?a=1&b=2"),
        ("HTTP://a.example/1.jpg", "HTTP://a.example/1.jpg"),
        ("https://a.example/a b(1)<2>&copy;.jpg", "https://a.example/a%20b%281%29%3C2%3E&copy;.jpg"),
        ("https://a.example/图.jpg", "https://a.example/%E5%9B%BE.jpg"),
        ("javascript:alert(1)", None),
        ("data:image/png;base64,AA", None),
        ("//a.example/1.jpg", None),
        ("/1.jpg", None),
        ("https:", None),
        ("http://[", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_of_images_are_kept(url: str | None, kept: str | None) -> None:
    markdown = to_markdown(Article(body=(Picture(url, "alt"),)))
    assert [block.url for block in parsed(markdown) if isinstance(block, Picture)] == ([kept] if kept else [])


@given(articles)
def test_the_output_is_always_utf_8_without_control_characters(article: Article) -> None:
    markdown = to_markdown(article)
    assert markdown.encode("utf-8").decode("utf-8") == markdown
    assert not set(map(chr, range(0x20))) - {"\n", "\t"} & set(markdown)


def test_a_name_stands_once_in_the_credits_of_its_role() -> None:
    roles = ((Role.AUTHOR, "文/张三"), (Role.EDITOR, "编辑 张三"), (Role.AUTHOR, "作者 张三"))
    credited = tuple(Credit("张三", role, raw) for role, raw in roles)
    article = Article(authors=("张三", "李四"), credits=credited)
    assert to_markdown(article) == "author: 张三, 李四 · editor: 张三"


def test_headings_stand_under_the_title_and_end_at_six() -> None:
    body = (Heading("a", 1), Heading("b", 6))
    assert to_markdown(Article(title="t", body=body)) == "# t\n\n## a\n\n###### b"
    assert to_markdown(Article(body=body)) == "# a\n\n###### b"


def test_a_list_counts_its_own_items() -> None:
    body = (
        ListItem("a", ordered=True),
        ListItem("deep", level=3),
        ListItem("less deep", level=2),
        ListItem("b", ordered=True),
        ListItem("c"),
        ListItem("d", ordered=True),
    )
    assert to_markdown(Article(body=body)) == "1. a\n   - deep\n   - less deep\n2. b\n- c\n1. d"


def test_a_fence_is_longer_than_any_in_the_code() -> None:
    assert to_markdown(Article(body=(Code("```\nx\n````"),))) == "`````\n```\nx\n````\n`````"
    assert to_markdown(Article(body=(Code("``\x00``"),))) == "`````\n````\n`````"
