"""Lists of one layer – statements, events, meetings, measures, figures – narrowed, counted, paged."""

from __future__ import annotations

from functools import partial
from typing import Any

from detente.web.ask import Ask, ask_words
from detente.web.lines import CSV_COLUMNS, line_json, line_row, lines_of
from detente.web.look import Look
from detente.web.page import FILTERS, PAGING, Page, Screen

LISTED = {
    "statements": "who said what",
    "events": "who did what to whom",
    "meetings": "who met whom",
    "measures": "aid, sanctions, deployments and other acts with weight",
    "figures": "quantities claimed, and by whom",
}


def show_list(layer: str, look: Look, ask: Ask) -> Page:
    """One page of a layer."""
    records, total, after = look.page(layer, ask)
    lines = lines_of(look, records, ask)
    return Page(
        template="list",
        title=layer.capitalize(),
        echo=echo_of(look, ask, layer),
        data={"layer": layer, "rows": [line_json(line) for line in lines]},
        view={"lines": lines, "layer": layer, "about": LISTED[layer], "facets": facets(look, ask, layer)},
        columns=CSV_COLUMNS,
        rows=lambda: all_rows(look, ask, layer),
        total=total,
        after=after,
    )


def all_rows(look: Look, ask: Ask, layer: str) -> list[list[Any]]:
    """Every row of the query, not the page alone: a CSV is complete."""
    found = look.view.layer(layer, where=look.where(ask))
    return [line_row(look, line) for line in lines_of(look, found, ask)]


def echo_of(look: Look, ask: Ask, noun: str) -> str:
    """The query in words, ids replaced by names."""
    ids = [ask.get(name) for name in ("about", "origin", "actor") if ask.get(name)]
    return ask_words(ask, noun, names={i: _called(look, i) for i in ids})


def _called(look: Look, identity: str) -> str:
    name = look.name(identity)
    if name in ("unknown", ""):
        return look.origin_name(identity)
    return name


def facets(look: Look, ask: Ask, layer: str) -> list[tuple[str, str, list[tuple[str, int, str, bool]]]]:
    """What the query can be narrowed by: parameter, its name, and each value with its count and link."""
    found = []
    key = tuple(sorted((k, v) for k, v in ask.values.items() if k not in ("after", "limit", "lanes")))
    for name, label, tally, now in (
        ("type", _KIND_NAMES.get(layer, "kind"), look.view.kinds, ask.kind),
        ("status", "state" if layer == "differences" else "status", look.view.statuses, ask.get("status")),
    ):
        if name == "status" and layer not in _WITH_STATUS:
            continue
        fixed: dict[str, Any] = {"kind": None} if name == "type" else {"status": None}
        counts = look.snap.memo(
            (layer, name, key), partial(tally, layer, where=look.where(ask, layer=layer, **fixed))
        )
        if counts:
            other = {"kind": None} if name == "type" else {}
            found.append(
                (
                    name,
                    label,
                    [
                        (v, n, ask.url(**{name: None if v == now else v, **other}), v == now)
                        for v, n in counts.items()
                    ],
                )
            )
    return found


_WITH_STATUS = ("events", "meetings", "measures", "differences")
_KIND_NAMES = {
    "statements": "act", "events": "type", "meetings": "format", "positions": "stance", "actors": "type",
}  # fmt: skip

SCREENS = tuple(
    Screen(
        f"/{layer}", partial(show_list, layer), (*FILTERS, *PAGING), f"{layer.capitalize()}: {text}", layer
    )
    for layer, text in LISTED.items()
)
