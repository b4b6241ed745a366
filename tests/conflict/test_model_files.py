"""Models are read, written back the same, and refused with the line and the way out."""

from __future__ import annotations

import json

import numpy as np
import pytest

from detente.conflict import fast
from detente.conflict.diff import diff_models
from detente.conflict.gmcr import from_gmcr, to_gmcr
from detente.conflict.graph import ModelError
from detente.conflict.modelfile import load_model, parse_model
from detente.conflict.modelwrite import to_dict, to_json, to_toml
from detente.conflict.shipped import shipped_model, shipped_models

CUBA = """\
title = "Cuba"
date = "1962-10-27"
now = ["blockade"]

[[party]]
id = "us"
name = "United States"

[[party]]
id = "ussr"
name = "Soviet Union"

[[option]]
id = "strike"
owner = "us"
direction = "forward"

[[option]]
id = "blockade"
owner = "us"

[[option]]
id = "withdraw"
owner = "ussr"

[[exclusion]]
when = "strike and withdraw"
reason = "nothing is left to withdraw"

[[preference]]
party = "us"
holds = "withdraw"
cite = [{article = "a1", quote = "take the missiles home"}]

[[preference]]
party = "us"
holds = "blockade iff not withdraw"

[[preference]]
party = "ussr"
holds = "not strike"

[[preference]]
party = "ussr"
holds = "withdraw if blockade"
"""
PARTY = '[[party]]\nid = "a"\n[[option]]\nid = "x"\nowner = "a"\n[[option]]\nid = "y"\nowner = "a"\n'


@pytest.mark.parametrize(("name", "write"), [("m.toml", to_toml), ("m.json", to_json)])
def test_a_model_written_and_read_again_is_the_same(tmp_path, name, write):
    model = parse_model(CUBA)
    (tmp_path / name).write_text(write(model), encoding="utf-8")
    assert to_dict(load_model(tmp_path / name)) == to_dict(model)


@pytest.mark.parametrize("name", shipped_models())
def test_every_shipped_model_survives_writing(name):
    model = shipped_model(name)
    assert to_dict(parse_model(to_toml(model))) == to_dict(model)


def test_a_gmcr_file_keeps_the_ranks_and_the_feasible_states():
    for name in ("october-1962", "elmira-1991", "prisoners-dilemma"):
        model = shipped_model(name)
        again = from_gmcr(to_gmcr(model)).graph()
        graph = model.graph()
        assert np.array_equal(graph.feasible, again.feasible)
        for mine, theirs in zip(graph.ranks, again.ranks, strict=True):
            states = graph.states
            assert np.array_equal(
                np.argsort(mine[states], kind="stable"), np.argsort(theirs[states], kind="stable")
            )


def test_a_gmcr_file_of_the_other_program_is_read():
    text = json.dumps(
        {
            "program": "gmcr-py",
            "options": [
                {"name": "Stay", "permittedDirection": "both"},
                {"name": "Go", "permittedDirection": "fwd"},
            ],
            "decisionMakers": [
                {
                    "name": "One",
                    "options": [0],
                    "preferences": [[[1, "Y"]], {"compound": True, "members": [[[0, "N"], [1, "N"]]]}],
                },
                {"name": "Two", "options": [1], "preferences": [[[0, "N"]]]},
            ],
            "infeasibles": [[[0, "Y"], [1, "Y"]]],
            "useManualPreferenceRanking": False,
        }
    )
    model = from_gmcr(text)
    assert [p.name for p in model.parties] == ["One", "Two"]
    assert model.options[1].direction == "forward"
    assert [model.pattern(int(s)) for s in model.graph().states] == ["NN", "YN", "NY"]
    assert model.statements_of("p1")[1].holds == "(not o1 and not o2)"


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        (CUBA.replace('holds = "not strike"', 'holds = "not stroke"'), r"m\.toml:39: Formula .*did you mean 'strike'", "Known options"),
        (CUBA.replace('owner = "ussr"', 'owner = "usr"'), r"m\.toml:22: owner 'usr': no such party\. Did you mean", "Known: us"),
        (CUBA.replace('id = "withdraw"\nowner = "ussr"', 'id = "withdraw"'), r"m\.toml:22: \[\[option\]\] 3 'withdraw': has no owner", "owner ="),
        (CUBA.replace('id = "withdraw"', 'id = "blockade"'), r"two options with the name 'blockade' \(lines 18 and 22\)", "its own id"),
        (CUBA + '[[exclusion]]\nwhen = "strike"\n[[exclusion]]\nwhen = "not strike"\n', r"no feasible state is left: 2 exclusions contradict", "Drop or narrow"),
        (CUBA + '[[exclusion]]\nwhen = "blockade"\n', r"'blockade' rules out the present state NYN", "Correct now"),
        (CUBA.replace("reason", "raeson"), r"m\.toml:26: .*unknown key 'raeson'", "'reason'"),
        (CUBA.replace('["blockade"]', '["blokade"]'), r"now: unknown option 'blokade'", "Options"),
        (CUBA.replace('holds = "not strike"', 'holds = "not strike"\nstatus = "reported"'), r"'reported' without a citation", "analyst"),
        (CUBA.replace("forward", "once"), r"direction 'once' is not known", "for good"),
        (CUBA.replace('title = "Cuba"', "title = Cuba"), r"not valid TOML", "docs/conflict.md"),
        ('[[party]]\nid="a"\n' + "".join(f'[[option]]\nid="o{i}"\nowner="a"\n' for i in range(40)), r"40 options", "Merge"),
        ('title = "x"\n', "has no party", "Add a"),
        (CUBA.replace('now = ["blockade"]', "now = 5"), "now: must be a list of options", ""),
        (CUBA.replace('id = "strike"', 'id = "not"'), r"m\.toml:13: 'not' cannot be an option's id", "none of"),
        (PARTY + '[[ranking]]\nparty = "a"\nbest_first = 5\n', r"m\.toml:9: .*'best_first' must be a list", ""),
        (PARTY + '[[move]]\nparty = "a"\ntakes = "x"\n', r"m\.toml:9: .*'takes' must be a list of names", ""),
        (PARTY + '[[preference]]\nparty = "a"\nholds = "' + "(" * 390 + 'x"\n', r"m\.toml:9: Formula .*(nested|bracket)", ""),
        (PARTY + '[[preference]]\nparty = "a"\nholds = "' + "x and " * 900 + 'x"\n', r"m\.toml:9: Formula .*more than 400", ""),
        ("party = 3\n", r"party: must be a list of tables", ""),
        (PARTY + '[[ranking]]\nparty = "a"\nbest_first = ["NN", "YN", "NY", "YY", "NN"]\n', r"m\.toml:9: cyclic preferences: the ranking names NN twice", "Keep one"),
        (PARTY + '[[ranking]]\nparty = "a"\nbest_first = ["NN", "YN"]\n', r"m\.toml:9: the ranking of a leaves out NY and 1 more", "Rank every"),
        (PARTY + '[[pair]]\nparty = "a"\nbetter = "NN"\nworse = "YN"\n[[pair]]\nparty = "a"\nbetter = "YN"\nworse = "NN"\n', r"m\.toml:9: cyclic preferences of a", "Take one pair"),
        (PARTY + '[[pair]]\nparty = "a"\nbetter = "NN"\nworse = "YN"\n[[preference]]\nparty = "a"\nholds = "x"\n', r"a has statements and pairs", "Keep one kind"),
        (PARTY + '[[pair]]\nparty = "a"\nbetter = "N"\nworse = "YN"\n', r"State 'N' is not one letter", "Order of the options"),
    ],
)  # fmt: skip
def test_a_bad_model_is_refused_with_its_place_and_the_way_out(text, says, hint):
    with pytest.raises(ModelError, match=says) as caught:
        parse_model(text, source="m.toml")
    assert hint in caught.value.hint


def test_a_file_that_is_no_gmcr_file_is_refused():
    with pytest.raises(ModelError, match=r"x\.gmcr: not a \.gmcr file"):
        from_gmcr("[1, 2]", source="x.gmcr")


def test_many_statements_do_not_overflow():
    """The other program adds 2**k and is wrong past 63 statements; the first statement must still decide."""
    text = (
        PARTY
        + '[[preference]]\nparty = "a"\nholds = "x"\n'
        + '[[preference]]\nparty = "a"\nholds = "y"\n' * 120
    )
    graph = parse_model(text).graph()
    assert graph.ranks[0][0b01] > graph.ranks[0][0b10] > graph.ranks[0][0b00]


def test_a_party_without_statements_is_indifferent():
    graph = parse_model(PARTY).graph()
    assert fast.equilibria(graph, "nash").all()


def test_the_difference_of_two_models_names_what_changed():
    old = parse_model(CUBA)
    new = parse_model(
        CUBA.replace('now = ["blockade"]', "now = []").replace("strike and withdraw", "withdraw and strike")
        .replace('holds = "not strike"', 'holds = "not strike"\nrank = 9').replace("27", "28")
    )  # fmt: skip
    assert [str(change) for change in diff_models(old, new)] == [
        "~ model date: 1962-10-27 → 1962-10-28",
        "~ present blockade: taken → not taken",
        "- exclusion strike and withdraw",
        "+ exclusion withdraw and strike",
        "~ preference ussr: not strike (rank): 3 → 9",
    ]
    assert diff_models(old, old) == []


def test_names_may_be_in_any_script():
    model = parse_model(
        '[[party]]\nid = "а"\n[[option]]\nid = "санкции"\nowner = "а"\n[[preference]]\nparty = "а"\nholds = "not санкции"\n'
    )
    assert model.graph().ranks[0].tolist() == [1, 0]
