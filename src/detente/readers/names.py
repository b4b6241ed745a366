"""The readers' names with their versions: raised, here alone, when what a reader gives changes.

A store whose articles were read under other names is read again, and ids are made from the names.
"""

from __future__ import annotations

ACTORS = "actors.v5"
STATEMENTS = "statements.v5"
EVENTS = "events.v5"
MEETINGS = "meetings.v5"
FIGURES = "figures.v5"
MEASURES = "measures.v5"
POSITIONS = "positions.v5"
