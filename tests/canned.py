"""A little language in place of the real one, so that the whole path runs in milliseconds.

A report is ``OUTLET | DAY | HEADLINE`` on its first line and one paragraph a line after; lines in [brackets]
are furniture. ``NAME said WORDS.`` is a statement, ``NAME met NAME.`` a meeting, ``NAME plans NAME.`` one to come, ``NAME attacked NAME.`` an
event, ``NUMBER killed`` a figure. A page that begins with "BAD" is refused, one with "BOOM" breaks a reader.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from detente.parts import Parts, read_parsed
from detente.readers.registry import Reader
from detente.record import (
    Abstention,
    Actor,
    Article,
    Count,
    Date,
    Difference,
    Event,
    Figure,
    Issue,
    Meeting,
    Origin,
    Page,
    Plan,
    Position,
    Reading,
    Refusal,
    Side,
    Span,
    Statement,
    TimelineDay,
    make_id,
)
from detente.source.outcomes import FileDone, Skipped


def read_pages(paths: Sequence[str], *, seen: Any, **how: Any) -> Iterator[Any]:
    files = sorted(f for p in paths for f in ([Path(p)] if Path(p).is_file() else Path(p).glob("*.txt")))
    for path in files:
        data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        if seen is not None and seen(sha256):
            yield Skipped(str(path), sha256)
        elif data.startswith(b"BAD"):
            yield Refusal(str(path), "binary", "No text.", sha256)
        else:
            yield Page(str(path), "text", data.decode("utf-8", "surrogatepass"), sha256)
            yield FileDone(str(path), sha256, 1)


def read_article(page: Page) -> Article | Refusal:
    if page.content.startswith("INDEX"):
        return Refusal(page.source, "index-page", "A list of links.", page.sha256)
    first = page.content.partition("\n")[0]
    outlet, day, headline = (part.strip() for part in first.split("|"))
    identity = make_id("a", page.sha256)
    body, furniture = [], []
    for found in re.finditer(r"[^\n]+", page.content[len(first) :]):
        start, end = found.start() + len(first), found.end() + len(first)
        if found[0].startswith("["):
            furniture.append((start, end, "nav"))
        else:
            body.append((start, end))
    at = page.content.index(headline)
    return Article(
        id=identity,
        source=page.source,
        text=page.content,
        headline=Span(identity, at, at + len(headline)),
        outlet=outlet,
        host=None,
        byline=None,
        agency=None,
        dateline=None,
        published=Date(day, day, "day", "stated", Span(identity, len(outlet), len(outlet) + 10)),
        language="en",
        body=tuple(body),
        furniture=tuple(furniture),
        origin=None,
        sha256=page.sha256,
    )


class Parsed:
    def __init__(self, article: Article) -> None:
        self.article = article


def read_words(parsed: Any, reading: Reading, actors: Any) -> None:
    article = parsed.article
    for start, end in article.body:
        text = article.text[start:end]
        for found in re.finditer(r"(\w+) said ([^.]+)", text):
            _say(reading, article, found, start)
        for found in re.finditer(r"(\w+) (met|plans|attacked) (\w+)", text):
            _meet(reading, article, found, start)
        for found in re.finditer(r"(\d+) killed", text):
            span = Span(article.id, start + found.start(1), start + found.end(1))
            reading.figures.append(
                Figure(
                    make_id("fi", span), span, "killed", float(found[1]), float(found[1]), None, False,
                    None, ("narrator",), article.published, reader="words.v1",
                )
            )  # fmt: skip


def break_down(parsed: Any, reading: Reading, actors: Any) -> None:
    if "PERHAPS" in parsed.article.text:
        reading.abstentions.append(Abstention("fragile.v1", reading.article, None, "unsure"))
    if "BOOM" in parsed.article.text:
        reading.events.append(reading.events[0] if reading.events else None)  # type: ignore[arg-type]
        raise ValueError("no such verb")


def _actor(reading: Reading, article: Article, found: re.Match[str], group: int, offset: int) -> str:
    name = found[group]
    span = Span(article.id, offset + found.start(group), offset + found.end(group))
    identity = make_id("ac", article.id, name)
    for i, actor in enumerate(reading.actors):
        if actor.id == identity:
            reading.actors[i] = replace(actor, mentions=(*actor.mentions, span))
            return identity
    reading.actors.append(
        Actor(identity, name, (name,), "state", None, None, (), (span,), key=name, reader="words.v1")
    )
    return identity


def _say(reading: Reading, article: Article, found: re.Match[str], offset: int) -> None:
    content = Span(article.id, offset + found.start(2), offset + found.end(2))
    speaker = _actor(reading, article, found, 1, offset)
    demand = " must " in found[2]
    reading.statements.append(
        Statement(
            make_id("st", content), (speaker,), None, None, (content,), "indirect",
            "demand" if demand else "assert", True, None, article.published, None, (), reader="words.v1",
        )
    )  # fmt: skip
    if demand:
        issue = make_id("is", "withdrawal")
        if not reading.issues:
            reading.issues.append(Issue(issue, "withdrawal", ("withdraw",)))
        reading.positions.append(
            Position(
                make_id("po", content), issue, (speaker,), "demands", (content,), article.published,
                (make_id("st", content),), reader="words.v1",
            )
        )  # fmt: skip


def _meet(reading: Reading, article: Article, found: re.Match[str], offset: int) -> None:
    span = Span(article.id, offset + found.start(), offset + found.end())
    one, other = _actor(reading, article, found, 1, offset), _actor(reading, article, found, 3, offset)
    if found[2] != "attacked":
        status = "held" if found[2] == "met" else "planned"
        reading.meetings.append(
            Meeting(
                make_id("me", span), "meeting", status, (one, other), None, None, article.published, None,
                (), (span,), reader="words.v1",
            )
        )  # fmt: skip
        return
    reading.events.append(
        Event(
            make_id("ev", span), "ASSAULT", None, (), "190", "plover", (one,), (other,), article.published,
            None, "happened", ("narrator",), (span,), reader="words.v1",
        )
    )  # fmt: skip


READERS = (Reader("words.v1", read_words), Reader("fragile.v1", break_down))


def read_articles(articles: Sequence[Article], store: Any) -> Iterator[Reading]:
    for article in articles:
        store.save_parses({make_id("p", article.text): b"parsed"})
        yield read_parsed(Parsed(article), READERS)


def compare_pile(store: Any) -> Iterator[Any]:
    """One actor a name; an origin an outlet; a difference where two outlets' figures differ."""
    pile = store.pile()
    readings = list(pile.readings())
    names = {a.id: make_id("ac", a.key) for r in readings for a in r.actors}
    yield from _actors(readings, names)
    outlets: dict[str, list[str]] = {}
    for article in pile.articles():
        outlets.setdefault(article.outlet or "", []).append(article.id)
    origins = {one: make_id("or", outlet) for outlet, ids in outlets.items() for one in ids}
    for outlet, ids in sorted(outlets.items()):
        yield Origin(make_id("or", outlet), outlet, "outlet", tuple(sorted(ids)), (), 1.0)
    issues = {issue.id: issue for r in readings for issue in r.issues}
    yield from issues.values()
    days: dict[str, TimelineDay] = {}
    for reading in readings:
        for st in reading.statements:
            yield replace(st, speakers=_named(st.speakers, names))
        for me in reading.meetings:
            yield replace(me, participants=_named(me.participants, names))
        for po in reading.positions:
            yield replace(po, parties=_named(po.parties, names))
        for ev in reading.events:
            yield replace(
                ev, sources=_named(ev.sources, names), recipients=_named(ev.recipients, names),
                count=Count(2, 1, 2),
            )  # fmt: skip
            day = days.get(ev.date.from_) or TimelineDay(ev.date, (), (), (), "A day.")
            days[ev.date.from_] = replace(day, events=(*day.events, ev.id))
        yield from reading.figures
    yield from _plans([m for r in readings for m in r.meetings])
    yield from _differences(readings, origins)
    yield from (days[day] for day in sorted(days))


def _named(ids: Iterable[str], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(names.get(one, one) for one in ids)


def _actors(readings: list[Reading], names: dict[str, str]) -> Iterator[Actor]:
    merged: dict[str, Actor] = {}
    for reading in readings:
        for actor in reading.actors:
            identity = names[actor.id]
            before = merged.get(identity, replace(actor, id=identity, mentions=()))
            merged[identity] = replace(before, mentions=(*before.mentions, *actor.mentions))
    yield from (merged[identity] for identity in sorted(merged))


def _plans(meetings: list[Meeting]) -> Iterator[Plan]:
    held = [m for m in meetings if m.status == "held"]
    for plan in meetings:
        if plan.status == "planned":
            became = "happened" if held else "unreported"
            by, outcome = tuple(m.id for m in held), tuple(s for m in held for s in m.evidence)
            yield Plan(
                make_id("pl", plan.id), (plan.id,), became, by, plan.date, held[0].date if held else None, plan.evidence, outcome, "told",
            )  # fmt: skip


def _differences(readings: list[Reading], origins: dict[str, str]) -> Iterator[Difference]:
    figures = [f for r in readings for f in r.figures]
    values = sorted({f.low for f in figures if f.low is not None})
    if len(values) > 1:
        sides = tuple(
            Side(
                f"{v:g}",
                tuple(f.span for f in figures if f.low == v),
                tuple(sorted({origins[f.span.article] for f in figures if f.low == v})),
            )
            for v in values
        )
        about = tuple(f.id for f in figures)
        yield Difference(
            make_id("di", *about), "number", about, sides, "high", "open", "figures differ",
            reader="compare.v1",
        )  # fmt: skip


def parts(**changes: Any) -> Parts:
    """The canned steps; name one to put another in its place."""
    ours = Parts(
        pages=read_pages,
        article=read_article,
        readers=tuple(r.name for r in READERS),
        model="canned-1",
        read=read_articles,
        compare=compare_pile,
        compare_name="compare.v1",
    )
    return replace(ours, **changes)


REPORTS = {
    "a.txt": "Herald | 1962-10-23 | Ships turn back\nKuba attacked Norda at dawn. At least 12 killed.\n"
    "Norda said Kuba must withdraw its guns.\n[Most read] [Share]\n",
    "b.txt": "Courier | 1962-10-24 | Talks open\nKuba met Norda in Vienna.\nKuba said the red line holds. 30 killed.\n",
    "c.txt": "Gazette | 1962-10-25 | Naïve hopes\n[Kuba said nothing here.]\nNorda said naïve hopes sink. PERHAPS.\n",
}


def write_reports(folder: Path, reports: dict[str, str] | None = None) -> Path:
    """Put canned reports into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (reports or REPORTS).items():
        (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    return folder
