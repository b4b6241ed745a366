"""The October 1962 sample: its gold is whole, its scores count right, and the pipeline is scored on it."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.quality.sample_scores import (
    LAYERS,
    SAMPLE,
    f1,
    find_quote,
    pair_up,
    read_layers,
    read_reports,
    render_html,
    resolve,
    score_export,
)

REPORTS, GOLD = SAMPLE / "reports", SAMPLE / "gold"
ACTOR_FIELDS = (
    "speakers",
    "addressees",
    "sources",
    "recipients",
    "participants",
    "parties",
    "actors",
    "targets",
)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return read_reports(REPORTS)


@pytest.fixture(scope="module")
def gold() -> dict[str, list[dict[str, Any]]]:
    return read_layers(GOLD)


@pytest.fixture(scope="module")
def body(gold: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    return {article["id"]: article["body"] for article in gold["articles"]}


def spans_in(value: Any) -> Iterator[dict[str, Any]]:
    """Every gold span inside a record, however deep."""
    if isinstance(value, dict):
        if "quote" in value:
            yield value
        else:
            for item in value.values():
                yield from spans_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from spans_in(item)


# --- gold is whole ----------------------------------------------------------------------------------------


def test_gold_names_the_articles_that_the_reports_hold(
    gold: dict[str, list[dict[str, Any]]], texts: dict[str, str]
) -> None:
    assert {article["id"] for article in gold["articles"]} == set(texts)


@pytest.mark.parametrize("layer", LAYERS)
def test_every_gold_quote_stands_in_its_report(
    layer: str, gold: dict[str, list[dict[str, Any]]], texts: dict[str, str], body: dict[str, list[str]]
) -> None:
    """A quote is found where the span says; one without a paragraph stands in the report only once."""
    assert gold[layer]
    for span in spans_in(gold[layer]):
        text = texts[span["article"]]
        assert resolve(span, text, body[span["article"]]) is not None, span
        if layer not in ("articles", "origins") and "paragraph" not in span:
            assert len(find_quote(text, span["quote"])) == 1, span


def test_every_paragraph_and_furniture_line_stands_in_its_report(
    gold: dict[str, list[dict[str, Any]]], texts: dict[str, str]
) -> None:
    for article in gold["articles"]:
        text = texts[article["id"]]
        for paragraph in article["body"]:
            assert len(find_quote(text, paragraph)) == 1, paragraph
        for line, _ in article["furniture"]:
            assert find_quote(text, line), line


def test_evidence_is_taken_from_bodies_only(
    gold: dict[str, list[dict[str, Any]]], texts: dict[str, str], body: dict[str, list[str]]
) -> None:
    for layer in LAYERS:
        if layer in ("articles", "origins"):
            continue
        for span in spans_in(gold[layer]):
            text = texts[span["article"]]
            place = resolve(span, text, body[span["article"]])
            paragraphs = [find_quote(text, paragraph)[0] for paragraph in body[span["article"]]]
            assert place is not None
            assert any(start <= place[0] and place[1] <= end for start, end in paragraphs), span


def test_gold_ids_are_unique_and_references_are_whole(gold: dict[str, list[dict[str, Any]]]) -> None:
    ids = {layer: [record["id"] for record in gold[layer] if "id" in record] for layer in LAYERS}
    for layer, keys in ids.items():
        assert len(keys) == len(set(keys)), layer
    actors, statements = set(ids["actors"]), set(ids["statements"])
    known = {key for keys in ids.values() for key in keys}
    for layer in LAYERS:
        for record in gold[layer]:
            for field in ACTOR_FIELDS:
                assert set(record.get(field, [])) <= actors, record
            assert set(record.get("asserted_by", [])) <= statements | {"narrator"}, record
            assert set(record.get("said_by", [])) <= actors | {"narrator"}, record
            assert {
                record.get("via"),
                record.get("amount"),
                record.get("issue"),
                record.get("host"),
            } <= known | {None} or layer in ("articles", "meetings"), record
            assert set(record.get("about", [])) <= known, record
            assert record.get("part_of") is None or record["part_of"] in ids[layer], record
            if layer in ("origins", "episodes"):
                assert set(record["articles"]) <= set(ids["articles"]), record
            for side in record.get("sides", []):
                assert set(side["origins"]) <= set(ids["origins"]), record
    for day in gold["timeline"]:
        assert {*day["events"], *day["meetings"], *day["measures"]} <= known, day


def test_sides_of_a_real_difference_come_from_different_origins(
    gold: dict[str, list[dict[str, Any]]],
) -> None:
    for record in gold["differences"]:
        assert len(record["sides"]) >= 2
        assert len({origin for side in record["sides"] for origin in side["origins"]}) >= 2, record


def test_web_archive_is_what_its_script_builds(tmp_path: Path) -> None:
    script = SAMPLE / "build_warc.py"
    spec = importlib.util.spec_from_file_location("sample_build_warc", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.build_warc(tmp_path / "one.warc.gz")
    module.build_warc(tmp_path / "two.warc.gz")
    assert (tmp_path / "one.warc.gz").read_bytes() == (tmp_path / "two.warc.gz").read_bytes()
    assert (
        read_reports(tmp_path)["one.warc.gz#https://kestreldispatch.example/late/uthant-havana"]
        == (read_reports(REPORTS)["crawl.warc.gz#https://kestreldispatch.example/late/uthant-havana"])
    )


# --- the scores count right -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("then he said he would", "he", [(5, 7), (13, 15)]),
        ("a hard\n  wrapped line", "hard wrapped", [(2, 16)]),
        ("nothing here", "there", []),
        ("costs $5.", "$5.", [(6, 9)]),
    ],
)
def test_quote_is_found_as_whole_words(text: str, quote: str, expected: list[tuple[int, int]]) -> None:
    assert find_quote(text, quote) == expected


def test_span_is_resolved_inside_its_paragraph() -> None:
    text = "he said so.\n\nThen he left, and he ran."
    body = ["he said so.", "Then he left, and he ran."]
    span = {"article": "a", "quote": "he", "paragraph": 1, "nth": 2}
    assert resolve(span, text, body) == (31, 33)


def test_rendered_page_has_no_head_and_no_markup() -> None:
    page = (
        "<html><head><title>x</title></head><body><p>One &amp;\n two</p><script>y</script><p>three</p></body>"
    )
    assert render_html(page) == "One & two\nthree"


def test_pairs_are_one_to_one_and_best_first() -> None:
    assert pair_up([(0.5, 0, 0), (0.9, 0, 1), (0.8, 1, 1), (0.4, 1, 0)]) == [(0, 1), (1, 0)]


def test_f1_of_nothing_is_zero() -> None:
    assert f1(frozenset(), frozenset()) == 0.0


def write_gold_as_export(folder: Path, texts: dict[str, str], gold: dict[str, list[dict[str, Any]]]) -> None:
    """Write gold itself in the form of an export: ids renamed, quotes turned into offsets."""
    body = {article["id"]: article["body"] for article in gold["articles"]}
    key = {name: f"a{number}" for number, name in enumerate(sorted(texts))}

    def convert(value: Any) -> Any:
        if isinstance(value, list):
            return [convert(item) for item in value]
        if isinstance(value, dict) and "quote" in value:
            place = resolve(value, texts[value["article"]], body[value["article"]])
            assert place is not None
            return {"article": key[value["article"]], "start": place[0], "end": place[1]}
        if isinstance(value, dict):
            return {name: convert(item) for name, item in value.items()}
        return key.get(value, value) if isinstance(value, str) else value

    for layer, records in gold.items():
        rows = []
        for record in records:
            row = {**convert(record)}
            if layer == "articles":
                text = texts[record["id"]]
                row |= {"text": text, "source": f"/somewhere/reports/{record['source']}"}
                row["body"] = [find_quote(text, paragraph)[0] for paragraph in record["body"]]
                row["furniture"] = [[*find_quote(text, line)[0], kind] for line, kind in record["furniture"]]
            rows.append(json.dumps(row))
        (folder / f"{layer}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")


def test_gold_scores_full_marks_against_itself(
    tmp_path: Path, texts: dict[str, str], gold: dict[str, list[dict[str, Any]]]
) -> None:
    """What is exactly gold gets 1.0 everywhere, and no error is charged to it."""
    write_gold_as_export(tmp_path, texts, gold)
    scores = score_export(tmp_path, SAMPLE)
    errors = (
        "article_furniture_in_body",
        "event_not_current_as_happened",
        "difference_traps_raised",
        "difference_within_one_origin",
    )
    short = {name: value for name, value in scores.items() if name not in errors and value < 1.0}
    assert short == {}
    assert {name: scores[name] for name in errors} == dict.fromkeys(errors, 0.0)


def test_empty_export_scores_nothing_and_does_not_fail(tmp_path: Path) -> None:
    assert set(score_export(tmp_path, SAMPLE).values()) == {0.0}


def tiny_sample(root: Path) -> Path:
    """One article, two statements, one planned event: small enough to count by hand."""
    text = "Nav\n\nMr Fox said that the bridge would open.\n\nMs Owl denied that it would open soon.\n"
    body = ["Mr Fox said that the bridge would open.", "Ms Owl denied that it would open soon."]
    nowhere = {"from": None, "to": None, "precision": "unknown", "basis": "inferred", "span": None}

    def span(quote: str, **more: int) -> dict[str, Any]:
        return {"article": "one.txt", "quote": quote, **more}

    def statement(key: str, speaker: str, content: dict[str, Any], act: str) -> dict[str, Any]:
        return {
            "id": key,
            "speakers": [speaker.split()[1].lower()],
            "speaker": span(speaker),
            "cue": None,
            "content": [content],
            "kind": "indirect",
            "act": act,
            "named": True,
        }

    gold: dict[str, list[dict[str, Any]]] = {layer: [] for layer in LAYERS}
    gold["articles"] = [
        {
            "id": "one.txt",
            "source": "one.txt",
            "headline": None,
            "outlet": None,
            "byline": None,
            "agency": None,
            "published": nowhere,
            "body": body,
            "furniture": [["Nav", "nav"]],
        }
    ]
    gold["actors"] = [
        {"id": "fox", "name": "Fox", "names": ["Mr Fox"], "type": "person", "part_of": None},
        {"id": "owl", "name": "Owl", "names": ["Ms Owl"], "type": "person", "part_of": None},
    ]
    gold["statements"] = [
        statement("st-1", "Mr Fox", span("the bridge would open"), "assert"),
        statement("st-2", "Ms Owl", span("it would open soon"), "deny"),
    ]
    gold["events"] = [
        {
            "id": "ev-1",
            "type": "AGREE",
            "also": [],
            "sources": ["fox"],
            "recipients": [],
            "status": "planned",
            "evidence": [span("the bridge would open")],
        }
    ]
    (root / "gold").mkdir(parents=True)
    for layer, records in gold.items():
        lines = "".join(json.dumps(record) + "\n" for record in records)
        (root / "gold" / f"{layer}.jsonl").write_text(lines, encoding="utf-8")
    export = root / "export"
    export.mkdir()

    def place(quote: str) -> dict[str, Any]:
        return {"article": "a1", "start": text.index(quote), "end": text.index(quote) + len(quote)}

    found: dict[str, list[dict[str, Any]]] = {
        "articles": [
            {
                "id": "a1",
                "source": "x/one.txt",
                "text": text,
                "headline": None,
                "agency": None,
                "body": [[0, text.index("Ms Owl")]],
                "furniture": [],
            }
        ],
        "actors": [
            {"id": "p1", "name": "Mr Fox", "names": ["Fox"]},
            {"id": "p2", "name": "Wolf", "names": []},
        ],
        "statements": [
            {
                "speakers": ["p1"],
                "speaker": place("Mr Fox"),
                "content": [place("that the bridge would open")],
                "kind": "indirect",
                "act": "assert",
                "named": True,
            },
            {
                "speakers": ["p2"],
                "speaker": place("Nav"),
                "content": [place("it would open soon")],
                "kind": "indirect",
                "act": "assert",
                "named": True,
            },
            {
                "speakers": ["p2"],
                "speaker": None,
                "content": [place("Nav")],
                "kind": "direct",
                "act": "assert",
                "named": True,
            },
        ],
        "events": [
            {
                "type": "AGREE",
                "sources": ["p1"],
                "recipients": [],
                "status": "happened",
                "evidence": [place("bridge would open")],
            }
        ],
    }
    for layer, records in found.items():
        lines = "".join(json.dumps(record) + "\n" for record in records)
        (export / f"{layer}.jsonl").write_text(lines, encoding="utf-8")
    return export


def test_scores_of_a_tiny_export_are_those_counted_by_hand(tmp_path: Path) -> None:
    export = tiny_sample(tmp_path)
    scores = score_export(export, tmp_path)
    expected = {
        "article_body_line_precision": 1 / 2,
        "article_body_line_recall": 1 / 2,
        "article_furniture_in_body": 1.0,
        "article_agency_right": 1.0,
        "statement_strict_recall": 1 / 2,
        "statement_strict_precision": 1 / 3,
        "statement_loose_recall": 1.0,
        "statement_speaker_resolved": 1 / 2,
        "statement_act_right": 1 / 2,
        "event_recall": 1.0,
        "event_status_right": 0.0,
        "event_not_current_as_happened": 1.0,
        "event_sources_right": 1.0,
    }
    assert {name: scores[name] for name in expected} == pytest.approx(expected)
