"""Issue labels: the shortest phrase of the words; keywords: classes that meet."""

from __future__ import annotations

import pytest

from detente.compare.issues import cluster_issues
from detente.readers.events.lexicon import read_rows
from detente.readers.issue_nouns import gerund
from tests.readers.event_reading import read

LABELS = [
    (
        "Kerry called for Moscow to begin an immediate pullback of the troops.",
        "immediate pullback of the troops",
    ),
    (
        "France urged Russia to withdraw its troops from the border.",
        "withdrawal of its troops from the border",
    ),
    ("Kerry ruled out discussion of a federation.", "discussion of a federation"),
    ("Russia does not want direct talks with Kiev.", "direct talks with Kiev"),
    ("France supports diplomatic solutions.", "diplomatic solutions"),
]


@pytest.mark.parametrize(("text", "label"), LABELS)
def test_label_is_the_shortest_phrase(text: str, label: str) -> None:
    assert [i.label for i in read(text).reading.issues] == [label]


def test_the_west_is_a_party() -> None:
    result = read("The West is pushing for Russia to return troops to barracks and accept monitors.")
    assert {tuple(result.names(p.parties)) for p in result.reading.positions} == {("the West",)}
    assert {p.stance for p in result.reading.positions} == {"demands"}


def test_promise_that_it_will_not_be_is_a_refusal() -> None:
    [position] = read("Iran vowed that no inspector would enter the country.").reading.positions
    assert position.stance == "refuses"


def test_insisting_on_a_fact_is_no_demand() -> None:
    assert read("Russia insisted that the troops were present only for exercises.").reading.positions == []


def test_synonyms_meet_across_articles() -> None:
    readings = [
        read("France urged Russia to withdraw its troops.").reading,
        read("Germany demanded a pullback of the soldiers from the frontier.").reading,
    ]
    issues, _ = cluster_issues(readings)
    assert len(issues) == 1


ONE_MATTER = [
    ("France condemned the annexation of Crimea.", "Japan condemned Crimea's absorption."),
    ("Russia does not want direct talks with Kiev.", "France proposed direct Ukrainian-Russian talks."),
    ("Russia demanded a federated state.", "France is wary of decentralizing power."),
]
TWO_MATTERS = [
    ("France condemned the annexation of Crimea.", "Japan condemned the annexation of Kuwait."),
    ("Russia does not want direct talks with Kiev.", "France proposed international talks."),
    ("Russia does not want direct talks with Kiev.", "Iran proposed direct talks with Japan."),
]


@pytest.mark.parametrize(("one", "other"), ONE_MATTER)
def test_issues_that_tell_one_matter_meet(one: str, other: str) -> None:
    issues, _ = cluster_issues([read(one).reading, read(other).reading])
    assert len(issues) == 1


@pytest.mark.parametrize(("one", "other"), TWO_MATTERS)
def test_matters_of_other_countries_or_kinds_stay_apart(one: str, other: str) -> None:
    issues, _ = cluster_issues([read(one).reading, read(other).reading])
    assert len(issues) == 2


def test_a_matter_without_a_country_joins_none_of_two() -> None:
    texts = ("France condemned the annexation of Crimea.", "Japan condemned the annexation of Kuwait.")
    issues, _ = cluster_issues([read(t).reading for t in (*texts, "Mali condemned the annexation.")])
    assert len(issues) == 3


NOUNS = [
    ("Iran demands that the base at Kish be closed.", "closure of base at Kish"),
    ("Iran demands that Turkey leave the alliance.", "leaving the alliance"),
    ("Iran denied that it had interfered in the affairs of Iraq.", "interference in the affairs of Iraq"),
    ("France wants Iran to stop enriching uranium.", "end to enriching uranium"),
    ("Iran demanded that the missiles be taken home.", "missiles being taken home"),
    ("Egypt offered to reopen talks without conditions.", "talks"),
]


@pytest.mark.parametrize(("text", "label"), NOUNS)
def test_a_verb_names_an_issue_by_its_noun(text: str, label: str) -> None:
    assert [i.label for i in read(text).reading.issues] == [label]


@pytest.mark.parametrize(
    ("verb", "form"),
    [("leave", "leaving"), ("stop", "stopping"), ("die", "dying"), ("free", "freeing"), ("agree", "agreeing"),
     ("veto", "vetoing"), ("permit", "permitting"), ("deny", "denying")],
)  # fmt: skip
def test_gerunds_are_spelt_as_in_english(verb: str, form: str) -> None:
    assert gerund(verb) == form


def test_the_table_of_nouns_is_sorted_and_has_each_verb_once() -> None:
    verbs = [row["verb"] for row in read_rows("events", "act_nouns.csv")]
    assert verbs == sorted(set(verbs))
