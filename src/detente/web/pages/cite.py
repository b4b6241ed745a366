"""The citation drawer: the words behind any value in each account, by origin; and how to cite them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from detente.errors import UsageError
from detente.record import Plan, Span, layer_of, to_json
from detente.report.days import became_label
from detente.report.view import Quote, date_label
from detente.store.rows import id_of
from detente.web.ask import Ask
from detente.web.lines import date_note, line_of
from detente.web.look import MOST_QUOTES, Look
from detente.web.page import Page, Screen
from detente.web.references import annotation, bibtex, footnote, plain

_LINED = ("statements", "events", "meetings", "measures", "positions", "figures")


@dataclass(frozen=True, slots=True)
class Account:
    """What one article says: its words, where they stand, and its copies of the same origin beside it."""

    article: str
    outlet: str
    title: str
    published: str
    basis: str
    url: str
    quote: Quote
    span: Span
    forms: dict[str, str]


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """The accounts that carry one origin's words."""

    id: str
    name: str
    kind: str
    accounts: list[Account]


def show_citations(look: Look, ask: Ask, identity: str) -> Page:
    """Every account of a record."""
    record = _record(look, identity)
    if isinstance(record, Plan):
        record = look.as_known(record, ask)
    every = look.spans_of(record, ask)
    spans = one_an_article(every)
    groups = group_accounts(look, spans[:MOST_QUOTES])
    told = look.count_of(spans)
    layer = layer_of(record).name
    return Page(
        template="cite",
        title=_title(look, record, layer),
        echo=f"Where it stands: {layer[:-1] if layer != 'timeline' else 'day'} {identity}",
        data={
            "id": id_of(record),
            "layer": layer,
            "count": to_json(told),
            "record": _json(record),
            "origins": _groups_json(groups),
        },
        view={
            "record": record,
            "layer": layer,
            "parts": _parts(look, record, every, groups),
            "became": became_label(record) if layer == "plans" else "",
            "planned_for": date_label(record.date) if layer == "plans" else "",
            "told": told,
            "left_out": len(spans) - MOST_QUOTES,
            "line": line_of(look, record, ask) if layer in _LINED else None,
            "date_note": date_note(record.date) if hasattr(record, "date") else "",
            "differences": _differences(look, identity),
            "chain": _chain(look, record),
        },
        columns=("record", "origin", "outlet", "published", "words", "article", "start", "end", "source"),
        rows=lambda: [_row(look, identity, s) for s in spans],
        total=len(spans),
    )


def _parts(
    look: Look, record: Any, spans: Sequence[Span], groups: list[OriginGroup]
) -> list[tuple[str, list[OriginGroup]]]:
    """The accounts under their headings: of a plan, those of what was planned and of what became of it."""
    if not isinstance(record, Plan):
        return [("", groups)]
    planned = [s for s in spans if s in record.evidence]
    outcome = [s for s in spans if s in record.outcome]
    parts = (("What was planned", planned), ("What became of it", outcome))
    return [(title, group_accounts(look, one_an_article(part))) for title, part in parts if part]


def _record(look: Look, identity: str) -> Any:
    if len(identity) < 4 or not identity.isascii():
        raise UsageError(f"There is no record {identity[:60]!r}.")
    return look.get(identity)


def _json(record: Any) -> dict[str, Any]:
    data = to_json(record)
    data.pop("text", None)
    return data


def one_an_article(spans: Sequence[Span]) -> list[Span]:
    """The first words of each article, in order: one row a report."""
    first: dict[str, Span] = {}
    for span in spans:
        first.setdefault(span.article, span)
    return list(first.values())


def group_accounts(look: Look, spans: Sequence[Span]) -> list[OriginGroup]:
    """Accounts by origin, the origin with the earliest report first."""
    by_origin: dict[str, list[Account]] = defaultdict(list)
    ordered = sorted(spans, key=lambda s: (look.head(s.article).day or "9999", s.article, s.start))
    for span in ordered:
        by_origin[look.origin_of(span.article)].append(_account(look, span))
    return [
        OriginGroup(
            origin,
            look.origin_name(origin),
            look.snap.origins[origin].kind if origin in look.snap.origins else "",
            accounts,
        )
        for origin, accounts in by_origin.items()
    ]


def _account(look: Look, span: Span) -> Account:
    head = look.head(span.article)
    article = look.article(span.article)
    return Account(
        article=head.id,
        outlet=head.outlet,
        title=head.title,
        published=date_label(head.published),
        basis=head.published.basis if head.published.known else "",
        url=head.url if head.url.startswith(("https://", "http://")) else "",
        quote=look.quote(span),
        span=span,
        forms={
            "quote": plain(article, head, span),
            "markdown": footnote(article, head, span),
            "bibtex": bibtex(article, head),
            "annotation": json.dumps(annotation(article, span), ensure_ascii=False, indent=1),
        },
    )


def _groups_json(groups: list[OriginGroup]) -> list[dict[str, Any]]:
    return [
        {
            "id": group.id,
            "name": group.name,
            "kind": group.kind,
            "accounts": [
                {
                    "article": a.article,
                    "outlet": a.outlet,
                    "title": a.title,
                    "published": a.published,
                    "url": a.url,
                    "span": to_json(a.span),
                    "words": a.quote.words,
                    **a.forms,
                }
                for a in group.accounts
            ],
        }
        for group in groups
    ]


def _row(look: Look, identity: str, span: Span) -> list[Any]:
    head = look.head(span.article)
    origin = look.origin_name(look.origin_of(span.article))
    return [
        identity,
        origin,
        head.outlet,
        head.published.from_,
        look.words(span),
        span.article,
        span.start,
        span.end,
        head.source,
    ]


def _differences(look: Look, identity: str) -> list[Any]:
    rests = look.view.resting_on(identity)
    ids = dict.fromkeys(r.id for r in rests if r.layer == "differences")
    return [look.get(i) for i in list(ids)[:5]]


def _chain(look: Look, record: Any) -> list[tuple[str, str]]:
    """Who said that who said: (statement id, speaker), the outermost first; empty for plain speech."""
    from detente.web.lines import speakers

    chain: list[tuple[str, str]] = []
    at = record
    while getattr(at, "via", None) and len(chain) < 5:
        at = look.get(at.via)
        chain.insert(0, (at.id, ", ".join(name for _, name in speakers(look, at))))
    own = ", ".join(name for _, name in speakers(look, record)) if chain else ""
    return [] if {who for _, who in chain} == {own} else chain


def _title(look: Look, record: Any, layer: str) -> str:
    if layer in ("actors", "origins"):
        return look.name(record.id)
    if layer == "articles":
        return look.head(record.id).title
    return {"timeline": "Day", "passages": "Shared words"}.get(layer, layer[:-1].capitalize())


SCREENS = (
    Screen(
        "/cite/{id}", show_citations, ("at",), "The words behind a value, in each account, grouped by origin"
    ),
)
