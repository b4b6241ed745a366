"""``detente show`` and ``detente trace``: one record with its words, and everything it stands on."""

from __future__ import annotations

import dataclasses
import json
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from detente.cli.lineage import lineage_json, lineage_lines, lineage_of
from detente.cli.main import ExamplesFirst
from detente.cli.options import db_option, opened
from detente.cli.output import bold, line_width, one_line
from detente.cli.versions import version_of, versions_lines
from detente.cli.views import show_count, show_date
from detente.record import Article, Count, Date, Origin, Span, Versions, layer_of, to_json
from detente.store.rows import id_of
from detente.store.walk import all_spans, is_id

if TYPE_CHECKING:
    from detente.api import Cited, Record

_FORMS = click.Choice(["table", "json", "jsonl", "md"])
_MOST = 40  # lines of a list shown


@click.command(
    cls=ExamplesFirst,
    examples="detente show st-3f9a1\ndetente show a-91c04 --format json",
    help="One record with the words it rests on, and what rests on it; of an origin, what each outlet kept, "
    "changed, added and dropped; of a page in versions, what changed. The beginning of an ID is enough.",
)
@click.argument("record_id", metavar="ID")
@click.option(
    "--format", "form", type=_FORMS, default="table", show_default=True, help="The form of the output."
)
@db_option
def show(record_id: str, form: str, db: str) -> None:
    """One record with its words."""
    with opened(db) as record:
        one = record.get(record_id)
        if form in ("json", "jsonl"):
            _write_json(_with_lineage(one, record), form)
            return
        _write(_shown_lines(one, record), form)


@click.command(
    cls=ExamplesFirst,
    examples="detente trace di-77b01\ndetente trace ev-0c2d9 --format json",
    help="From any record back to its sentences, articles, origins, the reader that made it, and the inputs.",
)
@click.argument("record_id", metavar="ID")
@click.option(
    "--format", "form", type=_FORMS, default="table", show_default=True, help="The form of the output."
)
@db_option
def trace(record_id: str, form: str, db: str) -> None:
    """From a record back to what it stands on."""
    from detente.cli.trace import lines_of
    from detente.cli.trace import trace as trace_record

    with opened(db) as record:
        traced = trace_record(record.get(record_id), record)
    if form in ("json", "jsonl"):
        _write_json(traced, form)
    else:
        _write(lines_of(traced), form)


def _with_lineage(one: Cited[Any], record: Record) -> dict[str, Any]:
    """A record as JSON; an origin that several articles carry with what each made of it."""
    found = lineage_of(one.record, record) if isinstance(one.record, Origin) else None
    return one.to_json() if found is None else {**one.to_json(), "lineage": lineage_json(found, record)}


def _write_json(data: dict[str, Any], form: str) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=1 if form == "json" else None))


def _write(lines: Iterator[str], form: str) -> None:
    if form == "md":
        click.echo("```text")
    for line in lines:
        click.echo(line)
    if form == "md":
        click.echo("```")


def _shown_lines(one: Cited[Any], record: Record) -> Iterator[str]:
    if isinstance(one.record, Article):
        return _article_lines(one.record, record)
    if isinstance(one.record, Versions):
        return versions_lines(one.record, record)
    return _lines(one, record)


def _lines(one: Cited[Any], record: Record) -> Iterator[str]:
    bare = one.record
    identity = id_of(bare)
    yield bold(f"{layer_of(bare).name} {identity}")
    cited = {name for name, _ in all_spans(bare)}
    for field in dataclasses.fields(bare):
        name = field.name.rstrip("_")
        value = getattr(bare, field.name)
        if (
            name in ("id", "sides")
            or (name in cited and not isinstance(value, Date))
            or value in (None, (), "")
        ):
            continue
        yield from _field(name, _shown(value, record))
    for side in getattr(bare, "sides", ()):
        yield from _field(
            "side", f"{side.value}   carried by {', '.join(map(record.label, side.origins)) or '–'}"
        )
        yield from (line for span in side.spans[:_MOST] for line in _cited(span, record))
    for name in sorted(cited - {"date", "sides"}):
        spans = [span for field_name, span in all_spans(bare) if field_name == name]
        yield from _field(name, "" if len(spans) < _MOST else f"the first {_MOST} of {len(spans)}")
        yield from (line for span in spans[:_MOST] for line in _cited(span, record))
    if isinstance(bare, Origin) and (found := lineage_of(bare, record)) is not None:
        yield from lineage_lines(found, record)
    yield from _named_by(identity, record)


def _field(name: str, text: str) -> Iterator[str]:
    yield from textwrap.wrap(
        one_line(text), line_width(), initial_indent=f"  {name:<13}", subsequent_indent=" " * 15
    ) or [f"  {name}"]


def _cited(span: Span, record: Record) -> Iterator[str]:
    article = record.article(span.article)
    yield from textwrap.wrap(
        f"“{one_line(article.words(span))}”", line_width(), initial_indent="    ", subsequent_indent="    "
    )
    place = f"{article.source}:{span.start}–{span.end}"
    short = record.view.short_id(article.id)
    yield f"      {article.outlet or '–'}, {show_date(article.published)}   {place}   {short}"


def _shown(value: Any, record: Record) -> str:
    if isinstance(value, Date):
        words = f': "{record.cite(value.span).text}"' if value.span else ""
        return f"{show_date(value)} ({value.precision}, {value.basis}{words})"
    if isinstance(value, Count):
        return show_count(value)
    if isinstance(value, tuple):
        return ", ".join(_shown(item, record) for item in value)
    if isinstance(value, str) and is_id(value):
        label = record.label(value)
        short = record.view.short_id(value)
        return short if label == value else f"{label} ({short})"
    if dataclasses.is_dataclass(value):
        parts = (f"{k} {v}" for k, v in to_json(value).items() if v not in (None, [], ""))
        return ", ".join(parts)
    return str(value)


def _named_by(identity: str, record: Record) -> Iterator[str]:
    named = record.view.resting_on(identity)
    if named:
        yield from _field("named by", "" if len(named) <= _MOST else f"the first {_MOST} of {len(named)}")
    for resting in named[:_MOST]:
        yield f"    {resting.layer:<12} {record.view.short_id(resting.id):<12} as {resting.field}"


def _article_lines(article: Article, record: Record) -> Iterator[str]:
    """An article: who, when, where from, its body, and what was read in it."""
    yield bold(f"article {article.id}")
    if article.headline is not None:
        yield from _field("headline", article.words(article.headline))
    for name in ("outlet", "host", "byline", "agency", "dateline", "language", "origin", "url"):
        value = getattr(article, name)
        if value:
            basis = f"   ({article.basis[name]})" if name in article.basis else ""
            yield from _field(name, _shown(value, record) + basis)
    yield from _field("published", _shown(article.published, record))
    if article.fetched:
        yield from _field("fetched", article.fetched)
    for name, told in version_of(article, record):
        yield from _field(name, told)
    for entry in record.view.inputs_of(article.id):
        yield from _field("input", f"{entry.source} ({entry.status}), sha256 {entry.sha256[:12]}…")
    if article.notes:
        yield from _field("notes", "; ".join(article.notes))
    kinds = ", ".join(sorted({kind for _, _, kind in article.furniture}))
    furniture = f"{len(article.furniture)} pieces ({kinds})" if kinds else "none"
    yield from _field("furniture", furniture)
    for start, end in article.body:
        yield ""
        yield from textwrap.wrap(
            one_line(article.text[start:end]), line_width(), initial_indent="  ", subsequent_indent="  "
        )
    yield from _read_in(article, record)


def _read_in(article: Article, record: Record) -> Iterator[str]:
    resting = record.view.resting_in(article.id)
    seen = dict.fromkeys((r.layer, r.id) for r in resting if r.layer != "actors" and r.field != "date")
    if seen:
        yield ""
        yield from _field("read in it", "")
    for layer, identity in list(seen)[:_MOST]:
        cited = record.get(identity).citations
        words = one_line(cited[0].text)[:80] if cited else ""
        yield f"    {layer:<12} {record.view.short_id(identity):<12} {words}"
    if len(seen) > _MOST:
        yield f"    … {len(seen) - _MOST} more. Run: detente show {article.id} --format json"
