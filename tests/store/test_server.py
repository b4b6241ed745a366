"""Addresses of servers: schemas, passwords that are never shown, and errors that say what to do."""

from __future__ import annotations

import pytest

from detente.cli.main import run
from detente.errors import StoreError, UsageError
from detente.store import look_at, on_server, shown_path
from detente.store.query import ts_query

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")


@pytest.mark.parametrize(
    ("address", "conninfo", "schema"),
    [
        ("postgresql://ada@db/press", "postgresql://ada@db/press", "detente"),
        ("postgresql://ada@db/press?schema=suez", "postgresql://ada@db/press", "suez"),
        (
            "postgresql://db/press?sslmode=require&schema=s_1",
            "postgresql://db/press?sslmode=require",
            "s_1",
        ),
    ],
)
def test_an_address_names_a_schema_beside_what_the_driver_reads(address, conninfo, schema):
    from detente.store.postgres import split_address

    assert split_address(address) == (conninfo, schema)


@pytest.mark.parametrize("schema", ["x;drop", "X", "1a", 'a"b', "é"])
def test_a_schema_that_is_no_plain_name_is_refused(schema):
    with pytest.raises(UsageError, match="no name of a schema"):
        look_at(f"postgresql://127.0.0.1:1/x?schema={schema}")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("crisis.db", "crisis.db"),
        ("postgresql://ada@db/press", "postgresql://ada@db/press"),
        ("postgresql://ada:pa%40ss@db:5433/press?schema=x", "postgresql://ada@db:5433/press?schema=x"),
    ],
)
def test_a_password_is_never_shown(path, shown):
    assert shown_path(path) == shown


def test_a_server_that_does_not_answer_is_a_store_error_without_the_password():
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        look_at("postgresql://ada:secret@127.0.0.1:1/x")
    assert "secret" not in caught.value.message + caught.value.hint


def test_the_command_line_tells_it_in_two_lines(capsys):
    assert run(["statements", "--db", "postgresql://127.0.0.1:1/x"]) == 1
    first, second = capsys.readouterr().err.strip().splitlines()
    assert "cannot be reached" in first
    assert "Check the address" in second


def test_a_file_is_no_server():
    assert (on_server("crisis.db"), on_server("postgresql://x/y"), on_server("/postgresql:/x")) == (
        False,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("red line", "(('red') & ('line'))"),
        ('"red line" OR guns', "(('red' <-> 'line')) | (('guns'))"),
        ("sanction*", "(('sanction':*))"),
        ("gas -oil", "((('gas'))) & !(('oil'))"),
        ("naïve", "(('naive'))"),
    ],
)
def test_what_is_typed_becomes_a_query_of_the_server(typed, query):
    assert query == ts_query(typed)
