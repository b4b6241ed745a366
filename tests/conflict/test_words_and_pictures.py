"""Verdicts are told with quotes and the caveat; pictures are well-formed and say what they show."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from detente.conflict.analysis import analyse
from detente.conflict.graph import ModelError
from detente.conflict.pictures import draw_options, draw_path, draw_states
from detente.conflict.plain import to_plain
from detente.conflict.shipped import shipped_model, shipped_models
from detente.conflict.words import CAVEAT, tell


@pytest.mark.parametrize("name", shipped_models())
def test_the_caveat_stands_beside_every_verdict(name):
    analysis = analyse(shipped_model(name))
    assert tell(analysis)[-1] == CAVEAT
    assert to_plain(analysis)["caveat"] == CAVEAT


def test_verdicts_are_told_with_their_quotes():
    told = "\n".join(tell(analyse(shipped_model("october-1962"), hinges=True, offramps=True)))
    for words in (
        "seq: stable in 16 of 32 readings (50%)",
        "seq: stable only if United States wants not “air strike or invasion”",
        "“the president would not give the order” [port-ellison-mail-28oct.txt]",
        "Other states that hold",
        "Off-ramps (better than now)",
        "once there, nobody would leave it",
        "losing move on the way",
    ):
        assert words in told


def test_plain_values_are_json():
    plain = to_plain(analyse(shipped_model("october-1962"), hinges=True, offramps=True))
    assert json.loads(json.dumps(plain)) == plain
    assert plain["readings"] == {"possible": 32, "solved": 32, "refuted": 0, "kept": 32}
    assert plain["offramps"][0]["first_mover"] in ("usa", "sun", "cub")


@pytest.mark.parametrize("draw", [draw_states, draw_options, draw_path])
def test_a_picture_is_svg_with_a_name_and_a_description(draw):
    drawn = draw(analyse(shipped_model("october-1962"), offramps=True))
    root = ElementTree.fromstring(drawn)
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    title, about = root.find(f"{space}title"), root.find(f"{space}desc")
    assert title is not None
    assert "October 1962" in title.text
    assert about is not None
    assert "quarantine" in about.text
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")


def test_labels_are_escaped():
    from dataclasses import replace

    model = shipped_model("chicken")
    bold = replace(
        model, title='<b>"&', options=(replace(model.options[0], label="<script>"), *model.options[1:])
    )
    drawn = draw_options(analyse(bold))
    assert "<script>" not in drawn
    ElementTree.fromstring(drawn)


def test_no_off_ramp_no_picture_of_one():
    with pytest.raises(ModelError, match="no off-ramp"):
        draw_path(analyse(shipped_model("stag-hunt"), offramps=True))
