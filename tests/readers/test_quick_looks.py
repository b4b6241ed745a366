"""Short ways through the readers: each gives what the long way gives."""

from __future__ import annotations

import re
import string

import numpy as np
import pytest

from benchmarks.events_gold import article
from detente.language import load_model, parse_articles
from detente.language.times.find import _RULES as RULES
from detente.readers.actors.trie import cut
from detente.readers.events.lexicon import read_data
from detente.readers.events.scenes import scenes
from detente.readers.figures_numbers import _may_begin, _phrases_before, load_quantities
from detente.readers.index import ActorIndex, Mention
from detente.readers.issue_names import issue_classes
from detente.readers.positions_nouns import stance_words
from detente.readers.positions_stances import load_stances
from detente.readers.statements.rank import best_of
from detente.readers.statements.trees import load_ranker
from detente.record import Date, Reading, Statement

LETTERS = string.ascii_letters + "-,"


@pytest.mark.parametrize("name", ["cue", "content", "source", "final"])
def test_rows_scored_together_score_as_they_do_alone(name: str) -> None:
    trees = getattr(load_ranker(), name)
    rows = np.random.default_rng(7).normal(size=(150, int(trees.feature.max()) + 1)).astype(np.float32)
    assert trees.scores(rows).tolist() == [float(trees.scores(row[None])[0]) for row in rows]


def test_no_rows_have_no_scores() -> None:
    assert len(load_ranker().content.scores(np.zeros((0, 100), np.float32))) == 0


@pytest.mark.parametrize(
    ("scores", "expected"),
    [([], (-1, 0.0, 0.0)), ([0.5], (0, 0.5, 1.0)), ([0.25, 0.75, 0.5], (1, 0.75, 0.25)),
     ([2.0, 2.0], (0, 2.0, 0.0)), ([-1.0, -3.0], (0, -1.0, 2.0))],
)  # fmt: skip
def test_the_first_of_the_best_is_taken_with_its_lead(scores, expected) -> None:
    assert best_of(np.array(scores, np.float32)) == expected


def test_every_word_that_can_begin_a_number_is_looked_at() -> None:
    data = load_quantities()
    words = (*data["numbers"], *data["vague"], *data["few"], "a", "half", "12", "1,200", "3.5m", "twenty-two")
    assert [word for word in words if not _may_begin(word)] == []


def test_every_phrase_before_a_number_is_found_by_its_last_word() -> None:
    kept = {(kind, " ".join(words)) for rows in _phrases_before().values() for kind, words in rows}
    assert kept == {(kind, phrase) for kind, some in load_quantities()["before"].items() for phrase in some}


def test_every_stance_verb_is_looked_at() -> None:
    assert load_stances().keys() <= stance_words()


def test_classes_of_an_issue_are_those_of_the_data() -> None:
    known = read_data("events", "issues.toml")["classes"]
    assert issue_classes([*known, "no such class"]) == frozenset(known)


@pytest.mark.parametrize(
    "name", ["U.S. Navy", "Al-Qaeda", "People's Republic", "Lt. Gen.", "Foreign Ministry"]
)
def test_a_name_is_cut_as_the_parse_cuts_it(name: str) -> None:
    assert cut(name) == [token.text for token in load_model()(name)]


def test_a_text_is_passed_over_where_no_time_can_begin() -> None:
    plain = re.compile("|".join(f"(?P<{name}>{rule})" for name, rule in RULES))
    assert not any(
        plain.match(first + second + third) for first in ".," for second in LETTERS for third in LETTERS
    )


def test_the_readers_of_an_article_share_its_scenes_until_something_is_added() -> None:
    [parsed] = parse_articles([article("test", "France shelled Spain.\nParis denied it.", "2014-03-05")])
    reading, actors = Reading(parsed.article.id), ActorIndex()
    first = scenes(parsed, reading, actors)
    assert scenes(parsed, reading, actors) is first
    actors.add(Mention(0, 0, 1, 0, parsed.body[0].span(0, 6), ("ac-1",), "name"))
    second = scenes(parsed, reading, actors)
    assert [scene.heads.keys() for scene in second] == [{0}, set()]
    span = parsed.body[1].span(0, 5)
    said = Statement("st-1", (), None, None, (span,), "indirect", "say", True, None, Date.unknown(), None, ())
    reading.statements.append(said)
    found = [scene.statements for scene in scenes(parsed, reading, actors)]
    assert found == [[], [(span.start, span.end, said)]]
