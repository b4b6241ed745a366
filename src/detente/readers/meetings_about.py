"""What a meeting is: its format, its host and its topic, from the words around its verb or noun."""

from __future__ import annotations

from detente.readers.events.scene import Scene
from detente.readers.meetings_words import format_of, words


def host(scene: Scene, token: int, noun: int | None) -> str | None:
    """Who hosts, brokers or convenes it, where the words say."""
    tree = scene.tree
    for head in (token, noun):
        if head is None:
            continue
        for kid in [head, *tree.deps(head, "acl", "relcl", "amod", "conj")]:
            if tree.lemma[kid] in words("verbs", "hosting") and tree.pos[kid] == "VERB":
                agents = [a for n in tree.agents(kid)[:1] for a in scene.refer(n)]
                if agents:
                    return agents[0]
    return None


def topic(scene: Scene, token: int, noun: int | None) -> str | None:
    """The words after "on", "about", "over", or the object of "discuss", as written."""
    tree = scene.tree
    heads = [h for h in (noun, token) if h is not None]
    for head in heads:
        for preposition, topic in tree.preps(head):
            if (
                preposition in ("on", "about", "over", "regarding", "concerning")
                and tree.ent[topic] not in ("DATE", "TIME")
                and tree.lemma[topic] not in words("nouns", "no_topic")
            ):
                return _words(scene, topic)
        for kid in tree.deps(head, "xcomp", "advcl", "conj", "acl"):
            if tree.lemma[kid] in words("verbs", "about") and tree.patients(kid):
                return _words(scene, tree.patients(kid)[0])
    return None


def _words(scene: Scene, noun: int) -> str | None:
    inside = [i for i in scene.tree.subtree(noun) if abs(i - noun) < 15]
    span = scene.span(min(inside), max(inside))
    return scene.article.words(span) if span.end - span.start < 160 else scene.tree.doc[noun].text


def form(scene: Scene, token: int, noun: int | None, mode: str | None) -> str:
    """Call, visit, talks, conference or meeting, by the mode of the event and the words."""
    tree = scene.tree
    by_line = any(
        tree.lemma[n] in words("nouns", "lines") for p, n in tree.preps(token) if p in ("by", "on", "over")
    )
    if mode == "phone" or by_line:
        return "call"
    if mode == "visit":  # "received him at the palace" is a meeting
        return "meeting" if tree.lemma[token] in words("verbs", "receiving") else "visit"
    return format_of((tree.lemma[noun] if noun is not None else "", tree.lemma[token]))
