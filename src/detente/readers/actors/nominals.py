"""Finds references by description: "the Russian foreign minister", "Kiev police", "both ministers"."""

from __future__ import annotations

from functools import cache

from detente.readers.actors.draft import Draft
from detente.readers.actors.find import Belonging, Title, is_stance, left_of, right_of
from detente.readers.actors.lexicon import Lexicon, load_lexicon, sector_of, usage
from detente.readers.actors.view import View

_PLURAL_TAGS = ("NNS", "NNPS")
_INDEFINITE = frozenset(
    ["a", "an", "one", "some", "several", "many", "another", "other", "two", "three", "any"]
)
_OWN = frozenset(["its", "his", "her", "their"])
_PAIRS = frozenset(["both", "two"])
_NUMBERS = {"three": 3, "four": 4, "five": 5, "six": 6}
_PAIR_HEADS = {
    "minister": "person", "leader": "person", "president": "person", "diplomat": "person",
    "official": "person", "side": "state", "country": "state", "nation": "state", "government": "state",
    "power": "state",
    "state": "state", "neighbor": "state", "neighbour": "state", "ally": "state", "rival": "state",
    "man": "person", "party": "state", "chief": "person", "premier": "person", "woman": "person",
}  # fmt: skip


def find_nominals(
    view: View,
    titles: dict[int, Title],
    lexicon: Lexicon,
    day: str,
    *,
    told: dict[tuple[int, int], str] | None = None,
    named: dict[int, str] | None = None,
    alone: bool = False,
) -> list[Draft]:
    """The noun phrases whose head says that they are an actor, longest head first in reading order.

    ``told`` are titles that stand in apposition to a person's name: such a phrase means that person;
    so does one to which a name in ``named`` (by its head) is apposed: "the president's brother, X".
    ``alone`` is for a phrase without a text, where a missile too tells whose it is.
    """
    drafts = []
    told = told or {}
    for i, pos in enumerate(view.pos):
        if pos not in ("NOUN", "PROPN") or i in view.taken:
            continue
        title = titles.get(i)
        if title is not None and not _heads(view, i, title):
            title = None
        apposed = title is not None and (title.start, title.end) in told
        if view.dep[i] in ("compound", "amod", "nmod") and not apposed:
            continue
        lemma = view.lemma(i)
        if title is None and not _tells(lemma, lexicon):
            continue
        if lemma in lexicon.things and not alone:
            continue
        if lemma == "fighter" and i and view.lower[i - 1] in usage("flown"):
            continue
        if i in view.hit_at or (lemma == "speaker" and view.doc[i].tag_ in _PLURAL_TAGS):
            continue
        draft = _nominal(view, i, lemma, title, lexicon, day, apposed=apposed)
        if draft is not None:
            if title is not None and apposed:
                draft.what, draft.kind, draft.name = "person", "nominal", told[title.start, title.end]
            elif title is None and lemma in lexicon.unnamed and (name := _apposed_name(view, i, named or {})):
                draft.what, draft.kind, draft.name = "person", "nominal", name
                draft.country, draft.sector = None, None
            drafts.append(draft)
            view.taken.update(range(draft.start, draft.end))
    return drafts


def _heads(view: View, i: int, title: Title) -> bool:
    """True for the word a title hangs on: the last, or "secretary" in "secretary of state"."""
    of = title.end - title.start > 2 and view.lower[title.start + 1] in ("of", "for", "in")
    return i == title.start if of else i + 1 == title.end


def _tells(lemma: str, lexicon: Lexicon) -> bool:
    """True for a head noun that can be an actor."""
    return (
        lemma in lexicon.heads or lemma in lexicon.state or lemma in lexicon.unnamed
        or lemma in _PAIR_HEADS or lemma in lexicon.general or lemma in lexicon.references
    )  # fmt: skip


def _nominal(
    view: View, i: int, lemma: str, title: Title | None, lexicon: Lexicon, day: str, *, apposed: bool = False
) -> Draft | None:
    start = max(view.doc[i].left_edge.i, 0)
    while start < i and (
        start in view.taken or view.pos[start] in ("PUNCT", "CCONJ", "ADP", "ADV", "SPACE", "SCONJ", "AUX")
    ):
        start += 1
    if start and view.lower[start] in ("least", "most") and view.lower[start - 1] == "at":
        start += 1
    head_start, end = (title.start, title.end) if title else (i, i + 1)
    if view.lower[start : start + 2] == ["that", "the"] or view.lower[start] in ("'s", "’s"):
        start += 1
    left = left_of(view, min(head_start, i), day, edge=start)
    words = view.lower[start:i]
    owned = bool(words) and words[0] in _OWN
    placed = not owned and lexicon.heads.get(lemma) != "MIL"
    whose = left if left.countries or left.organisation else right_of(view, end, day, placed=placed)
    plural = view.doc[i].tag_ in _PLURAL_TAGS
    if not plural and whose is not left:
        whose = Belonging(whose.countries[:1], whose.organisation, end=whose.end)
    draft = Draft(
        view.paragraph.index, start, end, i, "nominal", "group", lemma=lemma, plural=plural,
        definite=_definite(view, start, min(head_start, i), words), former=left.former, owned=owned,
        confidence=0.8,
    )  # fmt: skip
    draft.country = whose.countries[0] if len(whose.countries) == 1 else None
    draft.key = "+".join(whose.countries) if len(whose.countries) > 1 else None
    if whose.organisation is not None:
        draft.of, draft.of_name = whose.organisation.key, whose.organisation.name
    if draft.country is None and draft.key is None and whose.organisation is not None:
        draft.country = whose.organisation.country
    draft.sector = _sector(view, start, i, lemma, lexicon, left)
    draft.bare = draft.definite and i == start + 1
    draft.words = phrase(view, start, i, whose)
    if not draft.country and i > start and view.lower[i - 1] in lexicon.defaults and lemma in lexicon.unnamed:
        draft.country = lexicon.defaults[view.lower[i - 1]]
    if i > start and not left.countries and f"{view.lower[i - 1]} {lemma}" in lexicon.defaults:
        draft.country, draft.key = lexicon.defaults[f"{view.lower[i - 1]} {lemma}"], None
    draft.title_said = " ".join(view.lower[title.start : title.end]) if title else ""
    typed = _typed(view, draft, title, words, whose, lexicon)
    return typed or (draft if apposed else None)  # "his foreign minister, X": X tells who that is


def _definite(view: View, start: int, i: int, words: list[str]) -> bool:
    """True for "the government", not for "the Alaskan government" of a place we do not know."""
    if not words or words[0] not in ("the", "both", "this", "these", "that", "those"):
        return False
    own = _portfolios() if view.lower[i] in ("ministry", "department") else frozenset()
    return not any(
        view.words[j][:1].isupper() and j not in view.hit_at and view.lower[j] not in own
        for j in range(start + 1, i)
    )


@cache
def _portfolios() -> frozenset[str]:
    """The words before "minister": "the Foreign Ministry" is no name of a place we do not know."""
    titles = [title for title in load_lexicon().titles if title.endswith(" minister")]
    return frozenset(word for title in titles for word in title.split()[:-1])


def _typed(
    view: View, draft: Draft, title: Title | None, words: list[str], whose: Belonging, lexicon: Lexicon
) -> Draft | None:
    lemma, i = draft.lemma, draft.head
    pair = bool(_PAIRS & set(words)) or (bool(words) and words[0] == "these")
    if lemma == "diplomat" and {"top", "chief"} & set(words) and (draft.country or draft.key):
        draft.title, draft.what = "foreign minister", "person" if not draft.plural else "group"
        return draft
    if draft.plural and lemma in _PAIR_HEADS and pair and not whose.countries and (words[0] != "two"):
        draft.what = "plural"
        draft.title = _PAIR_HEADS[lemma]
        return draft
    many = _NUMBERS.get(words[-1], 0) if len(words) == 2 and words[0] in ("the", "these") else 0
    if draft.plural and many and _PAIR_HEADS.get(lemma) == "state" and not whose.countries:
        draft.what, draft.title, draft.many = "plural", "state", many
        return draft
    indefinite = bool(words) and words[0] in _INDEFINITE
    if lemma in lexicon.unnamed and _unnamed(draft, words, indefinite, title):
        draft.what = draft.kind = "unnamed"
        draft.sex = {"m": "m", "f": "f"}.get(lexicon.honorifics.get(lemma, ""))
        draft.start += draft.owned and draft.start < i  # "his" is a reference of its own
        if title is not None and draft.plural and draft.key:
            draft.title = title.office
        elif title is not None and draft.definite and not draft.plural:
            draft.title, draft.title_words = title.office, (title.start, title.end)
        return draft
    if title is not None and draft.plural and (draft.country or draft.key) and not indefinite:
        draft.title = title.office  # "the French and German foreign ministers": the holders, where known
    if title is not None and not draft.plural and not indefinite:
        draft.what, draft.title, draft.title_words = "person", title.office, (title.start, title.end)
        office_sector = sector_of(title.office, lexicon)
        draft.sector = draft.sector if office_sector == "UNK" and draft.sector else office_sector
        if whose.organisation is not None and draft.sector in ("GOV", "UNK"):
            draft.sector = whose.organisation.sector or draft.sector
        if any(
            is_stance(view, hit.start, hit.end) for j in range(draft.start, i) if (hit := view.hit_at.get(j))
        ):
            draft.definite = False  # "the pro-Moscow president": which one, the title alone cannot tell
        draft.sex = {"m": "m", "f": "f"}.get(lexicon.honorifics.get(view.lower[i], ""))
        return draft if draft.country or draft.of or draft.definite else None
    if draft.plural and _is_collective(view, draft, lexicon):
        draft.key, draft.name = f"group:{draft.words.lower()}", draft.words
        return draft
    if lemma in lexicon.state:
        before = view.doc[i - 1] if i else None
        if not draft.country and before is not None and before.pos_ == "PROPN" and i - 1 not in view.hit_at:
            draft.name = before.text  # "the Obama administration"
        if draft.country or draft.name or lemma in ("government", "regime", "authority"):
            draft.what = "state"
            return draft
    if lemma in lexicon.bodies and draft.sector not in ("REB", "PRM", "UAF", "CRM"):
        draft.what = "body"
        if view.doc[i].text[:1].isupper() and not draft.country and not draft.of:
            draft.country = lexicon.defaults.get(lemma)
        if lexicon.bodies[lemma] == "ministry":
            draft.name = _ministry(view, draft)
        return None if lemma == "force" and not draft.plural and not draft.country else draft
    if lemma in ("movement", "authority") and draft.sector in ("MIL", "GOV"):
        return None  # "troop movements", "more authority"
    if lemma in lexicon.heads or (lemma in lexicon.general and (draft.sector or draft.of)):
        return draft
    if draft.bare and not draft.plural and (lemma in lexicon.general or lemma in lexicon.references):
        draft.what = "reference"
        return draft
    return None


def _apposed_name(view: View, i: int, named: dict[int, str]) -> str | None:
    """The person's name in apposition right behind a head."""
    return next(
        (n for j, n in named.items() if i < j < i + 9 and view.head[j] == i and view.dep[j] == "appos"), None
    )


def _is_collective(view: View, draft: Draft, lexicon: Lexicon) -> bool:
    """True for "the Arab states", "European allies": states by a word that is no one country's."""
    i = draft.head
    if draft.country or draft.of or draft.key or draft.owned or i == draft.start:
        return False
    states = draft.lemma in lexicon.state or draft.lemma in ("ally", "power", "neighbour", "neighbor")
    word = view.doc[i - 1].text
    opens = view.starts[i - 1]
    kind = view.pos[i - 1] == "ADJ" or word.lower() in usage("regions")
    return states and word[:1].isupper() and word[1:].islower() and not opens and kind


def _unnamed(draft: Draft, words: list[str], indefinite: bool, title: Title | None) -> bool:
    """True where a speaker stays unnamed; a minister or commander is one only as "a minister"."""
    if draft.lemma in ("minister", "commander", "envoy"):
        return indefinite and not draft.plural
    open_ = draft.plural or indefinite or draft.definite or draft.owned or not words or title is None
    return open_ or draft.lemma in ("official", "source")


def _sector(view: View, start: int, i: int, lemma: str, lexicon: Lexicon, left: Belonging) -> str | None:
    """The head's sector, or that of a telling modifier where the head is a general word."""
    if i > start:
        pair = lexicon.heads.get(f"{view.lower[i - 1]} {lemma}")
        if pair:
            return pair
    if lemma in lexicon.general:
        sector = _of_modifiers(view, start, i, lexicon)
        if sector:
            return sector
        if left.former:
            return "ELI"
        if left.organisation is not None and left.organisation.sector:
            return left.organisation.sector
    return lexicon.heads.get(lemma)


def _of_modifiers(view: View, start: int, i: int, lexicon: Lexicon) -> str | None:
    """The sector of a telling word left of the head, the nearest first; then that of a noun."""
    for j in range(i - 1, start - 1, -1):
        sector = (
            lexicon.modifiers.get(view.lower[j])
            or lexicon.modifiers.get(view.lemma(j))
            or (lexicon.modifiers.get(f"{view.lower[j - 1]} {view.lower[j]}") if j > start else None)
            or (lexicon.modifiers.get("".join(view.lower[j - 2 : j + 1])) if j > start + 1 else None)
        )
        if sector and sector != "ELI":
            return sector
    for j in range(i - 1, start - 1, -1):
        noun = view.pos[j] in ("NOUN", "PROPN") and j not in view.hit_at
        sector = lexicon.heads.get(view.lemma(j)) if noun else None
        if sector:
            return sector
    return None


_NO_QUOTES = str.maketrans("", "", '"“”')


def phrase(view: View, start: int, i: int, whose: Belonging) -> str:
    """A description as a reader would write it: no article, no number, with whose it is."""
    if view.lower[start - 1 : start] in (["'s"], ["’s"]):
        start = view.doc[i].left_edge.i  # "the president's brother"
    while start < i and (
        view.pos[start] in ("DET", "NUM", "PUNCT", "PRON") or view.lower[start] in _INDEFINITE | _OWN
    ):
        start += 1
    end = i + 1
    if whose.end > end and view.lower[i + 1] in ("of", "for", "from"):
        end = whose.end
        governor = view.head[end - 1]
        if view.dep[end - 1] in ("compound", "amod", "nmod") and end <= governor < end + 3:
            end = governor + 1  # "of a NATO country"
    elif view.lower[i + 1 : i + 2] in (["of"], ["for"]):
        j = i + 2
        while j < min(i + 7, len(view.words)) and view.pos[j] in ("DET", "PROPN"):
            j += 1
        end = j if view.pos[j - 1] == "PROPN" else end  # "residents of Port Vell"
    text = " ".join(view.text(start, end).translate(_NO_QUOTES).split())
    common = view.pos[start] != "PROPN" and start not in view.hit_at and not view.doc[start].ent_type_
    return text[:1].lower() + text[1:] if common and not text[:2].isupper() else text


_DROPPED = frozenset(["the", "a", "an", "of", "for", "its", "their", "'s", "’s", "and"])
_SAME_WORD = {"defense": "defence", "affairs": "", "foreign": "foreign"}


def _ministry(view: View, draft: Draft) -> str:
    """A ministry's name in one form: "Ministry of Foreign Affairs", "the foreign ministry"."""
    end = draft.head + 1
    if view.lower[end : end + 1] in (["of"], ["for"]):
        while (
            end < len(view.lower) and end - draft.head < 5 and view.pos[end] in ("ADP", "PROPN", "ADJ", "DET")
        ):
            end += 1
    words = [
        _SAME_WORD.get(view.lower[i], view.lower[i])
        for i in range(draft.start, end)
        if i != draft.head and i not in view.hit_at and view.lower[i] not in _DROPPED
    ]
    return " ".join(w for w in (*words, "ministry") if w)
