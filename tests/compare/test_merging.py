"""The same actor, event, meeting and statement across reports."""

from __future__ import annotations

import datetime as dt

import pytest

from detente.compare import Judgement, MemoryPile, asof, compare_pile, diff
from detente.record import Count, Date
from tests.compare.builders import (
    make_actor,
    make_article,
    make_event,
    make_meeting,
    make_reading,
    make_statement,
    span_of,
)


def stated(day, article=None, words=None):
    span = span_of(article, words) if article else None
    return Date.day(dt.date.fromisoformat(day), basis="stated", span=span)


def actors_of(*people):
    """The merged actors of articles that name one person each: (name, country)."""
    articles, readings = [], []
    for i, (name, country) in enumerate(people):
        article = make_article(f"a{i}", f"{name} spoke.")
        articles.append(article)
        readings.append(make_reading(article, actors=[make_actor(article, name, country=country)]))
    return sorted(a.name for a in compare_pile(MemoryPile(articles, readings)).actors())


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([("Sergei Ivanov", "RUS"), ("Sergey Ivanov", "RUS")], 1),
        ([("Viktor Yanukovich", None), ("Viktor Yanukovych", "UKR")], 1),
        ([("John F. Whitfield", "USA"), ("John Whitfield", "USA")], 1),
        ([("Ivanov", None), ("Sergei Ivanov", "RUS")], 1),
        ([("Ivanov", None), ("Sergei Ivanov", "RUS"), ("Boris Ivanov", "RUS")], 3),
        ([("Sergei Ivanov", "RUS"), ("Boris Ivanov", "RUS")], 2),
        ([("Sergei Ivanov", "RUS"), ("Sergei Ivanov", "BGR")], 2),
        ([("Raisa Ivanova", "RUS"), ("Rais Ivanov", "RUS")], 2),
    ],
)
def test_persons_are_one_by_full_name_and_country(people, expected):
    assert len(actors_of(*people)) == expected


def test_a_merged_actor_keeps_every_spelling_and_mention():
    articles = [make_article("a", "Sergei Ivanov spoke."), make_article("b", "Sergey Ivanov left.")]
    names = ("Sergei Ivanov", "Sergey Ivanov")
    readings = [
        make_reading(a, actors=[make_actor(a, n, country="RUS")])
        for a, n in zip(articles, names, strict=True)
    ]
    (actor,) = compare_pile(MemoryPile(articles, readings)).actors()
    assert actor.names == names
    assert [s.article for s in actor.mentions] == ["a", "b"]


def events_of(*specs, judgements=()):
    """Merged events of articles that each tell one: (words, day, status, sources by name)."""
    articles, readings = [], []
    for i, (words, day, status, country) in enumerate(specs):
        article = make_article(f"a{i}", f"{words} on {day}.", day="1962-10-25", outlet=f"outlet {i}")
        actor = make_actor(article, words.split()[0], type="state", country=country, key=country)
        event = make_event(article, words, sources=(actor.id,), status=status, date=stated(day, article, day))
        articles.append(article)
        readings.append(make_reading(article, actors=[actor], events=[event]))
    return list(compare_pile(MemoryPile(articles, readings), judgements=judgements).events())


def test_a_merged_event_judged_wrong_is_gone_with_all_its_reports():
    told = [("Freedonia seized the fort", "1962-10-21", "happened", "FRE")] * 2
    (event,) = events_of(*told)
    wrong = Judgement("wrong", (event.id,), who="reviewer", when="2024-01-01")
    assert events_of(*told, judgements=[wrong]) == []


def test_one_event_in_two_reports_is_one_with_both_citations():
    (event,) = events_of(
        ("Freedonia seized the northern fort", "1962-10-21", "happened", "FRE"),
        ("Freedonia seized the fort", "1962-10-21", "happened", "FRE"),
    )
    assert event.count == Count(2, 2, 2)
    assert {s.article for s in event.evidence} == {"a0", "a1"}


@pytest.mark.parametrize(
    "other",
    [
        ("Freedonia seized the northern fort", "1962-10-23", "happened", "FRE"),
        ("Freedonia seized the northern fort", "1962-10-21", "planned", "FRE"),
        ("Freedonia seized the northern fort", "1962-10-21", "denied", "FRE"),
        ("Sylvania seized the northern fort", "1962-10-21", "happened", "SYL"),
    ],
)
def test_other_day_status_or_doer_is_another_event(other):
    assert len(events_of(("Freedonia seized the northern fort", "1962-10-21", "happened", "FRE"), other)) == 2


def told_of(kind, name, words, number):
    """A reading that tells one arrest of somebody, the doer left open."""
    article = make_article(f"a{number}", f"{words}.", day="1962-10-25", outlet=f"outlet {number}")
    actor = make_actor(article, name, type=kind)
    event = make_event(
        article, words, recipients=(actor.id,), date=stated("1962-10-21", article, words.split()[0])
    )
    return article, make_reading(article, actors=[actor], events=[event])


@pytest.mark.parametrize(
    ("other", "one"),
    [
        (("group", "spy", "Spy seized in harbour"), True),
        (("group", "alleged spy", "Alleged spy seized in harbour"), True),
        (("group", "sailors", "Sailors seized in harbour"), False),
        (("person", "Rudolf Sorel", "Rudolf Sorel seized in harbour"), True),
        (("state", "Sylvania", "Sylvania seized in harbour"), False),
    ],
)
def test_a_description_may_be_the_other_reports_person_but_not_another_group(other, one):
    told = [told_of("group", "young spy", "Young spy seized in harbour", 0), told_of(*other, 1)]
    pile = MemoryPile([a for a, _ in told], [r for _, r in told])
    assert len(list(compare_pile(pile).events())) == (1 if one else 2)


@pytest.mark.parametrize(
    ("day", "words", "number"),
    [
        ("1962-10-23", "Freedonia seized a fort near the lake", 1),
        ("1962-11-20", "Freedonia seized a fort near the lake", 2),
        ("1962-11-20", "Freedonia seized the northern fort", 1),
    ],
)
def test_an_undated_act_told_weeks_later_is_another_unless_in_the_same_words(day, words, number):
    told = (("1962-10-21", "Freedonia seized the northern fort"), (day, words))
    articles, readings = [], []
    for i, (published, text) in enumerate(told):
        article = make_article(f"a{i}", f"{text}.", day=published, outlet=f"outlet {i}")
        actor = make_actor(article, "Freedonia", type="state", country="FRE")
        event = make_event(article, text, sources=(actor.id,), date=Date.unknown())
        articles.append(article)
        readings.append(make_reading(article, actors=[actor], events=[event]))
    assert len(list(compare_pile(MemoryPile(articles, readings)).events())) == number


def test_two_verbs_of_one_report_without_a_day_stay_two_events():
    article = make_article(
        "a", "Ada and Boris have met often and have met and spoken by phone.", day="2014-03-05"
    )
    ada, boris = make_actor(article, "Ada"), make_actor(article, "Boris")
    both = (ada.id, boris.id)
    events = [
        make_event(article, words, type="CONSULT", lemma=lemma, sources=both, date=Date.unknown())
        for words, lemma in (
            ("Ada and Boris have met often", "meet"),
            ("Ada and Boris have met often and have met and spoken by phone", "speak"),
        )
    ]
    pile = MemoryPile([article], [make_reading(article, actors=[ada, boris], events=events)])
    assert len(list(compare_pile(pile).events())) == 2


def test_copies_of_one_text_count_as_one_origin():
    text = (
        "Freedonia seized the northern fort at dawn while its garrison slept, and the governor fled by boat across "
        "the lake before the bridges were blown behind him."
    )
    articles = [make_article(n, text, day="1962-10-21", outlet=n) for n in "abc"]
    readings = []
    for article in articles:
        actor = make_actor(article, "Freedonia", type="state", key="FRE")
        event = make_event(article, "Freedonia seized the northern fort", sources=(actor.id,))
        readings.append(make_reading(article, actors=[actor], events=[event]))
    (event,) = compare_pile(MemoryPile(articles, readings)).events()
    assert event.count == Count(3, 1, 3)


def meetings_of(*specs):
    articles, readings = [], []
    for i, (day, place) in enumerate(specs):
        article = make_article(f"a{i}", f"Adams and Sokolov met in {place} on {day}.", day="1962-11-05")
        people = [make_actor(article, n, key=n) for n in ("Adams", "Sokolov")]
        date = stated(day, article, day)
        meeting = make_meeting(
            article, "Adams and Sokolov met", tuple(p.id for p in people), date=date, place=place
        )
        articles.append(article)
        readings.append(make_reading(article, actors=people, meetings=[meeting]))
    return compare_pile(MemoryPile(articles, readings))


def test_two_meetings_in_one_town_on_different_days_stay_two_and_are_not_contrasted():
    comparison = meetings_of(("1962-10-05", "Paris"), ("1962-10-30", "Paris"))
    assert len(list(comparison.meetings())) == 2
    assert list(comparison.differences()) == []


def test_one_meeting_in_two_reports_is_one():
    (meeting,) = meetings_of(("1962-10-05", "Paris"), ("1962-10-05", "Paris")).meetings()
    assert meeting.count == Count(2, 2, 2)


def test_one_meeting_in_two_places_is_a_difference():
    (difference,) = meetings_of(("1962-10-05", "Paris"), ("1962-10-05", "Rome")).differences()
    assert (difference.kind, [s.value for s in difference.sides]) == ("place", ["Paris", "Rome"])


def test_a_place_from_elsewhere_in_the_report_is_not_contrasted():
    articles, readings = [], []
    for i, place in enumerate(("Paris", "Rome")):
        text = f"Envoys had talked in {place} for weeks. {'They were tired. ' * 12}Adams and Sokolov met on 1962-10-05."
        article = make_article(f"a{i}", text, day="1962-11-05")
        people = [make_actor(article, n, key=n) for n in ("Adams", "Sokolov")]
        date = stated("1962-10-05", article, "1962-10-05")
        met = make_meeting(
            article, "Adams and Sokolov met", tuple(p.id for p in people), date=date, place=place
        )
        articles.append(article)
        readings.append(make_reading(article, actors=people, meetings=[met]))
    found = compare_pile(MemoryPile(articles, readings)).differences()
    assert [d for d in found if d.kind == "place"] == []


def statements_of(*specs, judgements=()):
    articles, readings = [], []
    for i, (speaker, words) in enumerate(specs):
        article = make_article(f"a{i}", f"{speaker} said: “{words}”")
        actor = make_actor(article, speaker, key=speaker)
        articles.append(article)
        readings.append(
            make_reading(article, actors=[actor], statements=[make_statement(article, words, actor.id)])
        )
    return list(compare_pile(MemoryPile(articles, readings), judgements=judgements).statements())


def test_the_same_words_of_the_same_speaker_are_one_statement_in_two_reports():
    words = "We shall not move a single soldier from the canal"
    first, second = statements_of(("Adams", words), ("Adams", words + " this year"))
    assert (first.same, second.same) == ((second.id,), (first.id,))
    assert first.count.reports == 2


def test_of_many_that_say_the_same_some_are_listed_and_all_are_counted(monkeypatch):
    monkeypatch.setattr("detente.compare.statements.MOST_LISTED", 1)
    words = "We shall not move a single soldier from the canal"
    found = statements_of(*[("Adams", words)] * 3)
    first, second, third = sorted(found, key=lambda s: s.id)
    assert [s.same for s in (first, second, third)] == [(second.id,), (first.id,), (first.id,)]
    assert {s.count.reports for s in found} == {3}


@pytest.mark.parametrize("speaker", ["Sokolov"])
def test_the_same_words_of_another_speaker_are_another_statement(speaker):
    words = "We shall not move a single soldier from the canal"
    assert [s.same for s in statements_of(("Adams", words), (speaker, words))] == [(), ()]


def test_a_judgement_keeps_two_statements_apart():
    words = "We shall not move a single soldier from the canal"
    ids = tuple(s.id for s in statements_of(("Adams", words), ("Adams", words)))
    judgement = Judgement("not-same", ids, who="reviewer", when="2024-01-01", why="two speeches")
    found = statements_of(("Adams", words), ("Adams", words), judgements=[judgement])
    assert [s.same for s in found] == [(), ()]


def test_asof_leaves_out_what_was_published_later_or_undated():
    pile = MemoryPile([
        make_article("a", "One.", day="1962-10-01"), make_article("b", "Two.", day="1962-10-02"),
        make_article("c", "Three."),
    ])  # fmt: skip
    assert asof(pile, dt.date(1962, 10, 1)).article_ids() == ["a"]


def test_diff_names_what_was_added():
    one, two = make_article("a", "First words here."), make_article("b", "Other words there.")
    before, after = compare_pile(MemoryPile([one])), compare_pile(MemoryPile([one, two]))
    changes = diff(before.records(), after.records())
    assert [len(changes["origins"].added), len(changes["origins"].removed)] == [1, 0]
    assert changes["origins"].changed == ()


def test_timeline_lists_the_widest_reported_first():
    days = [
        ("Freedonia seized the northern fort", "1962-10-21", "happened", "FRE"),
        ("Freedonia seized the northern fort", "1962-10-21", "happened", "FRE"),
        ("Sylvania seized one bridge", "1962-10-21", "happened", "SYL"),
    ]
    articles, readings = [], []
    for i, (words, day, status, country) in enumerate(days):
        article = make_article(f"a{i}", f"{words} on {day}.", day="1962-10-25", outlet=f"outlet {i}")
        actor = make_actor(article, words.split()[0], type="state", key=country)
        event = make_event(article, words, sources=(actor.id,), status=status, date=stated(day, article, day))
        articles.append(article)
        readings.append(make_reading(article, actors=[actor], events=[event]))
    comparison = compare_pile(MemoryPile(articles, readings))
    (day,) = comparison.timeline()
    widest = max(comparison.events(), key=lambda e: e.count.origins)
    assert (day.events[0], day.headline) == (widest.id, "Freedonia seized the northern fort")
