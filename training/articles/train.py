"""Train the taggers of ``detente.article`` and cross-validate them by domain.

    python training/articles/train.py lines --out src/detente/data          # the weights that ship
    python training/articles/train.py lines --out build/folds --folds       # one set a fold, for benchmarks

``lines`` reads plain-text dumps, ``blocks`` HTML. Data, licences and scores: ``MODEL_CARD.md``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).parent)]

import numpy as np  # noqa: E402
from data import FOLDS, dump_examples, fold_of, html_examples  # noqa: E402
from tagger import Example, fit  # noqa: E402

# Chosen by cross-validation over domains; don't tune alone.
OPTIONS = {
    "lines": {"members": 3, "epochs": 10, "at_least": 8, "embed": 8, "word_drop": 0.5, "drop": 0.35},
    "blocks": {"members": 3, "epochs": 8, "at_least": 8, "embed": 8, "word_drop": 0.5, "drop": 0.35},
}
VOTE_COLUMNS = 3


def read_examples(name: str) -> tuple[list[Example], list[str]]:
    """Examples with the domain of each; HTML pages once with and once without the extractor's vote."""
    if name == "lines":
        pairs = [(example, meta["domain"]) for meta, example in dump_examples()]
    else:
        found = [(example, meta["domain"]) for meta, example in html_examples()]
        pairs = found + [(without_vote(example), domain) for example, domain in found]
    return [example for example, _ in pairs], [domain for _, domain in pairs]


def without_vote(example: Example) -> Example:
    """The page as it looks where the extractor is not installed."""
    dense = example.dense.copy()
    dense[:, -VOTE_COLUMNS:] = 0
    return Example(dense, example.buckets, example.owner, example.labels, example.weights)


def train(name: str, examples: list[Example], domains: list[str]) -> dict[str, np.ndarray]:
    """The arrays of an ensemble, ready for ``numpy.savez_compressed``."""
    options = dict(OPTIONS[name])
    members = options.pop("members")
    arrays: dict[str, np.ndarray] = {}
    for seed in range(members):
        trainer = fit(examples, domains, seed=seed, log=lambda line: print(line, file=sys.stderr), **options)
        arrays |= {f"{seed}.{key}": value for key, value in trainer.weights().items()}
    return arrays


def main() -> None:
    """Parse the command line, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=sorted(OPTIONS))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", action="store_true")
    arguments = parser.parse_args()
    examples, domains = read_examples(arguments.name)
    for fold in range(FOLDS) if arguments.folds else [None]:
        inside = [i for i, domain in enumerate(domains) if fold is None or fold_of(domain) != fold]
        arrays = train(arguments.name, [examples[i] for i in inside], [domains[i] for i in inside])
        folder = arguments.out if fold is None else arguments.out / str(fold)
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(folder / f"{arguments.name}.npz", **arrays)
        print(f"{arguments.name} fold {fold}: {len(inside)} examples → {folder}", file=sys.stderr)


if __name__ == "__main__":
    main()
