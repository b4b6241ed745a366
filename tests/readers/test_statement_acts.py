"""The act of a plain report: read from its content, by rules in data."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from detente.readers.statements.content_acts import _rule, rules
from detente.record.types import ACTS
from tests.readers.statement_cases import content_overlap, read_texts

CASES = Path(__file__).with_name("statements_acts.jsonl")
# Share of the acts right; "held" cases were not looked at while the rules were written.
FLOORS = {"seen": 0.94, "held": 0.9}


@cache
def acts() -> list[tuple[dict[str, Any], str]]:
    """Every case with the act found for it, "" where its statement was not found."""
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    found = []
    for row, reading in zip(rows, read_texts([row["text"] for row in rows]), strict=True):
        best = max(
            reading.statements,
            key=lambda s: content_overlap(row | {"content": [row["content"]]}, s),
            default=None,
        )
        found.append((row, best.act if best else ""))
    return found


@pytest.mark.parametrize("part", sorted(FLOORS))
def test_share_of_acts_right_holds(part: str) -> None:
    right = [row["act"] == act for row, act in acts() if row["part"] == part]
    assert sum(right) / len(right) >= FLOORS[part]


def test_plain_assertions_stay_assertions() -> None:
    right = [act == "assert" for row, act in acts() if row["act"] == "assert"]
    assert sum(right) / len(right) >= 0.9


def test_a_third_of_the_cases_is_held_out() -> None:
    held = sum(1 for row, _ in acts() if row["part"] == "held")
    assert len(acts()) >= 150
    assert held / len(acts()) >= 0.3


def test_every_rule_gives_an_act_of_the_record() -> None:
    assert {rule.act for rule in rules()} <= set(ACTS)


def test_an_unknown_key_in_a_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown keys"):
        _rule({"act": "deny", "verb": ["be"]}, {})


@pytest.mark.parametrize(
    "text",
    [
        "The president signed the order on Monday.",
        "The army called up 24 squadrons of reserve aircraft.",
        "The king ordered a naval blockade of the strait.",
        "The envoy thanked the delegates.",
    ],
)
def test_a_deed_is_no_statement(text: str) -> None:
    assert [s for s in read_texts([text])[0].statements if s.speech] == []


@pytest.mark.parametrize(
    ("text", "content", "venue"),
    [
        (
            "The senator said Sunday on CNN’s “State of the Union” that the force near the border was growing.",
            "the force near the border was growing",
            "CNN’s “State of the Union”",
        ),
        (
            "“The island is ours,” the envoy said in an interview on ABC’s “This Week.”",
            "The island is ours",
            "an interview on ABC’s “This Week.”",
        ),
    ],
)
def test_a_broadcast_is_the_venue_and_no_content(text: str, content: str, venue: str) -> None:
    statement = read_texts([text])[0].statements[0]
    assert [text[s.start : s.end] for s in statement.content] == [content]
    assert statement.venue == venue


def test_a_time_inside_the_content_does_not_date_the_saying() -> None:
    text = "The official said Haddad, in his phone call with Levi last Saturday, had discussed a truce."
    first = min(read_texts([text])[0].statements, key=lambda s: s.cue.start if s.cue else 0)
    assert first.speaker is not None
    assert text[first.speaker.start : first.speaker.end] == "The official"
    assert first.date.span is None
