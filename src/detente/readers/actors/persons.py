"""Which person a name means: full names first, then surnames, titles and the table of offices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from detente.readers.actors.draft import Draft
from detente.readers.actors.lexicon import Lexicon, sector_of
from detente.readers.actors.names import fold, name_parts, sex_of
from detente.readers.actors.offices import Holder, Offices, Tenure

# Offices whose holders the news names by surname alone.
_WELL_KNOWN = frozenset(
    ["president", "prime minister", "foreign minister", "chancellor", "supreme leader", "general secretary",
     "secretary-general", "leader", "monarch", "defence minister", "pope"]
)  # fmt: skip

_LEADERS = frozenset(
    ["president", "prime minister", "chancellor", "supreme leader", "monarch", "general secretary", "pope"]
)
# Titles under which one office goes at an international body.
_ENVOYS = frozenset(["delegate", "ambassador", "envoy", "negotiator"])


@dataclass(slots=True)
class Person:
    """A person of the article.

    ``last`` is the place of the latest mention (for "the nearer Bush"), ``first`` the paragraph and token
    of the first in full.
    """

    key: str
    name: str
    parts: tuple[str, ...]
    sex: str | None = None
    holder: Holder | None = None
    country: str | None = None
    sector: str | None = None
    titles: dict[tuple[str, str | None], None] = field(default_factory=dict)
    last: int = -1
    first: tuple[int, int] = (-1, -1)

    def fits(self, draft: Draft) -> bool:
        """False where sex or country contradict."""
        if draft.sex and self.sex and draft.sex != self.sex:
            return False
        return not (draft.country and self.country and draft.country != self.country)


@dataclass(slots=True)
class People:
    """The persons of one article."""

    offices: Offices
    lexicon: Lexicon
    day: str
    persons: dict[str, Person] = field(default_factory=dict)
    by_part: dict[str, list[Person]] = field(default_factory=dict)
    surnames: dict[str, None] = field(default_factory=dict)

    def learn(self, drafts: Iterable[Draft]) -> None:
        """Enter all persons that the article names in full, before any surname is looked up."""
        for draft in drafts:
            parts = name_parts(draft.name or "")
            if len(parts) > 1:
                self._full(draft, parts)
            elif parts and draft.name:
                self.surnames.setdefault(draft.name)

    def person_of(self, draft: Draft, place: int) -> Person | None:
        """Whom a name means, entering the person on first sight."""
        parts = name_parts(draft.name or "")
        if not parts:
            return None
        person = self._full(draft, parts) if len(parts) > 1 else self._short(draft, parts[0])
        person.last = place
        self._note(person, draft)
        return person

    def _full(self, draft: Draft, parts: tuple[str, ...]) -> Person:
        for person in self.by_part.get(parts[-1], ()):
            if person.parts[-1] == parts[-1] and _same_first(person.parts, parts):
                if len(parts) > len(person.parts) and person.holder is None:
                    person.name = draft.name or person.name
                self._note(person, draft)
                return person
        holders = self.offices.named(draft.name or "")
        holder = self._best(holders, draft)
        return self._enter(draft, parts, holder)

    def _short(self, draft: Draft, part: str) -> Person:
        known = self.by_part.get(part, [])
        fitting = [
            p for p in known
            if (p.fits(draft) or _family_first(p, part, draft)) and not self._another(p, draft)
        ]  # fmt: skip
        titled = [p for p in fitting if draft.title and any(t == draft.title for t, _ in p.titles)]
        pool = titled or fitting
        if pool:
            last = [p for p in pool if p.parts[-1] == part or p.parts[0] == part]
            person = self._meant(last or pool)
            if _family_first(person, part, draft):
                person.sex = draft.sex
            return person
        holders = self.offices.surnamed(draft.name or "", self.day)
        holder = self._best(holders, draft, surname=True)
        return self._enter(draft, (part,), holder)

    def _another(self, person: Person, draft: Draft) -> bool:
        """True where a leader's surname stands before the full name of a namesake is given.

        News introduces people in full: a bare "Bhutto" ahead of "Murtaza Bhutto" is the prime minister.
        """
        if person.holder is not None or person.first <= (draft.paragraph, draft.start):
            return False
        holders = self.offices.surnamed(draft.name or "", "")
        return any(
            t.office in _LEADERS and (not self.day or t.from_ <= self.day) for h in holders for t in h.tenures
        )

    def _meant(self, persons: list[Person]) -> Person:
        """Of several persons with one surname the one in the highest office; else the one mentioned last.

        News gives the other in full ("Robert Kennedy") and the president by surname.
        """
        high = [p for p in persons if self.leads(p)] or [p for p in persons if len(p.parts) == 1]
        if len(high) == 1:
            return high[0]
        return max(high or persons, key=lambda p: p.last)

    def leads(self, person: Person) -> bool:
        """True for one who leads a state or its government."""
        titles = {title for title, _ in person.titles} | {t.office for t in self._held(person)}
        return bool(titles & _LEADERS)

    def _best(self, holders: list[Holder], draft: Draft, *, surname: bool = False) -> Holder | None:
        """The holder that a name means; a surname alone needs a title, a country or renown."""
        if draft.country:
            agreeing = [h for h in holders if self._is_of(h, draft.country)]
            if not agreeing and surname:
                return None
            holders = agreeing or holders
        if draft.title and len(holders) > 1:
            holders = [h for h in holders if any(t.office == draft.title for t in h.tenures)] or holders
        if not holders:
            return None
        if self.day and len(holders) > 1:
            current = [h for h in holders if h.held_on(self.day)]
            holders = current or holders
        if surname and not (draft.title or draft.country):
            if not self.day:
                return None
            holders = [h for h in holders if any(t.office in _WELL_KNOWN for t in h.lately(self.day))]
        elif surname and draft.title:
            titled = [h for h in holders if any(t.office == draft.title for t in h.tenures)]
            holders = titled or (holders if draft.country else [])
        if surname and len(holders) > 1:
            return None
        return holders[0] if holders else None

    def _is_of(self, holder: Holder, country: str) -> bool:
        return any(self.country_of(t) in (country, None) or t.of == country for t in holder.tenures) or any(
            {t.of, country} == {"SUN", "RUS"} for t in holder.tenures
        )

    def country_of(self, tenure: Tenure) -> str | None:
        """The country code of an office, or that of the organisation it belongs to."""
        if len(tenure.of) == 3 and (tenure.of in self.lexicon.countries or tenure.of in ("UNO", "EUR")):
            return tenure.of
        names = self.lexicon.names.get(tenure.of)
        return names[0].country if names else None

    def _enter(self, draft: Draft, parts: tuple[str, ...], holder: Holder | None) -> Person:
        if holder is not None:
            key = f"person:{holder.person.lower()}"
            person = self.persons.get(key)
            if person is None:
                person = Person(key, holder.person, name_parts(holder.person), holder.sex, holder)
                tenure = holder.latest(self.day)
                held = bool(holder.held_on(self.day))
                person.country = self.country_of(tenure)
                person.sector = self._sector(tenure)
                if not held and self.day:
                    told = draft.sector if draft.title else None
                    person.sector = told or ("ELI" if tenure.from_ <= self.day else None)
                for name in holder.names:
                    for part in name_parts(name)[-1:]:
                        self._index(part, person)
        else:
            key = "person:" + " ".join(parts)
            sex = draft.sex or sex_of((draft.name or " ").split()[0])
            person = self.persons.get(key)
            if person is None:
                first = (draft.paragraph, draft.start) if len(parts) > 1 else (-1, -1)
                person = Person(key, draft.name or "", parts, sex, first=first)
        self.persons[key] = person
        self._index(parts[-1], person)
        if len(parts) > 1:
            self._index(parts[0], person)
        self._note(person, draft)
        return person

    def country_named(self, word: str) -> str | None:
        """The country of the person a word names ("the Obama administration"), when one is meant."""
        known = self.by_part.get(fold(word))
        if known:
            return max(known, key=lambda p: p.last).country
        holders = self.offices.surnamed(word, self.day) if self.day else []
        countries = {self.country_of(h.latest(self.day)) for h in holders}
        return countries.pop() if len(countries) == 1 else None

    def _sector(self, tenure: Tenure) -> str | None:
        sector = sector_of(tenure.office, self.lexicon)
        if sector in ("GOV", "UNK") and tenure.of not in self.lexicon.countries:
            names = self.lexicon.names.get(tenure.of)
            sector = names[0].sector or sector if names else sector
        return sector

    def known_word(self, word: str) -> bool:
        """True for a word that names a person: one of the article, or one in a well-known office that day."""
        if len(word) < 3:
            return False
        if fold(word) in self.by_part:
            return any(p.parts[-1] == fold(word) or p.holder for p in self.by_part[fold(word)])
        if not self.day or len(word) < 4:
            return False
        holders = self.offices.surnamed(word, self.day)
        return len(holders) == 1 and any(t.office in _WELL_KNOWN for t in holders[0].lately(self.day))

    def _index(self, part: str, person: Person) -> None:
        known = self.by_part.setdefault(part, [])
        if person not in known:
            known.append(person)

    def _note(self, person: Person, draft: Draft) -> None:
        person.sex = person.sex or draft.sex
        if draft.title:
            person.titles[draft.title, draft.country] = None
            if person.holder is None:
                person.country = person.country or draft.country
                person.sector = person.sector or ("ELI" if draft.former else draft.sector)

    def answers_to(self, person: Person, draft: Draft) -> bool:
        """True when the article has given this person the title of a description, of the same country."""
        if not person.fits(draft):
            return False
        if any(t == draft.title and draft.country in (c, None) for t, c in person.titles):
            return True
        return (
            draft.title in _ENVOYS and person.country == draft.country is not None
            and self._serves_as(person, draft.title or "")
        )  # fmt: skip

    def _serves_as(self, person: Person, title: str) -> bool:
        """True for a foreign minister called "the Russian minister", an ambassador called "delegate"."""
        titles = {told for told, _ in person.titles} | {t.office for t in self._held(person)}
        if title == "minister":
            return any(told.endswith(" minister") and told != "prime minister" for told in titles)
        return bool(titles & _ENVOYS)

    def _held(self, person: Person) -> list[Tenure]:
        return person.holder.held_on(self.day) if person.holder else []

    def office_holder(self, draft: Draft, *, ahead: bool = False) -> Person | None:
        """The person meant by "the Russian foreign minister": one of the article, else the table's.

        ``ahead`` takes also whom the text names only later, where no country is told.
        """
        recent = sorted(self.persons.values(), key=lambda p: -p.last)
        if draft.title == "leader" and draft.country:
            for person in recent:
                held = {t for t, _ in person.titles} | {t.office for t in self._held(person)}
                if person.country == draft.country and held & _WELL_KNOWN:
                    return person
        if not draft.country:  # "the prime minister": the one introduced as just that, not as another state's
            plain = [p for p in recent if (draft.title, None) in p.titles and p.country is None]
            recent = plain + [p for p in recent if p not in plain]
        for person in recent:
            told = any(t == draft.title and draft.country in (c, None) for t, c in person.titles)
            if not draft.country and draft.title == "minister":  # "the minister": of any office, told before
                told = person.last >= 0 and (told or self._serves_as(person, "minister"))
            if told and person.fits(draft) and (ahead or draft.country or person.last >= 0):
                return person
        if not draft.country and not draft.of:
            return self._spoken_of(recent, draft) or (self._yet_to_come(draft) if ahead else None)
        if draft.country and draft.title in ("minister", *_ENVOYS):
            for person in recent:
                if person.country == draft.country and self._serves_as(person, draft.title):
                    return person
        if draft.country and draft.title and not draft.former:
            for person in self.persons.values():
                if person.holder and any(
                    t.office == draft.title and t.of == draft.country for t in person.holder.held_on(self.day)
                ):
                    return person
            if self.day:
                holders = self.offices.holding(draft.country, draft.title, self.day)
                if holders:
                    return self._enter(draft, name_parts(holders[0].person), holders[0])
        return None

    def _spoken_of(self, recent: list[Person], draft: Draft) -> Person | None:
        """Whom "the president" means where the text spoke of one without the title: the table knows it.

        A title of one state's press ("the foreign secretary") is not another's minister.
        """
        own = self.lexicon.title_countries.get(draft.title_said)
        for person in recent:
            held = person.last >= 0 and any(
                t.office == draft.title and own in (None, t.of) for t in self._held(person)
            )
            if held and person.fits(draft) and not draft.former:
                return person
        return None

    def _yet_to_come(self, draft: Draft) -> Person | None:
        """Whom "the President" means ahead of the one holder of that office whom the text then names."""
        if not self.day or draft.former:
            return None
        holders = {
            h.person: h for name in self.surnames for h in self.offices.surnamed(name, self.day)
            if any(t.office == draft.title for t in h.held_on(self.day))
        }  # fmt: skip
        if len(holders) != 1:
            return None
        [holder] = holders.values()
        return self._enter(draft, name_parts(holder.person), holder)


def _family_first(person: Person, part: str, draft: Draft) -> bool:
    """ "Mr. Kang" after "Kang Sok Ju": a form of address stands before the family's name, whatever its place.

    What the first word tells of the sex is then nothing.
    """
    if not draft.sex or person.holder is not None or len(person.parts) < 2 or person.parts[0] != part:
        return False
    return not (draft.country and person.country and draft.country != person.country)


def _same_first(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """True when the first names agree, one may be short for the other ("Aleks", "Aleksandr")."""
    if len(one) == 1 or len(two) == 1:
        return False
    a, b = one[0], two[0]
    return a == b or (min(len(a), len(b)) > 2 and (a.startswith(b) or b.startswith(a)))
