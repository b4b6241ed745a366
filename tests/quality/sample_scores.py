"""Score an exported record against the gold of the October 1962 sample.

    python -m tests.quality.sample_scores EXPORT [SAMPLE]

`EXPORT` is what `detente export jsonl DIR` wrote after reading the sample's reports. Gold cites exact
words, not offsets; `resolve` finds those words in the text the export carries (whitespace is free, so a
hard-wrapped or differently rendered page still matches) and everything after that compares offsets.

Limits. Gold events and meetings are marked mention by mention, but a reader may code an act that gold leaves
out: read the precisions of events and figures as lower bounds. A score whose base is empty is 0.0.
"""

from __future__ import annotations

import html.parser
import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

Record = dict[str, Any]
Range = tuple[int, int]
Tokens = frozenset[tuple[str, int]]

SAMPLE = Path(__file__).parents[2] / "src" / "detente" / "sample" / "october_1962"
LAYERS = (
    "articles", "episodes", "origins", "passages", "actors", "statements", "events", "meetings", "issues",
    "positions", "measures", "plans", "figures", "differences", "false_differences", "dates", "timeline",
)  # fmt: skip
NOT_CURRENT = frozenset({"planned", "hypothetical", "denied", "historical"})
CURRENT = frozenset({"happened", "ongoing"})
STRICT, LOOSE = 0.8, 0.5
BLOCKS = frozenset(
    """address article aside blockquote body br button dd div dl dt figcaption figure footer form h1 h2 h3 h4
    h5 h6 header hr html label li main nav ol p section table td time title tr ul""".split()  # noqa: SIM905
)
UNSEEN = frozenset({"head", "script", "style"})


# --- reading the reports, for the proof that gold stands in them ------------------------------------------


class _Rendered(html.parser.HTMLParser):
    """Collects the words a reader of the page sees, one line a block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in UNSEEN
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in UNSEEN
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))


def render_html(page: str) -> str:
    """Return the visible text of a page, whitespace collapsed, entities decoded, head left out."""
    parser = _Rendered()
    parser.feed(page)
    parser.close()
    lines = (line.strip() for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def decode(data: bytes) -> str:
    """Decode UTF-8, else Windows-1252: the two encodings the sample uses."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def read_reports(reports: Path) -> dict[str, str]:
    """Return the text of every article in the sample by its gold name, without any pipeline."""
    texts: dict[str, str] = {}
    for path in sorted(reports.iterdir()):
        if path.name.endswith(".warc.gz"):
            texts.update({f"{path.name}#{url}": text for url, text in _read_warc(path)})
        elif path.suffix == ".jsonl":
            for row in _read_lines(path):
                texts[f"{path.name}#{row['id']}"] = "\n".join(filter(None, (row.get("title"), row["text"])))
        else:
            text = decode(path.read_bytes())
            texts[path.name] = render_html(text) if path.suffix == ".html" else text
    return texts


def _read_warc(path: Path) -> Iterable[tuple[str, str]]:
    from warcio.archiveiterator import ArchiveIterator

    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response" and "html" in record.http_headers.get_header("Content-Type"):
                page = render_html(decode(record.content_stream().read()))
                yield record.rec_headers.get_header("WARC-Target-URI"), page


def _read_lines(path: Path) -> list[Record]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def read_layers(folder: Path) -> dict[str, list[Record]]:
    """Read the layers of a gold or exported folder; a layer without a file is an empty list."""
    return {layer: _read_lines(folder / f"{layer}.jsonl") for layer in LAYERS}


# --- quotes to offsets ------------------------------------------------------------------------------------


def find_quote(text: str, quote: str) -> list[Range]:
    """Return where the quote stands in the text as whole words, any whitespace matching any whitespace."""
    words = quote.split()
    if not words:
        return []
    before = r"(?<!\w)" if re.match(r"\w", words[0]) else ""
    after = r"(?!\w)" if re.search(r"\w$", words[-1]) else ""
    pattern = before + r"\s+".join(map(re.escape, words)) + after
    return [match.span() for match in re.finditer(pattern, text)]


def resolve(span: Record, text: str, body: Sequence[str]) -> Range | None:
    """Return the offsets of a gold span in an article's text, or None when its words are not there.

    `paragraph` (the index of a body paragraph) narrows the search to that paragraph; `nth` counts within it,
    or within the whole text where no paragraph is given.
    """
    nth = int(span.get("nth", 1))
    start, end = 0, len(text)
    if "paragraph" in span:
        places = find_quote(text, body[span["paragraph"]])
        if not places:
            return None
        start, end = places[0]
    found = find_quote(text[start:end], span["quote"])
    if len(found) < nth:
        return None
    return start + found[nth - 1][0], start + found[nth - 1][1]


def tokens_of(article: str, text: str, ranges: Iterable[Range]) -> Tokens:
    """Return the words inside the ranges, each as (article, offset)."""
    return frozenset(
        (article, start + match.start())
        for start, end in ranges
        for match in re.finditer(r"\w+", text[start:end])
    )


def f1(gold: Tokens, found: Tokens) -> float:
    """Return the harmonic mean of precision and recall over words."""
    shared = len(gold & found)
    return 2 * shared / (len(gold) + len(found)) if shared else 0.0


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _prf(name: str, hits: int, gold: int, found: int) -> dict[str, float]:
    precision, recall = _ratio(hits, found), _ratio(hits, gold)
    return {
        f"{name}_precision": precision,
        f"{name}_recall": recall,
        f"{name}_f1": _ratio(2 * precision * recall, precision + recall),
    }


def pair_up(scores: Iterable[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """Pair left with right one to one, best score first; ties go to the earlier."""
    lefts, rights, pairs = set[int](), set[int](), list[tuple[int, int]]()
    for _, left, right in sorted(scores, key=lambda item: (-item[0], item[1], item[2])):
        if left not in lefts and right not in rights:
            lefts.add(left)
            rights.add(right)
            pairs.append((left, right))
    return pairs


class Sample:
    """Gold and an export side by side, with every span of both as words at offsets of the exported text."""

    def __init__(self, export_dir: Path, sample_dir: Path) -> None:
        self.gold = read_layers(sample_dir / "gold")
        self.found = read_layers(export_dir)
        self.body = {article["id"]: article["body"] for article in self.gold["articles"]}
        self.article_of = self._match_articles()
        self.name_of = {article["id"]: name for name, article in self.article_of.items()}
        self.gold_actor = {actor["id"]: actor for actor in self.gold["actors"]}
        self.found_actor = {actor["id"]: actor for actor in self.found["actors"]}

    def _match_articles(self) -> dict[str, Record]:
        pairs: dict[str, Record] = {}
        for name in self.body:
            for article in self.found["articles"]:
                source = str(article["source"]).replace("\\", "/")
                if source == name or source.endswith("/" + name):
                    pairs[name] = article
        return pairs

    def gold_range(self, span: Record) -> Range | None:
        """Return the offsets of a gold span in the exported text, if the article was exported."""
        article = self.article_of.get(span["article"])
        return resolve(span, article["text"], self.body[span["article"]]) if article else None

    def gold_tokens(self, spans: Iterable[Record | None]) -> Tokens:
        """Return the words of gold spans."""
        result: set[tuple[str, int]] = set()
        for span in spans:
            place = self.gold_range(span) if span else None
            if span and place:
                result |= tokens_of(span["article"], self.article_of[span["article"]]["text"], [place])
        return frozenset(result)

    def found_tokens(self, spans: Iterable[Record | None]) -> Tokens:
        """Return the words of exported spans; spans of articles that gold does not know are left out."""
        result: set[tuple[str, int]] = set()
        for span in spans:
            if span and span["article"] in self.name_of:
                name = self.name_of[span["article"]]
                result |= tokens_of(name, self.article_of[name]["text"], [(span["start"], span["end"])])
        return frozenset(result)

    def same_actor(self, gold_id: str, found_id: str) -> bool:
        """Say whether an exported actor is the gold one: one's main name is among the other's names."""
        gold, found = self.gold_actor.get(gold_id), self.found_actor.get(found_id)
        if gold is None or found is None:
            return False
        gold_names, found_names = _names(gold), _names(found)
        return _plain(gold["name"]) in found_names or _plain(found["name"]) in gold_names

    def same_actors(self, gold_ids: Sequence[str], found_ids: Sequence[str]) -> bool:
        """Say whether every gold actor is among the exported ones."""
        return all(any(self.same_actor(gold, found) for found in found_ids) for gold in gold_ids)


def _plain(name: str) -> str:
    return re.sub(r"^the ", "", " ".join(re.findall(r"\w+", name.casefold())))


def _names(actor: Record) -> set[str]:
    return {_plain(name) for name in [actor["name"], *actor.get("names", [])]}


# --- one function a layer ---------------------------------------------------------------------------------


def score_articles(sample: Sample) -> dict[str, float]:
    """Body lines against gold, furniture taken for body, and the page's own data."""
    right = dict.fromkeys(("headline", "date", "outlet", "byline", "agency"), 0)
    wanted = dict.fromkeys(right, 0)
    hits = gold_lines = found_lines = leaked = furniture = 0
    for gold in sample.gold["articles"]:
        name = gold["id"]
        article = sample.article_of.get(name)
        if article is None:
            gold_lines += len(gold["body"])
            continue
        text = article["text"]
        wants = sample.gold_tokens({"article": name, "quote": quote} for quote in gold["body"])
        has = tokens_of(name, text, [(start, end) for start, end, *_ in article["body"]])
        for match in re.finditer(r"[^\n]+", text):
            line = tokens_of(name, text, [match.span()])
            if line:
                in_gold, in_found = len(line & wants) * 2 > len(line), len(line & has) * 2 > len(line)
                hits, gold_lines, found_lines = (
                    hits + (in_gold and in_found),
                    gold_lines + in_gold,
                    found_lines + in_found,
                )
        for quote, _ in gold["furniture"]:
            furniture += 1
            leaked += bool(sample.gold_tokens([{"article": name, "quote": quote}]) & (has - wants))
        for field, is_right in _page_data(gold, article).items():
            wanted[field] += 1
            right[field] += is_right
    scores = _prf("article_body_line", hits, gold_lines, found_lines)
    scores["article_found"] = _ratio(len(sample.article_of), len(sample.body))
    scores["article_furniture_in_body"] = _ratio(leaked, furniture)
    return scores | {f"article_{field}_right": _ratio(right[field], wanted[field]) for field in right}


def _page_data(gold: Record, article: Record) -> dict[str, bool]:
    """Say which of the fields that gold states the export has right; an absent agency must stay absent."""
    headline = article.get("headline")
    words = article["text"][headline["start"] : headline["end"]] if headline else article.get("title") or ""
    date = (article.get("published") or {}).get("from") or ""
    data = {"agency": _plain(article.get("agency") or "") == _plain(gold["agency"] or "")}
    if gold["headline"]:
        data["headline"] = _plain(words) == _plain(gold["headline"]["quote"])
    if gold["published"]["basis"] == "stated":
        data["date"] = date[:10] == gold["published"]["from"][:10]
    if gold["outlet"]:
        data["outlet"] = _plain(article.get("outlet") or "") == _plain(gold["outlet"])
    if gold["byline"]:
        data["byline"] = _plain(gold["byline"]) in _plain(article.get("byline") or "")
    return data


def score_statements(sample: Sample) -> dict[str, float]:
    """Strict: content words F1 ≥ 0.8 and the speaker's words meet. Loose: content F1 ≥ 0.5."""
    golds, founds = sample.gold["statements"], sample.found["statements"]
    gold_content = [sample.gold_tokens(record["content"]) for record in golds]
    found_content = [sample.found_tokens(record["content"]) for record in founds]
    gold_speaker = [sample.gold_tokens([record["speaker"]]) for record in golds]
    found_speaker = [sample.found_tokens([record["speaker"]]) for record in founds]

    def speaker_met(left: int, right: int) -> bool:
        return bool(gold_speaker[left] & found_speaker[right]) or not (
            gold_speaker[left] or found_speaker[right]
        )

    candidates = []
    for left, right in _meeting(gold_content, found_content):
        score = f1(gold_content[left], found_content[right])
        if score >= LOOSE:
            candidates.append((score + 0.2 * speaker_met(left, right), left, right))
    pairs = pair_up(candidates)
    strict = [
        pair
        for pair in pairs
        if f1(gold_content[pair[0]], found_content[pair[1]]) >= STRICT and speaker_met(*pair)
    ]
    named = [pair for pair in pairs if golds[pair[0]]["named"]]
    resolved = sum(
        sample.same_actors(golds[left]["speakers"], founds[right]["speakers"]) for left, right in named
    )
    scores = _prf("statement_strict", len(strict), len(golds), len(founds))
    scores |= _prf("statement_loose", len(pairs), len(golds), len(founds))
    scores["statement_speaker_resolved"] = _ratio(resolved, len(named))
    for field in ("act", "kind", "named"):
        same = sum(golds[left][field] == founds[right][field] for left, right in pairs)
        scores[f"statement_{field}_right"] = _ratio(same, len(pairs))
    return scores


def _meeting(golds: Sequence[Tokens], founds: Sequence[Tokens]) -> list[tuple[int, int]]:
    """Return the index pairs that share a word."""
    where: dict[tuple[str, int], list[int]] = {}
    for right, tokens in enumerate(founds):
        for token in tokens:
            where.setdefault(token, []).append(right)
    pairs = {
        (left, right)
        for left, tokens in enumerate(golds)
        for token in tokens
        for right in where.get(token, ())
    }
    return sorted(pairs)


def _mentions(
    records: Sequence[Record], tokens: Callable[[Iterable[Record]], Tokens]
) -> list[tuple[Record, Tokens]]:
    mentions = ((record, tokens([span])) for record in records for span in record["evidence"])
    return [(record, words) for record, words in mentions if words]


def _overlap(left: Tokens, right: Tokens) -> float:
    return _ratio(len(left & right), min(len(left), len(right)))


def score_events(sample: Sample) -> dict[str, float]:
    """Mentions: one gold clause against one exported clause of the same article, half of the shorter shared.

    `event_f1` asks for the PLOVER type too (gold's `also` lists the other defensible codes);
    `event_not_current_as_happened` is the error that matters most, lower is better.
    """
    golds = _mentions(sample.gold["events"], sample.gold_tokens)
    founds = _mentions(sample.found["events"], sample.found_tokens)
    near = [
        (left, right, _overlap(golds[left][1], founds[right][1]))
        for left, right in _meeting([words for _, words in golds], [words for _, words in founds])
    ]
    near = [item for item in near if item[2] >= 0.5]
    fit = {
        (left, right): founds[right][0]["type"] in (golds[left][0]["type"], *golds[left][0]["also"])
        for left, right, _ in near
    }
    typed = pair_up((share, left, right) for left, right, share in near if fit[left, right])
    any_type = pair_up((share + fit[left, right], left, right) for left, right, share in near)
    total = sum(len(record["evidence"]) for record in sample.gold["events"])
    scores = _prf("event", len(typed), total, len(founds))
    scores["event_clause_recall"] = _ratio(len(any_type), total)
    same = sum(golds[left][0]["status"] == founds[right][0]["status"] for left, right in typed)
    scores["event_status_right"] = _ratio(same, len(typed))
    not_current = [pair for pair in any_type if golds[pair[0]][0]["status"] in NOT_CURRENT]
    wrong = sum(founds[right][0]["status"] in CURRENT for _, right in not_current)
    scores["event_not_current_as_happened"] = _ratio(
        wrong,
        sum(len(record["evidence"]) for record in sample.gold["events"] if record["status"] in NOT_CURRENT),
    )
    for side in ("sources", "recipients"):
        asked = [pair for pair in typed if golds[pair[0]][0][side]]
        met = sum(_any_actor(sample, golds[left][0][side], founds[right][0][side]) for left, right in asked)
        scores[f"event_{side}_right"] = _ratio(met, len(asked))
    return scores


def _any_actor(sample: Sample, golds: Sequence[str], founds: Sequence[str]) -> bool:
    """Say whether a gold actor, or the body it belongs to, is among the exported actors."""
    wanted = [
        *golds,
        *(sample.gold_actor[gold]["part_of"] for gold in golds if sample.gold_actor[gold]["part_of"]),
    ]
    return any(sample.same_actor(gold, found) for gold in wanted for found in founds)


def score_meetings(sample: Sample) -> dict[str, float]:
    """One gold meeting against one exported: their evidence meets and a participant is shared."""
    golds, founds = sample.gold["meetings"], sample.found["meetings"]
    gold_words = [sample.gold_tokens(record["evidence"]) for record in golds]
    found_words = [sample.found_tokens(record["evidence"]) for record in founds]
    candidates = [
        (len(gold_words[left] & found_words[right]), left, right)
        for left, right in _meeting(gold_words, found_words)
        if _any_actor(sample, golds[left]["participants"], founds[right]["participants"])
    ]
    pairs = pair_up(candidates)
    scores = _prf("meeting", len(pairs), len(golds), len(founds))
    same = sum(golds[left]["status"] == founds[right]["status"] for left, right in pairs)
    dated = [pair for pair in pairs if golds[pair[0]]["date"]["from"]]
    day = sum(
        (founds[right]["date"]["from"] or "")[:10] == golds[left]["date"]["from"][:10]
        for left, right in dated
    )
    return scores | {
        "meeting_status_right": _ratio(same, len(pairs)),
        "meeting_date_right": _ratio(day, len(dated)),
    }


def _same_bounds(gold: Record, found: Record) -> bool:
    """Bounds agree when equal; where gold leaves one open, within one ("more than 20": 20 or 21)."""
    slack = 1 if gold["low"] is None or gold["high"] is None else 0
    return all(_close(gold[side], found[side], slack) for side in ("low", "high"))


def _close(gold: float | None, found: float | None, slack: int) -> bool:
    return gold is found or (gold is not None and found is not None and abs(gold - found) <= slack)


def score_figures(sample: Sample) -> dict[str, float]:
    """A figure is right when an exported one meets its words with the same bounds."""
    golds, founds = sample.gold["figures"], sample.found["figures"]
    gold_words = [sample.gold_tokens([record["span"]]) for record in golds]
    found_words = [sample.found_tokens([record["span"]]) for record in founds]
    near = _meeting(gold_words, found_words)
    right = {(g, f) for g, f in near if _same_bounds(golds[g], founds[f])}
    value = pair_up((f1(gold_words[g], found_words[f]), g, f) for g, f in right)
    clause = {g for g, _ in near}
    return {
        "figure_found_recall": _ratio(len(clause), len(golds)),
        "figure_value_recall": _ratio(len(value), len(golds)),
    }


def _sides_met(golds: Sequence[Tokens], founds: Sequence[Tokens]) -> bool:
    """Say whether two exported sides cite words of two different gold sides."""
    met = [{index for index, gold in enumerate(golds) if gold & found} for found in founds]
    return any(one != two for left, right in combinations(met, 2) for one in left for two in right)


def score_differences(sample: Sample) -> dict[str, float]:
    """Real differences found; false ones raised: sides that only seem to differ, two cuts of one story."""
    founds = [
        [sample.found_tokens(side["spans"]) for side in record["sides"]]
        for record in sample.found["differences"]
    ]
    reals = [
        [sample.gold_tokens(side["spans"]) for side in record["sides"]]
        for record in sample.gold["differences"]
    ]
    traps = [
        [sample.gold_tokens(side["spans"]) for side in r["sides"]] for r in sample.gold["false_differences"]
    ]
    hit = [any(_sides_met(real, found) for found in founds) for real in reals]
    fallen = [any(_sides_met(trap, found) for found in founds) for trap in traps]
    matched = [any(_sides_met(real, found) for real in reals) for found in founds]
    origin = {name: record["id"] for record in sample.gold["origins"] for name in record["articles"]}
    inside = [len({origin.get(name) for side in found for name, _ in side}) == 1 for found in founds]
    scores = _prf("difference", sum(hit), len(reals), len(founds))
    scores["difference_precision"] = _ratio(sum(matched), len(founds))
    precision, recall = scores["difference_precision"], scores["difference_recall"]
    scores["difference_f1"] = _ratio(2 * precision * recall, precision + recall)
    scores["difference_traps_raised"] = _ratio(sum(fallen), len(traps))
    scores["difference_within_one_origin"] = float(sum(inside))
    return scores


def score_origins(sample: Sample) -> dict[str, float]:
    """Pairs of articles that one source wrote."""

    def pairs(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
        return {pair for group in groups for pair in combinations(sorted(set(group)), 2)}

    gold = pairs(record["articles"] for record in sample.gold["origins"])
    found = pairs(
        [sample.name_of[article] for article in record["articles"] if article in sample.name_of]
        for record in sample.found["origins"]
    )
    return _prf("origin_pair", len(gold & found), len(gold), len(found))


def score_positions(sample: Sample) -> dict[str, float]:
    """A gold position (mention) is found when an exported one meets it; right if the stance is gold's."""
    golds = _mentions(sample.gold["positions"], sample.gold_tokens)
    founds = _mentions(sample.found["positions"], sample.found_tokens)
    near = _meeting([words for _, words in golds], [words for _, words in founds])
    right = {g for g, f in near if golds[g][0]["stance"] == founds[f][0]["stance"]}
    total = sum(len(record["evidence"]) for record in sample.gold["positions"])
    return {
        "position_recall": _ratio(len({g for g, _ in near}), total),
        "position_stance_recall": _ratio(len(right), total),
    }


def score_measures(sample: Sample) -> dict[str, float]:
    """A gold measure is found when an exported one cites words of its evidence."""
    golds = [sample.gold_tokens(record["evidence"]) for record in sample.gold["measures"]]
    founds = [sample.found_tokens(record["evidence"]) for record in sample.found["measures"]]
    return {"measure_recall": _ratio(len({g for g, _ in _meeting(golds, founds)}), len(golds))}


def score_plans(sample: Sample) -> dict[str, float]:
    """Plans found by their words; and of what became of them, in gold's words: how much is told, and rightly."""
    golds, founds = sample.gold["plans"], sample.found["plans"]
    gold_words = [sample.gold_tokens(record["evidence"]) for record in golds]
    found_words = [sample.found_tokens(record["evidence"]) for record in founds]
    near = _meeting(gold_words, found_words)
    told = {right for right, record in enumerate(founds) if record["became"] != "unreported"}
    due = {left for left, record in enumerate(golds) if record["became"] != "unreported"}
    right = {
        (g, f)
        for g, f in near
        if f in told
        and golds[g]["became"] == founds[f]["became"]
        and sample.gold_tokens(golds[g]["outcome"]) & sample.found_tokens(founds[f]["outcome"])
    }
    return {
        "plan_recall": _ratio(len({g for g, _ in near}), len(golds)),
        "plan_became_precision": _ratio(len({f for _, f in right}), len(told)),
        "plan_became_recall": _ratio(len({g for g, _ in right}), len(due)),
    }


SCORERS = (
    score_articles, score_statements, score_events, score_meetings, score_figures,
    score_differences, score_origins, score_positions, score_measures,
    score_plans,
)  # fmt: skip


def score_export(export_dir: Path, sample_dir: Path = SAMPLE) -> dict[str, float]:
    """Return every score of an exported record against the sample's gold, by name."""
    sample = Sample(Path(export_dir), Path(sample_dir))
    scores: dict[str, float] = {}
    for scorer in SCORERS:
        scores |= scorer(sample)
    return scores


def main(arguments: Sequence[str]) -> int:
    """Print the scores of an export, one a line."""
    if not 1 <= len(arguments) <= 2:
        print("usage: python -m tests.quality.sample_scores EXPORT [SAMPLE]", file=sys.stderr)
        return 2
    for name, value in score_export(*map(Path, arguments)).items():
        print(f"{name:34} {value:.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
