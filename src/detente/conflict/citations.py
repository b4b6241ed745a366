"""Whether a model's citations still stand: every quote is exact words of the article it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detente.conflict.model import Cite, Model, elements_of
from detente.record import Article


@dataclass(frozen=True, slots=True)
class Fault:
    """A citation that does not stand: the element, the citation, and why."""

    element: str
    line: int
    cite: Cite
    why: str


def check_citations(model: Model, articles: Iterable[Article]) -> list[Fault]:
    """Every citation that cannot be found word for word.

    An article is named by its id, or by the end of its source (a file's name), so that a model can be
    shared between stores.
    """
    known = list(articles)
    faults = []
    for name, element in elements_of(model):
        for cite in element.support.cite:
            why = _fault(cite, known)
            if why:
                faults.append(Fault(name, element.support.line, cite, why))
    return faults


def find_article(name: str, articles: Iterable[Article]) -> Article | None:
    """The article with an id or with a source that ends in this name."""
    return next(
        (a for a in articles if a.id == name or a.source == name or a.source.endswith("/" + name)), None
    )


def _fault(cite: Cite, articles: list[Article]) -> str:
    article = find_article(cite.article, articles)
    if article is None:
        return "no such article in the record"
    if cite.start is not None and cite.end is not None:
        return "" if article.text[cite.start : cite.end] == cite.quote else "other words stand at that place"
    folded = " ".join(article.text.split())
    return "" if " ".join(cite.quote.split()) in folded else "the words do not stand in the article"
