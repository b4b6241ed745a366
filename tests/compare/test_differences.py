"""Where independent accounts differ, and what is no difference."""

from __future__ import annotations

import re

import pytest

from detente.compare import Judgement, MemoryPile, compare_pile
from detente.compare.differences.wording import _quoted_words
from detente.record import Figure
from tests.compare.builders import make_article, make_reading, span_of


def differences_of(*texts, judgements=(), days=None):
    days = days or ["1962-10-31"] * len(texts)
    articles = [
        make_article(f"a{i}", t, day=d, outlet=f"outlet {i}")
        for i, (t, d) in enumerate(zip(texts, days, strict=True))
    ]
    return list(compare_pile(MemoryPile(articles), judgements=judgements).differences())


def test_one_act_with_two_days_is_a_date_difference_with_both_words():
    (difference,) = differences_of(
        "Freedonia formally annexed the Sylvanian coast on October 21.",
        "Freedonia has no intention of leaving the Sylvanian coast it annexed two weeks ago.",
    )
    assert difference.kind == "date"
    assert {s.value for s in difference.sides} == {"1962-10-21", "about 1962-10-17"}


@pytest.mark.parametrize(
    "other",
    [
        "Freedonia annexed the Sylvanian coast ten days ago.",
        "Freedonia met Sylvania on October 3.",
        "Freedonia annexed the Sylvanian coast on October 21, 1921.",
        "Ruritania annexed the Carpathian pass on October 2.",
    ],
)
def test_compatible_or_different_acts_are_no_date_difference(other):
    assert differences_of("Freedonia annexed the Sylvanian coast on October 21.", other) == []


def test_one_outlet_that_gives_two_days_does_not_differ_with_itself():
    articles = [
        make_article(
            "a", "Freedonia annexed the Sylvanian coast on October 21.", day="1962-10-31", outlet="Herald"
        ),
        make_article(
            "b", "Freedonia annexed the Sylvanian coast on October 17.", day="1962-10-31", outlet="Herald"
        ),
    ]
    assert list(compare_pile(MemoryPile(articles)).differences()) == []


def tolls(*specs, kind="killed"):
    """Differences of articles of one story with one figure each: (number word, value, day)."""
    articles, readings = [], []
    for i, (words, value, day) in enumerate(specs):
        text = (
            f"{words} people died when the ferry Aurora sank off Port Lisbeth.",
            f"The ferry Aurora went down near Port Lisbeth; {words} people were lost with the Aurora.",
        )[i]
        article = make_article(f"a{i}", text, day=day, outlet=f"outlet {i}")
        span = span_of(article, words)
        figure = Figure(
            f"fi-{i}", span, kind, value, value, None, False, "people", ("narrator",), article.published
        )
        articles.append(article)
        readings.append(make_reading(article, figures=[figure]))
    found = compare_pile(MemoryPile(articles, readings)).differences()
    return [d for d in found if d.kind == "number"]


def test_two_tolls_on_one_day_are_a_number_difference():
    articles_text = [("Seventeen", 17, "1962-10-20"), ("Twenty-six", 26, "1962-10-20")]
    (difference,) = tolls(*articles_text)
    assert {s.value for s in difference.sides} == {"17", "26"}


def number_differences(*texts, day="2021-05-04"):
    articles = [make_article(f"a{i}", text, day=day, outlet=f"outlet {i}") for i, text in enumerate(texts)]
    found = compare_pile(MemoryPile(articles)).differences()
    return [d for d in found if d.kind == "number"]


def test_tolls_of_two_events_that_reports_of_one_story_recall_are_no_difference():
    found = number_differences(
        "The Riflemen's League asked for armed guards in schools on Monday. The league's guards would be paid by the "
        "schools. It named a gunman who had killed two students at Pearl in 1997.",
        "The Riflemen's League wants armed guards in schools, its director said. The guards would be paid by the "
        "schools after the shooting at Newbridge, in which 26 people were killed.",
    )
    assert found == []


def test_tolls_of_one_event_differ_though_no_figure_was_read():
    (difference,) = number_differences(
        "A mortar attack on the market in Port Lisbeth killed at least 26 people on Monday, doctors said. The market "
        "in Port Lisbeth was full when the mortars struck.",
        "Seventeen people were killed when mortars hit the market of Port Lisbeth on Monday, the mayor said. The "
        "market of Port Lisbeth had just opened when the attack began.",
    )
    assert {s.value for s in difference.sides} == {"at least 26", "17"}
    assert difference.severity == "high"


def test_a_toll_that_grows_is_an_update():
    assert tolls(("Seventeen", 17, "1962-10-20"), ("Twenty-six", 26, "1962-10-21")) == []


def test_compatible_rounding_is_no_difference():
    assert tolls(("Some 40,000", 40_000, "1962-10-20"), ("41,000", 41_000, "1962-10-20")) == []


@pytest.mark.parametrize(
    "other",
    [
        "Governor Sala of Norland signed the Harbour Freedom Act on May 3, the town's paper wrote.",
        "On May 1 Governor Perrin of Westmark signed the Harbour Freedom Act.",
    ],
)
def test_an_act_of_two_doers_or_of_one_day_is_no_date_difference(other):
    first = "Governor Perrin of Westmark signed the Harbour Freedom Act on May 1."
    articles = [
        make_article(f"a{i}", text, day="2021-05-04", outlet=f"outlet {i}")
        for i, text in enumerate((first, other))
    ]
    assert [d for d in compare_pile(MemoryPile(articles)).differences() if d.kind == "date"] == []


def test_a_settled_difference_is_marked():
    texts = (
        "Freedonia annexed the Sylvanian coast on October 21.",
        "Freedonia annexed the Sylvanian coast on October 17.",
    )
    (open_one,) = differences_of(*texts)
    judgement = Judgement(
        "settled", (open_one.id,), who="reviewer", when="2024-01-01", why="the decree says so"
    )
    (settled,) = differences_of(*texts, judgements=[judgement])
    assert (open_one.state, settled.state) == ("open", "settled")


QUOTED = "we will hold the bridge over the river until the last of our engineers has come home to the capital, and after that we will carry every stone of it north with our own hands"


def test_he_said_between_two_parts_of_a_quotation_is_not_among_its_words():
    text = "“We will hold the bridge,” Alba added, “until the last of us is home,” and left."
    article = make_article("a1", text, day="1962-10-31", outlet="outlet")
    words = _quoted_words(article, 1, text.index(" and left"))
    assert re.findall(r"\w+", words) == [
        "We",
        "will",
        "hold",
        "the",
        "bridge",
        "until",
        "the",
        "last",
        "of",
        "us",
        "is",
        "home",
    ]


def test_another_word_inside_a_quotation_is_another_wording():
    other = QUOTED.replace("bridge", "harbour")
    found = differences_of(
        f"“{QUOTED.capitalize()},” the minister said.", f"“{other.capitalize()},” he said."
    )
    assert [d.why for d in found if d.kind == "wording"] == [
        "one quotation has bridge where the other has harbour"
    ]


@pytest.mark.parametrize(("one", "other"), [("FBI", "F.B.I."), ("two", "2"), ("breakwater", "break water")])
def test_another_spelling_is_no_other_wording(one, other):
    quoted = "We will hold the bridge and the {} for all of the winter, until the last of us is home again"
    found = differences_of(
        f"“{quoted.format(one)},” the minister said.", f"“{quoted.format(other)},” he said."
    )
    assert [d for d in found if d.kind == "wording"] == []


ABOARD = "The navy of Westmark searched the freighters off Port Lisbeth for rifles that the Norland rebels had bought."


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("By Friday night it had boarded one vessel.", "It boarded two vessels on Friday.", {"1", "2"}),
        ("By Friday night it had boarded one vessel.", "It boarded two vessels on Thursday.", set()),
        ("By Friday night it had boarded one vessel.", "It boarded at least one vessel on Friday.", set()),
        ("By Friday night it had boarded one vessel.", "It warned two vessels on Friday.", set()),
    ],
)
def test_one_deed_of_one_day_counted_twice_is_a_number_difference(first, second, expected):
    texts = (
        f"{ABOARD} {first}",
        f"Freighters off Port Lisbeth were searched by the navy of Westmark for the rebels' rifles. {second}",
    )
    found = number_differences(*texts, day="1962-10-27")
    assert {side.value for difference in found for side in difference.sides} == expected


def counted(*specs):
    """Number differences of figures with what they count, one article each."""
    articles, readings = [], []
    for i, (text, words, value, of) in enumerate(specs):
        article = make_article(f"a{i}", text, day="2017-01-20", outlet=f"outlet {i}")
        date = article.published
        figure = Figure(
            f"fi-{i}", span_of(article, words), "count", value, value, None, False, of, ("narrator",), date
        )
        articles.append(article)
        readings.append(make_reading(article, figures=[figure]))
    return [d for d in compare_pile(MemoryPile(articles, readings)).differences() if d.kind == "number"]


OATH = "Premier Sokolov took the oath at the Winter Hall in Marrow, and Judge Perrin read the words aloud."


def test_one_thing_in_like_sentences_differs():
    (difference,) = counted(
        (f"{OATH} The 35-word oath was administered by Judge Perrin.", "35", 35, "word oath"),
        (
            f"In Marrow, at the Winter Hall, Judge Perrin administered the 38-word oath. {OATH[:60]}",
            "38",
            38,
            "word oath",
        ),
    )
    assert {s.value for s in difference.sides} == {"35", "38"}


def test_things_of_one_word_in_unlike_sentences_are_two_things():
    found = counted(
        (f"{OATH} The rule asks for 60 votes to end debate.", "60", 60, "votes"),
        (f"{OATH} Its leader believed that 41 votes were his.", "41", 41, "votes"),
    )
    assert found == []
