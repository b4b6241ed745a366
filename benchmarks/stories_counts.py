"""How many were killed, and whether two accounts' totals differ, beside the first number near "killed".

    PYTHONPATH=src python -m benchmarks.stories_counts [--part tolls|pairs] [--misses N] [--shared DIR]

FA-KES: civilians and non-civilians of each article's gold; GVA: the registry's killed, incidents of two and
more ("gva"), and of at most one ("gva one", where no answer is right for none). An article without an answer
counts as wrong elsewhere. The dev articles are parted by the hash of their ids: "seen" was looked at while the
reader was made, "second" later; "kept", a quarter, was only scored, and "unseen" is "second" with "kept".

Pairs: articles of one FA-KES story; gold says whether their totals differ, the readers say so where both
read a total and the two are not the same. "same text": both rows are one article, with the gold of two of its
events, which no reader of one toll an article can tell apart. "all, no count is 0": an article that counts no
dead has a total as well, none.

In brackets: n and the 95% interval of 1,000 bootstrap rounds over stories (one story may hold 11 articles).
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.stories import ROOT, rows, to_article
from detente.compare import MemoryPile
from detente.compare.differences.casualties import find_casualty_differences
from detente.compare.differences.sides import Accounts
from detente.compare.tolls import main_toll
from detente.record import Article, Span

_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_NUMBER = rf"(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d+|{'|'.join(_WORDS)})"
_FIRST = re.compile(
    rf"\b(?:kill(?:ed|ing|s)?|left|leav(?:es|ing)|death toll\D{{0,40}}?) (?:at least |about |some |up to |more than |over |around )?{_NUMBER}\b"
    rf"|\b{_NUMBER.replace('<n>', '<m>')} (?:[\w-]+ ){{0,5}}?(?:(?:were|was|have been|had been|are|is) )?(?:killed|dead|die[sd]?|deaths)\b",
    re.IGNORECASE,
)
KEPT = "kept"
ROUNDS, SEED = 1000, 1
Count = Callable[[Article], int | None]


def first_number(article: Article) -> int | None:
    """The baseline: the first number beside a word for killing or dying."""
    found = _FIRST.search(article.text)
    if found is None:
        return None
    word = (found["n"] or found["m"]).lower().replace(",", "")
    return int(word) if word.isdigit() else 1 + _WORDS.index(word)


def our_toll(article: Article) -> int | None:
    """The main toll that number differences rest on."""
    toll = main_toll(article)
    return toll.value if toll else None


READERS: dict[str, Count] = {"ours": our_toll, "first number": first_number}


def is_seen(identity: str) -> bool:
    """True for the half that was looked at first."""
    return part_of(identity) == "seen"


def with_headline(row: dict[str, Any]) -> Article:
    """A gold row as an article whose title stands above its text."""
    title = (row.get("title") or "").strip()
    text = f"{title}\n\n{row['text']}" if title else row["text"]
    article = to_article(row["id"], text, date=row["date"], title=title, outlet=row["outlet"])
    if not title:
        return article
    return dataclasses.replace(article, headline=Span(article.id, 0, len(title)), body=article.body[1:])


def part_of(identity: str) -> str:
    """ "seen", "second" (looked at later) or "kept", the quarter that is never looked at nor learnt from."""
    number = int(hashlib.sha256(identity.encode()).hexdigest(), 16)
    return "seen" if number % 2 == 0 else "second" if number % 4 == 1 else KEPT


def gold_tolls(name: str, root: Path = ROOT) -> Iterator[tuple[Article, int, str]]:
    """(article, killed, story) of ``fakes``, ``gva`` or ``gva one``."""
    one = name == "gva one"
    if name == "fakes":
        for row in rows("stories/fakes_syria_dev.jsonl.gz", root):
            yield with_headline(row), row["n_civilians"] + row["n_noncivilians"], row["story"]
        return
    registry = {row["story"]: row for row in rows("stories/gva_registry_dev.jsonl", root)}
    for row in rows("stories/gva_incidents_dev.jsonl.gz", root):
        killed = registry.get(row["story"], {}).get("num_killed", 0)
        if (killed < 2) == one:
            yield with_headline(row), killed, row["story"]


Rows = list[tuple[str, bool, bool]]
Measure = Callable[[list[tuple[bool, bool]]], float]


@dataclasses.dataclass(frozen=True, slots=True)
class Score:
    """A share or F1 of (story, gold, got) rows."""

    rows: Rows
    measure: Measure

    @property
    def value(self) -> float:
        """The share or F1."""
        return self.measure([(gold, got) for _, gold, got in self.rows])

    def interval(self) -> tuple[float, float]:
        """Between which 95% of the values lie when stories are drawn again."""
        stories: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
        for story, gold, got in self.rows:
            stories[story].append((gold, got))
        names, draw = sorted(stories), random.Random(SEED)
        drawn = sorted(
            self.measure([pair for name in draw.choices(names, k=len(names)) for pair in stories[name]])
            for _ in range(ROUNDS)
        )
        return drawn[round(0.025 * ROUNDS)], drawn[round(0.975 * ROUNDS) - 1]

    def __str__(self) -> str:
        low, high = self.interval()
        return f"{self.value:.3f}  [n {len(self.rows):4}; {low:.3f}-{high:.3f}]"


def share(pairs: list[tuple[bool, bool]]) -> float:
    """How many of the pairs are alike."""
    return sum(gold == got for gold, got in pairs) / len(pairs)


def score_tolls(name: str, root: Path = ROOT, count: Count = our_toll) -> dict[str, Score]:
    """Share of articles whose toll is the gold's: all, by part, and of those answered."""
    hits: dict[str, Rows] = defaultdict(list)
    for article, killed, story in gold_tolls(name, root):
        found = count(article)
        row = (story, True, (found or 0) == killed if name == "gva one" else found == killed)
        for part in ("all", *parts_of(article.id), *(["answered"] if found is not None else [])):
            hits[part].append(row)
    return {part: Score(rows, share) for part, rows in sorted(hits.items())}


def parts_of(identity: str) -> list[str]:
    """The parts an article belongs to."""
    part = part_of(identity)
    return [part] if part == "seen" else [part, "unseen"]


def score_pairs(root: Path = ROOT, count: Count = our_toll) -> dict[str, Score]:
    """Macro-F1 of "the totals differ" over the pairs of one story."""
    stories: dict[str, list[tuple[Article, int, int | None]]] = defaultdict(list)
    for article, killed, story in gold_tolls("fakes", root):
        stories[story].append((article, killed, count(article)))
    verdicts: dict[str, Rows] = defaultdict(list)
    for story, told in stories.items():
        for (one, a, x), (other, b, y) in combinations(told, 2):
            same = ["same text"] if one.text == other.text else ["two texts"]
            for part in ("all", *same, *pair_parts(one.id, other.id)):
                verdicts[part].append((story, a != b, x is not None and y is not None and x != y))
            verdicts["all, no count is 0"].append((story, a != b, (x or 0) != (y or 0)))
    return {part: Score(rows, macro_f1) for part, rows in sorted(verdicts.items())}


def pair_parts(one: str, other: str) -> list[str]:
    """The parts that both articles belong to; "mixed" where one was seen and one was not."""
    both = [part for part in parts_of(one) if part in parts_of(other)]
    return both if "seen" in both or "unseen" in both else ["mixed"]


def score_contrasts(root: Path = ROOT) -> dict[str, float]:
    """The tolls that number differences set against each other, every FA-KES article its own account.

    Most pairs whose totals differ tell of two events of one day and province; a difference is raised only where
    the counts are of one event, so its share of true ones counts and not how many of the pairs it finds.
    """
    told = list(gold_tolls("fakes", root))
    killed = {article.id: count for article, count, _ in told}
    story = {article.id: name for article, _, name in told}
    pile = MemoryPile(article for article, _, _ in told)
    accounts = Accounts({a: a for a in story}, {}, story, story)
    raised = {
        (u.article, v.article)
        for found in find_casualty_differences(pile.readings(), pile, accounts, removed=frozenset())
        for one, other in combinations(found.sides, 2)
        for u in one.spans
        for v in other.spans
    }
    true = sum(killed[a] != killed[b] for a, b in raised)
    return {"pairs raised": len(raised), "share that gold has differing": true / max(1, len(raised))}


def macro_f1(verdicts: list[tuple[bool, bool]]) -> float:
    """The mean of the F1 of "differ" and of "agree"."""
    scores = []
    for label in (True, False):
        hit = sum(gold == got == label for gold, got in verdicts)
        said = sum(got == label for _, got in verdicts)
        true = sum(gold == label for gold, _ in verdicts)
        scores.append(2 * hit / max(1, said + true))
    return sum(scores) / 2


def show_misses(name: str, limit: int, root: Path = ROOT) -> None:
    """Misses of the seen half."""
    for article, killed, _ in gold_tolls(name, root):
        found = main_toll(article)
        if is_seen(article.id) and (found is None or found.value != killed) and limit:
            limit -= 1
            words = " | ".join(article.words(span) for span in found.spans) if found else "-"
            print(
                f"{article.id}: gold {killed}, got {found.value if found else None} ({words}); {article.title}"
            )


def main() -> None:
    """Run the parts asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--part", action="append", choices=["tolls", "pairs"])
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--shared", type=Path, default=ROOT)
    options = parser.parse_args()
    parts = options.part or ["tolls", "pairs"]
    for reader, count in READERS.items():
        for name in ("fakes", "gva", "gva one") if "tolls" in parts else ():
            for part, score in score_tolls(name, options.shared, count).items():
                print(f"{name:7} {reader:14} exact, {part:10} {score}")
        for part, score in score_pairs(options.shared, count).items() if "pairs" in parts else ():
            print(f"pairs   {reader:14} macro-F1, {part:18} {score}")
    for part, value in score_contrasts(options.shared).items() if "pairs" in parts else ():
        print(f"raised differences     {part:30} {value:.3f}")
    for name in ("fakes", "gva") if options.misses else ():
        show_misses(name, options.misses, options.shared)


if __name__ == "__main__":
    main()
