"""How alike two texts are: F1 over tokens, in the three forms that this field uses.

A token is one Han, kana or hangul character, or any other run of word characters. Scripts that write without
spaces then weigh about as much as those that write with them, and no word segmenter has a say.

* `lcs_f1`: longest common subsequence. Order counts, so text that was moved or shuffled is not found again.
* `bag_f1`: multiset of lower-cased words, the measure of the Web Content Extraction Benchmark
  (Murrough-Foley/web-content-extraction-benchmark, ``evaluate.py``), here over the tokens above.
* `shingle_overlap` and `mean_prf`: 4-token shingles, the measure of the article extraction benchmark
  (scrapinghub/article-extraction-benchmark, ``evaluate.py``): F1 of the mean precision and the mean recall.

Every F1 is 1 when both texts are empty and 0 when one of them is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from statistics import fmean
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

__all__ = [
    "PRF",
    "Overlap",
    "bag_f1",
    "lcs_f1",
    "mean_prf",
    "shingle_overlap",
    "snippets_found",
    "tokens",
]

HAN = "々〆〇〡-〩㐀-䶿一-鿿豈-\ufaff\U00020000-\U000323af"
KANA = "ぁ-ゖァ-ヺーㇰ-ㇿｦ-ﾝ"
HANGUL = "ᄀ-ᇿㄱ-ㆎꥠ-ꥼ가-힣ힰ-ퟻ"
SINGLE = HAN + KANA + HANGUL
TOKEN = re.compile(rf"[{SINGLE}]|[^\W{SINGLE}]+")

SHINGLE_SIZE = 4
"""Tokens per shingle, as in the article extraction benchmark."""


class Overlap(NamedTuple):
    """What two texts share and what each has alone, as shares of their union; all 0 when both are empty."""

    both: float
    predicted_only: float
    gold_only: float


class PRF(NamedTuple):
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


def tokens(text: str) -> list[str]:
    """Return the tokens of a text in order, in the case that they are written in.

    >>> tokens("Hello, 世界 2.0")
    ['Hello', '世', '界', '2', '0']
    """
    return TOKEN.findall(text)


def bag_f1(predicted: str, gold: str) -> float:
    """Return the F1 of the two texts' multisets of lower-cased tokens.

    >>> bag_f1("b a", "a b c d")
    0.6666666666666666
    """
    found, wanted = Counter(tokens(predicted.lower())), Counter(tokens(gold.lower()))
    return _f1((found & wanted).total(), found.total(), wanted.total())


def lcs_f1(predicted: str, gold: str) -> float:
    """Return the F1 over the longest common subsequence of the two texts' tokens.

    >>> lcs_f1("b a", "a b c d")
    0.3333333333333333
    """
    found, wanted = tokens(predicted), tokens(gold)
    codes: dict[Hashable, str] = {}
    common = LCSseq.similarity(_encoded(found, codes), _encoded(wanted, codes))
    return _f1(common, len(found), len(wanted))


def shingle_overlap(predicted: str, gold: str, size: int = SHINGLE_SIZE) -> Overlap:
    """Return the overlap of the two texts' shingles: runs of ``size`` tokens, or the whole of a shorter text.

    >>> shingle_overlap("a b c d e", "a b c d f")
    Overlap(both=0.3333333333333333, predicted_only=0.3333333333333333, gold_only=0.3333333333333333)
    """
    found, wanted = _shingles(predicted, size), _shingles(gold, size)
    both = (found & wanted).total()
    union = found.total() + wanted.total() - both
    if union == 0:
        return Overlap(0.0, 0.0, 0.0)
    return Overlap(both / union, (found.total() - both) / union, (wanted.total() - both) / union)


def mean_prf(overlaps: Iterable[Overlap]) -> PRF:
    """Return mean precision, mean recall and their F1 over many pages.

    A page with nothing predicted has no precision, one with no gold has no recall; they are left out of that
    mean, as in the article extraction benchmark. A mean over no page is 0.
    """
    overlaps = tuple(overlaps)
    precisions = [page.both / (page.both + page.predicted_only) for page in overlaps if page.both + page.predicted_only]
    recalls = [page.both / (page.both + page.gold_only) for page in overlaps if page.both + page.gold_only]
    precision = fmean(precisions) if precisions else 0.0
    recall = fmean(recalls) if recalls else 0.0
    total = precision + recall
    return PRF(precision, recall, 2 * precision * recall / total if total else 0.0)


def snippets_found(text: str, snippets: Sequence[str]) -> float | None:
    """Return the share of the snippets that occur in the text, whatever their case; ``None`` for none."""
    if not snippets:
        return None
    lower = text.lower()
    return sum(snippet.lower() in lower for snippet in snippets) / len(snippets)


def _f1(common: int, predicted: int, gold: int) -> float:
    if predicted + gold == 0:
        return 1.0
    return 2 * common / (predicted + gold)


def _encoded(words: Sequence[Hashable], codes: dict[Hashable, str]) -> str:
    """Return the words as a string of one code point a word: strings are the fastest input of rapidfuzz."""
    return "".join([codes.setdefault(word, chr(len(codes))) for word in words])


def _shingles(text: str, size: int) -> Counter[tuple[str, ...]]:
    words = tokens(text)
    if not words:
        return Counter()
    return Counter(tuple(words[start : start + size]) for start in range(max(1, len(words) - size + 1)))
