"""The country and sector of an actor written as a phrase: "Kyiv police" → UKR, COP."""

from __future__ import annotations

from detente.language import load_model
from detente.language.parse import Paragraph, normalise
from detente.readers.actors.draft import Draft
from detente.readers.actors.lexicon import INTERNATIONAL, Name, load_lexicon
from detente.readers.actors.offices import Offices, built_in_offices
from detente.readers.actors.persons import People
from detente.readers.actors.reader import drafts_of, late_drafts
from detente.readers.actors.view import View, pick, view_of


def resolve_actor_string(
    text: str, date: str = "", *, context: str = "", offices: Offices | None = None
) -> tuple[str, str]:
    """The country code and PLOVER sector of an actor phrase, empty where it tells none.

    Args:
        text: the phrase as a report writes it.
        date: the day it was written (ISO); offices and states are those of that day.
        context: words that stand before it ("German", "Russia").
        offices: another table than the built-in one.

    A bare capital or seat of power is the government; a bare state has no sector; another town stands
    for its people (CVL).
    """
    table = offices or built_in_offices()
    lexicon = load_lexicon()
    phrase = normalise(f"{context} {text}".strip())
    doc = load_model()(phrase)
    view = view_of(Paragraph("", 0, len(phrase), "body", 0, doc), lexicon, loose=True)
    people = People(table, lexicon, date)
    drafts = drafts_of(view, lexicon, table, date, alone=True)
    people.learn(d for d in drafts if d.what == "person" and d.name)
    main = _main(drafts + late_drafts(view, people, lexicon, date))
    if main is None:
        return _of_place(view, date)
    country, sector = _facts(main, people)
    if main.what == "state":
        sector = sector or _sector_of_name(view, main, date)
    if not country:
        country = _of_place(view, date)[0]
    return country, sector


def _main(drafts: list[Draft]) -> Draft | None:
    """A person before a description before a name; of one kind the first."""
    order = {"person": 0, "body": 1, "unnamed": 1, "group": 1, "state": 3, "organisation": 2}
    best = sorted(drafts, key=lambda d: (order.get(d.what, 3), d.start))
    return best[0] if best else None


def _facts(draft: Draft, people: People) -> tuple[str, str]:
    country, sector = draft.country or "", draft.sector or ""
    if draft.what == "person" and draft.name:
        person = people.person_of(draft, 0)
        if person is not None:
            country = person.country or country
            sector = sector if draft.title and person.holder is None else person.sector or sector
    if draft.what == "state" and draft.lemma:
        sector = "GOV"
    return country, sector


def _sector_of_name(view: View, draft: Draft, date: str) -> str:
    hit = view.hit_at.get(draft.head)
    name = pick(hit.names, date) if hit is not None else None
    return "GOV" if name is not None and name.kind in ("capital", "seat") else ""


def _of_place(view: View, date: str) -> tuple[str, str]:
    names: list[Name] = [pick(hit.names, date) for hit in view.hits]
    for name in names:
        if name.country and name.country not in INTERNATIONAL:
            if name.kind in ("capital", "seat"):
                return name.country, "GOV"
            return name.country, name.sector or ("" if name.kind == "country" else "CVL")
    return "", ""
