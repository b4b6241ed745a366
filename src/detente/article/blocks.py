"""What the block model sees of a page beside its words: tags, links, class names, an extractor's choice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from detente.article.align import align_output, words_of
from detente.article.features import Features, Floats, Ints, find_features, hash_name
from detente.article.render import Rendered
from detente.article.units import Unit

# By cross-validation trafilatura as a witness lifts 4-gram F1 on unseen news domains from .950 to .958;
# adding readability-lxml changes nothing beyond noise and would double the cost.
VOTERS = ("trafilatura",)
OWN_TAGS = (
    "p", "h1", "h2", "h3", "h4", "li", "td", "th", "blockquote", "figcaption", "div", "button", "label",
    "pre", "dd", "section",
)  # fmt: skip
AROUND = (
    "nav", "header", "footer", "aside", "figure", "form", "article", "main", "table", "ul", "ol",
    "blockquote", "section", "button",
)  # fmt: skip
_NAME = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
LEVELS = 6
_NAMED = ("class", "id", "itemprop", "role", "data-testid")
_NONE: set[int] = set()
_OWN = {tag: index for index, tag in enumerate(OWN_TAGS)}
_FLAGS = {tag: 1 << index for index, tag in enumerate(AROUND)}


class _Around:
    """Ancestors' tags and names of an element, worked out once an element."""

    def __init__(self) -> None:
        self.flags: dict[Any, tuple[int, int]] = {}
        self.own: dict[Any, tuple[int, ...]] = {}

    def flags_of(self, element: Any) -> tuple[int, int]:
        """Bit set of the tags around an element, and its depth."""
        path = []
        while element is not None and element not in self.flags:
            path.append(element)
            element = element.getparent()
        flags, depth = self.flags[element] if element is not None else (0, 0)
        for inner in reversed(path):
            flags, depth = flags | _FLAGS.get(inner.tag, 0), depth + 1
            self.flags[inner] = (flags, depth)
        return flags, depth

    def names_of(self, element: Any) -> tuple[int, ...]:
        """Buckets of the element's own tag, class, id and role words."""
        known = self.own.get(element)
        if known is None:
            held = dict(element.items())
            words = " ".join([held[key] for key in _NAMED if held.get(key)]) if held else ""
            known = self.own[element] = _name_buckets(str(element.tag), words[:200])
        return known


@lru_cache(maxsize=20_000)
def _name_buckets(tag: str, words: str) -> tuple[int, ...]:
    names = {name.lower() for name in _NAME.findall(words)}
    return tuple(hash_name(name) for name in sorted(names | {f"<{tag}>"}))


def find_block_features(rendered: Rendered, votes: Mapping[str, Sequence[float]]) -> Features:
    """Features of every block of a rendered page.

    Args:
        rendered: a page with at least one block.
        votes: how much of each block each extractor keeps; one that abstained is missing.
    """
    around = _Around()
    names: list[Ints] = []
    known: dict[tuple[Any, tuple[int, ...]], Ints] = {}
    flags: list[int] = []
    depths: list[int] = []
    tags: list[int] = []
    above: dict[Any, set[int]] = {}
    for block in rendered.blocks:
        element = block.element
        bits, depth = around.flags_of(element)
        flags.append(bits)
        depths.append(min(depth, 40))
        tags.append(_OWN.get(element.tag, -1))
        parent = element.getparent()
        if parent is not None and parent not in above:
            above[parent] = _names(parent, around, LEVELS - 1)
        own = around.names_of(element)
        # Paragraphs side by side mostly share their classes, and with them all their names.
        if (parent, own) not in known:
            known[parent, own] = np.array(sorted(above.get(parent, _NONE).union(own)), dtype=np.int64)
        names.append(known[parent, own])
    count = len(rendered.blocks)
    sizes = np.array([max(b.end - b.start, 1) for b in rendered.blocks])
    links = np.array([b.links for b in rendered.blocks]) / sizes
    columns: list[Floats] = [
        np.stack([links, np.array(depths) / 40], axis=1),
        np.array(_parent_weights(rendered)),
        np.array(tags)[:, None] == np.arange(len(OWN_TAGS)),
        (np.array(flags)[:, None] & (1 << np.arange(len(AROUND)))) > 0,
    ]
    columns += [_vote_columns(votes.get(voter), count) for voter in VOTERS]
    units = [Unit(b.start, b.end, 0, 0) for b in rendered.blocks]
    owners = np.repeat(np.arange(count), [len(part) for part in names])
    tokens = (np.concatenate(names), owners)
    return find_features(rendered.text, units, extra=np.concatenate(columns, axis=1), names=tokens)


def add_votes(features: Features, votes: Mapping[str, Sequence[float]]) -> Features:
    """The features of blocks that were found without votes, with what each extractor keeps."""
    columns = np.concatenate([_vote_columns(votes.get(v), len(features.dense)) for v in VOTERS], axis=1)
    dense = np.concatenate([features.dense[:, : -columns.shape[1]], columns], axis=1)
    return Features(dense, features.buckets, features.owner)


def _vote_columns(vote: Sequence[float] | None, count: int) -> Floats:
    if vote is None:
        return np.zeros((count, 3), dtype=np.float32)
    values = np.array(vote, dtype=np.float32)
    return np.stack(
        [values, (values >= 0.6).astype(np.float32), np.full(count, float(values.any()), np.float32)], axis=1
    )


def _names(element: Any, around: _Around, levels: int) -> set[int]:
    """Buckets of an element and those around it, ``levels`` in all."""
    buckets: set[int] = set()
    level = 0
    while element is not None and level < levels:
        buckets.update(around.names_of(element))
        element = element.getparent()
        level += 1
    return buckets


def _parent_weights(rendered: Rendered) -> list[list[float]]:
    """Share of the page's unlinked text under a block's parent and grandparent: where the prose sits."""
    total = 1.0
    under: dict[Any, float] = {}
    lines = []
    for block in rendered.blocks:
        free = float(block.end - block.start - block.links)
        total += free
        parent = block.element.getparent()
        grand = parent.getparent() if parent is not None else None
        great = grand.getparent() if grand is not None else None
        lines.append((parent, grand, great))
        for element in (parent, grand, great):
            if element is not None:
                under[element] = under.get(element, 0.0) + free
    return [[under.get(e, 0.0) / total if e is not None else 0.0 for e in line] for line in lines]


def find_votes(
    rendered: Rendered, outputs: Mapping[str, str | None]
) -> tuple[dict[str, list[float]], dict[str, float]]:
    """What each extractor keeps of every block, and how much of its text the page's blocks do not hold."""
    words = [words_of(rendered.text[b.start : b.end]) for b in rendered.blocks]
    votes: dict[str, list[float]] = {}
    lost: dict[str, float] = {}
    for name, output in outputs.items():
        if output:
            votes[name], lost[name] = align_output(output, words)
    return votes, lost
