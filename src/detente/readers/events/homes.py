"""Which country an actor belongs to when only its sentence tells.

"Opposition groups in Zimbabwe demanded that President Mugabe …": nothing says whose president he is but
the sentence, which speaks of one country alone. The rule is narrow on purpose: one candidate in every
coded sentence the actor stands in, and never the state that it acts on or that acts on it ("Bush
threatened Russia" makes nobody Russian). The actor's confidence falls to ``INFERRED``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from detente.readers.actors.lexicon import usage
from detente.readers.events.coding import Coding
from detente.readers.events.lexicon import load_words
from detente.readers.events.scene import Scene
from detente.readers.events.tree import Tree
from detente.readers.index import ActorIndex
from detente.record import Actor, Reading

INFERRED = 0.4
_INTERNATIONAL = ("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC")
_ENVOYS = ("ambassador", "envoy", "delegate", "negotiator")
_HOMELESS = ("person", "group", "unnamed")


def settle_homes(coded: Iterable[tuple[Scene, Coding]], reading: Reading, actors: ActorIndex) -> None:
    """Give homeless actors of coded clauses the one country that their sentences name."""
    votes: dict[str, set[str]] = {}
    for scene, coding in coded:
        for actor in (*coding.sources, *coding.recipients):
            known = actors.actors.get(actor)
            if known is not None and known.country is None and _homeless(known):
                votes.setdefault(actor, set()).update(_candidates(scene, coding, actor) or {""})
    homes = {actor: found.pop() for actor, found in votes.items() if len(found) == 1}
    homes = {actor: code for actor, code in homes.items() if code}
    for actor, code in homes.items():
        known = actors.actors[actor]
        actors.actors[actor] = replace(known, country=code, confidence=min(known.confidence, INFERRED))
    reading.actors[:] = [actors.actors.get(a.id, a) if a.id in homes else a for a in reading.actors]


def _homeless(actor: Actor) -> bool:
    """A person, or a group of the article's own; "the West" is at home in no one country."""
    if actor.type == "person":
        return True
    own = actor.type in _HOMELESS and "?" in (actor.key or "")
    return own and actor.name.split()[0].lower() not in usage("regions")  # "African diplomats"


def _candidates(scene: Scene, coding: Coding, actor: str) -> set[str]:
    """The countries that the sentence names, without the state on the event's other side.

    Where the actor's own words name a place ("rebels operating in Chad"), that place alone counts.
    """
    inside_phrase = _own_places(scene, coding, actor)
    if inside_phrase:
        return inside_phrase
    number = scene.tree.sent[coding.trigger]
    inside = [i for i, sent in enumerate(scene.tree.sent) if sent == number]
    first, last = inside[0], inside[-1]
    index = scene.actors.actors
    found: set[str] = set()
    for mention in scene.actors.mentions(scene.paragraph):
        if first <= mention.head <= last:
            against = _opposed(scene.tree, mention.head)
            if _is_counterpart(scene, mention.head) and index[actor].type == "person":
                continue  # "his British counterpart": he is not British
            if _rules(index[actor]) and _is_of_thing(scene, mention.head):
                continue
            told = [index[a] for a in mention.actors if a in index]
            found.update(a.country for a in told if a.country and not (against and a.type == "state"))
    for token, (_, code) in scene.named_places().items():
        if first <= token <= last and not _opposed(scene.tree, token):
            found.add(code)
    if actor not in coding.sources and index[actor].type != "person":
        return {
            code for code in found if code not in _INTERNATIONAL
        }  # a state and its rebels, workers, press
    other = coding.recipients if actor in coding.sources else coding.sources
    states = {
        index[a].country
        for a in other
        if a in index and (index[a].type == "state" or _is_envoy(index[a])) and _named(scene, a, first, last)
    }
    return {code for code in found if code not in _INTERNATIONAL and code not in states}


def _is_envoy(actor: Actor) -> bool:
    """An ambassador deals with others' people: whoever summons or meets one is not of that country."""
    return any(role.title in _ENVOYS for role in actor.roles)


def _rules(actor: Actor) -> bool:
    """True for "the cabinet", "the government": whose it is may stand sentences before."""
    return actor.type == "group" and actor.name.split()[-1].lower() in load_words().tables["rule"]["heads"]


def _is_of_thing(scene: Scene, head: int) -> bool:
    """ "The British paper", "Icelandic waters": whose a thing is, not who deals with it."""
    tree = scene.tree
    if tree.dep[head] != "amod" or tree.pos[head] != "ADJ":
        return False
    return not scene.is_actor(tree.head[head])


def _is_counterpart(scene: Scene, head: int) -> bool:
    """True for "his British counterpart, X", at the noun and at the name."""
    tree = scene.tree
    return "counterpart" in (
        tree.lemma[head],
        tree.lemma[tree.head[head]] if tree.dep[head] == "appos" else "",
    )


def _opposed(tree: Tree, token: int) -> bool:
    """ "Rallied against Chad", "came back from Chad": whom a group is against, or leaves, is not its home."""
    above = tree.head[token]
    return tree.dep[token] == "pobj" and tree.lower[above] in ("against", "from")


def _own_places(scene: Scene, coding: Coding, actor: str) -> set[str]:
    """The countries of the places inside the group's own phrase, up to the clause that it takes part in."""
    tree, named = scene.tree, scene.named_places()
    if scene.actors.actors[actor].type == "person":
        return set()
    found: set[str] = set()
    for mention in scene.actors.mentions(scene.paragraph):
        if actor in mention.actors and tree.sent[mention.head] == tree.sent[coding.trigger]:
            for preposition, noun in _where(tree, mention.head):
                if preposition in ("in", "from", "of", "inside") and noun in named:
                    found.add(named[noun][1])
    return found


def _where(tree: Tree, head: int) -> list[tuple[str, int]]:
    """The prepositional phrases of a noun and of its participles ("guerrillas operating in …")."""
    found = tree.preps(head)
    for clause in tree.deps(head, "acl"):
        if tree.tag[clause] in ("VBG", "VBN"):
            found += tree.preps(clause)
    return found


def _named(scene: Scene, actor: str, first: int, last: int) -> bool:
    """True when the state itself is mentioned as a party, not only a place in it."""
    return any(actor in m.actors and first <= m.head <= last for m in scene.actors.mentions(scene.paragraph))
