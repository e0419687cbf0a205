"""What the network measurably does not see, put right afterwards.

Five rules. Of the 52 bare counts that stand beside a share line on the portal pages, 50 are share by the gold; of
the 20 lines that are one credit in brackets, with a colon, 19 are byline. The network takes some of the first for
dates, and some of the second, at the end of a text, for its last words. A line that is nothing but a heading of
recommendations is one wherever the line behind it is a recommendation (183 places), but the network may doubt the first
line of a list. And it has never seen a page of a paragraph or two without anything around them: where it finds no body
at all, what it calls other and is plainly prose is one, and where it finds no title, the only first-level heading is
it. (Larger pages without a title are front pages and shops, where that heading is the site's name or its slogan: of 34
of unseen sites it was the title on 8.)
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from portalclean.labelling.network import FRAGMENT
from portalclean.labelling.text_features import HAN_WEIGHT
from portalclean.lexicon import load_words
from portalclean.page import LABEL_CODES, Label, Page, Verdict, Verdicts
from portalclean.reading import Claims, Reading

__all__ = ["revise_labels"]

COUNT = re.compile(r"[\d,.]{1,7}[万kKwW]?\+?")
BRACKETED = re.compile(r"[（(【\[〔]\s?([^:：]{1,8})[:：][^。！？]{1,40}[)）】\]〕]\d{0,7}")
LONGEST = 60
"""Characters of a line that either rule looks at."""
SENTENCE_END = re.compile(r"[。！？।؟]|[.!?](?:\s|$)")
LEAST_SENTENCES = 2
LEAST_PROSE = 200.0
"""Latin letters' worth from which on a unit can be an article by itself: notices of errors and logins are shorter."""
FIRST_WIDE, LAST_WIDE = "\u3040", "\ud7af"
"""From Hiragana to Hangul: scripts whose characters say more than a letter."""
BODY, OTHER, RECOMMENDATION, SHARE, TITLE = (
    LABEL_CODES[label] for label in (Label.BODY, Label.OTHER, Label.RECOMMENDATION, Label.SHARE, Label.TITLE)
)
AREAS = frozenset(LABEL_CODES[label] for label in (Label.SHARE, Label.COMMENT, Label.RECOMMENDATION))
"""Codes of labels that a count keeps: inside their areas it belongs to the area."""
PROSE = frozenset(LABEL_CODES[label] for label in (Label.BODY, Label.CAPTION, Label.OTHER))
"""Codes of labels that a credit in brackets does not keep."""


def revise_labels(reading: Reading) -> Claims:
    """Claim bare counts beside share lines as share, credits in brackets as byline, headings as part of their list."""
    verdicts = reading.verdicts
    if verdicts is None:
        return Claims({})
    labels = verdicts.labels.tolist()
    claims = {} if BODY in labels else _prose(reading.page, verdicts)
    claims |= _headings(reading.page, verdicts)
    if len(labels) <= FRAGMENT and TITLE not in labels:
        claims |= _headline(reading.page, verdicts)
    for unit, text in enumerate(reading.page.texts):
        if text[0].isalpha() or len(text) > LONGEST:  # neither a count nor a credit in brackets
            continue
        label = labels[unit]
        if label not in AREAS and COUNT.fullmatch(text) and SHARE in labels[max(unit - 1, 0) : unit + 2]:
            claims[unit] = Verdict(Label.SHARE, float(verdicts.confidences[unit]), "a bare count beside a share line")
        elif label in PROSE and _is_bracketed_credit(text):
            claims[unit] = Verdict(Label.BYLINE, float(verdicts.confidences[unit]), "a credit in brackets")
    return Claims({unit: verdict for unit, verdict in claims.items() if unit not in reading.claimed.verdicts})


def _headings(page: Page, verdicts: Verdicts) -> dict[int, Verdict]:
    """Return recommendation verdicts for the headings of recommendations that stand right over one."""
    listed = verdicts.labels == RECOMMENDATION
    found: dict[int, Verdict] = {}
    # From below: a heading may stand over another one.
    for last in np.flatnonzero(listed[1:] & ~listed[:-1])[::-1].tolist():
        for unit in range(last, -1, -1):
            if listed[unit] or page.texts[unit].lower() not in _heading_words():
                break
            sure = float(verdicts.confidences[unit])
            found[unit] = Verdict(Label.RECOMMENDATION, sure, "a heading over a recommendation")
    return found


@cache
def _heading_words() -> frozenset[str]:
    return frozenset(load_words("recommendation"))


def _headline(page: Page, verdicts: Verdicts) -> dict[int, Verdict]:
    """Return a title verdict for the shown first-level heading, if there is one alone.

    It changes none of the 17 development pages that are fragments.
    """
    if page.markup is None:
        return {}
    tags = [page.markup.tags[row] for row in page.markup.block.tolist()]
    found = [unit for unit, tag in enumerate(tags) if tag == "h1" and not page.hidden[unit]]
    if len(found) != 1:
        return {}
    return {found[0]: Verdict(Label.TITLE, float(verdicts.confidences[found[0]]), "the only heading of a fragment")}


def _prose(page: Page, verdicts: Verdicts) -> dict[int, Verdict]:
    """Return body verdicts for the shown units labelled other that are long and have sentences."""
    return {
        unit: Verdict(Label.BODY, float(verdicts.confidences[unit]), "the only prose on the page")
        for unit, text in enumerate(page.texts)
        if verdicts.labels[unit] == OTHER and not page.hidden[unit] and _is_prose(text)
    }


def _is_prose(text: str) -> bool:
    """Whether a text is long enough and has sentences.

    >>> _is_prose("Page not found."), _is_prose("The road went up the hill. " * 10)
    (False, True)
    """
    wide = sum(FIRST_WIDE <= character <= LAST_WIDE for character in text)
    return len(text) + (HAN_WEIGHT - 1) * wide >= LEAST_PROSE and len(SENTENCE_END.findall(text)) >= LEAST_SENTENCES


def _is_bracketed_credit(text: str) -> bool:
    """Whether a line is one credit in brackets.

    >>> [_is_bracketed_credit(line) for line in ("(文:山本)", "（责任编辑：林一）", "（注：见上）")]
    [True, True, False]
    """
    match = BRACKETED.fullmatch(text)
    return match is not None and match[1].strip().lower() in _credit_words()


@cache
def _credit_words() -> frozenset[str]:
    return frozenset(word.rstrip(":：/ ") for word in load_words("byline"))
