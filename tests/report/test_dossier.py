"""The dossier shows what the record holds, cited, escaped and counted."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from detente.record import Actor, Article, Count, Date, Event, Meeting, Plan, Span, Statement, TimelineDay
from detente.report import BriefSettings, write_brief
from detente.report.dossier import make_dossier
from detente.report.html import to_html
from detente.report.lines import Limits
from detente.report.markdown import to_markdown
from detente.report.view import date_label, quote_span

TEXT = "Subscribe\n\nThe navy stopped a freighter on Friday, the ministry said.\n\nMost read <script>alert(1)</script>"
BODY = (11, TEXT.index("\n\nMost"))
MORE = (TEXT.index("Most"), len(TEXT))
DAY = Date("1962-10-26", "1962-10-26", "day", "resolved")


class ListView:
    """A record held in lists."""

    def __init__(self, **layers: list[Any]) -> None:
        self.layers = layers

    def layer(self, name: str) -> Iterator[Any]:
        return iter(self.layers.get(name, []))

    def article(self, article_id: str) -> Article:
        return next(a for a in self.layers["articles"] if a.id == article_id)


def an_article(**changes: Any) -> Article:
    values: dict[str, Any] = {
        "id": "a-1", "source": "x.txt", "text": TEXT, "headline": None, "outlet": "Test <b>Post</b>", "host": None,
        "byline": None, "agency": None, "dateline": None, "published": DAY, "language": "en", "body": (BODY,),
        "furniture": (), "origin": "or-1", "sha256": "",
    }  # fmt: skip
    return Article(**(values | changes))


def a_view() -> ListView:
    navy = Actor("ac-1", "the navy", ("the navy",), "organisation", "USA", None, (), ())
    evidence = (Span("a-1", 11, 39),)
    event = Event(
        "ev-1",
        "COERCE",
        "seize",
        (),
        None,
        "plover-2.0",
        ("ac-1",),
        (),
        DAY,
        None,
        "happened",
        ("st-1",),
        evidence,
    )
    said = Statement("st-1", ("ac-1",), None, None, evidence, "indirect", "assert", True, None, DAY, None, ())
    day = TimelineDay(DAY, ("ev-1",), (), (), "The navy stopped a freighter")
    return ListView(articles=[an_article()], actors=[navy], events=[event], statements=[said], timeline=[day])


def test_dossier_line_cites_the_exact_words_in_their_paragraph() -> None:
    line = make_dossier(a_view()).happened[0].lines[0]
    assert line.quotes[0].words == "The navy stopped a freighter"
    assert line.quotes[0].after == " on Friday, the ministry said."


def test_dossier_shows_claims_with_their_claimant() -> None:
    line = make_dossier(a_view()).happened[0].lines[0]
    assert ("claim", "claimed by the navy") in line.marks


def test_dossier_counts_carry_their_units() -> None:
    assert make_dossier(a_view()).happened[0].lines[0].count == "1 report · 1 origin · 1 outlet"


def test_html_escapes_what_pages_contain() -> None:
    html = to_html(make_dossier(ListView(articles=[an_article(body=(BODY, MORE))])))
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "Test &lt;b&gt;Post" in html


def test_html_forbids_scripts_and_requests() -> None:
    assert "default-src 'none'" in to_html(make_dossier(a_view()))


def test_markdown_escapes_markup_from_pages() -> None:
    assert r"Test \<b\>Post\</b\>" in to_markdown(make_dossier(a_view()))


def test_long_groups_are_cut_and_say_how_much_is_left_out() -> None:
    view = a_view()
    event = view.layers["events"][0]
    spans = [Span("a-1", i, i + 5) for i in range(11, 31)]
    events = [
        Event(
            f"ev-{i}",
            event.type,
            None,
            (),
            None,
            "p",
            (),
            (),
            DAY,
            None,
            "happened",
            ("narrator",),
            (span,),
            Count(1, 1, 1),
        )
        for i, span in enumerate(spans)
    ]
    view.layers["events"] = events
    view.layers["timeline"] = [TimelineDay(DAY, tuple(e.id for e in events), (), (), "")]
    group = make_dossier(view, limits=Limits(lines_a_group=12)).happened[0]
    assert (len(group.lines), group.left_out) == (12, 8)


def test_brief_writes_both_files(tmp_path: Path) -> None:
    html, markdown = write_brief(
        a_view(), tmp_path / "out", settings=BriefSettings(facts=[("Refused", "2 inputs")])
    )
    assert "2 inputs" in html.read_text(encoding="utf-8")
    assert "2 inputs" in markdown.read_text(encoding="utf-8")
    assert not list(tmp_path.glob("out/*.part"))


@pytest.mark.parametrize(
    ("date", "label"),
    [
        (Date("2014-03-30", "2014-03-30", "day", "stated"), "30 March 2014"),
        (Date("2014-03-05", "2014-03-06", "day", "stated"), "5–6 March 2014"),
        (Date("2014-02-27", "2014-03-02", "week", "stated"), "27 February – 2 March 2014"),
        (Date.month(2014, 3, basis="stated"), "March 2014"),
        (Date.year(1994, basis="stated"), "1994"),
        (Date.unknown(), "date unknown"),
    ],
)
def test_dates_are_worded_by_their_precision(date: Date, label: str) -> None:
    assert label == date_label(date)


def test_quote_outside_any_paragraph_still_shows_its_words() -> None:
    assert quote_span(an_article(), Span("a-1", 0, 9)).words == "Subscribe"


def said(view: ListView) -> dict[str, list[str]]:
    return {g.title: [q.words for line in g.lines for q in line.quotes] for g in make_dossier(view).said}


def a_statement(id: str, start: int, end: int, **changes: Any) -> Statement:
    values: dict[str, Any] = {
        "id": id, "speakers": ("ac-1",), "speaker": Span("a-1", 11, 19), "cue": None, "content": (Span("a-1", start, end),),
        "kind": "indirect", "act": "assert", "named": True, "via": None, "date": DAY, "venue": None, "addressees": (),
    }  # fmt: skip
    return Statement(**(values | changes))


def test_a_statement_inside_a_longer_one_of_its_speaker_is_told_once() -> None:
    view = a_view()
    view.layers["statements"] = [a_statement("st-1", 20, 39), a_statement("st-2", 28, 39)]
    assert said(view) == {"the navy": ["stopped a freighter"]}


def test_copies_of_a_statement_are_told_once() -> None:
    view = a_view()
    view.layers["statements"] = [
        a_statement("st-1", 20, 39, same=("st-2",)),
        a_statement("st-2", 11, 19, same=("st-1",)),
    ]
    assert said(view) == {"the navy": ["stopped a freighter"]}


def test_unnamed_and_unresolved_speakers_are_called_as_the_text_calls_them() -> None:
    view = a_view()
    view.layers["statements"] = [
        a_statement("st-1", 20, 39, named=False),
        a_statement("st-2", 43, 49, speakers=(), speaker=Span("a-1", 20, 27)),
    ]
    assert list(said(view)) == ["The navy", "Speaker unclear (“stopped”)"]


def test_a_consultation_told_as_a_meeting_is_one_line() -> None:
    view = a_view()
    meeting = Meeting("me-1", "meeting", "held", ("ac-1",), None, None, DAY, None, (), (Span("a-1", 15, 39),))
    event = view.layers["events"][0]
    view.layers["meetings"] = [meeting]
    view.layers["events"] = [
        dataclasses.replace(event, type="CONSULT"),
        dataclasses.replace(event, id="ev-2", type="ACCUSE"),
    ]
    view.layers["timeline"] = [TimelineDay(DAY, ("ev-1", "ev-2"), ("me-1",), (), "")]
    assert [line.id for line in make_dossier(view).happened[0].lines] == ["me-1", "ev-2"]


def test_a_date_that_is_not_in_the_words_says_so() -> None:
    view = a_view()
    published = dataclasses.replace(DAY, basis="published")
    view.layers["events"] = [dataclasses.replace(view.layers["events"][0], date=published)]
    assert make_dossier(view).happened[0].lines[0].date == "26 October 1962 (day of publication)"


BECAME = [
    ("happened", None, "→ held"),
    ("happened", "1962-10-28", "→ held, told of 28 October 1962"),
    ("moved", "1962-10-28", "→ moved to 28 October 1962"),
    ("moved", None, "→ put off"),
    ("cancelled", None, "→ cancelled"),
    ("unreported", None, "→ no report of it"),
]


@pytest.mark.parametrize(("became", "then", "mark"), BECAME)
def test_a_planned_meeting_says_what_became_of_it_with_both_citations(
    became: str, then: str | None, mark: str
) -> None:
    view = a_view()
    words, outcome = Span("a-1", 15, 39), Span("a-1", 43, 60)
    meeting = Meeting("mt-1", "meeting", "planned", ("ac-1",), None, None, DAY, None, (), (words,))
    day = Date(then, then, "day", "stated") if then else None
    told = (outcome,) if became != "unreported" else ()
    plan = Plan("pl-1", ("mt-1",), became, ("ev-1",) if told else (), DAY, day, (words,), told, "why so")
    view.layers.update(meetings=[meeting], plans=[plan], timeline=[TimelineDay(DAY, (), ("mt-1",), (), "")])
    [line] = make_dossier(view).happened[0].lines
    assert (mark, "why so", len(line.quotes)) == (line.marks[-1][1], line.note, 1 + bool(told))


def test_a_long_dossier_keeps_the_days_that_matter_most_in_order() -> None:
    view = a_view()
    dates = [Date(f"1962-10-{n}", f"1962-10-{n}", "day", "stated") for n in (20, 21, 22)]
    view.layers["timeline"] = [
        TimelineDay(date, ("ev-1",), (), (), "", weight=weight)
        for date, weight in zip(dates, (2.0, 1.0, 3.0), strict=True)
    ]
    titles = [group.title for group in make_dossier(view, limits=Limits(groups=2)).happened]
    assert titles == ["20 October 1962", "22 October 1962"]
