"""Meetings: format, who took part, and which mentions are one."""

from __future__ import annotations

import pytest

from tests.readers.event_reading import read

FORMATS = [
    ("Putin telephoned Obama on Monday.", "call"),
    ("The foreign minister of France visited Chad on Monday.", "visit"),
    ("Obama met Putin in Paris on Monday.", "meeting"),
    ("Talks between France and Chad began on Monday.", "talks"),
]


@pytest.mark.parametrize(("text", "form"), FORMATS)
def test_format_follows_the_words(text: str, form: str) -> None:
    assert [m.format for m in read(text).reading.meetings] == [form]


STATUSES = [
    ("Obama met Putin on Monday.", "held"),
    ("Obama will meet Putin next week.", "planned"),
    ("Obama cancelled a meeting with Putin.", "cancelled"),
]


@pytest.mark.parametrize(("text", "status"), STATUSES)
def test_status_of_a_meeting(text: str, status: str) -> None:
    assert [m.status for m in read(text).reading.meetings] == [status]


def test_meetings_on_two_days_stay_apart() -> None:
    result = read("Obama met Putin in London on February 14.\nObama met Putin in Paris on March 2.")
    assert len(result.reading.meetings) == 2


def test_calls_on_two_days_stay_two() -> None:
    result = read("Obama phoned Putin on February 14.\nObama phoned Putin on March 2.")
    assert len(result.reading.meetings) == 2


def test_mentions_of_one_meeting_merge() -> None:
    result = read("Obama met Putin in Paris on March 2.\nDuring his meeting with Putin, Obama smiled.")
    [meeting] = result.reading.meetings
    assert meeting.place == "Paris"
    assert len(meeting.evidence) == 2


def test_press_conference_is_no_meeting() -> None:
    assert read("Obama spoke at a news conference in Paris on Monday.").reading.meetings == []


def people(text: str, published: str | None = "2014-03-05") -> list[tuple[str, set[str]]]:
    result = read(text, published)
    return [(m.status, set(result.names(m.participants))) for m in result.reading.meetings]


PAIRS = [
    "Castro met Nasser on Monday. The pair met again in Geneva on Wednesday.",
    "Castro met Nasser on Monday. The two men will meet again in Geneva on Friday.",
    "Castro spoke to Nasser on Monday; the two agreed to meet in Geneva on Friday.",
]


@pytest.mark.parametrize("text", PAIRS)
def test_the_pair_is_who_met_before_and_meets_in_a_meeting_of_its_own(text: str) -> None:
    result = read(text)
    first, second = result.reading.meetings
    assert second.participants == first.participants
    assert second.place == "Geneva"


def test_a_meeting_among_many_is_kept_apart_from_them() -> None:
    text = "Castro and Nasser have met several times. The pair met on Monday in Geneva."
    [meeting] = read(text).reading.meetings
    assert meeting.place == "Geneva"
    assert meeting.date.from_ == "2014-03-03"


def test_planned_weekday_lies_ahead() -> None:
    [meeting] = read("Castro and Nasser are to meet on Monday.").reading.meetings
    assert meeting.date.from_ == "2014-03-10"


def test_place_stands_behind_whom_it_is_with() -> None:
    [meeting] = read("Castro met the French president and his defence minister in Geneva.").reading.meetings
    assert meeting.place == "Geneva"


def test_ministers_take_part_and_not_their_states() -> None:
    text = "The foreign ministers of Russia, France and Germany met in Geneva."
    names = people(text)[0][1]
    assert not names & {"Russia", "France", "Germany"}


def test_place_of_a_visit_takes_no_part() -> None:
    assert people("Castro will fly to Paris on Friday for talks with Nasser.")[0][1] == {
        "Raul Castro",
        "Nasser",
    }


ALONE = [
    "A senior official who was briefed on the talks spoke.",
    "Castro arrived in Paris last night.",
    "Castro came back from Paris on Monday.",
    "A letter from Castro reached the French embassy in Havana on Friday.",
    "Nasser has refused to receive the ambassador.",
    "Castro and Nasser have met several times.",
]


@pytest.mark.parametrize("text", ALONE)
def test_who_meets_nobody_has_no_meeting(text: str) -> None:
    assert people(text) == []


def test_his_call_is_the_call_of_the_clauses_subject() -> None:
    text = "An official spoke. The official said Castro, in his phone call with Nasser last Saturday, had agreed."
    result = read(text)
    [meeting] = result.reading.meetings
    assert set(result.names(meeting.participants)) == {"Raul Castro", "Nasser"}
    assert meeting.date.from_ == "2014-03-01"


def test_that_evening_is_the_evening_told_before() -> None:
    text = "Castro spoke on Monday evening. Later that evening he met Nasser in Geneva."
    assert [m.date.from_[:10] for m in read(text).reading.meetings] == ["2014-03-03"]


def test_meeting_of_another_day_inside_the_words_of_one() -> None:
    text = "Castro met Nasser in June in Geneva, where he answered ideas Castro gave him at a March 14 meeting in Paris."
    assert [m.place for m in read(text, "2014-07-05").reading.meetings] == ["Geneva", "Paris"]


def test_guest_who_is_received_is_met() -> None:
    [meeting] = read("Castro received the French ambassador in Havana on Monday.").reading.meetings
    assert meeting.format == "meeting"


def test_expected_guest_is_a_visit_to_come() -> None:
    [meeting] = read("President Castro is expected in Paris next week.").reading.meetings
    assert (meeting.format, meeting.status, meeting.place) == ("visit", "planned", "Paris")


IN_COMPANY = [
    ("President Castro told the French president by telephone on Monday that it was over.", "call", "held"),
    ("President Castro spent five hours with the French president on Monday.", "meeting", "held"),
    ("President Castro saw the French president in Paris on Monday.", "meeting", "held"),
    ("President Castro is due in Paris on Sunday.", "visit", "planned"),
    ("NATO's foreign ministers will gather in Brussels on Tuesday.", "conference", "planned"),
    ("President Castro flew to Paris to see the French president.", "visit", "held"),
]


@pytest.mark.parametrize(("text", "form", "status"), IN_COMPANY)
def test_verb_meets_in_company(text: str, form: str, status: str) -> None:
    assert [(m.format, m.status) for m in read(text).reading.meetings] == [(form, status)]


def test_goods_that_are_flown_visit_nobody() -> None:
    assert people("France flew two planeloads of medicine to Havana.") == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("John Kerry summoned the Russian ambassador, Oleg Bakke, on Monday.", ["John Kerry", "Oleg Bakke"]),
        ("John Kerry handed a note to the British ambassador, Kenneth East.", ["John Kerry", "Kenneth East"]),
        ("John Kerry is to see Mr Bakke on May 20.", ["John Kerry", "Bakke"]),
        ("John Kerry will fly to Oslo on Tuesday to see Ole Bakke.", ["John Kerry", "Ole Bakke"]),
        (
            "Sameh Shoukry of Egypt, Adel al-Jubeir of Saudi Arabia and Khalid al-Khalifa of Bahrain met in Cairo.",
            ["Sameh Shoukry", "Adel al-Jubeir", "Khalid al-Khalifa"],
        ),
    ],
)
def test_who_comes_face_to_face_meets(text: str, who: list[str]) -> None:
    result = read(text)
    assert [result.names(m.participants) for m in result.reading.meetings] == [who]


@pytest.mark.parametrize(
    "text",
    [
        "Qatar was ready for dialogue.",
        "Kerry handed a note to the court.",
        "Kerry sent the ambassador a note.",
    ],
)
def test_readiness_and_paper_are_no_meeting(text: str) -> None:
    assert read(text).reading.meetings == []


def test_a_day_to_come_makes_a_plan() -> None:
    [meeting] = read("The Security Council meets on Friday.").reading.meetings
    assert meeting.status == "planned"


SETTINGS = [
    "Obama will hold talks with Putin on the sidelines of a summit on Lebanon attended by Merkel and Hollande.",
    "Obama will see Putin on the margins of a conference attended by Merkel and Hollande.",
]


@pytest.mark.parametrize("text", SETTINGS)
def test_where_another_meeting_is_to_be_is_no_report_of_a_conference(text: str) -> None:
    assert [m.status for m in read(text).reading.meetings if m.format == "conference"] == []


def test_a_conference_that_is_the_news_stays() -> None:
    [meeting] = read(
        "A conference attended by Merkel and Hollande opened in Geneva on Monday."
    ).reading.meetings
    assert (meeting.format, meeting.place) == ("conference", "Geneva")


TOLD_TOGETHER = [
    ("the foreign ministers of Chad and Mali", "those two ministers"),
    ("the foreign ministers of Chad and Mali", "the two ministers"),
]


@pytest.mark.parametrize(("before", "pair"), TOLD_TOGETHER)
def test_two_told_together_are_those_two(before: str, pair: str) -> None:
    text = f"Hague praised {before}.\nHollande said he would attend talks in Paris with {pair} and Merkel."
    [(_, names)] = people(text)
    assert {"Chadian foreign minister", "Malian foreign minister"} <= names


def test_many_meetings_and_many_calls_are_no_meeting() -> None:
    assert people("Castro and Nasser have met several times and have spoken by phone almost daily.") == []


def test_both_leaders_are_not_two_delegates_told_before() -> None:
    text = (
        "The delegates of Britain and France rejected it.\nBan Ki-moon met both leaders in Geneva on Monday."
    )
    assert all(not {"British delegate", "French delegate"} & names for _, names in people(text))


CHANGED = [
    "Castro and Nasser were due to meet in Geneva on Friday, but the meeting was postponed.",
    "Castro and Nasser will meet in Geneva on Friday.\nThe talks were called off on Thursday.",
    "The meeting of Castro and Nasser was moved to Saturday.",
    "The talks between Castro and Nasser have been rescheduled for Saturday.",
    "Talks between Castro and Nasser, due to begin on Friday, were delayed by a day.",
    "The planned meeting of Castro and Nasser did not take place.",
    "Castro brought forward his meeting with Nasser to Thursday.",
]


@pytest.mark.parametrize("text", CHANGED)
def test_a_meeting_put_off_or_called_off_by_its_noun_is_not_held(text: str) -> None:
    result = read(text)
    met = {m.status: set(result.names(m.participants)) for m in result.reading.meetings}
    assert "held" not in met
    assert {name.rsplit(" ")[-1] for name in met["cancelled"]} == {"Castro", "Nasser"}


NEW_DAYS = [
    ("Castro put off a meeting with Nasser until Monday.", "2014-03-10"),
    ("The meeting of Castro and Nasser was moved to Saturday.", "2014-03-08"),
    ("The talks between Castro and Nasser were pushed back to March 20.", "2014-03-20"),
]


@pytest.mark.parametrize(("text", "day"), NEW_DAYS)
def test_what_is_put_off_bears_its_new_day(text: str, day: str) -> None:
    [meeting] = read(text).reading.meetings
    assert (meeting.status, meeting.date.from_) == ("cancelled", day)


def test_a_meeting_that_took_place_is_dated_by_what_is_told_of_it() -> None:
    [meeting] = read("The meeting between Castro and Nasser took place in Geneva on Monday.").reading.meetings
    assert (meeting.status, meeting.date.from_, meeting.place) == ("held", "2014-03-03", "Geneva")


def test_talks_moved_to_a_town_are_still_held() -> None:
    text = "The talks between Castro and Nasser were moved to Geneva."
    assert all(m.status != "cancelled" for m in read(text).reading.meetings)


MEET_ANYHOW = [
    (
        "John Kerry told Vladimir Putin in a telephone conversation that Chad would wait.",
        {"John Kerry", "Vladimir Putin"},
    ),
    ("John Kerry had breakfast with Vladimir Putin.", {"John Kerry", "Vladimir Putin"}),
    ("The US Secretary of State, John Kerry, met Ole Bakke in Oslo.", {"John Kerry", "Ole Bakke"}),
    (
        "Angela Merkel has spoken to both the Turkish president, Ole Bakke, and the Greek prime minister,"
        " Nikos Dendias, this afternoon.",
        {"Angela Merkel", "Ole Bakke", "Nikos Dendias"},
    ),
    ("The talks which Ole Bakke had led there since April collapsed.", {"Ole Bakke"}),
    (
        "John Kerry and Ole Bakke will fly to Oslo, where they are to confer with Nikos Dendias.",
        {"John Kerry", "Ole Bakke", "Nikos Dendias"},
    ),
]


@pytest.mark.parametrize(("text", "who"), MEET_ANYHOW)
def test_news_tells_meetings_in_many_ways(text: str, who: set[str]) -> None:
    result = read(text)
    assert who in [set(result.names(m.participants)) for m in result.reading.meetings]


def test_what_another_asks_for_is_no_meeting_to_come() -> None:
    assert read("Norway urged the parties to open negotiations.").reading.meetings == []


def test_talks_that_a_guest_is_due_for_are_to_come() -> None:
    found = read(
        "Sergei Lavrov is due in Nicosia on Friday for talks with Nicos Anastasiades."
    ).reading.meetings
    assert {m.status for m in found} == {"planned"}


def test_a_day_since_which_is_no_day_of_the_meeting() -> None:
    found = read("The talks between Chad and Mali, the third since 2002, were held in Oslo.").reading.meetings
    assert all(m.date.from_ is None or not m.date.from_.startswith("2002") for m in found)
