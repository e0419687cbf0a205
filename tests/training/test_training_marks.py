from __future__ import annotations

import numpy as np
import pytest
from training.marks import UNMARKED, marked

from portalclean.capture import read
from portalclean.page import LABELS, Kind

PAGE = """<!DOCTYPE html><html><head><title>Rain in the hills</title>
<meta name="author" content="Ana Ribeiro"><meta property="article:published_time" content="2021-05-04T08:00:00Z"></head>
<body>
<ol class="nav-breadcrumbs"><li><a href="/">Home</a></li><li><a href="/w">Weather</a></li></ol>
<p>Sections</p>
<h1>Rain in the hills</h1>
<div>By Ana Ribeiro, Porto</div>
<div>4 May 2021</div>
<div>All our pages on weather</div>
<p>It rained for the whole of the morning in the hills above the town.</p>
<figure><img src="a.jpg"><figcaption>A road under water</figcaption></figure>
<p>The river is expected to rise until the evening.</p>
<p>Wind</p><p>Snow</p><p>Hail</p><p>Ana Ribeiro also wrote this, on 4 May 2021</p>
<div id="footer"><span class="siteCopyright">All rights reserved</span></div>
</body></html>"""
TITLE, FIRST, LAST = "Rain in the hills", "It rained", "The river"


def found() -> dict[str, str | None]:
    page = read(PAGE.encode(), kind=Kind.HTML)
    title = max(row for row, text in enumerate(page.texts) if text == TITLE)
    body = np.array([text.startswith((FIRST, LAST)) for text in page.texts])
    codes = marked(page, title, body).tolist()
    return {text: None if code == UNMARKED else str(LABELS[code]) for text, code in zip(page.texts, codes, strict=True)}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Home", "breadcrumb"),
        ("Weather", "breadcrumb"),
        ("Sections", None),
        (TITLE, None),
        ("By Ana Ribeiro, Porto", "byline"),
        ("4 May 2021", "byline"),
        ("All our pages on weather", None),
        ("A road under water", "caption"),
        ("Ana Ribeiro also wrote this, on 4 May 2021", None),
        ("All rights reserved", "footer"),
    ],
)
def test_markup_and_head_give_labels_away(text: str, label: str | None) -> None:
    assert found()[text] == label


def test_a_dump_has_no_marks() -> None:
    page = read("Home\nRain in the hills\nIt rained.", kind=Kind.TEXT)
    assert (marked(page, 1, np.array([False, False, True])) == UNMARKED).all()
