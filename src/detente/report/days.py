"""A day's records as a person is shown them: the same words once, and what became of what was planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from detente.record import LAYERS, Plan, Span
from detente.report.view import date_label

UNREPORTED = "no report of it"


class Plans:
    """The plans of a record, looked up by what was planned and by what came of it."""

    def __init__(self, plans: Iterable[Plan]) -> None:
        self._of: dict[str, Plan] = {}
        self._came: dict[str, Plan] = {}
        for plan in plans:
            self._of.update(dict.fromkeys(plan.about, plan))
            if plan.became == "happened":
                self._came.update(dict.fromkeys(plan.by, plan))

    def of(self, record_id: str) -> Plan | None:
        """What became of what this record plans; None for what is no plan."""
        return self._of.get(record_id)

    def before(self, record_id: str) -> Plan | None:
        """The plan that this record carries out."""
        return self._came.get(record_id)


def became_label(plan: Plan) -> str:
    """What became of a plan in a few words: "held", "moved to 12 March 2014", "no report of it"."""
    if plan.became == "happened":
        return _done_label(plan)
    if plan.became == "moved":
        return f"moved to {date_label(plan.then)}" if plan.then is not None else "put off"
    return UNREPORTED if plan.became == "unreported" else plan.became


def _done_label(plan: Plan) -> str:
    """With the day where it is told of another one than was planned."""
    done = "held" if plan.about[0].startswith(LAYERS["meetings"].prefix + "-") else "happened"
    if plan.then is None or not plan.then.known or not plan.date.known or plan.then.overlaps(plan.date):
        return done
    return f"{done}, told of {date_label(plan.then)}"


def without_repeats(records: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """A meeting is also a CONSULT event and a sanction also a measure: one line for the same words.

    Args:
        records: layer and record, meetings and measures before events.
    """
    kept: list[tuple[str, Any]] = []
    told: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for layer, record in records:
        if layer == "events":
            same = "meetings" if record.type in ("CONSULT", "AGREE") else "measures"
            near = ((span, told[same, span.article]) for span in record.evidence)
            if all(any(span.shares_most(other) for other in spans) for span, spans in near):
                continue
        for span in record.evidence:
            told[layer, span.article].append(span)
        kept.append((layer, record))
    return kept
