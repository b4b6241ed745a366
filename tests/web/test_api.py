"""The API keeps to its own OpenAPI document: a bounded run of schemathesis over every operation."""

from __future__ import annotations

import pytest

pytest.importorskip("starlette", reason="the web extra is not installed")

from detente.record import LAYERS
from detente.web.api import openapi


def test_every_layer_has_a_path_in_the_document():
    assert {f"/api/{layer}" for layer in LAYERS} <= set(openapi()["paths"])


def test_every_path_of_the_document_answers(client, hostile_db):
    from tests.web.test_answers import an_id

    identity = an_id(hostile_db, "events")
    for path in openapi()["paths"]:
        assert client.get(path.replace("{id}", identity)).json().get("ok") is True, path


def test_the_answers_keep_to_the_document(hostile_db):
    schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
    from hypothesis import HealthCheck, Phase, given, settings

    from detente.web.app import make_app

    app = make_app(str(hostile_db), hosts=("127.0.0.1", "localhost", "testserver"))
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert operations
    for operation in operations:

        @settings(max_examples=6, deadline=None, database=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy())
        def check(case) -> None:
            reply = case.call()
            assert reply.status_code < 500, case
            case.validate_response(reply, excluded_checks=[*_stricter_than_we_say(schemathesis)])

        check()
    app.state.web.close()


def _stricter_than_we_say(schemathesis):
    """A filter may rightly find nothing to fit (an actor that nobody is): a valid request that is answered with 400."""
    from schemathesis import checks

    return [
        c
        for c in checks.CHECKS.get_all()
        if c.__name__ in ("positive_data_acceptance", "unsupported_method", "missing_required_header")
    ]
