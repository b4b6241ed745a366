"""Furniture, statements, meetings, positions, measures, figures and events of six invented piles, against gold.

    python -m tests.quality.pile_scores [-v | -d] [PILE …]

The piles stand in ``tests/fixtures/piles``, each with a README that holds the scores of the first reading, made
before any reader was mended on them: those are the figures for an unseen crisis. Without a name the earlier two are
scored together, the later two and the newest two. Each file is read as ``detente read``
reads it (page, article, readers), so a menu line taken for news costs here too. ``-v`` prints what went wrong, ``-d``
every record of the scored layers.

Statements are marked by their key ones: recall is of those, ``speaker`` the share of the found whose speaker is right,
``hearer`` the share of the found whose hearer is, where gold names one. Events are scored in the newest piles alone: type,
who (by name or country), to whom, and whether it is told as a fact.
Limits: one reading by the piles' author; a record that gold does not mark is false, also where a reader could defend it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from detente.article import read_article
from detente.language import parse_articles
from detente.readers.index import ActorIndex
from detente.readers.registry import load_readers
from detente.record import Article, Page, Reading, Statement
from detente.source import read_pages
from tests.quality.crisis_scores import LAYERS, Gold, Tally, _count, _names, _show, find
from tests.readers.event_reading import Read

PILES = Path(__file__).parents[1] / "fixtures" / "piles"
EARLIER = ("cod_war_1976", "qatar_2017")
LATER = ("bosnia_1995", "east_med_2020")
NEWEST = ("badme_2000", "niger_2023")
NAMES = (*EARLIER, *LATER, *NEWEST)


def gold_of(name: str) -> list[Gold]:
    """The gold lines of a pile."""
    lines = (PILES / name / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@cache
def read_pile(name: str) -> dict[str, Read]:
    """Each report of a pile, read as the main job reads it, by its file's name."""
    found = {}
    for page in read_pages([str(PILES / name / "reports")]):
        if not isinstance(page, Page):
            continue
        article = read_article(page)
        assert isinstance(article, Article), page.source
        [parsed] = parse_articles([article])
        reading, actors = Reading(article.id), ActorIndex()
        for reader in load_readers():
            reader.read(parsed, reading, actors)
        found[Path(page.source).name] = Read(article, reading, actors)
    return found


def score(names: Iterable[str] = NAMES) -> tuple[dict[str, Tally], Counter[str], list[str]]:
    """Tallies a layer; counts of statements and furniture; and what went wrong with these."""
    tallies = {layer: Tally() for layer in (*LAYERS, *(["events"] if set(names) <= set(NEWEST) else []))}
    counts, wrong = Counter[str](), list[str]()
    for name in names:
        golds, reports = gold_of(name), read_pile(name)
        for report, result in sorted(reports.items()):
            ours = [g for g in golds if g.get("report") == report]
            for layer in tallies:
                _count(tallies[layer], result, [g for g in ours if g["layer"] == layer], layer)
            for gold in ours:
                if gold["layer"] == "statements":
                    _statement(result, gold, counts, wrong)
                elif gold["layer"] == "furniture":
                    counts["furniture"] += 1
                    if _in_body(result.article, gold["words"]):
                        counts["leaked"] += 1
                        wrong.append(f"leak  {report}: {gold['words']}")
    return tallies, counts, wrong


def _in_body(article: Article, words: str) -> bool:
    at = article.text.find(words)
    return at >= 0 and any(start < at + len(words) and at < end for start, end in article.body)


def _statement(result: Read, gold: Gold, counts: Counter[str], wrong: list[str]) -> None:
    counts["statements"] += 1
    start, end = find(result.article.text, gold["words"], gold.get("nth", 1))
    found = [s for s in result.reading.statements if _holds(s, start, end)]
    if not found:
        wrong.append(f"miss  {gold['speakers']}: {gold['words']}")
        return
    counts["found"] += 1
    wanted = set(gold["speakers"])
    right = [s for s in found if _speaks(result, s, wanted, strict=gold.get("enough", 1) != 0)]
    counts["speaker"] += bool(right)
    if not right:
        names = [result.names(s.speakers) for s in found]
        wrong.append(f"speaker  {names} for {gold['speakers']}: {gold['words']}")
    if "hearers" in gold:
        counts["heard"] += 1
        hearers = [_names(result, s.addressees) & set(gold["hearers"]) for s in found]
        counts["hearer"] += any(hearers)
        if not any(hearers):
            wrong.append(f"hearer  for {gold['hearers']}: {gold['words']}")


def _speaks(result: Read, statement: Statement, wanted: set[str], *, strict: bool) -> bool:
    """Whether gold's speaker speaks; where gold names nobody, nobody's name may stand there."""
    named = _names(result, statement.speakers)
    return (
        bool(named & wanted)
        if strict and wanted
        else not named or bool(named & wanted) or not statement.named
    )


def _holds(statement: Statement, start: int, end: int) -> bool:
    shared = sum(max(0, min(end, s.end) - max(start, s.start)) for s in statement.content)
    size = sum(s.end - s.start for s in statement.content)
    return 2 * shared >= end - start and 4 * shared >= size


def _dump(name: str) -> Iterator[str]:
    for report, result in sorted(read_pile(name).items()):
        article = result.article
        yield f"=== {name}/{report}: {article.outlet} | {article.agency} | {article.byline} | {article.published}"
        yield "--- body"
        yield from (article.text[start:end] for start, end in article.body)
        for layer in (*LAYERS, "events"):
            yield f"--- {layer}"
            for record in getattr(result.reading, layer):
                if layer == "events":
                    sides = f"{result.names(record.sources)} -> {result.names(record.recipients)}"
                    words = " … ".join(result.words(s) for s in record.evidence)
                    yield f"    {record.type}/{record.mode} {record.status} {sides} | {words}"
                else:
                    yield "    " + _show(result, record)
        yield "--- statements"
        for one in result.reading.statements:
            said = " … ".join(result.words(s) for s in one.content)
            cue = result.words(one.cue) if one.cue else ""
            yield f"    {one.act} {result.names(one.speakers)} [{result.words(one.speaker) if one.speaker else ''} / {cue}] {said}"


def main() -> int:
    """Print the scores, with -v the lines that went wrong."""
    asked = tuple(one for one in sys.argv[1:] if one[0] != "-")
    if "-d" in sys.argv:
        for name in asked or NAMES:
            print(*_dump(name), sep="\n")
        return 0
    for names in [asked] if asked else [EARLIER, LATER, NEWEST]:
        _print(names)
    return 0


def _print(names: tuple[str, ...]) -> None:
    print(*names)
    tallies, counts, wrong = score(names)
    for layer, tally in tallies.items():
        print(
            f"{layer:10} P {tally.precision:.2f}  R {tally.recall:.2f}  F1 {tally.f1:.2f}  ({tally.gold} gold)"
        )
        if "-v" in sys.argv:
            print(*(f"    miss  {line}" for line in tally.misses), sep="\n")
            print(*(f"    false {line}" for line in tally.false), sep="\n")
    print(
        f"statements found {counts['found']}/{counts['statements']}  speaker {counts['speaker']}/{counts['found']}"
        f"   furniture in the body {counts['leaked']}/{counts['furniture']}"
        f"   hearer {counts['hearer']}/{counts['heard']}"
    )
    if "-v" in sys.argv:
        print(*(f"    {line}" for line in wrong), sep="\n")


if __name__ == "__main__":
    raise SystemExit(main())
