from __future__ import annotations

from pathlib import Path

import pytest
from sights import Look, Sight

from portalclean.gold.check import problems
from portalclean.gold.files import read_gold

IN_SIGHT = """() => {
    const { top, bottom } = document.querySelector('.block.current').getBoundingClientRect();
    return top > document.querySelector('#bar').offsetHeight - 1 && bottom < innerHeight + 1;
}"""
"""But for a part of a pixel: the rows' heights are no whole ones."""
PATIENCE = 60_000.0
"""Milliseconds that a long page may take on a busy machine to be scrolled."""
RAN = "window.ran === true"
HOSTILE = {
    "script": "<p>Before the script.<script>window.ran = true; alert(1)</script><p>After it.",
    "script in text": "<p>Text: &lt;/script&gt;&lt;script&gt;window.ran = true&lt;/script&gt; goes on.",
    "script in the title": "<title>&lt;/title&gt;&lt;script&gt;window.ran = true&lt;/script&gt;</title><p>Text.",
    "end of a comment": "<p>Text: --&gt;&lt;!-- &lt;!--&lt;script&gt; window.ran = true &lt;/script&gt; goes on.",
    "event handlers": "<p onclick='window.ran = true'><img src=x onerror='window.ran = true'>Text with a picture.",
    "javascript link": "<h3>Related articles</h3><ul>"
    + "<li><a href='javascript:window.ran=true'>A story of roads</a>" * 5,
    "data link": "<h3>Related</h3><a href='data:text/html,<script>parent.ran=true</script>'>Another story</a>",
    "covering style": "<style>*{display:none!important}body{background:red}</style><p style='position:fixed'>Text.",
    "style in text": "<p>&lt;/style&gt;&lt;style&gt;*{display:none!important}&lt;/style&gt; and more text.",
    "meta refresh": "<meta http-equiv=refresh content='0;url=https://hostile.example/'><p>Text of the page.",
    "frames": "<iframe srcdoc='<script>parent.ran = true</script>'></iframe><object data=x></object><p>Text.",
    "svg": "<svg onload='window.ran = true'><text>Drawn</text></svg><p>Text of the page.",
    "template marks": "<p>{{script}} {{title}} ${window.ran = true} %s \\u003cscript\\u003e",
    "overrides": "<p>File: \u202egnp.exe\u202c and \u2066more\u2069 \u200fright\u200e and \x1b[31m red \x00 nul",
    "separators": "<p>one\u2028two\u2029three\x85four\ufefffive\U000e0041six",
    "surrogates": "<p>half &#xD800; pair \ufffd and \U0001f600",
    "one long line": "<p>" + "word " * 60_000,
    "long word": "<p>" + "w" * 60_000,
    "deep": "<div>" * 5_000 + "At the bottom.",
    "prototype": '<script type="application/ld+json">{"__proto__": {"headline": "x"}}</script><p>a',
}


@pytest.mark.parametrize("capture", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_capture_runs_nothing_and_breaks_nothing(capture: str, look: Look, tmp_path: Path) -> None:
    sight = look({"page.html": ("<!doctype html><html><body>" + capture).encode("utf-8", "replace")})
    for key in ("j", "k", "r", "d"):
        sight.page.keyboard.press(key)
    assert sight.texts(".block .words")
    assert sight.value("document.querySelector('#bar').getBoundingClientRect().top === 0")
    assert sight.value("document.documentElement.scrollWidth <= innerWidth")
    assert not sight.value(RAN)
    assert sight.value("document.querySelectorAll('script, style, iframe, img, object').length") == 4
    with sight.page.expect_download() as download:
        sight.page.click("#download")
    download.value.save_as(tmp_path / "gold.jsonl")
    (record,) = read_gold(tmp_path / "gold.jsonl")
    assert list(problems(record)) == []


def test_links_lead_to_the_web_or_nowhere(look: Look) -> None:
    sight = look({"page.html": HOSTILE["javascript link"].encode()})
    addresses = sight.value("[...document.querySelectorAll('a')].map(link => link.getAttribute('href'))")
    assert all(address.startswith(("#", "http://", "https://")) for address in addresses)


def test_marks_that_turn_the_reading_direction_are_written_out(look: Look) -> None:
    sight = look({"page.txt": "File: \u202egnp.exe is no picture.\nA second line.".encode()}, "--kind", "text")
    assert sight.texts(".block .words")[0] == "File: U+202Egnp.exe is no picture."


def test_the_name_of_a_file_is_text_too(look: Look) -> None:
    name = "<img src=x onerror=alert(1)>&amp;.html"
    sight = look({name: b"<p>Text of the page."})
    assert sight.texts(".name") == [name]
    assert sight.page.title() == f"{sight.page.title().split(' – ')[0]} – portalclean"
    assert "<img src=x" in sight.page.title()


def test_the_policy_lets_nothing_in_and_no_other_script_run(look: Look) -> None:
    sight = look({"page.html": b"<p>Text of the page."})
    sight.trouble = []
    outcome = sight.value(
        """async () => {
            const script = document.createElement('script');
            script.textContent = 'window.ran = true';
            document.body.append(script);
            const image = new Image();
            const asked = new Promise(done => {
                image.onload = () => done('loaded');
                image.onerror = () => done('refused');
            });
            image.src = 'https://hostile.example/x.png';
            const called = await fetch('https://hostile.example/').then(() => 'answered', () => 'refused');
            return [window.ran === true, await asked, called];
        }"""
    )
    assert outcome == [False, "refused", "refused"]
    refused = [line for line in sight.trouble if "Content Security Policy" in line]
    assert all(any(name in line for line in refused) for name in ("script-src", "img-src", "connect-src"))
    sight.trouble.clear()


def test_a_page_of_five_megabytes_opens(look: Look) -> None:
    paragraphs = "".join(f"<p>Paragraph {number}: {'the carts went up the hill. ' * 60}</p>" for number in range(3_000))
    sight = look({"large.html": paragraphs.encode()})
    assert len(paragraphs) > 5_000_000
    assert sight.value("document.querySelectorAll('.block').length") == 3_000


@pytest.fixture
def long_page(look: Look) -> Sight:
    return look({"long.html": "".join(f"<p>Line {number} of a long page.</p>" for number in range(2_000)).encode()})


def test_a_page_of_two_thousand_blocks_is_usable(long_page: Sight) -> None:
    page = long_page.page
    assert long_page.value("getComputedStyle(document.querySelector('.block')).contentVisibility") == "auto"
    page.keyboard.press("k")
    assert long_page.value("document.querySelector('.block.current').dataset.index") == "1999"
    page.wait_for_function(IN_SIGHT, timeout=PATIENCE)
    page.fill("#search", "line 1234 ")
    assert long_page.texts(".block .words") == ["Line 1234 of a long page."]
    page.fill("#search", "")
    assert len(long_page.texts(".block")) == 2_000


def test_very_long_text_is_cut_until_it_is_asked_for(look: Look) -> None:
    sight = look({"page.html": HOSTILE["long word"].encode()})
    (words,) = sight.texts(".block .words")
    assert len(words) < 5_000
    sight.page.locator(".block .words button").click()
    (words,) = sight.texts(".block .words")
    assert len(words) == 60_000
