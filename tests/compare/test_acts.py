"""Events of one story that are one act in other words, and what keeps two acts apart."""

from __future__ import annotations

import datetime as dt

import pytest

from detente.compare import MemoryPile, compare_pile
from detente.compare.act_evidence import SIGNS, load_scorer
from detente.record import Date
from tests.compare.builders import make_actor, make_article, make_event, make_reading, span_of

STORY = "Captain Rudolf Sorel of the lake patrol was sought all week after the raid on the mill at Ostrow."


def acts_of(*told):
    """How many events undated reports of one story make: (lemma, words, whom, day)."""
    articles, readings = [], []
    for i, (lemma, words, whom, day) in enumerate(told):
        text = f"{words}{f' on {day}' if day else ''}.\n{STORY}\nReport number {i}."
        article = make_article(f"a{i}", text, outlet=f"outlet {i}")
        actor = make_actor(article, whom)
        date = Date.unknown()
        if day:
            date = Date.day(dt.date.fromisoformat(day), basis="stated", span=span_of(article, day))
        event = make_event(article, words, lemma=lemma, recipients=(actor.id,), date=date)
        articles.append(article)
        readings.append(make_reading(article, actors=[actor], events=[event]))
    return len(list(compare_pile(MemoryPile(articles, readings)).events()))


ARRESTED = ("arrest", "Police arrested Rudolf Sorel near the mill", "Rudolf Sorel", None)


@pytest.mark.parametrize(
    ("other", "number"),
    [
        (("detain", "Rudolf Sorel was detained near the mill", "Rudolf Sorel", None), 1),
        (("arrest", "Police arrested Anton Weiss near the mill", "Anton Weiss", None), 2),
    ],
)
def test_two_verbs_of_one_act_are_one_event_and_two_named_persons_are_two(other, number):
    assert acts_of(ARRESTED, other) == number


def victims_of(*told):
    """How many events reports of one story make of the same verb done to groups: (words, who)."""
    articles, readings = [], []
    for i, (words, whom) in enumerate(told):
        article = make_article(f"a{i}", f"{words}.\n{STORY}\nReport number {i}.", outlet=f"outlet {i}")
        navy = make_actor(article, "The navy", type="organisation", key="navy")
        victims = make_actor(article, whom, type="group")
        event = make_event(article, words, sources=(navy.id,), recipients=(victims.id,), date=Date.unknown())
        articles.append(article)
        readings.append(make_reading(article, actors=[navy, victims], events=[event]))
    return len(list(compare_pile(MemoryPile(articles, readings)).events()))


@pytest.mark.parametrize(("other", "number"), [("23 raiders", 1), ("40 raiders", 2)])
def test_two_words_for_the_victims_are_one_act_only_with_their_number(other, number):
    told = (("The navy seized 23 pirates", "pirates"), (f"The navy seized {other}", "raiders"))
    assert victims_of(*told) == number


def test_one_act_with_two_days_of_their_own_is_two():
    first = (*ARRESTED[:3], "1962-10-03")
    second = ("detain", "Rudolf Sorel was detained near the mill", "Rudolf Sorel", "1962-10-20")
    assert acts_of(first, second) == 2


def test_the_trees_know_every_sign():
    assert load_scorer().arrays["feature"].max() < len(SIGNS)
