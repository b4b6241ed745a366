"""The record as it stood on a day: what was published until then, compared again as if nothing had followed.

The replay lives in memory. It takes the articles and their readings of a store as they are (nothing is
parsed or read again) and compares those of the day anew, so that counts, merges and differences rest on
what a reader of that day could have had. An undated report takes part where its company places it by that
day (``basis: inferred``); that placing rests on the whole pile, and is said. Of a page in several versions,
those captured after the day are left out, but for the first.

Limits: it costs one comparison of the day's pile; the actors' merging and the judgements are today's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.errors import UsageError
from detente.store.protocol import Input

if TYPE_CHECKING:
    from detente.record import Article
    from detente.store.look import SqlView
    from detente.store.sqlite import SqliteStore

READERS = "replay"  # what the copied readings are filed under
BATCH = 200


@dataclass(frozen=True, slots=True)
class Replay:
    """A record of an earlier day, and which reports it rests on.

    ``placed`` are undated reports that their company places by that day, ``undated`` those that nothing
    places (left out), ``later`` how many were published after it.
    """

    store: SqliteStore
    day: dt.date
    reports: int
    later: int
    placed: tuple[str, ...]
    undated: tuple[str, ...]

    def told(self) -> str:
        """One line on what the record rests on."""
        parts = [f"As of {self.day}: {self.reports:,} reports"]
        if self.placed:
            parts.append(f"{len(self.placed):,} of them undated, placed by company ({_some(self.placed)})")
        parts.append(f"{self.later:,} later ones left out")
        if self.undated:
            parts.append(f"{len(self.undated):,} undated left out ({_some(self.undated)})")
        return "; ".join(parts) + "."


def _some(sources: tuple[str, ...]) -> str:
    return ", ".join(sources[:3]) + (" …" if len(sources) > 3 else "")


def replay(
    view: SqlView,
    day: dt.date,
    *,
    compare: Callable[[Any], Iterable[Any]],
    made_by: dict[str, str] | None = None,
) -> Replay:
    """The record as the reports published until the end of ``day`` support it.

    Args:
        view: the store of the whole pile; it is only looked at.
        day: the last day of publication that counts.
        compare: a store → every record of the compared layers, as the pipeline's step has it.
        made_by: for the manifest.
    """
    from detente.store.sqlite import SqliteStore

    pile = view.pile()
    kept, later, placed, undated = _sorted_out(view, day)
    store = SqliteStore(":memory:")
    for i in range(0, len(kept), BATCH):
        ids = kept[i : i + BATCH]
        store.add_inputs([(_input(a), a) for a in map(pile.article, ids)])
        store.add_readings((pile.reading(one) for one in ids), readers=READERS)
    for judgement in view.judgements():
        store.add_judgement(judgement)
    fingerprint = store.pile_fingerprint()
    store.replace_records(compare(store), fingerprint=fingerprint, made_by=made_by or {})
    return Replay(store, day, len(kept), later, placed, undated)


def parse_day(value: str) -> dt.date:
    """A day as written: "2014-03-05".

    Raises:
        UsageError: it is none.
    """
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{value!r} is no day.", hint="Write it as 2014-03-05.") from None


def _sorted_out(view: SqlView, day: dt.date) -> tuple[list[str], int, tuple[str, ...], tuple[str, ...]]:
    """Ids kept, how many are later, the sources of undated reports that are placed and that are not."""
    kept: list[str] = []
    placed: list[str] = []
    undated: list[str] = []
    later = 0
    rewritten = _captured_later(view, day)
    for article, published, was_dated in _dated(view):
        if published is None:
            undated.append(article.source)
        elif published > day or article.id in rewritten:
            later += 1
        else:
            kept.append(article.id)
            if not was_dated:
                placed.append(article.source)
    return kept, later, tuple(placed), tuple(undated)


def _captured_later(view: SqlView, day: dt.date) -> frozenset[str]:
    """Versions of a page that were captured after the day: what an outlet put in later was not known then.

    Where every capture is later, the first one stands for the page.
    """
    found: set[str] = set()
    for versions in view.layer("versions"):
        if versions.basis == "fetched":
            for article_id in versions.articles[1:]:
                fetched = view.article(article_id).fetched
                if fetched and fetched[:10] > day.isoformat():
                    found.add(article_id)
    return frozenset(found)


def _dated(view: SqlView) -> Iterator[tuple[Article, dt.date | None, bool]]:
    for article in view.pile().articles():
        day = article.published.last_day
        if day is None:
            yield article, view.article(article.id).published.last_day, False
        else:
            yield article, day, True


def _input(article: Article) -> Input:
    return Input(article.source, article.sha256 or "", "read", article=article.id)
