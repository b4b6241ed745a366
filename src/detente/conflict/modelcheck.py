"""Whether a model can be solved as it stands: names, formulas, feasible states, cycles, size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches

import numpy as np

from detente.conflict.formulas import NAME, RESERVED, FormulaError
from detente.conflict.graph import ModelError, check_size
from detente.conflict.model import Exclusion, Model, Move, Option, Pair, Party, Preference, Ranking
from detente.conflict.preferences import ranks_for, transitive, where


def check_model(model: Model) -> None:
    """Refuse a model that cannot be solved.

    Raises:
        ModelError: with the file and line of the element at fault, and the way out.
    """
    if not model.parties or not model.options:
        what = "party" if not model.parties else "option"
        raise ModelError(f"{where(model, None)}: the model has no {what}.", hint=f"Add a [[{what}]] table.")
    check_size(model.option_ids)
    _check_unique(model)
    _check_names(model)
    _check_formulas(model)
    _check_feasible(model)
    _check_orders(model)


def _check_unique(model: Model) -> None:
    kinds: tuple[tuple[str, Sequence[Option | Party]], ...] = (
        ("option", model.options),
        ("party", model.parties),
    )
    for kind, elements in kinds:
        names = Counter(element.id for element in elements)
        twice = [e for e in elements if names[e.id] > 1]
        if twice:
            lines = " and ".join(str(e.support.line) for e in twice if e.support.line)
            raise ModelError(
                f"{where(model, twice[-1])}: two {kind}s with the name {twice[0].id!r}"
                + (f" (lines {lines})." if lines else "."),
                hint="Give each its own id; the label may repeat.",
            )


def _check_names(model: Model) -> None:
    for option in model.options:
        if not NAME.match(option.id) or option.id.lower() in RESERVED:
            raise ModelError(
                f"{where(model, option)}: {option.id!r} cannot be an option's id: no formula could name it.",
                hint="Letters, digits, '_', '-' and '.', and none of: " + ", ".join(sorted(RESERVED)),
            )
    for option in model.options:
        _known(model, option, "owner", option.owner, model.party_ids, "party")
    stating: list[Preference | Ranking | Pair | Move] = [
        *model.preferences, *model.rankings, *model.pairs, *model.moves,
    ]  # fmt: skip
    for element in stating:
        _known(model, element, "party", element.party, model.party_ids, "party")
    for view in model.views:
        _known(model, None, "view of", view.party, model.party_ids, "party")
        for preference in view.preferences:
            _known(model, preference, "party", preference.party, model.party_ids, "party")
        for name in view.unaware:
            _known(model, None, "unaware of", name, model.option_ids, "option")
    for move in model.moves:
        own = [o.id for o in model.options if o.owner == move.party]
        for name in (*move.takes, *move.drops):
            _known(model, move, f"move of {move.party}:", name, own, "option of this party")


def _known(model: Model, element: object, what: str, name: str, known: Sequence[str], kind: str) -> None:
    if name in known:
        return
    near = get_close_matches(name, known, 1)
    raise ModelError(
        f"{where(model, element)}: {what} {name!r}: no such {kind}."
        + (f" Did you mean {near[0]!r}?" if near else ""),
        hint="Known: " + ", ".join(known),
    )


def _check_formulas(model: Model) -> None:
    believed = [p for view in model.views for p in view.preferences]
    for exclusion in model.exclusions:
        _formula(model, exclusion, exclusion.when)
    for preference in (*model.preferences, *believed):
        _formula(model, preference, preference.holds)
    states = [p for pair in model.pairs for p in (pair.better, pair.worse)]
    states += [p for ranking in model.rankings for tied in ranking.best_first for p in tied]
    states += [m.before for m in model.moves if m.before] + ([model.now] if model.now else [])
    for pattern in states:
        model.state(pattern)


def _formula(model: Model, element: object, text: str) -> None:
    try:
        model.formula(text)
    except FormulaError as error:
        raise ModelError(f"{where(model, element)}: {error.message}", hint=error.hint) from error


def _check_feasible(model: Model) -> None:
    feasible = model.feasible()
    if not feasible.any():
        culprits = _contradiction(model)
        listed = "; ".join(f"{where(model, e)} {e.when!r}" for e in culprits)
        raise ModelError(
            f"{where(model, culprits[0])}: no feasible state is left: "
            f"{len(culprits)} exclusions contradict each other: {listed}.",
            hint="Drop or narrow one of them: 'when' names states that cannot be.",
        )
    present = model.present
    if present is not None and not feasible[present]:
        guilty = next(e for e in model.exclusions if model.truth(e.when)[present])
        raise ModelError(
            f"{where(model, guilty)}: the exclusion {guilty.when!r} rules out the present state "
            f"{model.now} ({', '.join(model.taken(present)) or 'no option taken'}).",
            hint="Correct now = … at the top, or the exclusion.",
        )


def _contradiction(model: Model) -> list[Exclusion]:
    """A smallest set of exclusions that leaves nothing: each is needed."""
    needed = list(model.exclusions)
    truths = {id(e): model.truth(e.when) for e in needed}
    for exclusion in list(needed):
        rest = [truths[id(e)] for e in needed if e is not exclusion]
        if rest and np.logical_or.reduce(rest).all():
            needed.remove(exclusion)
    return needed


def _check_orders(model: Model) -> None:
    feasible = model.feasible()
    for party in model.parties:
        rankings = [r for r in model.rankings if r.party == party.id]
        kinds: dict[str, Sequence[object]] = {
            "statements": [p for p in model.preferences if p.party == party.id],
            "a ranking": rankings,
            "pairs": [p for p in model.pairs if p.party == party.id],
        }
        given = [kind for kind, elements in kinds.items() if elements]
        if len(given) > 1 or (given and party.preferences == "unknown"):
            also = " and ".join(given) if len(given) > 1 else f'preferences = "unknown" and {given[0]}'
            first = kinds[given[-1]][0]
            raise ModelError(
                f"{where(model, first)}: {party.id} has {also}.", hint="Keep one kind of preferences a party."
            )
        if len(rankings) > 1:
            raise ModelError(f"{where(model, rankings[1])}: {party.id} has two rankings.", hint="Keep one.")
        if rankings:
            _check_ranking(model, rankings[0])
            ranks_for(model, party.id, feasible)
    _check_cycles(model)


def _check_ranking(model: Model, ranking: Ranking) -> None:
    counts = Counter(p for tied in ranking.best_first for p in tied)
    twice = [p for p, count in counts.items() if count > 1]
    if twice:
        raise ModelError(
            f"{where(model, ranking)}: cyclic preferences: the ranking names {twice[0]} twice, "
            "so it would stand above itself.",
            hint="Keep one of its places; tied states share an inner list.",
        )


def _check_cycles(model: Model) -> None:
    for party in model.party_ids:
        own = [p for p in model.pairs if p.party == party]
        below = transitive([(model.state(p.better), model.state(p.worse)) for p in own])
        for pair in own:
            better, worse = model.state(pair.better), model.state(pair.worse)
            if better == worse or better in below.get(worse, ()):
                raise ModelError(
                    f"{where(model, pair)}: cyclic preferences of {party}: {pair.better} stands above "
                    f"{pair.worse}, and a chain of pairs puts {pair.worse} above {pair.better}.",
                    hint="Take one pair of the chain out, or give the states as a ranking with ties.",
                )
