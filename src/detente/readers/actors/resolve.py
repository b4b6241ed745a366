"""Whom each reference of an article means."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from detente.readers.actors.draft import Draft
from detente.readers.actors.lexicon import INTERNATIONAL, Lexicon
from detente.readers.actors.lists import last_list
from detente.readers.actors.persons import People, Person
from detente.readers.actors.registry import Actors, Making, actor_id
from detente.record import Role, Span

_INTERNATIONAL = {"EUR": "European Union", "UNO": "United Nations"}

# Titles that several people of one country hold at a time: "Turkish and Greek officials" stay groups.
_MANY = frozenset(
    ["minister", "official", "diplomat", "aide", "adviser", "spokesperson", "officer", "member of parliament",
     "analyst", "activist", "journalist", "lawyer", "general", "commander", "candidate", "politician"]
)  # fmt: skip
# A description longer than this many letters is no name.
_LONGEST = 60
_NEAR_PAIR = 14  # references back to which "both ministers" may mean two


@dataclass(slots=True)
class Resolver:
    """Resolves drafts in reading order; ``article`` keeps country-less groups apart between articles."""

    article: str
    people: People
    lexicon: Lexicon
    actors: Actors = field(default_factory=Actors)
    place: int = 0
    recent: list[tuple[int, Draft, tuple[str, ...]]] = field(default_factory=list)

    def resolve(self, draft: Draft, span: Span, title: Span | None) -> tuple[str, ...]:
        """The ids of the actors that a reference means; empty when it stays open."""
        self.place += 1
        makings = self._meant(draft)
        for making in makings:
            making.mentions.append(span)
            making.confidence = max(making.confidence, draft.confidence)
            if draft.kind == "name" and draft.name:
                making.names.setdefault(draft.name)
            _call(making, draft)
        if title is not None and len(makings) == 1 and draft.title and makings[0].type == "person":
            told = f"former {draft.title}" if draft.former else draft.title
            makings[0].add_role(Role(told, draft.of or draft.country, evidence=(title,)))
        ids = tuple(making.id for making in makings)
        if ids:
            self.recent.append((self.place, draft, ids))
        return ids

    def _meant(self, draft: Draft) -> list[Making]:
        if draft.what == "person" and draft.title is None and draft.name is None:
            known = self._countryman(draft)
            if known is not None:
                return [known]
            draft.what, draft.kind = "state", "name"
        if draft.what == "person":
            making = self._person(draft)
            return [making] if making else []
        if draft.what == "half":
            half = self._half(draft)
            return [self._state_making(half)] if half else []
        if draft.what == "plural":
            return self._pair(draft)
        if draft.what == "reference":
            making = self._spoken_of(draft.lemma)
            return [making] if making else []
        if draft.what == "unnamed" and draft.title and not draft.plural:
            making = self._known_one(draft)
            if making is not None:
                draft.kind = "nominal" if making.type == "person" else "unnamed"
                return [making]
        if draft.plural and draft.title and draft.key and "+" in draft.key:
            return [self._each(draft, code) for code in draft.key.split("+")]
        if draft.key and "+" in draft.key and draft.what != "organisation":
            return [self._one(draft, code) for code in draft.key.split("+")]
        return [self._one(draft, draft.country)]

    def lacks_country(self, draft: Draft) -> bool:
        """True for "the ministry" or "the prime minister" of no country, with none named before."""
        if draft.country or draft.of or draft.key or draft.plural or draft.former or not draft.definite:
            return False
        if draft.what == "person" and not draft.name:
            alone = draft.title in self.lexicon.one_each or self.own_title(draft) is not None
            return alone and not self.knows(draft)
        if draft.what == "body" and draft.bare and self.lexicon.bodies[draft.lemma] == "ministry":
            return self._spoken_of(draft.lemma) is None and self._country_before(draft) is None
        return (
            draft.what == "body"
            and self.lexicon.bodies[draft.lemma] == "ministry"
            and self._country_before(draft) is None
        )

    def own_title(self, draft: Draft) -> str | None:
        """The state whose press gives a title without the state: "the secretary of state"."""
        return self.lexicon.title_countries.get(draft.title_said)

    def only_country(self) -> str | None:
        """The country of all actors so far, where they have but one."""
        found = {self.actors.by_id[i].country for _, _, ids in self.recent for i in ids} - {None}
        found -= set(INTERNATIONAL)
        return found.pop() if len(found) == 1 else None

    def seats(self, draft: Draft, country: str) -> bool:
        """False for a president of a country whose table has none."""
        known = self.people.offices.by_office
        if draft.what != "person" or (country, draft.title or "") in known:
            return True
        if not any(title == draft.title for _, title in known):
            return True  # an office that the table has for nobody, such as a speaker's
        return not any(of == country for of, _ in self.people.offices.by_office)

    def knows(self, draft: Draft) -> bool:
        """True when the text so far or the table of offices tells who holds the office of a description.

        Before any country is told it may also be whom the text names later.
        """
        return bool(draft.name) or self._holder(draft) is not None

    def _holder(self, draft: Draft) -> Person | None:
        opens = not any(self.actors.by_id[i].country for _, _, ids in self.recent[:4] for i in ids)
        return self.people.office_holder(draft, ahead=opens)

    def _known_one(self, draft: Draft) -> Making | None:
        """Whom "the official" or "the Peruvian delegate" means: the one of that kind spoken of last."""
        for _, other, ids in reversed(self.recent):
            if len(ids) != 1:
                continue
            making = self.actors.by_id[ids[0]]
            if making.type == "person":
                person = self.people.persons.get(making.key)
                if person is not None and self.people.answers_to(person, draft):
                    return making
            elif making.type == "unnamed" and other.lemma == draft.lemma and not other.plural:
                if draft.country not in (None, making.country):
                    continue
                return making
        return None

    def _each(self, draft: Draft, code: str) -> Making:
        """One of "the French and German foreign ministers": the holder, else the office of that country."""
        one = replace(draft, country=code, key=None, plural=False, sex=None, definite=True)
        person = self.people.office_holder(one)
        if person is not None:
            return self._making(person)
        if draft.title in _MANY:
            return self._one(draft, code)
        return self._office(one)

    def _spoken_of(self, lemma: str) -> Making | None:
        """The organisation named last that "the ministry" or "the alliance" can refer to."""
        keys = self.lexicon.references.get(lemma, ())
        for _, other, ids in reversed(self.recent):
            making = self.actors.by_id[ids[0]]
            if other.of and other.of_said and lemma in other.of_said.lower().split():
                return self.actors.get(
                    other.of, type="organisation", name=other.of_name, country=other.country,
                )  # fmt: skip
            if len(ids) != 1 or making.type != "organisation":
                continue
            words = {word for name in (making.name, *making.names) for word in name.lower().split()}
            if making.key in keys or lemma in words:
                return making
        return None

    def _countryman(self, draft: Draft) -> Making | None:
        """Whom "the Iraqi" means: the person of that country spoken of last; nobody after a while."""
        for place, _, ids in reversed(self.recent):
            if self.place - place > _NEAR_PAIR:
                return None
            making = self.actors.by_id[ids[0]]
            if len(ids) == 1 and making.type == "person" and making.country == draft.country:
                return making
        return None

    def _half(self, draft: Draft) -> str | None:
        """Which state "the North" is: the one of a divided country that the text speaks of."""
        spoken = {self.actors.by_id[i].country for _, _, ids in self.recent for i in ids}
        halves = self.lexicon.halves[draft.lemma]
        found = [code for code, other in halves.items() if {code, other} & spoken]
        return found[0] if len(found) == 1 else None

    def _counterpart(self, draft: Draft) -> str:
        """The office that "his French counterpart" holds: that of the person or persons spoken of last."""
        for _, other, ids in reversed(self.recent):
            if other.title and other.title != "counterpart":
                return other.title
            making = self.actors.by_id[ids[0]]
            if making.type == "person" and making.roles:
                return next(iter(making.roles))[0]
        return "counterpart"

    def _person(self, draft: Draft) -> Making | None:
        if draft.title == "counterpart":
            draft.title = self._counterpart(draft)
        if draft.name:
            person = self.people.person_of(draft, self.place)
        elif draft.country or draft.of or draft.definite:
            person = self._holder(draft)
        else:
            person = None
        if person is not None:
            person.last = self.place
            return self._making(person)
        if not (draft.country or draft.of):
            return None
        return self._office(draft)

    def _office(self, draft: Draft) -> Making:
        office = f"{draft.of or draft.country}:{draft.title}"
        name = f"{self._whose(draft)} {draft.title}".strip()
        return self.actors.get(
            f"office:{office}", type="person", name=name, country=draft.country, sector=draft.sector,
            part_of=self._part_of(draft),
        )  # fmt: skip

    def _making(self, person: Person) -> Making:
        part_of = self._state(person.country) if person.country else None
        making = self.actors.get(
            person.key, type="person", name=person.name, country=person.country, sector=person.sector,
            part_of=part_of,
        )  # fmt: skip
        making.names.setdefault(person.name)
        if person.holder is not None and not making.roles:
            for tenure in person.holder.held_on(self.people.day):
                making.add_role(Role(tenure.office, tenure.of, tenure.from_, tenure.to or None))
        return making

    def _one(self, draft: Draft, country: str | None) -> Making:
        if draft.bare and not draft.plural and not country and not draft.of and draft.what != "state":
            known = self._spoken_of(draft.lemma)
            if known is not None:
                return known
        if draft.what == "state" and country in INTERNATIONAL and draft.of:
            draft.what = "group"  # "NATO nations" are not NATO
        if draft.what == "state" and not country and draft.name:
            country = self.people.country_named(draft.name)
        elif draft.owned and not country:
            country = self._owner(draft)
        elif draft.what in ("state", "body") and not country and draft.definite:
            country = self._country_before(draft)
        if draft.what == "state" and country:
            return self._state_making(country)
        if draft.what in ("organisation", "group") and draft.key and draft.name:
            return self._named(draft)
        sector = draft.sector or "UNK"
        where = country or f"?{self.article}"
        label = self._words(draft, country)
        if draft.of and draft.what != "unnamed":
            where = f"{where}:{draft.of.split(':', 1)[1]}"
        if draft.what == "body":
            body = self.lexicon.bodies[draft.lemma]
            if body == "ministry":
                body = draft.name or body
            key, kind = f"body:{where}:{sector}:{body}", "organisation"
            if not label.split()[-1][:1].isupper():  # "Congress", "the Russian Foreign Ministry" are names
                label = f"{self.lexicon.adjectives.get(country or '', '')} {body}".strip()
        elif draft.what == "unnamed":
            several = ":several" if draft.plural else ""
            key, kind = f"unnamed:{where}:{sector}:{draft.lemma}{several}", "unnamed"
        else:
            key, kind = f"group:{where}:{sector}:{draft.lemma}", "group"
        return self.actors.get(
            key, type=kind, name=label, country=country, sector=draft.sector, part_of=self._part_of(draft)
        )

    def _owner(self, draft: Draft) -> str | None:
        """Whose "its forces" are: the state or person mentioned last before them in the paragraph."""
        for _, other, ids in reversed(self.recent):
            if other.paragraph != draft.paragraph:
                return None
            if other.what in ("state", "person") and len(ids) == 1:
                return self.actors.by_id[ids[0]].country
        return None

    def _country_before(self, draft: Draft) -> str | None:
        """Whose "the government" or "the troops" are: those last spoken of, when only one country has any."""
        told = [
            d.country for _, d, _ in self.recent if d.what == draft.what and d.country and d.kind == "nominal"
        ]
        if draft.what == "body":
            body = self.lexicon.bodies.get(draft.lemma)
            told = [
                d.country for _, d, _ in self.recent
                if d.what == "body" and d.country and self.lexicon.bodies.get(d.lemma) == body
            ]  # fmt: skip
        return told[-1] if len(set(told)) == 1 else None

    def _named(self, draft: Draft) -> Making:
        kind = "group" if draft.what == "group" else "organisation"
        making = self.actors.get(
            draft.key or "", type=kind, name=draft.name or "", country=draft.country, sector=draft.sector,
            part_of=self._part_of(draft) if kind == "organisation" else None,
        )  # fmt: skip
        making.names.setdefault(draft.name or "")
        return making

    def _state_making(self, country: str) -> Making:
        if country in self.lexicon.countries:
            name = self.lexicon.countries[country]
            return self.actors.get(f"state:{country}", type="state", name=name, country=country)
        names = self.lexicon.names.get(_INTERNATIONAL.get(country, country))
        if names:
            known = names[0]
            return self.actors.get(known.key, type="organisation", name=known.name, country=country)
        return self.actors.get(f"state:{country}", type="organisation", name=country, country=country)

    def _state(self, country: str) -> str | None:
        """The id a state has or would have."""
        if country not in self.lexicon.countries:
            return None
        return actor_id(f"state:{country}")

    def _part_of(self, draft: Draft) -> str | None:
        if draft.of and draft.of != draft.key:
            return actor_id(draft.of)
        return self._state(draft.country) if draft.country else None

    def _whose(self, draft: Draft) -> str:
        """The words that say whose an office is: "French", "NATO"."""
        if draft.of:
            return draft.of_name or draft.of.split(":", 1)[1]
        return self.lexicon.adjectives.get(draft.country or "", "")

    def _words(self, draft: Draft, country: str | None) -> str:
        """What a reader would call a group or a source: the text's words, and whose they are."""
        words = draft.words or draft.lemma
        adjective = self.lexicon.adjectives.get(country or "", "")
        if draft.key and "+" in draft.key:
            words = words.split(" of ")[0].split()[-1]
        elif not adjective or country == draft.country:
            return words
        return f"{adjective} {words}".strip()

    def _pair(self, draft: Draft) -> list[Making]:
        """ "both ministers", "those two": the two told together last, else the last two of that kind."""
        if draft.many:
            return [self.actors.by_id[actor] for actor in last_list(self.recent, draft.many)]
        return self._told_together(draft) or self._last_two(draft)

    def _told_together(self, draft: Draft) -> list[Making]:
        """ "The Russian and Ukrainian ministers … those two ministers"."""
        for place, other, ids in reversed(self.recent):
            if self.place - place > _NEAR_PAIR or draft.title == "state":
                break
            two = [self.actors.by_id[actor] for actor in ids]
            persons = all(making.key.startswith(("person:", "office:")) for making in two)
            if len(two) == 2 and persons and other.lemma == draft.lemma:
                return two if all(self._suits(making, draft) for making in two) else []
        return []

    def _last_two(self, draft: Draft) -> list[Making]:
        wanted = "state:" if draft.title == "state" else "person:"
        by_id = self.actors.by_id
        if wanted == "state:" and draft.lemma != "side" and (beside := self._two_beside()):
            return beside
        found: dict[str, Making] = {}
        for place, _, ids in reversed(self.recent):
            far = self.place - place > (40 if draft.lemma == "leader" else _NEAR_PAIR)
            if far or (len(found) >= 2 and draft.lemma != "side"):
                break
            for actor in reversed(ids):
                if by_id[actor].key.startswith(wanted) and self._suits(by_id[actor], draft):
                    found.setdefault(actor, by_id[actor])
        if draft.lemma == "side" and len(found) > 2:
            return []  # of three states nobody can tell which two
        return list(found.values())[1::-1] if len(found) >= 2 else []

    def _two_beside(self) -> list[Making]:
        """ "X and Y … the two countries": two states told side by side, with none beside them."""
        near = [r for r in self.recent if self.place - r[0] <= _NEAR_PAIR]
        for at in range(len(near) - 1, 0, -1):
            (_, one, ids), (_, two, more) = near[at - 1], near[at]
            three = at > 1 and _beside(near[at - 2][1], one)
            both = [self.actors.by_id[a] for a in (*ids, *more)]
            if _beside(one, two) and not three and len(both) == 2:
                return both if all(making.key.startswith("state:") for making in both) else []
        return []

    def _suits(self, making: Making, draft: Draft) -> bool:
        """False for a person whose offices are told and none is the kind that "both ministers" asks for."""
        if making.type != "person" or draft.lemma not in ("minister", "president", "premier", "leader"):
            return True
        person = self.people.persons.get(making.key)
        if draft.lemma == "leader":
            return person is None or self.people.leads(person)
        titles = [role.title for role in making.roles.values()]
        titles += [making.key.rpartition(":")[2]] if making.key.startswith("office:") else []
        titles += [title for title, _ in person.titles] if person else []
        return any(draft.lemma in title for title in titles)


def _beside(one: Draft, two: Draft) -> bool:
    """With one word or comma between them."""
    return one.paragraph == two.paragraph and two.start - one.end == 1


def _call(making: Making, draft: Draft) -> None:
    """Give a group or a source the fullest of the descriptions that the text has for it."""
    if draft.kind == "name" or making.type == "person" or not draft.words:
        return
    told = bool(draft.country or draft.of) or making.country is None
    if not told or draft.bare or (draft.key and "+" in draft.key) or len(draft.words) > _LONGEST:
        return
    if making.key.startswith(("group:", "unnamed:")):
        longer = len(draft.words.split()) - len(making.name.split())
        fuller = making.country is None and not draft.plural
        if longer > 0 if fuller else longer < 0:
            making.name = draft.words
        making.names.setdefault(draft.words)
    elif making.key.startswith(("body:", "state:")) and making.country and draft.country:
        making.names.setdefault(draft.words)
