"""Those who are told something, or say it, and whom no list of actors knows: "the members", "the pilots".

Only where the grammar leaves no doubt that somebody is meant: whom a verb of telling is told to, or a plural
noun of doers that a verb of saying has for its subject. They become groups of this article alone.
"""

from __future__ import annotations

from detente.language.parse import ParsedArticle
from detente.readers.actors.lexicon import load_lexicon
from detente.readers.actors.registry import actor_id
from detente.readers.index import ActorIndex
from detente.readers.names import STATEMENTS as READER
from detente.readers.statements.context import is_medium
from detente.readers.statements.forms import forms
from detente.readers.statements.view import View
from detente.record import Actor, Reading

# How nouns of doers end: "opponents", "clerics", "members", "historians".
_DOERS = ("ers", "ors", "ists", "ians", "ants", "ents", "men", "women", "ees", "eers", "ics", "als", "ans")
_THINGS = (
    "ments",
    "papers",
    "letters",
    "orders",
    "numbers",
    "figures",
    "matters",
    "documents",
    "proposals",
    "signals",
)
_CONFIDENCE = 0.6
_LONGEST = 60


def hearer(
    view: View, head: int, parsed: ParsedArticle, reading: Reading, actors: ActorIndex
) -> tuple[str, ...]:
    """The group that a hearer's noun stands for; nobody for a thing, a time or an occasion."""
    named = view.pos[head] == "PROPN" and view.lemma[head] in forms().assemblies  # "told the Council"
    if not (named or view.pos[head] == "NOUN") or view.ent[head] in (
        "DATE",
        "TIME",
        "EVENT",
        "MONEY",
        "PERCENT",
        "CARDINAL",
    ):
        return ()
    if view.lemma[head] in forms().not_told or is_medium(view, head):
        return ()
    return (_enter(view, head, parsed, reading, actors),)


def speaker(
    view: View, head: int, parsed: ParsedArticle, reading: Reading, actors: ActorIndex
) -> tuple[str, ...]:
    """The group that a speaker's plural noun stands for, if it is one of doers."""
    of = next((c for c in view.children[head] if view.low[c] == "of" and c == head + 1), -1)
    if of >= 0 and view.pos[head] in ("ADJ", "DET", "NUM", "PRON"):  # "several of his opponents"
        head = next((c for c in view.children[of] if view.dep[c] == "pobj"), head)
    word = view.low[head]
    if view.tag[head] != "NNS" or not word.endswith(_DOERS) or word.endswith(_THINGS):
        return ()
    if view.lemma[head] in forms().documents or view.lemma[head] in forms().issued:
        return ()
    if view.lemma[head] in load_lexicon().heads:
        return ()  # known, and left open with a reason: "its own ministers"
    return (_enter(view, head, parsed, reading, actors),)


def _enter(view: View, head: int, parsed: ParsedArticle, reading: Reading, actors: ActorIndex) -> str:
    """The actor's id; on first use it is added to the article's actors."""
    lemma, plural = view.lemma[head], view.tag[head] == "NNS"
    key = f"group:?{parsed.article.id}:UNK:{lemma}{':several' if plural else ''}"
    id_ = actor_id(key)
    if id_ in actors.actors:
        return id_
    [span] = view.spans(head, head + 1)
    name = _name(view, head)
    made = Actor(id_, name, (name,), "group", None, None, (), (span,), None, key, READER, _CONFIDENCE)
    actors.actors[id_] = made
    reading.actors.append(made)
    return id_


def _name(view: View, head: int) -> str:
    """The noun with the words that tell which: "union men"."""
    start = head
    while start - 1 >= view.left[head] and view.pos[start - 1] in ("ADJ", "NOUN", "PROPN"):
        start -= 1
    paragraph, first = view.local(start)
    words: str = paragraph.doc[first : first + head + 1 - start].text
    return words if len(words) <= _LONGEST else view.text[head]
