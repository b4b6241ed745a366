"""Actors: who takes part; and one actor's roles, words, acts, demands and relations."""

from __future__ import annotations

from collections import Counter
from typing import Any

from detente.record import Actor, Role, to_json
from detente.store import Filter
from detente.web.ask import Ask
from detente.web.lines import lines_of
from detente.web.look import Look
from detente.web.page import FILTERS, PAGING, Page, Screen
from detente.web.pages.lists import echo_of, facets

_OF_ACTOR = ("statements", "positions", "events", "meetings", "measures")
MOST = 8


def show_actors(look: Look, ask: Ask) -> Page:
    """The actors, the most mentioned first."""
    records, total, after = look.page("actors", ask)
    return Page(
        template="actors",
        title="Actors",
        echo=echo_of(look, ask, "actors"),
        data={"rows": [_json(a) for a in records]},
        view={
            "rows": [(a, _roles(a), look.count_of(a.mentions)) for a in records],
            "facets": facets(look, ask, "actors"),
        },
        columns=("id", "name", "type", "country", "roles", "mentions", "names"),
        rows=lambda: [_row(a) for a in look.view.layer("actors", where=look.where(ask, layer="actors"))],
        total=total,
        after=after,
    )


def _json(actor: Actor) -> dict[str, Any]:
    data = to_json(actor)
    data["mentions"] = len(actor.mentions)
    return data


def _row(actor: Actor) -> list[Any]:
    return [
        actor.id, actor.name, actor.type, actor.country or "", "; ".join(_roles(actor)),
        len(actor.mentions), "; ".join(actor.names),
    ]  # fmt: skip


def _roles(actor: Actor) -> list[str]:
    return list(dict.fromkeys(_role(r) for r in actor.roles))


def _role(role: Role) -> str:
    of = f", {role.of}" if role.of else ""
    years = f" ({(role.from_ or '')[:4]}–{(role.to or '')[:4]})" if role.from_ or role.to else ""
    return f"{role.title}{of}{years}"


def show_actor(look: Look, ask: Ask, identity: str) -> Page:
    """One actor: the last words and acts of each layer, and whom it deals with."""
    actor = look.get(identity)
    if not isinstance(actor, Actor):
        from detente.errors import UsageError

        raise UsageError(f"{identity!r} is no actor.", hint="See the actors.")
    sections = []
    for layer in _OF_ACTOR:
        where = look.where(ask, actors=(actor.id,))
        total = look.view.count(layer, where=where)
        if total:
            sections.append(
                (layer, total, lines_of(look, look.view.layer(layer, where=where, limit=MOST), ask))
            )
    return Page(
        template="actor",
        title=actor.name,
        echo=f"{actor.name}: {actor.type}" + (f", {actor.country}" if actor.country else ""),
        data={"actor": _json(actor), "totals": {layer: total for layer, total, _ in sections}},
        view={
            "actor": actor, "roles": [(_role(r), r) for r in actor.roles], "sections": sections,
            "told": look.count_of(actor.mentions), "with": partners(look, actor.id),
            "also": [n for n in actor.names if n != actor.name],
            "part_of": look.named([actor.part_of]) if actor.part_of else [],
            "addressed": look.view.count("statements", where=Filter(names=(actor.id,))),
        },
        columns=("id", "name", "type", "country", "roles", "mentions", "names"),
        rows=lambda: [_row(actor)],
        total=None,
    )  # fmt: skip


def partners(look: Look, identity: str) -> list[tuple[str, str, int]]:
    """Whom an actor stands in events, meetings and measures with, the most frequent first."""
    sql = (
        "SELECT m.target, count(DISTINCT m.record) FROM links AS l JOIN links AS m ON m.record = l.record "
        "JOIN records AS r ON r.n = l.record WHERE l.target = ? AND m.target <> l.target "
        "AND r.layer IN ('events', 'meetings', 'measures') GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 40"
    )
    tally = Counter({i: n for i, n in look.view.select(sql, identity) if i in look.snap.actors})
    return [(i, look.name(i), n) for i, n in tally.most_common(10)]


_NARROW = ("since", "until", "q")
SCREENS = (
    Screen(
        "/actors", show_actors, (*FILTERS, *PAGING), "Persons, states, organisations and groups", "actors"
    ),
    Screen("/actors/{id}", show_actor, _NARROW, "One actor: roles, words, acts, demands", "actors"),
)
