"""Train the scorer of acts: ``python -m training.stories.acts [--write]``.

Reads the action mentions of ECB+ (dev, topics 1-35), in the stories of the gold's subtopics, and learns of
each pair whether both name one act. Prints CoNLL F1 by five-fold cross-validation over topics, beside lemma
matching, both in stories found by a scorer that the stories' own training saw (their BCubed F1 is .98; the
cross-validated ones have .945, which costs lemma matching a point). ``--write`` writes
``src/detente/data/compare/same_act.npz``.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from benchmarks.stories_events import by_story, conll, find_stories, join_mentions, read_mentions
from detente.compare.same_act import Mention, StoryActs
from detente.compare.stories.scorer import Scorer
from training.stories.train import to_arrays

FOLDS = 5
OUT = Path(__file__).parents[2] / "src/detente/data/compare/same_act.npz"


def fit(mentions: Sequence[Mention], chains: Sequence[str], groups: Sequence[list[int]]) -> Scorer:
    """Learn from all pairs of the groups given."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    xs, ys = [], []
    for group in groups:
        pairs = list(combinations(range(len(group)), 2))
        if pairs:
            xs.append(StoryActs([mentions[n] for n in group]).features(pairs))
            ys += [chains[group[a]] == chains[group[b]] for a, b in pairs]
    model = HistGradientBoostingClassifier(
        max_iter=200, learning_rate=0.05, max_leaf_nodes=10, min_samples_leaf=100, l2_regularization=5.0,
        early_stopping=False, random_state=0,
    )  # fmt: skip
    return Scorer(to_arrays(model.fit(np.vstack(xs), np.array(ys))))


def main() -> None:
    """Print the cross-validated scores; write the scorer where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    mentions, chains, topics = read_mentions()
    groups = by_story(mentions, find_stories())
    order = sorted(set(topics))
    fold = {topic: n % FOLDS for n, topic in enumerate(order)}
    models = {
        k: fit(mentions, chains, [g for g in groups if fold[topics[g[0]]] != k]) for k in range(FOLDS)
    }
    scorers = {g[0]: models[fold[topics[g[0]]]] for g in groups}
    where = {n: g[0] for g in groups for n in g}
    lemma = [(where[n], m.lemma) for n, m in enumerate(mentions)]
    print("lemma", {k: round(v, 4) for k, v in conll(lemma, chains).items()})
    for least in (0.3, 0.35, 0.4, 0.45):
        scores = conll(join_mentions(mentions, groups, scorers, least=least), chains)
        print("ours", least, {k: round(v, 4) for k, v in scores.items()}, flush=True)
    if options.write:
        np.savez_compressed(OUT, **fit(mentions, chains, groups).arrays)
        print(OUT.name, OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
