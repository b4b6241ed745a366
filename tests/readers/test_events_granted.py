"""Who claims an act that reported words only take for granted, whom a judged act is aimed at, and when."""

from __future__ import annotations

import pytest

from tests.readers.event_reading import read

GRANTED = [
    ("Angela Merkel repeated Germany's assertion that the troops that have seized control of the Libyan "
     "airport are not under German command.", "COERCE"),
    ("Germany denied that the soldiers who attacked the Libyan airport were under its command.", "ASSAULT"),
    ("That call did little to reassure Libyan officials that France is not planning to invade Libya after "
     "its annexation of Fezzan.", "COERCE"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), GRANTED)
def test_what_a_denial_takes_for_granted_is_not_claimed_by_who_denies(text: str, kind: str) -> None:
    assert read(text).event(kind).asserted_by == ("narrator",)


def test_what_a_denial_claims_stays_with_who_denies() -> None:
    result = read("Germany said the troops had not attacked the Libyan airport.")
    [statement] = result.reading.statements
    assert result.event("ASSAULT").asserted_by == (statement.id,)


def test_a_state_of_which_someone_is_to_be_reassured_takes_no_stand() -> None:
    result = read("The call did little to reassure officials that France is not planning to invade Libya.")
    assert result.reading.positions == []
    assert result.event("ASSAULT").asserted_by == ()


def test_a_clause_with_that_tells_of_the_common_noun_before_it() -> None:
    result = read(
        "France is not planning to bomb Chad after its annexation of Fezzan that the United States has "
        "condemned as illegal and a violation of Libya's sovereignty."
    )
    accusation = result.event("ACCUSE")
    assert result.countries(accusation.recipients) == {"FRA"}
    assert accusation.status == "happened"


NO_RECIPIENT = [
    ("France condemned the move as an attack on Libya's independence.", "ACCUSE"),
    ("Angela Merkel met a member of a government France has described as illegitimate.", "ACCUSE"),
    ("France has no intention of withdrawing from Chad.", "REJECT"),
    ("France said it would not withdraw its troops from Chad.", "REJECT"),
    ("France refused to withdraw from Chad.", "REJECT"),
]


@pytest.mark.parametrize(("text", "kind"), NO_RECIPIENT)
def test_a_place_a_victim_and_an_unknown_government_are_no_recipients(text: str, kind: str) -> None:
    assert read(text).event(kind).recipients == ()


def test_who_demands_a_withdrawal_is_refused() -> None:
    result = read("France rejected Libya's demand to withdraw from Chad.")
    assert result.countries(result.event("REJECT").recipients) == {"LBY"}


ASIDE = [
    "The official said Francois Hollande, in his phone call with Angela Merkel, had discussed the crisis.",
    "The minister said that Francois Hollande, in his phone call with Angela Merkel, had promised help.",
]


@pytest.mark.parametrize("text", ASIDE)
def test_an_aside_behind_a_name_tells_of_its_bearer(text: str) -> None:
    result = read(text)
    assert result.names(result.event("CONSULT").sources) == ["Francois Hollande", "Angela Merkel"]


def test_what_was_done_many_times_has_no_one_day() -> None:
    text = "Francois Hollande and Angela Merkel have met several times in person since the crisis began."
    event = read(text).event("CONSULT")
    assert (event.status, event.date.known) == ("happened", False)
    assert event.date.span is not None  # the words that tell how often: no report's day is filled in


def test_what_was_done_many_times_since_a_day_runs_until_the_report() -> None:
    event = read("Francois Hollande has met Angela Merkel several times since March 1.").event("CONSULT")
    assert (event.date.from_, event.date.to) == ("2014-03-01", "2014-03-05")


def test_who_is_urged_is_not_who_urges() -> None:
    text = "Francois Hollande met leaders on Monday, and Vladimir Putin urged him to invade Chad."
    result = read(text)
    event = result.event("REQUEST")
    assert result.names(event.sources) == ["Vladimir Putin"]
    assert result.names(event.recipients) == ["Francois Hollande"]


def test_behind_and_the_nearer_subject_acts() -> None:
    text = (
        "Earlier in the day Francois Hollande briefed leaders of Congress, and Senator Richard Russell urged "
        "him to invade the island at once, a person in the room said."
    )
    result = read(text)
    assert result.names(result.event("REQUEST").sources) == ["Richard Russell"]


def test_what_someone_is_said_to_have_done_is_claimed_by_no_one_known() -> None:
    text = "General Francois Lecointre is said to have urged a strike; a spokesman declined to comment."
    event = read(text).event("REQUEST")
    assert event.status == "happened"
    assert "narrator" not in event.asserted_by


DATED_NOUNS = [
    ("The official said Francois Hollande, in his phone call with Angela Merkel last Saturday, had discussed "
     "the crisis.", "2014-03-01"),
    ("Francois Hollande had proposed the plan on Monday in a surprise phone call to Angela Merkel.",
     "2014-03-03"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), DATED_NOUNS)
def test_a_call_is_dated_behind_it_or_by_what_was_done_in_it(text: str, day: str) -> None:
    assert read(text).event("CONSULT").date.from_ == day


def test_words_before_a_fragment_in_quotes_are_the_speakers_claim() -> None:
    result = read(
        "But Norway supports diplomatic solutions and “meeting the needs of the people,” Smith said."
    )
    [statement] = [s for s in result.reading.statements if s.kind == "direct"]
    assert result.event("SUPPORT").asserted_by == (statement.id,)
