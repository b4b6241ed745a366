"""A page's units with the decision which are body, and the rules that overrule the tagger on any page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.article.dateline import find_place
from detente.article.edges import drop_end, head_kind
from detente.article.features import Floats
from detente.article.furniture import never_body, phrase_kind, section_kind, shape_kind
from detente.article.units import Unit
from detente.article.verbs import FINITE

_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_CREDIT = re.compile(
    r"^[\s(_—–*-]*(?:.{0,60}\bcontributed to this (?:report|story|article)|"
    r"(?:additional )?reporting (?:by|from) |"
    r"\(?(?:reporting|editing|writing|compiled) by )",
    re.IGNORECASE,
)
# Every credit holds one of these; most pages hold none.
_CREDIT_WORDS = (
    "contributed to this", "reporting by", "reporting from", "editing by", "writing by", "compiled by",
)  # fmt: skip
# Units looked at before the body, within its head (a standfirst may stand above the byline), and after it.
HEAD_ZONE, INNER_ZONE, TAIL_ZONE = 14, 8, 6


@dataclass(slots=True)
class Marked:
    """A text's units with the tagger's chances and the decision which are body.

    ``bare_names`` is False where markup tells bylines better than the tagger's word for a line of names.
    """

    text: str
    units: list[Unit]
    words: list[str]
    chances: Floats
    kept: list[bool]
    given: dict[int, str]
    bare_names: bool = True
    lower: str = ""

    def __post_init__(self) -> None:
        """Keep the text in lower case: looking for a word there is many times faster than a pattern."""
        self.lower = self.text.lower()

    @property
    def first(self) -> int:
        """Index of the first body unit (the number of units when there is none)."""
        return next((i for i, keep in enumerate(self.kept) if keep), len(self.kept))

    def zones(self) -> tuple[list[int], list[int]]:
        """Units of furniture around the head of the body, and those right after its end."""
        first, last = self.first, self.last
        head = list(range(max(0, first - HEAD_ZONE), min(first, len(self.kept))))
        inner = self._until_section(first, min(len(self.kept), first + INNER_ZONE))
        tail = self._until_section(last + 1, min(len(self.kept), last + 1 + TAIL_ZONE))
        return head + inner, [i for i in tail if i not in inner]

    def _until_section(self, start: int, end: int) -> list[int]:
        """Furniture up to the heading of a list or of the comments: what follows speaks of other pages."""
        found = []
        for index in range(start, end):
            if section_kind(self.words[index]) or phrase_kind(self.words[index]) in ("related", "comments"):
                break
            if not self.kept[index]:
                found.append(index)
        return found

    @property
    def last(self) -> int:
        """Index of the last body unit, -1 when there is none."""
        return max((i for i, keep in enumerate(self.kept) if keep), default=-1)


def apply_rules(marked: Marked) -> None:
    """What holds on any page, whatever the tagger thinks."""
    credited = any(word in marked.lower for word in _CREDIT_WORDS)
    for index, words in enumerate(marked.words):
        if credited and len(words) < 250 and _CREDIT.search(words):
            marked.kept[index], marked.given[index] = False, "credit"
        elif (marked.kept[index] and never_body(words)) or (
            len(words) <= 60 and section_kind(words) and index > marked.first
        ):
            marked.kept[index] = False
    _drop_head(marked)
    _keep_lead(marked)
    _keep_flow(marked)
    _keep_entries(marked)
    _drop_caption(marked)
    _drop_islands(marked)
    _drop_tail(marked)
    drop_end(marked.words, marked.kept, marked.given)


def _drop_head(marked: Marked) -> None:
    """Bylines and date lines that stand above the first paragraph are no part of it."""
    for index in range(marked.first, len(marked.words)):
        words = marked.words[index]
        if not marked.kept[index]:
            continue
        if len(words) > 80 or _END.search(words):
            return
        kind = head_kind(words)
        if kind:
            marked.kept[index], marked.given[index] = False, kind


def _keep_lead(marked: Marked) -> None:
    """A paragraph with a dateline right before the body opens it."""
    for index in range(max(0, marked.first - 2), marked.first):
        if len(marked.words[index]) > 100 and find_place(marked.words[index]):
            marked.kept[index : marked.first] = [
                len(words) > 100 for words in marked.words[index : marked.first]
            ]
            return


def _keep_flow(marked: Marked) -> None:
    """A whole sentence between two body paragraphs is body, unless the tagger is sure that it is not."""
    for index in range(1, len(marked.words) - 1):
        words = marked.words[index]
        if marked.kept[index] or not (marked.kept[index - 1] and marked.kept[index + 1]):
            continue
        if index in marked.given or not is_sentence(words):
            continue
        if (
            marked.chances[index, 0] >= LEAST_FLOW
            and shape_kind(words) is None
            and phrase_kind(words) is None
        ):
            marked.kept[index] = True


LEAST_FLOW = 0.2
# "14:32", "7.45pm", "20:55 - Pompeo to see Greek minister": over the entries of a live blog.
_HOUR = re.compile(r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?(?: [-–—|] .{3,80})?", re.IGNORECASE)
_LEAST_HOURS = 3


def _keep_entries(marked: Marked) -> None:
    """In a live blog a whole sentence right below an hour is body, however short its entry."""
    hours = [i for i, words in enumerate(marked.words) if len(words) < 100 and _HOUR.fullmatch(words)]
    if len(hours) < _LEAST_HOURS:
        return
    for index in hours:
        after = index + 1
        if after < len(marked.words) and not marked.kept[after] and after not in marked.given:
            words = marked.words[after]
            marked.kept[after] = (
                is_sentence(words)
                and words.rstrip('"”’)')[-1:] == "."
                and phrase_kind(words) is None
                and shape_kind(words) is None
            )


def is_sentence(words: str) -> bool:
    """True for nine words or more that end as a sentence does."""
    return len(words.split()) >= 9 and _END.search(words) is not None


def _drop_tail(marked: Marked) -> None:
    """An article of sentences does not end with a line that is none: that is the next article's headline."""
    body = [w for w, keep in zip(marked.words, marked.kept, strict=True) if keep]
    long = [w for w in body if len(w) > 80]
    if len(long) < 3 or sum(bool(_END.search(w)) for w in long) < 0.8 * len(long):
        return
    for index in range(marked.last, marked.first, -1):
        words = marked.words[index]
        if not marked.kept[index]:
            continue
        if len(words) > 100 or _END.search(words) or not words[0].isalnum() or words[-1] in ":;,":
            return
        marked.kept[index] = False


# An article does not begin again behind the comments or the lists of other articles.
_ISLAND_UNITS, _ISLAND_SHARE = 3, 0.15
# A chance from which these rules do not overrule the tagger.
SURE = 0.85


def _drop_islands(marked: Marked) -> None:
    """Small runs kept behind a section of furniture that follows most of the body go back to furniture."""
    sizes = [len(w) if keep else 0 for w, keep in zip(marked.words, marked.kept, strict=True)]
    total = sum(sizes)
    done, closed, index = 0, False, 0
    while index < len(sizes):
        if not marked.kept[index]:
            closed = closed or (done >= 0.6 * total and section_kind(marked.words[index]) is not None)
            index += 1
            continue
        end = index
        while end < len(sizes) and marked.kept[end]:
            end += 1
        size = sum(sizes[index:end])
        sure = float(marked.chances[index:end, 0].mean()) >= SURE
        if closed and not sure and end - index <= _ISLAND_UNITS and size < _ISLAND_SHARE * total:
            marked.kept[index:end] = [False] * (end - index)
        done += size
        index = end


_ENGLISH = re.compile(r"\b(?:the|of|at|with)\b")
_PARTICIPLE = re.compile(r"\b[A-Za-z]{3,}ing\b")
_FINITE = re.compile(
    rf"\b(?:{FINITE})\b|n['’]t\b|"
    r"\b(?!need|indeed|speed|hundred|armed|united|red\b|bed\b)[a-z]{2,}ed "
    r"(?:a|an|the|to|on|in|that|his|her|its|their|by|for|with|it|at)\b",
)


# "[Jane Roe/Harbour Mail]", "(AP/Jane Roe)": whose picture it is, at the end of what it shows.
_PICTURED = re.compile(r"[\[(][A-ZÀ-Þ][^\[\]()/]{1,40}/[^\[\]()/]{2,40}[\])]$")


def _drop_caption(marked: Marked) -> None:
    """In English, the unit before the lead is a caption if it is one clause around a participle."""
    first = marked.first
    if first + 1 >= len(marked.words) or not marked.kept[first + 1]:
        return
    words = marked.words[first]
    if find_place(words):
        return
    if len(words) <= 220 and _PICTURED.search(words):
        marked.kept[first], marked.given[first] = False, "caption"
        return
    if not _ENGLISH.search(words):
        return
    sentences = len(re.findall(r"[.!?](?=\s+[A-Z])", words))
    if 40 <= len(words) <= 220 and sentences == 0 and _PARTICIPLE.search(words) and not _FINITE.search(words):
        following = marked.words[first + 1]
        if len(following) > 80:
            marked.kept[first], marked.given[first] = False, "caption"
