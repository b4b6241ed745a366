"""Every command: what it prints where, in which form, and the code it ends with."""

from __future__ import annotations

import csv
import io
import json
import sqlite3

import pytest

from detente.cli.main import COMMANDS
from tests import canned

LISTS = ("timeline", "statements", "events", "meetings", "positions", "figures", "differences", "origins", "actors", "articles")  # fmt: skip


# ---- reading


def test_read_tells_its_summary_on_stdout_and_everything_else_on_stderr(detente, reports):
    code, out, err = detente("read", "reports")
    assert code == 0
    assert out.startswith("3 pages in, 3 new articles, 0 files unchanged, 0 refused, 0 passed over.\n")
    assert "3 articles read; the readers abstained 1 time." in out
    assert "reading" in err
    assert "abstained" in err


def test_read_ends_with_3_and_lists_what_was_refused(detente, reports):
    canned.write_reports(reports, {"bad.txt": "BAD"})
    code, _, err = detente("read", "reports")
    assert code == 3
    assert "refused  reports/bad.txt  binary: No text." in err
    assert detente("read", "reports")[0] == 3
    assert detente("read", "reports", "--strict")[0] == 1


def test_read_without_paths_and_store_is_a_usage_error(detente):
    assert detente("read")[0] == 2


@pytest.mark.parametrize("setting", ["max_nothing=3", "max_row_bytes=many", "max_row_bytes"])
def test_a_limit_that_cannot_be_set_is_a_usage_error(detente, reports, setting):
    assert detente("read", "reports", "--set", setting)[0] == 2


def test_limits_reach_the_source_layer(detente, reports, monkeypatch):
    got = {}

    def pages(paths, *, seen, **how):
        got.update(how)
        return canned.read_pages(paths, seen=seen)

    monkeypatch.setattr("detente.pipeline.our_parts", lambda: canned.parts(pages=pages))
    detente("read", "reports", "--set", "max_page_chars=1_000")
    assert got["limits"].max_page_chars == 1000


def test_quiet_is_silent_but_for_the_summary(detente, reports):
    _, _, err = detente("read", "reports", "--quiet")
    assert "reading" not in err


def test_an_interruption_ends_with_130_and_says_how_to_go_on(detente, reports, monkeypatch):
    def interrupted(articles, store):
        yield next(canned.read_articles(articles, store))
        raise KeyboardInterrupt

    monkeypatch.setattr("detente.pipeline.our_parts", lambda: canned.parts(read=interrupted))
    code, _, err = detente("read", "reports")
    assert code == 130
    assert "kept" in err
    monkeypatch.setattr("detente.pipeline.our_parts", canned.parts)
    assert "2 articles read" in detente("read")[1]


def test_a_fault_of_ours_ends_in_two_lines(detente, reports, monkeypatch):
    monkeypatch.setattr("detente.pipeline.our_parts", lambda: canned.parts(compare=lambda store: 1 / 0))
    code, _, err = detente("read", "reports", "-q")
    assert code == 1
    told = err.strip().splitlines()
    assert [line[:9] if i == 0 else line[:13] for i, line in enumerate(told)] == [
        "Error D99",
        "Please report",
    ]


# ---- looking


@pytest.mark.parametrize("command", LISTS)
@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "md"])
def test_every_list_has_every_form(crisis, command, form):
    code, out, err = crisis(command, "--format", form)
    assert code == 0
    if form == "json":
        assert json.loads(out)
    elif form == "jsonl":
        assert [json.loads(line) for line in out.splitlines()]
    elif form == "csv":
        assert len(list(csv.DictReader(io.StringIO(out)))) >= 1
    elif form == "md":
        assert out.startswith("| ")
    else:
        assert "ID" in out.splitlines()[0]
    assert (form == "table") == bool(err)


@pytest.mark.parametrize("command", LISTS)
@pytest.mark.parametrize("width", [80, 100, 140])
def test_tables_keep_to_the_width_of_the_terminal(crisis, command, width, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    _, out, _ = crisis(command)
    assert [line for line in out.splitlines() if len(line) > max(width, 96)] == []


def test_a_pipe_changes_nothing_but_only_the_format_does(crisis, monkeypatch):
    plain = crisis("statements")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert plain == crisis("statements")[1]
    assert "\x1b" not in plain


def test_names_stand_for_ids_and_counts_for_three_numbers(crisis):
    _, out, err = crisis("events")
    assert "Kuba" in out
    assert "2 · 1 · 2" in out
    assert "reports · origins · outlets" in err


@pytest.mark.parametrize(
    ("args", "number"),
    [
        (["--actor", "Norda"], 2),
        (["--act", "demand"], 1),
        (["--since", "1962-10-24"], 2),
        (["--until", "1962"], 3),
        (["--until", "1962-09"], 0),
        (["--since", "1962-10", "--until", "1962-10-23"], 1),
        (["--limit", "1"], 1),
        (["--limit", "0"], 3),
    ],
)
def test_statements_are_narrowed(crisis, args, number):
    assert number == len(json.loads(crisis("statements", "--format", "json", *args)[1]))


def test_a_limit_says_how_many_there_are(crisis):
    assert "1 of 3 statements. --limit 0 shows all." in crisis("statements", "--limit", "1")[2]


@pytest.mark.parametrize("day", ["yesterday", "1962-13", "1962-02-30", ""])
def test_what_is_no_day_is_a_usage_error(crisis, day):
    assert crisis("events", "--since", day)[0] == 2


def test_an_unknown_actor_gets_the_nearest_name(crisis):
    code, out, err = crisis("statements", "--actor", "Kubba")
    assert (code, out) == (2, "")
    assert "Did you mean Kuba?" in err


@pytest.mark.parametrize(("book", "there", "gone"), [("cameo", "cameo", "type"), ("plover", "type", "cameo")])
def test_events_show_the_code_book_asked_for(crisis, book, there, gone):
    header = crisis("events", "--codebook", book, "--format", "csv")[1].splitlines()[0].split(",")
    assert there in header
    assert gone not in header


def test_json_carries_the_cited_words(crisis):
    (event,) = json.loads(crisis("events", "--format", "json")[1])
    assert [c["text"] for c in event["citations"]] == ["Kuba attacked Norda"]


def test_search_finds_a_phrase_and_marks_it(crisis):
    _, out, _ = crisis("search", '"red line"')
    assert "‹red line›" in out
    assert "Kuba said" in out


def test_search_gives_the_place_of_each_find(crisis):
    found = [json.loads(line) for line in crisis("search", "withdraw", "--format", "jsonl")[1].splitlines()]
    assert {"articles", "statements"} == {one["layer"] for one in found}


def test_show_takes_the_beginning_of_an_id_and_gives_the_words(crisis):
    short = crisis("statements", "--act", "demand")[1].splitlines()[1].split()[-1]
    code, out, _ = crisis("show", short)
    assert code == 0
    assert "“Kuba must withdraw its guns”" in out
    assert "reports/a.txt:98–125" in out


def test_show_article_shows_its_body_and_what_was_read_in_it(crisis):
    article = json.loads(crisis("articles", "--format", "json")[1])[0]["id"]
    _, out, _ = crisis("show", article)
    assert "Kuba attacked Norda at dawn." in out
    assert "read in it" in out


def test_trace_goes_from_a_difference_to_every_input(crisis):
    (difference,) = json.loads(crisis("differences", "--format", "json")[1])
    traced = json.loads(crisis("trace", difference["id"], "--format", "json")[1])
    assert [c["sentence"] for c in traced["citations"]] == ["At least 12 killed.", "30 killed."]
    assert [c["inputs"][0]["source"] for c in traced["citations"]] == ["reports/a.txt", "reports/b.txt"]
    assert {"figures"} == {below["layer"] for below in traced["made_from"]}
    assert {"words.v1"} == {below["reader"] for below in traced["made_from"]}


def test_an_unknown_id_is_a_usage_error(crisis):
    assert crisis("show", "st-ffffff")[0] == 2


# ---- proving and handing over


def test_check_proves_a_sound_record(crisis):
    code, out, err = crisis("check")
    assert (code, out) == (0, "")
    assert "no fault" in err


def test_check_ends_with_4_and_lists_the_faults(crisis):
    with sqlite3.connect("crisis.db") as raw:
        raw.execute("UPDATE articles SET text = replace(text, 'dawn', 'dusk')")
    raw.close()
    code, out, _ = crisis("check", "--format", "json")
    assert code == 4
    assert [fault["fault"] for fault in json.loads(out)] == ["text"]


def test_export_lists_its_files_and_check_proves_them(crisis):
    code, out, _ = crisis("export", "jsonl", "out")
    assert code == 0
    assert out.splitlines()[0] == "out/manifest.json"
    assert crisis("check", "--export", "out")[0] == 0
    assert crisis("check", "out")[0] == 0
    with open("out/events.jsonl", "a", encoding="utf-8") as file:
        file.write("\n")
    assert crisis("check", "out")[0] == 4


def test_status_tells_inputs_reasons_layers_and_abstentions(detente, reports):
    canned.write_reports(reports, {"bad.txt": "BAD"})
    detente("read", "reports")
    rows = json.loads(detente("status", "--format", "json")[1])
    told = {(r["what"], r["of"]): r["number"] for r in rows}
    assert (told["inputs", "read"], told["inputs", "refused"], told["refused", "binary"]) == (3, 1, 1)
    assert (told["record", "statements"], told["abstained", "fragile.v1"]) == (3, 1)
    (refused,) = json.loads(detente("status", "--inputs", "refused", "--format", "json")[1])
    assert (refused["source"], refused["reason"]) == ("reports/bad.txt", "binary")


def test_doctor_names_what_runs(crisis):
    _, out, _ = crisis("doctor", "--markdown")
    assert "| language model |" in out
    assert "FTS5" in out


def test_brief_writes_the_dossier(crisis, tmp_path):
    code, out, _ = crisis("brief", "dossier")
    assert code == 0
    for path in out.splitlines():
        assert (tmp_path / path).stat().st_size > 0


# ---- the rest


def test_looking_without_a_store_says_how_to_make_one(detente):
    code, _, err = detente("timeline")
    assert code == 1
    assert "Run: detente read" in err


def test_a_locked_store_ends_with_5(crisis, monkeypatch):
    monkeypatch.setattr("detente.store.connect.BUSY_SECONDS", 0.05)
    other = sqlite3.connect("crisis.db", isolation_level=None, timeout=0)
    other.execute("BEGIN EXCLUSIVE")
    code, _, err = crisis("events")
    other.close()
    assert code == 5
    assert "Another program is writing" in err


def test_a_newer_store_ends_with_5(crisis):
    with sqlite3.connect("crisis.db") as raw:
        raw.execute("PRAGMA user_version = 999")
    raw.close()
    assert crisis("events")[0] == 5


def test_the_store_is_named_by_option_else_by_environment(crisis, monkeypatch, tmp_path):
    (tmp_path / "crisis.db").rename(tmp_path / "other.db")
    assert crisis("events")[0] == 1
    assert crisis("events", "--db", "other.db")[0] == 0
    monkeypatch.setenv("DETENTE_DB", "other.db")
    assert crisis("events")[0] == 0


def test_a_misspelt_command_gets_the_nearest(detente):
    code, _, err = detente("statemnts")
    assert code == 2
    assert "'statements'" in err


@pytest.mark.parametrize("name", [name for name, _, _ in COMMANDS])
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_shows_examples_first(detente, name, flag):
    code, out, _ = detente(name, flag)
    assert code == 0
    assert out.startswith("Examples:")
    assert f"detente {name}" in out.split("Usage:")[0]
