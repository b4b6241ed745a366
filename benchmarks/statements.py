"""Attributed statements beside the gold and beside textacy, in one run.

    PYTHONPATH=src python -m benchmarks.statements [--shared DIR] [--limit N] [--textacy] [--misses 20]

Prints, for PolNeAR dev and GUM news dev, strict (content token F1 >= 0.8) and loose (>= 0.5) precision,
recall and F1 with the speaker's head right as well, over "statements" (a speech cue or any double
quotation mark), over everything and over direct speech, with 95% bootstrap intervals over articles; the
confusion of kinds; words per CPU second with the parse apart. Nested attributions (inside another's
content) are left out for PolNeAR, which never nests, and counted for GUM, which does.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from detente.language import ParsedArticle, load_model, parse_articles
from detente.readers.statements import attribute
from detente.readers.statements.find import Attributions
from detente.readers.statements.view import View, view_of
from training.statements.gold import (
    FileCache,
    GoldAttribution,
    Predicted,
    article_of,
    gold_of,
    match,
    overlap,
    read_rows,
    word_tokens,
)

Counts = dict[str, tuple[int, int, int]]
SETS = (("PolNeAR dev", "polnear_dev.jsonl", False), ("GUM news dev", "gum_news_dev.jsonl", True))
_DOUBLE = frozenset('"“”„‟«»＂')


@dataclass
class Scored:
    """One article: gold and predictions, and where they meet."""

    row: dict[str, Any]
    view: View
    gold: list[GoldAttribution]
    predicted: list[Predicted]


def shared_folder() -> Path:
    """Where the public benchmark data lies: DETENTE_SHARED, else ``../shared`` beside the repository."""
    return Path(os.environ.get("DETENTE_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def ours(found: Attributions, *, nested: bool) -> list[Predicted]:
    """Our attributions in the terms of the gold."""
    predicted = []
    for a in found.found:
        if a.outer >= 0 and not nested:
            continue
        span = a.choice.source_range or (0, 0)
        words = word_tokens(found.view, a.choice.parts)
        kind = kind_by_marks(found, a.choice.parts, words)
        speech = a.speech or kind != "indirect"
        predicted.append(
            Predicted(words, frozenset(range(*span)), a.choice.source, kind, speech, a.confidence)
        )
    return predicted


def kind_by_marks(found: Attributions, parts: Any, words: frozenset[int]) -> str:
    """The gold's rule: the share of content words inside double marks ('' and single marks do not count)."""
    if not words:
        return "indirect"
    inside = sum(1 for i in words if found.view.quote[i] >= 0 and _is_double(found, i))
    return "direct" if inside >= 0.9 * len(words) else "mixed" if inside else "indirect"


def _is_double(found: Attributions, token: int) -> bool:
    quote = found.quotes[found.view.quote[token]]
    around = [quote.outer_start, min(quote.outer_end, len(found.view)) - 1]
    return any(found.view.text[i][:1] in _DOUBLE for i in around)


def counts_of(article: Scored, *, at_least: float) -> Counts:
    """Predicted, gold and matched, by measure, for one article."""
    own = [p for p in article.predicted if p.confidence >= at_least]
    said = [p for p in own if p.speech]
    gold_said = [g for g in article.gold if g.speech]
    direct = [p for p in own if p.kind == "direct"]
    gold_direct = [g for g in article.gold if g.kind == "direct"]
    found: Counts = {}
    for name, mine, theirs, least in (
        ("statements strict", said, gold_said, 0.8),
        ("statements loose", said, gold_said, 0.5),
        ("ALL strict", own, article.gold, 0.8),
        ("direct strict", direct, gold_direct, 0.8),
        ("shown right (any gold, strict)", said, article.gold, 0.8),
        ("shown right (any gold, loose)", said, article.gold, 0.5),
    ):
        found[name] = (len(mine), len(theirs), len(match(mine, theirs, least=least)))
    return found


def summary(articles: Sequence[Scored], *, at_least: float, draws: int = 500) -> dict[str, str]:
    """Precision, recall and F1 by measure, with the F1's interval."""
    each = [counts_of(a, at_least=at_least) for a in articles]
    random = np.random.default_rng(0)
    picks = random.integers(0, len(each), (draws, len(each)))
    lines = {}
    for name in each[0]:
        table = np.array([c[name] for c in each])
        p, r, f = prf(table.sum(axis=0))
        spread = np.percentile([prf(table[pick].sum(axis=0))[2] for pick in picks], [2.5, 97.5])
        lines[name] = f"P {p:5.1f}  R {r:5.1f}  F1 {f:5.1f} [{spread[0]:.1f}, {spread[1]:.1f}]"
    return lines


def prf(counts: Any) -> tuple[float, float, float]:
    """Percentages from predicted, gold and matched."""
    mine, theirs, both = (float(c) for c in counts)
    p, r = both / max(mine, 1), both / max(theirs, 1)
    return 100 * p, 100 * r, 200 * p * r / max(p + r, 1e-9)


def score_ours(
    rows: Sequence[dict[str, Any]], *, cache: Path | None, nested: bool
) -> tuple[list[Scored], float, float]:
    """Read every row with our engine; also the CPU seconds of the parse and of the layer."""
    store = FileCache(cache) if cache else None
    model = load_model()
    begin = time.process_time()
    parsed: list[ParsedArticle] = list(
        parse_articles((article_of(r) for r in rows), cache=store, model=model)
    )
    parse_seconds = time.process_time() - begin
    attribute(parsed[0])  # load the ranker outside the timing
    begin = time.process_time()
    found = [attribute(p, threshold=0.05) for p in parsed]
    seconds = time.process_time() - begin
    scored = [
        Scored(row, f.view, gold_of(row, f.view), ours(f, nested=nested))
        for row, f in zip(rows, found, strict=True)
    ]
    return scored, parse_seconds, seconds


def score_textacy(rows: Sequence[dict[str, Any]]) -> tuple[list[Scored], int]:
    """The same rows through textacy's direct quotations; also how many articles it lost."""
    from textacy.extract.triples import direct_quotations

    model = load_model()
    lost = 0
    scored = []
    for row, parsed in zip(rows, parse_articles((article_of(r) for r in rows), model=model), strict=True):
        view = view_of(parsed)
        predicted = []
        try:
            for triple in direct_quotations(model(row["text"])):
                predicted.append(_from_textacy(view, triple))
        except Exception:
            lost += 1
        scored.append(Scored(row, view, gold_of(row, view), predicted))
    return scored, lost


def _from_textacy(view: View, triple: Any) -> Predicted:
    def tokens(first: Any, last: Any) -> range:
        start, end = first.idx, last.idx + len(last)
        return range(view.token_at(start), view.token_at(end - 1) + 1)

    content = tokens(triple.content[0], triple.content[-1])
    speaker = tokens(triple.speaker[0], triple.speaker[-1]) if triple.speaker else range(0)
    inside = set(speaker)
    head = next((i for i in speaker if view.head[i] not in inside or view.head[i] == i), -1)
    return Predicted(
        word_tokens(view, [(content.start, content.stop)]), frozenset(speaker), head, "direct", True
    )


def confusion(articles: Sequence[Scored], *, at_least: float) -> Counter[tuple[str, str]]:
    """Gold kind against what was made of it: our kind, or "missed"; and our kind against "nothing"."""
    table: Counter[tuple[str, str]] = Counter()
    for article in articles:
        own = [p for p in article.predicted if p.confidence >= at_least and p.speech]
        pairs = dict(match(own, article.gold, least=0.5))
        for i, p in enumerate(own):
            table[(article.gold[pairs[i]].kind if i in pairs else "nothing", p.kind)] += 1
        for j in set(range(len(article.gold))) - set(pairs.values()):
            if article.gold[j].speech:
                table[(article.gold[j].kind, "missed")] += 1
    return table


def worst(articles: Sequence[Scored], *, at_least: float, count: int) -> Iterator[str]:
    """The longest gold statements that were missed, with the nearest prediction."""
    misses = []
    for article in articles:
        own = [p for p in article.predicted if p.confidence >= at_least]
        pairs = {j for _, j in match(own, article.gold, least=0.8)}
        for j, g in enumerate(article.gold):
            if j not in pairs and g.speech:
                near = max((overlap(p.content, g.content) for p in own), default=0.0)
                misses.append((len(g.content), near, article, g))
    for size, near, article, g in sorted(misses, key=lambda m: -m[0])[:count]:
        cue = " ".join(article.view.text[i] for i in g.cue)
        words = " ".join(article.view.text[i] for i in sorted(g.content)[:14])
        yield f"{size:4d} words, nearest {near:.2f}, {g.kind}, cue {cue!r}: {words} …"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=shared_folder())
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--threshold", type=float, action="append")
    parser.add_argument("--cache", type=Path, help="keep parses here (the parse is then not timed)")
    parser.add_argument("--textacy", action="store_true")
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    for name, file, nested in SETS:
        rows = read_rows(options.shared / "bench" / "statements" / file)[: options.limit]
        report(name, rows, nested, options, print)


def report(
    name: str, rows: list[dict[str, Any]], nested: bool, options: Any, say: Callable[[str], None]
) -> None:
    """Score one set and print it."""
    words = sum(len(r["text"].split()) for r in rows)
    scored, parse, layer = score_ours(rows, cache=options.cache, nested=nested)
    say(f"\n{name}: {len(rows)} articles, {words} words")
    say(
        f"  parse {words / parse:.0f} words per CPU second; "
        f"statements {words / layer:.0f}, {100 * layer / parse:.0f}% of it"
    )
    for threshold in options.threshold or (0.4, 0.5, 0.8):
        say(f"  ours at confidence {threshold}")
        for measure, line in summary(scored, at_least=threshold).items():
            say(f"    {measure:32s} {line}")
    say(
        "  kinds at 0.5 (gold, ours): "
        + ", ".join(f"{g}>{o} {n}" for (g, o), n in sorted(confusion(scored, at_least=0.5).items()))
    )
    for line in worst(scored, at_least=0.5, count=options.misses):
        say(f"    {line}")
    if options.textacy:
        peer, lost = score_textacy(rows)
        say(f"  textacy ({lost} articles lost to an error)")
        for measure, line in summary(peer, at_least=0.0).items():
            say(f"    {measure:32s} {line}")


if __name__ == "__main__":
    main()
