"""The last paragraph of a dump that tells of something else than the article above it."""

from __future__ import annotations

import pytest

from detente.article import read_article
from detente.article.foreign import is_foreign
from detente.record import Article, Page

BODY = (
    "The ministers of both states met on Sunday in the harbour town and agreed to keep talking about the reefs, "
    "officials said. The patrol boats of the two navies are to stay ten miles apart until the next round of talks. "
    "A spokesman for the coast guard said that no shot had been fired since Thursday and that the fishing fleet had "
    "gone back to the northern grounds. The prime minister thanked the mediators and said that the summer would tell "
    "whether the truce was more than a pause. Fishermen in the port were less hopeful and spoke of empty nets."
)
FOREIGN = [
    "Tide table: see page 12. Bus strike: latest. Win a hamper!",
    "Parish jumble sale Saturday, 10 a.m. Allotment list, C4.",
    "Ballet school open day on Monday. Stray cats: call the town hall.",
    "The Lighthouse Digest appears twice a week. Annual rate 90 marks. No liability is taken for errors.",
    "To receive the Digest by post, ring our subscriptions desk. Corrections should be sent in writing.",
]
OWN = [
    "The next round of talks will be held in May.",
    "Nobody answered the telephone at the embassy on Monday.",
    "“Win or lose, call us,” the captain said.",
    "The patrol boats of the two navies, page after page of orders in hand, left the harbour.",
    "It was raining. The crowd went home.",
]


@pytest.mark.parametrize("unit", FOREIGN)
def test_a_notice_that_shares_nothing_with_the_article_is_foreign(unit: str) -> None:
    assert is_foreign(unit, BODY)


@pytest.mark.parametrize("unit", OWN)
def test_the_last_paragraph_of_an_article_is_its_own(unit: str) -> None:
    assert not is_foreign(unit, BODY)


def test_fragments_in_another_language_are_left_alone() -> None:
    body = "Die Minister beider Staaten trafen sich am Sonntag und wollen weiter reden, so die Behörden. " * 6
    assert not is_foreign("Fährstreik: heute. Gewinnspiel: siehe Seite 5.", body)


def _read(*paragraphs: str) -> Article:
    article = read_article(Page("page.txt", "text", "\n\n".join(paragraphs), sha256=""))
    assert isinstance(article, Article)
    return article


def _body(article: Article) -> list[str]:
    return [article.text[start:end] for start, end in article.body]


def test_a_brief_ends_before_the_notices_below_it() -> None:
    sentences = BODY.replace(". ", ".\n").split("\n")
    article = _read("HARBOUR MAIL", "Ministers agree to talk", *sentences, FOREIGN[0])
    assert _body(article) == sentences


def test_a_short_entry_of_a_live_blog_is_body() -> None:
    entries = BODY.replace(". ", ".\n").split("\n")[:4]
    short = "The island has put its small fleet on alert and has closed the port."
    lines = ["Live: talks in the harbour"]
    for hour, entry in zip(
        ("21:32", "20:55 - Talks go on", "7.45pm", "16:40"), (*entries[:3], short), strict=True
    ):
        lines += [hour, entry]
    assert short in _body(_read(*lines))


def test_a_stage_direction_of_a_transcript_is_furniture() -> None:
    lines = BODY.replace(". ", ".\n").split("\n")
    article = _read("Ministers agree to talk", *lines[:2], "(BEGIN VIDEO CLIP)", *lines[2:])
    assert "(BEGIN VIDEO CLIP)" not in _body(article)


def test_an_authors_note_is_no_body_where_the_byline_stands_below_a_standfirst() -> None:
    lines = BODY.replace(". ", ".\n").split("\n")
    note = "Jane Roe is the author of Salt Water. Order it from the Lamp bookshop."
    standfirst = "Two navies lie off the reefs and nobody in the town can say for how long they will stay"
    article = _read("The last catch", standfirst, "By Jane Roe, 17 June 1995", *lines, note)
    assert note not in _body(article)
