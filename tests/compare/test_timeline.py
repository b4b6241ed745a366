"""The timeline: what is planned without a day, and which days matter."""

from __future__ import annotations

import datetime as dt

from detente.compare import MemoryPile, compare_pile
from detente.compare.timeline import choose_entries, rank_days
from detente.compare.told_dates import find_days
from detente.record import Date, Event
from detente.report.view import date_label
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


def done_before(day: str = "2014-03-05") -> Date:
    return Date.by(dt.date.fromisoformat(day), basis="published")


def test_what_was_done_by_a_day_sorts_behind_that_day_and_before_what_may_come_after() -> None:
    article = make_article("a", "They met.", day="2014-03-05")
    first = make_event(article, "They met.")
    before = make_event(article, "They met.", date=done_before())
    then = make_event(article, "They met.", date=Date.after(dt.date(2014, 3, 5), basis="published"))
    assert row_of(first).sort < row_of(before).sort < row_of(then).sort
    assert (row_of(before).first_day, date_label(before.date)) == ("2014-03-05", "by 5 March 2014")


def acts_by(*dates: Date) -> list[Event]:
    """The events that reports of one text tell, one of each date."""
    articles, readings = [], []
    for i, date in enumerate(dates):
        article = make_article(f"a{i}", WORDS, day=f"2014-03-{5 + i:02d}", outlet=f"outlet {i}")
        actor = make_actor(article, "Ada Lind")
        articles.append(article)
        event = make_event(article, WORDS.rstrip("."), sources=(actor.id,), date=date)
        readings.append(make_reading(article, actors=[actor], events=[event]))
    return list(compare_pile(MemoryPile(articles, readings)).events())


def test_an_act_told_as_done_before_is_the_dated_act_of_another_report() -> None:
    [event] = acts_by(Date.day(dt.date(2014, 3, 3), basis="stated"), done_before("2014-03-06"))
    assert event.date.from_ == "2014-03-03"


def test_an_act_told_as_done_before_is_none_of_a_later_day() -> None:
    assert len(acts_by(done_before("2014-03-05"), Date.day(dt.date(2014, 3, 9), basis="stated"))) == 2


def test_what_several_tell_as_done_before_was_done_by_the_first_of_their_days() -> None:
    [event] = acts_by(done_before("2014-03-05"), done_before("2014-03-06"))
    assert event.date == done_before("2014-03-05")


def test_an_act_done_by_a_day_is_an_entry_of_its_own() -> None:
    article = make_article("a", WORDS, day="2014-03-05")
    event = make_event(article, WORDS, date=done_before())
    pile = MemoryPile([article], [make_reading(article, events=[event])])
    assert [id_of(day) for day in compare_pile(pile).timeline()] == ["tl-by-2014-03-05"]


def test_the_days_that_most_reports_name_matter_most() -> None:
    articles = [
        make_article("a", "It began on March 3. It went on.", day="2014-03-05"),
        make_article("b", "What began on March 3 is over.", day="2014-03-06"),
    ]
    assert rank_days(find_days(articles)) == ["2014-03-03", "2014-03-05", "2014-03-06"]


def test_a_day_of_the_timeline_bears_its_weight_and_a_range_less() -> None:
    article = make_article("a", "They fought on March 3. They fought on.", day="2014-03-05")
    first = Date.day(dt.date(2014, 3, 3), basis="stated")
    both = Date("2014-03-03", "2014-03-04", "day", "stated")
    events = [
        make_event(article, "They fought on March 3.", date=first),
        make_event(article, "They fought on.", date=both, type="RETREAT"),
    ]
    days = list(compare_pile(MemoryPile([article], [make_reading(article, events=events)])).timeline())
    weights = {day.date.to: day.weight for day in days}
    assert weights["2014-03-03"] > weights["2014-03-04"] > 0


def test_what_matters_takes_one_of_each_day_before_a_second_of_any() -> None:
    article = make_article("a", "One. Two. Three.", day="2014-03-05")
    one, two, three = (make_event(article, words) for words in ("One.", "Two.", "Three."))
    days = [(5.0, [one, two]), (1.0, [three])]
    assert three.id in choose_entries(days, most=2)
    assert choose_entries(days, most=3) == {one.id, two.id, three.id}
