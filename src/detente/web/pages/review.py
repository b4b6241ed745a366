"""Review: one item at a time, with its words; the verdict is kept as a judgement and nothing else is written."""

from __future__ import annotations

import datetime as dt
import secrets
import threading
from dataclasses import dataclass, field
from typing import Any

from detente.errors import UsageError
from detente.record import layer_of
from detente.web.ask import Ask
from detente.web.lines import lines_of
from detente.web.look import Look
from detente.web.page import Page
from detente.web.pages.cite import group_accounts, one_an_article
from detente.web.pages.differences import sides_of

QUEUE = 300
VERDICTS = {
    "right": "holds",
    "wrong": "does not hold",
    "settled": "settled",
    "same": "same",
    "not-same": "not the same",
    "unsure": "skipped",
}
UNSURE_BELOW = 0.75


@dataclass
class Reviewer:
    """Who may judge, by a token made at the start, and what they judged since (for undo)."""

    db: str
    who: str = "reviewer"
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    done: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def knows(self, token: str) -> bool:
        """True for the right token, compared in constant time."""
        return secrets.compare_digest(token.encode(), self.token.encode())

    def judge(self, kind: str, about: tuple[str, ...], why: str) -> None:
        """Keep a verdict.

        Raises:
            UsageError: an unknown verdict.
            StoreError: the store is locked or may not be written.
        """
        from detente.compare.judgements import Judgement
        from detente.store import open_store

        if kind not in VERDICTS:
            raise UsageError(f"{kind[:30]!r} is no verdict.", hint=f"It is one of {', '.join(VERDICTS)}.")
        when = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
        with self.lock:
            store = open_store(self.db)
            try:
                identity = store.add_judgement(Judgement(kind, about, self.who, when, why[:2_000]))
            finally:
                store.close()
            self.done.append((identity, about))

    def undo(self) -> tuple[str, ...]:
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


def show_review(look: Look, ask: Ask, *, done: int = 0) -> Page:
    """The next item that nobody judged, and how many are left."""
    judged = {i for j in look.view.judgements() for i in j.about}
    queue = look.snap.memo("review", lambda: _queue(look))
    left = [about for about in queue if not judged & set(about)]
    wanted = ask.get("about")
    about = (wanted,) if wanted else left[0] if left else ()
    records = [look.view.get(i) for i in about]
    return Page(
        template="review",
        title="Review",
        echo=f"{len(left)} to judge, {len(queue) - len(left)} judged",
        data={"left": len(left), "about": list(about), "verdicts": list(VERDICTS)},
        view={"records": records, "about": about, "left": len(left), "done": done, **_shown(look, records)},
        columns=("kind", "about", "who", "when", "why"),
        rows=lambda: [[j.kind, " ".join(j.about), j.who, j.when, j.why] for j in look.view.judgements()],
    )


def _shown(look: Look, records: list[Any]) -> dict[str, Any]:
    """What the template needs: the question, the lines and the words."""
    if not records:
        return {"question": "", "lines": [], "sides": [], "groups": [], "difference": None, "buttons": []}
    record = records[0]
    if layer_of(record).name == "differences":
        buttons = [
            ("right", "a", "Accounts do differ"),
            ("wrong", "x", "No real difference"),
            ("settled", "s", "Settled"),
        ]
        return {
            "question": "Do these accounts differ?",
            "lines": [],
            "sides": sides_of(look, record),
            "groups": [],
            "difference": record,
            "buttons": buttons,
        }
    lines = lines_of(
        look,
        [
            r
            for r in records
            if layer_of(r).name in ("statements", "events", "meetings", "measures", "positions", "figures")
        ],
    )
    spans = one_an_article([s for r in records for s in look.spans_of(r)])
    question = "Do the words say this?" if len(records) == 1 else "Is this the same statement?"
    buttons = [("right", "a", "They do"), ("wrong", "x", "They do not")]
    if len(records) > 1:
        buttons = [("same", "a", "The same"), ("not-same", "x", "Not the same")]
    return {
        "question": question,
        "lines": lines,
        "sides": [],
        "groups": group_accounts(look, spans[:12]),
        "difference": None,
        "buttons": buttons,
    }


def _queue(look: Look) -> list[tuple[str, ...]]:
    """Open differences, the gravest first; then what the readers were least sure of."""
    from detente.store import Filter

    queue: list[tuple[str, ...]] = [
        (d.id,) for d in look.view.layer("differences", where=Filter(status="open"), limit=QUEUE)
    ]
    sql = (
        "SELECT id FROM records WHERE layer IN ('events', 'statements', 'positions', 'meetings') "
        "AND json_extract(json, '$.confidence') < ? ORDER BY json_extract(json, '$.confidence'), id LIMIT ?"
    )
    queue += [(i,) for (i,) in look.view.select(sql, UNSURE_BELOW, QUEUE)]
    return queue
