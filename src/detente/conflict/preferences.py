"""From statements, rankings and pairs to ranks over states, and to pairwise preferences with unknowns.

Option prioritising (Fang, Hipel, Kilgour & Peng 2003): a state is better when it satisfies the first
statement on which the two differ. Truth values are packed as bits, the first statement highest, and
compressed to ranks on the way, so any number of statements works.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.conflict.explicit import Relation, rank_relation
from detente.conflict.graph import Bits, ModelError, Ranks
from detente.conflict.model import Model, Preference, Ranking, rank_array

_PACK = 48  # statements packed into an integer before the ranks are compressed


def ranks_from_truths(truths: Sequence[Bits], size: int) -> Ranks:
    """Ranks from the statements' truth on each state, most important first."""
    score = np.zeros(size, dtype=np.int64)
    for count, truth in enumerate(truths, 1):
        score = score * 2 + truth
        if count % _PACK == 0:
            score = rank_array(score).astype(np.int64)
            if score.max(initial=0) >= 1 << (62 - _PACK):  # a grid beyond 2**14 distinct ranks
                score = _packed_on(score, truths[count:])
                break
    return score.astype(np.int32) if score.max(initial=0) < 1 << 31 else rank_array(score)


def _packed_on(score: np.ndarray, truths: Sequence[Bits]) -> np.ndarray:
    for truth in truths:
        score = rank_array(score * 2 + truth).astype(np.int64)
    return score


def ranks_for(model: Model, party: str, feasible: Bits) -> Ranks:
    """A party's complete order on the grid; open orders as the file has them.

    Raises:
        ModelError: the party's preferences are only partly known (the pairwise path must be used), or a
            ranking leaves out feasible states.
    """
    ranking = next((r for r in model.rankings if r.party == party), None)
    if ranking is not None:
        return ranks_from_ranking(model, ranking, feasible)
    if not is_complete(model, party):
        raise ModelError(
            f"The preferences of {model.name_of(party)} are not a complete order.",
            hint="Solve with --unknown, which compares states pair by pair.",
        )
    truths = [model.truth(p.holds) for p in model.statements_of(party)]
    return ranks_from_truths(truths, 1 << len(model.options))


def is_complete(model: Model, party: str) -> bool:
    """Whether a party's preferences give a complete order (with open orders taken as in the file)."""
    unknown = next(p for p in model.parties if p.id == party).preferences == "unknown"
    return not unknown and not any(pair.party == party for pair in model.pairs)


def ranks_from_ranking(model: Model, ranking: Ranking, feasible: Bits) -> Ranks:
    """A direct ranking as ranks; states left out are an error unless ``rest`` says "worst"."""
    ranks = np.zeros(feasible.size, dtype=np.int32)
    named = np.zeros(feasible.size, dtype=bool)
    for place, tied in enumerate(reversed(ranking.best_first), 1):
        for pattern in tied:
            ranks[model.state(pattern)] = place
            named[model.state(pattern)] = True
    missing = np.flatnonzero(feasible & ~named)
    if missing.size and ranking.rest != "worst":
        raise ModelError(
            f"{where(model, ranking)}: the ranking of {ranking.party} leaves out "
            f"{model.pattern(int(missing[0]))}"
            + (f" and {missing.size - 1} more." if missing.size > 1 else "."),
            hint='Rank every feasible state, or add rest = "worst".',
        )
    return ranks


def relations_for(model: Model) -> tuple[Relation, ...]:
    """Each party's pairwise preference; None where the model does not say.

    Statements of equal rank have an open order: two states compare only where that order does not matter.
    """
    return tuple(_relation(model, party) for party in model.party_ids)


def _relation(model: Model, party: str) -> Relation:
    own = next(p for p in model.parties if p.id == party)
    if own.preferences == "unknown":
        return lambda a, b: 0 if a == b else None
    pairs = [(model.state(p.better), model.state(p.worse)) for p in model.pairs if p.party == party]
    if pairs:
        return _closed(pairs)
    if any(r.party == party for r in model.rankings):
        return rank_relation(ranks_for(model, party, model.feasible()))
    return _by_groups(model, model.statements_of(party))


def _by_groups(model: Model, statements: Sequence[Preference]) -> Relation:
    ranks = sorted({p.rank for p in statements})
    groups = [[model.truth(p.holds) for p in statements if p.rank == rank] for rank in ranks]

    def relation(a: int, b: int) -> int | None:
        for group in groups:
            signs = {int(truth[a]) - int(truth[b]) for truth in group} - {0}
            if len(signs) == 1:
                return signs.pop()
            if signs:
                return None
        return 0

    return relation


def _closed(pairs: Sequence[tuple[int, int]]) -> Relation:
    above = transitive(pairs)

    def relation(a: int, b: int) -> int | None:
        if a == b:
            return 0
        return 1 if b in above.get(a, ()) else -1 if a in above.get(b, ()) else None

    return relation


def transitive(pairs: Sequence[tuple[int, int]]) -> dict[int, set[int]]:
    """For each state, all states known to be worse, by chains of pairs."""
    below: dict[int, set[int]] = {}
    for high, low in pairs:
        below.setdefault(high, set()).add(low)
    changed = True
    while changed:
        changed = False
        for better, worse in list(below.items()):
            more: set[int] = set().union(*(below.get(w, set()) for w in worse)) - worse
            if more:
                below[better] |= more
                changed = True
    return below


def where(model: Model, element: object) -> str:
    """The file and line of an element, for messages."""
    line = getattr(getattr(element, "support", None), "line", 0)
    name = model.source or "model"
    return f"{name}:{line}" if line else name
