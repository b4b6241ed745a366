"""Positions: stance, party, addressee, and who reports them."""

from __future__ import annotations

import pytest

from tests.readers.event_reading import read

STANCES = [
    ("Kerry demanded the withdrawal of the troops.", "demands"),
    ("France is pushing for a ceasefire.", "demands"),
    ("France proposed a conference on the border.", "proposes"),
    ("France offered Chad a loan.", "offers"),
    ("France rejected the proposal.", "rejects"),
    ("France ruled out direct talks.", "rejects"),
    ("France refused to withdraw its troops.", "refuses"),
    ("France does not want direct talks with Chad.", "rejects"),
    ("France would like to see new elections.", "demands"),
    ("French officials are wary of new sanctions.", "wary"),
    ("France supports the peace plan.", "supports"),
    ("France is ready to negotiate a settlement.", "open"),
]


@pytest.mark.parametrize(("text", "stance"), STANCES)
def test_stance_words_give_the_stance(text: str, stance: str) -> None:
    assert [p.stance for p in read(text).reading.positions] == [stance]


def test_each_coordinated_demand_is_a_position() -> None:
    result = read("France is pressing Russia to release the sailors, accept monitors and return the ships.")
    issues = {i.id: i for i in result.reading.issues}
    labels = [issues[p.issue].label for p in result.reading.positions]
    assert len(labels) == 3
    assert [label.split()[0] for label in labels] == ["release", "monitors", "return"]


def test_addressee_is_who_should_act() -> None:
    result = read("France urged Russia to release the sailors.")
    [position] = result.reading.positions
    assert result.names(position.addressees) == ["Russia"]


def test_reported_position_stays_with_who_reports_it() -> None:
    result = read("Ukraine said that Russia demanded a federation.")
    positions = [p for p in result.reading.positions if result.names(p.parties) == ["Russia"]]
    assert positions
    assert all(p.asserted_by != ("narrator",) for p in positions)


def test_possible_demand_is_no_position() -> None:
    assert read("France could demand a ceasefire.").reading.positions == []


def test_keywords_name_the_issue() -> None:
    result = read("France urged Russia to withdraw its troops.")
    [issue] = result.reading.issues
    assert {"withdraw", "troop"} <= set(issue.keywords)
