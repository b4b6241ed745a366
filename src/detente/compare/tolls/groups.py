"""Counted people in a sentence: "at least 12 soldiers", "two women and a child", "his wife"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.compare.tolls.named import find_names, skip_age, skip_name
from detente.compare.tolls.numbers import Number, read_number, read_value
from detente.compare.tolls.words import Sentence, words

_AGE = re.compile(r"\w+[- ](?:year|month|week|day)s?[- ]olds?$")
_DECADE = re.compile(r"(?:\d0s|teens|twenties|thirties|forties|fifties|sixties|seventies|eighties)$")
_PLURAL = 4  # words in which a plural that is in no list must follow
_MODIFIERS = 6  # words between a number and its noun


@dataclass(frozen=True, slots=True)
class Group:
    """People counted at tokens ``first``–``last``; ``noun`` is "" for a bare number.

    ``ordinal``: "a third man", by whose death three are dead.
    """

    first: int
    last: int
    low: float | None
    high: float | None
    noun: str
    counted: bool = True
    part: bool = False
    vague: bool = False
    ordinal: bool = False

    @property
    def value(self) -> float:
        """The number that stands in the text."""
        return self.low if self.low is not None else self.high or 0.0


def is_person(word: str) -> bool:
    """True for a word that names people: its plural in -s or -es too."""
    people = words().sets["people"]
    base = word.removesuffix("'s").removesuffix("s'")
    return base in people or base.removesuffix("s") in people or base.removesuffix("es") in people


def is_generic(group: Group) -> bool:
    """True for "people" and "victims", whom two women may explain; "two adults, two teens" are four."""
    return not group.noun or group.noun in words().sets["generic"]


def is_aged(sentence: Sentence, group: Group) -> bool:
    """True for a group that begins with an age: "6-year-old Ben"."""
    return bool(_AGE.match(sentence.lower(group.first)))


def find_groups(sentence: Sentence, *, headline: bool = False) -> list[Group]:
    """The counted people of a sentence in reading order, none overlapping another.

    A headline needs no article: "Mother, toddler killed".
    """
    groups: list[Group] = []
    place = 0
    while place < len(sentence.tokens):
        names = [] if headline else find_names(sentence, place)
        if names:
            groups += [Group(first, last, 1.0, 1.0, "name", counted=False) for first, last in names]
            place = names[-1][1] + 1
            continue
        listed = bool(groups) and not _far(sentence, groups[-1].last, place)
        group = (
            _numbered(sentence, place)
            or _single(
                sentence, place, headline=headline, bare=headline or (listed and bool(groups[-1].noun))
            )
            or (None if headline else _named(sentence, place, listed=listed))
        )
        if group is None:
            place += 1
            continue
        groups.append(group)
        place = group.last + 1
    return groups


def _far(sentence: Sentence, last: int, place: int) -> bool:
    """False where only commas and "and" stand between two places."""
    gap = [sentence.lower(n) for n in range(last + 1, place)]
    return not gap or len(gap) > 2 or any(w not in (",", "and", ";", "&") for w in gap)


def _named(sentence: Sentence, place: int, *, listed: bool) -> Group | None:
    """A person's name right behind a word that kills, or in a list that such a name began."""
    before = sentence.lower(place - 1)
    behind = any(tag in ("kill", "of_those") and after == place for tag, after in sentence.tags.values())
    if not behind and not listed and before != "both":
        return None
    last = skip_name(sentence, place)
    if last - place < 1:
        return None
    return Group(place, _skip_apposition(sentence, last, name=False), 1.0, 1.0, "name", counted=False)


def _skip_apposition(sentence: Sentence, last: int, *, name: bool) -> int:
    """Takes in what only tells more of one person: "his wife, Mary Smith, 33,"."""
    if name:
        last = max(last, skip_name(sentence, last + 1))
        if sentence.lower(last + 1) == "," and skip_name(sentence, last + 2) >= last + 3:
            last = skip_name(sentence, last + 2)
    return _skip_decade(sentence, skip_age(sentence, last))


def _skip_decade(sentence: Sentence, last: int) -> int:
    """Takes in "in his 20s", "in her late teens"."""
    near = range(last + 3, last + 5)
    his = sentence.lower(last + 1) == "in" and sentence.lower(last + 2) in ("his", "her", "their")
    decades = [n for n in near if _DECADE.match(sentence.lower(n))] if his else []
    return decades[0] if decades else last


def _numbered(sentence: Sentence, place: int) -> Group | None:
    number = read_number(sentence, place)
    if number is None or _is_no_count(sentence, place, number.last):
        return None
    if sentence.lower(place) == "both" and (
        sentence.lower(place + 2) == "and" or sentence.lower(place + 1) in ("under", "over", "aged", "sides")
    ):
        return None  # "both militants and civilians", "both under 10"
    after = number.last + 1
    if (some := _some_of(sentence, place, number)) is not None:
        return some
    of_more = sentence.lower(after) == "of" and sentence.lower(after + 1) in words().sets["of_more"]
    part = of_more or sentence.tag(after) == "part_of"
    noun_at = None if part and not of_more else _noun(sentence, after) or _plural(sentence, after)
    noun = sentence.lower(noun_at) if noun_at is not None else ""
    first, low, high = _bounded(sentence, place, number)
    last = noun_at if noun_at is not None else number.last
    return Group(first, last, low, high, noun, True, part, number.vague)


def _some_of(sentence: Sentence, place: int, number: Number) -> Group | None:
    """ "Four of the five people shot"; right before "killed" all five are meant."""
    after = number.last + 1
    if sentence.lower(after) != "of":
        return None
    start = after + 1 + (sentence.lower(after + 1) in words().sets["of_more"])
    whole = read_number(sentence, start)
    if whole is None or whole.low < number.low or _is_no_count(sentence, start, whole.last):
        return None
    noun_at = _noun(sentence, whole.last + 1)
    last = noun_at if noun_at is not None else whole.last
    reported = sentence.lower(last + 1) in ("has", "had", "died", "dies", "later", "was")
    told = whole if sentence.tag(last + 1) == "kill" or (number.low == 1 and not reported) else number
    noun = sentence.lower(noun_at) if noun_at is not None else ""
    return Group(place, last, told.low, told.high, noun, vague=told.vague)


def _is_no_count(sentence: Sentence, first: int, last: int) -> bool:
    """True for dates, times, ages, money, shares and numbers of things."""
    before, after, sets = sentence.lower(first - 1), sentence.lower(last + 1), words().sets
    if after in sets["units"] or before in sets["before_no_count"] or after in (":", "%"):
        return True
    if before in sets["months"] or (after in sets["months"] and after != "may"):
        return True
    if before in ("under", "over") and (
        is_person(sentence.lower(first - 2)) or sentence.lower(first - 2) in ("both", "all", "each")
    ):
        return True  # "children under 15", "both under 10"
    if before == "." and sentence.lower(first - 2) in words().sets["months"]:
        return True  # "Dec. 25"
    if before == "of" and sentence.lower(first - 2) in sets["parents_of"]:
        return True  # "a father of four"
    if before in ("was", "is", "were") and after in ("when", "at"):
        return True  # "he was 17 when"
    if before == ":" and sentence.lower(first - 2).isdigit():
        return True
    if after == "-" and not is_person(sentence.lower(last + 2)):
        return True
    if _is_year(sentence.lower(first)) and (not is_person(after) or _one_person(after)):
        return True
    return not is_person(after) and _is_age(sentence, first, after)


def _is_year(digits: str) -> bool:
    if not digits.isdigit():
        return False
    return 1900 <= int(digits) <= 2100 or len(digits) > 5 or (len(digits) > 1 and digits[0] == "0")


def _is_age(sentence: Sentence, first: int, after: str) -> bool:
    """True for "John Smith, 33,"."""
    if first < 2 or sentence.lower(first - 1) not in (",", "("):
        return False
    lists = words().sets
    if _one_person(sentence.lower(first - 2)) and after in lists["after_one_age"]:
        return True  # "boy, 15, dies"
    return sentence.tokens[first - 2].text[0].isupper() and after in lists["after_age"]


def _noun(sentence: Sentence, place: int) -> int | None:
    """The token of the noun that a number counts: the last of the person nouns that come first."""
    if sentence.lower(place) == "of":
        place += 1
        if sentence.lower(place) in ("his", "her", "their", "its") and sentence.lower(place + 1).isalpha():
            return place + 1  # "five of his entourage"
        if sentence.lower(place) in ("the", "those"):
            place += 1
    found = None
    for at in range(place, min(len(sentence.tokens), place + _MODIFIERS + 1)):
        word = sentence.lower(at)
        if sentence.tag(at) and sentence.tag(at) != "hurt":
            return found
        if is_person(word) and not word.endswith("'s"):
            found = at
            continue
        if found is not None:
            return found
        if word == "and" and any(is_person(sentence.lower(at + n)) for n in (1, 2)) and at > place:
            continue
        if (
            word in words().sets["stops"]
            or word in ("and", "a", "an", "the", "both")
            or sentence.tag(at)
            or (word[0].isdigit() and not _AGE.match(word))
            or read_value(sentence, at) is not None
        ):
            return None
        if word == "of":
            continue
    return found


def _plural(sentence: Sentence, place: int) -> int | None:
    """The token of a plural that is in no list, if what is said of it follows: "15 Assyrians were killed"."""
    lists = words().sets
    for at in range(place, place + _PLURAL):
        word, behind = sentence.lower(at), at + 1
        if (
            word in lists["stops"]
            or word in lists["units"]
            or word == "of"
            or sentence.tag(at)
            or not word.isalpha()
        ):
            return None
        helped = sentence.lower(behind) in lists["be"] or sentence.lower(behind) in ("have", "had", "has")
        tags = {sentence.tag(n) for n in range(behind, behind + (_PLURAL if helped else 1))}
        if word.endswith("s") and tags & {"kill", "die"}:
            return at
    return None


def _bounded(sentence: Sentence, place: int, number: Number) -> tuple[int, float | None, float | None]:
    """(first token, low, high) with the words before: "at least", "more than", "up to"."""
    fitting = [
        (place - len(split), kind)
        for split, kind in words().before.items()
        if all(sentence.lower(place - len(split) + n) == word for n, word in enumerate(split))
    ]
    if not fitting:
        return place, number.low, number.high
    first, kind = min(fitting)
    low = None if kind in ("under", "most") else number.low
    high = None if kind in ("over", "least") else number.high
    return first, low, high


def _single(sentence: Sentence, place: int, *, headline: bool, bare: bool) -> Group | None:
    """One person without a number: "a woman", "his wife", "19-year-old man", "a couple" (two)."""
    lists, word = words().sets, sentence.lower(place)
    others = word in ("he", "she") and sentence.lower(place + 1) == "and"
    if word in lists["selves"] or (others and read_number(sentence, place + 2) is not None):
        return Group(place, place, 1.0, 1.0, word, counted=False)
    if (ordinal := _ordinal(sentence, place)) is not None:
        return ordinal
    aged = bool(_AGE.match(word))
    begins = word in lists["singular_after"]
    if not begins and not aged and not (bare and _one_person(word)):
        return None
    found = _single_noun(sentence, place if begins else place - 1)
    if found is None:
        return None
    noun = sentence.lower(found)
    number = 2.0 if noun in lists["pairs"] else 1.0
    return Group(
        place,
        _skip_apposition(sentence, found, name=not headline),
        number,
        number,
        noun,
        counted=word == "one",
    )


def _ordinal(sentence: Sentence, place: int) -> Group | None:
    """ "A third man", "fourth victim": by this death as many are dead."""
    at = place + (sentence.lower(place) == "a")
    number = words().ordinals.get(sentence.lower(at))
    if number is None or sentence.lower(at - 1) in ("the", "this", "his", "her", "their"):
        return None
    noun = next((n for n in (at + 1, at + 2) if sentence.lower(n) in words().sets["numbered"]), None)
    if noun is None and at > place and sentence.tag(at + 1) == "die":
        return Group(place, at, number, number, "", ordinal=True)  # "a fifth died"
    if noun is None:
        return None
    return Group(place, noun, number, number, sentence.lower(noun), ordinal=True)


def _single_noun(sentence: Sentence, before: int) -> int | None:
    found = None
    for at in range(before + 1, min(len(sentence.tokens), before + 6)):
        now = sentence.lower(at)
        if _AGE.match(now):
            found = at
            if sentence.lower(at + 1) and sentence.tokens[at + 1].text[0].isupper():
                return _behind_place(sentence, found)
        elif is_person(now) and not now.endswith("'s"):
            if not _one_person(now):
                return None
            found = at
            if not is_person(sentence.lower(at + 1)):
                return found
        elif now in words().sets["stops"] or now in ("and", "of") or sentence.tag(at) or now[0].isdigit():
            return found
    return found


def _behind_place(sentence: Sentence, age: int) -> int:
    """The noun behind capitalised words after an age, or the age: "15-year-old Boston boy"."""
    for place in range(age + 1, min(len(sentence.tokens), age + 5)):
        if _one_person(sentence.lower(place)):
            return place
        if not sentence.tokens[place].text[0].isupper():
            break
    return age


def _one_person(word: str) -> bool:
    """True for "woman" and "toddler"; False for plurals and for words that name a body of people."""
    lists = words().sets
    several = word in lists["many"] or word.endswith(("men", "children"))
    return (not several and word in lists["people"]) or word in lists["pairs"]
