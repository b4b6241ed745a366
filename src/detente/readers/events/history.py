"""Is it long ago? By its date, by "in World War II", by "the day in 1956 when …"."""

from __future__ import annotations

from detente.readers.events.lexicon import load_words
from detente.readers.events.scene import Scene
from detente.readers.events.tree import Tree
from detente.record import Date

HISTORY_DAYS = 365


def history_of(scene: Scene, token: int, status: str) -> str:
    """The status, or "historical" where date or background words tell of long ago."""
    if status not in ("happened", "ongoing"):
        return status
    tree, at = scene.tree, token
    for _ in range(3):
        if _background(tree, at):
            return "historical"
        if tree.dep[at] not in ("dobj", "xcomp", "pobj", "prep", "conj", "nsubj"):
            break
        at = tree.head[at]
    dates = [scene.date(token), *_of_day(scene, token)]
    return "historical" if any(_long_ago(d, scene.article.published) for d in dates) else status


def _of_day(scene: Scene, verb: int) -> list[Date]:
    """The date of "the day in 1956 when …" over its relative clause."""
    tree = scene.tree
    if tree.dep[verb] != "relcl" or not any(tree.lower[k] in ("when", "which") for k in tree.kids[verb]):
        return []
    inside = set(tree.subtree(tree.head[verb])) - set(tree.subtree(verb))
    return [time.date for time in scene.times if time.start in inside and time.kind == "DATE"]


def _background(tree: Tree, token: int) -> bool:
    table = load_words().tables["background"]
    for kid in tree.deps(token, "advmod"):
        if tree.lower[kid] in table["adverbs"] and tree.dep[token] != "advcl":
            return True
    for preposition, noun in tree.preps(token):
        if preposition in ("during", "in") and _is_era(tree, noun, table["eras"]):
            return True
    return False


def _is_era(tree: Tree, noun: int, eras: frozenset[str]) -> bool:
    if tree.lower[noun] in eras and tree.lemma[noun] != "war":
        return True
    joined = {f"{tree.lower[kid]} {tree.lower[noun]}" for kid in tree.deps(noun, "compound", "amod", "nmod")}
    return bool(joined & eras) or (tree.lower[noun] == "ii" and tree.lower[max(noun - 1, 0)] == "war")


def _long_ago(date: Date, published: Date) -> bool:
    day, today = date.last_day, published.first_day
    if date.basis == "published" or day is None or today is None:
        return False
    return (today - day).days > HISTORY_DAYS
