"""Where text comes from: files, folders, globs, standard input → pages, within limits.

Reads plain text, HTML, JSON Lines, WARC, RSS and Atom, each also gzipped; ``docs/inputs.md`` says how.
Whatever is not read is refused with a reason. Nothing that an input holds is executed, expanded or
fetched.
"""

from detente.source.limits import Limits
from detente.source.outcomes import PASSED_OVER, REASONS, FileDone, Outcome, Refused, Skipped
from detente.source.read import read_found, read_pages

__all__ = [
    "PASSED_OVER",
    "REASONS",
    "FileDone",
    "Limits",
    "Outcome",
    "Refused",
    "Skipped",
    "read_found",
    "read_pages",
]
