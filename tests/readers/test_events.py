"""Events: frames, arguments, status, who asserts them, merging."""

from __future__ import annotations

import pytest

from tests.readers.event_reading import read

FORMS = [
    ("Israel bombed Syria.", "ASSAULT", {"ISR"}, {"SYR"}),
    ("Syria was bombed by Israel.", "ASSAULT", {"ISR"}, {"SYR"}),
    ("Israeli airstrikes on Syria continued.", "ASSAULT", {"ISR"}, {"SYR"}),
    ("Israel carried out air strikes on Syria.", "ASSAULT", {"ISR"}, {"SYR"}),
    ("Russia's annexation of Crimea alarmed markets.", "COERCE", {"RUS"}, {"UKR"}),
    ("France imposed sanctions on Iran.", "SANCTION", {"FRA"}, {"IRN"}),
    ("Japan, which expelled two diplomats from Russia, declined to comment.", "SANCTION", {"JPN"}, {"RUS"}),
    ("Germany began to withdraw its soldiers from Mali.", "RETREAT", {"DEU"}, {"MLI"}),
    ("Turkey gave Pakistan aid worth two million dollars.", "AID", {"TUR"}, {"PAK"}),
    ("Egypt rejected Ethiopia's proposal.", "REJECT", {"EGY"}, {"ETH"}),
    ("China demanded that Japan apologise.", "REQUEST", {"CHN"}, {"JPN"}),
    ("Kenya condemned the decision by Uganda.", "ACCUSE", {"KEN"}, {"UGA"}),
]


@pytest.mark.parametrize(("text", "kind", "sources", "recipients"), FORMS)
def test_forms_of_one_act_code_alike(text: str, kind: str, sources: set[str], recipients: set[str]) -> None:
    result = read(text)
    event = result.event(kind)
    assert result.countries(event.sources) == sources
    assert result.countries(event.recipients) == recipients


STATUS = [
    ("Iran attacked Iraq on Monday.", "ASSAULT", "happened"),
    ("Iran is bombing Iraq.", "ASSAULT", "ongoing"),
    ("Iran could attack Iraq.", "ASSAULT", "hypothetical"),
    ("If Iran attacks Iraq, prices will rise.", "ASSAULT", "hypothetical"),
    ("Iran did not attack Iraq.", "ASSAULT", "denied"),
    ("Iran denied that it had attacked Iraq.", "ASSAULT", "denied"),
    ("Iran attacked Iraq in 1980.", "ASSAULT", "historical"),
    ("Iran will visit Iraq next week for talks with Iraq.", "AGREE", "planned"),
]


@pytest.mark.parametrize(("text", "kind", "status"), STATUS)
def test_status_follows_tense_modality_negation_and_date(text: str, kind: str, status: str) -> None:
    assert read(text).event(kind).status == status


RULES = [
    ("France will send aid to Chad.", "AGREE"),
    ("France said it would withdraw its troops from Chad.", "CONCEDE"),
    ("France said it would impose sanctions on Chad.", "THREATEN"),
    ("France will not send aid to Chad.", "REJECT"),
    ("France cancelled a meeting with Chad.", "REJECT"),
    ("France signed a treaty with Chad.", "SUPPORT"),
    ("France and Chad held joint military exercises.", "COOPERATE"),
    ("France held military exercises on Monday.", "MOBILIZE"),
    ("France summoned the ambassador of Chad.", "ACCUSE"),
]


@pytest.mark.parametrize(("text", "kind"), RULES)
def test_manual_rules_decide_the_type(text: str, kind: str) -> None:
    assert [e.type for e in read(text).reading.events][:1] == [kind]


def test_claimed_event_is_never_the_narrators() -> None:
    result = read("Ukraine said that Russia had attacked Georgia.")
    event = result.event("ASSAULT")
    assert event.asserted_by != ("narrator",)
    assert set(event.asserted_by) <= {s.id for s in result.reading.statements}


def test_plain_statement_is_no_event() -> None:
    assert read("Russia said the weather was fine.").reading.events == []


def test_evidence_is_the_clause_verbatim() -> None:
    result = read("Prices rose sharply, and Israel bombed Syria on Monday.")
    event = result.event("ASSAULT")
    assert result.words(event.evidence[0]) == "Israel bombed Syria on Monday"
    assert event.trigger is not None
    assert result.words(event.trigger) == "bombed"


def test_mentions_of_one_event_merge_and_keep_their_words() -> None:
    result = read("Israel attacked Syria on Tuesday.\nIsrael attacked Syria with rockets.")
    attacks = [e for e in result.reading.events if e.type == "ASSAULT"]
    assert len(attacks) == 1
    assert len(attacks[0].evidence) == 2


def test_two_days_stay_two_events() -> None:
    result = read("Israel bombed Syria on February 3.\nIsrael bombed Syria on March 1.")
    assert len([e for e in result.reading.events if e.type == "ASSAULT"]) == 2


def test_purpose_is_no_second_event() -> None:
    result = read("Students blocked roads in Algeria to demand reforms.")
    assert [e.type for e in result.reading.events] == ["PROTEST"]


def test_codes_and_codebook_stand_beside_the_type() -> None:
    event = read("France imposed sanctions on Iran.").event("SANCTION")
    assert (event.mode, event.cameo, event.codebook) == ("discontinue", "163", "plover-2.0")


def test_headline_never_codes() -> None:
    from dataclasses import replace

    from benchmarks.events_gold import article
    from detente.language import parse_articles
    from detente.readers.index import ActorIndex
    from detente.readers.registry import load_readers
    from detente.record import Reading, Span

    page = article("head", "Israel bombs Syria.\nThe weather was fine.")
    page = replace(page, headline=Span(page.id, 0, 19), body=page.body[1:])
    [parsed] = parse_articles([page])
    reading, actors = Reading(page.id), ActorIndex()
    for reader in load_readers():
        reader.read(parsed, reading, actors)
    assert reading.events == []


def test_reading_twice_gives_the_same_ids() -> None:
    text = "Israel bombed Syria on Monday. Iran condemned Israel."
    assert [e.id for e in read(text).reading.events] == [e.id for e in read(text).reading.events]


def test_classifier_tells_an_aid_sentence_from_an_attack() -> None:
    from detente.language import load_model
    from detente.readers.events.classify import classify

    nlp = load_model()
    text = "Norway donated food to Malawi."
    aid = classify(nlp(text), (0, 6), (23, 29))
    assert max(aid, key=lambda kind: aid[kind]) == "AID"
    assert abs(sum(aid.values()) - 1) < 1e-3


def test_actor_takes_the_one_country_of_its_sentence_as_a_guess() -> None:
    result = read("The Kenyan government banned protests.\nPolice in Kenya arrested 20 students.")
    event = result.event("COERCE")
    assert result.countries(event.sources) == {"KEN"}


def test_named_person_is_not_given_the_country_it_acts_on() -> None:
    result = read("Jonathan Bexley threatened Russia.")
    event = result.event("THREATEN")
    assert "RUS" not in result.countries(event.sources)


def test_place_stands_for_its_state_as_recipient() -> None:
    result = read("Israeli tanks shelled a town in Lebanon on Monday.")
    event = result.event("ASSAULT")
    assert result.countries(event.recipients) == {"LBN"}


def test_accused_deed_is_no_event_of_the_narrators() -> None:
    result = read("Kenya accused Uganda of bombing Rwanda.")
    assert [e.type for e in result.reading.events if e.asserted_by == ("narrator",)] == ["ACCUSE"]


def test_every_evidence_span_is_inside_the_text_and_its_body() -> None:
    result = read(
        "Israel bombed Syria on Monday, killing ten soldiers.\nIran, which backs Syria, condemned Israel."
    )
    bodies = result.article.body
    for event in result.reading.events:
        for span in event.evidence:
            assert any(start <= span.start and span.end <= end for start, end in bodies)
