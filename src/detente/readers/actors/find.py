"""Finds references to persons, states, bodies and groups in one paragraph, not yet whom they mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from detente.readers.actors.draft import Draft
from detente.readers.actors.lexicon import Lexicon, Name, load_lexicon, usage
from detente.readers.actors.trie import Trie, plain
from detente.readers.actors.view import Hit, View, acts, last_token, pick

_FORMER = frozenset(["former", "ex", "ousted", "deposed", "retired", "onetime", "late"])
_TITLE_OF = frozenset(["of", "in", "from", "at", "with"])
_DEFINITE = frozenset(["the", "this", "that", "these", "those", "both", "his", "her", "its", "their", "our"])
_ALLEGIANCE = frozenset(["pro", "anti", "non", "ex", "post", "former"])


@dataclass(frozen=True, slots=True)
class Title:
    """An office's words in a paragraph."""

    start: int
    end: int
    office: str


@cache
def _titles() -> Trie[str]:
    trie: Trie[str] = Trie()
    for words, office in load_lexicon().titles.items():
        for form in (words, words.title(), words.upper()):
            _add_lower(trie, form, office)
        last = words.split()[-1]
        if (
            last.isalpha()
            and not last.endswith("s")
            and last not in ("state", "affairs", "defense", "defence")
        ):
            trie.add(plural(words), office)
    return trie


def _add_lower(trie: Trie[str], words: str, office: str) -> None:
    """Enter a title as the tokeniser cuts it in this case ("Lt. Gen." is cut unlike "lt. gen.")."""
    from detente.readers.actors.trie import cut

    trie.add(" ".join(plain(word.lower()) for word in cut(words)), office)


def plural(words: str) -> str:
    """The plural of a title: "foreign ministers", "secretaries", "chiefs"."""
    return (
        words[:-1] + "ies"
        if words.endswith("ry")
        else words.replace("man", "men")
        if words.endswith("man")
        else words + "s"
    )


def find_titles(view: View) -> dict[int, Title]:
    """The titles of a paragraph by each of their tokens."""
    words = [plain(word) for word in view.lower]
    found: dict[int, Title] = {}
    for start, end, offices in _titles().find(words):
        title = Title(start, end, offices[0])
        for i in range(start, end):
            found[i] = title
    return found


@dataclass(frozen=True, slots=True)
class Belonging:
    """Whose a title or a body is: countries in order, and the organisation when it is one's."""

    countries: tuple[str, ...] = ()
    organisation: Name | None = None
    start: int = 0
    former: bool = False
    end: int = 0


def left_of(view: View, start: int, day: str, *, edge: int = 0) -> Belonging:
    """What stands left of a title or head: "former Ukrainian …", "NATO …", "Iran's …"."""
    countries: list[str] = []
    organisation: Name | None = None
    former = False
    i = start - 1
    while i >= edge and start - i < 12:
        hit = view.hit_at.get(i)
        if hit is not None:
            name = pick(hit.names, day)
            if not is_stance(view, hit.start, hit.end) or _leads(view, hit.end, start):
                if name.kind in ("organisation", "group"):
                    organisation = organisation or name
                elif name.country and countries and hit.end in view.hit_at and name.kind == "adjective":
                    countries[0] = name.country  # "Croatian Serb refugees": descent gives way to the state
                elif name.country and name.country not in countries:
                    countries.insert(0, name.country)
            i = hit.start - 1
            continue
        word = view.lower[i]
        if i in view.taken:
            break
        former = former or word in _FORMER
        if word in usage("led") and view.lower[i - 1 : i] == ["-"]:
            i -= 1  # "the U.S.-backed government"
            continue
        if word == "that" or not (word[0].isalnum() or word in ("'s", "’s", "'", "-")):
            break
        if view.pos[i] == "DET" or word in _DEFINITE:
            i -= 1
            break
        if word in usage("before_title") or (view.pos[i] in ("ADJ", "NOUN", "PROPN", "NUM") and word != ","):
            i -= 1
            continue
        if word in ("and", "or") and (i + 1) in view.hit_at and _is_nationality(view, i - 1, day):
            i -= 1
            continue
        break
    return Belonging(tuple(countries), organisation, i + 1, former)


def _is_nationality(view: View, i: int, day: str) -> bool:
    """True for the first of "Hungarian and Romanian officials"."""
    hit = view.hit_at.get(i)
    return hit is not None and pick(hit.names, day).kind in ("adjective", "country")


def right_of(view: View, end: int, day: str, *, placed: bool = True) -> Belonging:
    """What stands right of it: "… of Ukraine", "… in eastern Syria", "… at the State Department".

    ``placed`` False leaves out where it is: "troops in Crimea" are not Crimea's.
    """
    i = end
    word = view.lower[i] if 0 < i < len(view.words) else ""
    speaks = word == "for" and view.lower[i - 1].startswith("spokes")
    if (word not in _TITLE_OF and not speaks) or (not placed and word == "in"):
        return Belonging()
    for j in range(i + 1, min(i + 7, len(view.words))):
        hit = view.hit_at.get(j)
        if hit is not None:
            name = pick(hit.names, day)
            if name.kind in ("organisation", "group"):
                return Belonging(organisation=name, end=hit.end)
            if view.lower[end] not in ("of", "from"):
                return Belonging((name.country,) if name.country else (), end=hit.end)
            return _listed(view, hit.start, day)
        if view.pos[j] not in ("DET", "ADJ", "NOUN", "PROPN", "NUM") and view.lower[j] not in ("'s", "and"):
            break
    return Belonging()


def _listed(view: View, start: int, day: str) -> Belonging:
    """The countries of a list: "of Russia, the United States, Britain and Germany"."""
    countries: list[str] = []
    end = i = start
    while (hit := view.hit_at.get(i)) is not None:
        name = pick(hit.names, day)
        if name.kind not in ("country", "capital") and i != start:
            break
        if name.country and name.country not in countries:
            countries.append(name.country)
        end = i = hit.end
        while i < len(view.words) and view.lower[i] in (",", "and", "the"):
            i += 1
        if i == end:
            break
    return Belonging(tuple(countries), end=end)


def is_stance(view: View, start: int, end: int) -> bool:
    """True for "pro-Russian", "U.S.-led", "former Soviet": not the country the phrase belongs to."""
    if start >= 2 and view.words[start - 1] == "-" and view.lower[start - 2] in _ALLEGIANCE:
        return True
    if _is_ethnic(view, start):
        return True
    if (
        start >= 1
        and view.lower[start - 1] == "former"
        and view.words[start].startswith(("Soviet", "Yugoslav"))
    ):
        return True
    return end + 1 < len(view.words) and view.words[end] == "-" and view.lower[end + 1] in usage("led")


def names_craft(view: View, start: int) -> bool:
    """ "The tanker Bucharest": a place's name that a ship bears."""
    return start > 0 and view.lemma(start - 1) in usage("craft") and view.pos[start] == "PROPN"


def _is_ethnic(view: View, start: int) -> bool:
    """ "Ethnic Albanians": a people by descent, of whichever state they live in."""
    return start > 0 and view.lower[start - 1] == "ethnic"


def _leads(view: View, end: int, head: int) -> bool:
    """ "Vietnamese-led forces": a force is whose leads it."""
    return view.lower[end : end + 2] == ["-", "led"] and view.lemma(head) in usage("led_heads")


def _people_within(view: View, hit: Hit, day: str) -> bool:
    """ "Iraqi Kurds", "Bosnian Serbs": a people of the state, not the state."""
    after = hit.end
    if (
        after >= len(view.words)
        or pick(hit.names, day).kind != "adjective"
        or not view.free(after, after + 1)
    ):
        return False
    return view.doc[after].tag_ == "NNPS" and view.head[hit.start] == after and view.lower[after] != "states"


def _people_apart(view: View, start: int, end: int, country: str | None) -> Draft:
    """ "Ethnic Albanians", "Iraqi Kurds" as a group; without a country where only the sentence tells."""
    words = view.text(start, end)
    common = words.startswith("Ethnic")
    return Draft(
        view.paragraph.index, start, end, end - 1, "nominal", "group", country, "CVL", lemma=words.lower(),
        words=words[:1].lower() + words[1:] if common else words, plural=True, confidence=0.7,
    )  # fmt: skip


def find_states(view: View, day: str) -> list[Draft]:
    """States and organisations by name, where no larger reference covers them."""
    drafts = []
    for hit in view.hits:
        if not view.free(hit.start, hit.end):
            continue
        name = pick(hit.names, day)
        if name.kind in ("place", "city") or names_craft(view, hit.start):
            continue
        if _people_within(view, hit, day):
            drafts.append(_people_apart(view, hit.start, hit.end + 1, name.country))
            continue
        if is_stance(view, hit.start, hit.end):
            if _is_ethnic(view, hit.start) and name.kind in ("people", "adjective"):
                drafts.append(_people_apart(view, hit.start - 1, hit.end, None))
            continue
        if is_dateline(view, hit.start, hit.end):
            continue
        head = last_token(view, hit.start, hit.end)
        if name.kind in ("organisation", "group"):
            confidence = 0.9
        else:
            confidence = acts(view, hit.start, hit.end, name.kind)
            if confidence == 0 or _inside_name(view, hit.start, hit.end):
                continue
        what = "state" if name.key.startswith("state:") else name.kind
        if what == "state" and _one_of_them(view, hit.start, hit.end):
            one = Draft(
                view.paragraph.index, hit.start, hit.end, head, "nominal", "person", name.country,
                definite=True, confidence=0.7,
            )  # fmt: skip
            drafts.append(one)
            continue
        drafts.append(
            Draft(
                view.paragraph.index, hit.start, hit.end, head, "name", what, name.country, name.sector,
                name=view.text(hit.start, hit.end) if what == "state" else name.name, key=name.key,
                confidence=confidence, plural=name.kind == "people",
            )
        )  # fmt: skip
    return drafts


def _one_of_them(view: View, start: int, end: int) -> bool:
    """ "The Iraqi said": one man, by a word whose plural is the people's ("Iraqis", not "the British")."""
    tag, dep = view.doc[start].tag_, view.dep[start]
    if end - start != 1 or view.lower[start - 1 : start] != ["the"] or tag not in ("NNP", "NN"):
        return False
    peoples = load_lexicon().names.get(f"{view.words[start]}s")
    return dep in ("nsubj", "nsubjpass", "pobj", "dobj") and any(n.kind == "people" for n in peoples)


def find_halves(view: View, lexicon: Lexicon) -> list[Draft]:
    """ "The North said": a half of a divided country as a party; which, the text must tell."""
    drafts = []
    for i, word in enumerate(view.lower):
        if word not in lexicon.halves or i in view.taken or view.lower[i - 1 : i] != ["the"]:
            continue
        if view.words[i][:1].isupper() and view.dep[i] in ("nsubj", "nsubjpass", "poss"):
            drafts.append(
                Draft(view.paragraph.index, i, i + 1, i, "name", "half", lemma=word, confidence=0.7)
            )
            view.taken.add(i)
    return drafts


def is_dateline(view: View, start: int, end: int) -> bool:
    """True for capitals that open a paragraph and a mark after them: "NASSAU, Oct. 27 —", "PARIS (AP)"."""
    if start > 0 or end >= len(view.words) or not view.text(start, end).isupper():
        return False
    if view.words[end] == ",":
        return any(word in ("-", "--", "(") for word in view.words[end + 1 : end + 9])
    return view.words[end] in ("-", "--", "—", "–", "(")


def _inside_name(view: View, start: int, end: int) -> bool:
    """True inside a longer name that is not the country's ("New York Times", "Treaty of Paris")."""
    doc = view.doc
    label = doc[start].ent_type_
    if label not in ("ORG", "FAC", "WORK_OF_ART", "LAW", "EVENT", "PRODUCT"):
        return False
    first = doc[start].ent_iob_ == "B"
    longer = end < len(doc) and doc[end].ent_iob_ == "I"
    if view.pos[start] == "ADJ" or not (longer or not first):
        return False
    return not (longer and first and view.words[end] in ("'s", "-", "/"))


def find_organisations(view: View, lexicon: Lexicon, day: str) -> list[Draft]:
    """Organisations that the lexicon does not know but the parse takes for one."""
    drafts = []
    for ent in view.ents:
        if ent.label_ != "ORG":
            continue
        start, end = ent.start, ent.end
        while start < end and view.pos[start] in ("DET", "PUNCT", "ADP"):
            start += 1
        while end > start and (view.words[end - 1] in ("'s", "'") or view.pos[end - 1] == "PUNCT"):
            end -= 1
        if start >= end or not view.free(start, end) or not view.words[start][:1].isupper():
            continue
        text = view.text(start, end)
        if view.lower[start] in lexicon.named_things or view.lower[start - 1 : start] == ["cyclone"]:
            continue  # "Cyclone Yasa"
        if len(text) < 3 or any(c.isdigit() for c in text.split()[-1]) or _is_place(view, start, end):
            continue
        country, sector = name_country(view, start, end, day), name_sector(view, start, end, lexicon)
        drafts.append(
            Draft(
                view.paragraph.index, start, end, last_token(view, start, end), "name", "organisation",
                country, sector, name=text, key=f"org:{' '.join(view.lower[start:end])}", confidence=0.6,
            )
        )  # fmt: skip
    return drafts


def find_peoples(view: View) -> list[Draft]:
    """Peoples and communities by a name that no list holds ("Kurds", "Sunnis"): groups without a country."""
    drafts = []
    for ent in view.ents:
        if ent.label_ != "NORP" or ent[-1].tag_ not in ("NNPS", "NNS") or not view.free(ent.start, ent.end):
            continue
        if ent[-1].dep_ in ("compound", "amod", "nmod") or ent.start in view.hit_at:
            continue
        drafts.append(_people_apart(view, ent.start, ent.end, None))
    return drafts


def _is_place(view: View, start: int, end: int) -> bool:
    hit = view.hit_at.get(start)
    return hit is not None and hit.end >= end and hit.names[0].kind in ("place", "city", "capital", "country")


def name_country(view: View, start: int, end: int, day: str) -> str | None:
    """The country that a name holds ("Ukrainian Navy")."""
    for i in range(start, end):
        hit = view.hit_at.get(i)
        if hit is not None:
            country = pick(hit.names, day).country
            if country:
                return country
    return None


def name_sector(view: View, start: int, end: int, lexicon: Lexicon) -> str | None:
    """The sector that a name's words tell, the last first; telling modifiers where no noun does."""
    for i in range(end - 1, start - 1, -1):
        sector = lexicon.heads.get(view.lemma(i))
        if sector:
            return sector
    found = (lexicon.modifiers.get(view.lower[i]) for i in range(start, end))
    return next((sector for sector in found if sector and sector != "ELI"), None)
