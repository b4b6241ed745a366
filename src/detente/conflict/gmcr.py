"""The ``.gmcr`` files of GMCR+ / gmcr-py, read and written.

The form is not specified anywhere; these keys are those found in the example files that its public repository
carries (versions 0.3.1–0.3.12): ``options`` with ``permittedDirection`` (both, fwd, back), ``decisionMakers``
with option indexes, ``preferences`` (a condition is a list of [option, "Y"/"N"]; compound ones are "or") and
``preferenceRanking`` (feasible states numbered from 1 in ascending binary order, ties as inner lists),
``infeasibles``, ``useManualPreferenceRanking``. Misperceptions and coalitions of such files are not read.
What is lost on export: citations, statuses, claims, open orders, reported moves, views, and formulas beyond
"or" of "and"s, which are written out state by state.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from detente.conflict.graph import BACK, BOTH, FORWARD, ModelError
from detente.conflict.model import Exclusion, Model, Option, Party, Preference, Ranking

_DIRECTIONS = {"both": BOTH, "fwd": FORWARD, "back": BACK}
_WORDS = {word: name for name, word in _DIRECTIONS.items()}


def from_gmcr(text: str, *, source: str = "model.gmcr") -> Model:
    """Read a ``.gmcr`` file; every element is the analyst's, since the form has no citations.

    Raises:
        ModelError: not such a file, or a model that cannot be solved.
    """
    from detente.conflict.modelcheck import check_model

    try:
        data = json.loads(text)
        model = _read(data, source)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise ModelError(
            f"{source}: not a .gmcr file that can be read ({type(error).__name__}: {error}).",
            hint="Expected keys: options, decisionMakers, infeasibles.",
        ) from error
    check_model(model)
    return model


def _read(data: dict[str, Any], source: str) -> Model:
    parties = tuple(Party(f"p{n}", dm["name"]) for n, dm in enumerate(data["decisionMakers"], 1))
    owner = {index: f"p{n}" for n, dm in enumerate(data["decisionMakers"], 1) for index in dm["options"]}
    options = tuple(
        Option(f"o{n + 1}", owner[n], o["name"], _DIRECTIONS[o.get("permittedDirection", "both")])
        for n, o in enumerate(data["options"])
    )
    exclusions = tuple(Exclusion(_formula(c)) for c in data.get("infeasibles", []))
    model = Model(source.rsplit("/", 1)[-1], parties, options, exclusions, source=source)
    manual = data.get("useManualPreferenceRanking", data.get("useManualPreferenceVectors", False))
    preferences: list[Preference] = []
    rankings: list[Ranking] = []
    states = [model.pattern(int(s)) for s in np.flatnonzero(model.feasible())]
    for n, dm in enumerate(data["decisionMakers"], 1):
        numbers = dm.get("preferenceRanking", dm.get("preferenceVector"))
        if manual and numbers:
            rows = tuple(
                tuple(states[i - 1] for i in (item if isinstance(item, list) else [item])) for item in numbers
            )
            rankings.append(Ranking(f"p{n}", rows))
        else:
            preferences += [
                Preference(f"p{n}", _formula(c), rank) for rank, c in enumerate(dm.get("preferences", []), 1)
            ]
    return Model(
        model.title, parties, options, exclusions, tuple(preferences), tuple(rankings), source=source
    )


def _formula(condition: Any) -> str:
    if isinstance(condition, dict):
        return " or ".join(f"({_formula(member)})" for member in condition["members"])
    parts = [f"{'' if letter == 'Y' else 'not '}o{index + 1}" for index, letter in condition]
    return " and ".join(parts) or "true"


def to_gmcr(model: Model) -> str:
    """The model as ``.gmcr`` text; see the module for what is lost."""
    states = [int(s) for s in np.flatnonzero(model.feasible())]
    number = {state: n for n, state in enumerate(states, 1)}
    makers = []
    for party in model.parties:
        maker: dict[str, Any] = {
            "name": party.name,
            "options": [b for b, option in enumerate(model.options) if option.owner == party.id],
            "preferences": [_condition(model, p.holds) for p in model.statements_of(party.id)],
        }
        ranking = next((r for r in model.rankings if r.party == party.id), None)
        rank = _ranks(model, party.id)
        if ranking or model.rankings:
            tied: list[list[int]] = []
            for value in sorted({int(rank[s]) for s in states}, reverse=True):
                tied.append([number[s] for s in states if rank[s] == value])
            maker["preferenceRanking"] = [row[0] if len(row) == 1 else row for row in tied]
        makers.append(maker)
    data = {
        "program": "gmcr-py",
        "version": "0.3.12",
        "options": [
            {"name": o.label or o.id, "permittedDirection": _WORDS[o.direction]} for o in model.options
        ],
        "decisionMakers": makers,
        "infeasibles": [c for e in model.exclusions for c in _conjunctions(model, e.when)],
        "useManualPreferenceRanking": bool(model.rankings),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _ranks(model: Model, party: str) -> np.ndarray:
    from detente.conflict.preferences import ranks_for

    return ranks_for(model, party, model.feasible())


def _condition(model: Model, text: str) -> Any:
    found = _conjunctions(model, text)
    return found[0] if len(found) == 1 else {"compound": True, "members": found}


def _conjunctions(model: Model, text: str) -> list[list[list[Any]]]:
    """A formula as "or" of "and"s over the options that it mentions: its true rows, merged."""
    formula = model.formula(text)
    bits = [model.bits[name] for name in formula.options]
    rows = np.arange(1 << len(bits))
    spread = sum(((rows >> i & 1) << bit for i, bit in enumerate(bits)), np.zeros_like(rows))
    true = formula.holds(spread, model.bits)
    terms: list[Sequence[str]] = [
        ["Y" if r >> i & 1 else "N" for i in range(len(bits))] for r in rows[true].tolist()
    ]
    merged = _merge(["".join(t) for t in terms])
    return [[[bits[i], letter] for i, letter in enumerate(term) if letter != "-"] for term in merged]


def _merge(terms: list[str]) -> list[str]:
    """Prime implicants (Quine–McCluskey); all are kept, which is true to the formula if not the shortest."""
    current, primes = set(terms), []
    while current:
        used: set[str] = set()
        merged: set[str] = set()
        for a in sorted(current):
            for i, letter in enumerate(a):
                if letter == "N" and (b := a[:i] + "Y" + a[i + 1 :]) in current:
                    merged.add(a[:i] + "-" + a[i + 1 :])
                    used |= {a, b}
        primes += sorted(current - used)
        current = merged
    return primes
