"""Train the statements ranker on PolNeAR's training part and write ``statements.npz``.

    PYTHONPATH=src python -m training.statements.train polnear_train.jsonl.gz \
        src/detente/data/statements.npz --cache parses/ --hold 0.1

About 15 minutes on one core, half of it parsing. No text is written: the file holds trees, counts of
common words (no names) and a projection of word vectors. Every table and every earlier ensemble that
a later one learns from was made without the article at hand (``FOLDS`` folds), so that the last one
sees the quality it will meet.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

from detente.readers.statements import features, rank
from detente.readers.statements.contents import TYPES, phrase_of
from detente.readers.statements.cues import find_cues
from detente.readers.statements.lexicon import cue_classes
from detente.readers.statements.quotes import Quote, find_quotes
from detente.readers.statements.sources import ROUTES, find_sources
from detente.readers.statements.spans import find_contents
from detente.readers.statements.trees import Ranker, Tables, Trees
from detente.readers.statements.view import View, view_of
from training.statements.gold import (
    GoldAttribution,
    Predicted,
    gold_of,
    overlap,
    parsed_rows,
    read_rows,
    same_source,
    word_tokens,
)

FOLDS = 3
SIZES = {"cue": (90, 31), "content": (220, 31), "source": (90, 31), "final": (120, 23)}
VECTOR_WIDTH = 16


@dataclass
class Case:
    """One training article; ``inside`` are the tokens in gold contents (unlabelled: PolNeAR never nests)."""

    view: View
    quotes: list[Quote]
    gold: list[GoldAttribution]
    inside: set[int]
    fold: int

    def gold_at(self, token: int) -> GoldAttribution | None:
        """The gold attribution whose cue's head is this token."""
        return next((g for g in self.gold if g.cue_head == token), None)


def load_cases(rows: list[dict[str, Any]], cache: Path | None) -> list[Case]:
    """The rows parsed, with their gold in tokens."""
    cases = []
    for row, parsed in parsed_rows(rows, cache=cache):
        view = view_of(parsed)
        quotes = find_quotes(view)
        gold = [without_that(view, g) for g in gold_of(row, view)]
        inside = {i for g in gold for i in g.content}
        fold = int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % FOLDS
        cases.append(Case(view, quotes, gold, inside, fold))
    return cases


def without_that(view: View, gold: GoldAttribution) -> GoldAttribution:
    """PolNeAR takes the complementiser in, the record leaves it out: learn from the words after it."""
    first = min(gold.content)
    if view.low[first] == "that" and view.pos[first] == "SCONJ" and len(gold.content) > 1:
        return replace(gold, content=gold.content - {first})
    return gold


# --- tables -----------------------------------------------------------------------------------------------


def count_tables(cases: Iterable[Case]) -> Tables:
    """Count, over some articles, what words do."""
    seen: Counter[str] = Counter()
    used: Counter[str] = Counter()
    phrases_seen: Counter[str] = Counter()
    phrases_used: Counter[str] = Counter()
    types: dict[str, Counter[int]] = defaultdict(Counter)
    routes: dict[str, Counter[int]] = defaultdict(Counter)
    nouns_seen: Counter[str] = Counter()
    nouns_used: Counter[str] = Counter()
    breaks: Counter[str] = Counter()
    goes_on: Counter[str] = Counter()
    for case in cases:
        _count_words(case, seen, used, phrases_seen, phrases_used, nouns_seen, nouns_used)
        _count_shapes(case, types, routes)
        _count_breaks(case, breaks, goes_on)
    cues = {
        k: ((used[k] + 0.1) / (seen[k] + 2.0), float(np.log1p(seen[k])))
        for k in seen
        if seen[k] >= 3 and used[k] >= 2
    }
    cues |= {
        k: ((used[k] + 0.1) / (seen[k] + 2.0), float(np.log1p(seen[k])))
        for k in seen
        if seen[k] >= 8 and k in cue_classes()
    }
    phrases = {
        k: (phrases_used[k] + 2.0 * cues.get(_bare(k), (0.0, 0.0))[0]) / (phrases_seen[k] + 2.0)
        for k in phrases_seen
        if phrases_seen[k] >= 5 and _bare(k) in cues
    }
    nouns = {k: (nouns_used[k] + 0.05) / (n + 1.0) for k, n in nouns_seen.items() if n >= 8 and nouns_used[k]}
    after = {
        k: (breaks[k] + 1.0) / (breaks[k] + goes_on[k] + 2.0)
        for k in {*breaks, *goes_on}
        if breaks[k] + goes_on[k] >= 40
    }
    return Tables(cues, phrases, _shares(types, len(TYPES)), _shares(routes, len(ROUTES)), nouns, after)


def _bare(phrase: str) -> str:
    words, _, kind = phrase.rpartition("/")
    return f"{words.split(' ')[0]}/{kind}"


def _count_words(
    case: Case, seen: Any, used: Any, phrases_seen: Any, phrases_used: Any, nouns: Any, speaks: Any
) -> None:
    view = case.view
    heads = {g.cue_head for g in case.gold}
    speakers = {g.source_head for g in case.gold}
    for i in range(len(view)):
        if i in case.inside:
            continue
        if view.pos[i] == "NOUN" and not view.ent[i]:  # a name taken for a noun is still a name
            nouns[view.lemma[i]] += 1
            speaks[view.lemma[i]] += i in speakers
        key = features.key_of(view, i)
        if not key or view.pos[i] == "PROPN":
            continue
        seen[key] += 1
        used[key] += i in heads
        phrase = features.phrase_key(view, i)
        if phrase != key:
            phrases_seen[phrase] += 1
            phrases_used[phrase] += i in heads


def _count_shapes(case: Case, types: Any, routes: Any) -> None:
    """How the best candidate content and the right speaker stand to the cue."""
    for gold in case.gold:
        if gold.cue_head < 0:
            continue
        key = features.key_of(case.view, gold.cue_head) or "*/v"
        scored = scored_contents(case, gold)
        if scored and scored[0][0] >= 0.8:
            content = scored[0][1]
            types[key][content.type] += 1
            types[f"*/{key[-1:]}"][content.type] += 1
        for source in find_sources(case.view, gold.cue_head):
            if right_source(source.head, gold):
                routes[key][source.route] += 1
                routes[f"*/{key[-1:]}"][source.route] += 1
                break


def scored_contents(case: Case, gold: GoldAttribution) -> list[tuple[float, Any]]:
    """The candidate contents of a gold cue, best first, with their overlap."""
    contents = find_contents(case.view, case.quotes, phrase_of(case.view, gold.cue_head))
    scored = [(overlap(word_tokens(case.view, c.parts), gold.content), c) for c in contents]
    return sorted(scored, key=lambda s: -s[0])


def right_source(head: int, gold: GoldAttribution) -> bool:
    """True when a head is the gold speaker's or lies in its span."""
    return head == gold.source_head or (head >= 0 and head in gold.source)


def _count_breaks(case: Case, breaks: Any, goes_on: Any) -> None:
    view = case.view
    for gold in case.gold:
        for i in gold.content:
            if i + 1 >= len(view) or view.pos[i + 1] in ("PROPN", "NUM") or view.ent[i + 1] == "PERSON":
                continue
            (goes_on if i + 1 in gold.content else breaks)[view.low[i + 1]] += 1


def _shares(counts: dict[str, Counter[int]], width: int) -> dict[str, Any]:
    """Shares, pulled towards the part of speech's own; only words seen five times."""
    result: dict[str, Any] = {}
    for kind in "vnap":
        total = counts.get(f"*/{kind}", Counter())
        row = np.array([total[i] + 0.1 for i in range(width)], np.float32)
        result[f"*/{kind}"] = row / row.sum()
    for key, counter in counts.items():
        if key.startswith("*/") or sum(counter.values()) < 5 or key[-1:] not in "vnap":
            continue
        row = np.array([counter[i] for i in range(width)], np.float32) + 3.0 * result[f"*/{key[-1:]}"]
        result[key] = row / row.sum()
    return result


# --- ensembles --------------------------------------------------------------------------------------------


def export(model: Any) -> Trees:
    """A scikit-learn ensemble as flat arrays."""
    parts: dict[str, list[Any]] = defaultdict(list)
    roots, depth, base = [], 0, 0
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        own = np.arange(len(nodes)) + base
        leaf = nodes["is_leaf"].astype(bool)
        parts["feature"].append(np.where(leaf, 0, nodes["feature_idx"]).astype(np.int16))
        parts["threshold"].append(np.where(leaf, 0.0, nodes["num_threshold"]).astype(np.float32))
        parts["left"].append(np.where(leaf, own, nodes["left"].astype(np.int64) + base).astype(np.int32))
        parts["right"].append(np.where(leaf, own, nodes["right"].astype(np.int64) + base).astype(np.int32))
        parts["value"].append(np.where(leaf, nodes["value"], 0.0).astype(np.float32))
        roots.append(base)
        depth = max(depth, int(nodes["depth"].max()))
        base += len(nodes)
    flat = {k: np.concatenate(v) for k, v in parts.items()}
    start = float(np.ravel(model._baseline_prediction)[0])
    return Trees(**flat, roots=np.array(roots, np.int32), base=start, depth=depth)


def fit(name: str, rows: Any, target: Any, *, regress: bool = False, seed: int = 0) -> Trees:
    """Fit one ensemble and export it."""
    trees, leaves = SIZES[name]
    kind = HistGradientBoostingRegressor if regress else HistGradientBoostingClassifier
    model = kind(
        max_iter=trees, max_leaf_nodes=leaves, learning_rate=0.1, min_samples_leaf=30, max_depth=8,
        l2_regularization=2.0, early_stopping=False, random_state=seed,
    )  # fmt: skip
    model.fit(rows, target)
    return export(model)


EMPTY = Trees(
    np.zeros(1, np.int16), np.zeros(1, np.float32), np.zeros(1, np.int32), np.zeros(1, np.int32),
    np.zeros(1, np.float32), np.zeros(1, np.int32), 0.0, 0,
)  # fmt: skip


def cue_rows(case: Case, tables: Tables) -> tuple[list[list[float]], list[int]]:
    """Rows for every labelled candidate cue, 1 for the head of a gold cue (its other words left out)."""
    rows, labels = [], []
    spans = {i for g in case.gold for i in g.cue}
    heads = {g.cue_head for g in case.gold}
    for cue in find_cues(case.view, tables):
        if cue.token in case.inside or (cue.token in spans and cue.token not in heads):
            continue
        phrase = phrase_of(case.view, cue.token)
        rows.append(features.cue_features(case.view, case.quotes, cue, phrase, tables))
        labels.append(int(cue.token in heads))
    return rows, labels


def picking_rows(case: Case, ranker: Ranker) -> tuple[list[Any], list[float], list[Any], list[int], int]:
    """Rows for the contents and speakers of the gold cues, with how right each is."""
    content_rows, content_target, source_rows, source_target = [], [], [], []
    candidates, found = [], 0
    for cue in find_cues(case.view, ranker.tables):
        gold = case.gold_at(cue.token)
        if gold is None:
            continue
        found += 1
        phrase = phrase_of(case.view, cue.token)
        rows = features.cue_features(case.view, case.quotes, cue, phrase, ranker.tables)
        candidates.append((rank.Candidate(cue, phrase, rows), gold))
    rank.pick_contents(case.view, case.quotes, [c for c, _ in candidates], ranker)
    for candidate, gold in candidates:
        scores = [overlap(word_tokens(case.view, c.parts), gold.content) for c in candidate.contents or ()]
        content_rows += candidate.content_rows or []
        content_target += [0.4 * s + 0.35 * (s >= 0.8) + 0.25 * (s == 1.0) for s in scores]
        # the speaker learns beside the right content, as it will mostly be
        candidate.content = int(np.argmax(scores)) if scores else -1
    rank.pick_sources(case.view, [c for c, _ in candidates], ranker)
    for candidate, gold in candidates:
        source_rows += candidate.source_rows or []
        source_target += [int(right_source(s.head, gold)) for s in candidate.sources or ()]
    return content_rows, content_target, source_rows, source_target, found


def predicted_of(view: View, candidate: rank.Candidate) -> Predicted:
    """A candidate's choice in the terms of the gold."""
    content = (candidate.contents or [])[candidate.content]
    head = (candidate.sources or [])[candidate.source].head
    span = rank.source_range(view, head) if head >= 0 else (0, 0)
    return Predicted(word_tokens(view, content.parts), frozenset(range(*span)), head, "", True)


def final_cases(case: Case, ranker: Ranker) -> tuple[Any, list[int]]:
    """Rows of the last ensemble with 1 where content (F1 at least 0.8) and speaker are right."""
    candidates = [
        c for c in rank.find_candidates(case.view, case.quotes, ranker) if c.cue.token not in case.inside
    ]
    rank.pick_contents(case.view, case.quotes, candidates, ranker)
    candidates = [c for c in candidates if c.content >= 0]
    if not candidates:
        return None, []
    rank.pick_sources(case.view, candidates, ranker)
    labels = []
    for candidate in candidates:
        own = predicted_of(case.view, candidate)
        right = any(overlap(own.content, g.content) >= 0.8 and same_source(own, g) for g in case.gold)
        labels.append(int(right))
    return rank.final_rows(case.view, candidates, ranker), labels


def projection_of(cases: list[Case], tables: Tables) -> Any:
    """The main directions of the candidates' word vectors, each word once."""
    words: dict[str, Any] = {}
    for case in cases:
        for cue in find_cues(case.view, tables):
            paragraph, local = case.view.local(cue.token)
            words.setdefault(case.view.lemma[cue.token], paragraph.doc[local].vector)
    rows = np.asarray([words[w] for w in sorted(words)], np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    _, _, directions = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    return directions[:VECTOR_WIDTH].T.astype(np.float16).astype(np.float32)


def train(cases: list[Case], *, say: Callable[[str], None], seed: int) -> Ranker:
    """Train the four ensembles, each fold's with the tables and ensembles of the others."""
    everything = list(range(FOLDS))
    groups = [[f] for f in everything] + [[]]  # the fold left out; last: none
    tables = [count_tables(c for c in cases if c.fold not in out) for out in groups]
    projection = projection_of(cases, tables[-1])
    rankers = [Ranker(EMPTY, EMPTY, EMPTY, EMPTY, t, projection) for t in tables]
    # rows are always made with the tables that never saw the article
    early = {f: _stack([cue_rows(c, tables[f]) for c in cases if c.fold == f]) for f in everything}
    say(
        f"cue rows {sum(len(r[1]) for r in early.values())}, "
        f"gold {sum(int(sum(r[1])) for r in early.values())}"
    )
    cue = [fit("cue", *_join([early[f] for f in everything if f not in out]), seed=seed) for out in groups]
    picks = {f: [picking_rows(c, rankers[f]) for c in cases if c.fold == f] for f in everything}
    content, source = [], []
    for out in groups:
        chosen = [p for f in everything if f not in out for p in picks[f]]
        rows, target = [r for p in chosen for r in p[0]], [t for p in chosen for t in p[1]]
        content.append(fit("content", rank.matrix(rows), target, regress=True, seed=seed))
        rows, target = [r for p in chosen for r in p[2]], [t for p in chosen for t in p[3]]
        source.append(fit("source", rank.matrix(rows), target, seed=seed))
    say(f"content rows {sum(len(p[0]) for f in everything for p in picks[f])}, "
        f"gold cues reached {sum(p[4] for f in everything for p in picks[f])}")  # fmt: skip
    del picks
    rankers = [
        Ranker(*parts, EMPTY, t, projection) for *parts, t in zip(cue, content, source, tables, strict=True)
    ]
    last = []
    for f in everything:
        last += [final_cases(c, rankers[f]) for c in cases if c.fold == f]
    rows = np.vstack([r for r, _ in last if r is not None])
    labels = [x for _, ys in last for x in ys]
    say(f"final rows {len(labels)}, right {sum(labels)}")
    final = fit("final", rows, labels, seed=seed)
    return Ranker(cue[-1], content[-1], source[-1], final, tables[-1], projection)


def _stack(parts: list[tuple[list[list[float]], list[int]]]) -> tuple[Any, list[int]]:
    return rank.matrix([r for rows, _ in parts for r in rows]), [y for _, ys in parts for y in ys]


def _join(parts: list[tuple[Any, list[int]]]) -> tuple[Any, list[int]]:
    return np.vstack([p[0] for p in parts]), [y for p in parts for y in p[1]]


def save(ranker: Ranker, path: Path) -> None:
    """Write the ranker as arrays: the same input gives the same file, byte for byte."""
    data: dict[str, Any] = {"projection": ranker.projection.astype(np.float16)}
    for name in ("cue", "content", "source", "final"):
        trees: Trees = getattr(ranker, name)
        for part in ("feature", "threshold", "left", "right", "value", "roots"):
            data[f"{name}_{part}"] = getattr(trees, part)
        data[f"{name}_base"], data[f"{name}_depth"] = np.float32(trees.base), np.int32(trees.depth)
    tables = ranker.tables
    keys = sorted(tables.cues)
    data["cue_keys"] = np.array(keys)
    data["cue_stats"] = np.array([tables.cues[k] for k in keys], np.float32).T
    for name, table in (("phrase", tables.phrases), ("noun", tables.nouns), ("break", tables.breaks)):
        data[f"{name}_keys"] = np.array(sorted(table))
        data[f"{name}_rates"] = np.array([table[k] for k in sorted(table)], np.float32)
    wide = sorted({*tables.types, *tables.routes})
    none_t, none_r = tables.types["*/v"], tables.routes["*/v"]
    data["wide_keys"] = np.array(wide)
    data["wide_types"] = np.array([_of(tables.types, k, none_t) for k in wide], np.float16)
    data["wide_routes"] = np.array([_of(tables.routes, k, none_r) for k in wide], np.float16)
    np.savez_compressed(path, **data)


def _of(table: Any, key: str, none: Any) -> Any:
    return table.get(key, table.get(f"*/{key[-1:]}", none))


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--cache", type=Path, help="folder to keep parses in")
    parser.add_argument(
        "--hold", type=float, default=0.0, help="share of articles to leave out, by hash of the id"
    )
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    start = time.process_time()

    def say(text: str) -> None:
        print(f"{time.process_time() - start:7.1f} s  {text}", file=sys.stderr, flush=True)

    rows = [r for r in read_rows(options.gold) if not held_out(r["id"], options.hold)]
    cases = load_cases(rows, options.cache)
    say(f"{len(cases)} articles, {sum(len(c.gold) for c in cases)} attributions")
    save(train(cases, say=say, seed=options.seed), options.out)
    say(f"wrote {options.out} ({options.out.stat().st_size / 1e6:.2f} MB)")


def held_out(article: str, share: float) -> bool:
    """True for the articles that ``--hold`` leaves out."""
    return int(hashlib.sha256(f"hold {article}".encode()).hexdigest(), 16) % 1000 < share * 1000


if __name__ == "__main__":
    main()
