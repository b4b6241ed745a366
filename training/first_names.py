"""Makes ``data/first_names.csv``: first names that tell a person's sex.

From the 1990 US census counts (public domain, as the package ``names`` carries them), the first names of
``data/offices.csv``, and ``data/first_names.toml`` (our own additions, which win). A name stands
when one sex has at least ten times the other's share.

Run: ``python training/first_names.py`` with ``names`` installed.
"""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from pathlib import Path

import names

DATA = Path(__file__).parents[1] / "src/detente/data"


def census() -> dict[str, dict[str, float]]:
    """Each name's share among men and women."""
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for sex, key in (("m", "first:male"), ("f", "first:female")):
        for line in Path(names.FILES[key]).read_text(encoding="utf-8").splitlines():
            name, share = line.split()[:2]
            shares[name.capitalize()][sex] = float(share)
    return shares


def main() -> None:
    """Write the file."""
    sexes: dict[str, str] = {}
    for name, shares in census().items():
        one, two = shares.get("m", 0.0004), shares.get("f", 0.0004)
        if one >= 10 * two or two >= 10 * one:
            sexes[name] = "m" if one > two else "f"
    office: dict[str, set[str]] = defaultdict(set)
    with (DATA / "offices.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            first = row["person"].split()[0]
            if " " in row["person"] and len(first) > 2 and "." not in first:
                office[first].add(row["sex"])
    for name, found in office.items():
        if len(found) == 1:
            sexes.setdefault(name, found.pop())
    own = tomllib.loads((DATA / "first_names.toml").read_text(encoding="utf-8"))
    for sex, text in own.items():
        sexes.update(dict.fromkeys(text.split(), sex))
    with (DATA / "first_names.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("name", "sex"))
        writer.writerows(sorted(sexes.items()))
    print(len(sexes))


if __name__ == "__main__":
    main()
