"""When two reports speak of one event, meeting, measure or position.

Each rule returns how well two records fit (0: they are not one). What all demand: compatible dates, a
compatible status (a plan is not what happened, a denial is not an assertion), and actors that agree as
far as both are known. Ranges in the constants were set on the seeds and ECB+ (dev).
"""

from __future__ import annotations

from detente.compare.cluster import NO_DAY, Light

WORDS_BESIDE_VERB = 0.3
"""Share of words in common from which one verb makes one act where a report leaves the parties open."""
DAYS_BETWEEN = 3
"""Days that may lie between two reports of one undated act."""
SAME_WORDS = 0.8
CALL = "041"
MET = frozenset(("040", CALL, "042", "043", "044", "045", "046"))
"""CAMEO codes of talks, calls, visits and meetings; not of letters and answers."""
SOLID = frozenset(("happened", "ongoing", "historical", "held"))


def dates_fit(a: Light, b: Light) -> float:
    """1 for ranges that meet, 0.6 for a publication day beside the other, 0.4 where one is unknown."""
    if a.first == NO_DAY or b.first == NO_DAY:
        for one, other in ((a, b), (b, a)):
            if NO_DAY not in (one.until, other.first) and other.stated:
                return 0.4 if other.first <= one.until else 0.0  # told as done before its report
        return 0.4 if _told_together(a, b) else 0.0
    if a.first <= b.last and b.first <= a.last:
        return 1.0
    if a.stated and b.stated:
        return 0.0
    # A day filled in from publication may be the day after the event; "last week" has no such day.
    gap = max(a.first, b.first) - min(a.last, b.last)
    return 0.6 if gap <= 1 and max(a.last - a.first, b.last - b.first) <= 1 else 0.0


def _told_together(a: Light, b: Light) -> bool:
    """Reports of the same days, or of one story where one has no day: "a call" in May is not that of March.

    The same words, which a later copy may bring, are one whenever they are told.
    """
    undated = NO_DAY in (a.told, b.told)
    if a.story == b.story if undated else abs(a.told - b.told) <= DAYS_BETWEEN:
        return True
    return jaccard(a.words, b.words) >= SAME_WORDS


def status_fits(a: Light, b: Light) -> bool:
    """Happened, ongoing and historical are one; planned, hypothetical and denied each stand alone."""
    return a.status == b.status or (a.status in SOLID and b.status in SOLID)


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """Shared members beside all members."""
    return len(a & b) / len(a | b) if a and b else 0.0


def places_fit(a: Light, b: Light) -> bool:
    """Places do not conflict: one is unknown, or one holds the other's words."""
    if not a.place or not b.place:
        return True
    return a.place in b.place or b.place in a.place


def event_fit(a: Light, b: Light) -> float:
    """Two events: same type, actors that agree in role, and the same verb or enough of the same words."""
    if a.kind != b.kind or not status_fits(a, b) or not places_fit(a, b):
        return 0.0
    date = dates_fit(a, b)
    if not date or _kept_apart(a, b):
        return 0.0
    if met := _same_meeting(a, b):
        return met
    roles = 0.0
    for mine, theirs in zip(a.actors, b.actors, strict=True):
        if mine and theirs:
            shared = jaccard(mine, theirs)
            if not shared and not _may_be_one(mine, theirs, a, b):
                return 0.0
            roles += shared
    words = jaccard(a.words, b.words)
    lemma = bool(a.lemma) and a.lemma == b.lemma
    if roles < 1.0 or not (lemma or words >= 0.3):
        least = WORDS_BESIDE_VERB if lemma else 0.5
        return (words * date) if words >= least and (lemma or roles) else 0.0
    if lemma and roles < 2.0 and words < 0.1:
        return 0.0
    return date * (roles + lemma + words)


def _same_meeting(a: Light, b: Light) -> float:
    """How many met, of two events that tell of one meeting: one day, one company, both calls or neither."""
    if a.kind != "CONSULT" or a.first == NO_DAY or not a.first == a.last == b.first == b.last:
        return 0.0
    mine, theirs = a.actors[0] | a.actors[1], b.actors[0] | b.actors[1]
    shared = mine & theirs
    if len(shared) < 2 or not (mine <= theirs or theirs <= mine):
        return 0.0
    known = a.code in MET and b.code in MET
    return float(len(shared)) if known and (a.code == CALL) == (b.code == CALL) else 0.0


def _kept_apart(a: Light, b: Light) -> bool:
    """Two verbs of one report, without a day ("have met often", "spoke by phone"): its reader read two."""
    return a.article == b.article and a.lemma != b.lemma and a.first == b.first == NO_DAY


def _may_be_one(mine: frozenset[str], theirs: frozenset[str], a: Light, b: Light) -> bool:
    """A description (the man, armed men) may be the other's person, or a description that shares a word."""
    first = [words for x, words in a.described.items() if x in mine]
    second = [words for x, words in b.described.items() if x in theirs]
    return any(x & y or bool(x) != bool(y) for x in first for y in second)


SAME_WORDS = 0.8  # one wire sentence in two outlets, not the two accounts of two undated meetings


def meeting_fit(a: Light, b: Light) -> float:
    """Two meetings: two participants in common, a day in common, places and formats that agree."""
    if not status_fits(a, b) or not places_fit(a, b) or not formats_fit(a.kind, b.kind):
        return 0.0
    date = dates_fit(a, b)
    shared = a.actors[0] & b.actors[0]
    if not date or not shared or (len(shared) < 2 and a.actors[0] != b.actors[0]):
        return 0.0
    if date == 0.4 and not (a.place and b.place) and jaccard(a.words, b.words) < SAME_WORDS:
        return 0.0
    if not _same_round(a.actors[0], b.actors[0]):
        return 0.0
    return date * len(shared) * (1.5 if a.place and b.place else 1.0)


def _same_round(a: frozenset[str], b: frozenset[str]) -> bool:
    """Two lists of three and more name one round only when one holds the other or most are the same."""
    return a <= b or b <= a or min(len(a), len(b)) < 3 or jaccard(a, b) >= 0.5


def formats_fit(a: str, b: str) -> bool:
    """A call is no meeting in person; all else may be one."""
    return a == b or {a, b} <= {"meeting", "talks", "conference", "visit"}


def measure_fit(a: Light, b: Light) -> float:
    """Two measures: same kind, an actor in common, targets that agree, words in common."""
    if a.kind != b.kind or not status_fits(a, b) or not dates_fit(a, b):
        return 0.0
    if not a.actors[0] & b.actors[0]:
        return 0.0
    if a.actors[1] and b.actors[1] and not a.actors[1] & b.actors[1]:
        return 0.0
    words = jaccard(a.words, b.words)
    return dates_fit(a, b) * (1 + words) if words >= 0.15 else 0.0


def position_fit(a: Light, b: Light) -> float:
    """Two positions: same stance of the same party on the same issue, in words that overlap."""
    if a.kind != b.kind or not a.actors[0] & b.actors[0]:
        return 0.0
    words = jaccard(a.words, b.words)
    return words if words >= 0.3 else 0.0
