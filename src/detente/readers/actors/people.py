"""Finds persons by name, with the titles and appositions that say who they are."""

from __future__ import annotations

from detente.readers.actors.draft import Draft
from detente.readers.actors.find import Belonging, Title, find_titles, left_of, right_of
from detente.readers.actors.lexicon import Lexicon, load_lexicon, sector_of, usage
from detente.readers.actors.names import sex_of
from detente.readers.actors.offices import Holder
from detente.readers.actors.persons import People
from detente.readers.actors.trie import Trie
from detente.readers.actors.view import View

_IN_PHRASE = frozenset(["DET", "ADJ", "NOUN", "PROPN", "PART", "ADV", "NUM"])
# The words that may tell whose a title is, before the name.
_OWNER = 9
_NOT_NAMES = frozenset(["'s", "’s", "'", ",", ".", ";", ":", "-", "—", "–", "(", ")", '"', "“", "”"])


def find_people(
    view: View, titles: dict[int, Title], lexicon: Lexicon, known: Trie[Holder], day: str
) -> list[Draft]:
    """The persons named in a paragraph: by the parse, by the table of offices, after a title."""
    drafts = []
    for start, end in _ranges(view, titles, lexicon, known):
        if _is_thing(view, start, end, titles, lexicon):
            continue
        draft = _person(view, start, end, titles, lexicon, day)
        drafts.append(draft)
        view.taken.update(range(draft.start, draft.end))
    return drafts


def find_known(view: View, people: People, lexicon: Lexicon, day: str) -> list[Draft]:
    """Single names that the parse does not label but the article or the table of offices knows."""
    drafts = []
    for i, pos in enumerate(view.pos):
        if (
            not (pos == "PROPN" or _opens_sentence(view, i))
            or i in view.taken
            or i in view.hit_at
            or not view.words[i][:1].isupper()
        ):
            continue
        token = view.doc[i]
        inside = token.ent_iob_ == "I" or (i + 1 < len(view.pos) and view.doc[i + 1].ent_iob_ == "I")
        if (
            inside
            or token.ent_type_ in ("DATE", "TIME", "EVENT", "LAW", "FAC")
            or not people.known_word(token.text)
        ):
            continue
        if view.pos[i + 1 : i + 2] == ["PROPN"] and view.head[i] == i + 1:
            continue  # the first word of a longer name
        draft = _person(view, i, i + 1, find_titles(view), lexicon, day)
        draft.confidence = 0.8
        drafts.append(draft)
        view.taken.update(range(draft.start, draft.end))
    return drafts


def find_labels(view: View, labels: frozenset[str]) -> list[Draft]:
    """The speaker's surname that opens a transcript's paragraph ("VALE: …"), of the names in ``labels``."""
    word = view.words[0] if view.words[1:2] == [":"] else ""
    if word not in labels or 0 in view.taken or 0 in view.hit_at or word.lower() in usage("questions"):
        return []
    view.taken.add(0)
    return [
        Draft(view.paragraph.index, 0, 1, 0, "name", "person", name=word.title(), lemma=":", confidence=0.7)
    ]


def _opens_sentence(view: View, i: int) -> bool:
    """ "Trump spoke": a bare singular subject at the head of a sentence, taken for a noun by the parse."""
    bare = view.pos[i] == "NOUN" and view.starts[i] and view.dep[i] == "nsubj" and view.doc[i].tag_ == "NN"
    return bare and view.head[i] == i + 1 and i not in view.head[i + 1 :]


def _ranges(
    view: View, titles: dict[int, Title], lexicon: Lexicon, known: Trie[Holder]
) -> list[tuple[int, int]]:
    """Token ranges of names, without overlaps: the table first, then the parse, then titles."""
    found: dict[int, tuple[int, int]] = {}

    def enter(start: int, end: int) -> None:
        if start < end and not any(i in found for i in range(start, end)):
            for i in range(start, end):
                found[i] = (start, end)

    for start, end, _ in known.find(view.words):
        enter(*_widened(view, start, end))
    for ent in view.ents:
        person = ent.label_ == "PERSON" and not _located(view, ent.start, ent.end)
        if ent.label_ == "GPE" and not _holds_office(view, ent.start, ent.end, titles):
            continue
        alike = ent.label_ in ("ORG", "GPE")
        if person or (alike and _reads_as_person(view, ent.start, ent.end, titles, lexicon)):
            enter(*_trimmed(view, ent.start, ent.end, titles, lexicon))
    for title in dict.fromkeys(titles.values()):
        if title.end not in found:
            enter(*_after_title(view, title))
        enter(*_apposed_to(view, title))
    for i, word in enumerate(view.lower):
        if word in lexicon.honorifics and i + 1 not in found and view.words[i][:1].isupper():
            enter(*_run(view, i + 1))
    return sorted(set(found.values()))


def _holds_office(view: View, start: int, end: int, titles: dict[int, Title]) -> bool:
    """ "The British ambassador, Kenneth East,": what the parse takes for a town stands beside an office."""
    apposed = view.dep[end - 1] == "appos" and view.words[max(start - 1, 0)] == ","
    return apposed and view.head[end - 1] in titles


def _reads_as_person(view: View, start: int, end: int, titles: dict[int, Title], lexicon: Lexicon) -> bool:
    """True for "Anatoly Moroz" that the parse takes for an organisation: a first name and a surname."""
    if end - start != 2 or any(view.pos[i] != "PROPN" or i in view.hit_at for i in (start, end - 1)):
        return False
    last = view.lower[end - 1]
    known = last in lexicon.heads or last in lexicon.general or last in lexicon.outlets
    named = bool(sex_of(view.words[start])) or (
        view.words[end : end + 1] == [","] and any(i in titles for i in range(end + 1, end + 6))
    )
    return named and view.words[start].istitle() and view.words[end - 1].istitle() and not known


def _is_thing(view: View, start: int, end: int, titles: dict[int, Title], lexicon: Lexicon) -> bool:
    """True for the name of a ship, a place or a newspaper that the parse takes for a person.

    "the freighter Aurora" and "the Aurora": a person's name stands behind no such noun, and behind "the"
    only with a title or inside a longer name. "U-2" and "F-16" are types of machines.
    """
    if any(c.isdigit() for i in range(start, end) for c in view.words[i]):
        return True
    if start == 0 or start - 1 in titles:
        return False
    before = view.lemma(start - 1)
    if before in lexicon.named_things or before in lexicon.outlets:
        return view.pos[start - 1] == "NOUN"
    following = view.pos[end] if end < len(view.pos) else ""
    return before == "the" and end - start == 1 and following not in ("NOUN", "PROPN", "ADJ", "PART")


def _located(view: View, start: int, end: int) -> bool:
    """True for one word after "in", or "suburb of": a place that the parse takes for a person."""
    if end - start > 1 or start == 0:
        return False
    before = view.lower[start - 1]
    return before in ("in", "at", "near", "outside") or (
        before == "of" and start > 1 and view.lemma(start - 2) in usage("place_kinds")
    )


def _widened(view: View, start: int, end: int) -> tuple[int, int]:
    """The whole entity where the parse sees a longer name of the same person (Jr., middle names)."""
    while start > 0 and view.doc[start].ent_type_ == "PERSON" and view.doc[start].ent_iob_ == "I":
        if view.pos[start - 1] != "PROPN" or view.lower[start - 1] in load_lexicon().honorifics:
            break
        start -= 1
    return start, end


def _trimmed(view: View, start: int, end: int, titles: dict[int, Title], lexicon: Lexicon) -> tuple[int, int]:
    while end > start and (view.words[end - 1] in _NOT_NAMES or view.pos[end - 1] in ("PART", "PUNCT")):
        end -= 1
    while start < end - 1 and (
        start in titles or view.lower[start] in lexicon.honorifics or start in view.hit_at
    ):
        start += 1
    if start in view.hit_at and view.hit_at[start].names[0].kind not in ("city", "place"):
        return start, start
    if end - start == 1 and (start in titles or view.pos[start] not in ("PROPN", "NOUN", "X", "ADJ")):
        return start, start
    if not view.doc[start].text[:1].isupper():
        return start, start
    return start, end


def _after_title(view: View, title: Title) -> tuple[int, int]:
    if (
        view.doc[title.end - 1].text[:1].isupper()
        or view.pos[title.end - 1] == "PROPN"
        or title.end < len(view.words)
    ):
        return _run(view, title.end)
    return 0, 0


def _apposed_to(view: View, title: Title) -> tuple[int, int]:
    """ "Its spokeswoman, Shushan Stepanyan, denied": names between commas that are apposed to a title."""
    start = title.end + 1
    # "The spokeswoman of the Armenian ministry, Shushan Stepanyan"
    if view.words[title.end : start] != [","]:
        start = _behind_owner(view, title)
    if not start or start in view.hit_at:
        return 0, 0
    end = _run(view, start)[1]
    if end - start < 2 or view.words[end : end + 1] not in ([","], ["."], []):
        return 0, 0
    apposed = view.dep[end - 1] == "appos" and title.start <= view.head[end - 1] < title.end
    return (start, end) if apposed else (0, 0)


def _behind_owner(view: View, title: Title) -> int:
    """The word behind the comma that closes whose a title is ("of the Armenian ministry,"); 0 without one."""
    if view.lower[title.end : title.end + 1] not in (["of"], ["for"]):
        return 0
    for i in range(title.end + 1, min(title.end + _OWNER, len(view.words))):
        if view.words[i] == ",":
            return i + 1
        if view.pos[i] not in ("DET", "ADJ", "PROPN", "ADP", "NOUN") and i not in view.hit_at:
            return 0
    return 0


def _run(view: View, start: int) -> tuple[int, int]:
    """Capitalised proper nouns from here on: a name the parse did not label."""
    end = start
    while end < len(view.words) and end - start < 4:
        token = view.doc[end]
        if (
            token.pos_ != "PROPN"
            or not token.text[:1].isupper()
            or (token.text.isupper() and len(token.text) < 4)
        ):
            break
        if token.ent_type_ in ("DATE", "GPE", "NORP", "ORG", "LOC", "TIME") and end in view.hit_at:
            break
        if token.ent_type_ in ("DATE", "TIME", "MONEY", "CARDINAL"):
            break
        end += 1
    return start, end


def _person(view: View, start: int, end: int, titles: dict[int, Title], lexicon: Lexicon, day: str) -> Draft:
    name = view.text(start, end)
    draft = Draft(
        view.paragraph.index,
        start,
        end,
        end - 1,
        "name",
        "person",
        name=name,
        sex=sex_of(name.split()[0]) if " " in name else None,
    )
    first = start
    while first > 0 and view.lower[first - 1] in lexicon.honorifics and first - 1 not in titles:
        sex = lexicon.honorifics[view.lower[first - 1]]
        draft.sex = sex if sex in ("m", "f") else draft.sex
        first -= 1
    draft.start = first
    before = titles.get(first - 1)
    if before is not None and before.end == first:
        first = _title_before(view, draft, before, titles, day, lexicon)
        if draft.title in usage("styles"):  # "the foreign minister, Sheikh …"
            draft.start = first
            _apposition(view, draft, titles, day, lexicon)
    elif not _apposition(view, draft, titles, day, lexicon):
        _of_country(view, draft, day)
    draft.start = first
    return draft


def _title_before(
    view: View, draft: Draft, title: Title, titles: dict[int, Title], day: str, lexicon: Lexicon
) -> int:
    """ "Deputy Minister of Defence Colonel-General Andrei …": the outermost title tells the office."""
    outer = title
    while (previous := titles.get(outer.start - 1)) is not None and previous.end == outer.start:
        outer = previous
    start = _enter_title(view, draft, outer, day, lexicon)
    if not draft.country and not draft.of:
        _of_country(view, draft, day)
    return start


def _enter_title(view: View, draft: Draft, title: Title, day: str, lexicon: Lexicon) -> int:
    left = left_of(view, title.start, day)
    belonging = left if left.countries or left.organisation else right_of(view, title.end, day)
    draft.title, draft.title_words = title.office, (title.start, title.end)
    draft.sex = draft.sex or _title_sex(view, title, lexicon)
    draft.former = left.former
    _belong(draft, belonging)
    draft.sector = sector_of(title.office, lexicon)
    if belonging.organisation is not None and draft.sector in ("GOV", "UNK"):
        draft.sector = belonging.organisation.sector or draft.sector
    return left.start


def _belong(draft: Draft, belonging: Belonging) -> None:
    if belonging.countries:
        draft.country = belonging.countries[-1] if len(belonging.countries) == 1 else belonging.countries[0]
    if belonging.organisation is not None:
        draft.of, draft.of_name = belonging.organisation.key, belonging.organisation.name
        draft.country = draft.country or belonging.organisation.country


def _title_sex(view: View, title: Title, lexicon: Lexicon) -> str | None:
    sex = lexicon.honorifics.get(view.lower[title.end - 1])
    return sex if sex in ("m", "f") else None


def _apposition(view: View, draft: Draft, titles: dict[int, Title], day: str, lexicon: Lexicon) -> bool:
    """ "Sergei Lavrov, the Russian foreign minister, …" and "the foreign minister, Sergei Lavrov, …"."""
    title = _title_after(view, draft, titles)
    if title is not None:
        _enter_title(view, draft, title, day, lexicon)
        return True
    title = _title_left(view, draft, titles)
    if title is not None:
        _enter_title(view, draft, title, day, lexicon)
        draft.apposed = view.lower[title.start - 1 : title.start] == ["the"]
        return True
    return False


def _title_left(view: View, draft: Draft, titles: dict[int, Title]) -> Title | None:
    """ "the foreign minister, X, …", "the Peruvian ambassador to the United Nations, X, …": a comma before
    the name, another mark after it, and a definite title before that with nothing but whose it is between.
    """
    comma = draft.start - 1
    if comma < 1 or view.words[comma] != ",":
        return None
    i = comma - 1
    while i > max(comma - 9, 0) and (i not in titles or i in view.hit_at):  # "the Joint Chiefs" are no title
        if view.pos[i] not in ("DET", "ADJ", "PROPN", "ADP", "NOUN") and i not in view.hit_at:
            return None
        i -= 1
    title = titles.get(i)
    if title is None or (title.end < comma and view.lower[title.end] not in usage("title_of")):
        return None
    closed = draft.end >= len(view.words) or view.pos[draft.end] == "PUNCT"
    apposed = view.dep[draft.end - 1] == "appos" and view.head[draft.end - 1] == title.end - 1
    edge = view.doc[title.start].left_edge.i
    definite = view.lower[edge] in ("the", "his", "her", "its", "their") or edge in view.hit_at
    one = view.lower[edge] in ("a", "an") and _goes_on(view, draft.end)
    return title if apposed or (closed and (definite or one)) else None


def _goes_on(view: View, comma: int) -> bool:
    """ "A spokesman for the ministry, X, said": the sentence's verb stands right behind the comma."""
    return view.words[comma : comma + 1] == [","] and view.pos[comma + 1 : comma + 2] in (["VERB"], ["AUX"])


def _title_after(view: View, draft: Draft, titles: dict[int, Title]) -> Title | None:
    i = draft.end
    if i >= len(view.words) or view.words[i] != ",":
        return None
    for j in range(i + 1, min(i + 10, len(view.words))):
        title = titles.get(j)
        if title is not None:
            following = view.words[title.end] if title.end < len(view.words) else "."
            if following[:1].isupper() and title.end not in view.hit_at:
                return None  # "Lavrov, Foreign Minister Klimkin": a list
            if view.pos[title.end - 1] not in ("NOUN", "PROPN") or view.dep[title.end - 1] == "compound":
                continue
            return title
        known = view.pos[j] in _IN_PHRASE or j in view.hit_at
        if not known and view.lower[j] not in ("-", "who", "was", "is", "'s"):
            return None
    return None


def _of_country(view: View, draft: Draft, day: str) -> None:
    """ "Prime Minister David Cameron of Britain"."""
    if draft.end < len(view.words) and view.lower[draft.end] == "of":
        _belong(draft, right_of(view, draft.end, day))
