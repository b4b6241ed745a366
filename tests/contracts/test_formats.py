"""One suite over every format: complete or nothing, the same bytes every time, nobody's files overwritten."""

from __future__ import annotations

import csv
import json

import pytest

from detente.errors import UsageError
from detente.formats import FORMATS, format_named
from detente.pipeline import read_pile
from detente.store import open_store
from tests import canned

FOLDERS = ("jsonl", "csv")


class Breaking:
    """A record that fails when its statements are asked for."""

    def __init__(self, view):
        self._view = view

    def __getattr__(self, name):
        return getattr(self._view, name)

    def lines(self, layer):
        if layer == "statements":
            raise OSError("No space left on device")
        return self._view.lines(layer)

    def layer(self, name, **which):
        if name == "statements":
            raise OSError("No space left on device")
        return self._view.layer(name, **which)


def _bytes(path):
    if path.is_file():
        return path.read_bytes()
    return {f.name: f.read_bytes() for f in sorted(path.iterdir())}


@pytest.fixture(params=sorted(FORMATS))
def chosen(request):
    return FORMATS[request.param]


def test_two_exports_are_equal_byte_for_byte(chosen, view, tmp_path):
    chosen.write(view, tmp_path / "one")
    chosen.write(view, tmp_path / "two")
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


def test_an_export_replaces_an_earlier_one(chosen, view, tmp_path):
    chosen.write(view, tmp_path / "out")
    before = _bytes(tmp_path / "out")
    chosen.write(view, tmp_path / "out")
    assert before == _bytes(tmp_path / "out")


def test_a_failed_export_leaves_the_earlier_one_and_nothing_beside(chosen, view, tmp_path):
    folder = tmp_path / "exports"
    chosen.write(view, folder / "out")
    before = _bytes(folder / "out")
    with pytest.raises(OSError, match="No space"):
        chosen.write(Breaking(view), folder / "out")
    assert before == _bytes(folder / "out")
    assert [p.name for p in folder.iterdir()] == ["out"]


def test_files_are_utf8_with_plain_newlines(chosen, view, tmp_path):
    chosen.write(view, tmp_path / "out")
    files = [tmp_path / "out"] if (tmp_path / "out").is_file() else list((tmp_path / "out").iterdir())
    for path in files:
        assert b"\r" not in path.read_bytes()
        path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_that_is_no_export_is_not_overwritten(name, view, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="no earlier export"):
        format_named(name).write(view, tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


def test_an_unknown_format_is_answered_with_the_known(view):
    with pytest.raises(UsageError) as caught:
        format_named("xml")
    assert "jsonl" in caught.value.hint


def test_csv_keeps_codes_as_text_and_the_cited_words(view, tmp_path):
    format_named("csv").write(view, tmp_path / "out")
    with (tmp_path / "out" / "events.csv").open(encoding="utf-8", newline="") as file:
        (event,) = csv.DictReader(file)
    assert (event["cameo"], event["words"]) == ("190", "Kuba attacked Norda")
    assert (event["reports"], event["origins"], event["outlets"]) == ("2", "1", "2")


def test_annotations_quote_exactly_the_words_at_their_position(view, tmp_path):
    format_named("webannotation").write(view, tmp_path / "out.json")
    items = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["items"]
    texts = {article.source: article.text for article in view.layer("articles")}
    assert items
    for item in items:
        quote, position = item["target"]["selector"]
        text = texts[item["target"]["source"]]
        assert quote["exact"] == text[position["start"] : position["end"]]
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])


def test_the_manifest_describes_every_file(view, tmp_path):
    import hashlib

    format_named("jsonl").write(view, tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    for name, told in manifest["files"].items():
        data = (tmp_path / "out" / name).read_bytes()
        assert (told["lines"], told["sha256"]) == (data.count(b"\n"), hashlib.sha256(data).hexdigest())


def test_csv_has_as_many_cells_a_row_as_columns_whatever_is_missing(db, tmp_path):
    reports = {**canned.REPORTS, "d.txt": "Post | 1962-10-22 | To come\nKuba plans Norda.\n"}
    store = open_store(db)
    read_pile([str(canned.write_reports(tmp_path / "plans", reports))], store, parts=canned.parts())
    format_named("csv").write(store, tmp_path / "out")
    store.close()
    for path in sorted((tmp_path / "out").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            assert len({len(row) for row in csv.reader(file)}) == 1, path.name
