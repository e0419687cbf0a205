from __future__ import annotations

import json
from pathlib import Path

import pytest
from labelled_pages import labelled

from portalclean import Block, Label, Reading, read
from portalclean.extractors.title import extract_title
from portalclean.headlines import without_site
from portalclean.outline import Outline

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
T = Label.TITLE
BODY = {"离港": Label.BODY}


def titles(reading: Reading) -> tuple[str | None, str | None]:
    fields = extract_title(reading).fields
    return fields["title"], fields["subtitle"]


def dump(*lines: str) -> Reading:
    """Return a text dump whose lines are all of the title, but for a last line of body."""
    return labelled("\n".join([*lines, "清晨离港。"]), {**BODY, **dict.fromkeys(lines, T)}, kind="text")


@pytest.mark.parametrize("line", ["\x00" * 40, "！？……", "—— * ——", "🙂"])
def test_a_headline_has_a_letter_or_digit(line: str) -> None:
    assert titles(dump(line)) == (None, None)
    assert titles(dump(line, "渡轮清晨在雾中离岸")) == ("渡轮清晨在雾中离岸", None)


@pytest.mark.parametrize("markup", ["<title>……</title>", '<meta property="og:title" content="!?">'])
def test_a_stated_headline_has_one_too(markup: str) -> None:
    assert titles(labelled(f"{markup}<p>清晨离港。</p>", BODY)) == (None, None)


def test_the_headline_at_the_end_of_a_path_labelled_title() -> None:
    assert titles(dump("首页 > 时政新闻 > 渡轮清晨在雾中离岸")) == ("渡轮清晨在雾中离岸", None)
    assert titles(dump("首页 > 时政新闻", "渡轮清晨在雾中离岸")) == ("渡轮清晨在雾中离岸", None)
    assert titles(dump("> 时政 > 要闻", "渡轮清晨在雾中离岸")) == ("渡轮清晨在雾中离岸", None)


LINES: list[tuple[tuple[str, ...], str, str | None]] = [
    (("渡轮清晨在雾中离岸",), "渡轮清晨在雾中离岸", None),
    (("渡轮清晨在雾中离岸", "四十名乘客平安抵达对岸"), "渡轮清晨在雾中离岸", "四十名乘客平安抵达对岸"),
    (("海事观察", "No.31", "渡轮清晨在雾中离岸时究竟发生了什么"), "渡轮清晨在雾中离岸时究竟发生了什么", None),
    (("雾中记(上)", "——渡轮清晨离岸之后的四十个小时"), "雾中记(上)", "——渡轮清晨离岸之后的四十个小时"),
    (("MEINUNG:", "Die Fähre fährt wieder"), "Die Fähre fährt wieder", None),
    (
        ("Küstenschifffahrt", "Die Fähre fährt nach drei Tagen Nebel wieder"),
        "Die Fähre fährt nach drei Tagen Nebel wieder",
        None,
    ),
    (
        ("临海县人民政府关于禁止在", "雾天航行的小型船只", "和渡轮离岸的通告"),
        "临海县人民政府关于禁止在雾天航行的小型船只和渡轮离岸的通告",
        None,
    ),
    (("Ferry sails again after fog", "Ferry sails again after fog"), "Ferry sails again after fog", None),
]


@pytest.mark.parametrize(("lines", "title", "subtitle"), LINES)
def test_titles_of_dumps(lines: tuple[str, ...], title: str, subtitle: str | None) -> None:
    assert titles(dump(*lines)) == (title, subtitle)


def test_a_dump_without_a_title_block_has_none() -> None:
    assert titles(labelled("首页\n渡轮离港。", BODY, kind="text")) == (None, None)


def test_the_head_tells_which_line_is_the_headline() -> None:
    head = "<title>Ferry sails again - Daily Post</title>"
    markup = f"{head}<p>Fog at sea today</p><h1>Ferry sails again</h1><p>离港.</p>"
    reading = labelled(markup, {"Fog": T, "Ferry": T, **BODY})
    assert titles(reading) == ("Ferry sails again", None)


def test_of_a_path_and_a_headline_that_agree_with_the_head_the_headline_is_taken() -> None:
    path, headline = "Home Ferry leaves in the fog", "Ferry leaves in the fog"
    markup = f"<title>{headline}</title><p>{path}</p><p>{headline}</p><p>清晨离港。</p>"
    assert titles(labelled(markup, {**BODY, path: T, headline: T}))[0] == headline


def test_a_headline_broken_into_lines_is_joined() -> None:
    markup = "<h1>渡轮清晨在雾中离岸<br>四十名乘客平安抵达对岸</h1><p>离港。</p>"
    assert titles(labelled(markup, {"渡轮": T, "乘客": T, **BODY})) == (
        "渡轮清晨在雾中离岸四十名乘客平安抵达对岸",
        None,
    )


def test_a_subtitle_in_the_headline_s_element_stays_one_when_the_head_says_so() -> None:
    markup = "<title>渡轮清晨离岸_每日网</title><h1>渡轮清晨离岸<br>四十名乘客平安抵达</h1><p>离港。</p>"
    reading = labelled(markup, {"四十": T, "渡轮清晨离岸": T, **BODY})
    assert titles(reading) == ("渡轮清晨离岸", "四十名乘客平安抵达")


def test_a_headline_does_not_run_over_the_head_s_separators() -> None:
    head = "<title>Post | Shipping | Ferry sails again</title>"
    markup = f"{head}<p>Shipping</p><h1>Ferry sails again</h1><p>离港.</p>"
    assert titles(labelled(markup, {"Shipping": T, "Ferry": T, **BODY})) == ("Ferry sails again", None)


def test_of_copies_the_one_over_the_article_is_evidence() -> None:
    markup = "<div>Ferry sails again</div><h1>Ferry sails again</h1><p>离港.</p><div>Ferry sails again</div>"
    extracted = extract_title(labelled(markup, {"Ferry": T, **BODY}))
    assert [item.block for item in extracted.evidence if item.chosen] == [1]


@pytest.mark.parametrize("dots", ["...", "…", "……"])
def test_a_cut_off_headline_is_completed_from_the_notice(dots: str) -> None:
    text = f"渡轮清晨在雾中{dots}\n清晨离港。\n（原标题：渡轮清晨在雾中离岸）"
    reading = labelled(text, {dots: T, **BODY, "原标题": Label.BYLINE}, kind="text")
    assert titles(reading)[0] == "渡轮清晨在雾中离岸"


def test_a_cut_off_headline_is_completed_from_the_head() -> None:
    markup = "<title>Ferry sails again after fog | Post</title><h1>Ferry sails again ...</h1><p>离港.</p>"
    assert titles(labelled(markup, {"Ferry": T, **BODY}))[0] == "Ferry sails again after fog"


def test_a_whole_headline_is_not_replaced() -> None:
    text = "雾中的渡轮\n清晨离港。\n原标题：雾中的渡轮清晨离岸"
    assert titles(labelled(text, {"原标题": Label.BYLINE, "雾中": T, **BODY}, kind="text"))[0] == "雾中的渡轮"
    text = "雾中的渡轮……\n清晨离港。\n原标题：乘客平安抵达对岸"
    assert titles(labelled(text, {"雾中": T, "原标题": Label.BYLINE, **BODY}, kind="text"))[0] == "雾中的渡轮……"


def test_without_a_title_block_the_head_counts_and_only_beside_a_body() -> None:
    head = "<meta property=og:title content='Ferry sails again'><title>Ferry sails again | Post</title>"
    assert titles(labelled(f"{head}<p>离港.</p>", BODY))[0] == "Ferry sails again"
    assert titles(labelled(f"{head}<p>Loading</p>", {})) == (None, None)


def test_a_title_element_alone_counts_where_the_page_shows_what_it_says() -> None:
    assert titles(labelled("<title>显示</title><p>离港.</p>", BODY)) == (None, None)
    assert titles(labelled("<title>渡轮</title><div>渡轮</div><p>离港.</p>", BODY))[0] == "渡轮"


def test_a_label_that_no_other_evidence_supports_yields_to_the_heading_that_the_head_states() -> None:
    markup = "<title>Ferry sails again | Post</title><p>Cookie notice</p><h1>Ferry Sails Again</h1><p>离港.</p>"
    assert titles(labelled(markup, {"Cookie": T, **BODY}))[0] == "Ferry Sails Again"


@pytest.mark.parametrize(
    ("title", "sites", "headline"),
    [
        ("渡轮在风暴中沉没_国际新闻_每日网", [], "渡轮在风暴中沉没"),
        ("渡轮在风暴中沉没--时政--每日网", [], "渡轮在风暴中沉没"),
        ("Ferry sinks – Daily Post", [], "Ferry sinks"),
        ("Daily Post | Ferry sinks", ["Daily Post"], "Ferry sinks"),
        ("A well-known ferry", [], "A well-known ferry"),
        ("2020-2021赛季渡轮杯", [], "2020-2021赛季渡轮杯"),
        ("Daily Post", ["Daily Post"], "Daily Post"),
    ],
)
def test_site_names_are_cut(title: str, sites: list[str], headline: str) -> None:
    assert without_site(title, sites) == headline


FLOOR = 0.975
"""Share of the titled pages whose headline is the gold's, with gold labels; 177 of 180 now."""


def test_headlines_of_real_dumps() -> None:
    if not (DATA / "portal" / "gold.jsonl").is_file():
        pytest.skip(f"the development data is not at {DATA}")
    found = []
    for line in (DATA / "portal" / "gold.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        wanted = record["fields"].get("title")
        if wanted:
            lines = (DATA / "portal" / "text" / f"{record['page']}.txt").read_text("utf-8").split("\n")
            spans = [(first, last) for first, last, name in record["labels"] if name == "title"]
            numbers = [n for first, last in spans for n in range(first, last + 1) if lines[n - 1].strip()]
            title, _ = titles(_of_lines(lines, numbers))
            found.append("".join((title or "").split()).casefold() == "".join(wanted.split()).casefold())
    assert sum(found) >= FLOOR * len(found)


def _of_lines(lines: list[str], title_lines: list[int]) -> Reading:
    """Return the reading of a dump with a unit a line, of which these lines (from 1) are the title."""
    blocks = Outline.of(
        [
            Block(line.strip(), T if number in title_lines else Label.OTHER, 1.0, "gold")
            for number, line in enumerate(lines, start=1)
            if line.strip()
        ]
    )
    return Reading(read("", kind="text"), blocks=blocks, first_units=range(len(blocks)))
