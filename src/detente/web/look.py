"""Looking at a store for one request: records, names, quotations, filters. Nothing here writes."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from typing import Any

from detente.record import LAYERS, Article, Count, Date, Plan, Span, from_json
from detente.report.days import Plans
from detente.report.view import Quote, quote_span
from detente.store import Filter, SqlView, look_at
from detente.store.walk import cited_spans, is_id
from detente.web.ask import Ask
from detente.web.snapshot import Head, Snapshot, read_snapshot, state_of

MOST_QUOTES = 60
NOT_YET = "no report of it taking place by that day"


class Looks:
    """The read-only connections of the app, lent to one request at a time, and the shared snapshot."""

    def __init__(self, db: str) -> None:
        self.db = db
        self._idle: queue.LifoQueue[SqlView] = queue.LifoQueue()
        self._snapshot: Snapshot | None = None
        self._lock = threading.Lock()

    @contextmanager
    def open(self) -> Iterator[Look]:
        """Lend a connection; it comes back when the block ends."""
        try:
            view = self._idle.get_nowait()
        except queue.Empty:
            view = look_at(self.db)
        try:
            yield Look(view, self._current(view))
        finally:
            self._idle.put(view)

    def close(self) -> None:
        """Close every idle connection."""
        while not self._idle.empty():
            self._idle.get_nowait().close()

    def _current(self, view: SqlView) -> Snapshot:
        key = state_of(view)
        with self._lock:
            if self._snapshot is None or self._snapshot.key != key:
                self._snapshot = read_snapshot(view, key)
            return self._snapshot


class Look:
    """One request's look at the record."""

    def __init__(self, view: SqlView, snap: Snapshot) -> None:
        self.view = view
        self.snap = snap
        self._articles: dict[str, Article] = {}

    # ---- names

    def name(self, record_id: str) -> str:
        """An actor's, origin's or issue's name; what is no id stands for itself."""
        snap = self.snap
        if record_id in snap.actors:
            return snap.actors[record_id].name
        if record_id in snap.origins:
            return snap.origins[record_id].name or "unknown"
        return snap.issues.get(record_id, record_id)

    def names(self, ids: Iterable[str]) -> str:
        """Several names, joined, each once."""
        return ", ".join(dict.fromkeys(self.name(i) for i in ids))

    def named(self, ids: Iterable[str]) -> list[tuple[str, str]]:
        """Ids with their names; the id is empty for what is no actor."""
        return [(i if i in self.snap.actors else "", self.name(i)) for i in dict.fromkeys(ids)]

    # ---- words

    def article(self, article_id: str) -> Article:
        """One article with its text, read once a request."""
        if article_id not in self._articles:
            self._articles[article_id] = self.view.article(article_id)
        return self._articles[article_id]

    def words(self, span: Span | None) -> str:
        """The exact words, whitespace folded."""
        return "" if span is None else " ".join(self.article(span.article).words(span).split())

    def quote(self, span: Span) -> Quote:
        """The words with a little of their paragraph on both sides."""
        return quote_span(self.article(span.article), span)

    def head(self, article_id: str) -> Head:
        """An article's head."""
        return self.snap.heads[article_id]

    def origin_of(self, article_id: str) -> str:
        """The origin that an article's text is counted for; its own id where it has none."""
        head = self.snap.heads.get(article_id)
        return (head.origin if head else "") or article_id

    def origin_name(self, origin_id: str) -> str:
        """An origin as a column's head: its name, else the outlets that carry it."""
        origin = self.snap.origins.get(origin_id)
        if origin is not None and origin.kind != "unknown":
            return origin.name
        articles = origin.articles if origin is not None else (origin_id,)
        outlets = dict.fromkeys(self.head(a).outlet for a in articles if a in self.snap.heads)
        return ", ".join(list(outlets)[:2]) + (" …" if len(outlets) > 2 else "") or "unknown"

    def get(self, record_id: str) -> Any:
        """A record by its whole id, in one step; by its beginning where no id is just this."""
        for layer, line in self.view.select(
            "SELECT layer, json FROM records WHERE id = ? ORDER BY n", record_id
        ):
            if layer != "articles":
                return from_json(LAYERS[layer].record, json.loads(line))
        return self.view.get(record_id)

    # ---- counting

    def count_of(self, spans: Iterable[Span]) -> Count:
        """Reports, origins and outlets of some cited words."""
        return self.count_articles({s.article for s in spans})

    def count_articles(self, ids: Iterable[str]) -> Count:
        """Reports, origins and outlets of some articles; versions of one page are one report."""
        versions = self.snap.versions
        ids = {versions[i].articles[0] if i in versions else i for i in ids}
        outlets = {self.head(i).outlet for i in ids if i in self.snap.heads}
        return Count(len(ids), len({self.origin_of(i) for i in ids}), len(outlets))

    def spans_of(self, record: Any, ask: Ask | None = None) -> list[Span]:
        """The words a record rests on, copies of the same statement included; as far as known by ``asof``."""
        spans = list(cited_spans(record))
        if hasattr(
            record, "content"
        ):  # a statement: what was said, here and in the reports that carry it too
            spans = list(record.content[:1])
            for other in record.same:
                spans += self.get(other).content[:1]
        limit = ask.get("asof") if ask is not None else ""
        return [s for s in spans if not limit or self._known(s.article, limit)]

    def _known(self, article_id: str, day: str) -> bool:
        head = self.snap.heads.get(article_id)
        return head is not None and head.known(day)

    # ---- plans

    @cached_property
    def _plans(self) -> Plans:
        return self.snap.memo("plans", lambda: Plans(self.view.layer("plans")))

    def plan_of(self, record_id: str, ask: Ask | None = None) -> Plan | None:
        """What became of what a record plans, as far as known by ``asof``."""
        plan = self._plans.of(record_id)
        return plan and self.as_known(plan, ask)

    def as_known(self, plan: Plan, ask: Ask | None) -> Plan:
        """A plan without the outcome that was not told yet by ``asof``."""
        limit = ask.get("asof") if ask is not None else ""
        if not limit or any(self._known(s.article, limit) for s in plan.outcome):
            return plan
        return replace(plan, became="unreported", by=(), then=None, outcome=(), why=NOT_YET)

    def planned_before(self, record_id: str) -> Plan | None:
        """The plan that a record carries out."""
        return self._plans.before(record_id)

    # ---- asking

    def where(self, ask: Ask, *, layer: str = "", **fixed: Any) -> Filter:
        """The filter that a query means; actors are found by their names, which the snapshot holds."""
        if layer == "actors" and ask.get("q") and "actors" not in fixed:
            fixed = {"text": None, "actors": self.snap.actors_of_words(ask.get("q")), **fixed}
        values: dict[str, Any] = {
            "kind": ask.kind or None,
            "status": ask.get("status") or None,
            "severity": ask.get("severity") or None,
            "since": ask.get("since") or None,
            "until": ask.get("until") or None,
            "known_since": ask.get("fresh") or None,
            "known_until": ask.get("asof") or None,
            "text": ask.get("q") or None,
            "names": (ask.get("about"),) if ask.get("about") else None,
            "actors": self.snap.find_actors(ask.get("actor")) if ask.get("actor") else None,
            "articles": self._articles_of(ask),
        }
        return Filter(**{**values, **fixed})

    def _articles_of(self, ask: Ask) -> tuple[str, ...] | None:
        chosen: tuple[str, ...] | None = None
        if ask.get("outlet"):
            chosen = self.snap.outlet_articles(ask.get("outlet"))
        if ask.get("origin"):
            origin = self.snap.origins.get(ask.get("origin"))
            mine = origin.articles if origin else ()
            chosen = mine if chosen is None else tuple(a for a in chosen if a in set(mine))
        return chosen

    def page(self, layer: str, ask: Ask, **fixed: Any) -> tuple[list[Any], int, str | None]:
        """One page of a layer: its records, the total, and what to give as ``after`` for the next page."""
        where = self.where(ask, layer=layer, **fixed)
        total = self.view.count(layer, where=where)
        after = ask.get("after") or None
        records = list(self.view.layer(layer, where=where, limit=ask.limit + 1, after=after))
        more = len(records) > ask.limit
        records = records[: ask.limit]
        return records, total, _id(records[-1]) if more else None

    @cached_property
    def title(self) -> str:
        """What the crisis is called: the label of the story with the most articles."""
        return self.snap.memo("title", lambda: _title(self.view))


def _title(view: SqlView) -> str:
    episodes = sorted(view.layer("episodes"), key=lambda e: (-len(e.articles), e.id))
    return next((e.label for e in episodes if e.label), "The record")


def _id(record: Any) -> str:
    from detente.store.rows import id_of

    return id_of(record)


def date_days(date: Date) -> tuple[str, str]:
    """First and last day as ISO days; empty when unknown, the last alone for "some day after"."""
    if date.open:
        return date.from_[:10], ""
    return (date.from_[:10], (date.to or date.from_)[:10]) if date.known and date.from_ else ("", "")


def is_actor(look: Look, identity: str) -> bool:
    """True for the id of an actor."""
    return is_id(identity) and identity in look.snap.actors
