"""Reader: the clean article, what was taken from each sentence in the margin, copied words greyed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from detente.record import Article, Span, to_json
from detente.report.view import date_label
from detente.store import Filter
from detente.web.ask import Ask
from detente.web.lines import Line, line_json, line_of
from detente.web.look import Look
from detente.web.page import FILTERS, PAGING, Page, Screen
from detente.web.pages.lists import echo_of
from detente.web.pages.versions import captures_of

MARGIN = ("statements", "events", "meetings", "measures", "positions", "figures")
_LETTER = {
    "statements": "said",
    "events": "event",
    "meetings": "met",
    "measures": "act",
    "positions": "wants",
    "figures": "figure",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph: its words, how it is shown, and what rests on it."""

    text: str
    css: str
    title: str
    href: str
    anchor: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a piece of furniture, with its margin. ``kind`` is body or a kind of furniture."""

    kind: str
    start: int
    pieces: list[Piece]
    notes: list[tuple[str, Line]]


def show_articles(look: Look, ask: Ask) -> Page:
    """The reports, narrowed and paged."""
    records, total, after = look.page("articles", ask)
    heads = [look.head(a.id) for a in records]
    return Page(
        template="articles",
        title="Reports",
        echo=echo_of(look, ask, "reports"),
        data={"rows": [head_json(look, h) for h in heads]},
        view={"rows": [(h, date_label(h.published), look.origin_name(look.origin_of(h.id))) for h in heads]},
        columns=(
            "id",
            "outlet",
            "title",
            "from",
            "to",
            "precision",
            "basis",
            "origin",
            "source",
            "url",
            "notes",
        ),
        rows=lambda: [
            _csv(look, look.head(a.id)) for a in look.view.layer("articles", where=look.where(ask))
        ],
        total=total,
        after=after,
    )


def head_json(look: Look, head: Any) -> dict[str, Any]:
    """An article's head for the JSON twin."""
    return {
        "id": head.id,
        "outlet": head.outlet,
        "title": head.title,
        "published": to_json(head.published),
        "origin": head.origin,
        "origin_name": look.origin_name(look.origin_of(head.id)),
        "source": head.source,
        "url": head.url,
        "notes": list(head.notes),
    }


def _csv(look: Look, head: Any) -> list[Any]:
    date = head.published
    return [
        head.id,
        head.outlet,
        head.title,
        date.from_,
        date.to,
        date.precision,
        date.basis,
        look.origin_name(look.origin_of(head.id)),
        head.source,
        head.url,
        "; ".join(head.notes),
    ]


def show_article(look: Look, ask: Ask, identity: str) -> Page:
    """One article with its margin."""
    article = look.article(look.view.full_id(identity))
    head = look.head(article.id)
    lines = {line.id: line for line in _margin_lines(look, article)}
    copied = copied_places(look, article)
    at = _at(article, ask)
    blocks = _blocks(look, article, lines, copied, at)
    origin = look.snap.origins.get(head.origin)
    captures = captures_of(look, article.id)
    own = {capture.id for capture in captures}
    return Page(
        template="reader",
        title=head.title,
        echo=f"{head.outlet}, {date_label(head.published)}",
        data={
            "article": {k: v for k, v in to_json(article).items() if k != "text"},
            "text": article.text,
            "margin": [line_json(line) for line in lines.values()],
            "copied": [{"start": s, "end": e, "from": list(who)} for s, e, who in copied],
            "versions": to_json(look.snap.versions[article.id]) if captures else None,
        },
        view={
            "article": article,
            "head": head,
            "blocks": blocks,
            "origin": origin,
            "lines": lines,
            "published": date_label(head.published),
            "origin_name": look.origin_name(look.origin_of(head.id)),
            "siblings": [
                look.head(a)
                for a in (origin.articles if origin else ())
                if a not in (article.id, *own) and a in look.snap.heads
            ][:12],
            "captures": captures,
            "copied_share": _share(article, copied),
            "inputs": look.view.inputs_of(article.id)[:6],
        },
        columns=("layer", "id", "who", "kind", "words", "start", "end"),
        rows=lambda: [
            [x.layer, x.id, "; ".join(n for _, n in x.who), x.kind, x.words, x.span.start, x.span.end]
            for x in lines.values()
            if x.span
        ],
        total=len(lines),
    )


def _margin_lines(look: Look, article: Article) -> list[Line]:
    """What rests on this article's words, in the order of the text, each record at its first place here."""
    found: dict[str, Span] = {}
    for resting in look.view.resting_in(article.id):
        if resting.layer in MARGIN and resting.field in ("content", "evidence", "span") and resting.span:
            found.setdefault(resting.id, resting.span)
    lines = []
    for identity, span in found.items():
        line = line_of(look, look.get(identity))
        lines.append(_at_place(look, line, span))
    return sorted(lines, key=lambda x: (x.span.start if x.span else 0, MARGIN.index(x.layer)))


def _at_place(look: Look, line: Line, span: Span) -> Line:
    from dataclasses import replace

    return replace(line, span=span, words=look.words(span), quote=None)


def copied_places(look: Look, article: Article) -> list[tuple[int, int, tuple[str, ...]]]:
    """Stretches that another report carries too, with those reports' outlets; no quotations or formulas.

    Another version of the same page is no other report.
    """
    versions = look.snap.versions.get(article.id)
    own = set(versions.articles) if versions is not None else {article.id}
    places = []
    for passage in look.view.layer("passages", where=Filter(articles=(article.id,))):
        if passage.shared not in ("text", "document"):
            continue
        others = tuple(
            dict.fromkeys(
                look.head(s.article).outlet
                for s in passage.spans
                if s.article not in own and s.article in look.snap.heads
            )
        )
        if not others:
            continue
        places += [(s.start, s.end, others) for s in passage.spans if s.article == article.id]
    return sorted(places)


def _share(article: Article, copied: list[tuple[int, int, tuple[str, ...]]]) -> float:
    whole = sum(e - s for s, e in article.body) or 1
    covered = {n for s, e, _ in copied for n in range(s, e)}
    return sum(1 for s, e in article.body for n in range(s, e) if n in covered) / whole


def _at(article: Article, ask: Ask) -> tuple[int, int] | None:
    if not ask.get("at"):
        return None
    start, _, end = ask.get("at").partition("-")
    return (min(int(start), len(article.text)), min(int(end), len(article.text)))


def _blocks(
    look: Look,
    article: Article,
    lines: dict[str, Line],
    copied: list[tuple[int, int, tuple[str, ...]]],
    at: tuple[int, int] | None,
) -> list[Block]:
    """Paragraphs and furniture in the order of the page."""
    notes: dict[int, list[tuple[str, Line]]] = defaultdict(list)
    for line in lines.values():
        home = next((s for s, e in article.body if line.span and s <= line.span.start < e), None)
        if home is not None:
            notes[home].append((_LETTER[line.layer], line))
    blocks = [
        Block("body", s, _pieces(article, s, e, lines, copied, at), notes.get(s, [])) for s, e in article.body
    ]
    own = {(s, e) for s, e in article.body}
    blocks += [
        Block(kind, s, [Piece(article.text[s:e], "", "", "")], [])
        for s, e, kind in article.furniture
        if (s, e) not in own and article.text[s:e].strip()
    ]
    return sorted(blocks, key=lambda b: b.start)


def _pieces(
    article: Article,
    start: int,
    end: int,
    lines: dict[str, Line],
    copied: list[tuple[int, int, tuple[str, ...]]],
    at: tuple[int, int] | None,
) -> list[Piece]:
    """A paragraph cut wherever a mark begins or ends."""
    marks = [
        (x.span.start, x.span.end, x)
        for x in lines.values()
        if x.span and x.span.start < end and x.span.end > start
    ]
    cuts = {start, end}
    for first, last, _ in [*marks, *copied, *([(*at, None)] if at else [])]:
        cuts |= {c for c in (first, last) if start < c < end}
    order = sorted(cuts)
    pieces = []
    anchored = False
    for first, last in pairwise(order):
        here = [x for s, e, x in marks if s <= first and last <= e]
        from_ = next((who for s, e, who in copied if s <= first and last <= e), None)
        told = at is not None and at[0] <= first and last <= at[1]
        css = " ".join(
            filter(None, ("copied" if from_ is not None else "", _css(here), "told" if told else ""))
        )
        title = f"also in {', '.join(from_[:4])}" if from_ else ""
        pieces.append(
            Piece(
                article.text[first:last],
                css,
                title,
                f"/cite/{here[-1].id}" if here else "",
                told and not anchored,
            )
        )
        anchored = anchored or told
    return pieces


def _css(here: list[Line]) -> str:
    if not here:
        return ""
    layer = here[-1].layer
    return f"m m-{layer}"


SCREENS = (
    Screen("/articles", show_articles, (*FILTERS, *PAGING), "The reports read", "reader"),
    Screen("/reader", show_articles, (*FILTERS, *PAGING), "The reports read", "reader"),
    Screen(
        "/reader/{id}", show_article, ("at",), "One article with what was taken from each sentence", "reader"
    ),
)
