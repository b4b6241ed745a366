"""One paragraph as the actors reader looks at it: tokens, names found, and how a name is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from detente.language.parse import Paragraph
from detente.readers.actors.lexicon import Lexicon, Name, load_lexicon, usage
from detente.readers.actors.trie import plain

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan


HITS = "detente.hits"


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the lexicon in a paragraph: token range and what it may mean."""

    start: int
    end: int
    names: list[Name]


@dataclass(slots=True)
class View:
    """A paragraph's parse with the names found in it."""

    paragraph: Paragraph
    doc: Doc
    words: list[str]
    lower: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    starts: list[bool]
    lemmas: list[int]
    ents: Sequence[TokenSpan]
    hits: list[Hit]
    hit_at: dict[int, Hit]
    taken: set[int] = field(default_factory=set)

    def free(self, start: int, end: int) -> bool:
        """True when no mention covers any of these tokens yet."""
        return not any(i in self.taken for i in range(start, end))

    def text(self, start: int, end: int) -> str:
        """The exact words of a token range."""
        return self.doc[start:end].text

    def lemma(self, i: int) -> str:
        """A token's lemma in lower case; plural proper nouns come back singular."""
        key = self.lemmas[i]
        found = _LEMMAS.get(key)
        if found is None:
            found = _LEMMAS[key] = _singular(self.doc[i].lemma_.lower())
        return found


@cache
def _known_words() -> frozenset[str]:
    lexicon = load_lexicon()
    words = set(lexicon.heads) | set(lexicon.titles) | set(lexicon.unnamed) | set(lexicon.state)
    return frozenset(words)


_SINGULARS: dict[str, str] = {}


def _singular(word: str) -> str:
    """A plural the lemmatiser left alone ("Forces" as part of a name), if its singular is a known word."""
    found = _SINGULARS.get(word)
    if found is None:
        known = _known_words()
        found = word
        if word not in known and word.endswith("s"):
            options = (word[:-1], word[:-2], word[:-3] + "y")
            found = next((option for option in options if option in known), word)
        _SINGULARS[word] = found
    return found


def view_of(paragraph: Paragraph, lexicon: Lexicon, *, loose: bool = False) -> View:
    """Look a paragraph's names up and lay out what the reader asks of its tokens.

    ``loose`` takes every town's name for the town, as a phrase without a sentence needs.
    """
    doc = paragraph.doc
    # One array instead of a Token object a value: a tenth of the time.
    table = doc.to_array(["ORTH", "LOWER", "POS", "DEP", "HEAD", "SENT_START", "LEMMA"])
    orth, low, pos, dep, head, start, lemma = table.T.tolist() if len(doc) else ([], [], [], [], [], [], [])
    strings = doc.vocab.strings
    words = [_PLAIN.get(h) or _PLAIN.setdefault(h, plain(strings[h])) for h in orth]
    hits = [Hit(first, end, values) for first, end, values in lexicon.names.find(words)]
    hits = [hit for hit in hits if loose or _stands_alone(doc, hit)]
    if not loose:
        doc.user_data[HITS] = hits  # `places` asks again
    return View(
        paragraph,
        doc,
        words,
        [_TEXT.get(h) or _TEXT.setdefault(h, strings[h]) for h in low],
        [_TEXT.get(h) or _TEXT.setdefault(h, strings[h]) for h in pos],
        [_TEXT.get(h) or _TEXT.setdefault(h, strings[h]) for h in dep],
        [i + _signed(h) for i, h in enumerate(head)],
        [s == 1 for s in start],
        lemma,
        doc.ents,
        hits,
        {i: hit for hit in hits for i in range(hit.start, hit.end)},
    )


# spaCy's string hashes are the same on every machine: safe to keep for the process.
_PLAIN: dict[int, str] = {}
_TEXT: dict[int, str] = {}
_LEMMAS: dict[int, str] = {}


def _signed(offset: int) -> int:
    """Array values are unsigned; a head to the left wraps around."""
    return offset - (1 << 64) if offset >= 1 << 63 else offset


def _stands_alone(doc: Doc, hit: Hit) -> bool:
    """False for a city's name that the parse does not take for a place (Bush, Nice, Split)."""
    kinds = {name.kind for name in hit.names}
    first = doc[hit.start]
    if hit.names[0].name.startswith("the "):
        return _collective(doc, hit)
    if kinds & {"city", "place"} == kinds:
        if first.ent_type_ in ("GPE", "LOC", "FAC"):
            return True
        return first.ent_type_ in ("", "ORG", "NORP") and kinds == {"place"} and first.pos_ == "PROPN"
    if hit.end - hit.start == 1 and first.ent_type_ == "PERSON":
        # "Jordan" and "Chad" are first names too.
        return not (
            (first.i + 1 < len(doc) and doc[first.i + 1].ent_iob_ == "I")
            or (first.ent_iob_ == "I" and not kinds & {"adjective", "people"})
        )
    return not (first.text.isupper() and len(first.text) <= 2 and first.pos_ in ("VERB", "AUX", "PRON"))


def _collective(doc: Doc, hit: Hit) -> bool:
    """True for "the West" and "Western diplomats", not for "in the West" and "Western Australia"."""
    first, before = doc[hit.start], doc[hit.start - 1].lower_ if hit.start else ""
    following = doc[hit.end] if hit.end < len(doc) else None
    named = any(token.pos_ == "PROPN" for token in doc[hit.end + 1 : hit.end + 3])
    place_of = following is not None and following.lower_ == "of" and named
    if following is not None and (following.pos_ == "PROPN" or following.lower_ == "-" or place_of):
        return False  # "the West of Scotland"; "accused the West of hypocrisy" is a party
    if first.pos_ == "ADJ" or first.text.endswith("ern"):
        return (
            following is not None
            and following.pos_ in ("NOUN", "ADJ")
            and following.lemma_ not in usage("place_heads") | usage("place_kinds")
        )
    place = doc[hit.start - 2].lower_ if hit.start > 1 else ""
    return before == "the" and place not in usage("place_prepositions")


def pick(names: list[Name], day: str) -> Name:
    """Which meaning of a name holds on a day (ISO; empty: today's)."""
    if len(names) == 1:
        return names[0]
    if not day:
        return next((n for n in names if not n.to), names[0])
    holding = [n for n in names if n.holds(day)]
    # The narrower meaning first: the one that ended (SUN before RUS in 1962).
    holding.sort(key=lambda n: n.to or "9999")
    return holding[0] if holding else names[0]


def last_token(view: View, start: int, end: int) -> int:
    """The token of a range that its other tokens hang on."""
    for i in range(end - 1, start - 1, -1):
        if not start <= view.head[i] < end or view.head[i] == i:
            return i
    return end - 1


def acts(view: View, start: int, end: int, kind: str) -> float:
    """How surely a state's name, capital or seat stands for the actor here (0: it is a place)."""
    i = last_token(view, start, end)
    if kind in ("people", "adjective"):
        return 0.8
    if _in_dateline(view, start, end):
        return 0.0
    for _ in range(4):  # a coordination is used as its first member is
        if view.dep[i] not in ("conj", "appos") or view.head[i] == i:
            break
        if view.dep[i] == "appos" and view.hit_at.get(view.head[i]) is not None:
            return 0.0  # "Donetsk, Ukraine"
        i = view.head[i]
        if view.hit_at.get(i) is None:
            break
    dep = view.dep[i]
    if dep == "pobj":
        return _after_preposition(view, i, kind)
    if dep in ("dobj", "obj") and kind == "capital":
        return 0.0 if view.lemma(view.head[i]) in usage("taken") else 0.7
    if dep in ("compound", "nmod", "npadvmod", "amod"):
        if dep == "npadvmod":
            return 0.6 if kind == "country" and view.words[i + 1 : i + 2] == ["-"] else 0.0
        return 0.7 if kind in ("country", "seat") else 0.0
    if dep == "poss" and kind == "capital":
        return 0.7
    return 0.9


def _in_dateline(view: View, start: int, end: int) -> bool:
    """ "KIEV, Ukraine (AP)", "Donetsk, Ukraine": a country that only says where a town is."""
    if start >= 2 and view.words[start - 1] == ",":
        before = view.hit_at.get(start - 2)
        if before is not None and before.names[0].kind in ("place", "city", "capital"):
            return view.head[start] == before.end - 1 or view.dep[start] in ("appos", "npadvmod", "ROOT")
    return start == 0 and end < len(view.words) and view.words[end] in ("-", "--", "(")


def _after_preposition(view: View, i: int, kind: str) -> float:
    preposition = view.head[i]
    word = view.lower[preposition]
    governor = view.head[preposition]
    lemma = view.lemma(governor)
    if word in usage("place_prepositions"):
        return 0.0
    if word in ("to", "from", "for", "of", "toward", "towards", "on", "out"):
        if lemma in usage("motion") or (word == "from" and view.pos[governor] in ("VERB", "AUX")):
            return 0.5 if kind == "country" and word != "from" else 0.0
        if kind == "capital":
            if lemma in usage("place_heads") or view.pos[governor] not in ("NOUN", "VERB"):
                return 0.0
            return 0.6 if view.pos[governor] == "NOUN" or word == "on" else 0.3
        if lemma in usage("place_heads"):
            return 0.4
    return 0.8
