"""What the parse gets wrong and grammar puts right, seen through what is coded."""

from __future__ import annotations

import pytest

from tests.readers.event_reading import read

CODED = [
    (
        "THE HAGUE, Netherlands -- A Chadian prosecutor has charged a French minister.",
        "ACCUSE",
        {"TCD"},
        {"FRA"},
    ),
    (
        "Mali: Since January, the French government has charged a Chadian minister.",
        "ACCUSE",
        {"FRA"},
        None,
    ),
    ("France said it would allow Chadian monitors to return.", "CONCEDE", {"FRA"}, {"TCD"}),
    ("France refused the Chadian government to extend the mandate.", "REJECT", {"FRA"}, {"TCD"}),
    ("France called for sanctions against Chad, Libya and the Malian army.", "REQUEST", {"FRA"}, None),
    ("France rejected an offer made by Chad.", "REJECT", {"FRA"}, {"TCD"}),
    ("French troops have begun leaving Chad.", "RETREAT", {"FRA"}, {"TCD"}),
    ("President Francois Hollande ordered air strikes on Libya.", "ASSAULT", {"FRA"}, {"LBY"}),
    ("Chad pledged full support for France.", "SUPPORT", {"TCD"}, {"FRA"}),
    ("Chad gave France a May 15 deadline.", "THREATEN", {"TCD"}, {"FRA"}),
    ("The Chadian army captured Tripoli.", "COERCE", {"TCD"}, {"LBY"}),
    ("Chad returned 12 skulls to France.", "RETREAT", {"TCD"}, {"FRA"}),
    ("Jets forced a Chadian plane to land.", "COERCE", None, {"TCD"}),
]


@pytest.mark.parametrize(("text", "kind", "sources", "recipients"), CODED)
def test_parties(text: str, kind: str, sources: set[str] | None, recipients: set[str] | None) -> None:
    result = read(text)
    event = result.event(kind)
    if sources is not None:
        assert result.countries(event.sources) == sources
    if recipients is not None:
        assert result.countries(event.recipients) == recipients


def test_opponents_of_a_state_are_not_the_state() -> None:
    result = read("Opponents of the French government clashed with police.")
    sources = [a for event in result.reading.events for a in event.sources]
    assert "state" not in {result.actors.actors[a].type for a in sources}


def test_forces_ordered_back_to_base_are_no_mobilisation() -> None:
    kinds = [e.type for e in read("France ordered its troops back to their bases.").reading.events]
    assert "MOBILIZE" not in kinds


def test_a_state_that_cannot_order_troops_back_refuses() -> None:
    assert (
        read("France said it could not order its troops back to their bases.").event("REJECT").mode == "yield"
    )


def test_a_storm_gets_no_aid() -> None:
    result = read("France provided an additional $2 million to Fiji in response to Cyclone Yasa.")
    assert result.countries(result.event("AID").recipients) == {"FJI"}


def test_a_full_name_with_its_initial_means_that_one() -> None:
    result = read("George W. Bush met Jacques Chirac.", None)
    assert "George W. Bush" in result.names(result.event("CONSULT").sources)


MORE = [
    ("President Francois Hollande called Ethiopian President Sahle Work Zawde on Friday.", "CONSULT", {"FRA", "ETH"}, set()),
    ("KABUL (Reuters): President Ashraf Ghani has held a meeting with French envoys.", "CONSULT", {"AFG", "FRA"}, set()),
    ("The Taliban has said it will not begin talks with the French government.", "REJECT", {"AFG"}, {"FRA"}),
    ("Anti-war groups called on workers and activists to march on Paris.", "REQUEST", {"FRA"}, {"FRA"}),
    ("Refugees from Chad have sought refuge in Libya.", "REQUEST", {"TCD"}, {"LBY"}),
    ("A private letter from Angela Merkel reached the French government on Friday.", "CONSULT", {"DEU"}, {"FRA"}),
    ("The European Commission has launched legal action against Poland.", "ACCUSE", {"EUR"}, {"POL"}),
    ("A French delegation offered scathing criticism of Chad.", "ACCUSE", {"FRA"}, {"TCD"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "sources", "recipients"), MORE)
def test_parties_again(text: str, kind: str, sources: set[str], recipients: set[str]) -> None:
    result = read(text)
    event = result.event(kind)
    assert (result.countries(event.sources), result.countries(event.recipients)) == (sources, recipients)


def test_a_clause_on_a_government_is_about_that_government() -> None:
    result = read("The envoy of Chad met a member of a government Libya has described as illegitimate.")
    sources = result.event("ACCUSE").sources
    assert result.countries(sources) == {"LBY"}


def test_the_west_can_be_accused_of_something() -> None:
    result = read("Chad accused the West of hypocrisy.")
    assert result.names(result.event("ACCUSE").recipients) == ["the West"]


def test_a_condemned_annexation_is_not_the_annexed_ones() -> None:
    text = "Iraq will not leave after its annexation of Kuwait that the West has condemned as illegal."
    result = read(text)
    assert "Kuwait" not in result.names(result.event("ACCUSE").recipients)
