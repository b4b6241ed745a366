"""The scenes of one article: its paragraphs as readers of events see them, made once for all of these."""

from __future__ import annotations

from detente.language.parse import ParsedArticle
from detente.language.times import day_of_report, paragraph_times
from detente.readers.events.scene import Scene
from detente.readers.events.tree import tree_of
from detente.readers.index import ActorIndex
from detente.record import Reading

_KEPT = "scenes"


def scenes(parsed: ParsedArticle, reading: Reading, actors: ActorIndex) -> list[Scene]:
    """The body paragraphs of an article, ready to look things up in.

    They rest on the mentions and the statements; where one was added they are made anew.
    """
    kept = actors.worked_out.get(_KEPT)
    if kept is not None and kept[0] is parsed and kept[1] is reading and kept[2] == len(reading.statements):
        made: list[Scene] = kept[3]
        return made
    made = _scenes(parsed, reading, actors)
    actors.worked_out[_KEPT] = (parsed, reading, len(reading.statements), made)
    return made


def _scenes(parsed: ParsedArticle, reading: Reading, actors: ActorIndex) -> list[Scene]:
    contents = [(span, statement) for statement in reading.statements for span in statement.content]
    found, reported = [], day_of_report(parsed.article)
    for paragraph in parsed.body:
        inside = [
            (span.start, span.end, statement)
            for span, statement in contents
            if span.start < paragraph.end and paragraph.start < span.end
        ]
        times = paragraph_times(paragraph, reported)
        heads = {m.head: m for m in reversed(actors.mentions(paragraph)) if m.actors}
        tree = tree_of(paragraph.doc)
        found.append(Scene(parsed.article, paragraph, tree, actors, times, inside, heads))
        found[-1].new_actors, found[-1].reported = reading.actors, reported
    return found
