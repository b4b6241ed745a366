"""An analysis as plain values, for JSON: states as patterns, parties and options by id, quotes whole."""

from __future__ import annotations

from typing import Any

from detente.conflict.analysis import Analysis
from detente.conflict.hinges import Hinge
from detente.conflict.inverse import InStatements
from detente.conflict.model import Cite, Model
from detente.conflict.offramps import Offramp
from detente.conflict.paths import Path, Step
from detente.conflict.words import CAVEAT, state_words, tell


def to_plain(analysis: Analysis) -> dict[str, Any]:
    """Everything that an analysis found; ``caveat`` and ``words`` always come with it."""
    model = analysis.model
    data: dict[str, Any] = {
        "title": model.title,
        "date": model.date,
        "present": model.now or None,
        "concepts": list(analysis.concepts),
        "readings": {
            "possible": analysis.possible,
            "solved": analysis.sampled,
            "refuted": len(analysis.refuted),
            "kept": analysis.readings,
        },
        "forks": [{"kind": f.kind, "name": f.name, "choices": list(f.choices)} for f in analysis.forks],
        "states": [
            {
                "state": model.pattern(s.state),
                "words": state_words(model, s.state),
                "concept": s.concept,
                "stable_in": s.verdict.stable,
                "of": s.verdict.total,
                "verdict": s.verdict.word,
                "would_leave": list(s.leavers),
            }
            for s in analysis.standing
        ],
        "splits": [dict(zip(("concept", "how", "what", "above"), s, strict=True)) for s in analysis.splits],
        "hinges": {concept: [_hinge(h) for h in hinges] for concept, hinges in analysis.hinges},
        "wants": [_want(w) for w in analysis.wants],
        "uncertain": [
            {
                "party": u.party,
                "concept": u.concept,
                "attitudes": dict(zip("abcd", u.by_attitude, strict=True)),
            }
            for u in analysis.uncertain
        ],
        "exposed": [
            {
                "party": model.party_ids[e.party],
                "move": _step(model, e.step),
                "answer": _path(model, e.answer),
            }
            for e in analysis.exposed
        ],
    }
    if analysis.offramps is not None:
        data["offramps"] = [_offramp(model, o) for o in analysis.offramps]
    return data | {"caveat": CAVEAT, "words": tell(analysis)}


def _cite(cite: Cite) -> dict[str, Any]:
    return {"article": cite.article, "quote": cite.quote, "start": cite.start, "end": cite.end}


def _hinge(hinge: Hinge) -> dict[str, Any]:
    return {
        "how": hinge.how,
        "elements": list(hinge.elements),
        "sentences": [[_cite(c) for c in group] for group in hinge.sentences],
        "analyst": hinge.analyst,
        "stable_before": hinge.stable_before,
        "stable_after": hinge.stable_after,
    }


def _want(want: InStatements) -> dict[str, Any]:
    return {
        "party": want.party,
        "above": [list(pair) for pair in want.above],
        "joined": want.joined,
        "exact": want.exact,
        "share": want.share,
        "now": want.now,
    }


def _step(model: Model, step: Step) -> dict[str, Any]:
    return {
        "party": model.party_ids[step.party],
        "from": model.pattern(step.start),
        "to": model.pattern(step.end),
        "gain": step.gain,
    }


def _path(model: Model, path: Path) -> list[dict[str, Any]]:
    return [_step(model, step) for step in path.steps]


def _offramp(model: Model, offramp: Offramp) -> dict[str, Any]:
    first = offramp.first_mover
    return {
        "state": model.pattern(offramp.state),
        "words": state_words(model, offramp.state),
        "gains": list(offramp.gains),
        "loses": list(offramp.loses),
        "better_in": offramp.better.stable,
        "of": offramp.better.total,
        "first_mover": None if first is None else model.party_ids[first],
        "path": _path(model, offramp.path) if offramp.path else None,
        "below_now": [list(row) for row in offramp.below],
        "would_leave": list(offramp.leavers),
        "change": [_want(w) for w in offramp.change],
    }
