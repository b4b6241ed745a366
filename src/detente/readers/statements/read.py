"""Statements of one article: attributions with their actors, act, venue, date and chain."""

from __future__ import annotations

from detente.language.parse import Paragraph, ParsedArticle
from detente.language.times import TimeExpression, date_of, day_of_report, paragraph_times
from detente.readers.index import ActorIndex
from detente.readers.names import STATEMENTS as READER
from detente.readers.statements import strangers
from detente.readers.statements.acts import act_of, is_deed
from detente.readers.statements.addressed import hearers_of
from detente.readers.statements.carried import carried
from detente.readers.statements.context import Context, context_of, is_medium
from detente.readers.statements.find import Attribution, Attributions, attribute
from detente.readers.statements.forms import forms
from detente.readers.statements.quotes import Quote
from detente.readers.statements.rank import SHOWN
from detente.readers.statements.speakers import Speakers, is_told, speakers_of
from detente.readers.statements.view import View
from detente.record import Abstention, Date, Reading, Statement, make_id


def read_statements(parsed: ParsedArticle, reading: Reading, actors: ActorIndex) -> None:
    """Append the statements of an article, and an abstention for every place that stayed unsure."""
    found = attribute(parsed, threshold=SHOWN)
    published = day_of_report(parsed.article)
    ids = [_id(parsed, a) for a in found.found]
    speakers = _speakers(parsed, found, reading, actors)
    for attribution, key, said_by in zip(found.found, ids, speakers, strict=True):
        if _left_out(found, attribution, actors):
            continue
        outer = _outer(found, attribution, actors)
        via = ids[outer] if outer >= 0 else None
        date = _date(found.view, attribution, published)
        context = context_of(found.view, attribution)
        hearers = hearers_of(found.view, attribution, context.hearers, said_by, parsed, reading, actors)
        reading.statements.append(_statement(found, attribution, said_by, hearers, context, key, via, date))
    reading.abstentions.extend(_abstentions(parsed, found))


def _speakers(
    parsed: ParsedArticle, found: Attributions, reading: Reading, actors: ActorIndex
) -> list[Speakers]:
    """Who speaks in each attribution; an open pronoun takes over the speakers of the one before."""
    told: list[tuple[Attribution, Speakers]] = []
    for attribution in found.found:
        one = speakers_of(found.view, attribution, actors)
        outer = told[attribution.outer][1] if 0 <= attribution.outer < len(told) else None
        if not one.ids:
            one = carried(found.view, attribution, actors, told, outer) or one
        if not one.ids and attribution.speech and attribution.choice.source >= 0:
            one = one._replace(
                ids=strangers.speaker(found.view, attribution.choice.source, parsed, reading, actors)
            )
        told.append((attribution, one))
    return [one for _, one in told]


def _left_out(found: Attributions, attribution: Attribution, actors: ActorIndex) -> bool:
    return is_deed(found.view, attribution) or is_unsaid(found.view, attribution, actors)


def _outer(found: Attributions, attribution: Attribution, actors: ActorIndex) -> int:
    """The statement that holds this one, past those that only report a deed."""
    outer = attribution.outer
    while outer >= 0 and _left_out(found, found.found[outer], actors):
        outer = found.found[outer].outer
    return outer


def is_unsaid(view: View, attribution: Attribution, actors: ActorIndex) -> bool:
    """True where nobody says it: "was expected to travel", "troop movements show that …"."""
    cue, head = attribution.choice.cue, attribution.choice.source
    if cue < 0 or attribution.kind == "direct" or view.pos[cue] != "VERB":
        return False
    lemma = view.lemma[cue]
    if any(view.dep[c] == "aux" and view.low[c] in ("must", "should", "ought") for c in view.children[cue]):
        return True  # "the ships must report their positions"
    if lemma in forms().expecting and attribution.choice.source_range is None:
        return any(view.dep[c] == "auxpass" for c in view.children[cue])
    if lemma not in forms().showing or head < 0 or view.pos[head] != "NOUN":
        return False
    paragraph, local = view.local(head)
    return actors.at(paragraph, local) is None and view.lemma[head] not in forms().documents


def _id(parsed: ParsedArticle, attribution: Attribution) -> str:
    places = [(s.start, s.end) for s in attribution.content]
    cue = (attribution.cue.start, attribution.cue.end) if attribution.cue else None
    return make_id("st", parsed.article.id, READER, places, cue)


def _statement(
    found: Attributions,
    attribution: Attribution,
    said_by: Speakers,
    hearers: tuple[str, ...],
    context: Context,
    key: str,
    via: str | None,
    date: Date,
) -> Statement:
    view = found.view
    act, polarity = act_of(view, attribution)
    speakers, named, basis = said_by
    channel = context.channel
    if channel is None and attribution.outer >= 0:
        channel = _medium_of(view, found.found[attribution.outer])
    return Statement(
        id=key, speakers=speakers, cue=attribution.cue,
        speaker=None if is_told(view, attribution.choice) else attribution.speaker,
        content=attribution.content,
        kind=attribution.kind, act=act, named=named, via=via, date=date, venue=context.venue,
        addressees=hearers, polarity=polarity, speech=attribution.speech,
        channel=channel, reader=READER, confidence=round(attribution.confidence, 3), basis=basis,
    )  # fmt: skip


def _medium_of(view: View, outer: Attribution) -> str | None:
    """The outer speaker's words where it is a news organisation ("Interfax reported that …")."""
    head = outer.choice.source
    if head < 0 or outer.choice.source_range is None or not is_medium(view, head):
        return None
    start, end = outer.choice.source_range
    paragraph, first = view.local(start)
    return paragraph.doc[first : first + end - start].text


def _date(view: View, attribution: Attribution, published: Date) -> Date:
    """When it was said: the time expression that the cue governs, else the article's date."""
    token = attribution.choice.cue if attribution.choice.cue >= 0 else attribution.choice.parts[0][0]
    paragraph, local = view.local(token)
    outside = [
        t
        for t in paragraph_times(paragraph, published)
        if not _within(view, attribution, token - local, t) and not _is_title(view, token - local + t.start)
    ]
    if _is_aside(view, token):  # "last Saturday … what officials called an off-ramp"
        inside = range(view.left[token] - (token - local), view.right[token] - (token - local))
        outside = [t for t in outside if t.start in inside]
    return date_of(paragraph, local, outside, published)


def _is_aside(view: View, cue: int) -> bool:
    """True in a clause with "what" or a relative: the day of the clause around it is not its own."""
    what = any(view.low[c] == "what" and view.dep[c] in ("dobj", "nsubj") for c in view.children[cue])
    return what or view.dep[cue] == "relcl"


def _is_title(view: View, token: int) -> bool:
    """True behind an opening mark: "This Week" is a broadcast, no date."""
    return token > 0 and view.text[token - 1] in ("“", '"', "‘")


def _within(view: View, attribution: Attribution, shift: int, time: TimeExpression) -> bool:
    """True for a time expression inside the content: it dates what is said, not the saying."""
    return any(a <= time.start + shift < b for a, b in attribution.choice.parts)


def _abstentions(parsed: ParsedArticle, found: Attributions) -> list[Abstention]:
    """Quotations that nobody is given to, and quotation marks that do not pair."""
    explained = {i for a in found.found for start, end in a.choice.parts for i in range(start, end)}
    return [
        Abstention(READER, parsed.article.id, found.view.spans(quote.start, quote.end)[0], reason)
        for quote in found.quotes
        if (reason := _why(found.view, quote, explained))
    ]


def _why(view: View, quote: Quote, explained: set[int]) -> str:
    if quote.depth or quote.single or quote.start in explained or quote.end - 1 in explained:
        return ""
    if quote.odd:
        return "odd quotation marks"
    return "quotation without a speaker" if quote.end - quote.start >= 6 else ""


__all__ = ["Paragraph", "read_statements"]
