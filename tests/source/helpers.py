"""Small inputs made by the tests themselves, and shorthands to read them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path

from detente.record import Page, Refusal
from detente.source import FileDone, Limits, Outcome, Skipped, read_pages

TEXT = "The envoy arrived on Tuesday.\n\nTalks begin tomorrow, the ministry said.\n"
HTML = (
    "<!DOCTYPE html><html><head><title>Talks</title></head><body><p>Talks begin tomorrow.</p></body></html>"
)


def read(*paths: str | Path, limits: Limits | None = None, **options) -> list[Outcome]:
    return list(read_pages(paths, limits=limits or Limits(), **options))


def pages(outcomes: Iterable[Outcome]) -> list[Page]:
    return [outcome for outcome in outcomes if isinstance(outcome, Page)]


def refusals(outcomes: Iterable[Outcome]) -> list[Refusal]:
    return [outcome for outcome in outcomes if isinstance(outcome, Refusal)]


def reasons(outcomes: Iterable[Outcome]) -> list[str]:
    return [refusal.reason for refusal in refusals(outcomes)]


def skipped(outcomes: Iterable[Outcome]) -> list[Skipped]:
    return [outcome for outcome in outcomes if isinstance(outcome, Skipped)]


def done(outcomes: Iterable[Outcome]) -> list[FileDone]:
    return [outcome for outcome in outcomes if isinstance(outcome, FileDone)]


def rows(*objects: object) -> bytes:
    return b"".join(json.dumps(item).encode() + b"\n" for item in objects)


def http(body: bytes, *, status: int = 200, headers: str = "Content-Type: text/html\r\n") -> bytes:
    return f"HTTP/1.1 {status} Something\r\n{headers}\r\n".encode() + body


def record(
    block: bytes,
    *,
    url: str = "http://paper.example/1",
    kind: str = "response",
    media: str = "application/http; msgtype=response",
    length: int | str | None = None,
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 1962-10-24T10:00:00Z\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def page_record(number: int, **options) -> bytes:
    body = f"<html><body><p>Page {number} of the paper.</p></body></html>".encode()
    return record(http(body), url=f"http://paper.example/{number}", **options)


def warc_gz(*records: bytes) -> bytes:
    return b"".join(gzip.compress(item, mtime=0) for item in records)


def rss(*items: str, prolog: str = "") -> str:
    return f'<?xml version="1.0"?>{prolog}<rss version="2.0"><channel><title>The Paper</title>{"".join(items)}</channel></rss>'
