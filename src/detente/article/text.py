"""Plain-text dumps: the article among the web furniture, from the words and their layout alone.

1. The text is cut into units (``units.py``).
2. A small trained tagger gives each unit its chance to be body, headline, byline or date line.
3. Rules that hold on any page overrule it: phrases that are never news, what stands alone far from
   the rest, a picture's caption before the lead.
4. Headline, byline and date are read from the furniture around the body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from detente.article.dateline import find_place
from detente.article.dates import day_first_of, find_stamps, find_url_day
from detente.article.draft import Draft, Found, FoundDate
from detente.article.features import Floats, find_features
from detente.article.furniture import label_kinds, never_body, normal, phrase_kind, section_kind
from detente.article.language import find_language
from detente.article.lists import load_list
from detente.article.names import find_byline, split_names
from detente.article.network import load_network
from detente.article.outlet import find_host, outlet_in_words
from detente.article.settings import Settings
from detente.article.units import Unit, find_units, join_paragraphs
from detente.record import Page

_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_CREDIT = re.compile(
    r"^[\s(_—–*-]*(?:.{0,60}\bcontributed to this (?:report|story|article)|(?:additional )?reporting (?:by|from) |"
    r"\(?(?:reporting|editing|writing|compiled) by )",
    re.IGNORECASE,
)
_SOURCE_URL = re.compile(r"<?(https?://[^\s<>\"')\]]+)")
_MARK = re.compile(r"^(?:#{1,6}\s+|\*{1,3})|\*{1,3}$")
# Units looked at before the body, within its first ones (a standfirst may stand above the byline), and after it.
HEAD_ZONE, INNER_ZONE, TAIL_ZONE = 14, 8, 6


@dataclass(slots=True)
class Marked:
    """A text's units with the tagger's chances and the decision which are body."""

    text: str
    units: list[Unit]
    words: list[str]
    chances: Floats
    kept: list[bool]
    given: dict[int, str]

    @property
    def first(self) -> int:
        """Index of the first body unit (the number of units when there is none)."""
        return next((i for i, keep in enumerate(self.kept) if keep), len(self.kept))

    def zones(self) -> tuple[list[int], list[int]]:
        """Units of furniture around the head of the body, and those right after its end."""
        first, last = self.first, self.last
        head = [i for i in range(max(0, first - HEAD_ZONE), min(len(self.kept), first + INNER_ZONE)) if not self.kept[i]]
        return head, [i for i in range(last + 1, min(len(self.kept), last + 1 + TAIL_ZONE)) if i not in head]

    @property
    def last(self) -> int:
        """Index of the last body unit, -1 when there is none."""
        return max((i for i, keep in enumerate(self.kept) if keep), default=-1)


def read_text(page: Page, settings: Settings) -> Draft:
    """Read a page handed over as plain text."""
    marked = mark_text(page.content, settings)
    draft = Draft(page.content, title=page.title, url=page.url)
    fill_draft(draft, marked, page)
    return draft


def mark_text(text: str, settings: Settings) -> Marked:
    """Cut a text into units and decide which are body."""
    units = find_units(text)
    words = [text[u.start : u.end] for u in units]
    if not units:
        return Marked(text, units, words, np.zeros((0, 4), dtype=np.float32), [], {})
    chances = load_network("lines", settings.weights).score(find_features(text, units))
    kept = [bool(p >= settings.threshold) for p in chances[:, 0]]
    marked = Marked(text, units, words, chances, kept, {})
    apply_rules(marked)
    return marked


def apply_rules(marked: Marked) -> None:
    """What holds on any page, whatever the tagger thinks."""
    for index, words in enumerate(marked.words):
        if len(words) < 250 and _CREDIT.search(words):
            marked.kept[index], marked.given[index] = False, "credit"
        elif (marked.kept[index] and never_body(words)) or (
            len(words) <= 60 and section_kind(words) and index > marked.first
        ):
            marked.kept[index] = False
    _keep_lead(marked)
    _drop_caption(marked)
    _drop_islands(marked)


def _keep_lead(marked: Marked) -> None:
    """A paragraph with a dateline right before the body opens it."""
    for index in range(max(0, marked.first - 2), marked.first):
        if len(marked.words[index]) > 100 and find_place(marked.words[index]):
            marked.kept[index : marked.first] = [
                len(words) > 100 for words in marked.words[index : marked.first]
            ]
            return


# An article does not begin again behind the comments or the lists of other articles.
_ISLAND_UNITS, _ISLAND_SHARE = 3, 0.15


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
        if closed and end - index <= _ISLAND_UNITS and size < _ISLAND_SHARE * total:
            marked.kept[index:end] = [False] * (end - index)
        done += size
        index = end


_PARTICIPLE = re.compile(r"\b[A-Za-z]{3,}ing\b")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|said|says|did|does|do|told)\b|n['’]t\b|"
    r"\b(?!need|indeed|speed|hundred|armed|united|red\b|bed\b)[a-z]{2,}ed (?:a|an|the|to|on|in|that|his|her|its|their|by|for|with|it|at)\b",
)


def _drop_caption(marked: Marked) -> None:
    """The unit before the lead is a caption if it is one clause around a participle ("X holding Y")."""
    first = marked.first
    if first + 1 >= len(marked.words) or not marked.kept[first + 1]:
        return
    words = marked.words[first]
    if find_place(words):
        return
    sentences = len(re.findall(r"[.!?](?=\s+[A-Z])", words))
    if 40 <= len(words) <= 220 and sentences == 0 and _PARTICIPLE.search(words) and not _FINITE.search(words):
        following = marked.words[first + 1]
        if len(following) > 80:
            marked.kept[first], marked.given[first] = False, "caption"


def fill_draft(draft: Draft, marked: Marked, page: Page) -> None:
    """Body, furniture and all that is read around the body, into the draft."""
    draft.body = join_paragraphs(marked.text, marked.units, marked.kept)
    body_text = "\n".join(marked.text[s:e] for s, e in draft.body[:6])
    draft.language, _ = find_language(body_text)
    find_source_url(draft, marked)
    draft.host = find_host(draft.url)
    find_headline(draft, marked, page.title)
    find_text_byline(draft, marked)
    find_text_date(draft, marked)
    kinds = label_kinds(marked.words, marked.kept, marked.given)
    draft.furniture = [
        (u.start, u.end, kind)
        for u, kind, keep in zip(marked.units, kinds, marked.kept, strict=True)
        if not keep
    ]
    find_text_outlet(draft, marked, kinds)
    sure = [float(p) for p, keep in zip(marked.chances[:, 0], marked.kept, strict=True) if keep]
    draft.body_confidence = round(sum(sure) / len(sure), 3) if sure else 0.0


def find_source_url(draft: Draft, marked: Marked) -> None:
    """The page's own URL where the dump states it ("Original url:" and a link)."""
    if draft.url:
        return
    for index, words in enumerate(marked.words):
        plain = normal(words)
        if len(words) > 200 or not plain.startswith(
            ("original url", "original link", "url:", "source url", "permalink")
        ):
            continue
        near = words + "\n" + (marked.words[index + 1] if index + 1 < len(marked.words) else "")
        match = _SOURCE_URL.search(near)
        if match:
            draft.url = match[1]
            return


def find_headline(draft: Draft, marked: Marked, title: str | None) -> None:
    """The headline before the body: the unit that says the title, else the likeliest by the tagger."""
    head = range(max(0, marked.first - 60), marked.first)
    plain = normal(title or "")
    if plain:
        same = [i for i in head if normal(marked.words[i]) == plain]
        if same:
            _set_headline(draft, marked, same[-1], 1.0)
            return
    held = set(_LONG_WORD.findall(" ".join(w for w, k in zip(marked.words, marked.kept, strict=True) if k).casefold()))
    scored = [(_headline_score(marked, i, held), i) for i in head if _may_head(marked.words[i])]
    if not scored:
        return
    best, index = max(scored)
    if best < LEAST_HEADLINE:
        return
    # A title is often said twice (breadcrumb, headline): take the one nearest the body.
    for chance, other in scored:
        if other > index and normal(marked.words[other]) == normal(marked.words[index]) and chance > 0.5 * best:
            index = other
    _set_headline(draft, marked, index, round(min(best, 0.99), 3))


_LONG_WORD = re.compile(r"[^\W\d_]{5,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
LEAST_HEADLINE = 0.08


def _headline_score(marked: Marked, index: int, held: set[str]) -> float:
    """The tagger's chance, raised by words shared with the body, lowered for what no headline looks like."""
    words = marked.words[index]
    score = float(marked.chances[index, 1])
    own = set(_LONG_WORD.findall(words.casefold()))
    score *= 0.6 + 0.8 * len(own & held) / len(own) if own else 0.5
    if words.startswith("# "):
        score += 0.4
    if words.endswith(".") and not words.endswith("..."):
        score *= 0.5
    if len(words.split()) < 3 and not _LONG_WORD.search(words[:1]):
        score *= 0.6
    return score * (0.3 if find_stamps(words) and len(words) < 60 else 1.0)


def _may_head(words: str) -> bool:
    plain = _MARK.sub("", words).strip()
    return 8 <= len(plain) <= 250 and phrase_kind(words) is None and any(char.isalpha() for char in plain)


def _set_headline(draft: Draft, marked: Marked, index: int, confidence: float) -> None:
    unit = marked.units[index]
    start, end = unit.start, unit.end
    mark = re.match(r"#{1,6}\s+", marked.words[index])
    if mark:
        start += mark.end()
    draft.headline, draft.headline_confidence = (start, end), confidence
    draft.title = draft.title or marked.text[start:end]
    marked.given[index] = "headline"


def find_text_byline(draft: Draft, marked: Marked) -> None:
    """The names in the likeliest byline around the body."""
    head, tail = marked.zones()
    top = max((float(marked.chances[i, 2]) for i in (*head, *tail)), default=0.0)
    best: tuple[float, Found, int] | None = None
    for index in (*head, *tail):
        words = marked.words[index]
        if len(words) > 220 or marked.given.get(index) in ("headline", "credit", "caption"):
            continue
        chance = float(marked.chances[index, 2])
        found = find_byline(words)
        if found is None and chance > max(LEAST_BARE, 0.6 * top):
            found = _bare_names(words)
        elif found is not None and index in head:
            chance += 0.4
        if found and chance > LEAST_BARE and (best is None or chance > best[0]):
            start = marked.units[index].start
            value = Found(found[0], "text", round(min(0.5 + chance, 0.97), 3), (start + found[1], start + found[2]))
            best = (chance, value, index)
    if best:
        draft.byline = best[1]
        marked.given.setdefault(best[2], "byline")


# A line of names alone is a byline only where the tagger thinks so and nothing beats it by far.
LEAST_BARE = 0.14


def _bare_names(words: str) -> tuple[str, int, int] | None:
    """Names that make up most of a line; a slash or a bracket tells a photographer's credit."""
    if len(words) > 120 or "/" in words or "(" in words:
        return None
    names = split_names(words)
    if not names or sum(map(len, names)) < 0.6 * len(words):
        return None
    at = words.casefold().find(names[0].casefold())
    end = words.casefold().find(names[-1].casefold(), max(at, 0))
    return (", ".join(names), at, end + len(names[-1])) if at >= 0 and end >= 0 else None


def find_text_date(draft: Draft, marked: Marked) -> None:
    """The day of publication from lines around the body, then from the URL; never from lists or comments."""
    words = load_list("dates")["words"]
    day_first = day_first_of(draft.host, draft.language)
    best: tuple[float, FoundDate, int] | None = None
    others = set()
    head, tail = marked.zones()
    for index in (*head, *tail):
        line = marked.words[index]
        if len(line) > 200 or marked.given.get(index) in ("headline", "caption"):
            continue
        plain = normal(line)
        if any(word in plain for word in words["not_published"]):
            continue
        for stamp in find_stamps(line, day_first=day_first):
            score = _date_score(marked, index, stamp.start, stamp.end, words, index in head)
            if score <= 0.35:
                continue
            others.add(stamp.day)
            place = (marked.units[index].start + stamp.start, marked.units[index].start + stamp.end)
            found = FoundDate(stamp.to_date(), "text", min(score, 0.99), place)
            if best is None or score > best[0] + 0.05:
                best = (score, found, index)
    if best:
        draft.published = best[1]
        if marked.given.get(best[2]) is None:
            marked.given[best[2]] = "date"
        if len(others) > 1:
            draft.published.confidence = round(best[1].confidence * 0.7, 3)
    find_url_date(draft)


def _date_score(
    marked: Marked, index: int, start: int, end: int, words: dict[str, list[str]], head: bool
) -> float:
    line = marked.words[index]
    before = normal(line[:start])
    chance = float(marked.chances[index, 3])
    previous = normal(marked.words[index - 1]) if index and len(marked.words[index - 1]) < 40 else ""
    cue = any(before.endswith(w) or before.startswith(w) or previous == w for w in words["published"])
    updated = any(w in before for w in words["updated"]) and not cue
    pure = (end - start) / max(len(line), 1)
    score = 0.55 * chance + (0.4 if cue else 0.0) + 0.25 * pure - (0.3 if updated else 0.0)
    if head:
        return score + 0.15 + (0.1 if abs(marked.first - index) <= 6 else 0.0)
    return score


def find_url_date(draft: Draft) -> None:
    """The URL's day where the text names none; a clash between the two lowers the confidence."""
    day = find_url_day(draft.url) if draft.url else None
    if day is None:
        return
    from detente.record import Date

    if draft.published is None:
        draft.published = FoundDate(Date.day(day, basis="stated"), "url", 0.9)
        return
    stated = draft.published.date.first_day
    if stated and abs((stated - day).days) > 2:
        draft.published.confidence = round(draft.published.confidence * 0.5, 3)
        draft.notes.append("dates disagree")
    else:
        draft.published.confidence = max(draft.published.confidence, 0.97)


def find_text_outlet(draft: Draft, marked: Marked, kinds: list[str]) -> None:
    """An outlet that the page names as its own or credits with the text."""
    best: tuple[float, Found, int] | None = None
    for index, words in enumerate(marked.words):
        if marked.kept[index] or len(words) > 120:
            continue
        found = outlet_in_words(words)
        if found and (best is None or found[1] > best[0]):
            name, confidence, start, end = found
            at = marked.units[index].start
            best = (confidence, Found(name, "text", confidence, (at + start, at + end)), index)
    if best:
        draft.outlet = best[1]
