"""What is worth a person's judgement, and how a judgement is kept: shared by the terminal and the browser.

The queue: open differences, the gravest first; pairs of records that may be one; then what the readers were
least sure of. Making it only looks; a judgement alone is written, with who, when and why, and the next
comparison applies it.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

from detente.errors import InputError, UsageError
from detente.store.protocol import Filter

if TYPE_CHECKING:
    from detente.compare.judgements import Judgement
    from detente.record import Actor, Event, Meeting
    from detente.store.look import SqlView

QUEUE = 300
UNSURE_BELOW = 0.75
LONGEST_WHY = 2_000
_CONFIDENCE = "CAST(json_extract(json, '$.confidence') AS DOUBLE PRECISION)"
MOST_A_GROUP = 12  # records compared with each other for one reason
VERDICTS = {
    "right": "holds", "wrong": "does not hold", "settled": "settled", "same": "same",
    "not-same": "not the same", "unsure": "skipped",
}  # fmt: skip
About = tuple[str, ...]


def review_queue(view: SqlView, *, most: int = QUEUE) -> list[About]:
    """What to judge, as the ids it is about: at most ``most`` of each sort."""
    queue: list[About] = [(d.id,) for d in view.layer("differences", where=Filter(status="open"), limit=most)]
    queue += suggested_pairs(view)[:most]
    sql = (
        "SELECT id FROM records WHERE layer IN ('events', 'statements', 'positions', 'meetings') "
        f"AND {_CONFIDENCE} < ? ORDER BY {_CONFIDENCE}, id LIMIT ?"
    )
    queue += [(i,) for (i,) in view.select(sql, UNSURE_BELOW, most)]
    return queue


def not_judged(queue: Iterable[About], judgements: Iterable[Judgement]) -> list[About]:
    """The items of the queue that nobody judged."""
    judged = {frozenset(j.about) for j in judgements}
    return [about for about in queue if frozenset(about) not in judged]


def suggested_pairs(view: SqlView) -> list[About]:
    """Records that may be one: meetings of the same two on touching days, the same act of the same party on
    one day in other words, persons of one surname whose first names do not differ."""
    return [*_meeting_pairs(view.layer("meetings")), *_actor_pairs(view), *_event_pairs(view.layer("events"))]


def _meeting_pairs(meetings: Iterable[Meeting]) -> Iterator[About]:
    by_two: dict[tuple[str, str], list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        for two in combinations(sorted(set(meeting.participants)), 2):
            by_two[two].append(meeting)
    pairs = {
        (a.id, b.id)
        for held in by_two.values()
        for a, b in combinations(held[:MOST_A_GROUP], 2)
        if a.date.known and b.date.known and a.date.overlaps(b.date)
    }
    yield from sorted(pairs)


def _event_pairs(events: Iterable[Event]) -> Iterator[About]:
    held: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for event in events:
        if event.sources and event.recipients and event.date.precision == "day":
            parties = (*sorted(event.sources), "→", *sorted(event.recipients))
            held[event.type, event.status, event.date.from_, *parties].append(event.id)
    for key in sorted(held):
        yield from combinations(sorted(held[key])[:MOST_A_GROUP], 2)


def _actor_pairs(view: SqlView) -> Iterator[About]:
    from detente.compare.names import name_tokens, same_name

    by_surname: dict[str, list[tuple[Actor, tuple[str, ...]]]] = defaultdict(list)
    for actor in view.layer("actors", where=Filter(kind="person")):
        tokens = tuple(name_tokens(actor.name))
        if tokens:
            by_surname[tokens[-1]].append((actor, tokens))
    for surname in sorted(by_surname):
        for (a, one), (b, other) in combinations(by_surname[surname][:MOST_A_GROUP], 2):
            if len(one) == 1 or len(other) == 1 or same_name(one[0], other[0]):
                yield a.id, b.id


@dataclass
class Judge:
    """Keeps one person's judgements in a store, and takes the last one back on request."""

    db: str
    who: str
    done: list[tuple[str, About]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def judge(self, kind: str, about: About, why: str) -> None:
        """Keep a verdict.

        Raises:
            UsageError: an unknown verdict.
            StoreError: the store is locked or may not be written.
        """
        from detente.compare.judgements import Judgement

        if kind not in VERDICTS:
            raise UsageError(f"{kind[:30]!r} is no verdict.", hint=f"It is one of {', '.join(VERDICTS)}.")
        when = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
        with self.lock:
            (identity,) = keep_judgements(
                self.db, [Judgement(kind, about, self.who, when, why[:LONGEST_WHY])]
            )
            self.done.append((identity, about))

    def undo(self) -> About:
        """Take the last verdict back; the ids it was about, empty when there is none."""
        from detente.store import open_store

        with self.lock:
            if not self.done:
                return ()
            identity, about = self.done.pop()
            store = open_store(self.db)
            try:
                store.drop_judgement(identity)
            finally:
                store.close()
            return about


def keep_judgements(db: str, judgements: Iterable[Judgement]) -> list[str]:
    """Write judgements into a store; their ids. One that is there already is written over by itself."""
    from detente.store import open_store

    store = open_store(db)
    try:
        return [store.add_judgement(one) for one in judgements]
    finally:
        store.close()


def judgement_line(judgement: Judgement) -> str:
    """A judgement as one line of JSON."""
    told: dict[str, Any] = {
        "kind": judgement.kind, "about": list(judgement.about), "who": judgement.who,
        "when": judgement.when, "why": judgement.why,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False)


def read_judgement_lines(lines: Iterable[str], *, source: str) -> list[Judgement]:
    """Judgements from JSON Lines; all of them or, where one line is none, an error.

    Raises:
        InputError: a line that is no judgement; the message names it.
    """
    from detente.compare.judgements import Judgement

    found: list[Judgement] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            kind, who, when = (_text(data, name) for name in ("kind", "who", "when"))
            about = data["about"]
            if not isinstance(about, list) or not about or not all(isinstance(i, str) for i in about):
                raise ValueError("about is no list of ids")
            found.append(Judgement(kind, tuple(about), who, when, str(data.get("why", ""))[:LONGEST_WHY]))
        except (ValueError, KeyError, TypeError, RecursionError, UsageError) as error:
            raise InputError(f"{source}:{number} is no judgement ({error}).") from error
    return found


def _text(data: dict[str, Any], name: str) -> str:
    value = data[name]
    if not isinstance(value, str) or not value:
        raise ValueError(f"{name} is no text")
    return value
