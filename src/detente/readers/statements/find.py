"""The engine: every attribution of an article, with spans for content, cue and speaker, and a confidence.

1. Flatten the parse (``view``) and find the quotations (``quotes``).
2. Every word that can be a cue is a candidate (``cues``), with a short list of contents (``spans``)
   and of speakers (``sources``).
3. The trained ranker picks content and speaker and says how sure it is (``rank``).
4. Overlaps are settled: of two attributions of the same words the surer stays; one that lies inside
   another's content is kept as nested.
5. Quotations that no cue explains go to the speaker before, where the text lets them.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.language.parse import ParsedArticle
from detente.readers.statements.lexicon import CueClass
from detente.readers.statements.quotes import MARKS, Quote, find_quotes
from detente.readers.statements.rank import SHOWN, Choice, choose
from detente.readers.statements.settle import settle
from detente.readers.statements.view import View, view_of
from detente.record import Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words given to a speaker.

    ``content`` holds one span a stretch; ``cue`` is None for a quotation that follows on;
    ``speaker`` None when the text names nobody ("it was reported that"). ``speech`` is False for a
    belief or an intention. ``outer`` is the place in the list of the attribution that holds this one,
    or -1. ``choice`` keeps the token numbers for those who need the parse.
    """

    content: tuple[Span, ...]
    cue: Span | None
    speaker: Span | None
    kind: str
    speech: bool
    confidence: float
    outer: int
    cue_class: CueClass | None
    choice: Choice


@dataclass(slots=True)
class Attributions:
    """All attributions of one article with the view and the quotations they were found in."""

    view: View
    quotes: list[Quote]
    found: list[Attribution]


def find_attributions(
    parsed: ParsedArticle, *, threshold: float = SHOWN, headline: bool = False
) -> list[Attribution]:
    """Find who is said to have said, thought or wanted what.

    Args:
        parsed: an article with its parse.
        threshold: the least confidence to keep; see ``docs/statements.md`` for what it buys.
        headline: also read the headline (readers keep it apart).
    """
    return attribute(parsed, threshold=threshold, headline=headline).found


def attribute(parsed: ParsedArticle, *, threshold: float = SHOWN, headline: bool = False) -> Attributions:
    """As :func:`find_attributions`, with the view and the quotations for further reading."""
    view = view_of(parsed, headline=headline)
    quotes = find_quotes(view)
    chosen = settle(view, quotes, choose(view, quotes, threshold=threshold))
    found = [_attribution(view, quotes, choice, outer) for choice, outer in chosen]
    return Attributions(view, quotes, found)


def _attribution(view: View, quotes: list[Quote], choice: Choice, outer: int) -> Attribution:
    content = tuple(span for part in _finish(view, quotes, choice) for span in view.spans(*part))
    cue = view.spans(*choice.cue_range)[0] if choice.cue_range else None
    speaker = view.spans(*choice.source_range)[0] if choice.source_range else None
    kind = kind_of(view, quotes, choice)
    speech = choice.speech or (choice.cue_class is None and kind != "indirect")
    return Attribution(
        content, cue, speaker, kind, speech, choice.confidence, outer,
        choice.cue_class, choice,
    )  # fmt: skip


def _finish(view: View, quotes: list[Quote], choice: Choice) -> list[tuple[int, int]]:
    """The content as cited: parts that only a mark divides joined, "?" and "!" kept, marks in pairs."""
    joined: list[tuple[int, int]] = []
    for start, end in choice.parts:
        last = joined[-1] if joined else None
        if last and start - last[1] <= 1 and all(view.text[i] in MARKS for i in range(last[1], start)):
            joined[-1] = (last[0], end)
        else:
            joined.append((start, end))
    return [_pair(view, quotes, start, end) for start, end in joined]


def _pair(view: View, quotes: list[Quote], start: int, end: int) -> tuple[int, int]:
    """Keep a closing mark whose opening is inside, an opening one whose closing is, and a last "?" or "!"."""
    stop = view.paragraph_range(view.para[end - 1])[1]
    if end < stop and view.text[end] in ("?", "!"):
        end += 1
    inner = view.quote[end - 1]
    if inner >= 0 and end < stop:
        quote = quotes[inner]
        inside = start <= quote.outer_start and quote.outer_start < quote.start
        if inside and quote.end <= end + 1 and quote.outer_end > quote.end:
            end = quote.outer_end
    first = view.quote[start]
    if first >= 0:
        quote = quotes[first]
        if quote.start == start and quote.outer_end < end and quote.outer_start < quote.start:
            start = quote.outer_start
    return start, end


def kind_of(view: View, quotes: list[Quote], choice: Choice) -> str:
    """Direct, mixed or indirect: by the share of the content's words inside quotation marks."""
    words = [i for a, b in choice.parts for i in range(a, b) if view.text[i][:1].isalnum()]
    inside = sum(1 for i in words if view.quote[i] >= 0 and _speaks(quotes, view.quote[i], choice.cue))
    if not words or not inside:
        return "indirect"
    return "direct" if inside >= 0.9 * len(words) else "mixed"


def _speaks(quotes: list[Quote], number: int, cue: int) -> bool:
    """False for a quotation that the cue itself stands in: its marks belong to an outer speaker."""
    quote = quotes[number]
    return not quote.start <= cue < quote.end
