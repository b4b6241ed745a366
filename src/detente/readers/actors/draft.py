"""References found in a paragraph before it is known whom they mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Draft:
    """A reference in the making.

    ``what`` is person, state, body, organisation, group, unnamed, plural ("both ministers")
    or reference ("the alliance", an organisation named before);
    ``title`` the office as the data name it and ``title_words`` its exact token range; ``of`` the key of the
    organisation the office belongs to and ``of_name`` its name,
    ``of_said`` that name as written; ``name`` a person's or an organisation's name as written;
    ``owned`` stands for "its", "his" or "their" before it; ``words`` is a description as a reader would
    write it (no article, no number); ``bare`` stands for "the" and the head alone; ``title_said`` for the
    title's words in lower case; ``apposed`` for a name behind "the minister,"; ``inferred`` for a country
    that only the text around tells; ``many`` for the number in "the four states".
    """

    paragraph: int
    start: int
    end: int
    head: int
    kind: str
    what: str
    country: str | None = None
    sector: str | None = None
    title: str | None = None
    title_words: tuple[int, int] | None = None
    of: str | None = None
    name: str | None = None
    key: str | None = None
    lemma: str = ""
    sex: str | None = None
    definite: bool = False
    plural: bool = False
    former: bool = False
    owned: bool = False
    bare: bool = False
    of_name: str = ""
    of_said: str = ""
    words: str = ""
    inferred: bool = False
    apposed: bool = False
    title_said: str = ""
    many: int = 0
    confidence: float = 0.9
