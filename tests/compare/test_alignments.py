"""What articles share, worked out before their readings are known, is what is worked out at once."""

from __future__ import annotations

import pickle

from benchmarks.pile import make_pile
from detente.article import read_article
from detente.compare import MemoryPile, passages
from detente.compare.alignments import align_articles
from detente.compare.passages import find_shares
from detente.compare.shared import MarkedWords, mark_words
from detente.record import Article, Date, Page, Reading, Span, Statement

NOWHEN = Date.unknown()


def made_pile() -> MemoryPile:
    rows = make_pile(24, words=150, copied=0.5)
    pages = [
        Page(
            f"p{n}", "clean", row["text"], str(n), title=row["title"], outlet=row["outlet"], date=row["date"]
        )
        for n, row in enumerate(rows)
    ]
    articles = [one for one in map(read_article, pages) if isinstance(one, Article)]
    readings = []
    for article in articles:  # what a passage is hangs on the readings: the first words are somebody's
        said = Span(article.id, *article.body[0])
        told = Statement(
            f"st-{article.id}", ("x",), None, None, (said,), "direct", "say", True, None, NOWHEN, None, ()
        )
        readings.append(Reading(article.id, statements=[told]))
    return MemoryPile(articles, readings)


def test_passages_are_the_same_when_their_words_were_aligned_before() -> None:
    pile = made_pile()
    aligned = pickle.loads(pickle.dumps(align_articles(MemoryPile(pile.articles()))))
    shares = list(find_shares(pile))
    assert shares
    assert list(find_shares(pile, aligned=aligned)) == shares


def test_what_is_no_longer_held_is_put_aside_and_no_article_marked_twice(monkeypatch) -> None:
    pile = made_pile()
    shares, marked = list(find_shares(pile)), []

    def mark(article: Article, reading: Reading | None) -> MarkedWords:
        marked.append(article.id)
        return mark_words(article, reading)

    monkeypatch.setattr(passages, "MARKED", 2)
    monkeypatch.setattr(passages, "mark_words", mark)
    assert list(find_shares(pile)) == shares
    assert len(marked) == len(set(marked)) > 9
