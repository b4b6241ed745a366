"""Train the scorer of stories: ``python -m training.stories.train [--write]``.

Reads the dev gold of Wikinews, ECB+ and GVA (``benchmarks.stories``), lets the stream look at each article
as it would come, and learns from every pair that it compares whether both tell one story. Prints BCubed F1
by five-fold cross-validation over stories, of each set with a scorer that saw only the other two, and of
BASIL, which no scorer here ever sees: as it is dated, and without its days.
``--write`` trains on all of it and writes ``src/detente/data/compare/stories.npz``.

Needs scikit-learn; what it writes is read with numpy alone.
"""

from __future__ import annotations

import argparse
import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.stories import bcubed, story_articles
from detente.compare.stories import StorySettings, StoryStream
from detente.compare.stories.features import DIRECTIONS
from detente.compare.stories.profile import Profile, make_profile
from detente.compare.stories.rarity import Rarity
from detente.compare.stories.scorer import Scorer

SETS = ("wikinews_events", "ecb", "gva_incidents")
UNSEEN = "basil"
FOLDS = 5
ORDERS = 12
EVEN = 0.5
"""How far wide stories are held to the weight of narrow ones: 0 every pair, 1 every article weighs alike.

Of 0, .5, .75 and 1 the best sum over the three sets, cross-validated; all are within .01."""
OUT = Path(__file__).parents[2] / "src/detente/data/compare/stories.npz"
Floats = npt.NDArray[np.float64]


@dataclass
class StorySet:
    """A gold set in the order in which its articles come: profiles, days, stories, and each story's fold."""

    profiles: list[Profile]
    days: list[int | None]
    gold: list[str]
    folds: npt.NDArray[np.int64]


@dataclass
class Pairs:
    """The pairs that the stream compares: features, whether one story, and both articles' rows."""

    features: Floats
    same: npt.NDArray[np.bool_]
    rows: npt.NDArray[np.int64]


def load_set(name: str, *, dated: bool = True) -> StorySet:
    """A set by day, then by a hash of the id: no order that its makers gave it."""
    articles, gold = story_articles(name)
    last = {a.id: a.published.last_day for a in articles}
    days = {key: day.toordinal() if day and dated else None for key, day in last.items()}
    articles.sort(key=lambda a: (days[a.id] or 0, a.id))
    stories = [gold[a.id] for a in articles]
    folds = np.array([int(hashlib.sha256(("f" + s).encode()).hexdigest(), 16) % FOLDS for s in stories])
    return StorySet([make_profile(a) for a in articles], [days[a.id] for a in articles], stories, folds)


def count_all(profiles: Iterable[Profile]) -> Rarity:
    """The terms of a whole set counted beforehand."""
    rarity = Rarity()
    for profile in profiles:
        rarity.add(profile)
    return rarity


def gather(found: StorySet, *, counted: bool) -> Pairs:
    """Every pair that the stream compares; ``counted``: with the terms of the whole set counted before."""
    stream = StoryStream(scorer=_Nothing())
    if counted:
        stream = StoryStream(rarity=count_all(found.profiles), counted=len(found.gold), scorer=_Nothing())
    features, rows = [], []
    for row, (profile, day) in enumerate(zip(found.profiles, found.days, strict=True)):
        seen, others = stream.look(profile, day)
        stream.put(seen)
        if others:
            features.append(stream.features(seen, others))
            rows += [(row, other.row) for other in others]
            stream.note(seen, others, features[-1])
    same = np.array([found.gold[a] == found.gold[b] for a, b in rows])
    return Pairs(np.vstack(features), same, np.array(rows))


class _Nothing:
    def odds(self, features: Floats) -> Floats:
        return np.zeros(len(features))


def fit(samples: Mapping[str, list[Pairs]], sets: Mapping[str, StorySet], without: int | None) -> Scorer:
    """Learn from all pairs of which neither article's story is in the fold ``without``; sets weigh alike.

    Within a set a pair of a wide story weighs less: an article of a story of n has n - 1 fellows, and BCubed
    counts it once. Each pair of one story weighs (n - 1) ** -EVEN, all such pairs together as much as they
    would unweighted. Else the few widest stories, whose articles share least, teach what one story is.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    xs, ys, weights = [], [], []
    for name, several in samples.items():
        folds = sets[name].folds
        for pairs in several:
            keep = (
                (folds[pairs.rows] != without).all(1)
                if without is not None
                else np.ones(len(pairs.same), bool)
            )
            xs.append(pairs.features[keep])
            ys.append(pairs.same[keep])
            weights.append(_weights(sets[name].gold, pairs, keep) / len(keep))
    weight = np.concatenate(weights)
    model = HistGradientBoostingClassifier(
        max_iter=200, learning_rate=0.06, max_leaf_nodes=8, min_samples_leaf=100, l2_regularization=10.0,
        monotonic_cst=DIRECTIONS, max_bins=127, early_stopping=False, random_state=0,
    )  # fmt: skip
    model.fit(np.vstack(xs), np.concatenate(ys), sample_weight=weight / weight.mean())
    return Scorer(to_arrays(model))


def _weights(gold: list[str], pairs: Pairs, keep: npt.NDArray[np.bool_]) -> Floats:
    """What each kept pair weighs; 1 on average among those of one story, and among the others."""
    size = Counter(gold)
    fellows = np.array([size[gold[row]] - 1 for row in pairs.rows[keep, 0]], np.float64)
    same = pairs.same[keep]
    weights = np.ones(len(same))
    weights[same] = fellows[same] ** -EVEN
    weights[same] *= same.sum() / weights[same].sum()
    return weights


def to_arrays(model: Any) -> dict[str, npt.NDArray[Any]]:
    """A fitted model's trees as the arrays that :class:`Scorer` reads."""
    trees = [round_[0].nodes for round_ in model._predictors]
    shape = (len(trees), max(len(nodes) for nodes in trees))
    arrays = {
        "feature": np.full(shape, -1, np.int8), "below": np.zeros(shape, np.float32),
        "left": np.zeros(shape, np.int8), "right": np.zeros(shape, np.int8),
        "value": np.zeros(shape, np.float32),
    }  # fmt: skip
    for n, nodes in enumerate(trees):
        inner = nodes["is_leaf"] == 0
        size = len(nodes)
        arrays["feature"][n, :size] = np.where(inner, nodes["feature_idx"], -1)
        arrays["below"][n, :size] = nodes["num_threshold"]
        arrays["left"][n, :size] = nodes["left"]
        arrays["right"][n, :size] = nodes["right"]
        arrays["value"][n, :size] = np.where(inner, 0.0, nodes["value"])
    arrays["start"] = np.float64(model._baseline_prediction.ravel()[0])
    arrays["depth"] = np.int64(max(nodes["depth"].max() for nodes in trees))
    return arrays


def group(found: StorySet, pairs: Pairs, odds: Floats, settings: StorySettings) -> list[int]:
    """The stories that the stream makes of pairs already scored: a label for each article."""
    stream = StoryStream(settings=settings, scorer=_Nothing())
    links: list[dict[int, float]] = [{} for _ in found.gold]
    for (row, other), value in zip(pairs.rows.tolist(), odds.tolist(), strict=True):
        day, other_day = found.days[row], found.days[other]
        apart = abs(day - other_day) if day is not None and other_day is not None else 0
        links[row][other] = math.exp(-apart / settings.fade) / (1 + math.exp(-value))
    for row, near in enumerate(links):
        stream.link(row, near)
    labels = [0] * len(links)
    for label, rows in enumerate(stream.stories()):
        for row in rows:
            labels[row] = label
    return labels


def score(found: StorySet, labels: list[int]) -> tuple[float, float, float]:
    """BCubed F1, precision and recall."""
    keys = [str(n) for n in range(len(labels))]
    return bcubed(dict(zip(keys, map(str, labels), strict=True)), dict(zip(keys, found.gold, strict=True)))


def fold_scorers(samples: Mapping[str, list[Pairs]], sets: Mapping[str, StorySet]) -> list[Scorer]:
    """For each fold the scorer that saw none of its stories."""
    return [fit(samples, sets, fold) for fold in range(FOLDS)]


def held_out(found: StorySet, pairs: Pairs, scorers: list[Scorer]) -> Floats:
    """The odds of pairs, each by the scorer that did not see the later article's story."""
    odds = np.zeros(len(pairs.same))
    folds = found.folds[pairs.rows[:, 0]]
    for fold, scorer in enumerate(scorers):
        odds[folds == fold] = scorer.odds(pairs.features[folds == fold])
    return odds


def reorder(found: StorySet, seed: int) -> StorySet:
    """The same articles in a random order."""
    order = np.random.default_rng(seed).permutation(len(found.gold)).tolist()
    return StorySet(
        [found.profiles[n] for n in order], [found.days[n] for n in order],
        [found.gold[n] for n in order], found.folds[order],
    )  # fmt: skip


def main() -> None:
    """Print the cross-validated scores; write the scorer where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    sets = {name: load_set(name) for name in SETS}
    samples = {n: [gather(s, counted=True), gather(s, counted=False)] for n, s in sets.items()}
    scorers = fold_scorers(samples, sets)
    odds = {n: [held_out(sets[n], pairs, scorers) for pairs in several] for n, several in samples.items()}
    for name, found in sets.items():
        for n, how in enumerate(("terms counted before", "strictly as they come")):
            for least in (0.35, 0.4, 0.45, 0.5):
                labels = group(found, samples[name][n], odds[name][n], StorySettings(least=least))
                print(name, how, least, *(round(v, 3) for v in score(found, labels)), flush=True)
    for name, found in sets.items():
        if any(day is not None for day in found.days):
            continue  # the days are its order
        scores = []
        for seed in range(ORDERS):
            mixed = reorder(found, seed)
            pairs = gather(mixed, counted=True)
            labels = group(mixed, pairs, held_out(mixed, pairs, scorers), StorySettings())
            scores.append(score(mixed, labels)[0])
        told = f"{np.mean(scores):.3f} ({min(scores):.3f} to {max(scores):.3f})"
        print(name, f"in {ORDERS} random orders, mean (least to most)", told, flush=True)
    for name, found in sets.items():
        scorer = fit({n: s for n, s in samples.items() if n != name}, sets, None)
        pairs = samples[name][0]
        labels = group(found, pairs, scorer.odds(pairs.features), StorySettings())
        print(name, "trained on the other two sets", *(round(v, 3) for v in score(found, labels)), flush=True)
    scorer = fit(samples, sets, None)
    for how, found in (("as dated", load_set(UNSEEN)), ("without days", load_set(UNSEEN, dated=False))):
        pairs = gather(found, counted=True)
        labels = group(found, pairs, scorer.odds(pairs.features), StorySettings())
        print(UNSEEN, "never seen,", how, *(round(v, 3) for v in score(found, labels)), flush=True)
    if options.write:
        np.savez_compressed(OUT, **scorer.arrays)
        print(OUT.name, OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
