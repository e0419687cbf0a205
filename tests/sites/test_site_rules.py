from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

import portalclean
from portalclean import Article, Block, Label, Pipeline, Reading, SiteRuleError, StageError, Verdicts, Zone
from portalclean.page import LABEL_CODES
from portalclean.sites import load_rules, shipped_rules, with_site_rules

HERE = Path(__file__).parent / "fixture"
RULES = HERE / "hill-news.toml"
ADDRESS = "https://www.hill-news.example/roads/1.html"
DUMP = "The hill road is open again\nThe carts went up the hill before dawn.\nPrinted by the brothers Moss."


def read(capture: bytes | str = (HERE / "capture.html").read_bytes(), url: str | None = ADDRESS) -> Article:
    return portalclean.extract(capture, url=url, pipeline=with_site_rules(Pipeline(), load_rules(RULES)))


def block(article: Article, beginning: str) -> Block:
    (found,) = (block for block in article.blocks if block.text.startswith(beginning))
    return found


def test_a_selector_claims_its_blocks_before_the_labeller() -> None:
    promotion = block(read(), "Our readers walk")
    assert (promotion.label, promotion.confidence) == (Label.ADVERTISEMENT, 1.0)
    assert promotion.reason == "site rule hill-news: the house's own promotion"
    assert "Our readers" not in read().text


def test_only_children_where_children_are_asked_for() -> None:
    assert block(read(), "Not this one").reason.startswith("network")


def test_a_line_pattern_claims_in_html_and_in_a_dump() -> None:
    for capture in ((HERE / "capture.html").read_bytes(), DUMP):
        printed = block(read(capture), "Printed by")
        assert (printed.label, printed.reason) == (Label.FOOTER, "site rule hill-news: line '^Printed by '")


def test_fields_are_filled_and_say_why() -> None:
    article = read()
    assert article.source == "The Valley Courier"
    assert article.authors == ("Ann Carter", "Ben Moss")
    assert str(article.published) == "2021-05-03 09:30:00"
    assert (article.published_raw, article.published_zone) == ("3 May 2021 09:30", Zone.NONE)
    (won,) = (piece for piece in article.evidence if piece.field == "source" and piece.chosen)
    assert won.reason == "site rule hill-news: select '.origin'"
    assert won.block is not None
    assert article.blocks[won.block].text.startswith("From The Valley Courier")


def test_what_spoke_for_the_replaced_value_has_lost() -> None:
    without = portalclean.extract((HERE / "capture.html").read_bytes(), url=ADDRESS)
    assert [piece for piece in without.evidence if piece.field == "published" and piece.chosen]
    chosen = [piece for piece in read().evidence if piece.field == "published" and piece.chosen]
    assert [piece.reason for piece in chosen] == ["site rule hill-news: select '.origin'"]


def test_a_rule_that_matches_nothing_is_told() -> None:
    dead = [piece for piece in read().evidence if piece.field == "site_rules"]
    assert [(piece.reason, piece.raw, piece.chosen) for piece in dead] == [
        ("rule of hill-news for the label share matches nothing", "select '#share-old'", False)
    ]


def test_a_selector_is_not_told_of_a_dump_which_has_no_elements() -> None:
    assert not [piece for piece in read(DUMP).evidence if piece.field == "site_rules"]
    dead = [piece.raw for piece in read("Nothing of it here.").evidence if piece.field == "site_rules"]
    assert dead == ["line '^Printed by '"]


@pytest.mark.parametrize("url", [None, "https://other.example/1.html", "https://bad-hill-news.example/1.html"])
def test_another_site_is_left_alone(url: str | None) -> None:
    page = (HERE / "capture.html").read_bytes()
    assert read(page, url) == portalclean.extract(page, url=url)


def test_the_page_may_state_its_address_itself() -> None:
    page = (HERE / "capture.html").read_text("utf-8")
    stated = page.replace("<title>", f'<link rel="canonical" href="{ADDRESS}"><title>')
    assert read(stated, None).source == "The Valley Courier"


def test_the_stages_have_names() -> None:
    names = with_site_rules(Pipeline(), ()).names
    assert names.index("site_rules") + 1 == names.index("label")
    assert names.index("site_fields") + 1 == names.index("emptiness")
    assert with_site_rules(Pipeline().without("emptiness"), ()).names[-1] == "site_fields"
    with pytest.raises(StageError):
        with_site_rules(with_site_rules(Pipeline(), ()), ())


def all_share(reading: Reading) -> Verdicts:
    count = len(reading.page)
    codes = np.full(count, LABEL_CODES[Label.SHARE], dtype=np.int8)
    return Verdicts(codes, np.ones(count, dtype=np.float32), ["given"] * count)


def test_rules_win_over_any_labeller_and_over_the_revision() -> None:
    rules = load_rules(RULES)
    pipeline = with_site_rules(Pipeline().replace("label", all_share), rules)
    article = portalclean.extract((HERE / "capture.html").read_bytes(), url=ADDRESS, pipeline=pipeline)
    assert block(article, "Our readers walk").label is Label.ADVERTISEMENT


def test_the_revision_does_not_overrule_a_rule(tmp_path: Path) -> None:
    (tmp_path / "counts.toml").write_text('hosts = ["a.example"]\n[[labels]]\nlabel = "other"\nline = "^0$"\n')
    page = "网易首页 > 网易山东 > 正文\n\n0\n分享至\n"
    plain = portalclean.extract(page, url="https://a.example/")
    assert block(plain, "0").label is Label.SHARE
    pipeline = with_site_rules(Pipeline(), load_rules(tmp_path))
    assert block(portalclean.extract(page, url="https://a.example/", pipeline=pipeline), "0").label is Label.OTHER


def test_the_first_rule_that_fills_a_field_wins(tmp_path: Path) -> None:
    (tmp_path / "two.toml").write_text(
        'hosts = ["*.hill-news.example"]\n'
        '[[fields]]\nfield = "title"\nselect = ".none"\noptional = true\n'
        '[[fields]]\nfield = "title"\nselect = "h1"\n'
        '[[fields]]\nfield = "title"\nselect = "p"\n'
    )
    pipeline = with_site_rules(Pipeline(), load_rules(tmp_path / "two.toml"))
    article = portalclean.extract((HERE / "capture.html").read_bytes(), url=ADDRESS, pipeline=pipeline)
    assert article.title == "The hill road is open again"


def test_a_pipeline_with_rules_can_be_sent_to_another_process() -> None:
    pipeline = with_site_rules(Pipeline(), load_rules(RULES))
    page = (HERE / "capture.html").read_bytes()
    sent = pickle.loads(pickle.dumps(pipeline))
    assert portalclean.extract(page, url=ADDRESS, pipeline=sent) == read(page)


def test_an_empty_page_breaks_no_rule() -> None:
    assert read("").blocks == read(b"<title></title>").blocks == ()


def test_the_package_ships_no_rule_that_was_not_measured() -> None:
    assert shipped_rules() == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hosts = [", "no TOML"),
        ("", "hosts: must be a list"),
        ("hosts = []", "hosts: must be a list"),
        ('hosts = ["a.example"]\nrules = 1', "no key 'rules' here; there are: fields, hosts, labels"),
        ('hosts = ["a"]\nlabels = 1', r"labels: must be written as \[\[labels\]\] tables"),
        ('hosts = ["a"]\n[[labels]]\nlabel = "menu"\nline = "a"', r"\[\[labels\]\] number 1: no label 'menu'; there"),
        ('hosts = ["a"]\n[[labels]]\nlabel = "body"', "needs select"),
        ('hosts = ["a"]\n[[labels]]\nline = "a"', "no label None"),
        ('hosts = ["a"]\n[[labels]]\nlabel = "body"\nline = "("', "line: no pattern"),
        ('hosts = ["a"]\n[[labels]]\nlabel = "body"\nline = 3', "line: must be a string"),
        ('hosts = ["a"]\n[[labels]]\nlabel = "body"\nline = "a"\noptional = "no"', "optional: must be true or false"),
        ('hosts = ["a"]\n[[fields]]\nfield = "body"\nline = "a"', "no field 'body'; rules can fill: title"),
        ('hosts = ["a"]\n[[fields]]\nfield = "title"\nselect = "a[href]"', r"the attribute \[href\]"),
    ],
)
def test_a_file_with_a_mistake_says_where(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_text(text)
    with pytest.raises(SiteRuleError, match=rf"site\.toml: .*{message}"):
        load_rules(path)


def test_a_path_without_rules_is_a_mistake(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.toml"):
        with pytest.raises(SiteRuleError):
            load_rules(path)
