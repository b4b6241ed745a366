"""Train the event type model: ``python -m training.events.train`` from the repository's root.

Data: ``bench/events/plv_train.jsonl`` under ``DETENTE_SHARED`` (default ``../shared``). Writes
``src/detente/data/events/types.npz`` and prints five-fold scores beside the TF-IDF baseline.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import StratifiedKFold

from benchmarks.events_gold import ROOT, read_jsonl
from detente.language import load_model as load_spacy
from detente.readers.events.classify import dense_features, named_features, pair_scene

OUT = ROOT / "src" / "detente" / "data" / "events" / "types.npz"
MIN_COUNT = 2
C_SPARSE, FOLDS, SEED = 16.0, 5, 7


def read_examples() -> tuple[list[dict[str, float]], np.ndarray, list[str], list[str]]:
    """Named features, dense features, labels and texts of the training sentences."""
    rows = read_jsonl("plv_train.jsonl")
    nlp = load_spacy()
    named, dense, labels, texts = [], [], [], []
    for row, doc in zip(rows, nlp.pipe((r["text"] for r in rows), batch_size=64), strict=True):
        event = row["events"][0]
        spans = {s["role"]: (s["start"], s["end"]) for s in event["spans"]}
        if not {"source", "target"} <= spans.keys():
            continue
        scene, first, second = pair_scene(doc, spans["source"], spans["target"])
        named.append(named_features(scene, first, second))
        dense.append(dense_features(scene, first, second))
        labels.append(event["plover_root"])
        texts.append(row["text"])
    return named, np.array(dense), labels, texts


def vocabulary(named: list[dict[str, float]]) -> list[str]:
    """The features that stand in at least ``MIN_COUNT`` sentences."""
    counts: dict[str, int] = {}
    for features in named:
        for name in features:
            counts[name] = counts.get(name, 0) + 1
    return sorted(name for name, count in counts.items() if count >= MIN_COUNT and "\n" not in name)


def matrix(named: list[dict[str, float]], names: list[str], idf: np.ndarray) -> csr_matrix:
    """Rows of unit length over the named features."""
    index = {name: i for i, name in enumerate(names)}
    rows, columns, values = [], [], []
    for row, features in enumerate(named):
        found = [(index[n], v * idf[index[n]]) for n, v in features.items() if n in index]
        norm = float(np.sqrt(sum(v * v for _, v in found))) or 1.0
        for column, value in found:
            rows.append(row)
            columns.append(column)
            values.append(value / norm)
    return csr_matrix((values, (rows, columns)), shape=(len(named), len(names)))


def inverse_frequency(named: list[dict[str, float]], names: list[str]) -> np.ndarray:
    """Smoothed inverse document frequency."""
    counts = dict.fromkeys(names, 0)
    for features in named:
        for name in features:
            if name in counts:
                counts[name] += 1
    return np.array([np.log((1 + len(named)) / (1 + counts[n])) + 1 for n in names])


def fit(
    named: list[dict[str, float]], dense: np.ndarray, labels: list[str]
) -> tuple[list[str], np.ndarray, LogisticRegression]:
    """The model over sparse and dense features together."""
    names = vocabulary(named)
    idf = inverse_frequency(named, names)
    features = hstack([matrix(named, names, idf), csr_matrix(dense)]).tocsr()
    model = LogisticRegression(C=C_SPARSE, max_iter=3000, class_weight="balanced")
    return names, idf, model.fit(features, labels)


def cross_validate(
    named: list[dict[str, float]], dense: np.ndarray, labels: list[str], texts: list[str]
) -> None:
    """Print five-fold accuracy and macro-F1, ours and the TF-IDF baseline's."""
    y = np.array(labels)
    ours, base = np.empty_like(y), np.empty_like(y)
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(texts, y):
        part = [named[i] for i in train]
        names, idf, model = fit(part, dense[train], list(y[train]))
        features = hstack([matrix([named[i] for i in test], names, idf), csr_matrix(dense[test])]).tocsr()
        ours[test] = model.predict(features)
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        simple = LogisticRegression(C=10, max_iter=2000, class_weight="balanced")
        simple.fit(words.fit_transform([texts[i] for i in train]), y[train])
        base[test] = simple.predict(words.transform([texts[i] for i in test]))
    for name, guess in (("ours", ours), ("tf-idf", base)):
        macro = f1_score(y, guess, average="macro")
        print(f"{name}: accuracy {accuracy_score(y, guess):.3f} macro-F1 {macro:.3f}")
    per = f1_score(y, ours, average=None, labels=sorted(set(y)))
    print({k: round(float(v), 2) for k, v in zip(sorted(set(y)), per, strict=True)})


def write(path: Path, names: list[str], idf: np.ndarray, model: LogisticRegression) -> None:
    """Keep the weights as 16-bit floats."""
    size = len(names)
    np.savez_compressed(
        path,
        classes=" ".join(model.classes_),
        names="\n".join(names),
        idf=idf.astype("float16"),
        weights=model.coef_[:, :size].astype("float16"),
        dense=model.coef_[:, size:].astype("float16"),
        bias=model.intercept_.astype("float32"),
    )
    print(path.name, path.stat().st_size, "bytes", size, "features")


def main() -> int:
    """Cross-validate, then train on everything and write the model."""
    named, dense, labels, texts = read_examples()
    cross_validate(named, dense, labels, texts)
    names, idf, model = fit(named, dense, labels)
    write(OUT, names, idf, model)
    return 0


if __name__ == "__main__":
    sys.exit(main())
