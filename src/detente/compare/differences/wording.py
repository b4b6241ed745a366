"""One speaker, one utterance, two wordings between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from detente.compare.cues import cues
from detente.compare.differences.sides import Accounts
from detente.compare.pair_shares import PairShare, Share
from detente.compare.pile import Pile
from detente.compare.shared import quoted_ranges
from detente.compare.tolls.words import words as toll_words
from detente.compare.words import WORD
from detente.record import Article, Difference, Span

LEAST_WORDS = 10
AROUND = 120  # characters beside a quotation in which its cut parts may stand
QUOTED = 0.9  # share of each side that must stand between quotation marks
LONG = 7  # letters of a word that, written apart elsewhere, is found by its letters
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){2,}")
_MARKS = re.compile(r"\[[^\]]*\]|…|\.\.\.")


def find_wording_differences(
    pairs: Iterable[PairShare], ids: list[str], pile: Pile, accounts: Accounts
) -> Iterator[Difference]:
    """Quotations of independent accounts that differ in words that carry content.

    Cuts marked with dots or brackets, contractions and function words are no difference.
    """
    for pair in pairs:
        a, b = ids[pair.a], ids[pair.b]
        if not accounts.independent(a, b):
            continue
        for share in pair.shares:
            if (
                share.shared in ("quotation", "document")
                and share.similarity < 0.995
                and share.words >= LEAST_WORDS
            ):
                yield from _contrast(share, pile.article(a), pile.article(b), accounts)


def _contrast(share: Share, a: Article, b: Article, accounts: Accounts) -> Iterator[Difference]:
    words_a, words_b = a.text[slice(*share.a_span)], b.text[slice(*share.b_span)]
    if _MARKS.search(words_a) or _MARKS.search(words_b):
        return
    if min(_quoted_share(a, *share.a_span), _quoted_share(b, *share.b_span)) < QUOTED:
        return
    # What the other account has just before or after is no difference: it was cut elsewhere.
    # Nor is "he said" between two parts of a quotation: only what stands between the marks is compared.
    only_a = _missing(_quoted_words(a, *share.a_span), _around(b, *share.b_span))
    only_b = _missing(_quoted_words(b, *share.b_span), _around(a, *share.a_span))
    if not only_a and not only_b:
        return
    told = [", ".join(sorted(x)) or "nothing" for x in (only_a, only_b)]
    sides = [
        accounts.side(words_a, [Span(a.id, *share.a_span)]),
        accounts.side(words_b, [Span(b.id, *share.b_span)]),
    ]
    why = f"one quotation has {told[0]} where the other has {told[1]}"
    yield accounts.difference("wording", [a.id, b.id], sides, severity="low", why=why, confidence=0.7)


def _around(article: Article, start: int, end: int) -> str:
    return article.text[max(0, start - AROUND) : end + AROUND]


def _quoted_parts(article: Article, start: int, end: int) -> Iterator[tuple[int, int]]:
    for first, last in article.body:
        if first < end and start < last:
            for one, other in quoted_ranges(article.text, first, last):
                if max(start, one) < min(end, other):
                    yield max(start, one), min(end, other)


def _quoted_share(article: Article, start: int, end: int) -> float:
    return sum(last - first for first, last in _quoted_parts(article, start, end)) / (end - start)


def _quoted_words(article: Article, start: int, end: int) -> str:
    return " ".join(article.text[first:last] for first, last in _quoted_parts(article, start, end))


def _missing(text: str, other: str) -> frozenset[str]:
    """The content words of a text that another has in no spelling: I.R.S. is IRS, world view worldview."""
    letters, theirs = "".join(WORD.findall(other.casefold())), _content(other)
    whole = {word for word in theirs if len(word) >= LONG}
    return frozenset(
        word
        for word in _content(text) - theirs
        if (len(word) < LONG or word not in letters)
        and not (len(word) > LONG // 2 and any(w.startswith(word) or w.endswith(word) for w in whole))
    )


def _content(text: str) -> frozenset[str]:
    """Words that carry content; a number may be written either way ("2 in 3", "two-in-three") and is none."""
    lists = toll_words()
    plain = cues().function_words | lists.numbers.keys() | lists.scales.keys()
    whole = _ABBREVIATION.sub(lambda m: m.group().replace(".", ""), text)
    words = (m.group().casefold() for m in WORD.finditer(whole))
    return frozenset(word for word in words if word not in plain and len(word) > 2 and not word.isdigit())
