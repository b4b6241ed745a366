"""The main path in one readable loop: a pile of reports in, a cited record out.

1. **Pages** come in one by one (files, folders, feeds, archives, stdin). What cannot be read is kept as a
   refusal with its reason, and the rest goes on: one bad file must not cost a night's run.
2. **Articles** are made of the pages and kept in small batches *before* anything is understood, so that a
   killed run resumes without loss or doubles. A page whose article is known costs nothing more.
3. **Reading**: each article that the present readers have not read is parsed paragraph by paragraph (each
   distinct paragraph once, ever) and given to the readers in their order. This is where the time goes, so
   it is done per article, kept per article, and never done again. A reader that fails on an article is an
   abstention of that article alone.
4. **Comparing** needs the whole pile – whose words, the same event, where accounts differ – so it comes
   last, and is skipped when the pile is what it was.
5. **Keeping**: the compared record replaces the last one in one transaction.

Nothing prints here: ``progress`` is told of every step, and the summary is returned.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from detente.parts import FAILED, Parts, article_or_refusal, our_parts
from detente.record import Article, Page, Reading, Refusal
from detente.source.outcomes import FileDone, Outcome, Skipped
from detente.store.protocol import Input, Store
from detente.version import VERSION

if TYPE_CHECKING:
    from detente.store.look import SqlView
    from detente.store.replay import Replay

BATCH = 32  # articles kept at once: what a killed run does again at most
WORKERS_PAY = 50  # new articles; for fewer, starting processes costs more than they save


@dataclass(frozen=True, slots=True)
class Tick:
    """How far a step is: ``total`` is None where it cannot be known, ``ended`` True on its last tick."""

    step: str
    done: int
    total: int | None
    unit: str
    abstained: int = 0
    ended: bool = False


Progress = Callable[[Tick], None]


@dataclass(slots=True)
class Summary:
    """What a run did."""

    pages: int = 0
    unchanged: int = 0
    skipped: int = 0
    refused: list[Refusal] = field(default_factory=list)
    new_articles: int = 0
    read: int = 0
    abstained: int = 0
    failed: int = 0
    compared: bool = False


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
    if paths:
        take_in(paths, store, parts, summary, progress, again=again, **how)
    read_unread(store, parts, summary, progress, again=again, jobs=jobs)
    compare(store, parts, summary, progress)
    return summary


def take_in(
    paths: Sequence[str],
    store: Store,
    parts: Parts,
    summary: Summary,
    progress: Progress,
    *,
    again: bool = False,
    **how: Any,
) -> None:
    """Steps 1 and 2: pages to articles, kept batch by batch."""
    batch: list[tuple[Input, Article | None]] = []
    files: list[tuple[str, str]] = []

    def keep() -> None:
        summary.new_articles += store.add_inputs(batch, files=files)
        batch.clear()
        files.clear()

    try:
        for outcome in _outcomes(paths, store, parts, again=again, **how):
            if isinstance(outcome, Page):
                summary.pages += 1
                if again or not store.has_input(outcome.source, outcome.sha256):
                    batch.append(_from_page(outcome, parts, summary))
                progress(Tick("pages", summary.pages, None, "pages"))
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


def read_unread(
    store: Store, parts: Parts, summary: Summary, progress: Progress, *, again: bool = False, jobs: int = 1
) -> None:
    """Step 3: what the present readers have not read, kept batch by batch."""
    made_by = " ".join((*parts.readers, parts.model))
    pile = store.pile()
    unread = pile.article_ids() if again else store.unread(made_by)
    batches = ([pile.article(one) for one in unread[i : i + BATCH]] for i in range(0, len(unread), BATCH))
    for found in _read_batches(batches, store, parts, jobs=jobs if len(unread) >= WORKERS_PAY else 1):
        readings: list[Reading] = []
        try:
            for reading in found:
                readings.append(reading)
                summary.read += 1
                summary.abstained += len(reading.abstentions)
                summary.failed += any(a.reason.startswith(FAILED) for a in reading.abstentions)
                progress(Tick("reading", summary.read, len(unread), "articles", summary.abstained))
        finally:
            store.add_readings(readings, readers=made_by)
    if unread:
        progress(Tick("reading", len(unread), len(unread), "articles", summary.abstained, ended=True))


def _read_batches(
    batches: Iterable[Sequence[Article]], store: Store, parts: Parts, *, jobs: int
) -> Iterator[Iterable[Reading]]:
    if jobs > 1 and parts.read_apart is not None:
        return parts.read_apart(batches, store, jobs)
    return (parts.read(batch, store) for batch in batches)


def compare(store: Store, parts: Parts, summary: Summary, progress: Progress) -> None:
    """Steps 4 and 5: the whole pile compared and kept, unless nothing changed."""
    made_by = compared_by(parts)
    while store.compared() != (store.pile_fingerprint(), parts.compare_name):
        fingerprint, total = store.pile_fingerprint(), len(store.pile().article_ids())
        progress(Tick("comparing", 0, total, "articles"))
        # Nothing is kept when another run added articles meanwhile: then the larger pile is compared.
        summary.compared = store.replace_records(
            parts.compare(store), fingerprint=fingerprint, made_by=made_by
        )
        progress(Tick("comparing", total, total, "articles", ended=True))


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
