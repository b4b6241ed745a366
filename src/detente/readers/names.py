"""The readers' names with their versions: raised, here alone, when what a reader gives changes.

A store whose articles were read under other names is read again, and ids are made from the names.
"""

from __future__ import annotations

ACTORS = "actors.v4"
STATEMENTS = "statements.v4"
EVENTS = "events.v4"
MEETINGS = "meetings.v4"
FIGURES = "figures.v4"
MEASURES = "measures.v4"
POSITIONS = "positions.v4"
