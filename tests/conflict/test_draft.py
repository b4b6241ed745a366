"""A draft proposes parties, options and statements with their words, and says what it left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from detente.conflict.citations import check_citations
from detente.conflict.draft import Draft, draft_model
from detente.conflict.draftnotes import main_clause
from detente.conflict.graph import ModelError
from detente.conflict.modelfile import parse_model
from detente.conflict.modelwrite import to_toml
from detente.conflict.readings import Readings
from detente.record import Actor, Article, Date, Difference, Event, Measure, Position, Span, Statement

DAY = Date("1990-05-01", "1990-05-01", "day", "stated", None)
TEXT = (
    "Northland demanded that Southland withdraw its troops from the valley. "
    "Southland refused to withdraw its troops from the valley. "
    "Northland imposed sanctions on Southland. "
    "Westland also imposed sanctions on Southland with Northland. "
    "Southland offered to hold direct talks. "
    "Southland massed forces along the river. "
    "Northland threatened an air strike if Southland invades the isles. "
    "Southland said it would like more rain. "
    "Northland ordered a blockade of the port. "
    "Southland should accept international monitors, Northland said. "
    "Northland demands of Northland to withdraw. "
)


@dataclass
class Lists:
    """A record as lists in memory."""

    records: dict[str, list[Any]] = field(default_factory=dict)
    text: str = TEXT

    def layer(self, name: str) -> Iterator[Any]:
        return iter(self.records.get(name, []))

    def article(self, article_id: str) -> Article:
        return Article(
            article_id, "r.txt", self.text, None, "Record", None, None, None, None, DAY, "en", ((0, len(self.text)),),
            (), None, "",
        )  # fmt: skip

    def add(self, layer: str, record: Any) -> None:
        self.records.setdefault(layer, []).append(record)


def span(words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span("r", start, start + len(words))


def actor(name: str, code: str) -> Actor:
    mentions, start = [], TEXT.find(name)
    while start >= 0:
        mentions.append(Span("r", start, start + len(name)))
        start = TEXT.find(name, start + 1)
    return Actor(f"ac-{code}", name, (name,), "state", code, None, (), tuple(mentions))


def position(
    stance: str, party: str, words: str, *, to: Sequence[str] = (), by: Sequence[str] = ("narrator",)
) -> Position:
    return Position(
        f"po-{stance}-{words[:9]}", "is", (f"ac-{party}",), stance, (span(words),), DAY, tuple(by),
        addressees=tuple(f"ac-{code}" for code in to),
    )  # fmt: skip


def measure(
    kind: str, parties: Sequence[str], words: str, *, status: str = "happened", condition: str = ""
) -> Measure:
    return Measure(
        f"me-{words[:9]}", kind, tuple(f"ac-{p}" for p in parties), ("ac-SOU",), None, span(condition) if condition else None,
        status, DAY, (span(words),),
    )  # fmt: skip


@pytest.fixture
def record() -> Lists:
    found = Lists()
    for one in (actor("Northland", "NOR"), actor("Southland", "SOU"), actor("Westland", "WES")):
        found.add("actors", one)
    found.add("positions", position("demands", "NOR", "withdraw its troops from the valley", to=["SOU"]))
    found.add("positions", position("refuses", "SOU", "to withdraw its troops from the valley"))
    found.add(
        "measures",
        measure("sanction", ["NOR", "WES"], "Westland also imposed sanctions on Southland with Northland"),
    )
    found.add("positions", position("offers", "SOU", "hold direct talks"))
    found.add("measures", measure("deployment", ["SOU"], "massed forces along the river"))
    found.add("positions", position("open", "SOU", "would like more rain"))
    found.add(
        "events",
        Event("ev-1", "SANCTION", None, (), None, "plover", ("ac-NOR", "ac-WES"), ("ac-SOU",), DAY, None, "happened", ("narrator",),
              (span("Northland imposed sanctions on Southland"),)),
    )  # fmt: skip
    return found


def holds(draft: Draft, party: str) -> dict[str, int]:
    return {p.holds: p.rank for p in draft.model.preferences if p.party == party}


def test_parties_are_states_and_allies_are_one_party(record):
    model = draft_model(record).model
    assert sorted(p.name for p in model.parties) == ["Northland and Westland", "Southland"]


def test_options_belong_to_those_they_are_asked_of(record):
    model = draft_model(record).model
    assert {o.id: o.owner for o in model.options} == {
        "nor-sanction": "nor", "sou-pull-back": "sou", "sou-direct-talks": "sou",
    }  # fmt: skip


def test_the_present_is_what_acts_show(record):
    """Massed forces are the withdrawal not made, not an option of their own."""
    model = draft_model(record).model
    assert model.taken(model.present) == ("nor-sanction",)
    pull_back = next(o for o in model.options if o.id == "sou-pull-back")
    assert "massed forces along the river" in {c.quote for c in pull_back.support.cite}


def test_demands_and_refusals_come_before_offers_and_acts(record):
    draft = draft_model(record)
    assert holds(draft, "nor") == {"sou-pull-back": 1, "nor-sanction": 2}
    assert holds(draft, "sou") == {"not sou-pull-back": 1, "sou-direct-talks": 2, "not sou-direct-talks": 3}


def test_an_offer_not_carried_out_may_be_held_back(record):
    readings = Readings(draft_model(record).model)
    assert "sou and sou-direct-talks" in readings.claims
    assert readings.verdict(readings.model.present, "nash").word == "some"


def test_every_element_cites_exact_words_or_is_the_analysts(record):
    model = draft_model(record).model
    assert check_citations(model, [record.article("r")]) == []
    assert all(p.support.cite for p in model.preferences)
    assert all(o.support.cite for o in model.options)


def test_what_is_left_out_is_said_with_the_reason(record):
    left = draft_model(record).left_out
    assert any("would like more rain" in line and "no known kind" in line for line in left)
    few = draft_model(record, options=2).left_out
    assert any("beyond the 2 weightiest options" in line for line in few)


def test_a_draft_written_as_toml_reads_back_and_solves(record):
    draft = draft_model(record)
    again = parse_model(to_toml(draft.model, head="\n".join(draft.left_out), places={"r": "Record"}))
    assert [p.holds for p in again.preferences] == [p.holds for p in draft.model.preferences]


def test_a_threat_with_a_condition_is_a_statement_with_that_condition(record):
    record.add(
        "measures",
        measure(
            "attack",
            ["NOR"],
            "an air strike",
            status="hypothetical",
            condition="if Southland invades the isles",
        ),
    )
    record.add("positions", position("rejects", "SOU", "invades the isles"))
    assert "nor-attack if sou-invade" in holds(draft_model(record), "nor")


def test_to_order_ones_own_forces_is_to_act(record):
    record.add("positions", position("demands", "NOR", "ordered a blockade of the port"))
    model = draft_model(record).model
    assert "nor-blockade" in model.taken(model.present)


def test_a_speaker_who_says_what_another_should_do_wants_it(record):
    said = Statement(
        "st-1", ("ac-NOR",), None, None, (span("Southland should accept international monitors"),), "indirect", "assert",
        True, None, DAY, None, (),
    )  # fmt: skip
    record.add("statements", said)
    assert "sou-inspection" in holds(draft_model(record), "nor")


def test_a_demand_on_oneself_is_left_out(record):
    """The words have another speaker than the reader found."""
    record.add("positions", position("demands", "NOR", "to withdraw", to=["NOR"]))
    record.records["positions"][-1] = Position(
        "po-self",
        "is",
        ("ac-NOR",),
        "demands",
        (span("of Northland to withdraw"),),
        DAY,
        ("narrator",),
        addressees=("ac-NOR",),
    )
    assert "nor-pull-back" not in holds(draft_model(record), "nor")


def test_both_sides_of_a_cited_contradiction_are_one_claim(record):
    record.add("positions", position("rejects", "SOU", "direct talks"))
    sides = {
        p.holds: (p.support.claim, p.support.side)
        for p in draft_model(record).model.preferences
        if "talks" in p.holds
    }
    assert sides == {
        "sou-direct-talks": ("sou and sou-direct-talks", "yes"),
        "not sou-direct-talks": ("sou and sou-direct-talks", "no"),
    }


def test_a_record_that_independent_accounts_deny_is_disputed(record):
    record.add(
        "differences", Difference("di-1", "denial", ("po-demands-withdraw ",), (), "high", "open", "denied")
    )
    statement = next(p for p in draft_model(record).model.preferences if p.holds == "sou-pull-back")
    assert statement.support.status == "disputed"


def test_a_draft_of_an_earlier_day_leaves_out_what_came_later(record):
    with pytest.raises(ModelError, match="no demand, offer, refusal"):
        draft_model(record, date="1990-04-30")


def test_drafts_are_the_same_every_time(record):
    assert to_toml(draft_model(record).model) == to_toml(draft_model(record).model)


def test_the_person_can_say_whom_an_actor_acts_for(record):
    record.records["actors"] = [
        Actor(a.id, a.name, a.names, "person", None, None, (), a.mentions) for a in record.records["actors"]
    ]
    with pytest.raises(ModelError):
        draft_model(record)
    told = {"Northland": "NOR", "Southland": "SOU", "westland": "WES"}
    assert len(draft_model(record, told=told).model.parties) == 2


def test_a_proposal_without_addressee_is_about_the_one_other_that_has_a_stand_on_it(record):
    record.add("positions", position("proposes", "NOR", "direct talks"))
    record.records["positions"] = [p for p in record.records["positions"] if p.stance != "offers"]
    record.add("positions", position("rejects", "SOU", "hold direct talks"))
    assert "sou-direct-talks" in holds(draft_model(record), "nor")


def test_a_proposal_that_nobody_answers_is_about_whom_its_maker_asks_most(record):
    record.add("positions", position("proposes", "NOR", "international monitors"))
    assert "sou-inspection" in holds(draft_model(record), "nor")


@pytest.mark.parametrize(
    ("words", "main"),
    [
        ("withdrawing from Sula, the island it annexed in May", "withdrawing from Sula, the island "),
        ("it annexed the island", "it annexed the island"),
        ("Norda said it agreed to talks", "Norda said it agreed to talks"),
    ],
)
def test_clause_about_a_thing_names_no_option(words: str, main: str) -> None:
    assert main_clause(words) == main
