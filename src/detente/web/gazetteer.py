"""Where a place lies, from an embedded list: towns, capitals, states (at their capital) and regions.

A name that stands for several places gives the most populous one, which is wrong for some; what the list
does not hold is told as unplaced. Coordinates: GeoNames (CC BY 4.0), see ``data/README.md``.
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its coordinates in degrees; ``kind`` is town, state or region."""

    name: str
    country: str
    kind: str
    latitude: float
    longitude: float


def find_place(name: str) -> Place | None:
    """The place of a name; None when the list does not hold it."""
    places = _places()
    folded = _fold(name)
    for candidate in (folded, folded.removeprefix("the "), folded.partition(",")[0].strip()):
        if candidate in places:
            return places[candidate]
    return None


@cache
def _places() -> dict[str, Place]:
    text = resources.files("detente.web").joinpath("data/coordinates.csv").read_text(encoding="utf-8")
    found: dict[str, Place] = {}
    for row in csv.DictReader(text.splitlines()):
        place = Place(
            row["name"], row["country"], row["kind"], float(row["latitude"]), float(row["longitude"])
        )
        for name in (row["name"], *filter(None, row["names"].split(";"))):
            found.setdefault(_fold(name), place)
    return found


def _fold(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().replace(".", "").split())
