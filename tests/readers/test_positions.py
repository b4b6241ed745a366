"""Positions: stance, party, addressee, and who reports them."""

from __future__ import annotations

import pytest

from tests.readers.event_reading import read

STANCES = [
    ("Kerry demanded the withdrawal of the troops.", "demands"),
    ("France is pushing for a ceasefire.", "demands"),
    ("France proposed a conference on the border.", "proposes"),
    ("France offered Chad a loan.", "offers"),
    ("France rejected the ceasefire.", "rejects"),
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


NAMED = [
    ("Chad accepted the idea of a referendum.", ["referendum"]),
    ("France rejected a plan to withdraw its troops.", ["withdrawal of its troops"]),
    ("Norway supports the plan put forward by Peru.", ["plan put forward by Peru"]),
    ("Iran accepted a plan that requires it to close the reactor.", ["closure of the reactor"]),
    (
        "Spain will not accept a path forward where the rebels are not at the table.",
        ["rebels not being at the table"],
    ),
    (
        "Tony Blair insisted that every policeman must leave the province.",
        ["policeman leaving the province"],
    ),
    ("Ireland wants the sanctions lifted.", ["lifting of sanctions"]),
    (
        "Peru pressed Chile to accept a truce and an interim administration.",
        ["truce", "interim administration"],
    ),
    ("Norway pledged 40 million euros.", ["40 million euros"]),
]


@pytest.mark.parametrize(("text", "labels"), NAMED)
def test_issue_is_named_by_what_is_asked_or_offered(text: str, labels: list[str]) -> None:
    assert [i.label for i in read(text).reading.issues] == labels


NAMELESS = [
    "France rejected the proposal.",
    "Chad will not give ground.",
    "Brazil supports Peru.",
    "Two officers asked not to be named.",
    "Egypt and Chad told their ministers to seek a way out.",
    "France said the fighting would stop once Chad accepted a force.",
    "The French president ordered the French navy to put Corsica under quarantine.",
    "France did not rule out an air strike.",
    "France is ready to wait.",
    "Chad dropped its demand for a seat.",
]


@pytest.mark.parametrize("text", NAMELESS)
def test_what_names_no_issue_is_no_position(text: str) -> None:
    assert [p.evidence for p in read(text).reading.positions] == []


BEFORE = [
    "Kenya proposed a ceasefire. Sudan rejected the proposal.",
    "Kenya proposed a ceasefire, a suggestion that Sudan rejected.",
    "Kenya proposed a ceasefire, an idea that Sudan supports.",
]


@pytest.mark.parametrize("text", BEFORE)
def test_the_proposal_is_the_one_told_before(text: str) -> None:
    first, second = read(text).reading.positions
    assert first.issue == second.issue


NOUNS = [
    ("Spain ruled out talks on Morocco's demand for a withdrawal.", "Morocco", "demands"),
    ("Egypt repeated its offer to negotiate.", "Egypt", "offers"),
    ("France has no intention of withdrawing from Mali.", "France", "refuses"),
    ("Spain rebuffed French demands to withdraw its ships.", "France", "demands"),
    ("Chad welcomed Mali's refusal to impose sanctions.", "Mali", "refuses"),
]


@pytest.mark.parametrize(("text", "party", "stance"), NOUNS)
def test_noun_tells_a_stand(text: str, party: str, stance: str) -> None:
    result = read(text)
    assert (party, stance) in [(result.names(p.parties)[0], p.stance) for p in result.reading.positions]


def test_relative_clause_judges_the_act_not_the_name_before_it() -> None:
    result = read(
        "It is clear that France is not planning to attack Mali after its invasion of Chad that Norway has condemned."
    )
    labels = {i.id: i.label for i in result.reading.issues}
    assert [labels[p.issue] for p in result.reading.positions if p.stance == "rejects"] == [
        "invasion of Chad"
    ]


def test_addressee_is_not_a_place_in_the_next_demand() -> None:
    result = read("Norway is pushing for Chad to return troops to barracks and accept monitors in Mali.")
    assert "Mali" not in [n for p in result.reading.positions for n in result.names(p.addressees)]


def test_clause_beside_a_wish_is_none_of_it() -> None:
    result = read("Ireland wants the sanctions lifted and Italy is wary of renewing them.")
    assert {tuple(result.names(p.parties)): p.stance for p in result.reading.positions} == {
        ("Ireland",): "demands",
        ("Italy",): "wary",
    }


def test_charge_that_is_rejected_is_denied() -> None:
    [position] = read("Iran dismissed the French charge that its ships had fired.").reading.positions
    assert position.stance == "denies"


def test_what_the_speaker_will_not_do_is_a_refusal() -> None:
    [position] = read("Chad said it would not withdraw its troops.").reading.positions
    assert position.stance == "refuses"


def test_demand_in_a_letter_keeps_its_clause() -> None:
    result = read("Nasser demanded in a letter that Britain withdraw its ships.")
    [issue] = result.reading.issues
    assert issue.label == "withdrawal of its ships"


STANDS = [
    ("Russia insisted on guarantees, and it opposes any monitors in Mali.", ("Russia", "rejects")),
    ("France pleaded with Chad to pull out.", ("France", "demands")),
    ("Obama insisted that the troops go home.", ("Barack Obama", "demands")),
    ("Peru proposed an Arab solution: Iraq would leave.", ("Peru", "proposes")),
    ("Norway backed Georgia's bid to join NATO.", ("Norway", "supports")),
    ('"Russian forces need to leave Georgia at once," Obama said.', ("Barack Obama", "demands")),
    ("Iraq denied that hostages had been taken.", ("Iraq", "denies")),
]


@pytest.mark.parametrize(("text", "stand"), STANDS)
def test_stand_is_told_in_many_ways(text: str, stand: tuple[str, str]) -> None:
    result = read(text)
    assert stand in [(result.names(p.parties)[0], p.stance) for p in result.reading.positions]


def test_the_idea_is_not_what_was_told_long_before() -> None:
    between = "Nobody spoke in the capital on that day, and the shops stayed shut until late at night. " * 4
    result = read(f"Kenya promised Chad aid. {between}Sudan rejected the idea.")
    assert [p.stance for p in result.reading.positions] == ["offers"]


def test_demand_under_discussion_is_what_is_refused() -> None:
    result = read("Kerry ruled out discussion of Russia's demand for Ukraine to become a federation.")
    stands = {(result.names(p.parties)[0], p.stance): p.issue for p in result.reading.positions}
    assert stands["John Kerry", "rejects"] == stands["Russia", "demands"]


def test_two_talks_are_two_issues() -> None:
    result = read("Norway proposed a border conference. France and Chad agreed to continue talking.")
    assert len({p.issue for p in result.reading.positions}) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Turkey called Ole Bakke a man who wanted to kill.",
        "Turkey is not planning to travel to the region.",
        "Turkey had asked for demands that were reasonable, and met the Kuwaiti minister of information.",
    ],
)
def test_what_names_no_stand_is_no_position(text: str) -> None:
    assert read(text).reading.positions == []


def test_an_answer_in_the_passive_is_whose_it_is_by() -> None:
    [position] = read("The ceasefire was rejected by Iran.").reading.positions
    assert position.stance == "rejects"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Iran is to ask the Security Council for an urgent meeting.", "demands"),
        ("Georgia has applied to join NATO.", "demands"),
        ("Turkey criticised the isolation of Qatar.", "rejects"),
    ],
)
def test_more_words_that_take_a_stand(text: str, stance: str) -> None:
    assert [p.stance for p in read(text).reading.positions] == [stance]


def test_each_clause_of_a_demand_is_one() -> None:
    assert (
        len(read("Iran demands that the base be closed and that Turkey leave NATO.").reading.positions) == 2
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Russia does not want direct talks with Kiev.", "does not want direct talks with Kiev"),
        ("Russia has no intention of withdrawing from Crimea.", "no intention of withdrawing from Crimea"),
    ],
)
def test_the_words_cited_hold_what_turns_the_stance_round(text: str, words: str) -> None:
    result = read(text)
    [position] = result.reading.positions
    assert result.words(position.evidence[0]) == words


MORE_STANDS = [
    (
        "France threatened to pull out its soldiers unless Chad signed.",
        "conditions",
        "withdrawal of its soldiers",
    ),
    ("Cyprus says that it will lift its veto only if Turkey is punished.", "conditions", "lifting its veto"),
    ("Turkey would not withdraw its ships.", "refuses", "withdrawing its ships"),
    ("Croatia will agree to no extension of the mandate.", "refuses", "extension of the mandate"),
    ("Norway urged Chad to let the hostages go.", "demands", "release of hostages"),
    ("Norway urged Chad to set the hostages free.", "demands", "release of hostages"),
    ("Greece and Turkey agreed to enter into technical talks.", "accepts", "technical talks"),
    ("Norway offered to find $95 million.", "offers", "$95 million"),
    (
        "Greece wants the quarrel over the shelf to go to the court.",
        "demands",
        "quarrel over the shelf going to the court",
    ),
    ("Cyprus has blocked sanctions on Belarus.", "rejects", "sanctions on Belarus"),
]


@pytest.mark.parametrize(("text", "stance", "label"), MORE_STANDS)
def test_stands_that_news_tells_without_ado(text: str, stance: str, label: str) -> None:
    result = read(text)
    labels = {i.id: i.label for i in result.reading.issues}
    assert [(p.stance, labels[p.issue]) for p in result.reading.positions] == [(stance, label)]


@pytest.mark.parametrize(
    "text",
    [
        "Norway would not rule out sanctions.",
        "If Turkey would not withdraw its ships, nobody would.",
        "France threatened to pull out its soldiers.",
        "Prices will rise if the strait is closed, traders said.",
        "Norway praised the cook.",
        "Norway told Chad that the troops had left.",
    ],
)
def test_forecasts_and_plain_words_are_no_stand(text: str) -> None:
    assert read(text).reading.positions == []


PAPERS = [
    (
        "The Security Council adopted a resolution. It was long. The resolution calls for a truce.",
        ["UN Security Council"],
    ),
    ("The draft resolution, tabled by France, demands the withdrawal of Serbian troops.", ["France"]),
    ("Norway adopted a resolution that calls for a truce.", ["Norway"]),
    ("France handed Serbia a letter. The document demanded the release of the hostages.", ["France"]),
]


@pytest.mark.parametrize(("text", "parties"), PAPERS)
def test_what_a_paper_asks_for_is_asked_by_those_whose_it_is(text: str, parties: list[str]) -> None:
    result = read(text)
    assert [result.names(p.parties) for p in result.reading.positions] == [parties]


def test_a_paper_of_nobody_told_and_a_demand_of_neither_side_are_no_stand() -> None:
    text = "A resolution demands the release of the hostages. Norway demands the withdrawal of neither side."
    assert read(text).reading.positions == []
