"""Speakers, hearers and kinds of the passages of ``tests/readers/*_cases.txt``, against gold.

    python -m tests.quality.speaker_scores [-v]

``speaker_cases.txt`` holds short passages, ``newsroom_cases.txt`` longer ones in which all speech is marked, so
that what is found besides ("false") is counted there too. Strict: all speakers and no other; a statement counts by
its words. Odd cases were looked at while causes were mended ("seen"), even ones never ("unseen"): expect the second
figures on news nobody has read. ``-v`` prints what went wrong among the seen.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from detente.language import parse_articles
from detente.readers.actors import read_actors
from detente.readers.index import ActorIndex
from detente.readers.statements import read_statements
from detente.record import Actor, Article, Date, Reading, Statement, make_id

CASES = Path(__file__).parents[1] / "readers"
FILES = ("speaker_cases", "newsroom_cases")
_KINDS = {"d": "direct", "m": "mixed", "i": "indirect"}
_BODIES = ("body:", "unnamed:", "group:", "office:")


@dataclass(frozen=True)
class Gold:
    """One statement: its words, who may be its speakers and hearers, and its kind."""

    words: str
    speakers: str
    hearers: str
    kind: str


@dataclass
class Case:
    """A passage with its gold."""

    id: str
    day: str
    text: str = ""
    gold: list[Gold] = field(default_factory=list)
    spare: list[str] = field(default_factory=list)

    @property
    def part(self) -> str:
        """ "seen" or "unseen"."""
        return "seen" if int(self.id[1:]) % 2 else "unseen"


@cache
def cases(name: str = FILES[0]) -> list[Case]:
    """All passages of a file."""
    found: list[Case] = []
    for line in (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            found.append(Case(*line[1:].split()))
        elif line.startswith("> "):
            words, speakers, hearers, kind = line[2:].split(" | ")
            found[-1].gold.append(Gold(words, speakers, hearers, _KINDS[kind.strip()]))
        elif line.startswith("? "):
            found[-1].spare.append(line[2:])
        elif line and not line.startswith("#"):
            found[-1].text += "\n\n" if line == "//" else line
    return found


def _article(case: Case) -> Article:
    body = tuple(match.span() for match in re.finditer(r"[^\n]+", case.text))
    day = Date(case.day, case.day, "day", "stated", None)
    return Article(
        make_id("a", case.id), "test", case.text, None, None, None, None, None, None, day, "en", body, (), None, "",
    )  # fmt: skip


@cache
def readings(name: str = FILES[0]) -> list[tuple[Case, Reading, ActorIndex]]:
    """Every passage of a file, read by the actors and the statements reader."""
    found = []
    for case, parsed in zip(cases(name), parse_articles(map(_article, cases(name))), strict=True):
        reading, actors = Reading(parsed.article.id), ActorIndex()
        read_actors(parsed, reading, actors)
        read_statements(parsed, reading, actors)
        found.append((case, reading, actors))
    return found


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.lower().replace("’", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def _is(actor: Actor, want: str) -> bool:
    names = [_fold(name) for name in (actor.name, *actor.names)]
    if want.startswith("~"):
        return any(_fold(want[1:]) in name for name in names)
    if re.fullmatch("[A-Z]{3}", want):
        own = actor.type in ("state", "organisation")
        body = actor.key.startswith(_BODIES) and actor.sector in ("GOV", "MIL", "SPY", "LEG", None)
        return actor.country == want and (own or body)
    if re.match("[A-Z]{3}:", want):
        titles = [role.title for role in actor.roles]
        return actor.country == want[:3] and (want[4:] in titles or any(_fold(want[4:]) in n for n in names))
    first, last = _fold(want).split()[0], _fold(want).split()[-1]
    person = actor.type == "person" and any(n.split()[0] == first and n.split()[-1] == last for n in names)
    return _fold(want) in names or person


def agree(actors: Sequence[Actor], gold: str) -> bool:
    """True where these are the actors that a gold cell asks for, no more and no fewer."""
    for choice in gold.split(" / "):
        wants = [] if choice.strip() == "-" else [want.strip() for want in choice.split(" + ")]
        left = list(actors)
        for want in wants:
            hit = next((actor for actor in left if _is(actor, want)), None)
            if hit is None:
                break
            left.remove(hit)
        else:
            if not left:
                return True
    return False


def _nearest(case: Case, gold: Gold, reading: Reading) -> Statement | None:
    """The shortest statement that holds half of the gold's words."""
    start = case.text.index(gold.words)
    end = start + len(gold.words)

    def shared(statement: Statement) -> int:
        return sum(max(0, min(end, s.end) - max(start, s.start)) for s in statement.content)

    holding = [s for s in reading.statements if 2 * shared(s) >= end - start]
    return min(holding, key=lambda s: sum(x.end - x.start for x in s.content), default=None)


def _false(case: Case, reading: Reading) -> Iterator[str]:
    """What was taken for speech where gold has none."""
    words = [gold.words for gold in case.gold] + case.spare
    marked = [(at := case.text.index(one), at + len(one)) for one in words]
    for statement in reading.statements:
        if statement.speech and not any(
            s.start < end and start < s.end for s in statement.content for start, end in marked
        ):
            yield f"{case.id} false: " + " … ".join(case.text[s.start : s.end] for s in statement.content)


def score(name: str = FILES[0]) -> tuple[dict[str, Counter[str]], list[str]]:
    """Counts a part of a file, and what went wrong among the seen."""
    counts = {"seen": Counter[str](), "unseen": Counter[str]()}
    wrong: list[str] = []
    for case, reading, actors in readings(name):
        false = list(_false(case, reading)) if name != FILES[0] else []
        counts[case.part]["false"] += len(false)
        wrong += false if case.part == "seen" else []
        for gold in case.gold:
            count = counts[case.part]
            lines = list(_judge(case, gold, reading, actors, count))
            wrong += lines if case.part == "seen" else []
    return counts, wrong


def _judge(
    case: Case, gold: Gold, reading: Reading, actors: ActorIndex, count: Counter[str]
) -> Iterator[str]:
    count["gold"] += 1
    asked = not {"-", "~"} & {choice.strip() for choice in gold.hearers.split(" / ")}
    count["hearers"] += asked
    statement = _nearest(case, gold, reading)
    if statement is None:
        yield f"{case.id} miss: {gold.words}"
        return
    speakers = [actors.actors[i] for i in statement.speakers]
    hearers = [actors.actors[i] for i in statement.addressees]
    right, heard = agree(speakers, gold.speakers), agree(hearers, gold.hearers)
    count.update(
        found=1, speaker=right, nobody=not right and not speakers, kind=statement.kind == gold.kind,
        heard=asked and heard, misheard=bool(hearers) and not heard,
    )  # fmt: skip
    if not right:
        yield f"{case.id} speaker {[a.name for a in speakers]} for {gold.speakers}: {gold.words}"
    if not heard:
        yield f"{case.id} hearer {[a.name for a in hearers]} for {gold.hearers}: {gold.words}"


def main() -> int:
    """Print the figures, with -v the lines that went wrong among the seen."""
    for name in FILES:
        counts, wrong = score(name)
        for part, count in counts.items():
            gold = count["gold"]
            false = f", false {count['false']}" if name != FILES[0] else ""
            print(
                f"{name:15} {part:7} speaker {count['speaker'] / gold:.3f} of {gold} (nobody given "
                f"{count['nobody']}), found {count['found']}, kind {count['kind']}, hearers "
                f"{count['heard']}/{count['hearers']}, wrong hearers {count['misheard']}{false}"
            )
        if "-v" in sys.argv:
            print(*(f"    {line}" for line in wrong), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
