"""A packed reading comes back whole, or with the layers that were asked for."""

from __future__ import annotations

from detente.record import Abstention, Date, Figure, Reading, Span, Statement
from detente.record.packed import READING_LAYERS, pack_reading, unpack_reading

DAY = Date("2014-03-05", "2014-03-05", "day", "stated", Span("a-1", 3, 9))


def a_reading() -> Reading:
    return Reading(
        "a-1",
        statements=[
            Statement(
                "st-1",
                ("ac-1",),
                None,
                Span("a-1", 3, 4),
                (Span("a-1", 0, 2),),
                "direct",
                "deny",
                True,
                None,
                DAY,
                None,
                (),
            )
        ],
        figures=[
            Figure("fi-1", Span("a-1", 0, 2), "people", 1.0, None, None, False, None, ("narrator",), DAY)
        ],
        abstentions=[Abstention("actors.v1", "a-1", None, "open")],
        readers=("actors.v1", "statements.v1"),
    )


def test_reading_survives_packing() -> None:
    assert unpack_reading(pack_reading(a_reading())) == a_reading()


def test_only_the_layers_asked_for_are_built() -> None:
    found = unpack_reading(pack_reading(a_reading()), ("figures",))
    assert found.figures == a_reading().figures
    assert found.statements == []
    assert found.readers == a_reading().readers


def test_every_list_of_a_reading_is_packed() -> None:
    lists = {name for name in Reading.__slots__ if isinstance(getattr(Reading("a-1"), name), list)}
    assert lists == set(READING_LAYERS)
