"""One call for what a model says: verdicts over readings, hinges, ways out, exposure; as plain data.

``analyse`` is what the command line, the dossier and the web app show; ``words`` tells it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.conflict import literal
from detente.conflict.explicit import explicit_of
from detente.conflict.fast import Solver
from detente.conflict.graph import ModelError
from detente.conflict.hinges import Hinge, find_hinges
from detente.conflict.inverse import InStatements, in_statements
from detente.conflict.model import Model, Move
from detente.conflict.offramps import Offramp, find_offramps
from detente.conflict.paths import Exposure, exposures
from detente.conflict.preferences import is_complete, relations_for
from detente.conflict.readings import LIMIT, Fork, Readings, Verdict, base_graph
from detente.conflict.variants import BUDGET

CONCEPTS = ("nash", "seq", "gmr", "smr", "sim", "seq-best")
USUAL = ("nash", "seq")
PAIRWISE_SETTINGS = 1 << 10


@dataclass(frozen=True, slots=True)
class Standing:
    """How a state stands under one concept: over readings, and which parties would leave it in the first."""

    state: int
    concept: str
    verdict: Verdict
    leavers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Stability of a state for a party under each of the four attitudes a–d to what is unknown."""

    state: int
    concept: str
    party: str
    by_attitude: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a model says about its present state and the states that hold."""

    model: Model
    concepts: tuple[str, ...]
    readings: int
    possible: int
    forks: tuple[Fork, ...]
    refuted: tuple[tuple[int, Move], ...]
    standing: tuple[Standing, ...]
    sampled: int = 0
    splits: tuple[tuple[str, str, str, str], ...] = ()
    hinges: tuple[tuple[str, tuple[Hinge, ...]], ...] = ()
    offramps: tuple[Offramp, ...] | None = None
    exposed: tuple[Exposure, ...] = ()
    wants: tuple[InStatements, ...] = ()
    uncertain: tuple[Uncertain, ...] = ()

    def of(self, state: int) -> list[Standing]:
        """How one state stands, a row a concept."""
        return [s for s in self.standing if s.state == state]


def analyse(
    model: Model,
    *,
    concepts: Sequence[str] = USUAL,
    limit: int = LIMIT,
    hinges: bool = False,
    offramps: bool = False,
    parties: Sequence[str] = (),
) -> Analysis:
    """Solve a model.

    Args:
        model: any model; where preferences are unknown, states are compared pair by pair.
        concepts: of ``CONCEPTS``.
        limit: at most so many readings; fewer where the model is large (32 of one of 20 options).
        hinges: also look for the sentences on which the present state's verdict hangs.
        offramps: also look for states that are better than now.
        parties: for off-ramps, who must gain.
    """
    unknown = [c for c in concepts if c not in CONCEPTS]
    if unknown:
        raise ModelError(f"Unknown concept {unknown[0]!r}.", hint="One of: " + ", ".join(CONCEPTS))
    bad = [p for p in parties if p not in model.party_ids]
    if bad:
        raise ModelError(f"Unknown party {bad[0]!r}.", hint="Parties: " + ", ".join(model.party_ids))
    if not all(is_complete(model, party) for party in model.party_ids):
        return _pairwise(model, tuple(concepts))
    readings = Readings(model, limit=max(1, min(limit, BUDGET >> len(model.options))))
    present = model.present
    usable = present is not None and bool(model.feasible()[present])
    return Analysis(
        model,
        tuple(concepts),
        len(readings.kept),
        readings.possible,
        readings.forks,
        tuple(readings.refuted),
        tuple(_standing(model, readings, concepts)),
        readings.solved,
        tuple((c, *s) for c in concepts for s in readings.splits(present, c)) if present is not None else (),
        _hinges(model, present, concepts) if hinges and usable and present is not None else (),
        tuple(find_offramps(model, parties=parties, readings=readings, concept=_main(concepts)))
        if offramps and usable
        else None,
        tuple(exposures(base_graph(model), present)) if offramps and usable and present is not None else (),
        tuple(
            in_statements(model, present, party, concept=_main(concepts))
            for party in model.party_ids
            if model.statements_of(party)
        )
        if hinges and usable and present is not None
        else (),
    )  # fmt: skip


def _hinges(model: Model, present: int, concepts: Sequence[str]) -> tuple[tuple[str, tuple[Hinge, ...]], ...]:
    return tuple((c, tuple(find_hinges(model, present, concept=c))) for c in concepts)


def _main(concepts: Sequence[str]) -> str:
    return "seq" if "seq" in concepts else concepts[0]


def _standing(model: Model, readings: Readings, concepts: Sequence[str]) -> list[Standing]:
    """Every state that holds in some reading, and the present state in any case."""
    solver = Solver(base_graph(model))
    found = []
    for concept in concepts:
        leaving = [~solver.stable(party, concept) for party in range(len(model.parties))]
        for state, verdict in readings.verdicts(concept).items():
            if verdict.stable or state == model.present:
                leavers = tuple(p for p, gone in zip(model.party_ids, leaving, strict=True) if gone[state])
                found.append(Standing(state, concept, verdict, leavers))
    return found


def _pairwise(model: Model, concepts: tuple[str, ...]) -> Analysis:
    """The path for unknown preferences: one verdict an attitude, at most ``PAIRWISE_SETTINGS`` settings."""
    if 1 << len(model.options) > PAIRWISE_SETTINGS:
        raise ModelError(
            f"Unknown preferences are solved pair by pair, up to 10 options; "
            f"this model has {len(model.options)}.",
            hint="Give the parties statements (of equal rank where the order is open), or drop options.",
        )
    if "seq-best" in concepts:
        raise ModelError("Best replies need known preferences.", hint="Ask for nash, gmr, smr, seq or sim.")
    from dataclasses import replace

    bare = replace(model, pairs=(), rankings=(), preferences=(),
                   parties=tuple(replace(p, preferences="known") for p in model.parties))  # fmt: skip
    explicit = explicit_of(bare.graph(), relations_for(model))
    found, standing = [], []
    for concept in concepts:
        rows = [
            [literal.stable_states(explicit, p, concept, attitude=a) for a in literal.ATTITUDES]
            for p in range(len(model.parties))
        ]
        for state in explicit.states:
            for party, sets in zip(model.party_ids, rows, strict=True):
                if state == model.present:
                    by = tuple(state in s for s in sets)
                    found.append(Uncertain(state, concept, party, by))
            holds = [all(state in sets[n] for sets in rows) for n in range(len(literal.ATTITUDES))]
            if any(holds) or state == model.present:
                leavers = tuple(
                    p for p, sets in zip(model.party_ids, rows, strict=True) if state not in sets[0]
                )
                standing.append(Standing(state, concept, Verdict(sum(holds), len(holds)), leavers))
    return Analysis(model, concepts, 0, 0, (), (), tuple(standing), uncertain=tuple(found))
