"""``detente review``: a queue at the keyboard over what is unsure; every verdict is kept as a judgement."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.main import ExamplesFirst
from detente.cli.options import db_option, format_option, opened
from detente.cli.output import Column, Row, bold, line_width, many, one_line, show_note, show_rows
from detente.errors import InputError
from detente.record import layer_of
from detente.store import shown_path
from detente.store.review import VERDICTS, Judge

if TYPE_CHECKING:
    from detente.api import Record
    from detente.store.review import About

_LIST = (
    Column("KIND", 8), Column("ABOUT"), Column("WHO", 16), Column("WHEN", 16), Column("WHY"),
)  # fmt: skip
_MOST = 6  # citations shown of one record
_DIFFERENCE = {
    "r": ("right", "they differ"),
    "w": ("wrong", "no real difference"),
    "d": ("settled", "settled"),
}
_PAIR = {"s": ("same", "the same"), "n": ("not-same", "not the same")}
_RECORD = {"r": ("right", "the words say this"), "w": ("wrong", "they do not")}
_UNSURE = {"u": ("unsure", "unsure")}
_NOTED = frozenset(("settled", "wrong", "not-same"))


@click.command(
    cls=ExamplesFirst,
    examples="detente review\n"
    "detente review --who Ada --db crisis.db\n"
    "detente review --export judgements.jsonl\n"
    "detente review --list --format json",
    help="Judge what is unsure, one item at a time: open differences, records that may be one, and what the "
    "readers were least sure of. Press the key at the prompt; quit any time. Each verdict is kept with who, "
    "when and why; looking writes nothing. The next detente read applies them (no PATHS: compares again).",
)
@click.option("--who", metavar="NAME", help="Whose judgements these are (else your login name).")
@click.option("--list", "listed", is_flag=True, help="List the judgements kept.")
@click.option("--export", "out", metavar="FILE", help="Write the judgements as JSON Lines (- for stdout).")
@click.option(
    "--import", "source", metavar="FILE", help="Take in judgements from JSON Lines: all of them or none."
)
@format_option
@db_option
def review(who: str | None, listed: bool, out: str | None, source: str | None, form: str, db: str) -> None:
    """Judge what is unsure, item by item."""
    if source is not None:
        _take_in(source, db)
    elif out is not None:
        _write_out(out, db)
    elif listed:
        _list_kept(db, form)
    else:
        _go_through(db, who or _login())


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no login name, as in a bare container
        return "reviewer"


def _list_kept(db: str, form: str) -> None:
    import json

    from detente.store.review import judgement_line

    with opened(db) as record:
        kept = record.view.judgements()
    rows = [
        Row((j.kind, " ".join(j.about), j.who, j.when[:16], j.why), json.loads(judgement_line(j)))
        for j in kept
    ]
    show_rows(_LIST, rows, form=form)
    if form == "table":
        show_note(f"{many(len(kept), 'judgements')}.")


def _write_out(out: str, db: str) -> None:
    from detente.store.review import judgement_line

    with opened(db) as record:
        lines = [judgement_line(j) + "\n" for j in record.view.judgements()]
    if out == "-":
        click.echo("".join(lines), nl=False)
        return
    try:
        Path(out).write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{out} cannot be written ({error.strerror}).") from error
    show_note(f"{many(len(lines), 'judgements')} in {out}.")


def _take_in(source: str, db: str) -> None:
    from detente.store.review import keep_judgements, read_judgement_lines

    with opened(db):  # a store that is not there is an error, not a new store
        pass
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{source} cannot be read ({error}).") from error
    kept = keep_judgements(db, read_judgement_lines(text.splitlines(), source=source))
    click.echo(f"{many(len(kept), 'judgements')} taken in. Apply with: detente read --db {shown_path(db)}")


def _go_through(db: str, who: str) -> None:
    """The queue: show, ask, keep; back with undo, on with Enter."""
    from detente.store.review import not_judged, review_queue

    judge, judged = Judge(db, who), 0
    with opened(db) as record:
        left = not_judged(review_queue(record.view), record.view.judgements())
        total, place = len(left), 0
        while place < total or judge.done:  # the last verdict can be taken back too
            keys = _show(left[place], record, f"{place + 1} of {total}") if place < total else {}
            kind = _ask(keys)
            if kind == "quit" or (place == total and kind != "undo"):
                break
            if kind == "undo":
                about = judge.undo()
                judged -= bool(about)
                place = left.index(about) if about else place
                show_note("Taken back." if about else "There is nothing to take back.")
                continue
            if kind:
                judge.judge(kind, left[place], _why(kind))
                judged += 1
            place += 1
    if not total:
        click.echo("Nothing is left to judge.")
    click.echo(
        f"{many(judged, 'judgements')} kept."
        + (f" Apply with: detente read --db {shown_path(db)}" if judged else "")
    )


def _show(about: About, record: Record, place: str) -> dict[str, tuple[str, str]]:
    """An item with its words; the keys that answer it."""
    click.echo()
    first = record.get(about[0])
    layer = layer_of(first.record).name.removesuffix("s")
    if layer == "difference":
        click.echo(bold(f"{place}  Do these accounts differ? {first.kind}: {one_line(first.why)}"))
        for side in first.sides:
            carried = ", ".join(map(record.label, side.origins)) or "–"
            click.echo(f"  {one_line(side.value)}   ({carried})")
            _write_words(side.spans, record)
        return {**_DIFFERENCE, **_UNSURE}
    question = f"Are these one {layer}?" if len(about) > 1 else f"Do the words say this {layer}?"
    click.echo(bold(f"{place}  {question}"))
    for identity in about:
        one = record.get(identity)
        click.echo(f"  {_line(one, record)}")
        _write_words(tuple(c.span for c in one.citations), record)
    return {**(_PAIR if len(about) > 1 else _RECORD), **_UNSURE}


def _line(one: Any, record: Record) -> str:
    from detente.cli.views import VIEWS

    cells = VIEWS[layer_of(one.record).name].cells(one, record)
    return " · ".join(cell for cell in map(one_line, cells) if cell and cell != "–")


def _write_words(spans: tuple[Any, ...], record: Record) -> None:
    from detente.cli.views import sentence_of

    for span in spans[:_MOST]:
        outlet = record.article(span.article).outlet or "–"
        text = f"“{one_line(sentence_of(record, span))}” {outlet}"
        for line in textwrap.wrap(text, line_width(), initial_indent="    ", subsequent_indent="    "):
            click.echo(line)


def _ask(keys: dict[str, tuple[str, str]]) -> str:
    """The verdict that a key stands for; "undo", "quit", or nothing for later."""
    told = "  ".join(f"[{key}] {text}" for key, (_, text) in keys.items()) or "That was the last."
    while True:
        click.echo(f"{told}  [z] undo  [q] quit  [Enter] {'later' if keys else 'quit'}: ", nl=False)
        key = next(_keys(), "q").strip().lower()[:1]
        if key in ("q", "z"):
            return {"q": "quit", "z": "undo"}[key]
        if not key or key in keys:
            return keys[key][0] if key else ""
        show_note(f"{key!r} is none of the keys.")


def _why(kind: str) -> str:
    """A note on the verdict, for those that want one."""
    if kind not in _NOTED:
        return ""
    click.echo(f"{VERDICTS[kind].capitalize()}. Why (Enter for none): ", nl=False)
    return sys.stdin.readline().strip()


def _keys() -> Iterator[str]:
    """One key press from a terminal; elsewhere one line, and nothing at its end."""
    if sys.stdin.isatty():
        key = click.getchar()
        click.echo(key if key.isprintable() else "")
        yield key
        return
    line = sys.stdin.readline()
    click.echo()
    if line:
        yield line
