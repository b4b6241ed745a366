"""The main job on the sample: the record is proved, and each score keeps its floor (or its ceiling)."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest

import detente
from detente.formats import format_named
from detente.formats.jsonl import JsonlRecord
from detente.record import LAYERS
from detente.store.check import check_equal, check_record, check_store
from tests.quality.sample_scores import SAMPLE, score_export

BOUNDS = tomllib.loads((Path(__file__).parent / "sample_floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sample_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("sample") / "sample.db"
    detente.read([str(SAMPLE / "reports")], db=str(db)).close()
    return db


@pytest.fixture(scope="module")
def sample_export(sample_db: Path) -> Path:
    target = sample_db.parent / "export"
    with detente.open(str(sample_db)) as record:
        format_named("jsonl").write(record.view, target)
    return target


@pytest.fixture(scope="module")
def scores(sample_export: Path) -> dict[str, float]:
    return score_export(sample_export, SAMPLE)


def gold_hash() -> str:
    """SHA-256 over the gold's files, by name: a floor means nothing on another gold."""
    digest = hashlib.sha256()
    for path in sorted((SAMPLE / "gold").glob("*.jsonl")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def test_floors_were_set_on_this_gold() -> None:
    assert gold_hash() == BOUNDS["gold_sha256"]


@pytest.mark.parametrize(("name", "floor"), sorted(BOUNDS["floors"].items()))
def test_score_keeps_its_floor(scores: dict[str, float], name: str, floor: float) -> None:
    assert scores[name] >= floor


@pytest.mark.parametrize(("name", "ceiling"), sorted(BOUNDS["ceilings"].items()))
def test_error_keeps_under_its_ceiling(scores: dict[str, float], name: str, ceiling: float) -> None:
    assert scores[name] <= ceiling


def test_the_samples_record_is_proved(sample_db: Path, sample_export: Path) -> None:
    with detente.open(str(sample_db)) as record:
        view = record.view
        faults = [*check_record(view), *check_store(view), *check_equal(view, JsonlRecord(sample_export))]
    assert faults == []


# A day of the timeline has no id, and the sample holds each page once.
@pytest.mark.parametrize("layer", [name for name in LAYERS if name not in ("timeline", "versions")])
def test_ids_begin_with_the_prefix_of_their_layer(sample_db: Path, layer: str) -> None:
    with detente.open(str(sample_db)) as record:
        prefixes = {r.id.split("-")[0] for r in record.view.layer(layer)}
    assert prefixes == {LAYERS[layer].prefix}
