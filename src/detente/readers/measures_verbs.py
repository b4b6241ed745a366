"""Measures that no coded event tells: exports halted, a zone declared, ships taken, launchers dismantled.

The verbs, what they are done to and the kinds stand in ``data/events/measure_verbs.csv``; classes of
objects in ``classes.toml`` and ``measure_classes.toml``. Only what has happened, goes on, is promised or
threatened counts.

A row's particle is a particle, preposition, adverb or bare complement of the verb ("let … go");
``on:alert|standby`` asks for a phrase "on alert". An object ``-`` is none at all, ``*`` any; ``~`` before a
class makes it who does it, of a verb with no object ("marines landed").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from detente.readers.events.coding import Coding
from detente.readers.events.contents import doer
from detente.readers.events.lexicon import load_classes, load_words, read_data, read_rows
from detente.readers.events.match import in_class, resolve
from detente.readers.events.reader import clause_span
from detente.readers.events.scene import Scene
from detente.readers.events.status import is_future, verb_status
from detente.record import Span

_TARGETS = ("p:against", "p:on", "op:against", "op:on", "op:to", "op:of", "op:from", "p:to", "p:from", "iobj")
_TOLD = ("happened", "ongoing", "planned", "historical")
_JOINED = {
    "goods": (), "sanction": ("sanctions",), "blockade": (), "forces": ("troops", "weapons"),
    "arms": ("weapons",), "aid": ("aid",), "captives": ("troops", "people"), "landed": ("troops",),
}  # fmt: skip
_OWN = {
    "aid": ("loads",), "sanction": ("restrictions",), "forces": ("ships",), "arms": ("sites",),
    "captives": ("captives",), "landed": ("landed",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class VerbMeasure:
    """A measure that one verb tells, in one paragraph."""

    kind: str
    verb: int
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    status: str
    evidence: Span


@cache
def measure_words(name: str) -> frozenset[str]:
    """One list of ``measure_classes.toml``."""
    return frozenset(read_data("events", "measure_classes.toml")["classes"][name])


@cache
def _class(name: str) -> frozenset[str]:
    if name.startswith("~"):
        return frozenset(f"~{word}" for word in _class(name[1:]))
    if not name.startswith("@"):
        return frozenset((name,))
    plain = name[1:]
    found: set[str] = set()
    for own in _OWN.get(plain, () if _JOINED.get(plain) else (plain,)):
        found |= measure_words(own)
    for shared in _JOINED[plain]:
        found |= load_classes()[shared]
    return frozenset(found)


@cache
def _rows() -> dict[str, tuple[tuple[str, frozenset[str], str], ...]]:
    """Verb → (particle, what it is done to, kind)."""
    found: dict[str, list[tuple[str, frozenset[str], str]]] = {}
    for row in read_rows("events", "measure_verbs.csv"):
        objects = frozenset(word for name in row["object"].split() for word in _class(name))
        for verb in row["verbs"].split():
            found.setdefault(verb, []).append((row["particle"], objects, row["kind"]))
    return {verb: tuple(rows) for verb, rows in found.items()}


def verb_measures(scene: Scene) -> list[VerbMeasure]:
    """The measures that a paragraph's verbs tell."""
    found = []
    for verb in range(len(scene.tree)):
        if scene.tree.pos[verb] == "VERB" and scene.tree.lemma[verb] in _rows():
            kind = verb_kind(scene, verb)
            made = _measure(scene, verb, kind) if kind else None
            if made is not None:
                found.append(made)
    return found


def verb_kind(scene: Scene, verb: int) -> str | None:
    """The kind of measure that a verb with its object tells, or None."""
    objects = _objects(scene, verb)
    for particle, wanted, kind in _rows().get(scene.tree.lemma[verb], ()):
        if particle and not _has(scene, verb, particle):
            continue
        fits = _bare(scene, verb, objects) if "-" in wanted else any(_is(scene, n, wanted) for n in objects)
        if fits or _does(scene, verb, objects, wanted):
            return "withdrawal" if kind == "deployment" and sends_home(scene, verb) else kind
    return None


def _objects(scene: Scene, verb: int) -> list[int]:
    """What the verb is done to, also where the parse hangs it elsewhere.

    "Let the soldiers go"; "hold firing exercises", where "firing" is taken for a verb; "the embargo on arms
    which it imposed", where "which" is taken for the arms.
    """
    tree = scene.tree
    found = tree.patients(verb)
    if not found and tree.lemma[verb] == "let":
        found = [who for k in tree.deps(verb, "ccomp") for who in tree.deps(k, "nsubj")]
    if not found:
        found = [
            n
            for k in tree.deps(verb, "xcomp")
            if k == verb + 1 and tree.tag[k] == "VBG"
            for n in tree.deps(k, "dobj")
        ]
    if tree.dep[verb] == "relcl":
        found = found + [tree.head[tree.head[n]] for n in found if tree.dep[n] == "pobj" and n < verb]
    return found


def _has(scene: Scene, verb: int, particle: str) -> bool:
    """The particle, preposition or bare complement that a row asks for."""
    tree = scene.tree
    word, _, nouns = particle.partition(":")
    if nouns:
        wanted = nouns.split("|")
        return any(p == word and tree.lemma[noun] in wanted for p, noun in tree.preps(verb))
    below = tree.deps(verb, "prt", "advmod", "prep", "ccomp", "xcomp", "oprd")
    below += [k for noun in tree.deps(verb, "dobj") for k in tree.deps(noun, "relcl", "acl")]
    return any(tree.lower[k] == word for k in below)  # also "gave them two days to leave"


def _does(scene: Scene, verb: int, objects: list[int], wanted: frozenset[str]) -> bool:
    """ "Marines landed": a class of doers, of a verb with no object."""
    if objects or not any(word.startswith("~") for word in wanted):
        return False
    subject = scene.tree.subject(verb)
    return subject is not None and any(f"~{key}" in wanted for key in scene.keys(subject))


def _is(scene: Scene, noun: int, wanted: frozenset[str]) -> bool:
    """True for the noun itself, and for "two planeloads of medicine"."""
    tree = scene.tree
    inner = [n for preposition, n in tree.preps(noun) if preposition == "of"]
    if "*" in wanted or in_class(scene, noun, wanted) or any(in_class(scene, n, wanted) for n in inner):
        return True
    if "captive" in wanted and any(
        scene.tree.lower[k] in measure_words("held") for k in scene.tree.deps(noun, "amod")
    ):
        return True
    return "men" in wanted and scene.tree.lower[noun] == "men" and _many(scene, noun)


def _many(scene: Scene, noun: int) -> bool:
    """ "5,500 men" are a force; "two men" are two men."""
    return any(
        len(scene.tree.lower[k]) > 2 and scene.tree.lower[k][0].isdigit()
        for k in scene.tree.deps(noun, "nummod")
    )


def _bare(scene: Scene, verb: int, objects: list[int]) -> bool:
    """ "The army withdrew": no object, and a state or a force as the subject."""
    subject = scene.tree.subject(verb)
    if objects or subject is None or scene.tree.passive(verb):
        return False
    index = scene.actors.actors
    states = any(index[a].type == "state" for a in scene.refer(subject) if a in index)
    return states or in_class(scene, subject, load_classes()["troops"])


def sends_home(scene: Scene, verb: int) -> bool:
    """ "Ordered the forces back to their bases": a withdrawal, whatever the verb."""
    tree = scene.tree
    inside = [i for i in tree.subtree(verb) if verb < i < verb + 15]
    return any(
        tree.lower[i] in measure_words("home")
        and (tree.dep[i] in ("advmod", "prt") or (tree.lower[tree.head[i]] == "to" and _is_theirs(scene, i)))
        for i in inside
    )


def _is_theirs(scene: Scene, base: int) -> bool:
    """ "To their bases", "to barracks"; "to a base" may be anyone's."""
    return not scene.tree.deps(base, "det")


def _measure(scene: Scene, verb: int, kind: str) -> VerbMeasure | None:
    tree, status = scene.tree, _status(scene, verb)
    if (status not in _TOLD and not _threatened(scene, verb, status)) or undecided(scene, verb):
        return None
    if status == "planned" and not _bound(scene, verb):
        return None
    if tree.lemma[verb] in measure_words("decrees") and status != "hypothetical":
        status = "planned"
    actors = doer(scene, verb) or _by_clause_above(scene, verb)
    unnamed = kind in measure_words("nobody") and (
        tree.first(verb, "nsubjpass") is not None or tree.lemma[verb] in measure_words("arrives")
    )
    if not actors and not unnamed:
        return None
    if kind == "exercise" and not any(armed(scene, a) for a in actors):
        return None  # a school's drill
    span = clause_span(scene, Coding("COERCE", None, None, (), (), verb, verb, verb, status, ""))
    targets = resolve(scene, _TARGETS, verb, tree.patients(verb))
    return VerbMeasure(kind, verb, actors, tuple(t for t in targets if t not in actors), status, span)


def _status(scene: Scene, verb: int) -> str:
    """As elsewhere, but "announced that it would lift the embargo" is a promise, for the telling is past."""
    tree, status, at = scene.tree, verb_status(scene, verb), verb
    if status != "hypothetical" or not any(tree.lower[k] == "would" for k in tree.deps(verb, "aux")):
        return status
    while tree.dep[at] == "conj" and tree.head[at] != at:
        at = tree.head[at]
    above = tree.head[at]
    told = tree.dep[at] == "ccomp" and tree.lemma[above] in load_words().saying
    if not told and any(tree.lower[k] == "that" for k in tree.deps(at, "mark")):
        statement = scene.statement_at(verb)  # "told them after the session that …", hung on the session
        above = tree.head[tree.head[above]] if tree.pos[above] == "NOUN" else above
        told = statement is not None and statement.kind == "indirect" and tree.pos[above] == "VERB"
    sure = not tree.deps(above, "neg", "aux") or tree.lower[above - 1] in ("has", "have", "had")
    own = any(tree.lower[k] in ("if", "unless") for k in tree.deps(verb, "mark"))
    return "planned" if told and sure and tree.tag[above] in ("VBD", "VBN") and not own else status


def armed(scene: Scene, actor: str) -> bool:
    """True for who may have an army: a state, or a body of one."""
    known = scene.actors.actors.get(actor)
    return known is not None and (known.type == "state" or known.country is not None)


def _threatened(scene: Scene, verb: int, status: str) -> bool:
    """ "Threatened to pull its soldiers out": told as the doer's own threat."""
    tree = scene.tree
    return (
        status == "hypothetical" and tree.dep[verb] == "xcomp" and tree.lemma[tree.head[verb]] == "threaten"
    )


def _by_clause_above(scene: Scene, verb: int) -> tuple[str, ...]:
    """Who does it by the clause above: "voted by 13 to 2 to send a force"; "the ban which it imposed"."""
    tree, above = scene.tree, scene.tree.head[verb]
    if tree.dep[verb] == "advcl" and tree.tag[verb] == "VB":
        return doer(scene, above) if tree.lemma[above] == "vote" else ()
    subject = tree.first(verb, "nsubj")
    if tree.dep[verb] != "relcl" or subject is None or tree.lower[subject] != "it" or scene.refer(subject):
        return ()
    while tree.pos[above] != "VERB" and tree.head[above] != above:
        above = tree.head[above]
    return doer(scene, above) if tree.pos[above] == "VERB" and not tree.passive(above) else ()


def _bound(scene: Scene, verb: int) -> bool:
    """ "Offered to send", "will lift": its own promise, not what another is asked for."""
    tree, at = scene.tree, verb
    while tree.dep[at] == "conj" and tree.head[at] != at:
        at = tree.head[at]
    return is_future(tree, verb) or tree.lemma[tree.head[at]] in measure_words("commits")


def undecided(scene: Scene, verb: int) -> bool:
    """ "Divided over whether to extend the embargo", "asked whether it would": nothing done or promised."""
    tree, at = scene.tree, verb
    for _ in range(6):
        if any(tree.lower[k] == "whether" for k in tree.kids[at]):
            return True
        if tree.head[at] == at or tree.dep[at] in ("relcl",):
            return False
        at = tree.head[at]
    return False
