"""Who did it and to whom, where grammar or the nature of the act tells."""

from __future__ import annotations

import pytest

from tests.readers.event_reading import Read, read

ACT = tuple[set[str | None], set[str | None]]


def parties(result: Read, kind: str) -> ACT:
    """Countries of the sources and of the recipients of the first event of a type."""
    event = result.event(kind)
    return result.countries(event.sources), result.countries(event.recipients)


PARTIES = [
    # the judged act is its doer's, never its victim's
    ("France condemned Israel's raid on Lebanon.", "ACCUSE", {"FRA"}, {"ISR"}),
    ("France condemned the annexation of Kuwait by Iraq.", "ACCUSE", {"FRA"}, {"IRQ"}),
    ("France condemned the killing of Egyptians.", "ACCUSE", {"FRA"}, set()),
    ("Iraq began its annexation of Kuwait that France has condemned.", "ACCUSE", {"FRA"}, {"IRQ"}),
    # a clause belongs to the verb of its own form
    ("France is pushing for Mali to hold elections, accept monitors in Chad and disarm.", "REQUEST", {"FRA"},
     {"MLI"}),
    ("Chad warned that the French blockade could lead to war and rejected inspections.", "REJECT", {"TCD"},
     set()),
    # a people by descent is not the state of that name
    ("Serb forces killed three ethnic Albanians in southern Serbia.", "ASSAULT", {"SRB"}, {"SRB"}),
    # its: the owner beside, or the clause's subject
    ("Paris condemned Chad's attack on Libya and its bombing of Egypt.", "ASSAULT", {"TCD"}, {"EGY"}),
    # a force is whose leads it
    ("Vietnamese-led forces attacked Thai soldiers.", "ASSAULT", {"VNM"}, {"THA"}),
    # the police of a place are its state's
    ("A Canadian missionary was arrested in Lebanon.", "COERCE", {"LBN"}, {"CAN"}),
    # a letter has one who writes it and one who gets it
    ("France handed a note to Germany.", "CONSULT", {"FRA"}, {"DEU"}),
    # a meeting on third ground has no host
    ("Chad and Libya sent no word but Chadian and Libyan envoys returned to Geneva for talks.", "CONSULT",
     {"TCD", "LBY"}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "sources", "recipients"), PARTIES)
def test_parties_of_an_act(text: str, kind: str, sources: set[str], recipients: set[str]) -> None:
    assert parties(read(text), kind) == (sources, recipients)


def test_defending_ones_own_state_is_no_support() -> None:
    events = read("President Francois Hollande defended France's actions in Mali.").reading.events
    assert [e for e in events if e.type == "SUPPORT"] == []


def test_a_state_does_not_refuse_itself() -> None:
    result = read("President Francois Hollande vowed that no inspector would ever enter France.")
    assert result.event("REJECT").recipients == ()


def test_a_ships_name_is_no_place() -> None:
    events = read("A French patrol boarded the tanker Bucharest.").reading.events
    assert [e.recipients for e in events] == [()]


def test_the_west_is_at_home_in_no_country() -> None:
    result = read("The West is pushing for Russia to leave Moldova.")
    assert result.countries(result.event("REQUEST").sources) == {None}


def test_each_minister_of_a_list_of_countries_stands_for_it() -> None:
    result = read("The foreign ministers of Chad, Libya and Mali met in Paris.")
    kinds = [result.actors.actors[a].type for a in result.event("CONSULT").sources]
    assert kinds == ["person"] * 3


def test_a_vote_to_condemn_is_the_condemnation() -> None:
    assert read("Parliament in Paris voted to condemn Chad.").event("ACCUSE").status == "happened"


def test_one_who_was_briefed_has_met_nobody_we_know() -> None:
    assert read("A French official who was briefed on the plan left.").reading.events == []


HOMES = [
    ("Ethnic Albanians in southern Serbia are demanding a French military presence.", "REQUEST", {"SRB"}),
    ("Guerrillas operating in Chad attacked French soldiers near Libya.", "ASSAULT", {"TCD"}),
    ("Iraqi Kurds demonstrated in Kirkuk.", "PROTEST", {"IRQ"}),
    ("Croatian Serb rebels attacked French soldiers.", "ASSAULT", {"HRV"}),
    ("Sunnis in Iraq have demanded new elections.", "REQUEST", {"IRQ"}),
]


@pytest.mark.parametrize(("text", "kind", "sources"), HOMES)
def test_home_of_a_group(text: str, kind: str, sources: set[str]) -> None:
    assert parties(read(text), kind)[0] == sources


def test_order_to_a_newspaper_to_close_is_the_deed() -> None:
    assert (
        read("Chad ordered the newspaper Le Temps to suspend publication.").event("COERCE").mode == "censor"
    )


def test_curfew_is_on_the_place_where_it_was_imposed() -> None:
    result = read("President Idriss Deby shortened the curfew imposed in Libya.")
    assert result.countries(result.event("RETREAT").recipients) == {"LBY"}


def test_call_for_talks_is_no_phone_call() -> None:
    result = read("France rejected a call for troops to be sent to Chad.")
    assert (result.event("REJECT").mode, parties(result, "REJECT")[1]) == (None, {"TCD"})


def test_diplomats_of_a_continent_are_of_no_one_country() -> None:
    result = read("African diplomats met reporters at the embassy of Morocco.")
    assert {a.country for a in result.actors.actors.values() if "diplomats" in a.name} == {None}


def test_a_refusal_answers_the_request_before_it() -> None:
    result = read("Chad urged France to send troops to Mali on Monday. France refused.")
    assert parties(result, "REJECT") == ({"FRA"}, {"TCD"})


def test_an_acceptance_of_the_proposal_answers_who_made_it() -> None:
    result = read("Chad urged France to join talks on a truce. France accepted the proposal at once.")
    assert parties(result, "AGREE") == ({"FRA"}, {"TCD"})


def test_a_refusal_of_another_matter_answers_nobody() -> None:
    result = read("Chad urged Libya to send troops to Mali on Monday. France refused.")
    assert parties(result, "REJECT") == ({"FRA"}, set())


SAID = [
    ("France said Chad had deceived its allies.", "ACCUSE", {"FRA"}, {"TCD"}),
    ("France said Chad was responsible for the shelling of Bangui.", "ACCUSE", {"FRA"}, {"TCD"}),
    ("France said Chad's blockade of Libya was an act of war.", "ACCUSE", {"FRA"}, {"TCD"}),
    ("France warned that Chad's blockade of Libya could lead to war.", "THREATEN", {"FRA"}, {"TCD"}),
    ("Chad warned that it would no longer tolerate raids from Libya.", "THREATEN", {"TCD"}, {"LBY"}),
    ("France insisted that Chad had to leave Libya.", "REQUEST", {"FRA"}, {"TCD"}),
    ("The president of Chad proposed a meeting with Angela Merkel.", "AGREE", {"TCD"}, {"DEU"}),
    ("Chad's foreign minister will travel to Brussels for a meeting of NATO ministers.", "AGREE", {"TCD"}, {"IGO"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "sources", "recipients"), SAID)
def test_what_saying_does(text: str, kind: str, sources: set[str], recipients: set[str]) -> None:
    assert parties(read(text), kind) == (sources, recipients)


NOTHING = [
    "A diplomat who works with the French mission left.",
    "Schools in France held a drill.",
    "A French destroyer hailed it on Thursday.",
    "Two French officers, who asked not to be named, left.",
    "France said Chad was not responsible.",
    "France said the harvest was good.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_act_at_all(text: str) -> None:
    assert read(text).reading.events == []


def test_a_demand_about_a_states_law_names_no_addressee() -> None:
    result = read("French officials insist that any changes to Chad's law must be acceptable to Libya.")
    assert result.event("REQUEST").recipients == ()


def test_a_demand_in_a_letter_reaches_who_is_to_act() -> None:
    result = read("Chad demanded in a public letter that France take its missiles out of Libya.")
    assert parties(result, "REQUEST") == ({"TCD"}, {"FRA"})


STATUS = [
    ("Chad's launchers are being dismantled.", "ongoing"),
    ("France announced that ships bound for Chad would be turned back.", "planned"),
    ("The envoy left after being stopped by French soldiers.", "happened"),
]


@pytest.mark.parametrize(("text", "status"), STATUS)
def test_status_of_a_passive(text: str, status: str) -> None:
    assert read(text).reading.events[0].status == status


def test_not_ruling_out_is_no_refusal() -> None:
    assert read("France did not rule out sanctions.").reading.events == []


def test_what_a_minister_would_order_is_no_request() -> None:
    events = read("France told Chad that if its ships were stopped it would order a raid.").reading.events
    assert [e for e in events if e.type == "REQUEST"] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Geir Hallgrimsson held talks with his British counterpart.", "Geir Hallgrimsson"),
        ("Roy Hattersley summoned the Icelandic ambassador.", "Roy Hattersley"),
        ("The cabinet met on Tuesday to consider the British paper.", "cabinet"),
    ],
)
def test_whom_one_deals_with_is_not_ones_home(text: str, name: str) -> None:
    actors = read(text).reading.actors
    assert [a.country for a in actors if a.name == name] == [None]


def test_both_sides_of_three_states_stay_open() -> None:
    text = "Norway met Iceland and Britain, and America welcomed it. Kerry called on both sides to wait."
    assert [e.recipients for e in read(text).reading.events if e.type == "REQUEST"] == [()]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gazprom chief engineer Boris Titov was arrested in Kiev on Monday.", "Boris Titov"),
        ("Harbour Rovers wide receiver Vincent Moss was arrested on Tuesday.", "Vincent Moss"),
        ("Soldiers detained Harbour Union deputy chairman Karim Sadeghi.", "Karim Sadeghi"),
    ],
)
def test_who_is_arrested_is_the_one_named_and_not_whom_he_works_for(text: str, name: str) -> None:
    result = read(text)
    assert result.names(result.event("COERCE").recipients) == [name]
