"""Which mentions are one meeting, and what they tell together."""

from __future__ import annotations

import re
from dataclasses import replace

from detente.readers.events.merge import same_time
from detente.record import Meeting

_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|earlier|later|overnight")


def merge_meetings(meetings: list[Meeting], text: str = "") -> list[Meeting]:
    """Join the mentions that may be one meeting: those with a told date first, then the others.

    A mention without a date goes to the fitting meeting that is latest (news is about the latest);
    a meeting that never gets a participant is dropped.

    Args:
        meetings: the mentions of one article.
        text: the article's, to read the words of dates that could not be resolved.
    """
    merged: list[Meeting] = []
    for meeting in sorted(meetings, key=lambda m: (not _dated(m), not m.participants)):
        when = _other_day(meeting, text)
        fits = [
            i
            for i, other in enumerate(merged)
            if same_meeting(other, meeting) and _other_day(other, text) == when
        ]
        if fits:
            place = max(fits, key=lambda i: _closeness(merged[i], meeting))
            merged[place] = _join(merged[place], meeting)
        else:
            merged.append(meeting)
    return sorted((m for m in merged if m.participants), key=lambda m: m.evidence[0].start)


def _other_day(meeting: Meeting, text: str) -> str:
    """The words of a day that nothing resolves and that is not this week's ("March 14", "last month").

    On an undated page such a meeting is none of those that are told without a day, or by weekday alone.
    """
    span = meeting.date.span
    if meeting.date.known or span is None:
        return ""
    words = text[span.start : span.end].casefold()
    return "" if _WEEKDAY.search(words) else words


def _dated(meeting: Meeting) -> bool:
    return meeting.date.known and meeting.date.basis != "published"


def same_meeting(first: Meeting, second: Meeting) -> bool:
    """True when nothing told keeps two mentions apart and they share who took part."""
    if not _formats_agree(first.format, second.format) or (
        first.asserted_by != second.asserted_by and first.status != second.status
    ):
        return False
    if first.status != second.status and not (_dated(first) and _dated(second)):
        return False
    if first.place and second.place and first.place != second.place:
        return False
    if not same_time(first.date, second.date):
        return False
    mine, theirs = set(first.participants), set(second.participants)
    shared = mine & theirs
    if not mine or not theirs:
        return first.format == second.format or "meeting" in (first.format, second.format)
    return bool(shared) and (mine <= theirs or theirs <= mine or len(shared) > 1)


def _formats_agree(first: str, second: str) -> bool:
    apart = {"call", "visit"}
    return first == second or not ({first, second} & apart)


def _closeness(first: Meeting, second: Meeting) -> tuple[int, int, str]:
    shared = len(set(first.participants) & set(second.participants))
    told = int(first.date.known and second.date.known and first.date.overlaps(second.date))
    apart = len(set(first.participants) ^ set(second.participants)) if first.participants else 0
    return told, shared - apart, first.date.from_ if _dated(first) else ""


def _join(first: Meeting, second: Meeting) -> Meeting:
    told = [m.date for m in (first, second) if m.date.known and m.date.basis != "published"]
    return replace(
        first,
        format=first.format if first.format != "meeting" else second.format,
        status="held" if "held" in (first.status, second.status) else first.status,
        participants=tuple(dict.fromkeys((*first.participants, *second.participants))),
        host=first.host or second.host,
        place=first.place or second.place,
        date=told[0] if told else first.date,
        topic=first.topic or second.topic,
        outcome=tuple(dict.fromkeys((*first.outcome, *second.outcome))),
        evidence=tuple(sorted(dict.fromkeys((*first.evidence, *second.evidence)))),
        asserted_by=first.asserted_by if first.participants else second.asserted_by,
        confidence=max(first.confidence, second.confidence),
    )
