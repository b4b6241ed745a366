"""The records, one frozen class a layer. Field names are the public data contract.

Every record that a reader extracts carries ``reader`` ("statements.v1") and ``confidence`` (0–1).
Fields beyond ``docs/record.md``'s minimum are added at the end and never renamed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.record.dates import Date
from detente.record.spans import Count, Span

STATEMENT_KINDS = ("direct", "indirect", "mixed")
ACTS = (
    "assert", "deny", "demand", "propose", "offer", "promise", "threaten", "warn",
    "accuse", "reject", "accept", "acknowledge", "predict", "ask",
)  # fmt: skip
EVENT_STATUSES = ("happened", "ongoing", "planned", "hypothetical", "denied", "historical")
MEETING_STATUSES = ("held", "planned", "cancelled")
PLAN_OUTCOMES = ("happened", "moved", "cancelled", "unreported")
STANCES = (
    "demands", "proposes", "offers", "supports", "accepts", "rejects",
    "refuses", "denies", "conditions", "wary", "open",
)  # fmt: skip
DIFFERENCE_KINDS = (
    "number", "date", "place", "actor", "name", "order", "wording", "existence", "denial", "silence",
)  # fmt: skip
FURNITURE_KINDS = (
    "nav", "related", "caption", "ad", "comments", "footer", "credit", "headline", "byline",
    "dateline", "date", "share", "teaser", "boilerplate", "other",
)  # fmt: skip
CHANGED_PARTS = ("headline", "byline", "agency", "published", "paragraph")
CHANGES = ("added", "dropped", "changed", "moved")
NARRATOR = "narrator"

ONE_REPORT = Count(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Article:
    """A page read: its whole text as decoded, and what in it is the article.

    ``body`` holds one span a paragraph; ``furniture`` everything else, labelled by kind (see
    ``FURNITURE_KINDS``); the two never overlap. ``evidence`` says from which words a value was read
    (``{"byline": Span}``), ``basis`` from where when not from words ("text", "url", "metadata",
    "feed", "host"), and ``notes`` what the page reader flags ("paywall stub", "index page?").
    ``fetched`` is when the page was captured, if its source says so; never a date of publication.
    """

    id: str
    source: str
    text: str
    headline: Span | None
    outlet: str | None
    host: str | None
    byline: str | None
    agency: str | None
    dateline: str | None
    published: Date
    language: str
    body: tuple[tuple[int, int], ...]
    furniture: tuple[tuple[int, int, str], ...]
    origin: str | None
    sha256: str
    url: str | None = None
    title: str | None = None
    evidence: dict[str, Span] = field(default_factory=dict)
    basis: dict[str, str] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    reader: str = ""
    fetched: str | None = None

    def words(self, span: Span) -> str:
        """The exact words a span of this article cites."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Episode:
    """Articles about one story; ``part_of`` names the longer story it belongs to."""

    id: str
    label: str
    articles: tuple[str, ...]
    date: Date
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that two versions of a page following on one another do not have alike.

    ``part`` is one of ``CHANGED_PARTS``, ``kind`` one of ``CHANGES``. ``before`` and ``after`` are the words
    in the ``earlier`` and the ``later`` article (a paragraph always whole); ``was`` and ``now`` are the
    values of a part that is no paragraph, which need not stand in the text.
    """

    earlier: str
    later: str
    part: str
    kind: str
    before: Span | None = None
    after: Span | None = None
    was: str | None = None
    now: str | None = None


@dataclass(frozen=True, slots=True)
class Versions:
    """Captures of one page, the earliest first, and what changed from each to the next.

    They count as one report. ``basis`` says what the order rests on: "fetched", "published", or "unknown".
    """

    id: str
    address: str
    articles: tuple[str, ...]
    changes: tuple[Change, ...]
    basis: str = "unknown"


@dataclass(frozen=True, slots=True)
class Origin:
    """Who first wrote a text: an agency, an outlet, or nobody we can name."""

    id: str
    name: str
    kind: str
    articles: tuple[str, ...]
    evidence: tuple[Span, ...]
    confidence: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that stand in two or more places: ``kind`` verbatim, near or paraphrase.

    ``shared`` says what the sharing means: "text" (one wrote, another carried), "quotation"
    (one speaker, two ears), "document", "boilerplate", "formula" or "background". Only "text" and
    "document" bear on origins.
    """

    id: str
    spans: tuple[Span, ...]
    kind: str
    similarity: float
    origin: str | None
    shared: str = "text"


@dataclass(frozen=True, slots=True)
class Role:
    """An office held: "foreign minister" of RUS, from and to as far as known.

    ``evidence`` is where the text says so; empty when the office comes from ``data/offices``.
    """

    title: str
    of: str | None
    from_: str | None = None
    to: str | None = None
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, state, organisation or group; one actor a pile, however written.

    ``type`` is person, state, organisation, group or unnamed; ``country`` ISO 3166 alpha-3 at that
    date (historical codes included: SUN, YUG); ``sector`` a PLOVER sector (GOV, MIL …).
    """

    id: str
    name: str
    names: tuple[str, ...]
    type: str
    country: str | None
    part_of: str | None
    roles: tuple[Role, ...]
    mentions: tuple[Span, ...]
    sector: str | None = None
    key: str = ""
    reader: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Statement:
    """Speech with a speaker: who said what, in whose words, how, to whom, when.

    ``content`` leaves out the complementiser, the closing full stop and quotation marks; ``via`` is the
    statement that reports this one. ``polarity`` is "negative" where the act is negated. ``same``
    lists statements of other reports with the same words and speaker, the first 64 by id; ``count`` counts
    all. ``basis``: "inferred" where only the text around tells who speaks.
    """

    id: str
    speakers: tuple[str, ...]
    speaker: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: str
    act: str
    named: bool
    via: str | None
    date: Date
    venue: str | None
    addressees: tuple[str, ...]
    polarity: str = "positive"
    speech: bool = True
    channel: str | None = None
    same: tuple[str, ...] = ()
    count: Count = ONE_REPORT
    reader: str = ""
    confidence: float = 1.0
    basis: str = "stated"


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, coded in PLOVER with CAMEO beside.

    ``asserted_by`` is ``("narrator",)`` or statement ids: a claim stays with its claimant.
    ``evidence`` cites the clause, the first span being the clause that codes the type.
    """

    id: str
    type: str
    mode: str | None
    context: tuple[str, ...]
    cameo: str | None
    codebook: str
    sources: tuple[str, ...]
    recipients: tuple[str, ...]
    date: Date
    place: str | None
    status: str
    asserted_by: tuple[str, ...]
    evidence: tuple[Span, ...]
    count: Count = ONE_REPORT
    trigger: Span | None = None
    lemma: str = ""
    reader: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting, call, conference or visit; ``format`` is meeting, call, conference, visit or talks."""

    id: str
    format: str
    status: str
    participants: tuple[str, ...]
    host: str | None
    place: str | None
    date: Date
    topic: str | None
    outcome: tuple[Span, ...]
    evidence: tuple[Span, ...]
    count: Count = ONE_REPORT
    asserted_by: tuple[str, ...] = (NARRATOR,)
    reader: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Issue:
    """What the parties contend over; found from the pile, nameable by the user."""

    id: str
    label: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """A party's stand on an issue, in cited words; ``condition`` holds an "if" or "provided"."""

    id: str
    issue: str
    parties: tuple[str, ...]
    stance: str
    evidence: tuple[Span, ...]
    date: Date
    asserted_by: tuple[str, ...]
    count: Count = ONE_REPORT
    condition: Span | None = None
    addressees: tuple[str, ...] = ()
    reader: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Measure:
    """An act with weight: ``kind`` aid, sanction, deployment, withdrawal, seizure, recognition …"""

    id: str
    kind: str
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    amount: str | None
    condition: Span | None
    status: str
    date: Date
    evidence: tuple[Span, ...]
    count: Count = ONE_REPORT
    asserted_by: tuple[str, ...] = (NARRATOR,)
    reader: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What was planned, and what the reports say became of it.

    ``about`` names the planned meeting, measure or event (those of the same words together), ``by`` the
    records that tell what became of it. ``became`` is happened, moved, cancelled, or unreported: nothing in
    the pile tells. ``date`` is when it was to be, ``then`` when it took place or is to be now. ``evidence``
    cites the plan, ``outcome`` what became of it; ``count`` counts the reports of the outcome, of the plan
    where there is none.
    """

    id: str
    about: tuple[str, ...]
    became: str
    by: tuple[str, ...]
    date: Date
    then: Date | None
    evidence: tuple[Span, ...]
    outcome: tuple[Span, ...]
    why: str
    count: Count = ONE_REPORT
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity claimed: ``low``–``high`` of ``unit`` ``of`` something, and who says so.

    ``kind`` is people, killed, injured, arrested, forces, vehicles, money, distance, duration, share,
    count. ``of`` is copied from the text, word for word.
    """

    id: str
    span: Span
    kind: str
    low: float | None
    high: float | None
    unit: str | None
    approximate: bool
    of: str | None
    said_by: tuple[str, ...]
    date: Date
    of_span: Span | None = None
    reader: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a difference: the value, the words, and the origins that carry it."""

    value: str
    spans: tuple[Span, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Independent accounts that do not agree, with both sides' words and a one-line why."""

    id: str
    kind: str
    about: tuple[str, ...]
    sides: tuple[Side, ...]
    severity: str
    state: str
    why: str
    reader: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class TimelineDay:
    """A day's entry; ``headline`` is copied from a report, ``evidence`` says from where.

    ``weight`` is how much the day matters: how many reports name it or come out on it, by how they name it.
    """

    date: Date
    events: tuple[str, ...]
    meetings: tuple[str, ...]
    measures: tuple[str, ...]
    headline: str
    evidence: tuple[Span, ...] = ()
    count: Count = ONE_REPORT
    weight: float = 0.0
