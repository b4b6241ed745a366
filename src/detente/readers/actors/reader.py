"""The actors reader: every reference to an actor in an article, and whom it means.

Steps, in this order, because each needs the one before:

1. look every paragraph's names up (states, organisations, persons of the offices table);
2. find persons, then descriptions, then states and organisations that no larger reference covers;
3. learn the full names of the article, so that a surname before its full name still joins;
4. resolve the references in reading order, the pronouns among them.
"""

from __future__ import annotations

from collections import Counter

from detente.article.dateline import find_place
from detente.language.parse import Paragraph, ParsedArticle
from detente.readers.actors.draft import Draft
from detente.readers.actors.find import (
    find_halves,
    find_organisations,
    find_peoples,
    find_states,
    find_titles,
)
from detente.readers.actors.lexicon import Lexicon, load_lexicon
from detente.readers.actors.nominals import find_nominals
from detente.readers.actors.offices import Holder, Offices, built_in_offices
from detente.readers.actors.people import find_known, find_labels, find_people
from detente.readers.actors.persons import People
from detente.readers.actors.pronouns import Pronouns
from detente.readers.actors.resolve import Resolver
from detente.readers.actors.trie import Trie, plain
from detente.readers.actors.view import HITS, Hit, View, pick, view_of
from detente.readers.index import ActorIndex, Mention
from detente.readers.names import ACTORS as READER
from detente.record import Abstention, Date, Reading

# The characters a dateline may take.
_DATELINE = 200
# A text without a date that speaks of the Soviet Union as existing is read as of this day.
_SOVIET_DAY = "1985-01-01"


def read_actors(
    parsed: ParsedArticle, reading: Reading, actors: ActorIndex, *, offices: Offices | None = None
) -> None:
    """Find the actors of an article and every place that refers to them.

    Fills ``actors`` and appends to ``reading.actors`` the actors that the body mentions. A pronoun or
    description that stays open enters ``reading.abstentions``.

    Args:
        parsed: the article; its body alone is read.
        reading: takes the actors and abstentions.
        actors: takes the mentions.
        offices: another table of offices than the built-in one.
    """
    table = offices or built_in_offices()
    lexicon = load_lexicon()
    views = [view_of(paragraph, lexicon) for paragraph in parsed.body]
    day = _day(parsed.article.published, views)
    people = People(table, lexicon, day)
    drafts = [drafts_of(view, lexicon, table, day) for view in views]
    _adopt_offices([d for found in drafts for d in sorted(found, key=lambda d: d.start)])
    for view, found in zip(views, drafts, strict=True):
        found += find_labels(view, _labels(views))
    people.learn(d for found in drafts for d in found if d.what == "person" and d.name)
    for view, found in zip(views, drafts, strict=True):
        found += late_drafts(view, people, lexicon, day)
    resolver = Resolver(parsed.article.id, people, lexicon)
    pronouns = Pronouns(resolver, _written_from(parsed, lexicon, day))
    for view, found in zip(views, drafts, strict=True):
        # Names first: a pronoun in a quotation must know the speaker named after it.
        for draft in (*sorted(found, key=lambda d: (d.start, -d.end)), *pronouns.find(view)):
            _enter(view, draft, resolver, pronouns, reading, actors)
    for making in resolver.actors.by_key.values():
        if making.mentions:
            actor = making.finished()
            actors.actors[actor.id] = actor
            reading.actors.append(actor)


def _enter(
    view: View, draft: Draft, resolver: Resolver, pronouns: Pronouns, reading: Reading, actors: ActorIndex
) -> None:
    paragraph = view.paragraph
    span = paragraph.span_of(view.doc[draft.start : draft.end])
    if draft.kind == "pronoun":
        ids, confidence = pronouns.resolve(view, draft, span)
    else:
        title = None
        if draft.title_words is not None:
            title = paragraph.span_of(view.doc[draft.title_words[0] : draft.title_words[1]])
        draft.of_said = view.text(draft.start, draft.end) if draft.of else ""
        going_on = pronouns.continued(view, draft)
        if going_on and not resolver.knows(draft):
            person = resolver.people.persons.get(resolver.actors.by_id[going_on[0]].key)
            draft.what, draft.kind = "person", "nominal"
            draft.name = person.name if person is not None else None
        if resolver.lacks_country(draft) and not _goes_on(view, draft):
            draft.country = resolver.own_title(draft) or pronouns.in_play(view, draft)
            draft.inferred = draft.country is not None
        ids, confidence = resolver.resolve(draft, span, title), draft.confidence
        if (draft.many or draft.what in ("reference", "half")) and not ids:
            return
        if draft.lemma != ":":  # a transcript's speaker is not the "he" of his own words
            pronouns.saw(view, draft, ids)
    if not ids:
        reading.abstentions.append(Abstention(READER, paragraph.article, span, f"{draft.kind} left open"))
    told = bool(ids) and draft.inferred
    place = (paragraph.index, draft.start, draft.end, draft.head)
    actors.add(Mention(*place, span, ids, draft.kind, confidence, told))


def _written_from(parsed: ParsedArticle, lexicon: Lexicon, day: str) -> str | None:
    """The country whose city stands in the dateline of the first paragraph."""
    if not parsed.article.body:
        return None
    start, end = parsed.article.body[0]
    place = find_place(parsed.article.text[start : min(end, start + _DATELINE)])
    if place is None:
        return None
    words = [plain(w.capitalize() if w.isupper() else w) for w in place[0].split(",")[0].split()]
    for first, last, names in lexicon.names.find(words):
        if (first, last) == (0, len(words)):
            name = pick(names, day)
            return name.country if name.kind in ("capital", "city") else None
    return None


def _goes_on(view: View, draft: Draft) -> bool:
    """ "The president of the council": whose it is stands behind, though no name of ours."""
    return view.lower[draft.end : draft.end + 1] in (["of"], ["for"], ["to"], ["at"])


def _labels(views: list[View]) -> frozenset[str]:
    """Names before a colon that open two paragraphs or more: the speakers of a transcript."""
    opening = Counter(v.words[0] for v in views if v.words[1:2] == [":"] and v.words[0][:1].isupper())
    return frozenset(word for word, count in opening.items() if count > 1 and word.isalpha())


def _adopt_offices(drafts: list[Draft]) -> None:
    """ "Qatar's foreign minister said … The minister, X, …": the office told last is the one X holds."""
    last: Draft | None = None
    for draft in drafts:
        if draft.what != "person" or not draft.title:
            continue
        if draft.kind == "nominal" and not draft.name:
            last = draft if draft.country or draft.of else last
        elif draft.country or draft.of:
            last = None
        elif last is not None and draft.name and draft.apposed and _is_short(draft.title, last.title):
            draft.country, draft.of, draft.of_name = last.country, last.of, last.of_name
            draft.title = last.title


def _is_short(title: str, office: str | None) -> bool:
    """ "The minister" for a foreign minister told before."""
    return f" {office}".endswith(f" {title}")


def drafts_of(
    view: View, lexicon: Lexicon, offices: Offices, day: str, *, alone: bool = False
) -> list[Draft]:
    """The references of a paragraph that need no knowledge of the article, none overlapping another.

    ``alone`` is for a phrase without a text around it.
    """
    titles = find_titles(view)
    found = find_people(view, titles, lexicon, _known(offices), day)
    told = {draft.title_words: draft.name for draft in found if draft.title_words and draft.name}
    named = {draft.head: draft.name for draft in found if draft.name}
    found += find_nominals(view, titles, lexicon, day, told=told, named=named, alone=alone)
    states = find_states(view, day)
    for draft in states:
        view.taken.update(range(draft.start, draft.end))
    return found + states + find_halves(view, lexicon)


def late_drafts(view: View, people: People, lexicon: Lexicon, day: str) -> list[Draft]:
    """The references left over once the article's persons are known: single names, other organisations."""
    known = find_known(view, people, lexicon, day)
    return known + find_organisations(view, lexicon, day) + find_peoples(view)


_TRIES: dict[int, Trie[Holder]] = {}


def _known(offices: Offices) -> Trie[Holder]:
    if id(offices) not in _TRIES:
        trie: Trie[Holder] = Trie()
        for name, holder in offices.names():
            trie.add(name, holder)
        _TRIES.clear()
        _TRIES[id(offices)] = trie
    return _TRIES[id(offices)]


def _day(published: Date, views: list[View]) -> str:
    """The day names are read at: the publication day, or a Soviet one where the text speaks so."""
    if published.known:
        return published.from_[:10]
    if any(_soviet(view, hit) for view in views for hit in view.hits):
        return _SOVIET_DAY
    return ""


def _soviet(view: View, hit: Hit) -> bool:
    """True where the text speaks of the Soviet Union without calling it the former one."""
    if hit.names[0].country != "SUN" or not all(name.to for name in hit.names):
        return False
    return hit.start == 0 or view.lower[hit.start - 1] not in ("former", "ex", "-", "old")


def places(paragraph: Paragraph, published: Date | None = None) -> list[tuple[int, int, str, str | None]]:
    """The places that a paragraph names: token start, token end, name, country code.

    States and capitals are among them, whether or not they act; ``published`` decides which state a
    name means (today's when None).
    """
    day = published.from_[:10] if published is not None and published.known else ""
    found = []
    kept: list[Hit] | None = paragraph.doc.user_data.get(HITS)
    for hit in kept if kept is not None else view_of(paragraph, load_lexicon()).hits:
        name = pick(hit.names, day)
        if name.kind in ("country", "capital", "place", "city", "seat"):
            text = (
                name.name
                if name.kind in ("country", "place", "city")
                else paragraph.doc[hit.start : hit.end].text
            )
            found.append((hit.start, hit.end, text, name.country))
    return found
