"""Several mentions in one report make one event; each keeps its words."""

from __future__ import annotations

from dataclasses import replace

from detente.readers.events.lexicon import load_words
from detente.record import Date, Event, Span

_FACTS = ("happened", "ongoing", "historical")


def merge_events(events: list[Event], text: str) -> list[Event]:
    """Merge mentions of one event: same type and claimant, actors and dates that agree.

    What was done "several times" is none of the times: ``text`` is the article's.
    """
    merged: list[Event] = []
    for event in events:
        often = is_often(event.date, text)
        for place, other in enumerate(merged):
            if often == is_often(other.date, text) and _same(other, event):
                merged[place] = _join(other, event)
                break
        else:
            merged.append(event)
    return merged


def _same(first: Event, second: Event) -> bool:
    return (
        first.type == second.type
        and first.asserted_by == second.asserted_by
        and _status_class(first.status) == _status_class(second.status)
        and (first.mode == second.mode or None in (first.mode, second.mode))
        and _agree(first.sources, second.sources)
        and _agree(first.recipients, second.recipients)
        and bool(set(first.sources) & set(second.sources) or set(first.recipients) & set(second.recipients))
        and same_time(first.date, second.date)
        and (first.place is None or second.place is None or first.place == second.place)
        and _kindred(first, second)
    )


def is_often(date: Date, text: str) -> bool:
    """True for the date of what was done many times: "several times", "almost daily"."""
    if date.span is None or date.known or date.basis != "resolved":
        return False
    last = text[date.span.start : date.span.end].casefold().split()[-1:]
    return last == ["times"] or bool(load_words().tables["repeated"]["adverbs"].intersection(last))


def _kindred(first: Event, second: Event) -> bool:
    if first.lemma == second.lemma:
        return True
    sides = bool(first.recipients) or first.sources == second.sources  # "answered X" is not "met X and Y"
    return sides and first.cameo == second.cameo and first.recipients == second.recipients


def _status_class(status: str) -> str:
    return "fact" if status in _FACTS else status


def _agree(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    if not first or not second:
        return True
    return set(first) <= set(second) or set(second) <= set(first)


def same_time(first: Date, second: Date) -> bool:
    """True when two dates may mean one time: both told and overlapping, or one of them untold."""
    if not first.known or not second.known or "published" in (first.basis, second.basis):
        return True
    return first.overlaps(second)


def _join(first: Event, second: Event) -> Event:
    spans: dict[Span, None] = dict.fromkeys((*first.evidence, *second.evidence))
    told = [e for e in (first, second) if e.date.known and e.date.basis != "published"]
    return replace(
        first,
        mode=first.mode or second.mode,
        cameo=max((first.cameo, second.cameo), key=lambda c: len(c or "")),
        context=tuple(dict.fromkeys((*first.context, *second.context))),
        sources=max((first.sources, second.sources), key=len),
        recipients=max((first.recipients, second.recipients), key=len),
        date=told[0].date if told else first.date,
        place=first.place or second.place,
        evidence=tuple(spans),
        confidence=max(first.confidence, second.confidence),
    )
