"""Timeline: who did what to whom, when. Days as rows; lanes for the chart; demands as threads."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from detente.compare.timeline import choose_entries, rank_days
from detente.record import layer_of
from detente.report.days import became_label, without_repeats
from detente.report.view import date_label
from detente.store.rows import OPEN
from detente.web.ask import Ask
from detente.web.charts.lanes import draw_lanes
from detente.web.lines import CSV_COLUMNS, Line, line_json, line_of, line_row
from detente.web.look import Look, date_days
from detente.web.page import Page, Screen
from detente.web.pages.lists import echo_of, facets

Days = tuple[str, str]
LAYERS_SHOWN = ("meetings", "measures", "events")
MOST_ITEMS, MOST_ACTOR_LANES, MOST_DAY_LINES, MOST_THREADS, MOST_POINTS = 5_000, 12, 10, 10, 60
MOST_CHOSEN = 10  # entries that the link to what matters asks for
STILL = 400  # items of the still picture; the canvas holds all
TRACKS = ("Talks", "Words", "Pressure", "Force", "Demands")
_TRACK_OF = {
    "CONSULT": "Talks",
    "AGREE": "Talks",
    "SUPPORT": "Words",
    "CONCEDE": "Talks",
    "COOPERATE": "Talks",
    "AID": "Talks",
    "RETREAT": "Force",
    "REQUEST": "Words",
    "ACCUSE": "Words",
    "REJECT": "Words",
    "THREATEN": "Pressure",
    "PROTEST": "Pressure",
    "SANCTION": "Pressure",
    "MOBILIZE": "Force",
    "COERCE": "Force",
    "ASSAULT": "Force",
}
_MEASURE_TRACK = {"aid": "Talks", "sanction": "Pressure", "recognition": "Words"}


@dataclass(frozen=True, slots=True)
class DayRows:
    """A day of the timeline: its headline and its lines, with how many more there are."""

    label: str
    first: str
    last: str
    headline: str
    lines: list[Line]
    total: int


def show_timeline(look: Look, ask: Ask) -> Page:
    """The days, narrowed and paged; the lanes are asked for by the chart."""
    days, total, after = _days(look, ask)
    narrowed = {"actor", "type", "kind", "status", "q", "about", "origin"} & set(ask.values)
    count = sum(look.view.count(layer, where=look.where(ask)) for layer in LAYERS_SHOWN)
    items, left_out = lane_items(look, ask, most=STILL)
    return Page(
        template="timeline",
        title="Timeline",
        echo=echo_of(look, ask, "events, meetings and measures"),
        data={
            "days": [
                {
                    "date": d.label,
                    "from": d.first,
                    "to": d.last,
                    "headline": d.headline,
                    "rows": [line_json(x) for x in d.lines],
                }
                for d in days
            ],
            "records": count,
        },
        view={
            "days": days,
            "records": count,
            "narrowed": bool(narrowed),
            "facets": facets(look, ask, "events"),
            "picture": draw_lanes(lanes_of(look, items, ask), items, threads_of(look, ask)),
            "items": len(items),
            "left_out": left_out,
            "island": ask.twin(".lanes"),
            "most": MOST_CHOSEN,
        },
        columns=CSV_COLUMNS,
        rows=lambda: [line_row(look, line_of(look, r, ask)) for r in _records(look, ask)],
        total=total,
        after=after,
    )


def _days(look: Look, ask: Ask) -> tuple[list[DayRows], int, str | None]:
    """The records of the query by day. Paging is by day, so that a day is never torn."""
    index = look.snap.memo(("days", _key(ask)), lambda: _day_index(look, ask))
    chosen = _choose(look, ask, index)
    kept = (d for d in index if chosen is None or chosen.intersection(index[d]))
    ordered = sorted(kept, key=lambda d: (d[0] or "9999", d[1] or OPEN))
    names = [f"{first or 'undated'}_{last}" for first, last in ordered]
    at = names.index(ask.get("after")) + 1 if ask.get("after") in names else 0
    size = max(1, ask.limit // 10) if chosen is None else len(ordered)  # days
    shown = ordered[at : at + size]
    days = [_day_rows(look, ask, key, index[key], chosen) for key in shown]
    more = at + size < len(ordered)
    return days, len(ordered), names[at + size - 1] if more else None


def _key(ask: Ask) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((k, v) for k, v in ask.values.items() if k not in ("after", "limit", "lanes", "top")))


def _day_index(look: Look, ask: Ask) -> dict[Days, list[str]]:
    """Ids of the query's records by their first and last day; months and longer stand under their range."""
    index: dict[Days, list[str]] = defaultdict(list)
    for layer in LAYERS_SHOWN:
        condition, values = look.view.condition(layer, look.where(ask))
        sql = (
            f"SELECT r.id, r.first_day, r.last_day, r.sort FROM records AS r WHERE {condition} "
            "ORDER BY r.sort, r.id"
        )
        for identity, first, last, sort in look.view.select(sql, *values):
            index[first or "", "" if sort.endswith(OPEN) else last or ""].append(identity)
    return index


def _day_rows(look: Look, ask: Ask, key: Days, ids: list[str], chosen: set[str] | None) -> DayRows:
    entry = _entries(look).get(key)
    order = {i: n for n, i in enumerate(entry.meetings + entry.measures + entry.events)} if entry else {}
    wanted = [i for i in ids if chosen is None or i in chosen]
    first = sorted(wanted, key=lambda i: (order.get(i, 9_999), i))[:MOST_DAY_LINES]
    records = without_repeats([(layer_of(r).name, r) for r in _in_layers(map(look.get, first))])
    lines = [line_of(look, record, ask) for _, record in records]
    lines.sort(key=lambda line: line.basis in ("published", "inferred"))
    label = date_label(entry.date) if entry else lines[0].date if lines else ""
    if not key[0]:
        label = "Day unknown"
    headline = " ".join(entry.headline.split()) if entry else ""
    told = any(headline.rstrip("…") in line.words for line in lines)  # a line says it with its source
    return DayRows(label, *key, "" if told else headline, lines, len(ids))


def _in_layers(records: Iterable[Any]) -> list[Any]:
    """In the order of ``LAYERS_SHOWN``, else as they come."""
    return sorted(records, key=lambda r: LAYERS_SHOWN.index(layer_of(r).name))


def _choose(look: Look, ask: Ask, index: dict[Days, list[str]]) -> set[str] | None:
    """The ids of the entries that matter most, where only so many are asked for."""
    if not ask.get("top"):
        return None
    most = int(ask.get("top"))
    entries = {key: entry for key, entry in _entries(look).items() if key in index}
    best = rank_days({n: entry.weight for n, entry in enumerate(entries.values())})[:most]
    a_day = -(-most // max(len(best), 1)) * 2  # a meeting may be an event too: one line
    found = []
    for key, entry in [list(entries.items())[n] for n in best]:
        ids, named = set(index[key]), (entry.meetings, entry.measures, entry.events)
        near = [look.get(i) for layer in named for i in [i for i in layer if i in ids][:a_day]]
        records = [r for _, r in without_repeats([(layer_of(r).name, r) for r in near])]
        found.append((entry.weight, records))
    return choose_entries(found, most=most)


def _entries(look: Look) -> dict[Days, Any]:
    return look.snap.memo("entries", lambda: {date_days(t.date): t for t in look.view.layer("timeline")})


def _records(look: Look, ask: Ask) -> Iterable[Any]:
    where = look.where(ask)
    return chain.from_iterable(look.view.layer(layer, where=where) for layer in LAYERS_SHOWN)


# --- lanes


def lane_items(look: Look, ask: Ask, *, most: int = MOST_ITEMS) -> tuple[list[dict[str, Any]], int]:
    """What the lanes hold: one item a record with a day; the widest told where there are too many."""
    return look.snap.memo(("lanes", most, ask.get("lanes"), _key(ask)), lambda: _lane_items(look, ask, most))


def _lane_items(look: Look, ask: Ask, most: int) -> tuple[list[dict[str, Any]], int]:
    """The items of the query: their ids come from the index alone, what they show is read once a store."""
    every = look.snap.memo("items", lambda: _every_item(look))
    found = []
    for layer in LAYERS_SHOWN:
        condition, values = look.view.condition(layer, look.where(ask))
        sql = f"SELECT r.id FROM records AS r WHERE {condition} AND r.first_day <> ''"
        # What is only "by" a day stands in that day's rows and has no place on the chart.
        found += [every[i] for (i,) in look.view.select(sql, *values) if i in every]
    if not {"type", "kind", "status"} & set(ask.values):
        found = [item for item in found if not item["again"]]
    left_out = max(0, len(found) - most)
    if left_out:
        found = sorted(found, key=lambda i: (-i["origins"], -i["reports"], i["id"]))[:most]
    lane = "who" if ask.get("lanes") == "actor" else "track"
    shown = ({**i, "lane": i[lane], **_became(look, ask, i)} for i in found)
    return sorted(shown, key=lambda i: (i["from"], i["id"])), left_out


def _became(look: Look, ask: Ask, item: dict[str, Any]) -> dict[str, str]:
    """What became of a planned item, for its mark and its tip."""
    plan = look.plan_of(item["id"], ask) if item["status"] == "planned" else None
    return {} if plan is None else {"became": plan.became, "told": became_label(plan)}


def _every_item(look: Look) -> dict[str, dict[str, Any]]:
    records = [(layer, r) for layer in LAYERS_SHOWN for r in look.view.layer(layer)]
    once = {record.id for _, record in without_repeats(records)}
    return {
        record.id: {**_item(look, layer, record), "again": record.id not in once}
        for layer, record in records
        if date_days(record.date)[0]
    }


def _item(look: Look, layer: str, record: Any) -> dict[str, Any]:
    people = getattr(record, {"events": "sources", "meetings": "participants", "measures": "actors"}[layer])
    targets = getattr(record, {"events": "recipients", "measures": "targets"}.get(layer, ""), ())
    kind = getattr(record, {"events": "type", "meetings": "format"}.get(layer, "kind"))
    first, last = date_days(record.date)
    label = (look.names(people) or "not stated") + (f" → {look.names(targets)}" if targets else "")
    exact = record.date.precision in ("minute", "hour", "day")
    return {
        "id": record.id,
        "layer": layer,
        "from": first,
        "to": last,
        "kind": kind,
        "status": record.status,
        "basis": record.date.basis,
        "open": record.date.open,
        "soft": record.date.basis in ("published", "inferred") or not exact,
        "reports": record.count.reports,
        "origins": record.count.origins,
        "label": label,
        "track": _track(layer, kind),
        "who": people[0] if people else "",
    }


def _track(layer: str, kind: str) -> str:
    if layer == "meetings":
        return "Talks"
    return _MEASURE_TRACK.get(kind, "Force") if layer == "measures" else _TRACK_OF.get(kind, "Words")


def lanes_of(look: Look, items: list[dict[str, Any]], ask: Ask) -> list[tuple[str, str]]:
    """The lanes in order: the tracks, or the actors with the most items; the rest share the last."""
    if ask.get("lanes") != "actor":
        used = {i["lane"] for i in items}
        return [(t, t) for t in TRACKS if t in used or t == "Demands"]
    tally = Counter(i["lane"] for i in items if i["lane"])
    return [(a, look.name(a)) for a, _ in tally.most_common(MOST_ACTOR_LANES)] + [("", "others")]


def threads_of(look: Look, ask: Ask) -> list[dict[str, Any]]:
    """Each issue's demands and what answered them, in order: a thread from first voice to last answer."""
    return look.snap.memo(("threads", _key(ask)), lambda: _threads(look, ask))


def _threads(look: Look, ask: Ask) -> list[dict[str, Any]]:
    by_issue: dict[str, list[dict[str, Any]]] = defaultdict(list)
    condition, values = look.view.condition("positions", look.where(ask, kind=None, status=None))
    sql = (
        "SELECT r.id, json_extract(r.json, '$.issue'), r.first_day, r.kind, "
        f"json_extract(r.json, '$.parties') FROM records AS r WHERE {condition} AND r.first_day <> '' "
        "ORDER BY r.sort, r.id LIMIT 2000"
    )
    for identity, issue, day, stance, parties in look.view.select(sql, *values):
        by_issue[issue].append({"id": identity, "day": day, "stance": stance, "who": parties})
    threads: list[dict[str, Any]] = []
    for issue, points in by_issue.items():
        first = next(
            (n for n, p in enumerate(points) if p["stance"] in ("demands", "proposes", "offers")), None
        )
        if first is not None and len(points) - first > 1:
            threads.append({"issue": issue, "label": look.name(issue), "points": points[first:]})
    threads = sorted(threads, key=lambda t: (-len(t["points"]), t["label"]))[:MOST_THREADS]
    for thread in threads:
        thread["points"] = [
            {**p, "who": look.names(json.loads(p["who"])) or "not stated"}
            for p in thread["points"][:MOST_POINTS]
        ]
    return threads


def lanes_json(look: Look, ask: Ask) -> dict[str, Any]:
    """What the chart's island reads."""
    items, left_out = lane_items(look, ask)
    lanes = lanes_of(look, items, ask)
    known = {lane for lane, _ in lanes}
    shown = [{**i, "lane": i["lane"] if i["lane"] in known else ""} for i in items]
    return {
        "lanes": [{"id": a, "label": b} for a, b in lanes],
        "items": shown,
        "left_out": left_out,
        "threads": threads_of(look, ask),
    }


def lanes_chart(look: Look, ask: Ask) -> str:
    """The chart as a file, with its sources under it."""
    items, left_out = lane_items(look, ask, most=STILL)
    more = f" · {left_out} less widely told left out" if left_out else ""
    sources = f"{look.title} · {echo_of(look, ask, 'events, meetings and measures')}: {len(items)}{more}"
    return str(draw_lanes(lanes_of(look, items, ask), items, threads_of(look, ask), sources=sources))


_PARAMS = (
    "actor",
    "type",
    "kind",
    "status",
    "since",
    "until",
    "fresh",
    "origin",
    "about",
    "q",
    "lanes",
    "top",
    "after",
    "limit",
)
SCREENS = (
    Screen("/timeline", show_timeline, _PARAMS, "Who did what to whom, when", "timeline", charts=("lanes",)),
)
CHARTS = {"/timeline": lanes_chart}
