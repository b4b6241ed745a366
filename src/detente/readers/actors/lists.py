"""Lists of states in what a text told so far: "Saudi Arabia, Egypt, Bahrain and the Emirates"."""

from __future__ import annotations

from collections.abc import Sequence

from detente.readers.actors.draft import Draft

# Tokens between two names of a list: a comma, "and", "the".
_GAP = 3


def last_list(recent: Sequence[tuple[int, Draft, tuple[str, ...]]], many: int) -> list[str]:
    """Whom "the four states" means: the ids of the last list of that many states, none without one."""
    return next((run for run in reversed(_runs(recent)) if len(run) == many), [])


def _runs(recent: Sequence[tuple[int, Draft, tuple[str, ...]]]) -> list[list[str]]:
    """The states named close behind each other, in reading order, each once a run."""
    runs: list[list[str]] = []
    last: Draft | None = None
    for _, draft, ids in recent:
        if draft.what != "state" or draft.kind != "name" or len(ids) != 1:
            continue
        near = last is not None and last.paragraph == draft.paragraph and draft.start - last.end <= _GAP
        if not near:
            runs.append([])
        if ids[0] not in runs[-1]:
            runs[-1].append(ids[0])
        last = draft
    return runs
