"""One paragraph as the readers of events look at it: parse, actors, times, and who asserts what."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from detente.language.parse import Paragraph
from detente.language.times import TimeExpression, date_of
from detente.readers.actors import places
from detente.readers.actors.lexicon import load_lexicon, usage
from detente.readers.events.aspects import is_granted, repeated
from detente.readers.events.lexicon import load_classes, load_words, see_through
from detente.readers.events.tree import Tree
from detente.readers.index import ActorIndex, Mention
from detente.readers.names import EVENTS
from detente.record import Actor, Article, Date, Span, Statement, make_id
from detente.record.types import NARRATOR

TWO = ("pair", "two", "both", "duo")
"""What stands for two that were told before."""
_PLACES = ("GPE", "LOC", "FAC")
_PLACE_PREPOSITIONS = ("in", "at", "near", "outside", "inside", "off", "around")
_INNER = ("of", "from", "in", "by", "for", "to", "against", "with", "between", "on", "at", "near", "into")


@dataclass(slots=True)
class Scene:
    """A body paragraph with all that the readers need to look things up in it."""

    article: Article
    paragraph: Paragraph
    tree: Tree
    actors: ActorIndex
    times: list[TimeExpression]
    statements: list[tuple[int, int, Statement]] = field(default_factory=list)
    heads: dict[int, Mention] = field(default_factory=dict)
    new_actors: list[Actor] = field(default_factory=list)
    places: dict[int, tuple[int, str]] | None = None
    dates: dict[int, Date] = field(default_factory=dict)
    reported: Date = field(default_factory=Date.unknown)

    def offset(self, token: int) -> int:
        """Where a token starts in the article's text."""
        return self.paragraph.start + self.tree.begin[token]

    def span(self, first: int, last: int) -> Span:
        """The span from one token to another, both included."""
        return self.paragraph.span(self.tree.begin[first], self.tree.end[last])

    def asserted_by(self, token: int) -> tuple[str, ...]:
        """The narrator, or the innermost statement in whose content the token stands."""
        granted = False
        for start, end, statement in self._around(token):
            if self._granted(token, start, end, statement):
                granted = True
            elif not self._tells_plan(statement):
                return (statement.id,)
        verb = None if granted else self._reporting(token)
        return (NARRATOR,) if verb is None else self._cued_by(verb)

    def _around(self, token: int) -> list[tuple[int, int, Statement]]:
        """The statements in whose content the token stands, the innermost first.

        Of two that are told in the same words that one which says nothing else: its cue is the nearer one.
        """
        at = self.offset(token)
        found = [told for told in self.statements if told[0] <= at < told[1]]
        return sorted(found, key=lambda told: (told[1] - told[0], _length(told[2])))

    def _granted(self, token: int, start: int, end: int, statement: Statement) -> bool:
        """True for what a statement's own words, not quoted, only take for granted."""
        if statement.kind == "direct":
            return False
        begin, shift = self.tree.begin, self.paragraph.start
        first, last = bisect_left(begin, start - shift), bisect_left(begin, end - shift) - 1
        return is_granted(self.tree, token, first, last, denies=statement.act == "deny")

    def _tells_plan(self, statement: Statement) -> bool:
        """ "Is not planning to …" tells of a plan, not of speech."""
        if statement.kind == "direct" or statement.cue is None:
            return False
        cue = bisect_left(self.tree.begin, statement.cue.end - self.paragraph.start) - 1
        return cue >= 0 and self.tree.lemma[cue] in load_words().tables["intent"]["verbs"]

    def _cued_by(self, verb: int) -> tuple[str, ...]:
        """The statement that a verb of saying cues, though its content is other words of the sentence."""
        at = self.offset(verb)
        cued = [told for told in self.statements if (cue := told[2].cue) and cue.start <= at < cue.end]
        return tuple(told[2].id for told in sorted(cued, key=lambda told: told[:2])[:1])

    def _reporting(self, token: int) -> int | None:
        """The verb of saying, or the clause with "according to", that the token stands under."""
        tree, at, saying = self.tree, token, load_words().saying
        for _ in range(8):
            if any(tree.lower[kid] == "according" or self._as_told(kid) for kid in tree.kids[at]):
                return at
            above = tree.head[at]
            if above == at:
                return self._tagged(at)
            if tree.dep[at] in ("ccomp", "parataxis") and tree.lemma[above] in saying:
                return above
            if tree.dep[at] == "xcomp" and tree.lemma[above] in saying and tree.passive(above):
                return above  # "is said to have …"
            if tree.dep[at] == "ccomp" and tree.lemma[above] in load_words().tables["convince"]["verbs"]:
                return above  # "did little to reassure them that …"
            at = above
        return None

    def _as_told(self, clause: int) -> bool:
        """ "As China tells it, …" """
        tree = self.tree
        told = tree.dep[clause] == "advcl" and tree.lemma[clause] in load_words().saying
        return told and any(
            tree.lower[k] == "as" and tree.dep[k] in ("mark", "advmod") for k in tree.kids[clause]
        )

    def _tagged(self, root: int) -> int | None:
        """ "…, a minister told the radio" hung on the sentence's end in some other way."""
        tree, saying = self.tree, load_words().saying
        for kid in tree.deps(root, "conj", "dep", "parataxis", "ccomp", "advcl"):
            told = kid > root and tree.lemma[kid] in saying and tree.first(kid, "nsubj") is not None
            if told and tree.first(kid, "mark", "cc") is None:
                first = min(tree.subtree(kid))
                if first and tree.lower[first - 1] == "," and not tree.deps(root, "cc"):
                    return kid
        return None

    def statement_at(self, token: int) -> Statement | None:
        """The innermost statement in whose content the token stands."""
        return next((statement for _, _, statement in self._around(token)), None)

    def date(self, token: int) -> Date:
        """The date of what the token reports."""
        found = self.dates.get(token)
        if found is None:
            found = date_of(self.paragraph, token, self._times_of(token), self.reported)
            often = repeated(self.tree, token)
            if often is not None:
                found = self._until_now(found, self.span(*often))
            self.dates[token] = found
        return found

    def _times_of(self, token: int) -> list[TimeExpression]:
        """ "Called for an inquiry into arrests since 1998": a past without "has" never dates from "since"."""
        tree = self.tree
        if tree.tag[token] != "VBD" or tree.first(token, "aux", "auxpass") is not None:
            return self.times
        return [t for t in self.times if "since" not in tree.lower[max(t.start - 1, 0) : t.start + 1]]

    def _until_now(self, date: Date, often: Span) -> Date:
        """The days of what was done many times: since the day told until the report, else untold."""
        now, told = self.article.published, date.span
        if told is None or now.last_day is None or date.first_day is None:
            return Date("", "", "unknown", "resolved", often) if told is None else date
        before = bisect_left(self.tree.begin, told.start - self.paragraph.start) - 1
        if before < 0 or self.tree.lower[before] != "since" or date.first_day > now.last_day:
            return date
        return Date(date.from_, now.to, "day", "resolved", told)

    def is_actor(self, token: int) -> bool:
        """True when the token belongs to a mention that refers to someone."""
        mention = self.actors.at(self.paragraph, token)
        return mention is not None and bool(mention.actors)

    def refer(self, token: int) -> tuple[str, ...]:
        """The actors that a noun phrase stands for, by its head: itself, its modifiers, what hangs on it."""
        found: dict[str, None] = {}
        for part in self.tree.conjuncts(token):
            found.update(dict.fromkeys(self._refer_one(part, 0)))
        return tuple(found)

    def _refer_one(self, token: int, depth: int) -> tuple[str, ...]:
        mention = self._mention(token)
        led = self._led_by(token, mention)
        if led:
            return led
        if mention is not None and mention.actors:
            return mention.actors if not self.is_some_government(token) else self._ruled_by(token)
        if depth > 3:
            return ()
        tree = self.tree
        named = tree.pos[token] == "PROPN" or tree.lemma[token] in load_classes()["people"]
        for kid in tree.deps(token, "poss", "compound", "amod", "nmod", "appos"):
            loose = not named or token in self.named_places()
            if tree.dep[kid] == "appos" and loose and tree.pos[kid] != "PROPN":
                continue  # "the truce, a member of the French team said": no other name of the truce
            found = self._refer_one(kid, depth + 1)
            if found:
                return found
        against = tree.lemma[token] in load_words().tables["adverse"]["heads"]  # "opponents of X" are not X
        for preposition, noun in () if against else tree.preps(token):
            if preposition in _INNER and tree.pos[noun] in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
                found = self.refer(noun) if depth < 2 else ()
                if found:
                    return found
        return next((found for kid in tree.deps(token, "poss") if (found := self._bound(kid))), ())

    def _led_by(self, token: int, mention: Mention | None) -> tuple[str, ...]:
        """ "A delegation led by X", "a delegation from X and Y": who it is, or all whose it is."""
        tree, index = self.tree, self.actors.actors
        if tree.lemma[token] not in ("delegation", "mission", "team"):
            return ()
        led = [c for c in tree.deps(token, "acl") if tree.lemma[c] in ("lead", "head")]
        chief = [n for clause in led for p, n in tree.preps(clause) if p == "by"]
        found = tuple(a for n in chief for a in self._told(n) if a in index and index[a].type == "person")
        if found:
            return found
        states = [n for p, n in tree.preps(token) if p in ("from", "of") for n in tree.conjuncts(n)]
        many = tuple(dict.fromkeys(a for n in states for a in self._told(n)))
        told = set(mention.actors) if mention is not None else set()
        return many if len(many) > 1 and told <= set(many) else ()

    def is_some_government(self, token: int) -> bool:
        """ "A government": of no one known country."""
        if self.tree.lemma[token] not in load_words().tables["rule"]["heads"]:
            return False
        known = [self.actors.actors[a] for a in self._told(token) if a in self.actors.actors]
        one = any(self.tree.lower[k] in ("a", "an") for k in self.tree.deps(token, "det"))
        return one and all(actor.country is None for actor in known)

    def _ruled_by(self, token: int) -> tuple[str, ...]:
        """ "Mali's minister, a member of a government": it is the one of whom the phrase tells."""
        tree, at = self.tree, token
        while tree.dep[at] in ("pobj", "prep"):
            at = tree.head[at]
        return self.owner(tree.head[at]) if tree.dep[at] == "appos" else ()

    def _mention(self, token: int) -> Mention | None:
        """The mention whose head the token is, or that hangs on the token."""
        found = self.heads.get(token)
        if found is not None:
            return found
        around = self.actors.at(self.paragraph, token)
        return around if around is not None and self.tree.head[around.head] == token else None

    def owner(self, token: int) -> tuple[str, ...]:
        """The actors that possess or qualify a noun ("Russia's annexation", "Israeli airstrikes")."""
        for kid in self.tree.deps(token, "poss", "amod", "compound", "nmod"):
            found = self._refer_one(kid, 1) if self.tree.dep[kid] != "poss" else self.refer(kid)
            found = found or self._bound(kid)
            if found:
                return found
        return ()

    def _bound(self, pronoun: int) -> tuple[str, ...]:
        """Whom "its" and "their" mean by grammar alone: the owner beside, else the clause's own subject."""
        tree = self.tree
        if tree.dep[pronoun] != "poss" or tree.lower[pronoun] not in ("its", "their"):
            return ()
        at = tree.head[pronoun]
        coordinated = tree.dep[at] == "conj"
        for _ in range(8):
            beside = tree.first(tree.head[at], "poss") if coordinated else None
            if beside is not None and beside < pronoun and tree.pos[beside] in ("PROPN", "NOUN"):
                return self.refer(beside)
            if tree.dep[at] in ("nsubj", "nsubjpass", "ROOT") or tree.head[at] == at:
                return ()
            at = tree.head[at]
            if tree.pos[at] in ("VERB", "AUX"):
                return self._subject_like(at, pronoun)
        return ()

    def _subject_like(self, verb: int, pronoun: int) -> tuple[str, ...]:
        """The verb's subject where its number suits the pronoun and it can own things."""
        tree, subject = self.tree, self.tree.subject(verb)
        if subject is None or subject > pronoun:
            return ()
        found = tuple(a for part in tree.conjuncts(subject) for a in self._told(part))
        kinds = {self.actors.actors[a].type for a in found if a in self.actors.actors}
        many = len(tree.conjuncts(subject)) > 1 or tree.tag[subject] in ("NNS", "NNPS")
        if tree.lower[pronoun] == "their":
            return found if many else ()
        return found if not many and len(found) == 1 and kinds <= {"state", "organisation"} else ()

    def named(self, token: int) -> tuple[str, ...]:
        """Whom a noun phrase itself names or belongs to, not "changes to X's law"."""
        found = [a for part in self.tree.conjuncts(token) for a in self._told(part)]
        return tuple(dict.fromkeys(found)) or self.owner(token)

    def _told(self, token: int) -> tuple[str, ...]:
        mention = self.heads.get(token)
        return mention.actors if mention is not None else ()

    def place(self, token: int) -> str | None:
        """The place that a verb or event noun names, as written; nothing from other clauses."""
        tree, at = self.tree, token
        for _ in range(3):
            for preposition, noun in tree.preps(at):
                if preposition in _PLACE_PREPOSITIONS and tree.ent[noun] in _PLACES:
                    return self._name(noun)
            if tree.dep[at] not in ("dobj", "conj", "xcomp", "pobj", "prep", "nsubj", "nsubjpass"):
                break
            at = tree.head[at]
        return None

    def _name(self, noun: int) -> str:
        tree, first, last = self.tree, noun, noun
        while first > 0 and tree.ent[first - 1] in _PLACES and tree.head[first - 1] in range(first, noun + 1):
            first -= 1
        return str(tree.doc[first : last + 1].text)

    def home(self, token: int) -> tuple[str, ...]:
        """The state in which the place that a phrase names lies ("shelled Juba", "forces in Lebanon")."""
        tree, named = self.tree, self.named_places()
        if tree.lemma[token] in usage("place_heads"):  # "the Yugoslav province of Kosovo" is Yugoslavia's
            state = [a for kid in tree.deps(token, "amod", "compound") for a in self._told(kid)]
            if state:
                return tuple(state)
        for part in [token, *tree.deps(token, "poss", "compound", "nmod", "appos", "amod")]:
            if part in named and not self._names_thing(part):
                start, code = named[part]
                return (self._state(code, start, part),)
        for preposition, noun in tree.preps(token):
            if preposition in ("of", "in", "near", "at", "from", "on", "into"):
                found = self.home(noun) if noun != token else ()
                if found:
                    return found
        return ()

    def _names_thing(self, token: int) -> bool:
        """ "The tanker Bucharest": a town's name that a ship or operation bears."""
        return token > 0 and self.tree.lemma[token - 1] in usage("craft")

    def named_places(self) -> dict[int, tuple[int, str]]:
        """The tokens of the paragraph's place names: where the name starts, and the country it lies in."""
        if self.places is None:
            named = places(self.paragraph, self.article.published)
            self.places = {
                i: (start, code) for start, end, _, code in named if code for i in range(start, end)
            }
        return self.places

    def _state(self, code: str, start: int, end: int) -> str:
        """The actor of a state that only a place in it stands for; entered with that mention."""
        key = f"state:{code}"
        actor = make_id("ac", key)
        if actor not in self.actors.actors:
            span = self.span(start, end)
            made = Actor(actor, country_name(code), (country_name(code),), "state", code, None, (), (span,),
                         None, key, EVENTS, 0.5)  # fmt: skip
            self.actors.actors[actor] = made
            self.new_actors.append(made)
        return actor

    def collective(self, token: int) -> tuple[str, ...]:
        """A party of many states by its word ("the West"), entered as an actor where it is met."""
        tree = self.tree
        word = tree.lower[token]
        if word not in load_words().tables["collectives"]["names"] or tree.pos[token] != "PROPN":
            return ()
        first = next((k for k in tree.deps(token, "det") if k == token - 1), None)
        if first is None:
            return ()
        name = f"the {tree.doc[token].text}"
        actor = make_id("ac", f"party:{word}")
        if actor not in self.actors.actors:
            made = Actor(actor, name, (name,), "group", None, None, (), (self.span(first, token),),
                         None, f"party:{word}", EVENTS, 0.5)  # fmt: skip
            self.actors.actors[actor] = made
            self.new_actors.append(made)
        return (actor,)

    def two_before(self, verb: int) -> tuple[str, ...]:
        """ "The pair", "the two": the two persons that the sentence before names, when it names just two."""
        tree = self.tree
        subject = tree.subject(verb)
        if subject is None or tree.lower[subject] not in TWO:
            return ()
        index, number = self.actors.actors, tree.sent[verb] - 1
        near = [m for head, m in sorted(self.heads.items()) if tree.sent[head] == number]
        people = dict.fromkeys(a for m in near for a in m.actors if a in index and index[a].type == "person")
        return tuple(people) if len(people) == 2 else self._two_subjects(verb)

    def _two_subjects(self, verb: int) -> tuple[str, ...]:
        """The two that the sentence before has as its subject ("Egypt and Libya agreed. Both …")."""
        tree = self.tree
        for root in range(verb, -1, -1):
            if tree.head[root] == root and tree.sent[root] == tree.sent[verb] - 1:
                subject = tree.subject(root)
                found = self.refer(subject) if subject is not None else ()
                return found if len(found) == 2 else ()
        return ()

    def meaning(self, token: int) -> int:
        """The noun that carries the meaning: "strikes" in "a series of strikes"."""
        tree = self.tree
        for _ in range(3):
            if tree.lemma[token] not in see_through():
                return token
            of = [noun for preposition, noun in tree.preps(token) if preposition == "of"]
            if not of:
                return token
            token = of[0]
        return token

    def keys(self, token: int) -> list[str]:
        """The words under which lists may hold a noun: "air strike", "strike", "airstrike"."""
        tree = self.tree
        token = self.meaning(token)
        keys = [tree.lemma[token]]
        for kid in tree.deps(token, "compound", "amod", "nmod"):
            keys.append(f"{tree.lemma[kid]} {tree.lemma[token]}")
            named = tree.pos[token] == "PROPN" and tree.pos[kid] == "NOUN"  # "the tanker Alma"
            if tree.dep[kid] == "compound" and (named or tree.lemma[token] in load_words().carriers):
                keys.append(tree.lemma[kid])
        return keys


def country_name(code: str) -> str:
    """A country's name by its code; the code itself when unknown."""
    return load_lexicon().countries.get(code, code)


def _length(statement: Statement) -> int:
    """How many characters were said."""
    return sum(span.end - span.start for span in statement.content)
