"""Who held which office when: ``data/offices.csv`` and files of the user's own.

A row is a person, the spellings of the name, the office, what it is an office of (an ISO code or the
name of an organisation), the days it was held and where that is from. Bounds are ISO dates (a year
or a month alone where no more is known); an empty ``to`` is an office still held when the table was made.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from io import StringIO
from itertools import pairwise
from pathlib import Path

from detente.errors import UsageError
from detente.readers.actors.lexicon import load_lexicon, read_data
from detente.readers.actors.names import name_parts

COLUMNS = ("person", "names", "sex", "office", "of", "from", "to", "source")


@dataclass(frozen=True, slots=True)
class Tenure:
    """One office held by one person from a day to a day (ISO, ``to`` empty while it lasts)."""

    person: str
    office: str
    of: str
    from_: str
    to: str
    source: str

    def holds(self, day: str) -> bool:
        """True on that day, both ends included."""
        return self.from_ <= day and (not self.to or day[: len(self.to)] <= self.to)


@dataclass(slots=True)
class Holder:
    """A person of the table with all spellings and offices."""

    person: str
    names: tuple[str, ...]
    sex: str
    tenures: list[Tenure] = field(default_factory=list)

    def held_on(self, day: str) -> list[Tenure]:
        """The offices held that day, the latest taken first; with no day, the last office of all."""
        if not day:
            return sorted(self.tenures, key=lambda t: t.from_)[-1:]
        found = [t for t in self.tenures if t.holds(day)]
        return sorted(found, key=lambda t: t.from_, reverse=True)

    def lately(self, day: str) -> list[Tenure]:
        """The offices held that day, else those left within three years before it."""
        since = f"{int(day[:4]) - 3:04d}{day[4:]}"
        return self.held_on(day) or [t for t in self.tenures if t.from_ <= day and since <= t.to]

    def latest(self, day: str) -> Tenure:
        """The office held that day, else the last one before it, else the first after it."""
        held = self.held_on(day)
        if held:
            return held[0]
        before = [t for t in self.tenures if not day or t.from_ <= day]
        if before:
            return max(before, key=lambda t: t.from_)
        return min(self.tenures, key=lambda t: t.from_)


@dataclass(slots=True)
class Offices:
    """The table, looked up by name, by surname and by office."""

    holders: dict[str, Holder] = field(default_factory=dict)
    _by_name: dict[tuple[str, ...], list[Holder]] = field(default_factory=lambda: defaultdict(list))
    _by_surname: dict[str, list[Holder]] = field(default_factory=lambda: defaultdict(list))
    by_office: dict[tuple[str, str], list[Tenure]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: dict[str, str]) -> None:
        """Enter one row; a person's rows join under the same ``person``."""
        person = row["person"]
        holder = self.holders.get(person)
        if holder is None:
            names = tuple(n for n in row["names"].split(";") if n)
            holder = self.holders[person] = Holder(person, (person, *names), row["sex"] or "m")
            self._index(holder)
        elif row["names"]:
            more = [n for n in row["names"].split(";") if n not in holder.names]
            holder.names = (*holder.names, *more)
            self._index(holder)
        tenure = Tenure(person, row["office"], row["of"], row["from"], row["to"], row["source"])
        holder.tenures.append(tenure)
        self.by_office[row["of"], row["office"]].append(tenure)

    def _index(self, holder: Holder) -> None:
        for name in holder.names:
            parts = name_parts(name)
            if len(parts) > 1 and holder not in self._by_name[parts]:
                self._by_name[parts].append(holder)
            if parts and holder not in self._by_surname[parts[-1]]:
                self._by_surname[parts[-1]].append(holder)

    def named(self, name: str) -> list[Holder]:
        """The persons written with this full name, in any spelling we fold together."""
        parts = name_parts(name)
        found = self._by_name.get(parts)
        if not found and len(parts) > 2:
            found = self._by_name.get((parts[0], parts[-1]))
        exact = [holder for holder in found or () if name in holder.names]
        return exact or list(found or ())

    def surnamed(self, surname: str, day: str) -> list[Holder]:
        """The persons of this surname in office that day, else those who left it shortly before.

        All of them when no day is known.
        """
        parts = name_parts(surname)
        found = self._by_surname.get(parts[-1], []) if parts else []
        if not day:
            return list(found)
        return [h for h in found if h.held_on(day)] or [h for h in found if h.lately(day)]

    def holding(self, of: str, office: str, day: str) -> list[Holder]:
        """Who held an office that day; more than one only where the table has a shared office."""
        found = [t for t in self.by_office.get((of, office), ()) if day and t.holds(day)]
        found.sort(key=lambda t: t.from_, reverse=True)
        return [self.holders[t.person] for t in found[:1]]

    def names(self) -> Iterable[tuple[str, Holder]]:
        """Every full spelling with its person."""
        for holder in self.holders.values():
            for name in holder.names:
                if " " in name:
                    yield name, holder


def load_offices(extra: Sequence[Path] = ()) -> Offices:
    """The built-in table, with files of the user's own laid over it.

    Args:
        extra: CSV files with the same columns; their rows add to the built-in ones.

    Raises:
        UsageError: a file lacks a column; the message names the file and the columns.
    """
    offices = Offices()
    texts = [("data/offices.csv", read_data("offices.csv"))]
    texts += [(str(path), path.read_text(encoding="utf-8")) for path in extra]
    for source, text in texts:
        reader = csv.DictReader(StringIO(text))
        missing = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
        if missing:
            raise UsageError(
                f"{source}: the columns {', '.join(missing)} are missing.",
                hint=f"The first line must be: {','.join(COLUMNS)}",
            )
        for row in reader:
            offices.add(row)
    return offices


@cache
def built_in_offices() -> Offices:
    """The built-in table, read once a process."""
    return load_offices()


def check_offices(offices: Offices) -> list[str]:
    """What is wrong in a table: bad dates, unknown codes, two holders of one seat at a time.

    Every office of the table is a single seat; the day on which one hands over to the next may stand
    in both rows.
    """
    lexicon = load_lexicon()
    wrong = []
    for (of, office), tenures in sorted(offices.by_office.items()):
        if of not in lexicon.countries and not lexicon.names.get(of):
            wrong.append(f"{of}: neither a country's code nor an organisation of the data")
        ordered = sorted(tenures, key=lambda t: t.from_)
        wrong += [line for tenure in ordered for line in _wrong_dates(tenure)]
        for one, two in pairwise(ordered):
            if not one.to or one.to > two.from_:
                wrong.append(f"{office} of {of}: {one.person} and {two.person} overlap at {two.from_}")
    return wrong


def _wrong_dates(tenure: Tenure) -> list[str]:
    wrong = []
    for day in (tenure.from_, tenure.to):
        try:
            date.fromisoformat((day + "-01-01")[:10] if day else "2000-01-01")
        except ValueError:
            wrong.append(f"{tenure.person}, {tenure.office} of {tenure.of}: {day} is no date")
    if tenure.to and tenure.to < tenure.from_[: len(tenure.to)]:
        wrong.append(f"{tenure.person}, {tenure.office} of {tenure.of}: ends before it starts")
    return wrong
