"""On the seed reports the draft holds the story they tell; measured on texts that are not in this repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("DETENTE_SHARED", Path(__file__).parents[3] / "shared"))
SEEDS = SHARED / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed reports are not beside this checkout")
def test_the_draft_of_the_seeds_holds_the_deadlock_and_says_when_it_is_stable(tmp_path):
    import detente
    from detente.conflict.citations import check_citations
    from detente.conflict.draft import draft_model
    from detente.conflict.readings import Readings

    with detente.read([SEEDS], db=tmp_path / "seeds.db") as record:
        draft = draft_model(record.view)
        model = draft.model
        assert check_citations(model, list(record.articles())) == []
    assert {"rus", "usa", "ukr"} <= set(model.party_ids)
    wanted = {
        "rus-pull-back",
        "usa-sanction",
        "ukr-autonomy",
        "rus-direct-talks",
        "rus-inspection",
        "rus-invade",
    }
    # Readers change; the draft must keep most of what the reports offer.
    assert len(wanted & set(model.option_ids)) >= 5
    assert "usa-sanction" in model.taken(model.present)
    assert "rus-invade" not in model.taken(model.present)
    assert all(p.support.cite for p in model.preferences)
    readings = Readings(model)
    assert readings.verdict(model.present, "seq").word in ("some", "all")
