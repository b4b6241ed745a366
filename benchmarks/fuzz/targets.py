"""What is fuzzed, by name: well-formed seeds, and the rules that whatever comes of their damage must keep.

A rule that is broken is given as a sentence; an exception that is not one of ours breaks every rule.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.fuzz import source
from detente.errors import DetenteError
from detente.record import Article, Page

SLOW = 2.0  # seconds of processor time that one damaged input may take
ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "src" / "detente" / "sample" / "october_1962" / "reports"
MODELS = ROOT / "src" / "detente" / "data" / "conflict" / "models"
_PAGE = """<!DOCTYPE html><html lang="en"><head><title>Talks begin – The Post</title><meta property="og:title" content="Talks begin">
<meta property="article:published_time" content="1962-10-24T09:00:00Z"><script type="application/ld+json">
{"@type": "NewsArticle", "headline": "Talks begin", "author": [{"name": "Ada Reed"}], "datePublished": "1962-10-24"}</script></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Talks begin</h1><p class="byline">By Ada Reed</p>
%s</article><aside><h2>Most read</h2><ul><li><a href="/1">Other news</a></li></ul></aside><footer>© The Post</footer></body></html>"""
_PARAGRAPH = "<p>VIENNA (Reuters) – The envoy said on Tuesday that “talks would go on”, and that 12 ships had turned back.</p>"


@dataclass(frozen=True, slots=True)
class Target:
    """Seeds by name, and a function: name and damaged bytes → the broken rule and what came of it."""

    seeds: Callable[[], Mapping[str, list[bytes]]]
    check: Callable[[str, bytes], tuple[str | None, str]]


def _inputs(ends: tuple[str, ...]) -> Target:
    def check(name: str, data: bytes) -> tuple[str | None, str]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(data)
            wrong, gave = source.complaint(path, SLOW)
        return wrong, ", ".join(sorted(gave))

    return Target(lambda: {name: of for name, of in source.seeds().items() if name.endswith(ends)}, check)


def _article(form: str) -> Callable[[str, bytes], tuple[str | None, str]]:
    def check(name: str, data: bytes) -> tuple[str | None, str]:
        from detente.article import read_article

        text = data.decode("utf-8", "replace").replace("\0", " ")
        page = Page(name, form, text, "0" * 64)
        found = read_article(page)
        if found != read_article(page):
            return "differs on the second reading", ""
        if not isinstance(found, Article):
            return None, found.reason
        return _broken_offsets(found), "article"

    return check


def _broken_offsets(article: Article) -> str | None:
    """Body and furniture lie in the text, in order and apart; the headline is where it is said to be."""
    places = sorted([(s, e, "body") for s, e in article.body] + [(s, e, k) for s, e, k in article.furniture])
    for start, end, kind in places:
        if not 0 <= start < end <= len(article.text):
            return f"{kind} {start}:{end} lies outside the text of {len(article.text)}"
    body = sorted(article.body)
    if any(after[0] < before[1] for before, after in pairwise(body)) or body != sorted(article.body):
        return "body passages overlap"
    headline = article.headline
    if headline is not None and not 0 <= headline.start < headline.end <= len(article.text):
        return "the headline lies outside the text"
    return None


def _pages() -> dict[str, list[bytes]]:
    return {"a.html": [(_PAGE % (_PARAGRAPH * n)).encode() for n in (1, 4, 12)]}


def _dumps() -> dict[str, list[bytes]]:
    return {"a.txt": [path.read_bytes() for path in sorted(SAMPLE.glob("*.txt"))[:12]]}


def _model(name: str, data: bytes) -> tuple[str | None, str]:
    from detente.conflict.modelfile import load_model

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            load_model(path)
        except DetenteError as error:
            return (None if str(error) else "an error without words"), "refused"
    return None, "model"


def _models() -> dict[str, list[bytes]]:
    from detente.conflict.gmcr import to_gmcr
    from detente.conflict.modelfile import load_model

    files = sorted(MODELS.glob("*.toml"))
    small = [load_model(path) for path in files if "cuba" not in path.name][:3]
    return {
        "m.toml": [path.read_bytes() for path in files],
        "m.gmcr": [to_gmcr(model).encode() for model in small],
    }


def _judgements(name: str, data: bytes) -> tuple[str | None, str]:
    from detente.store.review import read_judgement_lines

    try:
        read_judgement_lines(data.decode("utf-8", "replace").splitlines(), source=name)
    except DetenteError:
        return None, "refused"
    return None, "judgements"


def _export(name: str, data: bytes) -> tuple[str | None, str]:
    from detente.formats.jsonl import JsonlRecord
    from detente.record import LAYERS
    from detente.store.check import check_record

    with tempfile.TemporaryDirectory() as folder:
        for file in _exported().iterdir():
            (Path(folder) / file.name).write_bytes(data if file.name == name else file.read_bytes())
        try:
            record = JsonlRecord(Path(folder))
            faults = [*check_record(record), *(f for f in record.file_hashes() if f[1] != f[2])]
            list(record.layer(name.partition(".")[0])) if name.partition(".")[0] in LAYERS else None
        except DetenteError:
            return None, "refused"
    # A change to the manifest is found only beside the store: nothing guards the guard.
    changed = name != "manifest.json" and data != (_exported() / name).read_bytes()
    return (
        "a change that check does not find" if changed and not faults else None
    ), "faults" if faults else "whole"


@cache
def _exported() -> Path:
    """A small export, made once; the folder goes with the process."""
    from detente.formats.jsonl import write_jsonl
    from detente.pipeline import read_pile
    from detente.store import open_store
    from tests import canned

    folder = Path(_scratch().name)
    store = open_store(":memory:")
    read_pile([str(canned.write_reports(folder / "reports"))], store, parts=canned.parts())
    write_jsonl(store, folder / "out")
    store.close()
    return folder / "out"


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


def _exports() -> dict[str, list[bytes]]:
    return {path.name: [path.read_bytes()] for path in sorted(_exported().iterdir()) if path.stat().st_size}


@cache
def _client() -> Any:
    import warnings

    from detente.pipeline import read_pile
    from detente.store import open_store
    from detente.web.app import make_app
    from tests import canned

    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

    folder = Path(_scratch().name)
    store = open_store(str(folder / "web.db"))
    read_pile([str(canned.write_reports(folder / "web"))], store, parts=canned.parts())
    store.close()
    return TestClient(
        make_app(str(folder / "web.db")), base_url="http://127.0.0.1", raise_server_exceptions=False
    )


def _url(name: str, data: bytes) -> tuple[str | None, str]:
    from urllib.parse import quote

    address = "/" + quote(data, safe="/?&=%+:;,.-_~!*'()@").lstrip("/")
    answer = _client().get(address[:4_000], follow_redirects=False)
    if answer.status_code >= 500:
        return f"answered {answer.status_code}", ""
    if "<script>alert" in answer.text and answer.headers["content-type"].startswith("text/html"):
        return "a script came back", ""
    return None, str(answer.status_code)


def _urls() -> dict[str, list[bytes]]:
    from detente.web.app import SCREENS

    queries = [
        "?q=norda&since=1962-10-01&until=1962-10-31", "?actor=Kuba&kind=demand&page=2", "?asof=1962-10-24&outlet=Herald",
        '?q="red line" OR guns -oil*', "?status=happened&severity=high&limit=3", "?q=<script>alert(1)</script>",
    ]  # fmt: skip
    paths = [screen.path.replace("{id}", "st-0000000000000000") for screen in SCREENS]
    return {
        "url": [
            (path + query).encode()
            for path in [*paths, "/api/statements", "/api/record/x"]
            for query in queries
        ]
    }


TARGETS: dict[str, Target] = {
    "text": _inputs((".txt", "a")),
    "html": _inputs((".html",)),
    "jsonl": _inputs((".jsonl", ".json", ".jsonl.gz")),
    "warc": _inputs((".warc", ".warc.gz")),
    "feeds": _inputs((".xml",)),
    "pages": Target(_pages, _article("html")),
    "dumps": Target(_dumps, _article("text")),
    "models": Target(_models, _model),
    "judgements": Target(
        lambda: {
            "j": [b'{"kind": "same", "about": ["a", "b"], "who": "Ada", "when": "1962", "why": ""}\n' * 3]
        },
        _judgements,
    ),
    "exports": Target(_exports, _export),
    "urls": Target(_urls, _url),
}
