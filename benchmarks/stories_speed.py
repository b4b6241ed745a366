"""A day of world news: passages, origins and stories over a made stream, with CPU seconds, memory and slope.

    PYTHONPATH=src python -m benchmarks.stories_speed [--articles 5000 10000 25000 50000] [--no-stories]

The stream is invented: sentences of made words among English function words, thousands of stories with
words of their own, phrases that all outlets use, a notice under the articles of half the outlets, and a
quarter of articles that carry an earlier one whole, cut, reordered, edited or for one paragraph. Each size
runs in a process of its own over a file; making the file is not counted, reading it is. The slope is that of
log CPU seconds over log articles (1: linear); a day is 230,000 articles of 350 words.
"""

from __future__ import annotations

import argparse
import bisect
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

from detente.record import Article, Reading

DAY = 230_000
COPIED = 0.25
_ONSETS = "b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sc sh sl sp st str t th tr v w".split()  # noqa: SIM905
_VOWELS = "a e i o u ai ea ee ie oa oo ou".split()  # noqa: SIM905
_CODAS = [*"b ck d g l ll m n nd ng nt p r rd rt s st t".split(), ""]  # noqa: SIM905
_FUNCTION = (  # noqa: SIM905
    "the the the of to and a in that is was for on with as by at from it had be were has have its an which but "
    "not this are or their they after been who would one two will all more than about over into when up out last "
    "before under between against during while if there no where could also"
).split()
_SAYS = ["said", "told reporters", "added", "announced", "warned"]


class _Language:
    """Made words, the commoner first, and phrases that everybody uses."""

    def __init__(self, rng: random.Random, words: int = 30_000, phrases: int = 3_000) -> None:
        made: dict[str, None] = {}
        while len(made) < words:
            made["".join(self._syllable(rng) for _ in range(rng.choice((1, 2, 2, 3))))] = None
        self.words = list(made)
        self.weights = list(accumulate(1 / (rank + 8) for rank in range(words)))
        self.phrases = [
            " ".join(rng.choice(_FUNCTION) if i % 2 else self.word(rng) for i in range(rng.randint(4, 10)))
            for _ in range(phrases)
        ]
        self.phrase_weights = list(accumulate(1 / (rank + 20) for rank in range(phrases)))

    @staticmethod
    def _syllable(rng: random.Random) -> str:
        return rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS)

    def word(self, rng: random.Random) -> str:
        return self.words[bisect.bisect(self.weights, rng.random() * self.weights[-1])]

    def phrase(self, rng: random.Random) -> str:
        return self.phrases[bisect.bisect(self.phrase_weights, rng.random() * self.phrase_weights[-1])]


@dataclass(slots=True)
class _Story:
    """A story's own words and names, and the texts on it that others may carry."""

    own: list[str]
    names: list[str]
    texts: list[tuple[int, list[str]]] = field(default_factory=list)

    def sentence(self, rng: random.Random, language: _Language) -> str:
        words: list[str] = []
        for _ in range(rng.randint(6, 14)):
            draw = rng.random()
            if draw < 0.04:
                words.append(language.phrase(rng))
            elif draw < 0.16:
                words.append(rng.choice(self.names))
            else:
                words.append(rng.choice(self.own) if draw < 0.42 else language.word(rng))
            words.append(rng.choice(_FUNCTION))
        if rng.random() < 0.2:
            return f"“{' '.join(words[:-1]).capitalize()},” {rng.choice(self.names)} {rng.choice(_SAYS)}."
        return f"{' '.join(words[:-1])}.".capitalize()

    def paragraphs(self, rng: random.Random, language: _Language, words: int) -> list[str]:
        made: list[str] = []
        while sum(len(p.split()) for p in made) < words:
            made.append(" ".join(self.sentence(rng, language) for _ in range(rng.randint(1, 3))))
        return made


def _edited(paragraphs: list[str], rng: random.Random, language: _Language) -> list[str]:
    """What an outlet makes of a text: whole, cut, reordered, reworded here and there."""
    kept = paragraphs[: max(2, round(len(paragraphs) * rng.uniform(0.4, 1.0)))]
    if rng.random() < 0.3 and len(kept) > 3:
        at = rng.randrange(1, len(kept) - 1)
        kept = [kept[0], *kept[at:], *kept[1:at]]
    share = rng.choice((0.0, 0.0, 0.02, 0.06))
    return [
        " ".join(language.word(rng) if share and rng.random() < share else w for w in p.split()) for p in kept
    ]


def make_stream(articles: int, *, seed: int = 11) -> Iterator[dict[str, Any]]:
    """Rows with ``id``, ``text``, ``date``, ``outlet``, ``title`` and ``source`` (the number it carries, or None)."""
    rng = random.Random(seed)
    language = _Language(rng)
    notices = [" ".join(language.word(rng) for _ in range(rng.randint(15, 40))) for _ in range(300)]
    stories: list[_Story] = []
    for number in range(articles):
        if not stories or rng.random() < 0.08:
            own = [language.word(rng) for _ in range(80)]
            names = [rng.choice(language.words).capitalize() for _ in range(12)]
            stories.append(_Story(own, names))
            del stories[:-400]
        story = stories[rng.randrange(len(stories))]
        source: int | None = None
        wanted = rng.randint(300, 400)
        if story.texts and rng.random() < COPIED * 1.12:  # some articles have nothing to carry yet
            source, text = rng.choice(story.texts[-8:])
            paragraphs = _edited(text, rng, language)
            if rng.random() < 0.15:
                paragraphs = [*story.paragraphs(rng, language, wanted - 60), rng.choice(paragraphs)]
        else:
            paragraphs = story.paragraphs(rng, language, wanted)
            story.texts.append((number, paragraphs))
            del story.texts[:-8]
        outlet = min(int(rng.expovariate(0.01)), len(notices) - 1)
        if outlet % 2:
            paragraphs = [*paragraphs, f"{notices[outlet]}. All rights reserved.".capitalize()]
        yield {
            "id": f"r{number:07}", "text": "\n".join(paragraphs), "outlet": f"Outlet {outlet}", "source": source,
            "date": f"2021-03-{3 + 2 * number // articles:02}", "title": story.sentence(rng, language),
        }  # fmt: skip


class FilePile:
    """A pile over a JSON Lines file whose rows are in the order of ids: articles are read when asked for."""

    def __init__(self, path: Path) -> None:
        self._lines = path.open("rb")
        self._at: dict[str, int] = {}
        at = 0
        for line in self._lines:
            self._at[line[8:16].decode()] = at
            at += len(line)

    def article_ids(self) -> list[str]:
        """All ids."""
        return list(self._at)

    def article(self, article_id: str) -> Article:
        """One article."""
        self._lines.seek(self._at[article_id])
        return _article(self._lines.readline())

    def articles(self) -> Iterator[Article]:
        """Every article."""
        return map(self.article, self._at)

    def reading(self, article_id: str, *layers: str) -> Reading:
        """No reading."""
        return Reading(article_id)

    def readings(self, *layers: str) -> Iterator[Reading]:
        """No readings."""
        return map(Reading, self._at)


def _article(line: bytes) -> Article:
    from benchmarks.stories import to_article

    row = json.loads(line)
    return to_article(row["id"], row["text"], date=row["date"], title=row["title"], outlet=row["outlet"])


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(path: Path, *, stories: bool) -> dict[str, float]:
    """CPU seconds of each stage over one file, peak memory above the start, and what was found."""
    from detente.compare import MemoryPile
    from detente.compare.episodes import find_episodes
    from detente.compare.origins import find_origins, read_credits
    from detente.compare.passages import find_shares

    pile = FilePile(path)
    find_shares(MemoryPile([]))  # imports are not counted
    base, start = _peak(), time.process_time()
    shares = find_shares(pile)
    after_shares = time.process_time()
    origins = find_origins(read_credits(pile.articles()), shares)
    after_origins, peak = time.process_time(), _peak()
    found: dict[str, float] = {
        "articles": len(pile.article_ids()),
        "passages, CPU s": after_shares - start,
        "origins, CPU s": after_origins - after_shares,
        "pairs that share words": len(shares),
        "peak MB above the start": peak - base,
    }
    found.update(_truth(path, origins.of_article))
    if stories:
        count = len(find_episodes(pile))
        found |= {
            "stories, CPU s": time.process_time() - after_origins, "episodes found": count,
            "peak MB with stories": _peak() - base,
        }  # fmt: skip
    return found


def _truth(path: Path, of_article: dict[str, str]) -> dict[str, float]:
    """How many carried articles are of one origin with what they carry, and how many others are not alone."""
    carried = found = wrong = alone = 0
    root: dict[str, str] = {}
    origin_roots: dict[str, set[str]] = {}
    with path.open("rb") as lines:
        for line in lines:
            row = json.loads(line)
            name, source = row["id"], row["source"]
            if source is None:
                root[name] = name
            else:
                first = f"r{source:07}"
                root[name] = root[first]
                carried += 1
                found += of_article[name] == of_article[first]
            origin_roots.setdefault(of_article[name], set()).add(root[name])
    for roots in origin_roots.values():
        wrong += len(roots) - 1
        alone += len(roots)
    return {"carried, found": found / max(1, carried), "texts joined wrongly": wrong / max(1, alone)}


def _slope(sizes: list[float], costs: list[float]) -> float:
    """The slope of log cost over log size, by least squares."""
    x, y = [math.log(s) for s in sizes], [math.log(c) for c in costs]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    spread = sum((a - mean_x) ** 2 for a in x)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / spread if spread else 1.0


def _report(results: list[dict[str, float]]) -> None:
    """The slopes, and what a day would cost at the slope measured."""
    total = 0.0
    sizes = [r["articles"] for r in results]
    for name in ("passages, CPU s", "origins, CPU s", "stories, CPU s"):
        if name not in results[0]:
            continue
        slope = _slope(sizes, [max(r[name], 0.01) for r in results])
        day = results[-1][name] * (DAY / sizes[-1]) ** max(slope, 1.0)
        total += day
        print(f"{name:24} slope {slope:.2f}   a day of {DAY:,} articles: {day:,.0f} CPU s")
    print(f"{'all stages':24} a day: {total / 3600:.2f} CPU hours (aim: 2)")
    memory = results[-1]["peak MB above the start"] * 1024 / sizes[-1]
    print(f"memory an article: {memory:.1f} kB   a day: {memory * DAY / 1024 / 1024:.2f} GB")


def main() -> None:
    """Make the streams, measure each in a process of its own, print the slope."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[5_000, 10_000, 25_000, 50_000])
    parser.add_argument("--no-stories", action="store_true", help="passages and origins alone")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, stories=not options.no_stories)))
        return
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for count in sorted(options.articles):
            path = Path(folder) / f"{count}.jsonl"
            with path.open("w", encoding="utf-8") as out:
                out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in make_stream(count))
            command = [sys.executable, "-m", "benchmarks.stories_speed", "--one", str(path)]
            command += ["--no-stories"] if options.no_stories else []
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise SystemExit(done.stderr)
            results.append(json.loads(done.stdout))
            for name, value in results[-1].items():
                print(
                    f"{count:>8,}  {name:26} {value:,.3f}"
                    if isinstance(value, float)
                    else f"{count:>8,}  {name:26} {value:,}",
                    flush=True,
                )
            path.unlink()
    _report(results)


if __name__ == "__main__":
    main()
