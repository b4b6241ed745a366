"""The solved form of a model: feasible states, each party's moves, and how it ranks the states.

States live on the full grid of option settings (2**k places) so that a party's moves are slices along
its own option axes; infeasible settings are masked. Ranks are small integers, larger is better, equal is
a tie. Definitions: Fang, Hipel & Kilgour, *Interactive Decision Making: The Graph Model for Conflict
Resolution* (1993), chapters 2–3.

Many readings of one model can be stacked: arrays of R · 2**k places, the reading in the high bits that no
party controls. Every sweep along option axes then solves all readings at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from detente.errors import DetenteError

MAX_OPTIONS = 22  # 4 million settings, about 16 MB a party; more is no model that a person can read
Ranks = np.ndarray[Any, np.dtype[np.int32]]
Bits = np.ndarray[Any, np.dtype[np.bool_]]

BOTH, FORWARD, BACK = "both", "forward", "back"


class ModelError(DetenteError):
    """A model that cannot be solved as it stands; the message names the place and the way out."""

    code = "F02"


@dataclass(frozen=True, slots=True)
class Graph:
    """A conflict as the solvers see it.

    ``owners[b]`` is the party that controls option bit ``b``; ``directions[b]`` is "both", "forward"
    (N→Y only) or "back" (Y→N only). ``feasible`` and ``ranks`` have one place a setting, 2**k in all,
    or R · 2**k where R readings are stacked.
    """

    parties: tuple[str, ...]
    options: tuple[str, ...]
    owners: tuple[int, ...]
    directions: tuple[str, ...]
    feasible: Bits
    ranks: tuple[Ranks, ...]

    @property
    def settings(self) -> int:
        """How many option settings there are, feasible or not."""
        return 1 << len(self.options)

    @property
    def readings(self) -> int:
        """How many readings are stacked; 1 for a plain model."""
        return self.feasible.size // self.settings

    @property
    def states(self) -> np.ndarray[Any, np.dtype[np.intp]]:
        """The feasible states, ascending."""
        return np.flatnonzero(self.feasible)

    def bits_of(self, party: int) -> tuple[int, ...]:
        """The option bits that a party controls."""
        return tuple(b for b, owner in enumerate(self.owners) if owner == party)

    def pattern(self, state: int) -> str:
        """A state as one letter an option, in the model's order: YNNY."""
        return "".join("Y" if state >> b & 1 else "N" for b in range(len(self.options)))

    def moves(self, party: int) -> Iterator[tuple[int, int]]:
        """The kinds of move a party has: which of its bits it sets and which it clears (masks).

        One move may change several options at once; the settings in between need not be feasible.
        """
        choices = []
        for bit in self.bits_of(party):
            one: list[tuple[int, int]] = [(0, 0)]
            if self.directions[bit] != BACK:
                one.append((1 << bit, 0))
            if self.directions[bit] != FORWARD:
                one.append((0, 1 << bit))
            choices.append(one)
        for combination in product(*choices):
            up = sum(c[0] for c in combination)
            down = sum(c[1] for c in combination)
            if up or down:
                yield up, down


def check_size(options: Sequence[str]) -> None:
    """Refuse a model that is too large to solve on the grid.

    Raises:
        ModelError: more than ``MAX_OPTIONS`` options.
    """
    if len(options) > MAX_OPTIONS:
        raise ModelError(
            f"The model has {len(options)} options; at most {MAX_OPTIONS} can be solved.",
            hint="Merge options that are always taken together, or fix some and solve the rest.",
        )
