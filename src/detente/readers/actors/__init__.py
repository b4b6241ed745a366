"""Who is spoken of: persons, states, organisations and groups, and every place that refers to them."""

from detente.readers.actors.offices import Offices, built_in_offices, check_offices, load_offices
from detente.readers.actors.reader import places, read_actors
from detente.readers.actors.strings import resolve_actor_string

__all__ = [
    "Offices",
    "built_in_offices",
    "check_offices",
    "load_offices",
    "places",
    "read_actors",
    "resolve_actor_string",
]
