"""The development pages as training examples: labelled units of dumps, labelled blocks of HTML.

Every page belongs to its domain, and a fold holds whole domains, so no outlet is in training and test.
"""

from __future__ import annotations

import ast
import bisect
import gzip
import hashlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from tagger import Example

from detente.article.align import RUN, runs_of, words_of
from detente.article.blocks import VOTERS, find_block_features, find_votes
from detente.article.dates import find_stamps
from detente.article.extractors import run_extractor
from detente.article.features import find_features
from detente.article.network import HEADS
from detente.article.render import Rendered, render_html
from detente.article.units import find_units

FOLDS = 5
ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("DETENTE_SHARED", ROOT.parent / "shared"))
PAGES = SHARED / "bench" / "articles"
NEWS_WEIGHT = 1.5


def read_rows(name: str) -> Iterator[dict[str, Any]]:
    """The rows of a development file (``html_dev`` or ``dump_dev``)."""
    with gzip.open(PAGES / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def domain_of(url: str, page: str) -> str:
    """The registrable part of a host, roughly; the page's own id where it has no URL."""
    host = (urlsplit(url).hostname or page).removeprefix("www.")
    labels = host.split(".")
    size = 3 if len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2 else 2
    return ".".join(labels[-size:])


def fold_of(domain: str) -> int:
    """The fold a domain is tested in."""
    return int(hashlib.sha256(domain.encode()).hexdigest(), 16) % FOLDS


def weigh(sizes: np.ndarray, weight: float) -> np.ndarray:
    """Weights by unit: longer units count more, every page about the same."""
    body = np.clip(np.sqrt(sizes / 100 + 0.2), 0.5, 3)
    weights = np.repeat((100 / len(sizes) * 0.5), len(sizes))[:, None].repeat(len(HEADS), axis=1)
    weights[:, 0] = body / body.sum() * 100
    return (weights * weight).astype(np.float32)


def dump_examples() -> Iterator[tuple[dict[str, Any], Example]]:
    """Every rendered dump with its example."""
    for row in read_rows("dump_dev"):
        text = row["text"]
        units = find_units(text)
        features = find_features(text, units)
        labels = np.zeros((len(units), len(HEADS)), np.float32)
        starts = [line["start"] for line in row["lines"]]
        for index, unit in enumerate(units):
            line = row["lines"][max(bisect.bisect_right(starts, unit.start) - 1, 0)]
            labels[index, 0] = line["label"] == "article"
            for kind in line.get("kind") or ():
                labels[index, HEADS.index(kind)] = 1
        sizes = np.array([u.end - u.start for u in units])
        weights = weigh(sizes, NEWS_WEIGHT if row["news"] else 1.0)
        meta = {key: row[key] for key in ("id", "page", "news", "lang", "primary", "render")}
        meta |= {"domain": domain_of(row["url"], row["page"]), "sizes": sizes}
        dense = features.dense.astype(np.float16)
        yield (
            meta,
            Example(
                dense, features.buckets.astype(np.int32), features.owner.astype(np.int32), labels, weights
            ),
        )


def html_examples(
    outputs: dict[str, dict[str, str]] | None = None,
) -> Iterator[tuple[dict[str, Any], Example]]:
    """Every HTML page with its example; ``outputs`` are the extractors' texts where already at hand."""
    for row in read_rows("html_dev"):
        rendered = render_html(row["html"])
        if not rendered.blocks:
            continue
        said = {v: outputs[v][row["id"]] if outputs else run_extractor(v, row["html"]) for v in VOTERS}
        votes, _ = find_votes(rendered, said)
        features = find_block_features(rendered, votes)
        labels = label_blocks(rendered, row)
        sizes = np.array([b.end - b.start for b in rendered.blocks])
        news = not row["id"].startswith("wcxb")
        meta = {
            "id": row["id"],
            "news": news,
            "domain": domain_of(row.get("url") or "", row["id"]),
            "sizes": sizes,
        }
        meta["voted"] = tuple(votes)
        weights = weigh(sizes, NEWS_WEIGHT if news else 1.0)
        dense = features.dense.astype(np.float16)
        yield (
            meta,
            Example(
                dense, features.buckets.astype(np.int32), features.owner.astype(np.int32), labels, weights
            ),
        )


def label_blocks(rendered: Rendered, row: dict[str, Any]) -> np.ndarray:
    """Labels of blocks by head.

    Body: the gold body holds most of the block's words; short blocks must be one of its lines. Headline: the
    gold title. Byline and date: short blocks outside the body with a gold author's name or the gold day.
    """
    labels = np.zeros((len(rendered.blocks), len(HEADS)), np.float32)
    lines = [words_of(line) for line in row["body"].splitlines()]
    runs = runs_of([word for line in lines for word in line])
    whole = {tuple(line) for line in lines}
    title = tuple(words_of(row.get("title") or ""))
    authors = [name.casefold() for name in gold_authors(row)]
    day = (row.get("date") or "")[:10]
    for index, block in enumerate(rendered.blocks):
        words = words_of(rendered.text[block.start : block.end])
        if tuple(words) == title and title:
            labels[index, 1] = 1
        if len(words) >= RUN:
            own = runs_of(words)
            labels[index, 0] = len(own & runs) / len(own) >= 0.6
        else:
            labels[index, 0] = bool(words) and tuple(words) in whole
        text = rendered.text[block.start : block.end]
        if len(text) <= 120 and not labels[index, 0]:
            labels[index, 2] = any(name in text.casefold() for name in authors)
            labels[index, 3] = bool(day) and any(
                s.day.isoformat() == day for s in find_stamps(text, day_first=True)
            )
    return labels


def gold_authors(row: dict[str, Any]) -> list[str]:
    """The gold authors of a page as a list of names (both ways the sources write them)."""
    value = row.get("author") or ""
    if isinstance(value, list):
        value = str(value)
    try:
        names = [str(name) for name in ast.literal_eval(value)]
    except (ValueError, SyntaxError, TypeError):
        names = re.split(r",\s+(?:and\s+)?|\s+and\s+|\s+&\s+", value)
    return [name.strip() for name in names if len(name.strip()) > 3]
