"""The dossier as data: what happened when, who wants what, who said what, where accounts differ.

Every line is cut from the record and carries its quotations; nothing is written that the record does
not hold. Long sections are cut to the weightiest lines, and each says how many it left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from detente.record import Actor, Article, Count, Date, Span
from detente.record.types import NARRATOR
from detente.report.days import Plans, became_label, without_repeats
from detente.report.lines import DaySum, Dossier, Group, Limits, Line, SourceText
from detente.report.versions import read_reports, version_groups
from detente.report.view import Quote, RecordView, count_label, date_label, outlet_label, quote_span

UNCLEAR = "Speaker unclear"
MAX_QUOTES = 6  # a line shows at most this many accounts; the rest are counted


class _Names:
    """Actors' names and articles' words, looked up once."""

    def __init__(self, view: RecordView) -> None:
        self.view = view
        self.actors: dict[str, Actor] = {a.id: a for a in view.layer("actors")}
        self.reports = read_reports(view)
        self._articles: dict[str, Article] = {}

    def article(self, article_id: str) -> Article:
        if article_id not in self._articles:
            self._articles[article_id] = self.view.article(article_id)
        return self._articles[article_id]

    def of(self, actor_ids: Iterable[str]) -> str:
        return ", ".join(self.actors[i].name if i in self.actors else i for i in actor_ids)

    def quotes(self, spans: Sequence[Span]) -> tuple[tuple[Quote, ...], int]:
        """One quotation a report, at most ``MAX_QUOTES``; and how many spans were not shown."""
        first: dict[str, Span] = {}
        for span in spans:
            first.setdefault(self.reports.get(span.article, span.article), span)
        chosen = list(first.values())[:MAX_QUOTES]
        return tuple(quote_span(self.article(s.article), s) for s in chosen), len(first) - len(chosen)


def make_dossier(
    view: RecordView, *, limits: Limits | None = None, facts: Sequence[tuple[str, str]] = ()
) -> Dossier:
    """Build the dossier of a record.

    Args:
        view: the record.
        limits: how much of each section to print.
        facts: further lines for the coverage box (refused inputs, abstentions), label and value.
    """
    limits = limits or Limits()
    names = _Names(view)
    heads = [_head_of(a) for a in view.layer("articles")]
    statements = {s.id: s for s in view.layer("statements")}
    return Dossier(
        title=_title(view),
        period=_period(heads),
        coverage=_coverage(heads, names.reports),
        attention=_attention(heads, names.reports),
        happened=_happened(view, names, statements, limits),
        wants=_wants(view, names, statements, limits),
        said=_said(names, statements, limits),
        differ=_differ(view, names, limits),
        origins=_origins(view, names, limits),
        versions=version_groups(view, limits),
        texts=_texts(heads, names, view, limits),
        facts=tuple(facts),
    )


@dataclass(frozen=True, slots=True)
class _Head:
    id: str
    outlet: str
    published: Date
    origin: str | None


def _head_of(article: Article) -> _Head:
    return _Head(article.id, outlet_label(article), article.published, article.origin)


def _title(view: RecordView) -> str:
    episodes = sorted(view.layer("episodes"), key=lambda e: (-len(e.articles), e.id))
    return episodes[0].label if episodes else "The record"


def _period(heads: list[_Head]) -> str:
    days = sorted(h.published.from_[:10] for h in heads if h.published.known)
    if not days:
        return "no report is dated"
    whole = Date(days[0], days[-1], "day", "stated")
    undated = sum(1 for h in heads if not h.published.known)
    return f"reports of {date_label(whole)}" + (f", {undated} undated" if undated else "")


def _coverage(heads: list[_Head], reports: dict[str, str]) -> str:
    number = len({reports.get(h.id, h.id) for h in heads})
    return count_label(Count(number, len({h.origin or h.id for h in heads}), len({h.outlet for h in heads})))


def _attention(heads: list[_Head], reports: dict[str, str]) -> tuple[DaySum, ...]:
    by_day: dict[str, list[_Head]] = defaultdict(list)
    for head in heads:
        if head.published.known and head.published.precision in ("minute", "hour", "day"):
            by_day[head.published.from_[:10]].append(head)
    return tuple(
        DaySum(day, len({reports.get(h.id, h.id) for h in group}), len({h.origin or h.id for h in group}))
        for day, group in sorted(by_day.items())
    )


def _line(
    record: Any, head: str, marks: list[tuple[str, str]], spans: Sequence[Span], names: _Names, note: str = ""
) -> Line:
    quotes, more = names.quotes(spans)
    return Line(
        record.id, head, tuple(marks), _dated(record.date), count_label(record.count), quotes, note, more
    )


def _dated(date: Date) -> str:
    """The date, and whether it is not in the words: nothing is filled in silently."""
    told = {"published": " (day of publication)", "inferred": " (inferred)"}
    return date_label(date) + (told.get(date.basis, "") if date.known else "")


def _claimed_by(asserted_by: Sequence[str], statements: dict[str, Any], names: _Names) -> str:
    """Who claims it, when the narrator does not say so in its own voice."""
    if NARRATOR in asserted_by:
        return ""
    speakers: dict[str, None] = {}
    for statement in (statements[i] for i in asserted_by if i in statements):
        speakers.update(dict.fromkeys(statement.speakers))
    return names.of(speakers) or "an unnamed source"


def _event_line(event: Any, names: _Names, statements: dict[str, Any]) -> Line:
    who = names.of(event.sources)
    whom = names.of(event.recipients)
    head = f"{who or 'not stated'} → {whom}" if whom else who or "actor not stated"
    code = event.type + (f":{event.mode}" if event.mode else "")
    marks = [("type", code), ("status-" + event.status, event.status)]
    if claimant := _claimed_by(event.asserted_by, statements, names):
        marks.append(("claim", f"claimed by {claimant}"))
    return _line(event, head, marks, event.evidence, names, event.place or "")


def _meeting_line(meeting: Any, names: _Names, statements: dict[str, Any]) -> Line:
    head = names.of(meeting.participants) or "participants not stated"
    marks = [("type", meeting.format), ("status-" + meeting.status, meeting.status)]
    if claimant := _claimed_by(meeting.asserted_by, statements, names):
        marks.append(("claim", f"claimed by {claimant}"))
    return _line(meeting, head, marks, meeting.evidence, names, meeting.place or "")


def _measure_line(measure: Any, names: _Names, statements: dict[str, Any]) -> Line:
    whom = names.of(measure.targets)
    head = (names.of(measure.actors) or "not stated") + (f" → {whom}" if whom else "")
    marks = [("type", measure.kind), ("status-" + measure.status, measure.status)]
    if claimant := _claimed_by(measure.asserted_by, statements, names):
        marks.append(("claim", f"claimed by {claimant}"))
    return _line(measure, head, marks, measure.evidence, names)


def _happened(
    view: RecordView, names: _Names, statements: dict[str, Any], limits: Limits
) -> tuple[Group, ...]:
    makers: dict[str, Callable[[Any, _Names, dict[str, Any]], Line]] = {
        "events": _event_line,
        "meetings": _meeting_line,
        "measures": _measure_line,
    }
    found = {layer: {r.id: r for r in view.layer(layer)} for layer in makers}
    plans = Plans(view.layer("plans"))
    groups = []
    for day in _days_that_matter(list(view.layer("timeline")), limits.groups):
        records = [
            (layer, found[layer][i])
            for layer in ("meetings", "measures", "events")
            for i in getattr(day, layer)
            if i in found[layer]
        ]
        lines = [
            _with_plan(makers[layer](record, names, statements), plans, names)
            for layer, record in without_repeats(records)
        ]
        groups.append(_cut(date_label(day.date), lines, limits, note=day.headline))
    return tuple(groups)


def _days_that_matter(days: list[Any], most: int) -> list[Any]:
    """All days in order; where there are too many, those that most reports name."""
    from detente.compare.timeline import rank_days  # it brings numpy, which looking at a store does not need

    kept = set(rank_days({n: day.weight for n, day in enumerate(days)})[:most])
    return [day for n, day in enumerate(days) if n in kept]


def _with_plan(line: Line, plans: Plans, names: _Names) -> Line:
    """A plan's line with what became of it, both cited; what was planned before says so."""
    plan, before = plans.of(line.id), plans.before(line.id)
    if plan is not None:
        mark = (f"became-{plan.became}", f"→ {became_label(plan)}")
        note = " · ".join(filter(None, (line.note, plan.why)))
        quotes, _ = names.quotes(plan.outcome)
        return replace(line, marks=(*line.marks, mark), note=note, quotes=(*line.quotes, *quotes[:1]))
    if before is not None:
        return replace(line, marks=(*line.marks, ("plan", "as planned")))
    return line


def _cut(title: str, lines: list[Line], limits: Limits, *, note: str = "") -> Group:
    return Group(title, tuple(lines[: limits.lines_a_group]), max(0, len(lines) - limits.lines_a_group), note)


def _wants(view: RecordView, names: _Names, statements: dict[str, Any], limits: Limits) -> tuple[Group, ...]:
    issues = {i.id: i for i in view.layer("issues")}
    by_issue: dict[str, list[Any]] = defaultdict(list)
    for position in view.layer("positions"):
        by_issue[position.issue].append(position)
    order = sorted(by_issue, key=lambda i: (-sum(p.count.origins for p in by_issue[i]), i))
    groups = []
    for issue in order[: limits.groups]:
        positions = sorted(by_issue[issue], key=lambda p: (p.date.from_ or "9", -p.count.origins, p.id))
        lines = [_position_line(p, names, statements) for p in positions]
        groups.append(_cut(issues[issue].label if issue in issues else issue, lines, limits))
    return tuple(groups)


def _position_line(position: Any, names: _Names, statements: dict[str, Any]) -> Line:
    head = names.of(position.parties) or "not stated"
    marks = [("stance", position.stance)]
    claimant = _claimed_by(position.asserted_by, statements, names)
    if claimant and claimant != names.of(position.parties):
        marks.append(("claim", f"according to {claimant}"))
    if position.condition:
        words = names.article(position.condition.article).words(position.condition)
        marks.append(("condition", " ".join(words.split())))
    return _line(position, head, marks, position.evidence, names)


def _said(names: _Names, statements: dict[str, Any], limits: Limits) -> tuple[Group, ...]:
    by_speaker: dict[str, list[Any]] = defaultdict(list)
    for statement in _without_copies(statements.values()):
        by_speaker[_speaker_label(statement, names)].append(statement)
    order = sorted(by_speaker, key=lambda s: (s.startswith(UNCLEAR), -len(by_speaker[s]), s))
    return tuple(
        _cut(
            speaker,
            [_statement_line(s, names) for s in sorted(by_speaker[speaker], key=_said_when)],
            limits,
        )
        for speaker in order[: limits.groups]
    )


def _said_when(statement: Any) -> tuple[str, str, int, str]:
    """By day, then as the report tells it."""
    first = min(statement.content, default=None)
    return statement.date.from_, first.article if first else "", first.start if first else 0, statement.id


def _without_copies(statements: Iterable[Any]) -> list[Any]:
    """Speech alone, each statement once: no copies in other reports, none inside a longer one of its kind."""
    kept: list[Any] = []
    seen: set[str] = set()
    by_place: dict[tuple[str, tuple[str, ...]], list[Span]] = defaultdict(list)
    for statement in sorted(statements, key=lambda s: (-sum(p.end - p.start for p in s.content), s.id)):
        copied = statement.id in seen or not seen.isdisjoint(statement.same)  # of many, only some are listed
        if not statement.speech or copied or not statement.content:
            continue
        seen.update(statement.same)
        told = by_place[(statement.content[0].article, statement.speakers)]
        if any(all(longer.covers(p) for p in statement.content) for longer in told):
            continue
        told.extend(statement.content)
        kept.append(statement)
    return kept


def _speaker_label(statement: Any, names: _Names) -> str:
    """A named speaker's name; an unnamed one as the text calls it; an open pronoun as unclear."""
    name = names.of(statement.speakers)
    if name and statement.named:
        return name
    if statement.speaker is None:
        return name or f"{UNCLEAR} (not stated)"
    words = " ".join(names.article(statement.speaker.article).words(statement.speaker).split())
    return words if not statement.named else f"{UNCLEAR} (“{words}”)"


def _statement_line(statement: Any, names: _Names) -> Line:
    marks = [("act", statement.act), ("kind", statement.kind)]
    if statement.polarity == "negative":
        marks.append(("claim", "negated"))
    if not statement.named:
        marks.append(("claim", "not named"))
    note = " · ".join(filter(None, (statement.venue, statement.channel)))
    return _line(statement, "", marks, statement.content, names, note)


def _differ(view: RecordView, names: _Names, limits: Limits) -> tuple[Group, ...]:
    weight = {"high": 0, "medium": 1, "low": 2}
    ordered = sorted(view.layer("differences"), key=lambda d: (weight.get(d.severity, 3), d.kind, d.id))
    groups = []
    for difference in ordered[: limits.groups]:
        lines = []
        for side in difference.sides:
            quotes, more = names.quotes(side.spans)
            count = f"{len(side.origins)} origin{'' if len(side.origins) == 1 else 's'}"
            lines.append(Line(difference.id, side.value, (), "", count, quotes, "", more))
        title = f"{difference.kind} · {difference.severity} · {difference.state}"
        groups.append(Group(title, tuple(lines), 0, difference.why))
    return tuple(groups)


def _origins(view: RecordView, names: _Names, limits: Limits) -> tuple[Group, ...]:
    ordered = sorted(view.layer("origins"), key=lambda o: (-len(o.articles), o.name, o.id))
    groups = []
    for origin in ordered[: limits.groups]:
        quotes, more = names.quotes(origin.evidence)
        outlets = Counter(outlet_label(names.article(a)) for a in origin.articles)
        carried = ", ".join(sorted(outlets))
        reports = len({names.reports.get(a, a) for a in origin.articles})
        marks = (("type", origin.kind), ("confidence", f"{origin.confidence:.0%} sure"))
        line = Line(origin.id, f"carried by {carried}", marks, "", f"{reports} reports", quotes, "", more)
        groups.append(Group(origin.name, (line,), 0, origin.why))
    return tuple(groups)


def _texts(heads: list[_Head], names: _Names, view: RecordView, limits: Limits) -> tuple[SourceText, ...]:
    origins = {o.id: o.name for o in view.layer("origins")}
    ordered = sorted(heads, key=lambda h: (h.published.from_ or "9", h.outlet, h.id))
    return tuple(_source_text(names.article(h.id), origins) for h in ordered[: limits.texts])


def _source_text(article: Article, origins: dict[str, str]) -> SourceText:
    title = article.words(article.headline) if article.headline else article.title or "(no headline)"
    return SourceText(
        id=article.id,
        outlet=outlet_label(article),
        title=" ".join(title.split()),
        published=date_label(article.published),
        basis=article.published.basis if article.published.known else "",
        byline=article.byline or "",
        origin=origins.get(article.origin or "", ""),
        source=article.source,
        notes=article.notes,
        paragraphs=tuple(" ".join(article.text[s:e].split()) for s, e in article.body),
    )
