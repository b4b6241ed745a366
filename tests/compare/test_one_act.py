"""One meeting told in two ways, and measures that are one because their events are."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from detente.compare import MemoryPile, compare_pile
from detente.readers.measures import measure_id
from detente.record import Date, Measure
from tests.compare.builders import make_actor, make_article, make_event, make_reading

MET = ("met", "Adams and Sokolov met at the lakeside villa.", "040", 5)
TALKED = ("talk", "Adams and Sokolov held talks for four hours.", "046", 5)
CALLED = ("call", "Adams and Sokolov spoke on the telephone.", "041", 5)
MET_LATER = ("meet", "Adams and Sokolov were at it again.", "040", 9)
ANSWERED = ("answer", "Adams and Sokolov answered notes.", "047", 5)


@pytest.mark.parametrize(
    ("other", "number"), [(TALKED, 1), (CALLED, 2), (MET_LATER, 2), (ANSWERED, 2)], ids=lambda x: str(x)[:12]
)
def test_two_who_meet_on_one_day_meet_once_whatever_the_verb_but_a_call_is_no_meeting(other, number):
    articles, readings = [], []
    for i, (lemma, words, cameo, day) in enumerate((MET, other)):
        article = make_article(f"a{i}", f"{words}\nReport {i}.", day=f"1962-10-{day:02d}", outlet=f"o{i}")
        two = [make_actor(article, name, key=name) for name in ("Adams", "Sokolov")]
        date = Date.day(dt.date(1962, 10, day), basis="stated")
        event = make_event(
            article, words, type="CONSULT", lemma=lemma, sources=tuple(a.id for a in two), date=date
        )
        articles.append(article)
        readings.append(make_reading(article, actors=two, events=[dataclasses.replace(event, cameo=cameo)]))
    assert len(list(compare_pile(MemoryPile(articles, readings)).events())) == number


@pytest.mark.parametrize(("kinds", "number"), [(("seizure", "seizure"), 1), (("seizure", "aid"), 2)])
def test_measures_of_one_kind_are_one_where_their_events_are_one(kinds, number):
    articles, readings = [], []
    for i, kind in enumerate(kinds):
        words = "The fleet seized the island of Marrow"
        article = make_article(f"a{i}", f"{words}.\nReport {i}.", day="1962-10-05", outlet=f"o{i}")
        fleet = make_actor(article, "The fleet", type="group")
        event = make_event(article, words, sources=(fleet.id,))
        measure = Measure(
            measure_id(event.id, kind), kind, (), (), None, None, "happened", Date.unknown(), event.evidence
        )  # fmt: skip
        articles.append(article)
        readings.append(make_reading(article, actors=[fleet], events=[event], measures=[measure]))
    assert len(list(compare_pile(MemoryPile(articles, readings)).measures())) == number
