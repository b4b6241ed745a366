"""The models that ship: textbook results, the published Cuban model, and October 1962 word for word."""

from __future__ import annotations

import html
import re
from pathlib import Path

import numpy as np
import pytest

from detente.conflict import fast
from detente.conflict.coalitions import equilibria as coalition_equilibria
from detente.conflict.diff import diff_models
from detente.conflict.kinds import find_kind, load_blocs, load_kinds
from detente.conflict.model import elements_of
from detente.conflict.readings import Readings
from detente.conflict.shipped import find_model, shipped_model, shipped_models

REPORTS = Path(__file__).parents[2] / "src" / "detente" / "sample" / "october_1962"


def held(name: str, concept: str) -> set[str]:
    model = shipped_model(name)
    return {model.pattern(int(s)) for s in np.flatnonzero(fast.equilibria(model.graph(), concept))}


@pytest.mark.parametrize(
    ("name", "concept", "expected"),
    [
        ("prisoners-dilemma", "nash", {"NN"}),
        ("prisoners-dilemma", "seq", {"NN", "YY"}),
        ("chicken", "nash", {"YN", "NY"}),
        ("stag-hunt", "nash", {"NN", "YY"}),
        ("elmira-1991", "nash", {"NNNYN", "YNNYN", "NYNNY", "YNYNY", "NNNYY", "YNNYY"}),
    ],
)
def test_textbook_games_have_their_textbook_equilibria(name, concept, expected):
    assert expected == held(name, concept)


def test_elmira_falls_to_the_coalition_of_ministry_and_firm():
    model = shipped_model("elmira-1991")
    stay = model.state("NYNNY")
    assert fast.equilibria(model.graph(), "nash")[stay]
    assert not coalition_equilibria(model.graph(), [[0, 1]], "nash")[stay]


@pytest.mark.parametrize("name", ["october-1962", "october-1962-draft"])
def test_every_citation_of_october_1962_is_exact_words_of_the_sample(name):
    texts = {p.name: _plain(p) for p in (REPORTS / "reports").glob("*") if p.suffix != ".gz"}
    pages = {p.name: _plain(p) for p in (REPORTS / "warc_pages").glob("*")}
    cited = 0
    for element, value in elements_of(shipped_model(name)):
        for cite in value.support.cite:
            file = cite.article.partition("#")[0]
            among = list(pages.values()) if file.endswith(".warc.gz") else [texts[file]]
            words = " ".join(cite.quote.split())
            assert any(words in text for text in among), f"{element}: {words!r} in {cite.article}"
            cited += 1
    assert cited >= 20


def _plain(path: Path) -> str:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    if path.suffix == ".jsonl":
        import json

        text = " ".join(str(v) for line in text.splitlines() for v in json.loads(line).values())
    if path.suffix == ".html":
        text = html.unescape(re.sub(r"<[^>]+>", "", text))
    return " ".join(text.split())


def test_october_1962_holds_only_if_washington_does_not_mean_its_ultimatum():
    model = shipped_model("october-1962")
    readings = Readings(model)
    assert readings.verdict(model.present, "seq").word == "some"
    assert readings.splits(model.present, "seq") == [("only if", "United States wants not usa-attack", "")]


def test_october_1962_differs_from_its_draft():
    changes = diff_models(shipped_model("october-1962-draft"), shipped_model("october-1962"))
    assert {c.how for c in changes} == {"added", "removed", "changed"}


def test_an_unknown_model_is_answered_with_the_known_ones():
    from detente.conflict.graph import ModelError

    with pytest.raises(ModelError) as caught:
        find_model("october")
    assert all(name in caught.value.hint for name in shipped_models())


def test_kinds_name_each_other_and_are_found_by_their_own_words():
    ids = [kind.id for kind in load_kinds()]
    assert len(ids) == len(set(ids))
    for kind in load_kinds():
        assert {*kind.against, *filter(None, [kind.reverse])} <= set(ids), kind.id
        assert kind.label
        assert kind.undone in ("both", "forward", "back")
        assert all(words == words.lower() for words in kind.words)
        found = find_kind(f"they would {kind.words[0].replace(' … ', ' any ')} soon")
        assert found is not None


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("to withdraw his troops from the border", "pull-back"),
        ("lift the new sanctions", "lift-sanctions"),
        ("a pledge not to invade", "no-invasion"),
        ("is not planning to invade", "invade"),
        ("the mission was abandoned", None),
    ],
)
def test_words_lead_to_the_kind_of_option(words, kind):
    found = find_kind(words)
    assert kind == (found[0].id if found else None)


def test_blocs_name_states_by_code_with_a_year():
    for bloc in load_blocs():
        assert all(
            re.fullmatch("[A-Z]{3}", code) and 1900 < year < 2100 for code, year in bloc.members.items()
        )
