"""Measures: kinds, amounts and conditions."""

from __future__ import annotations

import pytest

from tests.readers.event_reading import read

KINDS = [
    ("France imposed sanctions on Iran.", "sanction", "happened"),
    ("France withdrew its troops from Mali.", "withdrawal", "happened"),
    ("France deployed troops along the border with Spain.", "deployment", "happened"),
    ("Russia annexed Crimea on Tuesday.", "seizure", "happened"),
    ("France recognised the independence of Kosovo.", "recognition", "happened"),
    ("France expelled two diplomats from Iran.", "expulsion", "happened"),
    ("France promised to send aid to Mali.", "aid", "planned"),
    ("France threatened to impose sanctions on Iran.", "sanction", "hypothetical"),
]


@pytest.mark.parametrize(("text", "kind", "status"), KINDS)
def test_kind_and_status_follow_the_event(text: str, kind: str, status: str) -> None:
    assert [(m.kind, m.status) for m in read(text).reading.measures] == [(kind, status)]


def test_amount_is_the_figure_of_the_same_clause() -> None:
    result = read("Norway gave Malawi a loan of 20 million dollars.")
    [measure] = result.reading.measures
    figures = {f.id: f for f in result.reading.figures}
    assert measure.amount is not None
    assert figures[measure.amount].low == 20_000_000


def test_condition_is_cited_with_its_marker() -> None:
    result = read("Norway promised to send aid to Malawi if the government holds elections.")
    [measure] = result.reading.measures
    assert measure.condition is not None
    assert result.words(measure.condition) == "if the government holds elections"


BY_VERB = [
    ("Turkey has shut the pipelines.", "blockade", "happened"),
    ("Japan froze Iraqi assets.", "sanction", "happened"),
    ("Georgia and Russia signed a ceasefire.", "ceasefire", "happened"),
    ("Russia is to withdraw to its old positions.", "withdrawal", "planned"),
    ("The Pentagon flew two planeloads of medicine to Tbilisi.", "aid", "happened"),
    ("Syria halted sales of oil to France.", "suspension", "happened"),
    ("France banned imports from Argentina on Monday.", "sanction", "happened"),
    ("Britain has enforced an exclusion zone around the islands.", "blockade", "happened"),
    ("Egypt requisitioned three dozen merchant ships.", "seizure", "happened"),
    ("Canada offered to send a battalion to Cyprus.", "deployment", "planned"),
    ("The French navy boarded a freighter on Friday.", "boarding", "happened"),
    ("Iran will dismantle its missiles.", "disarmament", "planned"),
    ("The border was closed on Monday.", "blockade", "happened"),
    ("France is ready to send troops to the new force.", "deployment", "planned"),
    ("France ordered its forces in Mali back to their bases.", "withdrawal", "happened"),
    ("The rebels seized 120 French soldiers.", "detention", "happened"),
    ("The rebels let 130 French soldiers go.", "release", "happened"),
    ("Mali put 1,000 soldiers on standby.", "alert", "happened"),
    ("France threatened to pull out its 3,800 men.", "withdrawal", "hypothetical"),
    ("Chad offered to suspend the sanctions.", "easing", "planned"),
    ("Norway said on Friday that it would waive the embargo.", "easing", "planned"),
    ("Russia will hold firing exercises off Cyprus.", "exercise", "planned"),
    ("Turkey and Egypt announced naval exercises.", "exercise", "planned"),
    ("Turkey broke off the talks with Egypt.", "suspension", "happened"),
    ("The Security Council voted to authorise a force of 12,500 men.", "deployment", "planned"),
    (
        "The Security Council voted on Monday, by 13 to none, to authorise a new force of soldiers.",
        "deployment",
        "planned",
    ),
    ("Two French warships docked in Crete.", "deployment", "happened"),
]


@pytest.mark.parametrize(("text", "kind", "status"), BY_VERB)
def test_verb_and_object_give_the_kind(text: str, kind: str, status: str) -> None:
    found = [(m.kind, m.status) for m in read(text).reading.measures]
    current = ("happened", "ongoing")
    assert [(k, "happened" if s in current else s) for k, s in found] == [(kind, status)]


NONE = [
    "A hostile crowd besieged a French envoy in a cafe.",
    "France is divided over whether to extend the embargo.",
    "A reporter asked whether Russia would send troops to Mali.",
    "France urged Chad to dismantle its missiles.",
    "Schools in Springfield held a shelter drill.",
    "Every weapon sent to the island was old.",
    "The minister knows how to seize the moment.",
]


@pytest.mark.parametrize("text", NONE)
def test_what_nobody_did_or_promised_is_no_measure(text: str) -> None:
    assert [(m.kind, m.status) for m in read(text).reading.measures] == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Egypt must close the border, reduce its ties with Iran and pay compensation.", []),
        ("Egypt accused Qatar of it and shut its border to Qatar.", ["blockade"]),
        ("Iran shipped four planeloads of vegetables to Qatar.", ["aid"]),
        ("Diplomatic relations will be restored at once.", ["easing"]),
    ],
)
def test_what_must_be_done_is_not_done(text: str, kinds: list[str]) -> None:
    told = [m.kind for m in read(text).reading.measures if m.status in ("happened", "ongoing", "planned")]
    assert told == kinds


def test_soldiers_sent_to_a_base_do_not_go_home() -> None:
    [measure] = read("Turkey sent more soldiers to a base in Qatar.").reading.measures
    assert measure.kind == "deployment"
