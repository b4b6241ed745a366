"""People told by name: "Ann Lee, 33, and Bo Lee were", "the victims as Ann Lee, 33, and Bo Lee, 35"."""

from __future__ import annotations

from detente.compare.tolls.words import Sentence, words

OLDEST = 110  # years
LONGEST = 7  # words of a name
LETTERS = 3  # of a name in capitals: "AFP"; longer ones are a text in capitals


def skip_name(sentence: Sentence, place: int) -> int:
    """The last token of the capitalised words that start here; ``place - 1`` where none does."""
    last = place - 1
    while last + 1 < min(len(sentence.tokens), place + LONGEST):
        word = sentence.tokens[last + 1].text
        initial = word == "." and len(sentence.tokens[last].text) <= 2 and last > place
        shouted = word.isupper() and len(word) > LETTERS
        if not (word[0].isupper() or initial) or shouted or sentence.tag(last + 1):
            break
        last += 1
    return last


def skip_age(sentence: Sentence, last: int) -> int:
    """Takes in an age behind a name: ", 33,"."""
    age = sentence.lower(last + 2)
    ends = sentence.lower(last + 3) in (",", ";", ".", ")", "and", "was", "were", "of", "")
    if sentence.lower(last + 1) == "," and age.isdigit() and int(age) < OLDEST and ends:
        return _skip_home(sentence, last + 2)
    return last


def _skip_home(sentence: Sentence, last: int) -> int:
    """Takes in where one lives behind an age: ", 33, of Boston,"."""
    if (sentence.lower(last + 1), sentence.lower(last + 2)) != (",", "of"):
        return last
    home = skip_name(sentence, last + 3)
    return home if home >= last + 3 and sentence.lower(home + 1) in (",", "and") else last


def find_names(sentence: Sentence, place: int) -> list[tuple[int, int]]:
    """The names of a list that starts here and of which something is said; first and last token of each.

    One name needs an age; no list of the dead stands behind a preposition.
    """
    if not _may_begin(sentence, place):
        return []
    names: list[tuple[int, int]] = []
    following: int | None = place
    while following is not None and not _no_name(sentence, following):
        last = skip_name(sentence, following)
        if last < following:
            break
        names.append((following, skip_age(sentence, last)))
        following = _behind_join(sentence, names[-1][1] + 1)
    if not names:
        return []
    aged = sum(any(sentence.lower(n).isdigit() for n in range(first, end + 1)) for first, end in names)
    told = _is_said(sentence, names[-1][1] + 1) and (aged or len(names) > 1)
    told = told or (names[0][1] > place and _is_dead(sentence, names[-1][1] + 1))
    joined = following is not None and _is_joined(sentence, following)
    return names if told or joined or (aged > 1 and _introduced(sentence, place)) else []


def _may_begin(sentence: Sentence, place: int) -> bool:
    before = sentence.lower(place - 1)
    inside = before == "the" or (place > 0 and sentence.tokens[place - 1].text[0].isupper())
    return not inside and (before not in words().sets["governing"] or before == "as")


def _no_name(sentence: Sentence, place: int) -> bool:
    """True for "Monday", "May" and "The"."""
    lists, word = words().sets, sentence.lower(place)
    return word in lists["months"] or word in lists["behind_passive"] or word in lists["singular_after"]


def _behind_join(sentence: Sentence, place: int) -> int | None:
    """The token behind "," and "and", or None where neither stands here."""
    at = place
    while sentence.lower(at) in (",", "and", "&", ";"):
        at += 1
    return at if at > place and sentence.lower(at) else None


def _is_said(sentence: Sentence, place: int) -> bool:
    """True where a verb of the whole list follows: "were", "have", "died"."""
    if sentence.lower(place) == ",":
        place += 1
    helps = words().sets["be"] | {"have", "had", "has", "both"}
    return sentence.lower(place) in helps or sentence.tag(place) == "die"


def _is_dead(sentence: Sentence, place: int) -> bool:
    """True for "was shot and killed": one name needs no age then."""
    if sentence.lower(place) != "was":
        return False
    return any(sentence.tag(n) in ("kill", "die") for n in range(place + 1, place + 4))


def _is_joined(sentence: Sentence, place: int) -> bool:
    """True for "the guard were" behind "Ann Lee and"."""
    lists = words().sets
    if sentence.lower(place - 1) != "and" or sentence.lower(place) not in lists["singular_after"]:
        return False
    return "were" in [sentence.lower(place + n) for n in range(2, 5)]


def _introduced(sentence: Sentence, place: int) -> bool:
    """True behind "the deceased are", "identified the dead as:"."""
    near = {sentence.lower(place - n) for n in range(1, 7)}
    return bool(near & words().sets["introducing"])
