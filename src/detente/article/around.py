"""What stands around the body of a dump: its own URL, headline, byline, day of publication, outlet."""

from __future__ import annotations

import re

from detente.article.agency import find_name
from detente.article.dates import day_first_of, find_stamps, find_url_day
from detente.article.draft import Draft, Found, FoundDate
from detente.article.edges import find_noted
from detente.article.furniture import normal, phrase_kind
from detente.article.lists import load_list
from detente.article.marked import Marked
from detente.article.names import bare_names, find_byline
from detente.article.outlet import outlet_in_words
from detente.record import Date

_SOURCE_URL = re.compile(r"<?(https?://[^\s<>\"')\]]+)")
_URL_WORDS = ("url", "permalink", "original link")
_MARK = re.compile(r"^(?:#{1,6}\s+|\*{1,3})|\*{1,3}$")


def find_source_url(draft: Draft, marked: Marked) -> None:
    """The page's own URL where the dump states it ("Original url:" and a link)."""
    if draft.url or not any(word in marked.lower for word in _URL_WORDS):
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
    may = [i for i in head if _may_head(marked.words[i])]
    if not may:
        return
    held = _held(" ".join(w for w, k in zip(marked.words, marked.kept, strict=True) if k))
    scored = [(_headline_score(marked, i, held), i) for i in may]
    best, index = max(scored)
    if best < LEAST_HEADLINE:
        _take_first_line(draft, marked)
        return
    # A title is often said twice (breadcrumb, headline): take the one nearest the body.
    for chance, other in scored:
        if (
            other > index
            and normal(marked.words[other]) == normal(marked.words[index])
            and chance > 0.5 * best
        ):
            index = other
    _set_headline(draft, marked, index, round(min(best, 0.99), 3))


def _take_first_line(draft: Draft, marked: Marked) -> None:
    """Of a dump with hardly anything before the body, the first line of words is the headline."""
    if marked.first > 5:
        return
    for index in range(marked.first):
        words = marked.words[index]
        plain = _may_head(words) and len(words.split()) >= 2 and not find_stamps(words)
        if plain and find_byline(words) is None and outlet_in_words(words) is None:
            _set_headline(draft, marked, index, 0.4)
            return


_UNSPACED = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
# Letters by their ranges: a third of the time that "any letter" takes.
_LONG_ASCII = re.compile(r"[a-z]{5,}")
_LONG_WORD = re.compile(rf"[a-zß-öø-ɏͰ-῿{_UNSPACED}]{{5,}}|[{_UNSPACED}]")
_UNSPACED_FIRST = re.compile(rf"[{_UNSPACED}]")


def _long_words(text: str) -> list[str]:
    """Words of five letters and more, and single characters of scripts that put no space between words."""
    folded = text.casefold()
    return (_LONG_ASCII if folded.isascii() else _LONG_WORD).findall(folded)


def _held(body: str) -> set[str]:
    """The long words of a body, each looked at once; whole ASCII words need no pattern."""
    pieces = set(body.casefold().split())
    plain = {piece for piece in pieces if piece.isascii() and piece.isalpha()}
    held = {piece for piece in plain if len(piece) >= 5}
    return held.union(_long_words(" ".join(pieces - plain)))


LEAST_HEADLINE = 0.08


def _headline_score(marked: Marked, index: int, held: set[str]) -> float:
    """The tagger's chance, raised by words shared with the body, lowered for what no headline looks like."""
    words = marked.words[index]
    score = float(marked.chances[index, 1])
    own = set(_long_words(words))
    score *= 0.6 + 0.8 * len(own & held) / len(own) if own else 0.5
    if words.startswith("# "):
        score += 0.4
    if words.endswith(".") and not words.endswith("..."):
        score *= 0.5
    if len(words.split()) < 3 and not _UNSPACED_FIRST.match(words):
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
        if found is None and chance > max(LEAST_KNOWN, RATIO_KNOWN * top):
            likely = marked.bare_names and chance > max(LEAST_BARE, RATIO * top)
            found = bare_names(words, chance, likely=likely)
        elif found is not None and index in head:
            chance += 0.4
        if found and chance > LEAST_KNOWN and (best is None or chance > best[0]):
            start = marked.units[index].start
            value = Found(
                found[0], "text", round(min(0.5 + chance, 0.97), 3), (start + found[1], start + found[2])
            )
            best = (chance, value, index)
    if best:
        draft.byline = best[1]
        marked.given.setdefault(best[2], "byline")
    elif marked.bare_names:
        draft.byline = _noted_author(marked, [*tail, *head])


def _noted_author(marked: Marked, zone: list[int]) -> Found | None:
    """Whom a note at the body's edge introduces ("Jane Roe is our Europe correspondent."), or None."""
    for index in zone:
        found = find_noted(marked.words[index])
        if found:
            start = marked.units[index].start
            marked.given.setdefault(index, "credit")
            return Found(found[0], "text", 0.6, (start + found[1], start + found[2]))
    return None


# A line of names alone is a byline only where the tagger thinks so and nothing beats it by far; a known
# first name, or a day or an office beside the name, asks for less.
LEAST_BARE, RATIO, SURE_BARE = 0.1, 0.4, 0.2
LEAST_KNOWN, RATIO_KNOWN = 0.03, 0.15


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
    if draft.published is None:
        draft.published = FoundDate(Date.day(day, basis="stated"), "url", 0.9)
        return
    stated = draft.published.date.first_day
    if stated and abs((stated - day).days) > 2:
        draft.published.confidence = round(draft.published.confidence * 0.5, 3)
        draft.notes.append("dates disagree")
    else:
        draft.published.confidence = max(draft.published.confidence, 0.97)


def mark_credits(marked: Marked) -> None:
    """A line that is an agency's name and nothing else, next to the body, is a credit ("Reuters", "(AFP)").

    Further off the same words are navigation.
    """
    first, last = marked.first, marked.last
    for index in (*range(max(0, first - 5), first), *range(last + 1, min(len(marked.words), last + 4))):
        words = marked.words[index]
        if not marked.kept[index] and len(words) < 60 and find_name(words.strip("()[]—–- ")):
            marked.given.setdefault(index, "credit")


def find_text_outlet(draft: Draft, marked: Marked) -> None:
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
        if normal(marked.words[best[2]]).startswith(("by ", "from ", "via ", "source")):
            marked.given.setdefault(best[2], "credit")
