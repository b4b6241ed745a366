"""The timeline: what is planned without a day, and which days matter."""

from __future__ import annotations

import datetime as dt

from detente.compare import MemoryPile, compare_pile
from detente.record import Date
from detente.store.rows import id_of, row_of
from tests.compare.builders import make_actor, make_article, make_event, make_meeting, make_reading

WORDS = "Ada Lind and Boris Tarn will meet in Vesta."


def planned_pile(*days: str, date: Date | None = None, status: str = "planned"):
    """One report a day, each telling one meeting of the same two in the same words."""
    articles, readings = [], []
    for n, day in enumerate(days):
        article = make_article(
            f"a{n}", f"{WORDS}\nThe weather of paper {n} was fair.", day=day, outlet=f"o{n}"
        )
        pair = [make_actor(article, name, key=f"person:{name}") for name in ("Ada Lind", "Boris Tarn")]
        people = tuple(a.id for a in pair)
        told = date or Date.day(dt.date.fromisoformat(day), basis="published")
        meeting = make_meeting(article, WORDS, people, date=told, place="Vesta", status=status)
        articles.append(article)
        readings.append(make_reading(article, actors=pair, meetings=[meeting]))
    return compare_pile(MemoryPile(articles, readings))


def test_a_plan_without_a_day_is_some_day_after_it_was_first_told() -> None:
    [meeting] = planned_pile("2014-03-06", "2014-03-05").meetings()
    assert meeting.date == Date.after(dt.date(2014, 3, 5), basis="published")


def test_a_plan_with_a_day_keeps_it() -> None:
    day = Date.day(dt.date(2014, 3, 9), basis="stated")
    [meeting] = planned_pile("2014-03-05", date=day).meetings()
    assert meeting.date == day


def test_what_was_held_keeps_the_day_of_publication() -> None:
    [meeting] = planned_pile("2014-03-05", status="held").meetings()
    assert (meeting.date.from_, meeting.date.basis) == ("2014-03-05", "published")


def test_a_plan_without_a_day_is_an_entry_behind_the_day_it_was_told() -> None:
    days = [id_of(day) for day in planned_pile("2014-03-05").timeline()]
    assert days == ["tl-after-2014-03-05"]


def test_what_may_be_any_day_after_one_sorts_behind_that_day() -> None:
    article = make_article("a", "They met.", day="2014-03-05")
    first = make_event(article, "They met.")
    then = make_event(article, "They met.", date=Date.after(dt.date(2014, 3, 5), basis="published"))
    later = make_event(article, "They met.", date=Date.day(dt.date(2014, 3, 6), basis="stated"))
    assert row_of(first).sort < row_of(then).sort < row_of(later).sort
    assert row_of(then).first_day == "2014-03-05"
