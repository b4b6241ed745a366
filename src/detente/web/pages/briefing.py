"""Briefing: what changed since a day, attention, open differences, coverage, and what to read first."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from detente.record import LAYERS, from_json, to_json
from detente.report.view import count_label
from detente.store import Filter
from detente.web.ask import Ask, day_words, range_words
from detente.web.charts.attention import Day, draw_attention, fill_days
from detente.web.lines import Line, line_json, line_of
from detente.web.look import Look
from detente.web.page import Page, Screen
from detente.web.snapshot import Head

MOST_CHANGES, MOST_DIFFERENCES, FOUR, LOOKED_AT, LOOKED_AT_ARTICLES = 7, 6, 4, 30, 600
MATERIAL = frozenset(
    ("AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "AGREE", "CONCEDE")
)


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence of what is new: its tag, the line that says it, and whom it is about."""

    tag: str
    line: Line
    weight: float


def show_briefing(look: Look, ask: Ask) -> Page:
    """The first screen."""
    heads = heads_of(look, ask)
    since = ask.get("since") or default_since(heads)
    memo = look.snap.memo
    key = ("briefing", since, ask.get("asof"), ask.get("outlet"))
    changes, new_counts = memo((*key, "changes"), lambda: find_changes(look, ask, since))
    days = memo((*key, "days"), lambda: attention(look, ask, heads))
    covered = memo((*key, "covered"), lambda: coverage(look, heads, days))
    differences = list(
        look.view.layer("differences", where=_frame(look, ask, status="open"), limit=MOST_DIFFERENCES)
    )
    reading = memo((*key, "reading"), lambda: least_overlapping(look, heads))
    told = look.count_articles(h.id for h in heads)
    return Page(
        template="briefing",
        title=look.title,
        echo=f"{count_label(told)}, {period(heads)}"
        + (f", as known on {day_words(ask.get('asof'))}" if ask.get("asof") else ""),
        data={
            "title": look.title,
            "count": to_json(told),
            "since": since,
            "counts": look.snap.counts,
            "changes": [{"tag": c.tag, **line_json(c.line)} for c in changes],
            "attention": [
                {"day": d.day, "reports": d.reports, "origins": d.origins, "turn": d.turn} for d in days
            ],
            "differences": [to_json(d) for d in differences],
            "coverage": covered,
            "read": [h.id for h, _ in reading],
        },
        view={
            "changes": changes,
            "since": since,
            "new_counts": new_counts,
            "told": told,
            "chart": draw_attention(days, link=lambda day: ask.link("/articles", since=day, until=day)),
            "turns": [d for d in days if d.turn],
            "differences": differences,
            "covered": covered,
            "reading": reading,
            "open": look.view.count("differences", where=_frame(look, ask, status="open")),
            "found": {n: look.view.count(n, where=_frame(look, ask)) for n in _FOUND},
        },
        columns=("day", "reports", "origins", "turning_point"),
        rows=lambda: [[d.day, d.reports, d.origins, d.turn] for d in days],
    )


_FOUND = ("events", "statements", "positions", "meetings", "measures", "figures", "actors")


def _frame(look: Look, ask: Ask, **more: Any) -> Filter:
    """The filter of the frame alone: as-of day and outlet."""
    return look.where(
        replace(ask, values={k: v for k, v in ask.values.items() if k in ("asof", "outlet")}), **more
    )


def heads_of(look: Look, ask: Ask) -> list[Head]:
    """The articles that the frame lets through."""
    asof, outlet = ask.get("asof"), ask.get("outlet")
    wanted = set(look.snap.outlet_articles(outlet)) if outlet else None
    return [
        h
        for h in look.snap.heads.values()
        if (wanted is None or h.id in wanted) and (not asof or h.known(asof))
    ]


def default_since(heads: Sequence[Head]) -> str:
    """The day before the last day with reports: a reader who comes once a day misses nothing."""
    last = max((h.day for h in heads if h.day), default="")
    return (dt.date.fromisoformat(last) - dt.timedelta(1)).isoformat() if last else ""


def period(heads: Sequence[Head]) -> str:
    """ "reports of 23–31 October 1962, 3 undated"."""
    days = sorted(h.day for h in heads if h.day)
    undated = sum(1 for h in heads if not h.day)
    if not days:
        return "no report is dated" if heads else "nothing was read"
    return f"published {range_words(days[0], days[-1])}" + (f", {undated} undated" if undated else "")


# --- what changed

_NEW: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("differences", "new difference", {}),
    ("positions", "new demand", {"kind": "demands"}),
    ("positions", "new offer", {"kind": "offers"}),
    ("meetings", "meeting", {}),
    ("measures", "measure", {}),
    ("events", "new event", {}),
)


def find_changes(look: Look, ask: Ask, since: str) -> tuple[list[Change], dict[str, int]]:
    """The weightiest of what was first reported from a day on, and how much there is of each layer."""
    if not since:
        return [], {}
    found: list[Change] = []
    counts: dict[str, int] = {}
    for layer, tag, fixed in _NEW:
        where = _frame(look, ask, known_since=since, **fixed)
        counts[tag] = look.view.count(layer, where=where)
        if layer != "differences":
            records = _weightiest(look, layer, where)
            found += [Change(tag, line_of(look, r, ask), _weight(r)) for r in records]
    counts["new actor"] = look.view.count("actors", where=_frame(look, ask, known_since=since))
    return _spread(found), counts


def _weightiest(look: Look, layer: str, where: Filter) -> list[Any]:
    """The most widely told records of a filter, the weightiest of them first."""
    condition, values = look.view.condition(layer, where)
    sql = (
        f"SELECT r.json FROM records AS r WHERE {condition} "
        "ORDER BY coalesce(CAST(json_extract(r.json, '$.count.origins') AS INTEGER), 0) DESC,"
        " coalesce(CAST(json_extract(r.json, '$.count.reports') AS INTEGER), 0) DESC,"
        " r.sort DESC, r.id LIMIT ?"
    )
    cls = LAYERS[layer].record
    records = [from_json(cls, json.loads(line)) for (line,) in look.view.select(sql, *values, LOOKED_AT)]
    return sorted(records, key=lambda r: (-_weight(r), r.id))[:MOST_CHANGES]


def _weight(record: Any) -> float:
    kind = getattr(record, "type", "")
    firm = getattr(record, "status", "happened") in ("happened", "held", "ongoing")
    named = any(getattr(record, n, None) for n in ("sources", "parties", "participants", "actors"))
    return float(
        2.0 * min(record.count.origins, 6)
        + 0.3 * min(record.count.reports, 10)
        + 1.2 * (kind in MATERIAL)
        + 0.8 * firm
        + 1.5 * named
        + record.confidence
    )


def _spread(found: list[Change]) -> list[Change]:
    """The weightiest, at most three of one tag, and no words twice."""
    chosen: list[Change] = []
    seen: set[str] = set()
    of_tag: Counter[str] = Counter()
    for change in sorted(found, key=lambda c: (-c.weight, c.line.id)):
        words = change.line.words[:60]
        if words in seen or of_tag[change.tag] >= 3:
            continue
        seen.add(words)
        of_tag[change.tag] += 1
        chosen.append(change)
        if len(chosen) == MOST_CHANGES:
            break
    return chosen


# --- attention and coverage


def attention(look: Look, ask: Ask, heads: Sequence[Head]) -> list[Day]:
    """Reports and origins by day; up to three turning points, the days that matter most."""
    by_day: dict[str, list[Head]] = defaultdict(list)
    for head in heads:
        if head.day:
            by_day[head.day].append(head)
    turns = _turning_points(look, ask)
    days = []
    for day, group in sorted(by_day.items()):
        told = look.count_articles(h.id for h in group)
        days.append(Day(day, told.reports, told.origins, turns.get(day, "")))
    return days


def _turning_points(look: Look, ask: Ask) -> dict[str, str]:
    """The days that most reports name, of those that two origins tell, by their headline."""
    entries = list(look.view.layer("timeline", where=_frame(look, ask)))
    ranked = sorted(entries, key=lambda t: (-t.weight, -t.count.origins, -t.count.reports, t.date.from_))
    exact = [t for t in ranked if t.date.from_[:10] == t.date.to[:10] and t.count.origins > 1]
    return {t.date.from_[:10]: " ".join(t.headline.split())[:140] for t in exact[:3]}


def coverage(look: Look, heads: Sequence[Head], days: Sequence[Day]) -> dict[str, Any]:
    """What the record rests on and what it does not: outlets, gaps, refusals, abstentions."""
    outlets = Counter(h.outlet for h in heads)
    empty = [d.day for d in fill_days(days) if not d.reports]
    inputs = look.snap.memo("inputs", look.view.input_counts)
    told = sum(look.snap.counts[n] for n in ("statements", "events", "meetings", "positions"))
    unsure = look.snap.memo(
        "abstained",
        lambda: int(next(iter(look.view.select("SELECT coalesce(sum(abstentions), 0) FROM readings")))[0]),
    )
    return {
        "outlets": dict(outlets.most_common()),
        "undated": sum(1 for h in heads if not h.day),
        "days_without_reports": empty,
        "inputs": inputs,
        "abstained": unsure,
        "abstained_share": round(unsure / (unsure + told), 3) if unsure + told else 0.0,
        "languages": dict(Counter(h.language or "?" for h in heads).most_common()),
    }


# --- if you read only four


def told_by_article(look: Look) -> dict[str, set[int]]:
    """What each article tells: events, meetings, positions, differences."""
    rests: dict[str, set[int]] = defaultdict(set)
    sql = (
        "SELECT c.article, c.record FROM citations AS c JOIN records AS r ON r.n = c.record "
        "WHERE r.layer IN ('events', 'meetings', 'positions', 'differences')"
    )
    for article, record in look.view.select(sql):
        rests[article].add(record)
    return dict(rests)


def least_overlapping(look: Look, heads: Sequence[Head]) -> list[tuple[Head, int]]:
    """Four reports of four origins that together cite the most records; each with how many it adds."""
    if not heads:
        return []
    ids = {h.id: h for h in heads}
    told = look.snap.memo("told by article", lambda: told_by_article(look))
    fullest = sorted((a for a in told if a in ids), key=lambda a: (-len(told[a]), a))[:LOOKED_AT_ARTICLES]
    rests = {article: told[article] for article in fullest}
    origin = {article: look.origin_of(article) for article in fullest}
    chosen: list[tuple[Head, int]] = []
    covered: set[int] = set()
    origins: set[str] = set()
    while len(chosen) < FOUR:
        left = [a for a in rests if origin[a] not in origins]
        best = max(left, key=lambda a: (len(rests[a] - covered), ids[a].day, a), default=None)
        if best is None or not rests[best] - covered:
            break
        chosen.append((ids[best], len(rests[best] - covered)))
        covered |= rests[best]
        origins.add(origin[best])
    return chosen


def attention_chart(look: Look, ask: Ask) -> str:
    """The chart as a file, with its sources under it."""
    days = attention(look, ask, heads_of(look, ask))
    told = count_label(look.count_articles(h.id for h in heads_of(look, ask)))
    sources = f"{look.title} · {told} · counts by day of publication"
    return str(draw_attention(days, link=lambda day: "", sources=sources))


SCREENS = (
    Screen(
        "/briefing",
        show_briefing,
        ("since",),
        "What happened, what changed, what is open",
        "briefing",
        charts=("attention",),
    ),
)
CHARTS = {"/briefing": attention_chart}
