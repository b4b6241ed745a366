"""A conflict model with its analysis, for the screen: parties, options, verdicts, hinges, ways out."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from detente.conflict.analysis import Analysis, analyse
from detente.conflict.model import Cite, Model, Support
from detente.conflict.pictures import draw_states
from detente.conflict.plain import to_plain
from detente.conflict.shipped import find_model
from detente.conflict.words import (
    formula_words,
    hinge_words,
    offramp_lines,
    state_words,
    verdict_words,
    want_words,
)
from detente.errors import DetenteError

MOST_STATES = 10


@lru_cache(maxsize=4)
def solved(name: str) -> Analysis:
    """The analysis of a model (a file or a shipped name); solved once a process."""
    return analyse(find_model(name), hinges=True, offramps=True)


def tell_model(name: str) -> dict[str, Any]:
    """What the screen shows, and its JSON twin under ``analysis``.

    Raises:
        DetenteError: there is no such model, or it cannot be solved.
    """
    analysis = solved(name)
    model = analysis.model
    return {
        "title": model.title,
        "date": model.date,
        "now": state_words(model, model.present) if model.present is not None else "",
        "parties": [_party(model, party.id) for party in model.parties],
        "standing": _standing(analysis),
        "hinges": [
            {"concept": concept, "words": [hinge_words(model, h) for h in hinges[:6]]}
            for concept, hinges in analysis.hinges
        ],
        "wants": [want_words(model, want, state="the present state") for want in analysis.wants],
        "offramps": [list(offramp_lines(model, o)) for o in analysis.offramps or ()],
        "analysis": to_plain(analysis),
    }


def picture_of(name: str) -> str:
    """The states and the moves between them as an SVG; empty where the model is too large to be drawn."""
    try:
        return draw_states(solved(name))
    except DetenteError:
        return ""


def _standing(analysis: Analysis) -> list[dict[str, Any]]:
    """The present state and those that hold in most readings, each with its verdicts."""
    model = analysis.model
    share: dict[int, float] = {}
    for standing in analysis.standing:
        share[standing.state] = max(share.get(standing.state, 0.0), standing.verdict.share)
    order = sorted(share, key=lambda s: (s != model.present, -share[s], s))
    return [
        {
            "pattern": model.pattern(state),
            "words": state_words(model, state),
            "now": state == model.present,
            "verdicts": [
                {
                    "concept": s.concept,
                    "words": verdict_words(s.verdict),
                    "share": s.verdict.share,
                    "leavers": [model.name_of(p) for p in s.leavers],
                }
                for s in analysis.of(state)
            ],
        }
        for state in order[:MOST_STATES]
    ]


def _party(model: Model, party: str) -> dict[str, Any]:
    options = [o for o in model.options if o.owner == party]
    return {
        "id": party,
        "name": model.name_of(party),
        "options": [{"label": o.label or o.id, **_support(o.support)} for o in options],
        "wants": [
            {"words": formula_words(model, p.holds), "rank": p.rank, **_support(p.support)}
            for p in model.statements_of(party)
        ],
    }


def _support(support: Support) -> dict[str, Any]:
    return {"status": support.status, "cites": [_cite(c) for c in support.cite[:3]], "note": support.note}


def _cite(cite: Cite) -> dict[str, Any]:
    return {"article": cite.article, "quote": cite.quote, "start": cite.start, "end": cite.end}
