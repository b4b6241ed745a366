"""Stores to run one suite over: an SQLite file, and a PostgreSQL server where one can be started."""

from __future__ import annotations

import uuid

import pytest

from detente.pipeline import read_pile
from detente.store import look_at, open_store
from tests import canned
from tests.server import running_server, why_no_server


@pytest.fixture(scope="session")
def server():
    if why := why_no_server():
        pytest.skip(why)
    with running_server() as address:
        yield address


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def fresh_address(request, tmp_path_factory):
    """Gives addresses at which no store stands yet, all in one kind of database."""
    if request.param == "sqlite":
        return lambda: str(tmp_path_factory.mktemp("store") / "store.db")
    server = request.getfixturevalue("server")
    return lambda: f"{server}?schema=t{uuid.uuid4().hex[:16]}"


@pytest.fixture
def address(fresh_address):
    """Where an empty store may stand."""
    return fresh_address()


@pytest.fixture
def db(address, reports):
    """The address of a store that holds the canned pile."""
    return _filled(address, reports)


@pytest.fixture(scope="session")
def shared_reports(tmp_path_factory):
    return canned.write_reports(tmp_path_factory.mktemp("pile") / "reports")


@pytest.fixture(scope="session")
def shared_db(fresh_address, shared_reports):
    """A filled store for tests that only look."""
    return _filled(fresh_address(), shared_reports)


def _filled(address, reports):
    store = open_store(address)
    read_pile([str(reports)], store, parts=canned.parts())
    store.close()
    return address


@pytest.fixture
def store(address):
    opened = open_store(address)
    yield opened
    opened.close()


@pytest.fixture
def view(shared_db):
    opened = look_at(shared_db)
    yield opened
    opened.close()
