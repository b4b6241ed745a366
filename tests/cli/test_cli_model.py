"""``detente model`` and ``detente solve`` on the models that ship and on files."""

from __future__ import annotations

import json

import pytest


def test_solve_tells_verdicts_hinges_and_off_ramps(detente):
    code, out, _ = detente("solve", "october-1962", "--hinges", "--offramps")
    assert code == 0
    assert "stable in 16 of 32 readings" in out
    assert "Off-ramps" in out
    assert "not a forecast" in out


def test_solve_gives_json_with_the_caveat(detente):
    code, out, _ = detente("solve", "chicken", "--format", "json")
    plain = json.loads(out)
    assert code == 0
    assert "not a forecast" in plain["caveat"]
    assert {s["state"] for s in plain["states"] if s["concept"] == "nash"} == {"YN", "NY"}


def test_solve_lists_states_one_a_line(detente):
    _, out, err = detente("solve", "stag-hunt", "--concept", "nash", "--format", "jsonl")
    assert [json.loads(line)["state"] for line in out.splitlines()] == ["NN", "YY"]
    assert "not a forecast" in err


def test_solve_lets_parties_act_as_one(detente):
    _, out, _ = detente("solve", "prisoners-dilemma", "--coalition", "row,column", "--concept", "nash")
    assert "row and column acting as one: 3 states hold" in out


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("solve", "chicken", "--concept", "fair"), "Unknown concept 'fair'"),
        (("solve", "chicken", "--as", "nobody"), "No party 'nobody'"),
        (("solve", "nowhere.toml"), "no such file"),
        (("solve", "october-1962", "--offramps", "--better-for", "nato"), "Unknown party 'nato'"),
        (("model", "export", "chicken", "out.xml"), "unknown form '.xml'"),
        (("model", "draft", "--side", "Kennedy"), "expected NAME=CODE"),
    ],
)
def test_a_wrong_call_is_answered_in_two_lines(crisis, args, says):
    code, _, err = crisis(*args)
    assert code in (1, 2)
    assert says in err
    assert "Traceback" not in err


def test_models_are_listed_shown_compared_and_converted(detente, tmp_path):
    assert "october-1962" in detente("model", "list")[1]
    assert (
        "the president would not give the order"
        in detente("model", "show", "october-1962", "--format", "json")[1]
    )
    assert detente("model", "export", "chicken", "c.gmcr")[0] == 0
    assert detente("model", "import", "c.gmcr", "c.toml")[0] == 0
    assert "removed" in detente("model", "diff", "c.toml", "stag-hunt")[1]
    assert "No difference" in detente("model", "diff", "chicken", "chicken")[2]


@pytest.mark.parametrize("what", ["states", "options", "path"])
def test_pictures_are_written(detente, tmp_path, what):
    code, out, _ = detente("model", "picture", "october-1962", what, "out.svg")
    assert (code, out.strip()) == (0, "out.svg")
    assert (tmp_path / "out.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_model_whose_words_are_not_in_the_record_fails_the_check(crisis):
    code, out, err = crisis("model", "check", "october-1962")
    assert code == 4
    assert "no such article in the record" in out
    assert "faults" in err


def test_a_draft_is_not_written_over_without_force(crisis, tmp_path):
    (tmp_path / "m.toml").write_text("mine", encoding="utf-8")
    code, _, err = crisis("model", "draft", "m.toml")
    assert code == 2
    assert "--force" in err
    assert (tmp_path / "m.toml").read_text(encoding="utf-8") == "mine"
