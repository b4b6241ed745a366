"""Pages that an outlet changed: the versions read of each, and what differs, for the dossier."""

from __future__ import annotations

from detente.record import Change, Versions
from detente.report.lines import Group, Limits, Line
from detente.report.view import Quote, RecordView, date_label, outlet_label, quote_span

_MARKS = {
    "added": "status-happened",
    "dropped": "status-denied",
    "changed": "status-planned",
    "moved": "type",
}


def read_reports(view: RecordView) -> dict[str, str]:
    """Article id → the id that its report is counted by, for articles that are versions of one page."""
    return {a: versions.articles[0] for versions in view.layer("versions") for a in versions.articles}


def version_groups(view: RecordView, limits: Limits) -> tuple[Group, ...]:
    """One group a page, one line a change, the most changed pages first."""
    ordered = sorted(view.layer("versions"), key=lambda v: (-len(v.changes), v.address))
    return tuple(_group(versions, view, limits) for versions in ordered[: limits.groups])


def _group(versions: Versions, view: RecordView, limits: Limits) -> Group:
    lines = [_line(versions, change, view) for change in versions.changes[: limits.lines_a_group]]
    last = view.article(versions.articles[-1])
    note = f"{len(versions.articles)} versions, counted as one report: {versions.address}"
    left_out = max(0, len(versions.changes) - limits.lines_a_group)
    return Group(outlet_label(last), tuple(lines), left_out, note)


def _line(versions: Versions, change: Change, view: RecordView) -> Line:
    number = versions.articles.index(change.later) + 1
    head = f"{change.part} {change.kind}"
    if change.part != "paragraph":
        head += f": {change.was or '(none)'} → {change.now or '(none)'}"
    return Line(
        versions.id, head, ((_MARKS[change.kind], f"version {number}"),), _when(change, view), "",
        _quotes(change, view),
    )  # fmt: skip


def _when(change: Change, view: RecordView) -> str:
    article = view.article(change.later)
    return f"captured {article.fetched[:10]}" if article.fetched else date_label(article.published)


def _quotes(change: Change, view: RecordView) -> tuple[Quote, ...]:
    if change.part != "paragraph":
        return ()
    spans = [span for span in (change.before, change.after) if span is not None]
    return tuple(quote_span(view.article(span.article), span) for span in spans)
