"""Which counted people a sentence says were killed: "killed 12", "12 were killed", "a toll of 12"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from detente.compare.tolls.groups import Group, is_aged
from detente.compare.tolls.numbers import read_value
from detente.compare.tolls.words import Sentence, words

FAR = 12  # words between those counted and what is said of them
FAR_SUBJECT = 24  # words between those counted and "were killed"
FAR_SOURCE = 9  # words between "killed" and those it says were killed that name who says so
FAR_TOLL = 20  # words between "the toll" and "has risen to 12"
DEADLY = ("kill", "die", "hurt", "toll", "of_those")
Chain = list[Group]


@dataclass(frozen=True, slots=True)
class Telling:
    """People told together as dead.

    ``way``: active ("killed 12"), passive, dead, of, toll, counted, charged ("two counts of murder"), listed
    (by name) or suicide ("a murder-suicide"). ``mixed``: the hurt are in it ("19 killed and injured").
    """

    chain: Chain
    way: str
    part: bool = False
    rising: bool = False
    mixed: bool = False


def find_tellings(sentence: Sentence, groups: list[Group]) -> Iterator[Telling]:
    """Every count of the dead in a sentence; one may come twice."""
    chains = join_groups(sentence, groups)
    for place in sorted(sentence.tags):
        kind, after = sentence.tags[place]
        found: Telling | None = None
        if kind == "kill":
            found = _killed(sentence, chains, place, after)
        elif kind == "die":
            found = _before(sentence, chains, place, "dead")
        elif kind == "of_those":
            found = _of_those(sentence, chains, place, after)
        elif kind == "toll":
            found = _toll(sentence, groups, place, after)
        if found is not None:
            yield _mixed(sentence, _besides(sentence, chains, found, after), after)
    lists = words().sets
    for chain in chains:
        named = len(chain) > 1 and all(group.noun == "name" for group in chain)
        if named and _is_introduced(sentence, chain):
            yield Telling(chain, "listed")
        if (_is_claimed(sentence, chain[0]) or chain[0].noun in lists["counted_nouns"]) and not _is_part(
            sentence, chain[0]
        ):
            yield Telling(chain, "counted")
    yield from _multiples(sentence)
    yield from _charged(sentence)
    yield from _suicides(sentence)


def _is_claimed(sentence: Sentence, group: Group) -> bool:
    """True for "claimed four lives", "claimed 300 victims" and "lost 12 soldiers"."""
    before, lists = sentence.lower(group.first - 1), words().sets
    if group.noun == "victims":
        return before in lists["claiming_victims"] and not _hurt_after(sentence, group)
    if before == "lost":
        return group.counted and group.noun in lists["losses"]
    return group.noun == "lives" and before in lists["claiming"]


def _of_those(sentence: Sentence, chains: list[Chain], place: int, after: int) -> Telling | None:
    chain = _after(sentence, chains, after)
    lost = sentence.lower(place) == "loss" and bool(chain) and not (chain[0].noun and chain[0].counted)
    return Telling(chain, "of") if chain and not lost else None


def join_groups(sentence: Sentence, groups: list[Group]) -> list[Chain]:
    """Groups joined by "and", commas and the like, that one thing is said of."""
    chains: list[Chain] = []
    for number, group in enumerate(groups):
        if chains and _explains(sentence, chains[-1][-1], groups[number : number + 2]):
            closed = sentence.lower(group.last + 1) == ","
            chains[-1][-1] = replace(chains[-1][-1], last=group.last + closed)
            continue
        if chains and _joined(sentence, chains[-1][-1], group):
            chains[-1].append(group)
        else:
            chains.append([group])
    return chains


def _joined(sentence: Sentence, last: Group, group: Group) -> bool:
    lists = words().sets
    bare = not last.noun and group.noun not in lists["selves"]  # "killed 3, self"
    if group.part or bare or not (group.noun or not group.counted):
        return False
    gap = [sentence.lower(n) for n in range(last.last + 1, group.first)]
    if not gap:  # "14 jihadists 5 civilians"
        return bool(group.noun) and group.noun not in lists["parts"]
    explains = not group.counted and (last.value == 1 or group.noun == "name" or is_aged(sentence, group))
    if explains and last.counted and "and" not in gap:
        return False  # "two boys, John Smith and 6-year-old Ben", "one victim, a woman"
    return len(gap) <= 4 and all(
        w in lists["joins"] or w in lists["linking"] or w.endswith("'s") for w in gap
    )


def _explains(sentence: Sentence, last: Group, groups: list[Group]) -> bool:
    """True where the first group only tells who one person is: "Ann Lee, a teacher", "one victim, a woman".

    A list goes on: "his wife, a son and a daughter".
    """
    group = groups[0]
    comma = group.first == last.last + 2 and sentence.lower(last.last + 1) == ","
    if (
        not comma
        or group.counted
        or not (last.value == 1 or last.ordinal)
        or is_aged(sentence, group)
        or group.noun == "name"
    ):
        return False
    begins = sentence.lower(group.first) in words().sets["singular_after"]
    if not begins:
        return group.last > group.first and sentence.tokens[group.last].text[0].isupper()
    if last.noun == "name":
        return True
    listed = len(groups) > 1 and groups[1].noun != "name" and groups[1].first <= group.last + 3
    return not listed


def _killed(sentence: Sentence, chains: list[Chain], place: int, after: int) -> Telling | None:
    if sentence.lower(place - 1) in ("those", "all"):
        return None
    be = _is_passive(sentence, place)
    found = [] if be else _after(sentence, chains, after)
    beside = next((c for c in chains if c[-1].last == place - 1), None)
    if found and beside is not None and sentence.tag(found[-1].last + 1) == "hurt":
        return Telling(beside, "passive")  # "12 killed 30 injured", but "killed 12 injuring 30"
    if found:
        return Telling(found, "active")
    if (
        sentence.lower(place - 1) in words().sets["governing"]
        or sentence.lower(after) in words().sets["compounds"]
    ):
        return None  # "charged with murder", "two murder suspects"
    before = _before(sentence, chains, place, "passive")
    if before is None or be or before.chain[0].counted:
        return before
    behind = sentence.lower(after)
    if behind[:1].isalpha() and behind not in words().sets["behind_passive"] and not behind.endswith("ly"):
        return None  # "the gunman killed motorists"
    return before


def _is_passive(sentence: Sentence, place: int) -> bool:
    """True where "were" and the like stand at most three words before."""
    for at in range(place - 1, place - 4, -1):
        if sentence.lower(at) in words().sets["be"]:
            return True
        if not _is_between(sentence, at):
            return False
    return False


def _is_between(sentence: Sentence, place: int) -> bool:
    word = sentence.lower(place)
    return word in words().sets["between"] or word.endswith("ly")


def _after(sentence: Sentence, chains: list[Chain], place: int) -> Chain:
    """The chain that starts here, but for a last group that something else is said of."""
    starts = {chain[0].first: chain for chain in chains}
    place = _behind_source(sentence, place)
    if sentence.lower(place) == "and" and _is_second_verb(sentence, place + 1):
        place += 2  # "killed and buried five men"
    for _ in range(3):
        word = sentence.lower(place)
        if place in starts or not (word in words().sets["skipped"] or word.endswith("ly")):
            break
        place += 1
    chain = starts.get(place, [])
    if len(chain) > 1 and _hurt_after(sentence, chain[-1]):
        return chain[:-1]
    said_of = bool(chain) and sentence.lower(chain[0].last + 1) in words().sets["be"]
    return [] if said_of and _hurt_after(sentence, chain[0]) else chain


def _behind_source(sentence: Sentence, place: int) -> int:
    """The place behind who says so: "killed, the monitor says, 30 people"; else the place itself."""
    if sentence.lower(place) != ",":
        return place
    near = range(place + 1, min(len(sentence.tokens), place + FAR_SOURCE))
    end = next((n for n in near if sentence.lower(n) == ","), None)
    said = end is not None and any(sentence.lower(n) in words().sets["saying"] for n in range(place + 1, end))
    return end + 1 if end is not None and said else place


def _is_second_verb(sentence: Sentence, place: int) -> bool:
    return sentence.lower(place).endswith(("ed", "ing")) and not sentence.tag(place)


def _hurt_after(sentence: Sentence, group: Group) -> bool:
    """True where the next thing said after a group is that these were hurt."""
    for place in range(group.last + 1, min(len(sentence.tokens), group.last + 6)):
        if sentence.tag(place):
            return sentence.tag(place) == "hurt"
        if sentence.lower(place) not in words().sets["between"]:
            return False
    return False


def _is_part(sentence: Sentence, group: Group) -> bool:
    """True for "three children" after "including"."""
    return group.part or any(
        sentence.tag(group.first - n) == "part_of" and sentence.tags[group.first - n][1] >= group.first - 1
        for n in (1, 2, 3)
    )


def _before(sentence: Sentence, chains: list[Chain], place: int, way: str) -> Telling | None:
    """The chain of which the words at ``place`` are said: the nearest that fits."""
    far = FAR_SUBJECT if sentence.lower(place - 1) in words().sets["be"] else FAR
    near = [c for c in chains if c[-1].last < place and place - c[-1].last <= far]
    for chain in reversed(near):
        aged = bool(chain[-1].noun) and sentence.lower(chain[-1].last).isdigit()
        closed = (aged or chain[-1].noun == "name") and sentence.lower(chain[-1].last + 1) == ","
        closed = closed or _is_aside(sentence, chain)
        behind = chain[-1].last + 1 + closed  # "Ann Lee, 33, was"
        if chain[-1].part and sentence.tag(behind) == "part_of":
            behind = sentence.tags[behind][1]  # "two of them died"
        gap = range(behind, place)
        if any(sentence.tag(n) in DEADLY for n in gap):
            return None
        plain = all(_is_between(sentence, n) or _is_pause(sentence, n) for n in gap)
        plain = plain or (len(chain) == 1 and _is_told_of(sentence, chain[0], place))
        if plain and (chain[0].part or _is_of_those_told(sentence, chain[0])):
            # "Five were shot, two of them fatally"; but "one of the officers killed" is a part.
            return Telling(chain, way, part=chain[0].value == 1)
        part = _is_part(sentence, chain[0]) and not _is_of_cases(sentence, chain[0], place)
        if part or not (chain[-1].noun or plain):
            continue
        if any(sentence.lower(n) in ("among", "amongst") for n in gap):
            return Telling(chain, way, part=True)
        if plain or (not _governed(sentence, chain[0]) and _says_so(sentence, gap, place)):
            return Telling(chain, way) if any(group.counted for group in chain) or plain else None
    return None


def _is_of_cases(sentence: Sentence, group: Group, place: int) -> bool:
    """True for "382 cases, including 241 deaths", where nothing before tells of dead."""
    deaths = sentence.lower(place) in ("deaths", "fatalities") and place == group.last + 1
    return deaths and not any(
        sentence.tag(n) in DEADLY and sentence.tag(n) != "hurt" for n in range(group.first)
    )


def _is_aside(sentence: Sentence, chain: Chain) -> bool:
    """True for "a teacher" in "Ann Lee, a teacher, was shot and killed"."""
    alone = len(chain) == 1 and not chain[0].counted
    return alone and sentence.lower(chain[0].first - 1) == "," == sentence.lower(chain[0].last + 1)


def _is_told_of(sentence: Sentence, group: Group, place: int) -> bool:
    """True for "a boy who was shot in the street has died"."""
    has = sentence.lower(place - 1) in ("has", "have")
    return has and sentence.lower(group.last + 1) == "who" and sentence.tag(place) == "die"


def _is_of_those_told(sentence: Sentence, group: Group) -> bool:
    """True for "355" in "3,600 patients, of whom 355 died"."""
    return sentence.lower(group.first - 2) == "of" and sentence.lower(group.first - 1) in ("whom", "which")


def _is_pause(sentence: Sentence, place: int) -> bool:
    """True for the comma of "shot, killed" and the "of" of "hundreds of deaths"."""
    if sentence.lower(place) == "of" and sentence.lower(place + 1) in ("deaths", "fatalities"):
        return True
    return sentence.lower(place) == "," and sentence.lower(place - 1) in ("shot", "stabbed", "beaten")


def _says_so(sentence: Sentence, gap: range, place: int) -> bool:
    helps = words().sets["be"] | {"has", "have", "had"}
    if sentence.lower(place) == "dying":
        return False  # "12 people were shot, with one man dying"
    return sentence.lower(place) in words().sets["final"] or any(sentence.lower(n) in helps for n in gap)


def _governed(sentence: Sentence, group: Group) -> bool:
    """True for what stands behind a preposition: "Eight people from two families were killed"."""
    total = sentence.lower(group.first - 2) == "total"
    return not total and sentence.lower(group.first - 1) in words().sets["governing"]


def _toll(sentence: Sentence, groups: list[Group], place: int, after: int) -> Telling | None:
    lists = words().sets
    for group in groups:
        gap = range(after, group.first)
        if group.first < after or len(gap) > FAR_TOLL or not group.counted:
            continue
        said = [sentence.lower(n) for n in gap] or [sentence.lower(group.first)]
        if any(sentence.tag(n) == "hurt" for n in gap):
            return None
        in_the = said[-2:] == ["in", "the"] and group.vague  # "in the hundreds"
        if said and (in_the or said[-1] in lists["toll_to"]):
            near = (sentence.lower(place - n) for n in (1, 2))
            up = any(w in lists["rising"] for w in (*said, *near))
            return Telling([group], "toll", rising=up)
    return None


def _multiples(sentence: Sentence) -> Iterator[Telling]:
    """ "Double homicide", "triple fatal shooting"."""
    lists = words()
    for place, token in enumerate(sentence.tokens):
        many, _, rest = token.lower.partition("-")
        number = lists.multiples.get(many)
        near = [rest] if rest else [sentence.lower(place + n) for n in (1, 2)]
        if number is not None and any(w in lists.sets["killings"] for w in near):
            yield Telling([Group(place, place + (not rest), number, number, "")], "counted")


def _charged(sentence: Sentence) -> Iterator[Telling]:
    """ "Two counts of first-degree murder"."""
    lists = words().sets
    for place in range(len(sentence.tokens)):
        number = read_value(sentence, place)
        if number is None or sentence.lower(number[1] + 1) not in ("count", "counts"):
            continue
        behind = [sentence.lower(number[1] + n) for n in range(2, 9)]
        charge = next((n for n, word in enumerate(behind) if word in lists["charges"]), None)
        if charge is None or "of" not in behind[:charge] or set(behind[:charge]) & lists["no_charges"]:
            continue
        if not set(behind[:charge]) & {",", "and", ";"}:
            yield Telling([Group(place, number[1] + 1, number[0], number[0], "")], "charged")


def _is_introduced(sentence: Sentence, chain: Chain) -> bool:
    near = {sentence.lower(chain[0].first - n) for n in range(1, 7)}
    return bool(near & words().sets["introducing"])


def _besides(sentence: Sentence, chains: list[Chain], found: Telling, after: int) -> Telling:
    """With those told behind "was killed": "along with her two sons"."""
    after += sentence.lower(after) == ","
    phrase = f"{sentence.lower(after)} {sentence.lower(after + 1)}"
    if phrase == "as well":
        phrase, after = f"{phrase} {sentence.lower(after + 2)}", after + 1
    if found.way not in ("passive", "dead") or phrase not in words().sets["besides"]:
        return found
    more = next((chain for chain in chains if chain[0].first in (after + 2, after + 3)), [])
    return replace(found, chain=[*found.chain, *more])


def _mixed(sentence: Sentence, found: Telling, after: int) -> Telling:
    """Marks "19 killed and injured", but not "19 killed and injured 30"."""
    if found.way not in ("passive", "dead") or sentence.lower(after) not in ("and", "or", "&", "/"):
        return found
    if sentence.tag(after + 1) != "hurt":
        return found
    behind = sentence.tags[after + 1][1]
    return replace(
        found, mixed=not sentence.lower(behind)[:1].isdigit() and read_value(sentence, behind) is None
    )


def _suicides(sentence: Sentence) -> Iterator[Telling]:
    """ "A murder-suicide": two dead at least."""
    for place, token in enumerate(sentence.tokens):
        both = token.lower if "suicide" in token.lower else f"{token.lower}-{sentence.lower(place + 1)}"
        if both.replace("/", "-") in ("murder-suicide", "homicide-suicide"):
            last = place + (both != token.lower)
            yield Telling([Group(place, last, 2.0, None, "", counted=False)], "suicide")
