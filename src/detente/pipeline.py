"""The main path in one readable loop: a pile of reports in, a cited record out.

1. **Pages** come in one by one (files, folders, feeds, archives, stdin). What cannot be read is kept as a
   refusal with its reason, and the rest goes on: one bad file must not cost a night's run.
2. **Articles** are made of the pages and kept in small batches *before* anything is understood, so that a
   killed run resumes without loss or doubles. A page whose article is known costs nothing more.
3. **Reading** (``reading.py``): each article that the present readers have not read is parsed paragraph by
   paragraph (each distinct paragraph once, ever) and given to the readers in their order. This is where the
   time goes, so it is done per article, kept per article, and never done again; with several processes it
   begins while pages still come in. A reader that fails on an article is an abstention of that article alone.
4. **Comparing** needs the whole pile – whose words, the same event, where accounts differ – so it comes
   last, and is skipped when the pile is what it was.
5. **Keeping**: the compared record replaces the last one in one transaction.

Nothing prints here: ``progress`` is told of every step, and the summary is returned.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from detente.parts import Parts, article_or_refusal, our_parts
from detente.reading import Found, Progress, ReadingStep, Summary, Tick, read_unread
from detente.record import Article, Page, Refusal
from detente.source.outcomes import FileDone, Outcome, Skipped
from detente.store.protocol import Input, Store
from detente.version import VERSION

if TYPE_CHECKING:
    from detente.store.look import SqlView
    from detente.store.replay import Replay

__all__ = [
    "Progress", "Summary", "Tick", "compare", "compared_by", "read_pile", "read_unread", "replay_pile",
    "take_in",
]  # fmt: skip

BATCH = 32  # pages kept at once: what a killed run does again at most


def read_pile(
    paths: Sequence[str],
    store: Store,
    *,
    again: bool = False,
    jobs: int = 1,
    parts: Parts | None = None,
    progress: Progress = lambda tick: None,
    **how: Any,
) -> Summary:
    """Read a pile into a store: only what is new, and the comparison only if anything changed.

    Args:
        paths: files, folders, globs, "-"; none at all finishes what an interrupted run left.
        store: open for writing.
        again: read pages and articles again that were read before (parses are kept).
        jobs: processes that read articles, where enough are new; the record does not depend on it.
        parts: the steps; None takes ours.
        progress: told of every step.
        how: ``limits`` and ``stdin``, as the source layer takes them.
    """
    parts = parts or our_parts()
    summary = Summary()
    with ReadingStep(store, parts, summary, progress, again=again, jobs=jobs) as reading:
        if paths:
            take_in(paths, store, parts, summary, progress, again=again, reading=reading, **how)
        reading.finish()
    compare(store, parts, summary, progress, found=reading.found, jobs=reading.jobs)
    return summary


def take_in(
    paths: Sequence[str],
    store: Store,
    parts: Parts,
    summary: Summary,
    progress: Progress,
    *,
    again: bool = False,
    reading: ReadingStep | None = None,
    **how: Any,
) -> None:
    """Steps 1 and 2: pages to articles, kept batch by batch; ``reading`` may begin with those kept."""
    batch: list[tuple[Input, Article | None]] = []
    files: list[tuple[str, str]] = []

    def keep() -> None:
        summary.new_articles += store.add_inputs(batch, files=files)
        if reading is not None:
            reading.offer([article.id for _, article in batch if article is not None])
        batch.clear()
        files.clear()

    try:
        for outcome in _outcomes(paths, store, parts, again=again, **how):
            if isinstance(outcome, Page):
                summary.pages += 1
                if again or not store.has_input(outcome.source, outcome.sha256):
                    batch.append(_from_page(outcome, parts, summary))
                progress(Tick("pages", summary.pages, None, "pages"))
                if reading is not None:
                    reading.go_on()
            elif isinstance(outcome, Refusal):
                batch.append((_refused(outcome, summary), None))
            elif isinstance(outcome, FileDone):  # the next run passes it over
                files.append((outcome.source, outcome.sha256))
            else:
                batch.extend(_passed_over(outcome, store, summary))
            if len(batch) >= BATCH:
                keep()
    finally:  # an interruption keeps what came in so far
        keep()
    progress(Tick("pages", summary.pages, summary.pages, "pages", ended=True))


def compare(
    store: Store,
    parts: Parts,
    summary: Summary,
    progress: Progress,
    *,
    found: Found | None = None,
    jobs: int = 1,
) -> None:
    """Steps 4 and 5: the whole pile compared and kept, unless nothing changed.

    Args:
        store: open for writing.
        parts: the steps.
        summary: is told whether anything was compared.
        progress: told of it.
        found: what was worked out ahead, each with the articles' fingerprint then.
        jobs: processes to compare in.
    """
    made_by = compared_by(parts)
    while store.compared() != (store.pile_fingerprint(), parts.compare_name):
        fingerprint, total = store.pile_fingerprint(), len(store.pile().article_ids())
        progress(Tick("comparing", 0, total, "articles"))
        # Nothing is kept when another run added articles meanwhile: then the larger pile is compared.
        summary.compared = store.replace_records(
            parts.compare(store, **_how(found or {}, jobs, store)), fingerprint=fingerprint, made_by=made_by
        )
        progress(Tick("comparing", total, total, "articles", ended=True))


def _how(found: Found, jobs: int, store: Store) -> dict[str, Any]:
    """The comparison's options: its processes, and what was worked out of the articles as they are now."""
    if jobs == 1:
        return {}
    now = store.articles_fingerprint() if found else ""
    return {"jobs": jobs, "found": {name: answer for name, (then, answer) in found.items() if then == now}}


def replay_pile(view: SqlView, day: dt.date, *, parts: Parts | None = None) -> Replay:
    """The record as the reports published until the end of ``day`` support it, in memory."""
    from detente.store.replay import replay

    parts = parts or our_parts()
    return replay(view, day, compare=parts.compare, made_by=compared_by(parts))


def compared_by(parts: Parts) -> dict[str, str]:
    """What makes a compared record, for its manifest."""
    return {
        "tool_version": VERSION,
        "model": parts.model,
        "readers": " ".join(parts.readers),
        "compare": parts.compare_name,
    }


def _from_page(page: Page, parts: Parts, summary: Summary) -> tuple[Input, Article | None]:
    article = article_or_refusal(page, parts.article)
    if isinstance(article, Refusal):
        return _refused(article, summary), None
    return Input(page.source, page.sha256, "read", article=article.id), article


def _refused(refusal: Refusal, summary: Summary) -> Input:
    summary.refused.append(refusal)
    return Input(refusal.source, refusal.sha256 or "", "refused", refusal.reason, refusal.detail)


def _outcomes(
    paths: Sequence[str], store: Store, parts: Parts, *, again: bool, **how: Any
) -> Iterator[Outcome]:
    """What the paths hold. A file that another path held before is read here too: sources are kept whole."""
    for outcome in parts.pages(paths, seen=None if again else store.seen, **how):
        known = isinstance(outcome, Skipped) and outcome.reason == "unchanged" and outcome.sha256
        if known and not store.seen(known, outcome.source):
            yield from parts.pages([outcome.source], seen=None, **how)
        else:
            yield outcome


def _passed_over(skipped: Skipped, store: Store, summary: Summary) -> list[tuple[Input, None]]:
    """Count what was passed over; of an unchanged file, tell again what was refused in it."""
    if skipped.reason == "unchanged":
        summary.unchanged += 1
        summary.refused += store.refused_in(skipped.source)
        return []
    summary.skipped += skipped.count
    told = (skipped.source, skipped.sha256 or "", "skipped", skipped.reason, skipped.detail)
    return [(Input(*told, number=skipped.count), None)]
