"""Stories grow as articles come: joined, kept apart, mended."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from detente.compare import MemoryPile
from detente.compare.episodes import find_episodes
from detente.compare.stories import StorySettings, StoryStream
from detente.compare.stories.index import LATEST, TermIndex
from detente.compare.stories.profile import Terms, make_profile
from detente.compare.stories.scorer import Scorer, load_scorer
from detente.compare.stories.stream import join_rows
from tests.compare.builders import make_article

STORIES = {
    "ferry": [
        "A ferry with 212 passengers sank off Port Alder on Tuesday after striking a reef, the coast guard said. "
        "Divers searched the hull of the Morning Star for survivors while Captain Ilya Brandt was questioned.",
        "The Morning Star, a ferry carrying 212 people, hit a reef near Port Alder and went down within an hour. "
        "Captain Ilya Brandt told the coast guard that his charts were old.",
        "Divers pulled nine more survivors from the hull of the Morning Star, the ferry that sank off Port Alder. "
        "The coast guard detained Captain Ilya Brandt over the reef that his charts did not show.",
    ],
    "bank": [
        "The central bank of Sylvania raised its rate to 14 percent to defend the crown, Governor Maud Tessen said. "
        "Importers in Zenna had queued for dollars for a week as inflation passed 30 percent.",
        "Governor Maud Tessen lifted Sylvania's rate to 14 percent in a bid to halt the slide of the crown. "
        "Traders in Zenna said inflation at 30 percent left the central bank no choice.",
    ],
    "ferry elsewhere": [
        "A ferry capsized in a storm off Cape Ondo on Friday with 48 fishermen aboard, police in Larkhaven said. "
        "The Silver Gull had been chartered by a cannery whose owner, Petra Lund, could not be reached.",
    ],
}  # fmt: skip


def told(*names):
    """The articles of some stories, each with the name of its story."""
    return [(name, text) for name in names for text in STORIES[name]]


def grouped(items, days=None):
    """The stories of the stream as sets of names, each with how many articles."""
    stream = StoryStream()
    for n, (_, text) in enumerate(items):
        stream.add(make_profile(make_article(f"a{n}", text)), days[n] if days else None)
    return sorted(sorted(items[row][0] for row in rows) for rows in stream.stories())


def test_reports_of_one_event_are_one_story_and_others_are_apart():
    found = grouped(told("ferry", "bank", "ferry elsewhere"))
    assert found == [["bank"] * 2, ["ferry"] * 3, ["ferry elsewhere"]]


def test_the_order_in_which_reports_come_does_not_part_a_story():
    items = told("ferry", "bank", "ferry elsewhere")
    assert grouped(items[::-1]) == grouped(items)


def test_same_words_far_apart_in_time_are_two_stories():
    near = [(n, STORIES["bank"][n]) for n in (0, 1)]
    assert [len(s) for s in grouped(near, [700000, 700001])] == [2]
    assert [len(s) for s in grouped(near, [700000, 701500])] == [1, 1]


def test_episodes_of_a_pile_have_their_days_and_label():
    day = dt.date(1999, 3, 1).isoformat()
    pile = MemoryPile(
        [make_article(f"a{n}", text, day=day) for n, (_, text) in enumerate(told("ferry", "bank"))]
    )
    stories = [e for e in find_episodes(pile) if e.part_of or len(e.articles) < 5]
    assert sorted(e.articles for e in stories) == [("a0", "a1", "a2"), ("a3", "a4")]
    assert {(e.date.from_, e.date.to) for e in stories} == {(day, day)}


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ({}, [[0], [1], [2]]),
        ({(0, 1): 0.9}, [[0, 1], [2]]),
        ({(0, 1): 0.9, (1, 2): 0.5}, [[0, 1], [2]]),
        ({(0, 1): 0.9, (1, 2): 0.5, (0, 2): 0.4}, [[0, 1, 2]]),
        ({(0, 1): 0.3}, [[0], [1], [2]]),
    ],
)
def test_groups_are_joined_by_their_average_link_where_no_link_counts_nothing(links, expected):
    table = [{b if a == row else a: v for (a, b), v in links.items() if row in (a, b)} for row in range(3)]
    assert sorted(sorted(g) for g in join_rows([0, 1, 2], table, least=0.4)) == expected


def test_an_article_mends_the_stories_it_touches():
    stream = StoryStream(settings=StorySettings(least=0.4))
    stream.link(0, {})
    stream.link(1, {0: 0.5})
    assert stream.stories() == [[0, 1]]
    stream.link(2, {0: 0.0, 1: 0.9})
    stream.link(3, {1: 0.9, 2: 0.9})
    assert stream.stories() == [[0], [1, 2, 3]]


def test_the_index_names_the_articles_that_share_most_and_forgets_the_oldest_of_a_common_term():
    index = TermIndex()
    common = Terms(np.array([5], np.int32), np.array([1.0], np.float32))
    for row in range(LATEST + 10):
        index.add(row, common)
    index.add(999, Terms(np.array([5, 7], np.int32), np.array([0.6, 0.8], np.float32)))
    asked = Terms(np.array([5, 7], np.int32), np.array([0.6, 0.8], np.float32))
    near = index.near(asked, 500).tolist()
    assert near[0] == 999
    assert 0 not in near
    assert len(near) == LATEST


def test_trees_add_up():
    tree = {
        "feature": np.array([[0, -1, -1]]), "below": np.array([[0.5, 0, 0]]), "left": np.array([[1, 0, 0]]),
        "right": np.array([[2, 0, 0]]), "value": np.array([[0, -2.0, 3.0]]), "start": np.float64(0.5),
        "depth": np.int64(1),
    }  # fmt: skip
    assert Scorer(tree).odds(np.array([[0.5], [0.6]])).tolist() == [-1.5, 3.5]


def test_trees_give_what_walking_down_them_gives():
    arrays = load_scorer().arrays
    features = np.random.default_rng(1).uniform(-0.2, 1.2, (50, 29))

    def walk(row, tree):
        node = 0
        while (feature := arrays["feature"][tree, node]) >= 0:
            low = row[feature] <= arrays["below"][tree, node]
            node = arrays["left" if low else "right"][tree, node]
        return float(arrays["value"][tree, node])

    trees = range(len(arrays["feature"]))
    expected = [float(arrays["start"]) + sum(walk(row, tree) for tree in trees) for row in features]
    assert load_scorer().odds(features) == pytest.approx(expected)


def test_the_scorer_reads_as_many_features_as_there_are():
    from detente.compare.stories.features import NAMES

    assert int(load_scorer().arrays["feature"].max()) < len(NAMES)
