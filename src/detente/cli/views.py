"""How each layer is shown: its columns, and a record's cells. Names instead of ids, and the words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.cli.output import Column, Row
from detente.record import Count, Date, Span
from detente.store.context import sentence_at
from detente.store.rows import id_of

if TYPE_CHECKING:
    from detente.api import Cited, Record

COUNT_NOTE = "Counts are reports · origins · outlets."
DATE_NOTES = {"*": "* not in the words: the day of publication.", "?": "? inferred from other reports."}
ID = Column("ID", most=24)
DATE = Column("DATE", most=24)
COUNT = Column("COUNT", most=11)
WORDS = Column("WORDS")
Cells = Callable[["Cited[Any]", "Record"], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class View:
    """A layer's columns (the id is added at the end) and how to fill them."""

    layer: str
    columns: tuple[Column, ...]
    cells: Cells

    def rows(self, found: Iterator[Cited[Any]], record: Record, *, full: bool) -> Iterator[Row]:
        """The rows of some records; ``full`` ids outside tables, typeable beginnings in them."""
        for one in found:
            identity = id_of(one.record)
            shown = identity if full else record.view.short_id(identity)
            yield Row((*self.cells(one, record), shown), one.to_json())


def show_date(date: Date) -> str:
    """A date as short as it is precise, marked where the words do not give it."""
    if date.open:
        return "after " + date.from_[:10]
    if date.past:
        return "by " + date.to[:10]
    if not date.known or not date.from_:
        return "–"
    mark = {"published": "*", "inferred": "?"}.get(date.basis, "")
    if date.precision == "year":
        text = date.from_[:4]
    elif date.precision == "decade":
        text = date.from_[:3] + "0s"
    elif date.precision == "month" and date.from_[:7] == date.to[:7]:
        text = date.from_[:7]
    elif date.precision in ("minute", "hour"):
        text = date.from_[:16].replace("T", " ")
    else:
        text = date.from_[:10] + _until(date.from_[:10], date.to[:10])
    return text + mark


def show_names(ids: tuple[str, ...], record: Record) -> str:
    """Actors' names, joined."""
    return ", ".join(dict.fromkeys(record.name(one) for one in ids)) or "–"


def show_speakers(one: Cited[Any], record: Record) -> str:
    """A statement's speakers by name, else the words that stand for them."""
    if not one.speakers and one.speaker is not None:
        return record.cite(one.speaker).text
    return show_names(one.speakers, record)


def words_of(one: Cited[Any], *, most: int = 1) -> str:
    """The first cited words."""
    return " … ".join(citation.text for citation in one.citations[:most])


def sentence_of(record: Record, span: Span) -> str:
    """The sentence around a span."""
    article = record.article(span.article)
    return article.words(sentence_at(article, span))


def show_number(value: float | None) -> str:
    """A number as people write it."""
    if value is None:
        return "?"
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def _until(first: str, last: str) -> str:
    if last in ("", first):
        return ""
    if first[:7] == last[:7]:
        return "/" + last[8:]
    return "/" + (last[5:] if first[:4] == last[:4] else last)


def _statement(one: Cited[Any], record: Record) -> tuple[str, ...]:
    who = show_speakers(one, record)
    act = one.act if one.polarity != "negative" else f"not {one.act}"
    text = " … ".join(record.cite(span).text for span in one.content)
    return (show_date(one.date), who, act, text, str(one.count))


def _event(one: Cited[Any], record: Record) -> tuple[str, ...]:
    return (
        show_date(one.date),
        one.type,
        one.cameo or "",
        one.status,
        show_names(one.sources, record),
        show_names(one.recipients, record),
        words_of(one),
        str(one.count),
    )


def _meeting(one: Cited[Any], record: Record) -> tuple[str, ...]:
    return (
        show_date(one.date),
        one.format,
        one.status,
        show_names(one.participants, record),
        record.name(one.place) if one.place else "",
        words_of(one),
        str(one.count),
    )


def _position(one: Cited[Any], record: Record) -> tuple[str, ...]:
    return (
        show_date(one.date),
        show_names(one.parties, record),
        one.stance,
        _issue(one.issue, record),
        words_of(one),
        str(one.count),
    )


def _measure(one: Cited[Any], record: Record) -> tuple[str, ...]:
    return (
        show_date(one.date),
        one.kind,
        one.status,
        show_names(one.actors, record),
        show_names(one.targets, record),
        words_of(one),
        str(one.count),
    )


def _plan(one: Cited[Any], record: Record) -> tuple[str, ...]:
    told = " … ".join(record.cite(span).text for span in one.outcome[:1])
    return (show_date(one.date), one.became, words_of(one), told, one.why, str(one.count))


def _figure(one: Cited[Any], record: Record) -> tuple[str, ...]:
    return (
        show_date(one.date),
        one.kind,
        show_value(one),
        one.of or "",
        show_names(one.said_by, record),
        sentence_of(record, one.span),
    )


def show_value(figure: Any) -> str:
    """A figure's number or range with its unit."""
    low, high = figure.low, figure.high
    if low is not None and high is None:
        text = f"≥ {show_number(low)}"
    elif low is None and high is not None:
        text = f"≤ {show_number(high)}"
    else:
        text = show_number(low) if low == high else f"{show_number(low)}–{show_number(high)}"
    return f"{'about ' if figure.approximate else ''}{text}{' ' + figure.unit if figure.unit else ''}"


def _difference(one: Cited[Any], record: Record) -> tuple[str, ...]:
    sides = "  |  ".join(f"{side.value} ({_carriers(side, record)})" for side in one.sides)
    return (one.severity, one.kind, one.state, sides, one.why)


def _carriers(side: Any, record: Record) -> str:
    """Who carries a side: the origins' names."""
    return ", ".join(record.label(one) for one in side.origins) or "–"


def _origin(one: Cited[Any], record: Record) -> tuple[str, ...]:
    outlets = {record.article(a).outlet for a in one.articles}
    named = ", ".join(sorted(o for o in outlets if o))
    return (one.name or "–", one.kind, str(len(one.articles)), named, one.why)


def _actor(one: Cited[Any], record: Record) -> tuple[str, ...]:
    also = "; ".join(n for n in one.names if n != one.name)
    roles = "; ".join(dict.fromkeys(role.title for role in one.roles))
    return (one.name, one.type, one.country or "", roles, str(len(one.mentions)), also)


def _article(one: Cited[Any], record: Record) -> tuple[str, ...]:
    article = one.record
    headline = article.words(article.headline) if article.headline else (article.title or "–")
    origin = record.label(article.origin) if article.origin else ""
    return (
        show_date(article.published),
        article.outlet or article.host or "–",
        headline,
        origin,
        article.source,
    )


def _versions(one: Cited[Any], record: Record) -> tuple[str, ...]:
    from detente.cli.versions import tally

    last = record.article(one.articles[-1])
    when = (last.fetched or "")[:10] or show_date(last.published)
    return (when, str(len(one.articles)), one.address, tally(list(one.changes)))


def _issue(issue: str, record: Record) -> str:
    return record.label(issue)


VIEWS: dict[str, View] = {
    view.layer: view
    for view in (
        View("statements", (DATE, Column("WHO", 24), Column("ACT", 12), WORDS, COUNT), _statement),
        View(
            "events",
            (
                DATE, Column("TYPE", 10), Column("CAMEO", 5), Column("STATUS", 12), Column("WHO", 20),
                Column("WHOM", 20), WORDS, COUNT,
            ),
            _event,
        ),
        View(
            "meetings",
            (
                DATE, Column("FORMAT", 10), Column("STATUS", 9), Column("WHO", 36), Column("PLACE", 14),
                WORDS, COUNT,
            ),
            _meeting,
        ),
        View(
            "positions",
            (DATE, Column("WHO", 22), Column("STANCE", 10), Column("ISSUE", 22), WORDS, COUNT),
            _position,
        ),
        View(
            "measures",
            (
                DATE, Column("KIND", 12), Column("STATUS", 12), Column("WHO", 20), Column("WHOM", 20),
                WORDS, COUNT,
            ),
            _measure,
        ),
        View(
            "plans",
            (
                Column("PLANNED FOR", 24), Column("BECAME", 10), Column("PLAN"), Column("OUTCOME"),
                Column("WHY"), COUNT,
            ),
            _plan,
        ),
        View(
            "figures",
            (DATE, Column("KIND", 10), Column("VALUE", 18), Column("OF", 22), Column("SAID BY", 18), WORDS),
            _figure,
        ),
        View(
            "differences",
            (Column("WEIGHT", 8), Column("KIND", 10), Column("STATE", 8), Column("SIDES"), Column("WHY")),
            _difference,
        ),
        View(
            "origins",
            (
                Column("NAME", 28), Column("KIND", 8), Column("ARTICLES", 8, right=True),
                Column("CARRIED BY"), Column("WHY", 40),
            ),
            _origin,
        ),
        View(
            "actors",
            (
                Column("NAME", 30), Column("TYPE", 12), Column("COUNTRY", 7), Column("ROLES", 28),
                Column("MENTIONS", 8, right=True), Column("ALSO"),
            ),
            _actor,
        ),
        View(
            "articles",
            (
                DATE, Column("OUTLET", 22), Column("HEADLINE"), Column("ORIGIN", 20),
                Column("SOURCE", 30, ending=True),
            ),
            _article,
        ),
        View(
            "versions",
            (
                Column("LAST", 10), Column("VERSIONS", 8, right=True), Column("ADDRESS", 60, ending=True),
                Column("CHANGES"),
            ),
            _versions,
        ),
    )
}  # fmt: skip


def show_arrow(sources: tuple[str, ...], recipients: tuple[str, ...], record: Record) -> str:
    """Who → whom."""
    who = show_names(sources, record)
    return f"{who} → {show_names(recipients, record)}" if recipients else who


def show_count(count: Count) -> str:
    """reports · origins · outlets, in words."""
    return f"{count.reports} reports · {count.origins} origins · {count.outlets} outlets"
