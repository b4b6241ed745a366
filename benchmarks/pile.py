"""Make a pile of any size: reports of invented crises, distinct sentence by sentence, some copied.

The prose is a small grammar with large vocabularies, seeded, so that the same arguments give the same
pile anywhere. ``copied`` is the share of articles that carry another article's paragraphs, with a cut
and a new headline, as outlets carry an agency.

    python -m benchmarks.pile 1000 pile.jsonl --copied 0.4
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

_COUNTRIES = [
    ("France", "French", "Paris"), ("Germany", "German", "Berlin"), ("Turkey", "Turkish", "Ankara"),
    ("Egypt", "Egyptian", "Cairo"), ("India", "Indian", "New Delhi"), ("Pakistan", "Pakistani", "Islamabad"),
    ("Poland", "Polish", "Warsaw"), ("Georgia", "Georgian", "Tbilisi"), ("Serbia", "Serbian", "Belgrade"),
    ("Japan", "Japanese", "Tokyo"), ("Brazil", "Brazilian", "Brasilia"), ("Kenya", "Kenyan", "Nairobi"),
    ("Morocco", "Moroccan", "Rabat"), ("Algeria", "Algerian", "Algiers"), ("Greece", "Greek", "Athens"),
    ("Iran", "Iranian", "Tehran"), ("Ethiopia", "Ethiopian", "Addis Ababa"), ("Peru", "Peruvian", "Lima"),
]  # fmt: skip
_FIRST = [
    "Anna",
    "Boris",
    "Carla",
    "Dmitri",
    "Elena",
    "Farid",
    "Greta",
    "Hamid",
    "Irina",
    "Jorge",
    "Karim",
    "Laila",
    "Mirko",
    "Nadia",
    "Omar",
    "Petra",
    "Rosa",
]
_ONSET = [
    "Bar",
    "Cor",
    "Dal",
    "Fen",
    "Gor",
    "Hal",
    "Jan",
    "Kel",
    "Lor",
    "Mar",
    "Nor",
    "Pel",
    "Ros",
    "Sal",
    "Tor",
    "Vel",
    "Zan",
    "Bel",
    "Dro",
    "Kav",
    "Mel",
]
_CODA = [
    "adze",
    "erin",
    "ov",
    "eski",
    "idze",
    "ano",
    "ulu",
    "arek",
    "atis",
    "emba",
    "olo",
    "inski",
    "aro",
    "ez",
    "uta",
    "ander",
    "imov",
    "osa",
]
_ROLES = ["foreign minister", "defence minister", "president", "prime minister", "government spokesman"]
_SAYS = ["said", "told reporters", "insisted", "warned", "declared", "stressed", "argued"]
_THINGS = [
    "fuel depot",
    "border crossing",
    "radar station",
    "rail bridge",
    "customs post",
    "airfield",
    "harbour",
]
_ACTS = ["seized", "shelled", "surrounded", "reopened", "inspected", "blockaded", "evacuated", "searched"]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_WANTS = [
    "withdraw its troops",
    "release the prisoners",
    "lift the sanctions",
    "reopen the border",
    "accept monitors",
]
_OBJECTS = [
    "grain convoys",
    "coal shipments",
    "fishing fleets",
    "patrol boats",
    "aid trucks",
    "ferry crossings",
]
_ADJECTIVES = ["northern", "coastal", "disputed", "eastern", "mountain", "central", "southern", "river"]


class _Prose:
    """Sentences of one invented crisis between two countries."""

    def __init__(self, rng: random.Random, day: date) -> None:
        self.rng, self.day = rng, day
        (self.a, self.a_adj, self.a_cap), (self.b, self.b_adj, self.b_cap) = rng.sample(_COUNTRIES, 2)
        self.minister = f"{rng.choice(_FIRST)} {rng.choice(_ONSET)}{rng.choice(_CODA)}"
        self.region = f"{rng.choice(_ONSET)}{rng.choice(_CODA)}"

    def sentence(self) -> str:
        rng, pick = self.rng, self.rng.choice
        number, other = rng.randint(3, 990), rng.randint(11, 98)
        forms = (
            f"{self.a_adj} forces {pick(_ACTS)} a {pick(_THINGS)} near {self.region} on {pick(_DAYS)}, {other} kilometres from the {pick(_ADJECTIVES)} frontier with {self.b}.",
            f"“We counted {number} {pick(_OBJECTS)} in {other} days and we will not wait for the next {number % 9 + 2},” {self.a_adj} {pick(_ROLES)} {self.minister} {pick(_SAYS)} in {self.a_cap}.",
            f"{self.b} demanded that {self.a} {pick(_WANTS)} within {other} hours and warned that it would stop {number} {pick(_OBJECTS)} otherwise.",
            f"Officials in {self.b_cap} {pick(_SAYS)} that at least {number} people had left the {pick(_ADJECTIVES)} district since {pick(_DAYS)}, {other} of them children.",
            f"{self.minister} is expected to meet his {self.b_adj} counterpart in {pick(_COUNTRIES)[2]} next week for talks on the {number} {pick(_OBJECTS)} held at the {pick(_THINGS)}.",
            f"The {pick(_ADJECTIVES)} {pick(_THINGS)} was {pick(_ACTS)} by {self.b_adj} police after {number} protesters marched {other} blocks through {self.region}, witnesses said.",
            f"{self.a} denied that its troops had {pick(_ACTS)} the {pick(_THINGS)}, calling the report of {number} casualties an invention of {self.b_cap}.",
            f"If {self.b} agreed to {pick(_WANTS)}, {self.a} could send {number} {pick(_OBJECTS)} by {pick(_DAYS)}, a diplomat in {pick(_COUNTRIES)[2]} said.",
        )
        return pick(forms)

    def paragraphs(self, words: int) -> list[str]:
        made: list[str] = []
        count = 0
        while count < words:
            paragraph = " ".join(self.sentence() for _ in range(self.rng.randint(1, 3)))
            made.append(paragraph)
            count += len(paragraph.split())
        return made


def make_pile(
    articles: int, *, words: int = 400, copied: float = 0.0, seed: int = 7
) -> Iterator[dict[str, str]]:
    """Rows of a JSON Lines file, as ``detente read`` takes them.

    Args:
        articles: how many.
        words: about how many words a body has.
        copied: share of articles that carry an earlier article's paragraphs (0–1).
        seed: the same seed gives the same pile.
    """
    rng = random.Random(seed)
    start = date(2019, 1, 1)
    kept: list[list[str]] = []
    for number in range(articles):
        day = start + timedelta(days=number * 365 // max(articles, 1))
        prose = _Prose(rng, day)
        if kept and rng.random() < copied:
            source = rng.choice(kept[-200:])
            cut = source[: max(2, len(source) - rng.randint(0, 2))]
            paragraphs = cut
        else:
            paragraphs = prose.paragraphs(words)
            kept.append(paragraphs)
            del kept[:-200]
        outlet = f"Outlet {rng.randint(1, 40)}"
        yield {
            "id": f"r{number}",
            "title": f"{prose.a} and {prose.b} trade charges over {prose.region}",
            "date": day.isoformat(),
            "outlet": outlet,
            "text": "\n\n".join(paragraphs),
        }


_WAYS = ("whole", "whole", "whole", "cut short", "a day later")


def with_copies(
    rows: Sequence[dict[str, str]], *, copied: float = 0.4, seed: int = 7
) -> list[dict[str, str]]:
    """The same reports with a share of them replaced by copies of earlier ones, as outlets carry an agency.

    A copy keeps its own headline and gets an outlet and the original's day. Of five, three carry the whole
    body, one is cut short by one to four paragraphs, and one carries the whole body a day later.
    """
    rng = random.Random(seed)
    chosen = set(rng.sample(range(1, len(rows)), min(round(copied * len(rows)), len(rows) - 1)))
    made: list[dict[str, str]] = []
    originals: list[dict[str, str]] = []
    for number, row in enumerate(rows):
        if number in chosen and originals:
            made.append(_copy(row, rng.choice(originals[-200:]), rng))
        else:
            made.append(row)
            originals.append(row)
    return made


def _copy(row: dict[str, str], of: dict[str, str], rng: random.Random) -> dict[str, str]:
    paragraphs, way = of["text"].split("\n\n"), rng.choice(_WAYS)
    if way == "cut short":
        paragraphs = paragraphs[: max(2, len(paragraphs) - rng.randint(1, 4))]
    day = of.get("date", "")
    if way == "a day later" and day:
        day = (date.fromisoformat(day[:10]) + timedelta(days=1)).isoformat()
    made = {**row, "text": "\n\n".join(paragraphs), "outlet": f"Outlet {rng.randint(1, 40)}", "date": day}
    made.pop("url", None)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--copied", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    with args.out.open("w", encoding="utf-8", newline="\n") as out:
        for row in make_pile(args.articles, words=args.words, copied=args.copied, seed=args.seed):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
