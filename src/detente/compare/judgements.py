"""What people judged: kept with who, when and why, applied on the next comparison.

``same`` and ``not-same`` are about two or more records of one layer; ``unsure`` and ``right`` (somebody
checked the record and it holds) are kept and change nothing; ``settled`` closes a difference; ``wrong``
takes a record out of the record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detente.errors import UsageError

JUDGEMENT_KINDS = ("same", "not-same", "unsure", "settled", "wrong", "right")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement about one record or several, by somebody, at some time, for a reason."""

    kind: str
    about: tuple[str, ...]
    who: str
    when: str
    why: str = ""

    def __post_init__(self) -> None:
        if self.kind not in JUDGEMENT_KINDS:
            raise UsageError(
                f"A judgement cannot be {self.kind!r}; it is one of {', '.join(JUDGEMENT_KINDS)}.",
                hint="See: detente review --help",
            )
        if self.kind in ("same", "not-same") and len(self.about) < 2:
            raise UsageError(f"The judgement {self.kind!r} needs two records, got {len(self.about)}.")


@dataclass(frozen=True, slots=True)
class Judged:
    """Judgements in the form that the comparison asks for. The latest on a pair holds."""

    same: tuple[tuple[str, str], ...]
    apart: frozenset[frozenset[str]]
    settled: frozenset[str]
    wrong: frozenset[str]


def read_judgements(judgements: Iterable[Judgement]) -> Judged:
    """Sort judgements out; where two contradict each other the later one (by ``when``) holds."""
    pairs: dict[frozenset[str], str] = {}
    settled: set[str] = set()
    wrong: set[str] = set()
    for judgement in sorted(judgements, key=lambda j: (j.when, j.kind, j.about, j.who)):
        if judgement.kind == "settled":
            settled.update(judgement.about)
        elif judgement.kind == "wrong":
            wrong.update(judgement.about)
        else:
            first = judgement.about[0]
            pairs.update((frozenset((first, other)), judgement.kind) for other in judgement.about[1:])
    same = sorted(tuple(sorted(p)) for p, kind in pairs.items() if kind == "same" and len(p) == 2)
    apart = frozenset(p for p, kind in pairs.items() if kind == "not-same")
    return Judged(tuple((a, b) for a, b in same), apart, frozenset(settled), frozenset(wrong))
