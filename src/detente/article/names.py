"""Bylines: the names of the people who wrote a page, and nothing else.

"By PAUL RICHTER and Jane Roe, Washington bureau" → "Paul Richter, Jane Roe". Desks, agencies, outlets
and user names are no people and give nothing.
"""

from __future__ import annotations

import csv
import re
from functools import cache

from detente.article.lists import DATA, load_agencies, load_list, load_outlets, load_words

_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_NAME_CHARS = re.compile(r"[\"“]?[^\W\d_][\w'’.\-]*\.?[\"”]?")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
MOST_NAMES = 6
# A longer word is several run together.
_LONGEST = 24
# A name ends at a figure, a wide gap or a link, and where the next thing is glued to it ("RoeUpdated").
_REST = re.compile(
    r"\d|[ \u00a0]{2,}|https?:|www\.|@|[ \u00a0](?:in|at|from|[Ff]or|on|aus|à|desde)[ \u00a0](?=[A-ZÀ-Þ\d])"
)
_GLUED = re.compile(r"(?<=[a-zà-ÿ]{3})(?=[A-ZÀ-Þ])")


@cache
def _before() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, load_words("before")), key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:{words})(?:(?=\[)|\s*[:：]\s*|[\s\u00a0]+)|^by(?=(?-i:[A-Z][a-z]))", re.IGNORECASE
    )


@cache
def _and() -> re.Pattern[str]:
    words = [re.escape(word) for word in load_words("and") if word.isascii() and word.isalpha()]
    # Commas divide names as well as names from offices; what follows is judged part by part.
    return re.compile(
        rf"\s*[&、·]\s*|\s*,?\s+(?:{'|'.join(sorted(words))})\s+|"
        r"\s*[,;|/]\s*|\s+[–—-]\s+|\s*\n\s*|\s*[()]\s*|\t+"
    )


def split_names(words: str, *, glued: bool = True) -> list[str]:
    """The people named in a credit without its "By": stops at the first part that is no name.

    Args:
        words: the credit.
        glued: False where words are never run together (markup): "Mark SubbaRao" is one name there.
    """
    names: list[str] = []
    words = _LINK.sub(r"\1", words).strip(" \t\u00a0*_#:|•·-–—")
    words = _REST.split(words, maxsplit=1)[0]
    words = _GLUED.sub("\n", words) if glued else words
    for part in _and().split(words):
        name = clean_name(part)
        if name is None:
            if names or not part.strip():
                break
            return []
        if name not in names:
            names.append(name)
    return names[:MOST_NAMES]


def clean_name(part: str) -> str | None:
    """A person's name in plain form, or None if the words are none."""
    name = re.sub(r"\s+", " ", part).strip(" \t\u00a0*_#:|•·-–—,.…\u200b\ufeff")
    name = re.sub(r"^(?:(?:dr|prof|mr|mrs|ms|sir|rev|dipl\.-ing)\.?\s)+", "", name, flags=re.IGNORECASE)
    name = _before().sub("", name, count=1) if _before().match(name) else name
    if not 2 <= len(name) <= 50 or any(char.isdigit() for char in name):
        return None
    if _CJK.search(name):
        plain = name.replace(" ", "")
        return plain if 2 <= len(plain) <= 12 and not is_body(plain) else None
    words = _without_office(name.split(" "))
    name = " ".join(words)
    if len(words) > 2 and words[-1].casefold() in _month_words():
        words = words[:-1]
        name = " ".join(words)
    if not 2 <= len(words) <= 6 or is_body(name):
        return None
    if not all(_is_name_word(word, index) for index, word in enumerate(words)):
        return None
    if (
        sum(word.lstrip('"“')[:1].isupper() for word in words) < 2
        and name.upper() != name
        and not _caseless(name)
    ):
        return None
    return _recase(name)


def _without_office(words: list[str]) -> list[str]:
    """A first and a last name without the office glued behind them ("Jane Roe Parliamentary Editor")."""
    office = len(words) > 2 and words[-1].casefold() in load_words("after")
    if office and find_role(" ".join(words)) is None:
        return words[:2]
    return words


@cache
def _month_words() -> frozenset[str]:
    months = load_list("dates")["months"].values()
    return frozenset(form for language in months for forms in language for form in forms)


def _caseless(name: str) -> bool:
    return name.upper() == name.lower()


def _is_name_word(word: str, index: int) -> bool:
    plain = word.casefold().strip(".,")
    if plain in load_words("particles"):
        return index > 0 or word[0].isupper() or len(plain) > 1
    if plain in load_words("after") or len(word) > _LONGEST or not _NAME_CHARS.fullmatch(word):
        return False
    return word.lstrip('"“')[:1].isupper() or _caseless(word)


def has_first_name(name: str) -> bool:
    """True for two words or more that begin with a first name of the list."""
    words = name.split()
    return len(words) > 1 and words[0].casefold() in _first_names()


def is_body(name: str) -> bool:
    """True for desks, agencies and outlets: names of bodies, not of people."""
    plain = name.casefold().strip(" .")
    if plain in load_words("none") or plain in load_words("before"):
        return True
    agencies, (_, outlets) = load_agencies(), load_outlets()
    if name in agencies.names or name in agencies.codes or name in outlets:
        return True
    last = plain.split()[-1] if plain else ""
    return (
        last in load_words("body")
        or plain.split()[:1] == ["team"]
        or plain.split()[:1] == ["the"]
        or plain in _lower_bodies()
    )


@cache
def _lower_bodies() -> frozenset[str]:
    agencies, (_, outlets) = load_agencies(), load_outlets()
    return frozenset(form.casefold() for forms in (agencies.names, outlets) for form in forms)


def _recase(name: str) -> str:
    """Capitals throughout become a name's usual form; "McADAM" and initials stay."""
    words = name.split(" ")
    if not all(word.isupper() for word in words if len(word) > 2) or len(name) < 5:
        return name
    return " ".join(word if len(word.strip(".")) <= 2 and "." in word else _capital(word) for word in words)


def _capital(word: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda match: match[0][0] + match[0][1:].lower(), word)


def find_byline(line: str) -> tuple[str, int, int] | None:
    """The names credited in a line ("March 30, 2014|By Paul Richter") with their place in it."""
    for match in _before().finditer(line[:200]):
        rest = line[match.end() :]
        # A byline starts its line, or follows a divider or a date; "shot by John Doe" is none.
        lead = line[: match.start()].rstrip()
        if lead and not (lead[-1] in "|•·/–—-,:>)" or lead[-1].isdigit() or len(lead) < 3):
            continue
        names = split_names(rest[:200])
        if names:
            return ", ".join(names), *_extent(line, match.end(), names)
    return None


# Three words with capitals are as often a heading; two are mostly a name.
SURE_BARE = 0.2
_PIECE = re.compile(r"\s*[|•·]\s*|[ \u00a0]{2,}|\t+|(?<=[^\W\d_]{3})(?=\d)")


def bare_names(words: str, chance: float, *, likely: bool) -> tuple[str, int, int] | None:
    """Names that make up a line ("Jane Roe", "Jane Roe | 5 hours ago", "27 May • Jane Roe").

    A slash or a bracket tells a photographer's credit.

    Args:
        words: the line.
        chance: the tagger's, that the line is a byline.
        likely: True where the tagger alone is enough; else a name must show itself as one, by a known first
            name or by the day or office beside it.
    """
    if len(words) > 120 or "/" in words or "(" in words:
        return None
    # "Comment by Jane Roe": what stands after the inner "by" is the name, if it is one.
    inner = re.search(r"\s(?:von|by|par|por|di|door|av|af)\s+(?=\S+\s\S)", words)
    if inner:
        words = " " * inner.end() + words[inner.end() :]
    pieces = [piece for piece in _PIECE.split(words.strip()) if piece.strip()]
    whole = [piece for piece in pieces if _is_names(piece)]
    beside = [piece for piece in pieces if piece not in whole and _goes_with_names(piece)]
    if not whole or len(whole) + len(beside) < len(pieces):
        return None
    names = [name for piece in whole for name in split_names(piece)]
    known = all(name.split()[0].casefold() in _first_names() for name in names)
    if not (likely or known or (beside and not _CJK.search(words))):
        return None
    if not known and names[0].split()[-1].casefold() in load_words("papers"):
        return None  # "North Cape Monitor"
    if len(names) == 1 and len(names[0].split()) > 2 and chance < SURE_BARE and not known:
        return None
    at = words.casefold().find(names[0].casefold())
    end = words.casefold().find(names[-1].casefold(), max(at, 0))
    return (", ".join(names), at, end + len(names[-1])) if at >= 0 and end >= 0 else None


def _is_names(piece: str) -> bool:
    names = split_names(piece)
    office = piece.split()[-1].casefold() in load_words("after")
    return bool(names) and (office or sum(map(len, names)) >= 0.6 * len(piece.strip()))


def _goes_with_names(piece: str) -> bool:
    """A day, a span of time, or an office: what stands beside names in a byline."""
    return any(char.isdigit() for char in piece) or any(
        word.casefold().strip(".,") in load_words("after") for word in piece.split()
    )


@cache
def _first_names() -> frozenset[str]:
    with (DATA / "first_names.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["name"].casefold() for row in csv.DictReader(file))


@cache
def _role() -> re.Pattern[str]:
    roles = "|".join(sorted(load_words("roles"), key=len, reverse=True))
    return re.compile(
        rf"^(?:(?:by|from)\s+)?(?P<role>our (?:[\w-]+ ){{0,3}}(?:{roles}))[.,]?$", re.IGNORECASE
    )


def find_role(line: str) -> tuple[str, int, int] | None:
    """Who wrote a page where it names an office alone ("From our own correspondent"), with the place."""
    match = _role().match(line.strip()) if len(line) < 80 else None
    if not match:
        return None
    at = len(line) - len(line.lstrip()) + match.start("role")
    return match["role"], at, at + len(match["role"])


def _extent(line: str, start: int, names: list[str]) -> tuple[int, int]:
    """From the first name to the last, as written."""
    folded = line.casefold() if len(line.casefold()) == len(line) else line
    places = []
    for name in names:
        at = folded.find(name.casefold().split(" ")[0], start)
        end = folded.find(name.casefold().split(" ")[-1], max(at, start))
        if at >= 0 and end >= 0:
            places.append((at, end + len(name.split(" ")[-1])))
    if not places:
        return start, len(line)
    return places[0][0], places[-1][1]
