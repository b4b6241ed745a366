"""Page reading beside its peers on the development pages.

    python benchmarks/articles.py html|dumps|metadata

    python training/articles/train.py blocks --out build/folds --folds     # once: weights a fold
    python benchmarks/articles.py html --folds build/folds

Every base extractor that installs and ours read the same HTML in one run; scores are over runs of four words
against the gold body (F1, precision, recall, share of pages exactly right), with pages per CPU second, what ours
costs against the extractors it calls, and a paired bootstrap interval of ours minus each peer. ``metadata`` judges
ours and the peers that read metadata alike. With ``--folds`` our trained part never saw the page's
domain (cross-validated); without, it uses the shipped weights, which were trained on these pages: those
numbers are marked "in sample" and prove nothing about quality.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "training" / "articles")]

# One thread: on small matrices, more of them burn CPU seconds and read no faster.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np  # noqa: E402
from data import domain_of, fold_of, gold_authors, read_rows  # noqa: E402

import detente.article.html as html_reader  # noqa: E402
from benchmarks.page_fields import PEERS, ask, gold_fields, our_fields, plain  # noqa: E402
from detente.article import Settings, read_article  # noqa: E402
from detente.article.align import RUN, words_of  # noqa: E402
from detente.article.extractors import EXTRACTORS, run_extractor  # noqa: E402
from detente.article.names import is_body  # noqa: E402
from detente.article.network import load_network  # noqa: E402
from detente.record import Article, Page, Refusal  # noqa: E402

Scores = dict[str, list[float]]


def runs(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words with their counts; a shorter text is one run."""
    words = words_of(text)
    return Counter(tuple(words[i : i + RUN]) for i in range(max(len(words) - RUN + 1, 1)))


def compare(gold: str, said: str) -> tuple[float, float, float, float]:
    """F1, precision, recall, exact."""
    a, b = runs(gold), runs(said)
    both = sum((a & b).values())
    precision, recall = both / max(sum(b.values()), 1), both / max(sum(a.values()), 1)
    f1 = 2 * precision * recall / (precision + recall) if both else 0.0
    return f1, precision, recall, float(a == b)


def body_of(article: object) -> str:
    """The body of an article as text; empty for a refusal."""
    if not isinstance(article, Article):
        return ""
    return "\n".join(article.text[start:end] for start, end in article.body)


def settings_for(domain: str, folds: Path | None, name: str, **options: Any) -> Settings | None:
    """Settings with the weights of the fold that left the domain out; None where they are missing."""
    if folds is None:
        return Settings(**options)
    folder = folds / str(fold_of(domain))
    if name == "lines" and not (folder / "presence.npz").exists():
        options["least_presence"] = 0
    return Settings(weights=folder, **options) if (folder / f"{name}.npz").exists() else None


def interval(ours: list[float], theirs: list[float], *, rounds: int = 2000) -> tuple[float, float, float]:
    """Mean difference with its 95% paired bootstrap interval."""
    gaps = np.array(ours) - np.array(theirs)
    random = np.random.default_rng(0)
    means = gaps[random.integers(0, len(gaps), (rounds, len(gaps)))].mean(axis=1)
    return float(gaps.mean()), float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))


def run_html(folds: Path | None, limit: int, peers: list[str]) -> None:
    """All extractors and ours on the HTML pages."""
    rows = list(_html_rows(folds, limit))
    for row in rows:
        load_network("blocks", (settings_for(row["domain"], folds, "blocks") or Settings()).weights)
    readers: dict[str, Callable[[dict[str, Any]], str]] = {
        name: (lambda row, name=name: run_extractor(name, row["html"]) or "") for name in peers
    }
    for label, extractor in (("ours", True), ("ours without trafilatura", False)):
        readers[label] = lambda row, extractor=extractor: body_of(
            read_article(
                html_page(row), settings=settings_for(row["domain"], folds, "blocks", extractor=extractor)
            )
        )
    scores: dict[str, np.ndarray] = {}
    spent: dict[str, np.ndarray] = {}
    called: dict[str, list[tuple[str, str]]] = {}
    for name, reader in readers.items():
        reader(rows[0])
        with _listen() as calls:
            pairs = [_timed(reader, row) for row in rows]
        called[name] = calls
        spent[name] = np.array([seconds for _, seconds in pairs])
        scores[name] = np.array(
            [compare(row["body"], text) for row, (text, _) in zip(rows, pairs, strict=True)]
        )
    rates = {name: len(rows) / seconds.sum() for name, seconds in spent.items()}
    _print_cost(rows, spent, called["ours"])
    for label, inside in (("all", [True] * len(rows)), ("news", [row["news"] for row in rows])):
        keep = np.array(inside)
        print(f"\n{label}: {keep.sum()} pages, {'cross-validated by domain' if folds else 'IN SAMPLE'}")
        print(
            "| reader | F1 | precision | recall | exact | pages/CPU s | ours − reader (95%) |\n"
            + "|---" * 7
            + "|"
        )
        for name, table in scores.items():
            mean, low, high = interval(list(scores["ours"][keep, 0]), list(table[keep, 0]))
            row = " | ".join(f"{v:.3f}" for v in table[keep].mean(axis=0))
            print(f"| {name} | {row} | {rates[name]:.0f} | {mean:+.3f} ({low:+.3f}…{high:+.3f}) |")


def _timed(reader: Callable[[dict[str, Any]], str], row: dict[str, Any]) -> tuple[str, float]:
    start = time.process_time()
    text = reader(row)
    return text, time.process_time() - start


@contextmanager
def _listen() -> Iterator[list[tuple[str, str]]]:
    """Which extractor our reader asks for which page, while the block runs."""
    calls: list[tuple[str, str]] = []
    own = html_reader.run_extractor

    def run(name: str, markup: str) -> str | None:
        calls.append((name, markup))
        return own(name, markup)

    html_reader.run_extractor = run
    try:
        yield calls
    finally:
        html_reader.run_extractor = own


def _print_cost(
    rows: list[dict[str, Any]], spent: dict[str, np.ndarray], calls: list[tuple[str, str]]
) -> None:
    """What ours costs against the extractors it calls, each alone on the same pages in the same run."""
    place = {row["html"]: index for index, row in enumerate(rows)}
    names = sorted({name for name, _ in calls} & set(spent))
    ours = spent["ours"].sum()
    everywhere = sum(spent[name].sum() for name in names)
    asked = sum(spent[name][place[markup]] for name, markup in calls if name in spent)
    print(
        f"\nours: {ours / len(rows) * 1000:.1f} ms CPU a page; asks {', '.join(names) or 'nobody'} for {len(calls)} of "
        f"{len(rows)} pages. Alone on every page that is {everywhere / len(rows) * 1000:.1f} ms a page "
        f"(ours / that = {ours / max(everywhere, 1e-9):.2f}), on the pages asked for {asked / len(rows) * 1000:.1f} ms."
    )


def _html_rows(folds: Path | None, limit: int) -> Iterator[dict[str, Any]]:
    count = 0
    for row in read_rows("html_dev"):
        row["domain"] = domain_of(row.get("url") or "", row["id"])
        row["news"] = not row["id"].startswith("wcxb")
        if count < limit and settings_for(row["domain"], folds, "blocks"):
            count += 1
            yield row


def html_page(row: dict[str, Any]) -> Page:
    """A row of the HTML file as a page."""
    return Page(row["id"], "html", row["html"], "", url=row.get("url") or None)


def run_metadata(folds: Path | None, limit: int) -> None:
    """Title, authors, day and outlet of HTML pages: right, wrong, none; ours and its peers."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    pairs: dict[tuple[str, str], list[float]] = {}
    for row in _html_rows(folds, limit):
        article = read_article(html_page(row), settings=settings_for(row["domain"], folds, "blocks"))
        said = {"ours": our_fields(article), **{name: ask(peer, row) for name, peer in PEERS.items()}}
        group = "news" if row["news"] else "other"
        for field, gold in gold_fields(row).items():
            for name, fields in said.items():
                if field not in fields:
                    continue
                refused = name == "ours" and not isinstance(article, Article)
                verdict = "refused" if refused else judge(gold, fields[field])
                counts.setdefault((f"{group} {field}", name), Counter())[verdict] += 1
                pairs.setdefault((f"{group} {field}", name), []).append(float(verdict == "right"))
    print(FIELD_HEAD.replace("| field |", "| field | reader |").replace("\n|---", "\n|---|---", 1))
    for (field, name), verdicts in sorted(
        counts.items(), key=lambda pair: (pair[0][0], pair[0][1] != "ours")
    ):
        _print_field(f"{field} | {name}", verdicts)
    print("\nours − peer, share right (95%):")
    for (field, name), right in sorted(pairs.items()):
        if name != "ours":
            mean, low, high = interval(pairs[field, "ours"], right)
            print(f"{field}, {name}: {mean:+.3f} ({low:+.3f}…{high:+.3f})")


def judge(gold: set[str], said: set[str]) -> str:
    """right (the same set), none, or wrong."""
    return "right" if gold == said else "wrong" if said else "none"


FIELD_HEAD = "| field | pages | right | wrong | none | refused | precision | recall |\n" + "|---" * 8 + "|"


def _print_field(field: str, verdicts: Counter[str]) -> None:
    right, wrong, none, refused = (verdicts[k] for k in ("right", "wrong", "none", "refused"))
    total = right + wrong + none + refused
    print(
        f"| {field} | {total} | {right} | {wrong} | {none} | {refused} "
        f"| {right / max(right + wrong, 1):.3f} | {right / total:.3f} |"
    )


def run_dumps(folds: Path | None, limit: int) -> None:
    """Plain-text dumps: lines and characters kept, headline, date and byline where the text holds them."""
    lines: list[tuple[bool, bool, float, float]] = []
    counts: dict[str, Counter[str]] = {}
    refused: dict[str, list[object]] = {"with": [], "without": []}
    spent, count = 0.0, 0
    for row in read_rows("dump_dev"):
        settings = (
            settings_for(domain_of(row["url"], row["page"]), folds, "lines") if row["primary"] else None
        )
        if settings is None or count >= limit:
            continue
        page = Page(row["id"], "text", row["text"], "")
        load_network("lines", settings.weights)
        if not count:
            read_article(page, settings=settings)
        start = time.process_time()
        article = read_article(page, settings=settings)
        spent += time.process_time() - start
        count += 1
        lines.append((row["news"], row["lang"] == "en", *line_scores(row, article)))
        refused["with"].append(article)
        rest = without_article(row)
        if rest is not None:
            refused["without"].append(read_article(rest, settings=settings))
        for field, verdict in dump_fields(row, article):
            counts.setdefault(("news " if row["news"] else "other ") + field, Counter())[verdict] += 1
    print(
        f"{count} dumps, {count / spent:.0f} a CPU second, "
        f"{'cross-validated by domain' if folds else 'IN SAMPLE'}"
    )
    for label, keep in (("all", (0, 1)), ("English news", (1,)), ("other news", (2,))):
        part = [(f, c) for news, english, f, c in lines if 0 in keep or (news and (english == (1 in keep)))]
        means = np.mean(part, axis=0) if part else (0.0, 0.0)
        print(
            f"{label}: {len(part)} dumps, line F1 {means[0]:.3f}, "
            f"character F1 {means[1]:.3f} (means of pages)"
        )
    for label, articles in refused.items():
        reasons = Counter(a.reason for a in articles if isinstance(a, Refusal))
        print(f"dumps {label} an article: {reasons.total()} of {len(articles)} refused, {dict(reasons)}")
    print(FIELD_HEAD)
    for field, verdicts in sorted(counts.items()):
        _print_field(field, verdicts)


# A dump with fewer lines than this beside its article says nothing about pages without one.
LEAST_FURNITURE = 20


def without_article(row: dict[str, Any]) -> Page | None:
    """The dump with its article's lines taken out; None where hardly anything is left."""
    rest = [row["text"][line["start"] : line["end"]] for line in row["lines"] if line["label"] != "article"]
    return Page(row["id"], "text", "\n".join(rest), "") if len(rest) >= LEAST_FURNITURE else None


def line_scores(row: dict[str, Any], article: object) -> tuple[float, float]:
    """Line and character F1 of the lines whose larger part is body."""
    inside = np.zeros(len(row["text"]) + 1)
    for start, end in article.body if isinstance(article, Article) else ():
        inside[start:end] = 1
    gold = np.array([line["label"] == "article" for line in row["lines"]])
    said = np.array([inside[line["start"] : line["end"]].mean() > 0.5 for line in row["lines"]])
    size = np.array([line["end"] - line["start"] for line in row["lines"]])
    both = gold & said
    return (
        2 * both.sum() / max(gold.sum() + said.sum(), 1),
        2 * (size * both).sum() / max((size * gold).sum() + (size * said).sum(), 1),
    )


def dump_fields(row: dict[str, Any], article: object) -> Iterator[tuple[str, str]]:
    """Field and verdict, for fields that the gold marks in the text."""
    if not isinstance(article, Article):
        return
    kinds = {kind for line in row["lines"] for kind in line.get("kind") or ()}
    if "headline" in kinds:
        said, gold = plain(article.words(article.headline)) if article.headline else "", plain(row["title"])
        same = bool(said) and (said in gold or gold in said)
        yield "headline", "right" if same else "wrong" if said else "none"
    if "date" in kinds and row["date"]:
        yield "date", judge({row["date"][:10]}, {article.published.from_[:10]} - {""})
    authors = {plain(name) for name in gold_authors(row) if not is_body(name)}
    if "byline" in kinds and authors:
        yield "byline", judge(authors, {plain(n) for n in (article.byline or "").split(", ") if n})


def main() -> None:
    """Parse the command line and run one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("html", "dumps", "metadata"))
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--limit", type=int, default=10**9)
    parser.add_argument("--peers", default=",".join(EXTRACTORS))
    arguments = parser.parse_args()
    if arguments.what == "html":
        run_html(arguments.folds, arguments.limit, [p for p in arguments.peers.split(",") if p])
    elif arguments.what == "dumps":
        run_dumps(arguments.folds, arguments.limit)
    else:
        run_metadata(arguments.folds, arguments.limit)


if __name__ == "__main__":
    main()
