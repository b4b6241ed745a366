"""Stories grow as articles come: joined, kept apart, mended."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from detente.compare import MemoryPile
from detente.compare.episodes import find_episodes
from detente.compare.stories import StorySettings, StoryStream
from detente.compare.stories.features import NAMES
from detente.compare.stories.index import LATEST, TermIndex
from detente.compare.stories.profile import Terms, make_profile
from detente.compare.stories.rarity import Rarity
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


def compared(first, second, days=(None, None), words=""):
    """The features of a second article beside a first, by name; ``words`` is a third that comes before."""
    stream = StoryStream()
    for n, (text, day) in enumerate([(words, days[0]), (first, days[0])] if words else [(first, days[0])]):
        stream.put(stream.look(make_profile(make_article(f"a{n}", text)), day)[0])
    seen, others = stream.look(make_profile(make_article("b", second)), days[1])
    row = [other.row for other in others].index(len(stream._seen) - 1)
    return dict(zip(NAMES, stream.features(seen, others)[row].tolist(), strict=True))


FERRY = STORIES["ferry"][0]


def test_an_article_is_wholly_like_itself():
    found = compared(FERRY, FERRY, (700000, 700000))
    assert {name: round(found[f"likeness of {name}"], 2) for name in ("words", "names", "plain", "pairs")} == {
        "words": 1, "names": 1, "plain": 1, "pairs": 1,
    }  # fmt: skip
    assert found["one's terms in the other"] == found["other's names in the one"] == 1
    assert found["days between"] == 0


def test_likeness_is_the_cosine_of_rarity_weighted_terms():
    profiles = [make_profile(make_article(f"a{n}", text)) for n, text in enumerate(STORIES["ferry"][:2])]
    rarity = Rarity()
    for profile in profiles:
        rarity.add(profile)
    stream = StoryStream(rarity=rarity, counted=2)
    first, _ = stream.look(profiles[0], None)
    stream.put(first)
    found = dict(zip(NAMES, stream.features(*stream.look(profiles[1], None))[0].tolist(), strict=True))
    for channel in ("words", "names", "lead", "plain", "pairs", "numbers"):
        vectors = [
            dict(zip(v.slots.tolist(), v.values.tolist(), strict=True))
            for v in (rarity.vector(profile[channel], channel) for profile in profiles)
        ]
        expected = sum(value * vectors[1].get(slot, 0.0) for slot, value in vectors[0].items())
        assert found[f"likeness of {channel}"] == pytest.approx(expected, abs=2e-3)


@pytest.mark.parametrize(
    ("first", "second", "agrees", "differs"),
    [
        ("A boy, a 7-year-old, fell off the ferry.", "The 7-year-old boy fell off a ferry.", {"ages"}, set()),
        ("A 7-year-old boy fell off the ferry.", "A 9-year-old boy fell off a ferry.", set(), {"ages"}),
        ("The ferry sank on Tuesday.", "A ferry sank Tuesday night.", {"weekdays"}, set()),
        ("The ferry sank on Tuesday.", "A ferry sank Friday night.", set(), {"weekdays"}),
        ("The ferry sank on March 3.", "A ferry sank on Mar. 3 and divers came.", {"dates"}, set()),
        ("The ferry sank on March 3.", "A ferry sank on April 3.", set(), {"dates"}),
        ("The ferry sank.", "A ferry sank on April 3, a Friday.", set(), set()),
    ],
)
def test_two_articles_agree_or_differ_in_details(first, second, agrees, differs):
    found = compared(first, second)
    names = ("ages", "weekdays", "dates")
    assert {name for name in names if found[f"{name} agree"]} == agrees
    assert {name for name in names if found[f"{name} differ"]} == differs


def test_the_weekday_that_the_lead_names_tells_the_day():
    sunday = dt.date(2026, 3, 8).toordinal()
    found = compared("The ferry sank on Friday.", "A ferry sank Friday night.", (sunday, sunday + 2))
    assert found["told on one day"] == 1
    found = compared("The ferry sank on Friday.", "A ferry sank on Saturday.", (sunday, sunday))
    assert found["told on one day"] == 0


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
    features = np.random.default_rng(1).uniform(-0.2, 1.2, (50, len(NAMES)))

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
    assert int(load_scorer().arrays["feature"].max()) < len(NAMES)
