"""What a record is asked by, told while the compared record is gathered and not when all of it stands there.

The step that set it first (migrations 2 and 3) works it out of the finished tables; that took a quarter of
the time in which the store is written and nobody else may write. What is told here is the same to the letter
(``tests/store/test_asking.py``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from operator import itemgetter

from detente.record import Article
from detente.store.pile import StoredPile
from detente.store.rows import Entry, days_told
from detente.store.write import Connection, Gathered

HELD = 1000  # articles whose texts are held while records that cite them come

WORDED = frozenset(["statements", "events", "meetings", "measures", "positions", "figures", "differences"])
"""Layers whose cited words can be searched for, and (below) the fields whose words they are."""
_WORDED_FIELDS = frozenset(["content", "evidence", "outcome", "span", "sides"])


def known_of(entry: Entry, days: Mapping[str, str | None]) -> str | None:
    """The first day on which what a record rests on had been published; None where all of it is undated.

    Args:
        entry: the record.
        days: each article's first day.
    """
    layer, line = entry.row[0], entry.row[-1]
    if layer == "articles":
        return entry.row[3]
    if layer == "differences":  # both sides had to be told
        sides = json.loads(line)["sides"]
        return _last(_first(days.get(span["article"]) for span in side["spans"]) for side in sides)
    if layer == "plans":  # as had a plan and its outcome
        fields = dict.fromkeys(field for field, *_ in entry.citations)
        return _last(_first(days.get(c[1]) for c in entry.citations if c[0] == one) for one in fields)
    cited = _first(days.get(article) for _, article, _, _ in entry.citations)
    return cited if cited is not None else _first(days.get(target) for _, target in entry.links)


def words_of(entry: Entry, text: Callable[[str], str | None]) -> str | None:
    """The words that a record can be found by, in the order of articles; None where it cites none.

    Args:
        entry: the record.
        text: an article's id → its text; None where there is no such article.
    """
    cited = [c for c in entry.citations if c[0] in _WORDED_FIELDS]
    cited.sort(key=itemgetter(1))
    found = [whole[start:stop] for _, one, start, stop in cited if (whole := text(one)) is not None]
    return " ".join(found) if found else None


def _first(days: Iterable[str | None]) -> str | None:
    return min((day for day in days if day is not None), default=None)


def _last(days: Iterable[str | None]) -> str | None:
    return max((day for day in days if day is not None), default=None)


class AskedGathered(Gathered):
    """Records on their way into SQLite's temporary tables, with what they are asked by.

    ``whole`` is False where an article was given a date after records that rest on it had been told theirs.
    """

    def __init__(self, db: Connection, pile: StoredPile) -> None:
        super().__init__(db)
        db.execute("DROP TABLE IF EXISTS temp.new_words")
        db.execute("CREATE TEMP TABLE new_words (n INTEGER PRIMARY KEY, words TEXT)")
        self.whole = True
        self._days = {article.id: days_told(article)[0] for article in pile.articles()}
        self._text = lru_cache(maxsize=HELD)(partial(_text_of, db))
        self._words: list[tuple[int, str | None]] = []

    def date(self, article: Article) -> None:
        """An article has another date than it was read with."""
        self.whole = self.whole and not self.begun
        self._days[article.id] = days_told(article)[0]

    def known(self, entry: Entry) -> str | None:
        """The first day on which the record's grounds had been published."""
        return known_of(entry, self._days)

    def add(self, entry: Entry) -> int:
        """Take one in."""
        n = super().add(entry)
        if entry.row[0] in WORDED:
            self._words.append((n, words_of(entry, self._text)))
        return n

    def flush(self) -> None:
        """Write what is held."""
        super().flush()
        self._db.executemany("INSERT INTO new_words VALUES (?, ?)", self._words)
        self._words.clear()


def _text_of(db: Connection, article_id: str) -> str | None:
    row = db.execute("SELECT text FROM articles WHERE id = ?", (article_id,)).fetchone()
    return None if row is None else str(row[0])


def index_words(db: Connection) -> None:
    """Put the gathered words into the index, each with the names of its speakers."""
    db.execute("INSERT INTO statement_words (statement_words) VALUES ('delete-all')")
    db.execute(
        "INSERT INTO statement_words (rowid, words, speaker) SELECT w.n, w.words, "
        "(SELECT group_concat(json_extract(s.json, '$.name'), ' ') FROM links AS l "
        "JOIN records AS s ON s.id = l.target WHERE l.record = w.n AND l.field = 'speakers') "
        "FROM new_words AS w ORDER BY w.n"
    )
    db.execute("DROP TABLE new_words")
