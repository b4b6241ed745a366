"""What was planned beside what then happened: which later telling is that of a plan, and which is not."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from detente.compare import MemoryPile, asof, compare_pile
from detente.record import Date, Measure, Plan
from tests.compare.builders import make_actor, make_article, make_event, make_meeting, make_reading, span_of

FILLER = (
    "Paper {} wrote of the harvest, of ferries and of a bridge that number {} of its readers had asked for."
)


def day(text: str, basis: str = "stated") -> Date:
    return Date.day(dt.date.fromisoformat(text), basis=basis)


class Telling:
    """A report of one meeting: who, where, when and what became of it."""

    def __init__(self, published: str, words: str, people: str, **told) -> None:
        self.published, self.words, self.people, self.told = published, words, people.split(), told


def read(*tellings: Telling):
    """The pile of some reports, one telling each."""
    articles, readings = [], []
    for n, telling in enumerate(tellings):
        text = f"{telling.words}\n{FILLER.format(n, n)}"
        article = make_article(f"a{n}", text, day=telling.published, outlet=f"o{n}")
        actors = [make_actor(article, name, key=f"person:{name} X") for name in telling.people]
        told = {"place": None, "date": Date.day(dt.date.fromisoformat(telling.published), basis="published")}
        meeting = make_meeting(
            article, telling.words, tuple(a.id for a in actors), **{**told, **telling.told}
        )
        articles.append(article)
        readings.append(make_reading(article, actors=actors, meetings=[meeting]))
    return MemoryPile(articles, readings)


def plans(*tellings: Telling) -> list[Plan]:
    return list(compare_pile(read(*tellings)).plans())


PLANNED = Telling(
    "2014-03-05", "Ada and Boris will meet in Vesta.", "Ada Boris",
    status="planned", place="Vesta", date=day("2014-03-08"),
)  # fmt: skip
UNDATED = Telling("2014-03-05", "Ada and Boris will meet.", "Ada Boris", status="planned")


def held(published: str, on: str | None = None, people: str = "Ada Boris", **told) -> Telling:
    date = day(on) if on else day(published, "published")
    return Telling(published, "They sat down together.", people, **{"date": date, **told})


BECAME = [
    (PLANNED, held("2014-03-09", "2014-03-08"), "happened"),
    (PLANNED, held("2014-03-09"), "happened"),
    (PLANNED, held("2014-03-09", "2014-03-08", place="Vesta"), "happened"),
    (PLANNED, held("2014-03-09", "2014-03-08", place="Lorn"), "unreported"),
    (PLANNED, held("2014-03-12", "2014-03-11"), "unreported"),
    (PLANNED, held("2014-03-09", "2014-03-08", people="Ada Cleo"), "unreported"),
    (PLANNED, held("2014-03-09", "2014-03-08", people="Ada Boris Cleo"), "happened"),
    (PLANNED, held("2014-03-09", "2014-03-08", people="Ada Boris Cleo Dora Emil"), "unreported"),
    (PLANNED, held("2014-03-09", "2014-03-08", people="Ada Boris Cleo Dora Emil", place="Vesta"), "happened"),
    (PLANNED, held("2014-03-04", "2014-03-04"), "unreported"),
    (UNDATED, held("2014-03-07", "2014-03-07"), "happened"),
    (UNDATED, held("2014-03-05", "2014-03-05"), "unreported"),
    (UNDATED, held("2014-04-20", "2014-04-20"), "unreported"),
    (UNDATED, held("2014-03-05", "2014-03-03"), "unreported"),
]


@pytest.mark.parametrize(("plan", "later", "became"), BECAME)
def test_a_meeting_took_place_as_planned_by_parties_kind_place_and_day(plan, later, became) -> None:
    assert [p.became for p in plans(plan, later)] == [became]


def test_a_plan_and_its_outcome_are_both_cited() -> None:
    [plan] = plans(PLANNED, held("2014-03-09", "2014-03-08"))
    assert ([s.article for s in plan.evidence], [s.article for s in plan.outcome]) == (["a0"], ["a1"])
    assert plan.then == day("2014-03-08")


def test_a_call_is_not_the_meeting_that_was_planned() -> None:
    pile = read(PLANNED, held("2014-03-09", "2014-03-08"))
    call = pile.reading("a1").meetings[0]
    object.__setattr__(call, "format", "call")
    assert [p.became for p in compare_pile(pile).plans()] == ["unreported"]


CHANGES = [
    ("Ada called off the meeting with Boris.", None, "cancelled", None),
    ("The meeting of Ada and Boris was postponed.", None, "moved", None),
    ("The meeting of Ada and Boris was put off until Tuesday.", "Tuesday", "moved", "2014-03-11"),
]


@pytest.mark.parametrize(("words", "new", "became", "then"), CHANGES)
def test_what_is_called_off_is_cancelled_and_what_is_put_off_is_moved(words, new, became, then) -> None:
    telling = Telling("2014-03-07", words, "Ada Boris", status="cancelled")
    pile = read(PLANNED, telling)
    if new:
        span = span_of(pile.article("a1"), new)
        date = Date.day(dt.date(2014, 3, 11), basis="resolved", span=span)
        object.__setattr__(pile.reading("a1").meetings[0], "date", date)
    [plan] = compare_pile(pile).plans()
    assert (plan.became, plan.then and plan.then.from_) == (became, then)


def test_the_cancelling_of_another_days_meeting_is_not_that_of_the_plan() -> None:
    telling = Telling(
        "2014-03-07", "Ada called off the meeting of 20 March.", "Ada Boris",
        status="cancelled", date=day("2014-03-20"),
    )  # fmt: skip
    assert [p.became for p in plans(PLANNED, telling)] == ["unreported"]


def test_a_visitor_seen_at_the_place_within_days_made_the_visit() -> None:
    pile = read(
        Telling("2014-03-05", "Ada will fly to Vesta.", "Ada", status="planned", place="Vesta", date=day("2014-03-08")),
        held("2014-03-10", "2014-03-09", place="Vesta"),
    )  # fmt: skip
    object.__setattr__(pile.reading("a0").meetings[0], "format", "visit")
    assert [p.became for p in compare_pile(pile).plans()] == ["happened"]


def test_before_the_later_report_it_is_only_planned() -> None:
    pile = read(PLANNED, held("2014-03-09", "2014-03-08"))
    [then] = compare_pile(asof(pile, dt.date(2014, 3, 8))).plans()
    assert (then.became, then.outcome) == ("unreported", ())


def test_a_day_after_the_last_report_is_said_to_be() -> None:
    [plan] = plans(PLANNED)
    assert plan.why == "no report of it taking place in this pile, whose last report is of 2014-03-05"


def test_a_plan_of_nobody_named_is_left_out() -> None:
    assert plans(Telling("2014-03-05", "Talks will be held.", "", status="planned")) == []


def test_a_meeting_and_the_event_of_the_same_words_are_one_plan() -> None:
    pile = read(PLANNED)
    event = make_event(
        pile.article("a0"), PLANNED.words, type="AGREE", lemma="meet", status="planned",
        sources=pile.reading("a0").meetings[0].participants,
    )  # fmt: skip
    pile.reading("a0").events.append(event)
    [plan] = compare_pile(pile).plans()
    assert len(plan.about) == 2


def measure(article, words: str, actor: str, status: str, date: Date) -> Measure:
    return Measure(
        f"ms-{article.id}", "deployment", (actor,), (), None, None, status, date, (span_of(article, words),)
    )


@pytest.mark.parametrize(
    ("words", "became"),
    [("Norda sent 200 marines to the strait.", "happened"), ("Norda moved its fleet home.", "unreported")],
)
def test_a_measure_is_carried_out_when_kind_party_day_and_thing_agree(words: str, became: str) -> None:
    articles, readings = [], []
    tellings = [
        ("2014-03-05", "Norda will send 200 marines to the strait.", "planned"),
        ("2014-03-09", words, "happened"),
    ]
    for n, (published, text, status) in enumerate(tellings):
        article = make_article(f"a{n}", f"{text}\n{FILLER.format(n, n)}", day=published, outlet=f"o{n}")
        norda = make_actor(article, "Norda", type="state", key="state:NOR")
        date = day(published, "published") if status == "planned" else day("2014-03-08")
        articles.append(article)
        readings.append(
            make_reading(article, actors=[norda], measures=[measure(article, text, norda.id, status, date)])
        )
    found = compare_pile(MemoryPile(articles, readings)).plans()
    assert [p.became for p in found] == [became]


@given(
    some.lists(
        some.tuples(
            some.integers(1, 28), some.integers(1, 28), some.sampled_from(("held", "planned", "cancelled"))
        ),
        max_size=6,
    )
)
def test_nothing_that_was_told_before_a_plan_is_its_outcome(tellings) -> None:
    pile = read(
        *(
            Telling(
                f"2014-03-{told:02}",
                f"Telling {n} of it.",
                "Ada Boris",
                status=status,
                date=day(f"2014-03-{on:02}"),
            )
            for n, (told, on, status) in enumerate(tellings)
        )
    )
    days = {a.id: a.published.from_ for a in pile.articles()}
    for plan in compare_pile(pile).plans():
        told = min(days[s.article] for s in plan.evidence)
        assert (
            all(days[s.article] >= told for s in plan.outcome[:1])
            or max(days[s.article] for s in plan.outcome) >= told
        )
        assert bool(plan.by) == bool(plan.outcome) == (plan.became != "unreported")


def test_the_day_of_the_calling_off_is_no_other_meetings_day() -> None:
    telling = Telling(
        "2014-03-07", "Ada called off the meeting on Thursday.", "Ada Boris",
        status="cancelled", date=day("2014-03-06"),
    )  # fmt: skip
    assert [p.became for p in plans(PLANNED, telling)] == ["cancelled"]


def test_a_refusal_calls_nothing_off() -> None:
    telling = Telling("2014-03-07", "Ada refused to meet Boris.", "Ada Boris", status="cancelled")
    assert [p.became for p in plans(PLANNED, telling)] == ["unreported"]


EVENTS = [
    ("planned", "2014-03-08", "state:NOR", ["unreported"]),
    ("planned", None, "state:NOR", []),
    ("planned", "2014-03-01", "state:NOR", []),
    ("planned", "2014-03-08", "group:people", []),
]


@pytest.mark.parametrize(("status", "on", "party", "became"), EVENTS)
def test_an_event_is_a_plan_where_somebody_is_to_do_it_on_a_day_to_come(status, on, party, became) -> None:
    article = make_article("a", "Norda will send troops.", day="2014-03-05")
    norda = make_actor(article, "Norda", type=party.partition(":")[0], key=party)
    date = day(on) if on else article.published
    event = make_event(article, article.text, type="MOBILIZE", sources=(norda.id,), status=status, date=date)
    pile = MemoryPile([article], [make_reading(article, actors=[norda], events=[event])])
    assert [p.became for p in compare_pile(pile).plans()] == became
