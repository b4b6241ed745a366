"""``detente search``: words in articles and statements, each find with its place."""

from __future__ import annotations

import click

from detente.api import Record
from detente.cli.main import ExamplesFirst
from detente.cli.options import db_option, format_option, limit_option, opened
from detente.cli.output import Column, Row, many, show_note, show_rows
from detente.cli.views import DATE, ID, WORDS, show_date, show_speakers
from detente.record import Article
from detente.store.protocol import Hit

_COLUMNS = (DATE, Column("WHERE", 24), WORDS, Column("PLACE", 13), ID)
_TABLE = 20


@click.command(
    cls=ExamplesFirst,
    examples='detente search "red line"\n'
    "detente search '\"red line\" OR ultimatum*' --in statements\n"
    "detente search 'gas -Gazprom' --format jsonl",
    help="Find words in articles and statements. Quotes make a phrase, * ends a beginning, - leaves out, "
    "OR stands between alternatives; word forms, case and accents are folded.",
)
@click.argument("query", nargs=-1, required=True)
@click.option("--in", "where", type=click.Choice(["articles", "statements"]), help="Only there.")
@limit_option(_TABLE)
@format_option
@db_option
def search(query: tuple[str, ...], where: str | None, limit: int | None, form: str, db: str) -> None:
    """Find words in articles and statements."""
    text = " ".join(
        f'"{part}"' if " " in part and '"' not in part and len(query) > 1 else part for part in query
    )
    most = limit if limit else _TABLE if limit is None and form in ("table", "md") else 1_000_000
    with opened(db) as record:
        hits: list[Hit] = []
        if where != "statements":
            hits += record.search(text, limit=most)
        if where != "articles":
            hits += record.view.search_statements(text, limit=most)
        full = form not in ("table", "md")
        show_rows(_COLUMNS, [_row(hit, record, full=full) for hit in hits], form=form)
        if form == "table":
            show_note(f"\n{many(len(hits), 'places')} for {text}" if hits else f"Nothing for {text}")


def _row(hit: Hit, record: Record, *, full: bool) -> Row:
    article = record.article(hit.span.article)
    where = article.outlet or article.host or "–"
    date = show_date(article.published)
    if hit.layer == "statements":
        statement = record.get(hit.id)
        where, date = f"{show_speakers(statement, record)} said", show_date(statement.date)
    place = f"{hit.span.start}:{hit.span.end}"
    shown = hit.id if full else record.view.short_id(hit.id)
    data = {
        "id": hit.id,
        "layer": hit.layer,
        "span": {"article": hit.span.article, "start": hit.span.start, "end": hit.span.end},
        "text": hit.text,
        "marks": [list(mark) for mark in hit.marks],
    }
    return Row((date, where, _marked(hit, article, on=not full), place, shown), data)


def _marked(hit: Hit, article: Article, *, on: bool) -> str:
    """The words, the found ones in ‹marks›: colour is never alone."""
    if not on:
        return hit.text
    out: list[str] = []
    at = hit.span.start
    for start, end in hit.marks:
        out += (article.text[at:start], "‹", article.text[start:end], "›")
        at = end
    return "".join((*out, article.text[at : hit.span.end]))
