"""Acts that name no doer, orders to one's own arms, and words that look like other acts."""

from __future__ import annotations

import datetime as dt

import pytest

from detente.record import Date
from tests.readers.event_reading import read

CODED = [
    ("A French reconnaissance plane was shot down over northern Chad.", "ASSAULT", "happened"),
    ("The blockade of Yemen was lifted on Monday.", "RETREAT", "happened"),
    ("The garrison at Aden had been reinforced with three battalions.", "MOBILIZE", "happened"),
    ("The blockade takes effect this morning.", "COERCE", "ongoing"),
    ("France declared a quarantine of Libya.", "COERCE", "happened"),
    ("France ordered its navy to put Libya under blockade.", "COERCE", "happened"),
    ("Sailors from two French destroyers boarded the freighter Alma.", "COERCE", "happened"),
    ("Egypt called 90,000 men and women to arms.", "MOBILIZE", "happened"),
    ("Egypt called up 12 squadrons of reserve aircraft.", "MOBILIZE", "happened"),
    ("Iran called the blockade an act of war.", "ACCUSE", "happened"),
    ("The French and British delegates clashed before the Security Council.", "ACCUSE", "happened"),
    ("France expressed regret.", "CONCEDE", "happened"),
    ("Uruguay abstained.", "REJECT", "happened"),
    ("Iran vowed that no inspector would enter the country.", "REJECT", "happened"),
    ("France stood with Britain.", "SUPPORT", "happened"),
    ("The French envoy had to leave after being stopped by armed men.", "COERCE", "happened"),
    ("The defence minister of Chad said the navy would use force.", "THREATEN", "happened"),
    ("GENEVA -- French exiles on Sunday denounced the pledge.", "ACCUSE", "happened"),
]


@pytest.mark.parametrize(("text", "kind", "status"), CODED)
def test_plain_acts_code(text: str, kind: str, status: str) -> None:
    assert read(text).event(kind).status == status


def test_hailed_ship_is_not_praised() -> None:
    assert read("A French destroyer hailed the tanker on Thursday.").reading.events == []


def test_call_to_arms_is_no_phone_call() -> None:
    assert read("Egypt called 90,000 men and women to arms.").reading.meetings == []


def test_letter_is_no_meeting() -> None:
    result = read("Nicolas Sarkozy answered Angela Merkel's letter on Monday.")
    assert result.event("CONSULT")
    assert result.reading.meetings == []


def test_last_resort_is_no_threat() -> None:
    events = read("President Obama said he would use force only as a last resort.").reading.events
    assert [e.status for e in events if e.type in ("THREATEN", "ASSAULT")] == ["hypothetical"]


def test_later_mention_of_the_one_blockade_keeps_its_parties() -> None:
    result = read("France imposed a blockade of Libya.\nThe blockade was lifted on Monday.")
    lifted = result.event("RETREAT")
    assert (result.names(lifted.sources), result.names(lifted.recipients)) == (["France"], ["Libya"])


def test_the_pair_are_the_two_just_named() -> None:
    result = read("John Kerry and Sergei Lavrov met on Monday. The pair met last week in The Hague.")
    assert len(result.reading.meetings) == 2


def test_bare_verb_in_a_list_of_demands_has_not_happened() -> None:
    found = read(
        "France is pushing for Libya to return troops to barracks, accept foreign monitors in the ports "
        "and negotiate a solution to the crisis."
    )
    assert "happened" not in {e.status for e in found.reading.events if e.type == "CONSULT"}
    assert [m.status for m in found.reading.meetings if m.status == "held"] == []


def test_clause_with_as_is_taken_for_granted() -> None:
    found = read("There was no sign that Libya was pulling back its troops, as France has demanded.")
    assert found.event("REQUEST").status == "happened"


def test_coordinated_passive_has_its_own_doer() -> None:
    found = read(
        "The French envoy had to leave after being stopped by armed men and besieged by a hostile crowd."
    )
    doers = {e.lemma: e.sources for e in found.reading.events if e.type == "COERCE"}
    names = {a.id: a.name for a in found.reading.actors}
    assert "crowd" in names[doers["besiege"][0]]


FILLER = "Talks went on.\nNobody left.\nIt rained.\n"
BY = [
    "France is not planning to invade Chad after its annexation of Fezzan.",
    "France bombed Chad. The soldiers who have seized the Libyan airport are French.",
    FILLER + "France and Germany have imposed sanctions on Libya.",
    FILLER + "Libya left Fezzan, the region that France annexed.",
]
TODAY = ["France has seized the Libyan airport.", FILLER + "France seized the Libyan airport."]


@pytest.mark.parametrize("text", BY)
def test_what_is_told_as_done_before_was_done_by_the_day_of_the_report(text: str) -> None:
    event = next(e for e in read(text).reading.events if e.type in ("COERCE", "SANCTION"))
    assert event.date == Date.by(dt.date(2014, 3, 5), basis="published")


@pytest.mark.parametrize("text", TODAY)
def test_the_news_of_a_report_without_a_day_takes_the_day_of_publication(text: str) -> None:
    date = read(text).event("COERCE").date
    assert (date.from_, date.basis) == ("2014-03-05", "published")


def test_an_undated_report_leaves_open_by_which_day_an_act_was_done() -> None:
    assert read(BY[0], published=None).event("COERCE").date == Date.by(None, basis="published")


TO_COME = [
    "France and Libya planned parallel talks in Geneva.",
    "Angela Merkel will speak at a conference on Chad attended by France and Italy.",
    "Angela Merkel said she would attend a meeting in Paris with Libya.",
]


@pytest.mark.parametrize("text", TO_COME)
def test_a_meeting_to_come_is_planned_however_it_is_told(text: str) -> None:
    assert {e.status for e in read(text).reading.events} == {"planned"}


def test_a_conference_at_which_something_was_done_was_held() -> None:
    result = read("Angela Merkel spoke at a conference on Chad attended by France and Italy.")
    assert "happened" in {e.status for e in result.reading.events if e.lemma == "attend"}


def test_what_two_did_several_times_is_none_of_the_times() -> None:
    text = "Angela Merkel and Sergei Lavrov have met several times. Merkel met Lavrov last week in The Hague."
    met = [e for e in read(text).reading.events if e.lemma == "meet"]
    assert [(len(e.evidence), e.date.known) for e in met] == [(1, False), (1, True)]
