"""The code books and pattern tables hold together."""

from __future__ import annotations

import pytest

from detente.readers.events.lexicon import (
    load_class_types,
    load_codebook,
    load_contexts,
    load_frames,
    load_nouns,
    load_operators,
    read_rows,
)

BOOK = load_codebook()
SPECIAL = {"NONE", "EXERCISE", "BLOCK"}
CODES = {row["cameo"] for row in read_rows("codebooks", "cameo2plover.csv")}


def test_codebook_has_the_sixteen_types_of_manual_two() -> None:
    assert len(BOOK["types"]) == 16
    assert BOOK["name"] == "plover-2.0"
    assert len(BOOK["contexts"]) == 37


def test_every_quad_has_its_types() -> None:
    quads: dict[int, set[str]] = {}
    for name, row in BOOK["types"].items():
        quads.setdefault(row["quad"], set()).add(name)
    assert {quad: len(names) for quad, names in quads.items()} == {1: 4, 2: 3, 3: 4, 4: 5}


@pytest.mark.parametrize("row", read_rows("codebooks", "cameo2plover.csv"), ids=lambda row: row["cameo"])
def test_cameo_table_maps_to_known_type_mode_and_context(row: dict[str, str]) -> None:
    assert row["type"] in BOOK["types"]
    assert not row["mode"] or row["mode"] in BOOK["types"][row["type"]]["modes"]
    assert set(row["context"].split()) <= set(BOOK["contexts"])


def test_frames_and_nouns_name_known_types_modes_and_codes() -> None:
    rows = [
        *read_rows("events", "frames.csv"),
        *read_rows("events", "nouns.csv"),
        *read_rows("events", "class_types.csv"),
    ]
    for row in rows:
        if row["type"] in SPECIAL:
            continue
        assert row["type"] in BOOK["types"], row
        assert not row["mode"] or row["mode"] in BOOK["types"][row["type"]]["modes"], row
        assert row["cameo"] in CODES, row


def test_frame_rows_are_complete() -> None:
    for row in read_rows("events", "frames.csv"):
        assert None not in row.values(), row
        assert row["verbs"], row


def test_contexts_signal_only_contexts_of_the_book() -> None:
    assert {name for names in load_contexts().values() for name in names} <= set(BOOK["contexts"])


def test_tables_load() -> None:
    assert len(load_frames()) > 300
    assert len(load_nouns()) > 60
    assert len(load_operators()) > 40
    assert len(load_class_types()) > 10


def test_measure_kinds_name_known_types() -> None:
    for row in read_rows("events", "measures.csv"):
        assert row["type"] in BOOK["types"]
        assert not row["mode"] or row["mode"] in BOOK["types"][row["type"]]["modes"]
