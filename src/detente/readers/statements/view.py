"""One article's parse as flat lists: a token is a number, whichever paragraph it stands in.

Attributions run over paragraphs (a quotation goes on, a cue stands before a colon), so the engine
works on article-wide token numbers. Lists of strings are several times faster to read than spaCy's
token objects, and the engine reads each token many times.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from detente.language.parse import Paragraph, ParsedArticle
from detente.record import Span


@dataclass(slots=True)
class View:
    """Flat columns over the tokens of an article.

    ``head`` holds article-wide token numbers (a root's head is itself); ``left``–``right`` the edges
    of each token's subtree (right edge excluded); ``sent`` the sentence number; ``children`` the
    dependents in reading order; ``quote`` the number of the innermost quotation, or -1; ``commas`` the tokens
    that are commas, semicolons or dashes.
    """

    paragraphs: tuple[Paragraph, ...]
    first: list[int] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)
    ent: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    para: list[int] = field(default_factory=list)
    children: list[list[int]] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    quote: list[int] = field(default_factory=list)
    commas: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.text)

    def paragraph_range(self, number: int) -> tuple[int, int]:
        """The tokens of a paragraph (end excluded), by its place in ``paragraphs``."""
        last = self.first[number + 1] if number + 1 < len(self.first) else len(self.text)
        return self.first[number], last

    def sentence_range(self, token: int) -> tuple[int, int]:
        """The tokens of a token's sentence, end excluded."""
        return self.sentences[self.sent[token]]

    def local(self, token: int) -> tuple[Paragraph, int]:
        """The paragraph a token stands in and its number there."""
        number = self.para[token]
        return self.paragraphs[number], token - self.first[number]

    def spans(self, start: int, end: int) -> list[Span]:
        """A token range as places in the article, one a paragraph."""
        found: list[Span] = []
        while start < end:
            paragraph = self.paragraphs[self.para[start]]
            stop = min(end, self.paragraph_range(self.para[start])[1])
            found.append(paragraph.span(self.start[start], self.end[stop - 1]))
            start = stop
        return found

    def token_at(self, offset: int) -> int:
        """The token that holds an article offset, or the one before it."""
        starts = [p.start for p in self.paragraphs]
        number = max(0, bisect_right(starts, offset) - 1)
        first, last = self.paragraph_range(number)
        return max(first, bisect_right(self.start, offset - starts[number], first, last) - 1)


def view_of(parsed: ParsedArticle, *, headline: bool = False) -> View:
    """Flatten the body paragraphs of an article (with its headline first when asked)."""
    chosen = tuple(p for p in parsed.paragraphs if (headline or p.role == "body") and len(p.doc))
    view = View(chosen)
    for number, paragraph in enumerate(chosen):
        _append(view, number, paragraph)
    _mend(view)
    _edges(view)
    view.quote = [-1] * len(view)
    view.commas = [i for i, word in enumerate(view.text) if word in _COMMAS]
    return view


_COMMAS = frozenset((",", ";", "—", "–", "--"))
_COLUMNS: list[int | str] = ["ORTH", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE", "HEAD", "IDX", "SENT_START"]
# spaCy's string hashes are the same on every machine: safe to keep for the process.
_TEXT: dict[int, str] = {0: ""}
_LOW: dict[int, str] = {0: ""}


def _append(view: View, number: int, paragraph: Paragraph) -> None:
    """One array instead of a Token object a value: a fifth of the time."""
    base, strings = len(view.text), paragraph.doc.vocab.strings
    view.first.append(base)
    orth, lemma, pos, tag, dep, ent, head, idx, starts = paragraph.doc.to_array(_COLUMNS).T.tolist()
    for key in {*orth, *lemma, *pos, *tag, *dep, *ent}.difference(_TEXT):
        _TEXT[key] = text = strings[key]
        _LOW[key] = text.lower()
    words = [_TEXT[key] for key in orth]
    view.text += words
    view.low += [_LOW[key] for key in orth]
    view.lemma += [_LOW[key] for key in lemma]
    view.pos += [_TEXT[key] for key in pos]
    view.tag += [_TEXT[key] for key in tag]
    view.dep += [_TEXT[key] for key in dep]
    view.ent += [_TEXT[key] for key in ent]
    view.head += [base + i + _signed(offset) for i, offset in enumerate(head)]
    view.start += idx
    view.end += [start + len(word) for start, word in zip(idx, words, strict=True)]
    view.para += [number] * len(words)
    begins = [i for i, start in enumerate(starts) if start == 1 or not i]
    for begin, stop in zip(begins, [*begins[1:], len(words)], strict=True):
        view.sent += [len(view.sentences)] * (stop - begin)
        view.sentences.append((base + begin, base + stop))


def _signed(offset: int) -> int:
    """Array values are unsigned; a head to the left wraps around."""
    return offset - (1 << 64) if offset >= 1 << 63 else offset


_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")


def _mend(view: View) -> None:
    """A common misparse set right: "said Obama, in his call, had discussed …" makes Obama what was said.

    "Say" has no person for its object, so the noun behind it is the subject of the clause that lacks one.
    """
    for verb, dep in enumerate(view.dep):
        say = view.head[verb]
        if dep != "ccomp" or view.lemma[say] != "say" or not say < verb - 1:
            continue
        between = range(say + 1, verb)
        if any(view.head[i] == verb and view.dep[i] in _SUBJECTS for i in between):
            continue
        noun = next((i for i in between if view.head[i] == say), -1)
        if noun >= 0 and view.dep[noun] == "dobj" and view.pos[noun] in ("PROPN", "NOUN", "PRON"):
            view.dep[noun] = "nsubj"
            for i in between:
                if view.head[i] == say and i >= noun:
                    view.head[i] = verb


def _edges(view: View) -> None:
    """Children and subtree edges; the edges need as many rounds as the tree is deep."""
    count = len(view.text)
    view.children = [[] for _ in range(count)]
    view.left, view.right = list(range(count)), list(range(1, count + 1))
    for i, head in enumerate(view.head):
        if head != i:
            view.children[head].append(i)
    for begin, stop in view.sentences:
        changed = True
        while changed:
            changed = False
            for i in (*range(begin, stop), *range(stop - 1, begin - 1, -1)):
                head = view.head[i]
                if view.left[i] < view.left[head]:
                    view.left[head] = view.left[i]
                    changed = True
                if view.right[i] > view.right[head]:
                    view.right[head] = view.right[i]
                    changed = True
