"""Stance words: which stance one tells where it stands, after ``data/events/stances.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from detente.readers.events.contents import contents, doer
from detente.readers.events.lexicon import load_words, read_rows
from detente.readers.events.match import called, infinitives
from detente.readers.events.requests import calls
from detente.readers.events.scene import Scene
from detente.readers.events.status import is_future, is_negated, verb_status
from detente.readers.events.tree import Tree
from detente.readers.issue_heads import antecedent

# Stances that answer what another asked or offered.
ANSWERS = ("accepts", "rejects", "supports", "refuses", "wary", "open")


@dataclass(frozen=True, slots=True)
class Stance:
    """A stance word's row: its particle, its stance, the stance when negated, and where its parts stand."""

    particle: str
    stance: str
    negated: str
    content: tuple[str, ...]
    addressee: tuple[str, ...]


_REJECTED = Stance("", "rejects", "open", ("obj",), ())


@cache
def load_stances() -> dict[str, tuple[Stance, ...]]:
    """The rows of each stance word, those with a particle first."""
    found: dict[str, list[Stance]] = {}
    for row in read_rows("events", "stances.csv"):
        content = tuple(slot for slot in row["content"].split() if slot != "NONE")
        stance = Stance(
            row["particle"], row["stance"], row["negated"], content, tuple(row["addressee"].split())
        )
        for verb in row["verbs"].split():
            found.setdefault(verb, []).append(stance)
    return {verb: tuple(sorted(rows, key=lambda s: not s.particle)) for verb, rows in found.items()}


def fitting(scene: Scene, token: int) -> list[Stance]:
    """The rows of a stance word: those of its particle where it has one ("rule out" is not "rule")."""
    tree = scene.tree
    if rejected_as(scene, token):
        return [_REJECTED]
    if tree.lemma[token] == "give":
        return list(load_stances()["give"]) if _gives_time(tree, token) else []
    if tree.lemma[token] == "call" and not calls(scene, token):
        return []
    near = {tree.lower[k] for k in tree.deps(token, "prt", "prep", "advmod")}
    rows = load_stances()[tree.lemma[token]]
    return [s for s in rows if s.particle and s.particle in near] or [s for s in rows if not s.particle]


def rejected_as(scene: Scene, token: int) -> list[int]:
    """ "Called the timetable unacceptable", "described the ban as illegal": the words of the verdict."""
    words = load_words().tables["verdict"]["rejected"]
    calling = scene.tree.lemma[token] in ("call", "describe", "brand", "declare", "consider")
    return called(scene, token, words) if calling else []


def _gives_time(tree: Tree, verb: int) -> bool:
    """ "Gave the junta a week to free him": an ultimatum."""
    spans = [n for n in tree.deps(verb, "dobj") if tree.lemma[n] in ("hour", "day", "week", "month")]
    return bool(spans and tree.deps(verb, "dative")) and bool(infinitives(tree, verb))


def polarity(scene: Scene, token: int, stance: Stance) -> str | None:
    """The stance word's stance, turned by a negation; None for what is only possible or past guessing."""
    tree = scene.tree
    negated = (is_negated(tree, token) and not _listed_after(scene, token)) or (
        tree.pos[token] == "ADJ" and is_negated(tree, tree.head[token])
    )
    name = stance.negated if negated else stance.stance
    if name == "NONE":
        return None
    if negated and stance.negated == "open":
        return None
    if _after_condition(scene, token):
        return None
    would = any(tree.lower[k] in ("would", "'d") for k in tree.deps(token, "aux"))
    would_like = would and tree.lemma[token] in load_words().tables["keywords"]["wish"]
    judged = antecedent(scene, token, contents(scene, token, stance.content)) is not None
    judged = judged or _before_colon(scene, token)
    told = negated or would_like or judged or tree.pos[token] != "VERB"
    if not told and verb_status(scene, token) in ("hypothetical", "denied"):
        return None
    if not told and verb_status(scene, token) == "planned" and not is_future(tree, token):
        return None  # what another wants of it
    if tree.lemma[token] == "like" and "would" not in [tree.lower[k] for k in tree.deps(token, "aux")]:
        return None
    return name


def _listed_after(scene: Scene, verb: int) -> bool:
    """ "Appealed for a pause: no shipments and no blockade": what a colon opens denies nothing before it."""
    tree = scene.tree
    if tree.deps(verb, "neg"):
        return False
    return any(":" in tree.lower[verb:k] for k in tree.deps(verb, "dobj"))


def _before_colon(scene: Scene, verb: int) -> bool:
    """ "Proposed a solution: Iraq would leave": what follows a colon governs nothing before it."""
    tree, above = scene.tree, scene.tree.head[verb]
    return tree.dep[verb] == "ccomp" and above > verb and any(w in (":", ";") for w in tree.lower[verb:above])


def _after_condition(scene: Scene, verb: int) -> bool:
    """ "The fighting would stop once Egypt accepted a force": the clause that such a word opens."""
    tree = scene.tree
    subject = tree.first(verb, "nsubj")
    first = min(tree.subtree(subject)) if subject is not None and subject < verb else verb
    return first > 0 and tree.lower[first - 1] in ("once", "if", "unless", "until", "whether")


def is_by_whom(scene: Scene, verb: int) -> bool:
    """ "The request was declined by Washington": an answer with its doer named, in the passive."""
    answers = all(stance.stance in ANSWERS for stance in fitting(scene, verb))
    return answers and bool(scene.tree.deps(verb, "agent"))


def is_of_anyone(scene: Scene, verb: int) -> bool:
    """ "Called him a man who wanted to kill": a clause about one of a kind tells nobody's stand."""
    tree, above = scene.tree, scene.tree.head[verb]
    if tree.dep[verb] != "relcl" or tree.dep[above] not in ("oprd", "attr", "appos", "ccomp"):
        return False
    if not any(tree.lower[k] in ("who", "that", "which") for k in tree.deps(verb, "nsubj")):
        return False
    return any(tree.lower[k] in ("a", "an") for k in tree.deps(above, "det"))


def is_to_convince(scene: Scene, token: int, parties: tuple[str, ...]) -> bool:
    """ "Did little to reassure them that X does not plan …": nobody of X's takes a stand there."""
    above = scene.tree.head[token]
    if (
        scene.tree.dep[token] != "ccomp"
        or scene.tree.lemma[above] not in load_words().tables["convince"]["verbs"]
    ):
        return False
    return not set(doer(scene, above)) & set(parties)


def denial(tree: Tree, token: int) -> list[int]:
    """The words that turn a stance round, with the helper before them: "does not" want, "no" intention."""
    turned = [k for k in tree.kids[token] if k < token and (tree.dep[k] == "neg" or tree.lower[k] == "no")]
    return turned + [k for k in tree.deps(token, "aux") if turned and k < max(turned)]
