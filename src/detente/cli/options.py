"""What every command shares: which store, which format, and how a record is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from detente.api import Record

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("table", "json", "jsonl", "csv", "md")


def db_option(function: F) -> F:
    """``--db PATH``, else DETENTE_DB, else crisis.db in this folder."""
    return click.option(
        "--db",
        envvar="DETENTE_DB",
        default="crisis.db",
        show_default=True,
        metavar="PATH",
        help="The store (else DETENTE_DB).",
    )(function)


def format_option(function: F) -> F:
    """``--format``: the one thing that changes the form of the output."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="The form of the output.",
    )(function)


def limit_option(default: int | None = 50) -> Callable[[F], F]:
    """``--limit``: how many lines a table shows; 0 for all. Other formats give all unless told."""

    def add(function: F) -> F:
        return click.option(
            "--limit",
            type=click.IntRange(min=0),
            default=None,
            metavar="N",
            help=f"At most N (0: all). Tables show {default} unless told; other formats all.",
        )(function)

    return add


def chosen_limit(limit: int | None, form: str, *, table: int = 50) -> int | None:
    """The limit to use: what was asked for, else the table's, else none."""
    if limit is not None:
        return limit or None
    return table if form in ("table", "md") else None


def asof_option(function: F) -> F:
    """``--asof DAY``: the record as the reports published until then support it."""
    return click.option(
        "--asof",
        metavar="DAY",
        help="As the reports published until this day support it (compared again in memory).",
    )(function)


@contextmanager
def opened(db: str, *, asof: str | None = None) -> Iterator[Record]:
    """The record of ``--db``, opened for looking; with ``asof`` as it stood at the end of that day."""
    from detente.api import open_record

    with open_record(db) as record:
        if asof is None:
            yield record
            return
        with replayed(record, asof) as earlier:
            yield earlier


@contextmanager
def replayed(record: Record, asof: str) -> Iterator[Record]:
    """The record as it stood at the end of a day; which reports that takes is told on stderr."""
    from detente.api import Record
    from detente.pipeline import replay_pile
    from detente.store.replay import parse_day

    again = replay_pile(record.view, parse_day(asof))
    click.echo(again.told(), err=True)
    with Record(again.store) as earlier:
        yield earlier
