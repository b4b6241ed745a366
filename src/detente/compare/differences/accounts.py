"""Events and statements over which accounts part: denied here, told as fact there; done by another;
elsewhere; cancelled; or passed over in silence."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detente.compare.cluster import NO_DAY, days_of
from detente.compare.differences.sides import Accounts
from detente.compare.merged import Merged
from detente.compare.merging import content_words
from detente.compare.pile import Pile
from detente.compare.same import SOLID, jaccard
from detente.compare.shelf import Sorter
from detente.record import Article, Difference, Event, Meeting, Span

MOST_HELD = 40
NEAR_DATE = 160  # characters around a date in which the place of a meeting must be named
MATERIAL = frozenset(("AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"))


@dataclass(frozen=True, slots=True)
class _Deed:
    """A material event with the days and the words of its first account."""

    event: Event
    first: int
    last: int
    words: frozenset[str]


def find_event_differences(
    events: Iterable[Event], merged: Merged, accounts: Accounts
) -> Iterator[Difference]:
    """Denials, other actors and other places among events that agree in all else."""
    deeds: Sorter[tuple[str, str], _Deed] = Sorter(_Deed)
    for event in events:
        if event.type in MATERIAL:
            light = next(merged.lights_of(event.id))
            deed = _Deed(event, light.first, light.last, light.words)
            deeds.add((event.type, event.lemma), deed)
    found: list[tuple[str, Difference]] = []
    for _, alike in deeds.groups():
        held: dict[str, deque[_Deed]] = defaultdict(lambda: deque(maxlen=MOST_HELD))
        for deed in alike:
            for actor in sorted({*deed.event.sources, *deed.event.recipients}):
                for other in held[actor]:
                    found += ((deed.event.id, d) for d in _contrast_events(deed, other, accounts))
                held[actor].append(deed)
    yield from (difference for _, difference in sorted(found, key=lambda f: f[0]))


def _contrast_events(one: _Deed, other: _Deed, accounts: Accounts) -> Iterator[Difference]:
    a, b = one.event, other.event
    if not _days_meet(one, other) or not _independent(a, b, accounts):
        return
    likeness = jaccard(one.words, other.words)
    solid = {a.status, b.status} <= SOLID
    if "denied" in (a.status, b.status) and (a.status in SOLID or b.status in SOLID):
        if set(a.sources) & set(b.sources) and likeness >= 0.25:
            yield _event_difference(
                "denial",
                a,
                b,
                a.status,
                b.status,
                "medium",
                "one account tells it, another has it denied",
                accounts,
            )
    elif solid and a.sources and b.sources and not set(a.sources) & set(b.sources) and likeness >= 0.5:
        yield _event_difference(
            "actor",
            a,
            b,
            ", ".join(a.sources),
            ", ".join(b.sources),
            "high",
            "the same act, other doers",
            accounts,
        )
    elif solid and likeness >= 0.4 and _other_place(a, b):
        yield _event_difference(
            "place", a, b, str(a.place), str(b.place), "medium", "the same act, other places", accounts
        )


def _event_difference(
    kind: str, a: Event | Meeting, b: Event | Meeting, left: str, right: str, severity: str, why: str,
    accounts: Accounts,
) -> Difference:  # fmt: skip
    sides = [accounts.side(left, a.evidence), accounts.side(right, b.evidence)]
    return accounts.difference(kind, [a.id, b.id], sides, severity=severity, why=why, confidence=0.5)


def _independent(a: Event | Meeting, b: Event | Meeting, accounts: Accounts) -> bool:
    mine = {accounts.writer_of(s.article) for s in a.evidence}
    return not mine & {accounts.writer_of(s.article) for s in b.evidence}


def _days_meet(a: _Deed, b: _Deed) -> bool:
    if NO_DAY in (a.first, b.first):
        return False
    return a.first <= b.last + 1 and b.first <= a.last + 1


def find_meeting_differences(
    meetings: Iterable[Meeting], pile: Pile, accounts: Accounts
) -> Iterator[Difference]:
    """A meeting held in one account and cancelled in another, or held on one day in two places."""
    of_people: Sorter[tuple[str, ...], tuple[int, Meeting]] = Sorter(tuple[int, Meeting])
    for number, meeting in enumerate(meetings):
        people = tuple(sorted({*meeting.participants}))
        if len(people) > 1 and meeting.date.known:
            of_people.add(people, (number, meeting))
    found: list[tuple[int, Difference]] = []
    for _, alike in of_people.groups():
        for at, (number, meeting) in enumerate(alike):
            for _, other in alike[max(0, at - MOST_HELD) : at]:
                found += ((number, d) for d in _contrast_meetings(meeting, other, pile, accounts))
    yield from (difference for _, difference in sorted(found, key=lambda f: f[0]))


def _contrast_meetings(
    meeting: Meeting, other: Meeting, pile: Pile, accounts: Accounts
) -> Iterator[Difference]:
    if not meeting.date.overlaps(other.date) or not _independent(meeting, other, accounts):
        return
    states = {meeting.status, other.status}
    if states == {"held", "cancelled"}:
        yield _event_difference(
            "existence", meeting, other, meeting.status, other.status, "high",
            "held in one account, cancelled in another", accounts,
        )  # fmt: skip
    elif (
        states == {"held"}
        and _other_place(meeting, other)
        and _told_there(meeting, pile)
        and _told_there(other, pile)
    ):
        yield _event_difference(
            "place", meeting, other, str(meeting.place), str(other.place), "medium",
            "the same meeting, other places", accounts,
        )  # fmt: skip


def _told_there(meeting: Meeting, pile: Pile) -> bool:
    """True when one mention gives both the day and the place: a merged meeting may have them from two."""
    date, place = meeting.date, (meeting.place or "").casefold()
    if date.basis not in ("stated", "resolved") or date.span is None:
        return False
    text = pile.article(date.span.article).text
    near = text[max(0, date.span.start - NEAR_DATE) : date.span.end + NEAR_DATE].casefold()
    return place in near


def _other_place(a: Event | Meeting, b: Event | Meeting) -> bool:
    mine, theirs = (a.place or "").casefold(), (b.place or "").casefold()
    return bool(mine and theirs) and mine not in theirs and theirs not in mine


def find_silences(
    events: Iterable[Event], accounts: Accounts, pile: Pile, merged: Merged
) -> Iterator[Difference]:
    """A material event in all accounts of a story but one of at least three: listed, low.

    An account that has most of the words of the event somewhere is not silent.
    """
    writers_of: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for article, story in sorted(accounts.story.items(), key=lambda a: accounts.order.article(a[0])):
        writers_of[story][accounts.writer_of(article)].append(article)
    for event in events:
        stories = {accounts.story.get(s.article, "") for s in event.evidence}
        if event.type not in MATERIAL or event.status not in SOLID or len(stories) != 1:
            continue
        writers = writers_of[stories.pop()]
        telling = {accounts.writer_of(s.article) for s in event.evidence}
        silent = sorted(set(writers) - telling)
        if len(writers) < 3 or len(silent) != 1 or len(telling) < 2:
            continue
        if all(_written_before(pile.article(a), event) for a in writers[silent[0]]):
            continue
        words = frozenset.union(*(m.words for m in merged.lights_of(event.id)))
        accounts_of = (_all_words(pile.article(a)) for a in writers[silent[0]])
        if all(len(words & told) / max(1, len(words)) < 0.5 for told in accounts_of):
            article = writers[silent[0]][0]
            yield _silence(event, article, accounts)


def _written_before(article: Article, event: Event) -> bool:
    """True for a report published before the day of the event: it could not tell it."""
    written, day = days_of(article.published)[1], days_of(event.date)[0]
    return NO_DAY not in (written, day) and written < day


def _all_words(article: Article) -> frozenset[str]:
    return content_words(article, (Span(article.id, s, e) for s, e in article.body if e > s))


def _silence(event: Event, article: str, accounts: Accounts) -> Difference:
    told = accounts.side(event.lemma or event.type, event.evidence)
    return accounts.difference(
        "silence", [event.id, article], [told], severity="low",
        why="every other account of the story tells it; this one does not", confidence=0.4,
    )  # fmt: skip
