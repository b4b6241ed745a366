"""What the statements reader remembers of paragraphs changes nothing that it finds."""

from __future__ import annotations

import random

import pytest

from benchmarks.pile import make_pile
from detente.article import read_article
from detente.language import parse_articles
from detente.readers.statements import known
from detente.readers.statements.find import find_attributions
from detente.record import Page

MADE = [row["text"].split("\n\n") for row in make_pile(6, words=150)]
QUOTED = [
    "Speaking in Lisbon, the minister had this to say:",
    "“We shall not wait for the others. They have had three days to answer",
    "“and in three days nothing was answered. Our patience is at an end,” the minister said.",
    "“Nobody asked us,” said the mayor of Pisk. “Nobody.”",
    "“It is over.”",
    "According to the army, two bridges were seized and a third one was blown up",
    "“A third one,” a spokesman added, “was blown up by mistake.”",
    "MAYOR: I was not told that the army would come.",
    "He denied the report. “We were at home,” he told the BBC’s “Good Morning Lisbon”.",
]
FOUND = 0.05


def read(paragraphs):
    article = read_article(Page("s", "clean", "\n\n".join(paragraphs), "x", date="2019-03-05"))
    return next(iter(parse_articles([article])))


def attributions(paragraphs):
    return find_attributions(read(paragraphs), threshold=FOUND)


def shuffled(seed):
    """Articles that print paragraphs of one another: whole, cut short, one left out or put in."""
    rng = random.Random(seed)
    base = rng.choice([*MADE, QUOTED])[:]
    yield base
    yield base
    yield base[: rng.randint(1, len(base))]
    yield base[1:]
    at = rng.randrange(len(base) + 1)
    yield [*base[:at], rng.choice(QUOTED), *base[at:]]
    mixed = base[:]
    rng.shuffle(mixed)
    yield mixed


@pytest.mark.parametrize("seed", range(12))
def test_the_same_is_found_with_and_without_what_is_remembered(seed):
    known.forget()
    remembered = [attributions(paragraphs) for paragraphs in shuffled(seed)]
    fresh = []
    for paragraphs in shuffled(seed):
        known.forget()
        fresh.append(attributions(paragraphs))
    assert remembered == fresh


def test_a_paragraph_between_the_same_neighbours_is_not_ranked_again(monkeypatch):
    known.forget()
    attributions(MADE[0])
    ranked = []
    monkeypatch.setattr(
        "detente.readers.statements.rank._rank", lambda view, quotes, among: ranked.extend(among) or []
    )
    attributions(MADE[0][:-2])
    assert ranked == [len(MADE[0]) - 3]  # nothing follows it now


def test_paragraphs_tied_by_a_quotation_are_not_remembered():
    known.forget()
    attributions(QUOTED[:3])
    assert len(known._known) == 0


def test_only_so_many_paragraphs_are_remembered(monkeypatch):
    monkeypatch.setattr(known, "HELD", 3)
    known.forget()
    attributions(MADE[1])
    assert len(known._known) == 3
