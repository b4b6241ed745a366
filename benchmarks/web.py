"""How fast the web app answers on a generated crisis of 5,000 articles: ``python -m benchmarks.web``.

The crisis is made of records alone (nothing is parsed), straight into a store, the same every time. Measured:
the processor time of every page and filter in one process, each with values not asked for before (no answer comes from
a memo); 50 readers at once over a socket; the first page's size gzipped; the time a frame of the timeline
takes while panning over 5,000 events, in Chromium (``--frames``).
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from detente.record import (
    Actor,
    Article,
    Count,
    Date,
    Difference,
    Episode,
    Event,
    Figure,
    Issue,
    Measure,
    Meeting,
    Origin,
    Passage,
    Position,
    Side,
    Span,
    Statement,
    TimelineDay,
    make_id,
)  # fmt: skip
from detente.record.types import ACTS, EVENT_STATUSES, STANCES
from detente.store import open_store
from detente.store.protocol import Input

ARTICLES, OUTLETS, ACTORS, ISSUES, DAYS = 5_000, 120, 2_400, 160, 120
STATEMENTS, EVENTS, MEETINGS, MEASURES, POSITIONS, FIGURES, DIFFERENCES, PASSAGES = (
    60_000, 5_000, 1_200, 900, 7_000, 9_000, 700, 6_000,
)  # fmt: skip
TYPES = (
    "CONSULT",
    "AGREE",
    "SUPPORT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    "AID",
)
WORDS = [
    "the",
    "government",
    "of",
    "the",
    "northern",
    "republic",
    "said",
    "its",
    "ships",
    "would",
    "stay",
    "in",
    "the",
    "strait",
    "until",
    "talks",
    "begin",
    "while",
    "officials",
    "in",
    "the",
    "capital",
    "denied",
    "that",
    "any",
    "order",
    "to",
    "withdraw",
    "troops",
    "from",
    "the",
    "border",
    "had",
    "been",
    "given",
    "and",
    "demanded",
    "that",
    "sanctions",
    "be",
    "lifted",
    "before",
    "a",
    "meeting",
    "of",
    "ministers",
    "could",
    "be",
    "held",
    "under",
    "a",
    "neutral",
    "flag",
]
FIRST = dt.date(2031, 3, 1)


class Crisis:
    """Records of a made-up crisis, from one seed."""

    def __init__(self, *, articles: int = ARTICLES) -> None:
        self.chance = random.Random(7)
        self.share = articles / ARTICLES
        self.articles = [self._article(n) for n in range(articles)]
        self.actor_ids = [make_id("ac", "actor", n) for n in range(ACTORS)]
        self.origins = self._origins()
        self.origin_of = {a: o.id for o in self.origins for a in o.articles}

    def _day(self) -> dt.date:
        return FIRST + dt.timedelta(int(self.chance.triangular(0, DAYS - 1, DAYS * 0.7)))

    def _article(self, n: int) -> Article:
        identity = make_id("a", "article", n)
        outlet = f"Outlet {int(self.chance.paretovariate(1.1)) % OUTLETS}"
        headline = " ".join(self.chance.choices(WORDS, k=8)).capitalize()
        paragraphs = [" ".join(self.chance.choices(WORDS, k=34)).capitalize() + "." for _ in range(12)]
        text, body = headline + "\n", []
        for paragraph in paragraphs:
            body.append((len(text), len(text) + len(paragraph)))
            text += paragraph + "\n"
        day = self._day().isoformat()
        date = Date(day, day, "day", "stated") if n % 25 else Date.unknown()
        return Article(
            identity, f"pile/{n:05d}.html", text, Span(identity, 0, len(headline)), outlet, None, None, None, None, date,
            "en", tuple(body), (), None, make_id("sha", n), reader="article.v1",
        )  # fmt: skip

    def _origins(self) -> list[Origin]:
        found, at = [], 0
        while at < len(self.articles):
            size = min(int(self.chance.paretovariate(1.2)), 40)
            group = tuple(a.id for a in self.articles[at : at + size])
            name = self.articles[at].outlet or ""
            found.append(
                Origin(
                    make_id("or", at),
                    name,
                    "agency" if size > 3 else "outlet",
                    group,
                    (),
                    0.8,
                    "they share text",
                )
            )
            at += size
        return found

    def span(self, article: Article | None = None) -> Span:
        article = article or self.chance.choice(self.articles)
        start, end = self.chance.choice(article.body)
        first = start + self.chance.randrange(0, 60)
        return Span(article.id, first, min(first + 70, end))

    def actors(self, most: int = 2) -> tuple[str, ...]:
        n = self.chance.randrange(1, most + 1)
        return tuple(
            dict.fromkeys(
                self.actor_ids[min(int(self.chance.paretovariate(0.7)), ACTORS - 1)] for _ in range(n)
            )
        )

    def date(self) -> Date:
        day = self._day()
        if self.chance.random() < 0.1:
            return Date(day.isoformat(), (day + dt.timedelta(6)).isoformat(), "week", "resolved")
        return Date.day(day, basis=self.chance.choice(("stated", "resolved", "published")))

    def evidence(self) -> tuple[tuple[Span, ...], Count]:
        n = min(int(self.chance.paretovariate(1.3)), 30)
        spans = {s.article: s for s in (self.span() for _ in range(n))}
        origins = {self.origin_of[a] for a in spans}
        return tuple(spans.values()), Count(len(spans), len(origins), len(spans))

    def many(self, number: int) -> range:
        return range(max(2, int(number * self.share)))

    def records(self) -> Iterator[Any]:
        yield from self.origins
        mentions: dict[str, list[Span]] = {i: [] for i in self.actor_ids}
        for _ in self.many(60_000):
            mentions[self.actors(1)[0]].append(self.span())
        for n, identity in enumerate(self.actor_ids):
            yield Actor(
                identity,
                f"Person {n}",
                (f"Person {n}", f"P. {n}"),
                "person" if n % 3 else "state",
                None,
                None,
                (),
                tuple(mentions[identity]),
            )
        for n in range(60):
            group = tuple(a.id for a in self.chance.sample(self.articles, max(2, len(self.articles) // 70)))
            yield Episode(make_id("ep", n), f"Story number {n} of the strait", group, self.date())
        issues = [make_id("is", n) for n in range(ISSUES)]
        yield from (Issue(i, " ".join(self.chance.choices(WORDS, k=2)), ()) for i in issues)
        for n in self.many(PASSAGES):
            origin = self.chance.choice(self.origins)
            ids = origin.articles[:3]
            spans = (
                tuple(self.span(next(a for a in self.articles if a.id == i)) for i in ids)
                if len(ids) > 1 and n < 1_500
                else (self.span(), self.span())
            )
            yield Passage(make_id("pa", n), spans, "verbatim", 0.97, origin.id)
        yield from self._speech(issues)
        yield from self._deeds()

    def _speech(self, issues: list[str]) -> Iterator[Any]:
        for n in self.many(STATEMENTS):
            span = self.span()
            yield Statement(
                make_id("st", n), self.actors(1), None, None, (span,), "indirect", self.chance.choice(ACTS), True, None,
                self.date(), None, self.actors(1) if n % 4 == 0 else (), reader="statements.v1", confidence=0.9,
            )  # fmt: skip
        for n in self.many(POSITIONS):
            spans, count = self.evidence()
            yield Position(
                make_id("po", n), self.chance.choice(issues), self.actors(), self.chance.choice(STANCES), spans, self.date(),
                ("narrator",), count, reader="positions.v1",
            )  # fmt: skip

    def _deeds(self) -> Iterator[Any]:
        days: dict[str, list[str]] = {}
        events = []
        for n in self.many(EVENTS):
            spans, count = self.evidence()
            event = Event(
                make_id("ev", n), self.chance.choice(TYPES), None, (), "190", "plover", self.actors(), self.actors(), self.date(),
                None, self.chance.choice(EVENT_STATUSES), ("narrator",), spans, count, reader="events.v1", confidence=self.chance.random(),
            )  # fmt: skip
            days.setdefault(event.date.from_, []).append(event.id)
            events.append(event.id)
            yield event
        for n in self.many(MEETINGS):
            spans, count = self.evidence()
            yield Meeting(
                make_id("mt", n),
                "meeting",
                "held",
                self.actors(3),
                None,
                "Geneva",
                self.date(),
                None,
                (),
                spans,
                count,
                reader="meetings.v1",
            )
        for n in self.many(MEASURES):
            spans, count = self.evidence()
            yield Measure(
                make_id("ms", n),
                "sanction",
                self.actors(),
                self.actors(),
                None,
                None,
                "happened",
                self.date(),
                spans,
                count,
                reader="measures.v1",
            )
        for n in self.many(FIGURES):
            span = self.span()
            low = float(self.chance.randrange(3, 9_000))
            yield Figure(
                make_id("fi", n),
                span,
                "killed",
                low,
                low,
                None,
                False,
                "people",
                ("narrator",),
                self.date(),
                reader="figures.v1",
            )
        for n in self.many(DIFFERENCES):
            sides = tuple(
                Side(str(self.chance.randrange(9, 999)), (s,), (self.origin_of[s.article],))
                for s in (self.span(), self.span())
            )
            kind = self.chance.choice(("number", "date", "denial", "name"))
            yield Difference(
                make_id("di", n),
                kind,
                (self.chance.choice(events),),
                sides,
                self.chance.choice(("high", "medium", "low")),
                "open",
                "accounts differ",
                reader="compare.v1",
            )
        for day, ids in sorted(days.items()):
            yield TimelineDay(
                Date(day, day, "day", "stated"),
                tuple(ids),
                (),
                (),
                "What the day brought",
                (),
                Count(9, 5, 7),
            )


def make_store(path: Path, *, articles: int = ARTICLES) -> None:
    """Write the crisis into a store."""
    crisis = Crisis(articles=articles)
    store = open_store(str(path))
    try:
        store.add_inputs((Input(a.source, a.sha256, "read", article=a.id), a) for a in crisis.articles)
        made = {"tool_version": "benchmark", "model": "none", "readers": "none"}
        store.replace_records(crisis.records(), fingerprint=store.pile_fingerprint(), made_by=made)
    finally:
        store.close()


# --- pages and filters


def requests(chance: random.Random, ids: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Name and address of every kind of request, with values drawn anew."""
    day = lambda: (FIRST + dt.timedelta(chance.randrange(DAYS))).isoformat()  # noqa: E731
    actor = lambda: f"Person {min(int(chance.paretovariate(0.7)), 900)}"  # noqa: E731
    since, until = sorted((day(), day()))
    word = chance.choice(["sanctions", "withdraw", "strait", "ministers", "flag"])
    found = [
        ("briefing", "/"),
        ("briefing since", f"/?since={day()}"),
        ("briefing as of", f"/?asof={day()}"),
        ("timeline", f"/timeline?since={since}&until={until}"),
        ("timeline of an actor", f"/timeline?actor={actor()}"),
        ("timeline by actor", f"/timeline?lanes=actor&status={chance.choice(EVENT_STATUSES)}"),
        ("lanes", f"/timeline.lanes?type={chance.choice(TYPES)}"),
        ("accounts", "/accounts"),
        ("positions", f"/positions?since={since}&until={until}"),
        ("differences", f"/differences?severity={chance.choice(('high', 'low'))}&type=number"),
        ("origins", "/origins"),
        ("actors", f"/actors?q={actor()}"),
        ("conflict", "/conflict"),
        ("map", f"/map?since={since}"),
        ("network", f"/network?since={since}&until={until}"),
        ("search", f"/search?q={word}+{chance.choice(WORDS)}"),
    ]
    for layer in ("statements", "events", "meetings", "figures", "articles"):
        found += [
            (f"{layer}", f"/{layer}?limit=50"),
            (f"{layer} by actor and days", f"/{layer}?actor={actor()}&since={since}&until={until}"),
            (f"{layer} by words", f"/{layer}?q={word}"),
            (f"{layer} as of, by outlet", f"/{layer}?asof={day()}&outlet=Outlet {chance.randrange(1, 9)}"),
        ]
    for name, layer, path in (
        ("accounts of an event", "events", "/accounts/{}"), ("accounts of a story", "episodes", "/accounts/{}"),
        ("reader", "articles", "/reader/{}"), ("actor", "actors", "/actors/{}"), ("citations", "events", "/cite/{}"),
    ):  # fmt: skip
        found.append((name, path.format(chance.choice(ids[layer]))))
    return found


def measure_pages(path: Path, *, rounds: int) -> dict[str, Any]:
    """Processor time of every kind of request, client included: median and 95th percentile, in milliseconds."""
    from starlette.testclient import TestClient

    from detente.store import look_at
    from detente.web.app import make_app

    view = look_at(str(path))
    ids = {
        layer: [
            i
            for (i,) in view.select(
                "SELECT id FROM records WHERE layer = ? ORDER BY sort, id LIMIT 400", layer
            )
        ]
        for layer in ("events", "episodes", "articles", "actors")
    }
    view.close()
    chance = random.Random(11)
    times: dict[str, list[float]] = {}
    began = time.perf_counter()
    with TestClient(make_app(str(path)), base_url="http://127.0.0.1") as client:
        opened = time.perf_counter() - began
        for _, url in requests(chance, ids):
            assert client.get(url).status_code in (200, 400), url
        for _ in range(rounds):
            for name, url in requests(chance, ids):
                start = time.process_time()  # of the whole process: a busy machine does not count
                client.get(url)
                times.setdefault(name, []).append((time.process_time() - start) * 1000)
        first = len(gzip.compress(client.get("/").content))
    table = {name: (statistics.median(t), float(np.percentile(t, 95))) for name, t in times.items()}
    every = sorted(t for values in times.values() for t in values)
    return {
        "opened_s": opened,
        "first_page_gz": first,
        "p50": statistics.median(every),
        "p95": float(np.percentile(every, 95)),
        "pages": table,
    }


# --- readers at once, and frames


class Server:
    """``detente serve`` in a process of its own."""

    def __init__(self, path: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": "src"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "detente", "serve", "--db", str(path), "--port", "0"], stderr=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
        line = self.process.stderr.readline() if self.process.stderr else ""
        self.url = line.split(" is open at ")[1].split("/   ")[0]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)


async def measure_crowd(url: str, *, readers: int, each: int) -> dict[str, Any]:
    """So many readers at once, each asking one page after another."""
    import httpx

    pages = [
        "/",
        "/timeline",
        "/statements?actor=Person 3",
        "/differences",
        "/search?q=sanctions",
        "/positions",
        "/accounts",
        "/events?q=strait",
    ]
    times: list[float] = []
    wrong = 0

    async def read(n: int) -> None:
        nonlocal wrong
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            for k in range(each):
                start = time.perf_counter()
                reply = await client.get(pages[(n + k) % len(pages)])
                times.append(time.perf_counter() - start)
                wrong += reply.status_code != 200

    began = time.perf_counter()
    await asyncio.gather(*(read(n) for n in range(readers)))
    return {
        "readers": readers,
        "requests": len(times),
        "errors": wrong,
        "seconds": time.perf_counter() - began,
        "p95_s": float(np.percentile(times, 95)),
    }


PAN = """async () => {
  const figure = document.querySelector('#lanes'), drawn = [], gaps = [];
  let before = performance.now();
  for (let n = 0; n < 180; n++) {
    await new Promise(requestAnimationFrame);
    const now = performance.now(); gaps.push(now - before); before = now;
    figure.dispatchEvent(new CustomEvent('pan', {detail: n % 60 < 30 ? 12 : -12}));
    drawn.push(performance.now() - now);
  }
  const p = (list, q) => [...list].sort((a, b) => a - b)[Math.floor(q * list.length)];
  return {items: +figure.dataset.ready, draw_p50: p(drawn, .5), draw_p95: p(drawn, .95), frame_p50: p(gaps, .5), frame_p95: p(gaps, .95)};
}"""


def measure_frames(url: str) -> dict[str, float]:
    """Panning the timeline: milliseconds to draw a frame, and between frames."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1360, "height": 900})
        page.goto(f"{url}/timeline")
        page.wait_for_selector("#lanes[data-ready]")
        found: dict[str, float] = page.evaluate(PAN)
        browser.close()
    return found


def main() -> None:
    """Make the crisis, measure, print, and keep the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--db", type=Path, help="keep the store here and use it again")
    parser.add_argument("--frames", action="store_true", help="also time the timeline in Chromium")
    parser.add_argument("--out", type=Path)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = wanted.db or Path(folder) / "crisis.db"
        if not path.exists():
            began = time.perf_counter()
            make_store(path, articles=wanted.articles)
            print(f"made in {time.perf_counter() - began:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
        result = measure_pages(path, rounds=wanted.rounds)
        for name, (median, high) in sorted(result["pages"].items(), key=lambda x: -x[1][1]):
            print(f"{name:32} median {median:6.1f} ms   p95 {high:6.1f} ms")
        print(
            f"all: median {result['p50']:.1f} ms, p95 {result['p95']:.1f} ms; opened in {result['opened_s']:.1f} s; first page {result['first_page_gz'] / 1000:.0f} kB gzipped"
        )
        server = Server(path)
        try:
            result["crowd"] = asyncio.run(measure_crowd(server.url, readers=50, each=6))
            print(result["crowd"])
            if wanted.frames:
                result["frames"] = measure_frames(server.url)
                print(result["frames"])
        finally:
            server.stop()
    if wanted.out:
        wanted.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
