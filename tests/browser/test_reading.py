"""The report is good to read: at three widths, in two themes, in scripts that run either way, without colours."""

from __future__ import annotations

import pytest
from sights import Look, Sight

from portalclean import Label

CHINESE = """网易首页 > 网易山东 > 正文
聚焦济宁产业集群发展 高新区科创领域结硕果
2023-09-24 02:04:49 来源:山东新闻
今年以来,济宁市高新区科技创新局聚焦全市产业集群发展,持续强化创新谷引领作用,全力推进科技创新工作。
分享至
相关推荐
如果中国女排不能进入明年的奥运会, 会出现什么后果!
版权所有 网易公司"""
ARABIC = """<p>الرئيسية > أخبار
<h1>افتتاح الطريق الجبلي من جديد</h1>
<p>كتبت سارة أحمد، 3 مايو 2021
<p>قبل الفجر صعدت العربات إلى التل واحدة تلو الأخرى، ولم يتكلم أحد حتى مرت آخر عربة.
<p>شارك على فيسبوك"""
CAPTURES = {"zh.txt": CHINESE.encode(), "ar.html": ARABIC.encode()}
CONTRAST = """() => {
    const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const channels = colour => {
        pen.clearRect(0, 0, 1, 1);
        pen.fillStyle = colour;
        pen.fillRect(0, 0, 1, 1);
        return [...pen.getImageData(0, 0, 1, 1).data];
    };
    const over = (top, ground) => {
        const share = top[3] / 255;
        return ground.map((value, place) => top[place] * share + value * (1 - share));
    };
    const ground = element => {
        const below = element.parentElement ? ground(element.parentElement) : [255, 255, 255];
        return over(channels(getComputedStyle(element).backgroundColor), below);
    };
    const linear = value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const light = ([red, green, blue]) =>
        0.2126 * linear(red / 255) + 0.7152 * linear(green / 255) + 0.0722 * linear(blue / 255);
    const low = new Set();
    for (const element of document.querySelectorAll('body *')) {
        const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        if (!own || !element.checkVisibility() || element.closest('script, style, svg')) continue;
        const under = ground(element);
        const ink = over(channels(getComputedStyle(element).color), under);
        const [bright, dark] = [light(ink), light(under)].sort((a, b) => b - a);
        const ratio = (bright + 0.05) / (dark + 0.05);
        if (ratio < 4.5) low.add(`${element.className || element.tagName}: ${ratio.toFixed(2)}`);
    }
    return [...low];
}"""
"""Text whose contrast with what it stands on is under 4.5, as WCAG 2.2 counts it (level AA)."""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 900, 1440])
def test_nothing_is_wider_than_the_screen_and_all_text_has_contrast(width: int, theme: str, look: Look) -> None:
    sight = look(CAPTURES, viewport={"width": width, "height": 800}, color_scheme=theme)
    for place in ("", "#0", "#1"):
        sight.value(f"location.hash = '{place}'")
        sight.page.keyboard.press("d")
        assert sight.value("document.documentElement.scrollWidth <= innerWidth")
        assert sight.value(CONTRAST) == []


def direction(sight: Sight, beginning: str) -> str:
    script = """beginning => getComputedStyle([...document.querySelectorAll('.words')]
        .find(words => words.textContent.startsWith(beginning))).direction"""
    return str(sight.page.evaluate(script, beginning))


def test_right_to_left_text_runs_from_the_right(look: Look) -> None:
    sight = look({"ar.html": ARABIC.encode()})
    assert direction(sight, "قبل الفجر") == "rtl"
    assert sight.value("getComputedStyle(document.querySelector('.headline')).direction") == "rtl"


def test_left_to_right_text_stays_so_beside_it(look: Look) -> None:
    sight = look({"mixed.html": (ARABIC + "<p>The road is open.").encode()})
    assert direction(sight, "The road is open.") == "ltr"


def test_chinese_text_is_marked_as_such(look: Look) -> None:
    sight = look({"zh.txt": CHINESE.encode()})
    assert sight.value("document.querySelector('.words').lang") == "zh"


def test_on_a_narrow_screen_the_parts_are_shown_in_turn(look: Look) -> None:
    sight = look({"zh.txt": CHINESE.encode()}, viewport={"width": 400, "height": 800})
    assert sight.texts(".block")
    assert not sight.texts(".headline")
    sight.page.click(".panes [data-pane=result]")
    assert sight.texts(".headline")
    assert not sight.texts(".block")


def test_every_label_has_a_colour_of_its_own_in_both_themes(look: Look) -> None:
    sight = look({"zh.txt": CHINESE.encode()})
    for _ in range(3):
        sight.page.click("#theme")
        colours = sight.page.evaluate(
            """labels => labels.map(label => {
                const probe = document.createElement('i');
                probe.dataset.label = label;
                probe.style.color = 'var(--own)';
                document.body.append(probe);
                return getComputedStyle(probe).color;
            })""",
            list(Label),
        )
        assert len(set(colours)) == len(Label)


def test_the_page_can_be_used_without_a_pointer(look: Look) -> None:
    sight = look({"zh.txt": CHINESE.encode()})
    reached = set()
    for _ in range(40):
        sight.page.keyboard.press("Tab")
        reached.add(sight.value("document.activeElement.id || document.activeElement.className"))
    assert {
        "skip",
        "search",
        "download",
        "theme",
        "help-button",
        "chip",
        "only",
        "reasons",
        "correct-fields",
    } <= reached
