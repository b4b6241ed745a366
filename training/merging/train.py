"""Train what joins events of one story: ``python -m training.merging.train [--write] [--keep FILE]``.

Reads ECB+ (dev) and the reports of ``pairs.csv`` (Wikinews and T17, dev) with the built-in readers and learns
from pairs of their events, told by two reports of one story, whether both are one act. Prints CoNLL F1 on
ECB+, cross-validated over topics, and precision and recall on ``pairs.csv``, cross-validated over stories.
``--write`` trains on all and writes ``src/detente/data/compare/acts.npz``; ``--keep`` keeps what was read.

Needs scikit-learn; what it writes is read with numpy alone.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import itertools
import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.stories import rows, to_article
from benchmarks.stories_events import conll, find_ours, read_events, read_gold
from detente.compare import Comparison, MemoryPile, compare_pile
from detente.compare.act_evidence import SIGNS, Scene
from detente.compare.acts import join_acts
from detente.compare.cluster import Light, group_lights
from detente.compare.merging import EVENTS
from detente.compare.parties import conflicts
from detente.compare.stories.scorer import Scorer
from detente.record import Article, Event, Reading
from training.stories.train import to_arrays

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "src/detente/data/compare/acts.npz"
FOLDS = 5
RISING = frozenset((
    "verb", "stem", "synonyms", "code", "doers", "done_to", "crossed", "rare_words", "words", "numbers",
    "told_by", "leads",
))  # fmt: skip
FALLING = frozenset(("other_verbs", "strangers", "other_numbers", "again_verb", "again_code"))
Floats = npt.NDArray[np.float64]


@dataclass
class Told:
    """A pile as the comparison sees it: every event's light, and each story's scene."""

    comparison: Comparison
    lights: dict[str, Light]
    scenes: dict[str, Scene]


@dataclass
class Pairs:
    """Pairs of events: signs, whether one act, and the fold of each."""

    signs: Floats
    one: npt.NDArray[np.bool_]
    folds: npt.NDArray[np.int64]


def read_sets() -> dict[str, tuple[list[Article], list[Reading]]]:
    """What the readers find in ECB+, in Wikinews and in the T17 reports that ``pairs.csv`` names."""
    ecb = read_gold(None)[0]
    wanted = {(row["set"], row[key]) for row in _labels() for key in ("article", "other_article")}
    piles = {"ecb": ecb}
    for name in sorted({name for name, _ in wanted}):
        found = []
        for row in rows(f"stories/{name}_dev.jsonl.gz"):
            if name == "wikinews_events" or (name, row["id"]) in wanted:
                date = None if name == "wikinews_events" else row.get("date")
                found.append(
                    to_article(_key(row["id"]), row["text"], date=date, title=row.get("title") or "")
                )
        piles[name] = sorted(found, key=lambda a: a.id)
    return {name: (articles, read_events(articles)) for name, articles in piles.items()}


def _labels() -> list[dict[str, str]]:
    with (HERE / "pairs.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _key(row_id: str) -> str:
    return "a-" + hashlib.sha256(row_id.encode()).hexdigest()[:16]


def tell(articles: Sequence[Article], readings: Sequence[Reading]) -> Told:
    """The lights and scenes of a pile."""
    comparison = compare_pile(MemoryPile(articles, readings))
    actors = comparison.actor_map
    lights = list(comparison.merged("events").lights)
    by_story: dict[str, list[Light]] = defaultdict(list)
    for light in lights:
        by_story[light.story].append(light)
    scenes = {story: Scene(members, actors) for story, members in by_story.items()}
    return Told(comparison, {light.id: light for light in lights}, scenes)


def fold_of(name: str) -> int:
    """The fold of a topic or story: no order that its makers gave it."""
    return int(hashlib.sha256(("f" + name).encode()).hexdigest(), 16) % FOLDS


def gold_pairs(told: Told, events: Iterable[tuple[str, Light]], topic: Mapping[str, str]) -> Pairs:
    """Every pair of gold mentions' events in one story that two reports tell and nothing excludes."""
    by_story: dict[str, list[tuple[str, Light]]] = defaultdict(list)
    for chain, light in events:
        by_story[light.story].append((chain, light))
    signs, one, folds = [], [], []
    for story, members in sorted(by_story.items()):
        for (chain, a), (other, b) in itertools.combinations(members, 2):
            apart = a.kind != b.kind or a.article == b.article
            if apart or True in conflicts(a, b, told.comparison.actor_map):
                continue
            signs.append(told.scenes[story].signs(a, b))
            one.append(chain == other)
            folds.append(fold_of(topic[a.article]))
    return Pairs(np.array(signs, np.float64), np.array(one), np.array(folds))


def labelled_pairs(piles: Mapping[str, Told]) -> Pairs:
    """The pairs of ``pairs.csv`` that the readers still find, with their signs."""
    at = {name: dict(_by_place(told)) for name, told in piles.items()}
    signs, one, folds = [], [], []
    for row in _labels():
        a = at[row["set"]].get((_key(row["article"]), int(row["start"])))
        b = at[row["set"]].get((_key(row["other_article"]), int(row["other_start"])))
        if a is None or b is None or a.story != b.story or a.kind != b.kind:
            continue
        signs.append(piles[row["set"]].scenes[a.story].signs(a, b))
        one.append(row["one"] == "1")
        folds.append(fold_of(a.story))
    return Pairs(np.array(signs, np.float64), np.array(one), np.array(folds))


def _by_place(told: Told) -> Iterator[tuple[tuple[str, int], Light]]:
    for reading in told.comparison.pile.readings("events"):
        for event in reading.events:
            yield (reading.article, (event.trigger or event.evidence[0]).start), told.lights[event.id]


def fit(sets: Sequence[Pairs], without: int | None = None) -> Scorer:
    """Trees learnt from all pairs but those of one fold. A sign only ever speaks for, or only against."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    kept = [(p, p.folds != without) for p in sets]
    model = HistGradientBoostingClassifier(
        max_iter=120, learning_rate=0.07, max_leaf_nodes=6, min_samples_leaf=20, l2_regularization=2.0,
        monotonic_cst=[(n in RISING) - (n in FALLING) for n in SIGNS], early_stopping=False, random_state=0,
    )  # fmt: skip
    model.fit(np.vstack([p.signs[k] for p, k in kept]), np.concatenate([p.one[k] for p, k in kept]))
    return Scorer(to_arrays(model))


def join_folds(told: Told, sets: Sequence[Pairs], topic: Mapping[str, str]) -> dict[str, str]:
    """Event id → the id of its act, each topic's by trees that did not see it."""
    lights = sorted(told.lights.values(), key=lambda x: (x.first, x.last, x.id))
    groups = list(group_lights(lights, EVENTS.fit))
    stories = {story: n for n, story in enumerate(sorted(told.scenes))}
    found = {}
    for fold in range(FOLDS):
        mine = ([n for n in group if fold_of(topic[lights[n].article]) == fold] for group in groups)
        acts = join_acts(
            [group for group in mine if group], lights.__getitem__, lambda n: stories[lights[n].story],
            told.comparison.actor_map, scorer=fit(sets, fold),
        )  # fmt: skip
        for act in acts:
            found.update({lights[n].id: min(lights[m].id for m in act) for n in act})
    return found


def main() -> None:
    """Print the cross-validated scores; write the trees where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    if options.keep and options.keep.exists():
        read: dict[str, Any] = pickle.loads(options.keep.read_bytes())
    else:
        read = read_sets()
        if options.keep:
            options.keep.write_bytes(pickle.dumps(read))
    piles = {name: tell(*pile) for name, pile in read.items()}
    ecb = piles.pop("ecb")
    topic = _topics()
    found: list[tuple[Any, Event]] = find_ours(read_gold(None)[1], read["ecb"][1])
    gold = gold_pairs(ecb, [(m.chain, ecb.lights[e.id]) for m, e in found], topic)
    labelled = labelled_pairs(piles)
    for name, pairs in (("ECB+", gold), ("labelled", labelled)):
        print(f"{name}: {len(pairs.one)} pairs, {pairs.one.mean():.2f} one act")
    acts = join_folds(ecb, [gold, labelled], topic)
    scores = conll([acts[e.id] for _, e in found], [m.chain for m, _ in found])
    print("ECB+, cross-validated", *(f"{k} {v:.3f}" for k, v in scores.items()))
    held = np.zeros(len(labelled.one))
    for fold in range(FOLDS):
        mine = labelled.folds == fold
        held[mine] = fit([gold, labelled], fold).odds(labelled.signs[mine])
    for least in (-1.0, -0.5, 0.0, 0.5, 1.0):
        said = held > least
        precision, recall = labelled.one[said].mean(), labelled.one[said].sum() / labelled.one.sum()
        print(f"labelled pairs, log-odds > {least}: precision {precision:.2f}, recall {recall:.2f}")
    if options.write:
        np.savez_compressed(OUT, **dict(fit([gold, labelled]).arrays))
        print(OUT.name, OUT.stat().st_size, "bytes")


def _topics() -> dict[str, str]:
    return {_key(row["id"]): str(row["topic"]) for row in rows("events/ecbplus_dev.jsonl")}


if __name__ == "__main__":
    main()
