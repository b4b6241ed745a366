"""Map: where events and meetings are placed; land without borders, and a list of what could not be placed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from detente.web.ask import Ask
from detente.web.charts.world import Dot, draw_world
from detente.web.gazetteer import Place, find_place
from detente.web.look import Look
from detente.web.page import FILTERS, Page, Screen
from detente.web.pages.lists import echo_of


@dataclass(frozen=True, slots=True)
class Placed:
    """A place and the records that name it."""

    name: str
    place: Place | None
    ids: list[str]


def show_map(look: Look, ask: Ask) -> Page:
    """Places on the map and in a list; what has no known place is counted and listed as well."""
    found, without = places_of(look, ask)
    dots = dots_of(found)
    unknown = [p for p in found if p.place is None]
    return Page(
        template="map",
        title="Map",
        echo=echo_of(look, ask, "events, meetings and reports by dateline"),
        data={"places": [_json(p) for p in found], "without_place": without},
        view={
            "picture": draw_world(dots),
            "places": [p for p in found if p.place],
            "unknown": unknown,
            "without": without,
        },
        columns=("place", "latitude", "longitude", "records", "ids"),
        rows=lambda: [
            [
                p.name,
                p.place.latitude if p.place else "",
                p.place.longitude if p.place else "",
                len(p.ids),
                " ".join(p.ids),
            ]
            for p in found
        ],
        total=len(found),
    )


def places_of(look: Look, ask: Ask) -> tuple[list[Placed], int]:
    """Every place named by an event, a meeting or a dateline, and how many events and meetings name none."""
    return look.snap.memo(("places", tuple(sorted(ask.values.items()))), lambda: _places(look, ask))


def _places(look: Look, ask: Ask) -> tuple[list[Placed], int]:
    by_name: dict[str, list[str]] = defaultdict(list)
    without = 0
    for layer, path in (("events", "$.place"), ("meetings", "$.place"), ("articles", "$.dateline")):
        condition, values = look.view.condition(layer, look.where(ask))
        value = f"json_extract(r.json, '{path}')"
        sql = f"SELECT r.id, {value} FROM records AS r WHERE {condition} ORDER BY r.sort, r.id"
        for identity, name in look.view.select(sql, *values):
            if name:
                by_name[look.name(name)].append(identity)
            elif layer != "articles":
                without += 1
    return sorted(_merged(by_name), key=lambda p: (-len(p.ids), p.name)), without


def _merged(by_name: dict[str, list[str]]) -> list[Placed]:
    """One entry a place: "MOSCOW" and "Moscow" are one."""
    found: dict[Place | str, Placed] = {}
    for name, ids in by_name.items():
        place = find_place(name)
        key = place or " ".join(name.casefold().split())
        if key in found:
            found[key].ids.extend(ids)
        else:
            found[key] = Placed(place.name if place else name, place, list(ids))
    return list(found.values())


def dots_of(found: list[Placed]) -> list[Dot]:
    """One dot a place."""
    return [
        Dot(p.name, p.place.latitude, p.place.longitude, len(p.ids), p.ids[0])
        for p in found
        if p.place is not None
    ]


def _json(placed: Placed) -> dict[str, Any]:
    place = placed.place
    return {
        "name": placed.name,
        "ids": placed.ids,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
    }


def map_chart(look: Look, ask: Ask) -> str:
    """The map as a file, with its sources under it."""
    found, without = places_of(look, ask)
    what = echo_of(look, ask, "events, meetings and datelines")
    sources = f"{look.title} · {what} · {without} without a place · land: Natural Earth"
    return str(draw_world(dots_of(found), sources=sources))


SCREENS = (Screen("/map", show_map, FILTERS, "Where it is said to have happened", "map", charts=("map",)),)
CHARTS = {"/map": map_chart}
