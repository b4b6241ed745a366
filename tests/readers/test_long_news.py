"""What news sentences of several clauses tell: who gives whom how long, by what means, with whom apart."""

from __future__ import annotations

import pytest

from tests.readers.event_reading import Read, read


def _events(result: Read) -> set[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    return {
        (e.type, e.status, tuple(result.names(e.sources)), tuple(result.names(e.recipients)))
        for e in result.reading.events
    }


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            "Russia gave Georgia two days to leave the gorge.",
            ("THREATEN", "happened", ("Russia",), ("Georgia",)),
        ),
        (
            "Algeria has refused France the use of its airspace.",
            ("REJECT", "happened", ("Algeria",), ("France",)),
        ),
        (
            "Trade between Chad and Sudan was halted, land borders were closed and flights stopped.",
            ("COERCE", "happened", (), ()),
        ),
        (
            "Kenya said that it would regard any incursion as an act of war.",
            ("THREATEN", "happened", ("Kenya",), ()),
        ),
        (
            "Rwanda told Uganda to free the pilots, warning Kenya not to interfere.",
            ("THREATEN", "happened", ("Rwanda",), ("Kenya",)),
        ),
        (
            "Egypt and Libya met. Both welcomed Sudan's decision.",
            ("SUPPORT", "happened", ("Egypt", "Libya"), ("Sudan",)),
        ),
        ("Peru vowed that there would be no retreat.", ("REJECT", "happened", ("Peru",), ())),
        (
            "Iranian tanks, backed by jet fighters, punched into Iraqi positions.",
            ("ASSAULT", "happened", ("Iran",), ("Iraq",)),
        ),
        ("Iran demanded that the hostages be freed.", ("REQUEST", "happened", ("Iran",), ())),
        (
            "A delegation from Kenya and Uganda has landed in Khartoum, state radio in Nairobi reports.",
            ("CONSULT", "happened", ("Kenya", "Uganda"), ("Sudan",)),
        ),
    ],
)
def test_event_of_a_long_sentence(
    text: str, event: tuple[str, str, tuple[str, ...], tuple[str, ...]]
) -> None:
    assert event in _events(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Chad's minister, whom diplomats describe as the survivor of the largest war in Africa, resigned.",
        "Relief officials in Kenya voiced alarm.",
        "Antony Blinken was speaking to journalists by telephone.",
    ],
)
def test_no_party_is_accused_or_met(text: str) -> None:
    assert not {e.type for e in read(text).reading.events} & {"ACCUSE", "CONSULT"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A French battalion is to be deployed in Chad.", "planned"),
        ("The first French ship to be stopped was the Alma.", "happened"),
        ("Russia announced that Iran would release the pilots.", "planned"),
    ],
)
def test_status_of_passive_infinitives_and_reported_promises(text: str, status: str) -> None:
    assert [status] == [e.status for e in read(text).reading.events]


def test_who_demands_is_not_who_rejects() -> None:
    assert not read("Russia's demand for a withdrawal was rejected.").reading.events


def test_separate_talks_are_two_meetings() -> None:
    result = read("Antony Blinken spoke by telephone with Sergei Lavrov and, separately, with Wang Yi.")
    assert [result.names(m.participants) for m in result.reading.meetings] == [
        ["Antony Blinken", "Sergei Lavrov"],
        ["Antony Blinken", "Wang Yi"],
    ]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Amr Moussa discussed the war over the telephone with Kofi Annan.", ["Amr Moussa", "Kofi Annan"]),
        ("The paper was issued after a summit of NATO in Madrid.", ["NATO"]),
    ],
)
def test_meeting_of_a_long_sentence(text: str, people: list[str]) -> None:
    result = read(text)
    assert [people] == [result.names(m.participants) for m in result.reading.meetings]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Kenya gave Uganda a week to free the pilots.", "demands"),
        ("Kenya called the timetable unacceptable.", "rejects"),
        ("Kenya described the ban as illegal.", "rejects"),
        ("The demand made on Friday by Kenya for a withdrawal of troops was heard.", "demands"),
        ("Kenya vowed that there would be no surrender of the pilots.", "refuses"),
        ("Kenya promised that there would be no more air strikes.", "offers"),
    ],
)
def test_stance_of_a_long_sentence(text: str, stance: str) -> None:
    assert stance in [p.stance for p in read(text).reading.positions]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya asked whether the blockade would end.",
        "Who would pay for the soldiers, Anthony Blinken declined to say.",
        "Kenya gave the diplomats two days to leave.",
    ],
)
def test_a_question_silence_or_expulsion_is_no_stance(text: str) -> None:
    assert read(text).reading.positions == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kenya gave the diplomats two days to leave.", "expulsion"),
        ("Air France has suspended flights to Bamako.", "suspension"),
        ("Sudan's airspace has been shut.", "blockade"),
        ("The general has been kept under house arrest.", "detention"),
        ("Mali, Niger and Chad signed a charter.", "agreement"),
    ],
)
def test_measure_of_a_long_sentence(text: str, kind: str) -> None:
    assert kind in [m.kind for m in read(text).reading.measures]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("They sent home more than $20 million.", [(20_000_000, None)]),
        ("He got about $3 billion.", [(3_000_000_000, 3_000_000_000)]),
        ("Perhaps 550,000 who fled are on the roads.", [(550_000, 550_000)]),
        ("Italy has reduced its contingent from 300 to about 250.", [(300, 300), (250, 250)]),
        ("It is a town of some 25,000.", [(25_000, 25_000)]),
    ],
)
def test_figure_of_a_long_sentence(text: str, figures: list[tuple[float, float | None]]) -> None:
    assert figures == [(f.low, f.high) for f in read(text).reading.figures]
