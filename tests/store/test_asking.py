"""What records are asked by is told while they are gathered, and is what the finished tables say."""

from __future__ import annotations

import dataclasses
import re
import sqlite3

import pytest

from detente.pipeline import read_pile
from detente.store import SqliteStore
from detente.store.migrations import read_step
from tests import canned

REPORTS = {
    **canned.REPORTS,
    "d.txt": "Post | 1962-10-22 | To come\nKuba plans Norda.\n",
}
DAY = "1962-10-20"


def dated(store, *, last):
    """The canned record with another day for an article: told before all else, or after it."""
    article = next(a for a in store.pile().articles() if a.outlet == "Courier")
    day = dataclasses.replace(article.published, from_=DAY, to=DAY)
    placed, records = dataclasses.replace(article, published=day), list(canned.compare_pile(store))
    return [*records, placed] if last else [placed, *records]


def as_told(db):
    """What every record is known by, and every word of the index at its place."""
    db.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.seen USING fts5vocab(main, statement_words, instance)"
    )
    words = db.execute("SELECT doc, term, col, offset FROM seen").fetchall()
    return dict(db.execute("SELECT id, known FROM records")), sorted(words)


@pytest.mark.parametrize("last", [False, True], ids=["dated at first", "dated at last"])
def test_what_is_told_on_the_way_is_what_the_migrations_find(tmp_path, last):
    path = str(tmp_path / "x.db")
    store = SqliteStore(path)
    pile = canned.write_reports(tmp_path / "pile", REPORTS)
    read_pile([str(pile)], store, parts=canned.parts(compare=lambda store: dated(store, last=last)))
    store.close()
    db = sqlite3.connect(path)
    told = as_told(db)
    db.execute("UPDATE records SET known = NULL")
    for step in ("0002_asked.sql", "0003_plans.sql"):
        for statement in re.findall(r"^(?:UPDATE|INSERT) .*?;$", read_step(step), re.M | re.S):
            db.execute(statement)
    assert told == as_told(db)
    assert DAY in told[0].values()
    assert {"12", "hope"} <= {term for _, term, _, _ in told[1]}
