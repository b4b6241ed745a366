"""Review at the keyboard, two records side by side, and the record of an earlier day."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from detente.store import look_at
from tests import canned


@pytest.fixture
def keys(monkeypatch):
    """What the person types, a line each."""

    def type_in(*lines: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(line + "\n" for line in lines)))

    return type_in


def kept():
    view = look_at("crisis.db")
    try:
        return [(j.kind, j.who, j.why) for j in view.judgements()]
    finally:
        view.close()


# ---- review


def test_review_keeps_each_verdict_with_who_and_why(crisis, keys):
    keys("d", "the later count holds", "q")
    code, out, _ = crisis("review", "--who", "Ada")
    assert code == 0
    assert "Do these accounts differ? number: figures differ" in out
    assert kept() == [("settled", "Ada", "the later count holds")]


def test_review_asks_again_after_a_key_that_is_none(crisis, keys):
    keys("y", "r", "q")
    assert "'y' is none of the keys." in crisis("review", "--who", "Ada")[2]
    assert kept() == [("right", "Ada", "")]


def test_undo_takes_back_the_last_verdict_and_shows_its_item_again(crisis, keys):
    keys("r", "z", "u", "q")
    _, out, _ = crisis("review", "--who", "Ada")
    assert kept() == [("unsure", "Ada", "")]
    assert "1 judgement kept." in out


def test_review_does_not_ask_what_was_judged(crisis, keys):
    keys("r", "q")
    crisis("review", "--who", "Ada")
    keys("q")
    assert "figures differ" not in crisis("review", "--who", "Ada")[1]


@pytest.mark.parametrize("typed", [("q",), (), ("",)])
def test_looking_at_the_queue_writes_nothing(crisis, keys, typed):
    before = Path("crisis.db").read_bytes()
    keys(*typed)
    assert crisis("review")[0] == 0
    assert Path("crisis.db").read_bytes() == before


def test_judgements_go_out_as_json_lines_and_come_in_again(crisis, keys):
    keys("d", "by the log", "q")
    crisis("review", "--who", "Ada")
    crisis("review", "--export", "judged.jsonl")
    line = json.loads(Path("judged.jsonl").read_text())
    assert (line["kind"], line["who"], line["why"]) == ("settled", "Ada", "by the log")
    crisis("read", "reports", "--db", "other.db")
    assert "1 judgement taken in" in crisis("review", "--import", "judged.jsonl", "--db", "other.db")[1]
    listed = crisis("review", "--list", "--format", "json", "--db", "other.db")[1]
    assert json.loads(listed) == [line]


@pytest.mark.parametrize("line", ["no json", "[]", '{"kind": "same", "about": ["ev-1"], "who": "A", "when": "x"}', '{"kind": "right", "about": [], "who": "A", "when": "x"}'])  # fmt: skip
def test_a_line_that_is_no_judgement_takes_in_none(crisis, line):
    good = '{"kind": "right", "about": ["ev-1"], "who": "Ada", "when": "2014-03-05"}'
    Path("bad.jsonl").write_text(f"{good}\n{line}\n")
    code, _, err = crisis("review", "--import", "bad.jsonl")
    assert code == 1
    assert "bad.jsonl:2 is no judgement" in err
    assert kept() == []


# ---- diff and as of a day


def test_asof_shows_only_what_was_published_by_that_day(crisis):
    code, out, err = crisis("articles", "--asof", "1962-10-24", "--format", "json")
    assert code == 0
    assert len(json.loads(out)) == 2
    assert "As of 1962-10-24: 2 reports; 1 later ones left out." in err


def test_asof_before_the_second_toll_knows_no_difference(crisis):
    assert json.loads(crisis("differences", "--asof", "1962-10-23", "--format", "json")[1]) == []
    assert len(json.loads(crisis("differences", "--asof", "1962-10-24", "--format", "json")[1])) == 1


def test_asof_wants_a_day(crisis):
    assert crisis("timeline", "--asof", "soon")[0] == 2


def test_diff_of_two_days_tells_what_came(crisis):
    out = crisis("diff", "crisis.db@1962-10-23", "crisis.db", "--layer", "meetings", "--format", "json")[1]
    assert [(c["layer"], c["change"]) for c in json.loads(out)] == [("meetings", "added")]


def test_diff_tells_what_is_gone_with_its_words(crisis):
    _, out, err = crisis("diff", "crisis.db", "crisis.db@1962-10-23", "--layer", "meetings")
    assert "gone" in out
    assert "Kuba met Norda" in out
    assert "meetings: 0 added, 1 gone, 0 changed" in err


def test_a_store_and_its_export_do_not_differ(crisis):
    crisis("export", "jsonl", "out")
    assert crisis("diff", "crisis.db", "out")[1:] == ("", "No difference.\n")


def test_an_export_has_no_earlier_days(crisis):
    crisis("export", "jsonl", "out")
    assert crisis("diff", "out@1962-10-23", "crisis.db")[0] == 2


def test_top_shows_the_entries_that_matter_most(crisis):
    assert len(json.loads(crisis("timeline", "--top", "1", "--format", "json")[1])) == 1


@pytest.fixture
def planned(detente, tmp_path):
    reports = {"p.txt": "Post | 1962-10-22 | To come\nKuba plans Norda.\n"}
    detente("read", str(canned.write_reports(tmp_path / "more", {**canned.REPORTS, **reports})))
    return detente


@pytest.mark.parametrize(("days", "became"), [((), "happened"), (("--asof", "1962-10-23"), "unreported")])
def test_a_plan_says_what_became_of_it_by_a_day(planned, days, became):
    found = json.loads(planned("plans", "--format", "json", *days)[1])
    assert [plan["became"] for plan in found] == [became]


def test_plans_are_narrowed_to_what_became_of_them(planned):
    assert len(json.loads(planned("plans", "--became", "happened", "--format", "json")[1])) == 1
    assert json.loads(planned("plans", "--became", "moved", "--format", "json")[1]) == []


# ---- lineage

STORY = (
    "Three ships of the northern squadron left the harbour of Lisbeth before dawn on their way to the strait. "
    "The admiral told his crews that no shot was to be fired unless he gave the order himself."
)


def test_an_origin_shows_what_each_outlet_kept_changed_added_and_dropped(detente, tmp_path):
    from tests import canned

    cut = STORY.replace("before dawn", "after dusk") + "\nNobody in the town had been told of the sailing."
    reports = {
        "a.txt": f"Herald | 1962-10-23 | Ships\n{STORY}\nOnly the harbour master knew where they were bound.\n",
        "b.txt": f"Herald | 1962-10-24 | Fleet\n{cut}\n",
    }
    canned.write_reports(tmp_path / "reports", reports)
    detente("read", "reports")
    origin = json.loads(detente("origins", "--format", "json")[1])[0]["id"]
    out = detente("show", origin)[1]
    assert "~ before dawn → after dusk" in out
    assert "+ Nobody in the town had been told of the sailing." in out
    assert "- Only the harbour master knew where they were bound." in out
    (version,) = json.loads(detente("show", origin, "--format", "json")[1])["lineage"]["versions"]
    assert [s["text"] for s in version["added"]] == ["Nobody in the town had been told of the sailing."]
