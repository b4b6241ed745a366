"""Review: one item at a time, with its words; a verdict is kept as a judgement, nothing else is written."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from detente.record import layer_of
from detente.store.review import VERDICTS, Judge, not_judged, review_queue
from detente.web.ask import Ask
from detente.web.lines import lines_of
from detente.web.look import Look
from detente.web.page import Page
from detente.web.pages.cite import group_accounts, one_an_article
from detente.web.pages.differences import sides_of


@dataclass
class Reviewer(Judge):
    """Who may judge, by a token made at the start, and what they judged since (for undo)."""

    who: str = "reviewer"
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def knows(self, token: str) -> bool:
        """True for the right token, compared in constant time."""
        return secrets.compare_digest(token.encode(), self.token.encode())


def show_review(look: Look, ask: Ask, *, done: int = 0) -> Page:
    """The next item that nobody judged, and how many are left."""
    queue = look.snap.memo("review", lambda: review_queue(look.view))
    left = not_judged(queue, look.view.judgements())
    wanted = ask.get("about")
    about = (wanted,) if wanted else left[0] if left else ()
    records = [look.get(i) for i in about]
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
    question = "Do the words say this?" if len(records) == 1 else _same_question(record)
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


def _same_question(record: Any) -> str:
    return f"Are these one {layer_of(record).name.removesuffix('s')}?"
