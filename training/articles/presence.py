"""Train what tells a text dump without an article: ``detente.article.presence``, cross-validated by domain.

    python training/articles/train.py lines --out build/folds --folds                   # once
    python training/articles/presence.py --lines build/folds --out src/detente/data     # what ships
    python training/articles/presence.py --lines build/folds --out build/folds --folds  # for benchmarks

Every page is read with the line networks of the fold that left its domain out, as unseen pages are. Pages
with an article are the development dumps, and the same cut down to the article, to its first paragraphs with
and without furniture, and hard-wrapped. Pages without are the dumps with their article's lines taken out
(headline, byline and day left in or not), and section pages made of the headlines and first sentences of
other articles of the fold amid a dump's furniture. Prints what each threshold costs. Seeds are fixed; needs
scikit-learn.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).parent)]

import numpy as np  # noqa: E402
from data import FOLDS, domain_of, fold_of, read_rows  # noqa: E402
from sklearn.neural_network import MLPClassifier  # noqa: E402
from sklearn.preprocessing import StandardScaler  # noqa: E402

from detente.article.presence import KINDS, Presence, find_columns  # noqa: E402
from detente.article.settings import Settings  # noqa: E402
from detente.article.text import mark_text  # noqa: E402

# How a page was made, which of KINDS it is, and how often it counts in training.
WAYS = {
    "dump": (0, 2), "article": (0, 1), "brief": (0, 1), "bare brief": (0, 1), "wrapped": (0, 1),
    "stripped": (1, 2), "joined": (1, 2), "no head": (1, 1), "section page": (2, 1),
}  # fmt: skip
OPTIONS: dict[str, Any] = {
    "hidden_layer_sizes": (24,), "alpha": 1.0, "max_iter": 25, "batch_size": 200, "learning_rate_init": 2e-3,
}  # fmt: skip
MEMBERS = 2
LONG = 80
# Pages with an article must keep this much to be judged; less is refused anyway.
LEAST_BODY = Settings().least_body
Line = dict[str, Any]


class Case(NamedTuple):
    """A page's columns, how it was made, its fold, and whether it is the rendering to score on."""

    columns: np.ndarray
    way: str
    fold: int
    primary: bool


def keep_lines(row: dict[str, Any], keep: Callable[[Line], bool]) -> str:
    """The text of a dump with some of its lines, each with the space before it."""
    parts, at = [], 0
    for line in row["lines"]:
        if keep(line):
            parts.append(row["text"][at : line["end"]])
        at = line["end"]
    return "".join(parts)


def is_body(line: Line) -> bool:
    """True for a line of the article."""
    return bool(line["label"] == "article")


def lines_of(row: dict[str, Any]) -> list[str]:
    """The article's longer lines."""
    return [
        row["text"][x["start"] : x["end"]]
        for x in row["lines"]
        if is_body(x) and x["end"] - x["start"] > LONG
    ]


def make_pages(
    row: dict[str, Any], others: list[dict[str, Any]], chance: random.Random
) -> Iterator[tuple[str, str]]:
    """Every page made of a dump: the way, and its text."""
    yield "dump", row["text"]
    yield "stripped", keep_lines(row, lambda line: not is_body(line))
    bare = keep_lines(row, lambda line: not is_body(line) and not line.get("kind"))
    yield "no head", bare
    yield "section page", make_section(bare, others, chance)
    article = keep_lines(row, lambda line: is_body(line) or bool(line.get("kind")))
    yield "article", article
    long = [line for line in row["lines"] if is_body(line) and line["end"] - line["start"] > LONG]
    first = long[: chance.choice((3, 4, 6))]
    if len(first) >= 3:
        stop = first[-1]["end"]
        yield "brief", keep_lines(row, lambda line: not is_body(line) or line["end"] <= stop)
        yield (
            "bare brief",
            keep_lines(row, lambda line: line["end"] <= stop if is_body(line) else bool(line.get("kind"))),
        )
    if row["primary"]:
        yield "joined", re.sub(r"\n\s*\n", "\n", keep_lines(row, lambda line: not is_body(line)))
        yield "wrapped", "\n\n".join(textwrap.fill(p, 72) for p in article.split("\n") if p.strip())


def make_section(furniture: str, others: list[dict[str, Any]], chance: random.Random) -> str:
    """A section page: teasers of other articles amid a dump's furniture."""
    number, gap = chance.choice((6, 10, 16, 24)), chance.choice(("\n", "\n\n"))
    form = chance.choice(("title words", "title words day", "day title words", "title cut"))
    teasers = []
    for row in chance.sample(others, min(len(others), number)):
        lead = lines_of(row)[0]
        sentence = re.match(r".{40,260}?[.!?。](?=\s|$|[\"”])", lead, re.DOTALL)
        cut = lead[: chance.choice((90, 140, 200))].rsplit(" ", 1)[0] + chance.choice(("…", "...", " [...]"))
        parts = {
            "title": row["title"], "words": sentence[0] if sentence else lead[:160], "cut": cut,
            "day": str(row["date"] or "")[:10],
        }  # fmt: skip
        teasers.append(gap.join(parts[name] for name in form.split() if parts[name]))
    head = furniture[: len(furniture) // 3].rsplit("\n", 1)[0]
    return "\n\n".join((head, *teasers, furniture[len(head) :]))


def read_cases(lines: Path) -> list[Case]:
    """Every page with its columns, read by line networks that never saw its domain."""
    rows = list(read_rows("dump_dev"))
    folds = {row["id"]: fold_of(domain_of(row["url"], row["page"])) for row in rows}
    leads = [row for row in rows if row["primary"] and row["title"] and lines_of(row)]
    chance, cases = random.Random(0), []
    for row in rows:
        fold = folds[row["id"]]
        near = [other for other in leads if folds[other["id"]] == fold]
        same = [other for other in near if other["lang"] == row["lang"]]
        for way, text in make_pages(row, same or near, chance):
            marked, features = mark_text(text, Settings(weights=lines / str(fold)))
            if sum(len(w) for w, keep in zip(marked.words, marked.kept, strict=True) if keep) >= LEAST_BODY:
                cases.append(Case(find_columns(marked, features), way, fold, row["primary"]))
    return cases


def train(cases: list[Case]) -> dict[str, np.ndarray]:
    """The arrays that ``Presence`` reads."""
    repeated = [case for case in cases for _ in range(WAYS[case.way][1])]
    columns = np.stack([case.columns for case in repeated])
    scale = StandardScaler().fit(columns)
    kinds = [WAYS[case.way][0] for case in repeated]
    members = [
        MLPClassifier(random_state=seed, **OPTIONS).fit(scale.transform(columns), kinds)
        for seed in range(MEMBERS)
    ]
    stacked = {
        f"{name}{layer + 1}": np.stack([getattr(member, field)[layer] for member in members])
        for layer in (0, 1)
        for name, field in (("w", "coefs_"), ("b", "intercepts_"))
    }
    arrays = stacked | {"mean": scale.mean_, "scale": scale.scale_ + 1e-6}
    return {key: value.astype(np.float32) for key, value in arrays.items()}


def print_curve(cases: list[Case], chances: np.ndarray) -> None:
    """What every threshold refuses, by the way a page was made (primary renderings)."""
    print("| threshold | " + " | ".join(WAYS) + " |\n" + "|---" * (len(WAYS) + 1) + "|")
    ways = np.array([case.way if case.primary else "" for case in cases])
    for least in (0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3):
        row = " | ".join(f"{(chances[ways == way] < least).sum()} of {(ways == way).sum()}" for way in WAYS)
        print(f"| {least} | {row} |")


def main() -> None:
    """Parse the command line, train, cross-validate, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=Path, required=True, help="folder of the line networks, one a fold")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", action="store_true")
    arguments = parser.parse_args()
    cases = read_cases(arguments.lines)
    if not arguments.folds:
        np.savez_compressed(arguments.out / "presence.npz", **train(cases))
        return
    chances = np.zeros(len(cases))
    for fold in range(FOLDS):
        arrays = train([case for case in cases if case.fold != fold])
        (arguments.out / str(fold)).mkdir(parents=True, exist_ok=True)
        np.savez_compressed(arguments.out / str(fold) / "presence.npz", **arrays)
        network = Presence(arrays)
        for index, case in enumerate(cases):
            if case.fold == fold:
                chances[index] = network.score(case.columns)[KINDS.index("article")]
    print_curve(cases, chances)


if __name__ == "__main__":
    main()
