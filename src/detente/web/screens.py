"""Every screen of the app, in the order of the rail, and the charts that can be saved."""

from __future__ import annotations

from collections.abc import Callable

from detente.web.ask import Ask
from detente.web.look import Look
from detente.web.page import Screen
from detente.web.pages import (
    accounts,
    actors,
    briefing,
    cite,
    conflict,
    differences,
    lists,
    network,
    origins,
    places,
    positions,
    reader,
    search,
    timeline,
)

SCREENS: tuple[Screen, ...] = (
    *briefing.SCREENS,
    *timeline.SCREENS,
    *accounts.SCREENS,
    *reader.SCREENS,
    *conflict.SCREENS,
    *actors.SCREENS,
    *positions.SCREENS,
    *differences.SCREENS,
    *origins.SCREENS,
    *lists.SCREENS,
    *places.SCREENS,
    *network.SCREENS,
    *search.SCREENS,
    *cite.SCREENS,
)
CHARTS: dict[str, Callable[[Look, Ask], str]] = {
    **briefing.CHARTS,
    **timeline.CHARTS,
    **places.CHARTS,
    **network.CHARTS,
}

# key, name, address: the five screens, then the lists
RAIL = (
    ("briefing", "Briefing", "/"),
    ("timeline", "Timeline", "/timeline"),
    ("accounts", "Accounts", "/accounts"),
    ("reader", "Reader", "/reader"),
    ("conflict", "Conflict", "/conflict"),
)
MORE = (
    ("differences", "Differences", "/differences"),
    ("positions", "Positions", "/positions"),
    ("actors", "Actors", "/actors"),
    ("statements", "Statements", "/statements"),
    ("events", "Events", "/events"),
    ("meetings", "Meetings", "/meetings"),
    ("measures", "Measures", "/measures"),
    ("figures", "Figures", "/figures"),
    ("origins", "Origins", "/origins"),
    ("map", "Map", "/map"),
    ("network", "Network", "/network"),
)
