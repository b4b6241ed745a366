"""Event merging on ECB+: gold action mentions of the dev part, in the stories that we find.

    PYTHONPATH=src:. python -m benchmarks.stories_events

Prints MUC, BCubed, CEAF-e and CoNLL F1 of what :class:`detente.compare.same_act.StoryActs` joins, beside
lemma matching in the same stories and over the whole pile.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.stories import ROOT, story_articles
from detente.compare import MemoryPile
from detente.compare.episodes import find_episodes
from detente.compare.same_act import Mention, StoryActs
from detente.compare.stories.scorer import Scorer
from detente.compare.stories.stream import join_rows

LEAST = 0.35
"""Average probability from which mentions are one act; chosen by cross-validation over topics."""
_TAKES = ("nsubj", "agent", "csubj", "poss", "nsubjpass", "dobj", "obj", "dative", "attr", "compound")
_CONTENT = ("NOUN", "PROPN", "VERB", "NUM", "ADJ")


def read_mentions(root: Path = ROOT) -> tuple[list[Mention], list[str], list[str]]:
    """The action mentions of the sentences that the gold labels whole, their chains and their topics."""
    from detente.language import load_model

    lines = (root / "bench/events/ecbplus_dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    mentions, chains, topics = [], [], []
    for row, doc in zip(rows, load_model().pipe((r["text"] for r in rows), batch_size=16), strict=True):
        key = "a-" + hashlib.sha256(row["id"].encode()).hexdigest()[:16]
        for gold in row["mentions"]:
            if gold["sentence"] in row["evaluation_sentences"] and "ACTION" in gold["class"]:
                head = doc.char_span(gold["start"], gold["end"], alignment_mode="expand").root
                mentions.append(_mention(head, key, gold["sentence"]))
                chains.append(gold.get("chain") or f"{key} {gold['m_id']}")
                topics.append(str(row["topic"]))
    return mentions, chains, topics


def _mention(head: Any, article: str, sentence: int) -> Mention:
    words = frozenset(t.lemma_.casefold() for t in head.sent if t.pos_ in _CONTENT and len(t.text) > 1)
    return Mention(head.lemma_.casefold(), article, sentence, _parties(head), words)


def _parties(head: Any) -> frozenset[str]:
    """The nouns that depend on a word for an act, or that it depends on."""
    found = [c for c in head.children if c.dep_ in _TAKES]
    found += [o for c in head.children if c.dep_ == "prep" for o in c.children if o.dep_ == "pobj"]
    if head.dep_ in ("relcl", "acl", "compound"):
        found.append(head.head)
    if head.dep_ in ("conj", "xcomp", "advcl"):
        found += [c for c in head.head.children if c.dep_ == "nsubj"]
    if head.dep_ in ("dobj", "nsubj", "nsubjpass"):
        found += [c for c in head.head.children if c is not head and c.dep_ in ("nsubj", "dobj", "nsubjpass")]
    wide = [t for f in found for t in (list(f.subtree) if len(list(f.subtree)) < 8 else [f])]
    return frozenset(t.lemma_.casefold() for t in wide if t.pos_ in ("NOUN", "PROPN", "NUM"))


def find_stories(root: Path = ROOT) -> dict[str, str]:
    """Article → the story that we put it in."""
    episodes = find_episodes(MemoryPile(story_articles("ecb", root)[0]))
    longer = {e.part_of for e in episodes}
    return {a: e.id for e in episodes if e.id not in longer for a in e.articles}


def by_story(mentions: Sequence[Mention], stories: dict[str, str]) -> list[list[int]]:
    """The numbers of the mentions of each story."""
    found: dict[str, list[int]] = defaultdict(list)
    for n, mention in enumerate(mentions):
        found[stories[mention.article]].append(n)
    return list(found.values())


def join_mentions(
    mentions: Sequence[Mention], groups: Sequence[list[int]], scorers: dict[int, Scorer | None], *, least: float = LEAST
) -> list[int]:
    """A label for each mention; ``scorers`` by the number of a group's first mention (None: the one shipped)."""
    labels = [0] * len(mentions)
    following = 0
    for group in groups:
        acts = StoryActs([mentions[n] for n in group], scorer=scorers.get(group[0]))
        links: list[dict[int, float]] = [{} for _ in group]
        for a, b, value in acts.links():
            links[a][b] = links[b][a] = value
        for joined in join_rows(range(len(group)), links, least=least):
            following += 1
            for n in joined:
                labels[group[n]] = following
    return labels


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def conll(found: Sequence[Hashable], gold: Sequence[Hashable]) -> dict[str, float]:
    """MUC, BCubed, CEAF-e F1 and their mean, over the same mentions."""
    both = Counter(zip(found, gold, strict=True))
    ours, theirs = Counter(found), Counter(gold)
    muc = _f1(_links_kept(both, ours, 0), _links_kept(both, theirs, 1))
    count = len(found)
    precision = sum(n * n / ours[a] for (a, _), n in both.items()) / count
    recall = sum(n * n / theirs[b] for (_, b), n in both.items()) / count
    ceaf = _best_match(both, ours, theirs)
    scores = {"MUC": muc, "BCubed": _f1(precision, recall), "CEAF-e": _f1(ceaf / len(ours), ceaf / len(theirs))}
    return {**scores, "CoNLL": sum(scores.values()) / 3}


def _links_kept(both: Counter[Any], whole: Counter[Any], side: int) -> float:
    parts = Counter(pair[side] for pair in both)
    total = sum(n - 1 for n in whole.values())
    return sum(whole[c] - parts[c] for c in whole) / total if total else 0.0


def _best_match(both: Counter[Any], ours: Counter[Any], theirs: Counter[Any]) -> float:
    """The greatest sum of likeness when each of our groups is set against at most one of theirs."""
    from scipy.optimize import linear_sum_assignment

    rows, columns = {c: n for n, c in enumerate(ours)}, {c: n for n, c in enumerate(theirs)}
    table = np.zeros((len(rows), len(columns)), np.float32)
    for (a, b), n in both.items():
        table[rows[a], columns[b]] = 2 * n / (ours[a] + theirs[b])
    return float(table[linear_sum_assignment(-table)].sum())


def main() -> None:
    """Print one line a way of merging."""
    mentions, chains, _ = read_mentions()
    stories = find_stories()
    ways: dict[str, Sequence[Hashable]] = {
        "lemma, whole pile": [m.lemma for m in mentions],
        "lemma, in our stories": [(stories[m.article], m.lemma) for m in mentions],
        "ours (scorer has seen these)": join_mentions(mentions, by_story(mentions, stories), {}),
    }
    for name, labels in ways.items():
        print(f"{name:32}", *(f"{k} {v:.3f}" for k, v in conll(labels, chains).items()))


if __name__ == "__main__":
    main()
