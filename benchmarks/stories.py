"""Origins, copies, stories, timelines, tolls and speed, beside the peers, in one run.

    PYTHONPATH=src python -m benchmarks.stories [--part pairs|copies|stories|timeline|speed] [--shared DIR]

Reads the dev gold of ``shared/bench/stories`` and prints one line a measure. datasketch and rensa are
measured where they are installed; scikit-learn is needed for the TF-IDF baseline alone.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import hashlib
import json
import os
import re
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.compare import MemoryPile
from detente.compare.align import AlignSettings
from detente.compare.candidates import GramIndex
from detente.compare.episodes import EpisodeSettings, find_episodes
from detente.compare.origins import find_origins, read_credits
from detente.compare.passages import align_pairs, find_shares
from detente.compare.words import body_codes
from detente.record import Article, Date

ROOT = Path(os.environ.get("DETENTE_SHARED", Path(__file__).resolve().parents[1] / ".." / "shared"))
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\n)[^\n]+)*")


def rows(name: str, root: Path = ROOT) -> list[dict[str, Any]]:
    """The rows of a gold file."""
    path = root / "bench" / name
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def to_article(
    identity: str, text: str, *, date: str | None = None, title: str = "", outlet: str | None = None
) -> Article:
    """A gold row as an article whose paragraphs are all body."""
    body = tuple(m.span() for m in _PARAGRAPH.finditer(text) if m.group().strip())
    try:
        published = Date.day(dt.date.fromisoformat((date or "")[:10]), basis="published")
    except ValueError:
        published = Date.unknown()
    return Article(
        identity, identity, text, None, outlet, None, None, None, None, published, "en", body, (), None,
        hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), title=title,
    )  # fmt: skip


def f1(found: int, wrong: int, missed: int) -> float:
    """F1 from counts."""
    return 2 * found / max(1, 2 * found + wrong + missed)


# Shared origin on the labelled pairs.


def pair_verdicts(root: Path = ROOT) -> Iterator[tuple[str, bool, float]]:
    """(label, one origin?, five-gram Jaccard) of every labelled pair."""
    for row in rows("stories/provenance_pairs_dev.jsonl.gz", root):
        pair = [
            to_article(side, row[f"text_{side}"], date=row[f"date_{side}"], outlet=row[f"outlet_{side}"])
            for side in "ab"
        ]
        shares = list(find_shares(MemoryPile(pair)))
        origins = find_origins(read_credits(pair), shares)
        yield row["label"], len(origins.origins) == 1, float(row["jaccard5"])


def score_pairs(root: Path = ROOT) -> dict[str, float]:
    """Shared-origin F1 with false alarms by kind, and copies F1 beside Jaccard."""
    verdicts = list(pair_verdicts(root))
    counts = Counter((label in "CWP", got) for label, got, _ in verdicts)
    alarms = Counter(label for label, got, _ in verdicts if got and label not in "CWP")
    jaccard = Counter((label == "C", j >= 0.5) for label, _, j in verdicts)
    return {
        "shared-origin F1": f1(counts[True, True], counts[False, True], counts[True, False]),
        "false alarms Q": alarms["Q"], "false alarms B": alarms["B"], "false alarms K+F": alarms["K"] + alarms["F"],
        "baseline Jaccard>=.5 copies F1": f1(jaccard[True, True], jaccard[False, True], jaccard[True, False]),
    }  # fmt: skip


def score_copies(root: Path = ROOT) -> dict[str, float]:
    """Whole copies (label C against the rest): most of the shorter body is shared text."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for row in rows("stories/provenance_pairs_dev.jsonl.gz", root):
        pair = [
            to_article(s, row[f"text_{s}"], date=row[f"date_{s}"], outlet=row[f"outlet_{s}"]) for s in "ab"
        ]
        shares = list(find_shares(MemoryPile(pair)))
        counts[row["label"] == "C", bool(shares) and shares[0].coverage >= COPY] += 1
    return {"copies F1": f1(counts[True, True], counts[False, True], counts[True, False])}


COPY = 0.5


# Stories.


def bcubed(found: dict[str, str], gold: dict[str, str]) -> tuple[float, float, float]:
    """BCubed F1, precision, recall."""
    a, b = Counter(found[i] for i in gold), Counter(gold.values())
    both = Counter((found[i], gold[i]) for i in gold)
    precision = sum(n * n / a[x] for (x, _), n in both.items()) / len(gold)
    recall = sum(n * n / b[y] for (_, y), n in both.items()) / len(gold)
    return 2 * precision * recall / (precision + recall), precision, recall


STORY_FILES = {"ecb": "events/ecbplus_dev.jsonl", "basil": "stories/basil.jsonl.gz"}


def story_articles(name: str, root: Path = ROOT) -> tuple[list[Article], dict[str, str]]:
    """A story set as articles and gold; Wikinews dates are crawl times and left out."""
    file = STORY_FILES.get(name, f"stories/{name}_dev.jsonl.gz")
    articles, gold = [], {}
    for row in rows(file, root):
        key = "a-" + hashlib.sha256(row["id"].encode()).hexdigest()[:16]  # as read: no order in it
        date = None if name in ("ecb", "wikinews_events") else row.get("date")
        articles.append(to_article(key, row["text"], date=date, title=row.get("title") or ""))
        gold[key] = str(row["subtopic"] if name == "ecb" else row["story"])
    return sorted(articles, key=lambda a: a.id), gold


def score_stories(name: str, root: Path = ROOT, settings: EpisodeSettings | None = None) -> tuple[float, ...]:
    """BCubed F1, precision, recall, documents per CPU second."""
    articles, gold = story_articles(name, root)
    start = time.process_time()
    episodes = find_episodes(MemoryPile(articles), settings=settings)
    spent = time.process_time() - start
    longer = {e.part_of for e in episodes}
    found = {a: e.id for e in episodes if e.id not in longer for a in e.articles}
    return (*bcubed(found, gold), len(articles) / spent)


ORDERS = 12
THRESHOLDS = tuple(t / 100 for t in range(10, 30))


def tfidf_stories(name: str, root: Path = ROOT) -> dict[str, float]:
    """Baseline: plain TF-IDF, one pass by average likeness, at the threshold that is best for the set.

    One pass hangs on the order of the articles: the file keeps stories together, a feed does not. Hence the
    order of the file and the mean of ``ORDERS`` random ones, each with the threshold best for it.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    articles, gold = story_articles(name, root)
    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(
        [f"{a.title} {a.text}" for a in articles]
    )
    likeness = (vectors @ vectors.T).toarray()
    random = np.random.default_rng(0)
    orders = [random.permutation(len(articles)) for _ in range(ORDERS)]

    def score(order: Iterable[int], threshold: float) -> float:
        found = _one_pass(likeness, order, threshold)
        return bcubed({articles[i].id: str(n) for n, g in enumerate(found) for i in g}, gold)[0]

    in_file = max(score(range(len(articles)), t) for t in THRESHOLDS)
    mixed = max(float(np.mean([score(order, t) for order in orders])) for t in THRESHOLDS)
    return {"TF-IDF baseline, random orders, F1": mixed, "TF-IDF baseline, order of the file, F1": in_file}


def _one_pass(likeness: npt.NDArray[np.float64], order: Iterable[int], threshold: float) -> list[list[int]]:
    """Articles in groups: each joins the one it is likest to on average, where that is the threshold."""
    groups: list[list[int]] = []
    for i in order:
        scores = [(likeness[i, g].mean(), n) for n, g in enumerate(groups)]
        best = max(scores, default=(0.0, 0))
        if best[0] >= threshold:
            groups[best[1]].append(i)
        else:
            groups.append([i])
    return groups


# Timelines: which days matter.


def score_timeline(root: Path = ROOT) -> float:
    """T17 date-F1: the days that most articles name or are published on, as many as the gold has."""
    from detente.compare.timeline import rank_days
    from detente.compare.told_dates import find_days

    topics: dict[str, list[Article]] = defaultdict(list)
    for row in rows("stories/t17_docs_dev.jsonl.gz", root):
        topics[row["topic"]].append(to_article(row["id"], row["text"], date=row["date"]))
    gold: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows("stories/t17_timelines_dev.jsonl", root):
        gold[row["topic"], row["timeline"]].add(row["date"][:10])
    scores = []
    weights = {topic: find_days(articles) for topic, articles in topics.items()}
    for (topic, _), days in sorted(gold.items()):
        ranked = rank_days(weights[topic])[: len(days)]
        scores.append(f1(len(days & set(ranked)), len(set(ranked) - days), len(days - set(ranked))))
    return sum(scores) / len(scores)


# Speed and memory.


def scale_articles(count: int, root: Path = ROOT) -> list[Article]:
    """Up to ``count`` articles of GVA and T17."""
    found = [
        to_article(
            row["id"], row["text"], date=row["date"], title=row.get("title") or "", outlet=row["outlet"]
        )
        for name in ("gva_incidents", "t17_docs")
        for row in rows(f"stories/{name}_dev.jsonl.gz", root)
    ]
    return sorted(found, key=lambda a: hashlib.sha256(a.id.encode()).digest())[:count]


def measure_speed(count: int, root: Path = ROOT) -> dict[str, float]:
    """Documents and pairs per CPU second of each stage, and recall of near-duplicate pairs."""
    articles = sorted(scale_articles(count, root), key=lambda a: a.id)
    index = GramIndex()
    start = time.process_time()
    bodies = [body_codes(a) for a in articles]
    for codes in bodies:
        index.add(codes)
    candidates = list(index.pairs())
    found_candidates = time.process_time()
    aligned = sum(1 for _ in align_pairs(index, bodies, AlignSettings()))
    found_aligned = time.process_time()
    pile = MemoryPile(articles)
    shares = list(find_shares(pile))
    origins = find_origins(read_credits(articles), shares)
    found_origins = time.process_time()
    stories = find_episodes(MemoryPile(articles))
    end = time.process_time()
    truth = near_duplicates(articles)
    linked = set(candidates)
    # A pair is found when it is a candidate or both ends hang together through candidates.
    hub: dict[int, int] = {}

    def root_of(x: int) -> int:
        while hub.get(x, x) != x:
            x = hub[x]
        return x

    for a, b in candidates:
        hub[max(root_of(a), root_of(b))] = min(root_of(a), root_of(b))
    direct = sum(pair in linked for pair in truth)
    chained = sum(root_of(a) == root_of(b) for a, b in truth)
    return {
        "documents": len(articles),
        "candidates: documents per CPU s": len(articles) / (found_candidates - start),
        "candidate pairs": len(candidates), "aligned pairs": aligned,
        "alignment: pairs per CPU s": len(candidates) / (found_aligned - found_candidates),
        "passages+origins: documents per CPU s": len(articles) / (found_origins - found_aligned),
        "episodes: documents per CPU s": len(articles) / (end - found_origins),
        "near-duplicates (Jaccard >= .5)": len(truth),
        "recall, direct": direct / max(1, len(truth)), "recall, chained": chained / max(1, len(truth)),
        "origins": len(origins.origins), "stories": len(stories),
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


def grams_of(article: Article) -> set[str]:
    """Word five-grams, for the truth and the peers."""
    words = re.findall(r"\w+", article.text.lower())
    return {" ".join(words[i : i + 5]) for i in range(len(words) - 4)}


def near_duplicates(articles: list[Article]) -> set[tuple[int, int]]:
    """All pairs with five-gram Jaccard of .5 and more, exactly, over prefix-filtered candidates."""
    sets = [grams_of(a) for a in articles]
    frequency = Counter(g for s in sets for g in s)
    holding: dict[str, list[int]] = defaultdict(list)
    found = set()
    for b, grams in enumerate(sets):
        ordered = sorted(grams, key=lambda g: (frequency[g], g))
        tried = set()
        for gram in ordered[: len(ordered) // 2 + 1]:
            tried.update(holding[gram])
            holding[gram].append(b)
        for a in tried:
            shared = len(sets[a] & grams)
            if shared and shared / (len(sets[a]) + len(grams) - shared) >= 0.5:
                found.add((a, b))
    return found


def measure_peers(count: int, root: Path = ROOT) -> dict[str, float]:
    """datasketch and rensa at Jaccard .5: recall of near-duplicates and documents per CPU second."""
    articles = sorted(scale_articles(count, root), key=lambda a: a.id)
    truth = near_duplicates(articles)
    found: dict[str, float] = {}
    for name, link in (("datasketch", _datasketch), ("rensa", _rensa)):
        try:
            start = time.process_time()
            pairs = link(articles)
            spent = time.process_time() - start
        except ImportError:
            continue
        found[f"{name}: recall"] = len(pairs & truth) / max(1, len(truth))
        found[f"{name}: documents per CPU s"] = len(articles) / spent
    return found


def _datasketch(articles: list[Article]) -> set[tuple[int, int]]:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.5, num_perm=128)
    found = set()
    for n, article in enumerate(articles):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([g.encode() for g in grams_of(article)])
        found.update((int(m), n) for m in index.query(sketch))
        index.insert(str(n), sketch)
    return found


def _rensa(articles: list[Article]) -> set[tuple[int, int]]:
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    found = set()
    for n, article in enumerate(articles):
        sketch = RMinHash(num_perm=128, seed=1)
        sketch.update(list(grams_of(article)))
        found.update((int(m), n) for m in index.query(sketch))
        index.insert(n, sketch)
    return found


def show(title: str, values: Iterable[tuple[str, float]]) -> None:
    """One line a measure."""
    for name, value in values:
        print(
            f"{title:10} {name:45} {value:,.3f}"
            if isinstance(value, float)
            else f"{title:10} {name:45} {value}"
        )


def main() -> None:
    """Run the parts asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--part", action="append", choices=["pairs", "copies", "stories", "timeline", "speed"]
    )
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--shared", type=Path, default=ROOT)
    options = parser.parse_args()
    parts = options.part or ["pairs", "copies", "stories", "timeline", "speed"]
    if "pairs" in parts:
        show("pairs", score_pairs(options.shared).items())
    if "copies" in parts:
        show("copies", score_copies(options.shared).items())
    for name in ("wikinews_events", "ecb", "gva_incidents") if "stories" in parts else ():
        values = score_stories(name, options.shared)
        show(name, zip(("BCubed F1", "precision", "recall", "documents per CPU s"), values, strict=True))
        if name != "gva_incidents":
            show(name, tfidf_stories(name, options.shared).items())
    if "timeline" in parts:
        show("t17", [("date-F1", score_timeline(options.shared))])
    if "speed" in parts:
        show("speed", measure_speed(options.documents, options.shared).items())
        show("peers", measure_peers(min(options.documents, 2000), options.shared).items())


if __name__ == "__main__":
    main()
