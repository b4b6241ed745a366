"""Inputs as files: text, HTML, JSON Lines, WARC, feeds.

Every input must end as pages or as refusals with a known reason, never as "fault" or an exception; twice
the same; storable as UTF-8; and within the time allowed.
"""

from __future__ import annotations

import gzip
import json
import time
import zlib
from collections import Counter
from pathlib import Path

from detente.record import Page, Refusal
from detente.source import REASONS, Limits, read_pages

LIMITS = Limits(
    max_file_bytes=300_000, max_page_chars=100_000, max_row_bytes=50_000, max_record_bytes=50_000,
    max_header_bytes=2_000, max_skip_bytes=500_000, max_line_chars=50_000, max_refusals_in_file=20,
)  # fmt: skip
HTML = "<!DOCTYPE html><html><head><meta charset='{0}'><title>T</title></head><body><p>Talks – «soon» {1}.</p></body></html>"


def _record(body: bytes, number: int, extra: str = "") -> bytes:
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{extra}\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://p.example/{number}\r\nContent-Type: application/http\r\n"
    return f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def seeds() -> dict[str, list[bytes]]:
    """Well-formed inputs by the file name they are given."""
    pages = [HTML.format("utf-8", n).encode() for n in range(3)]
    rows = [{"id": n, "text": f"Row {n} – «text».", "title": "T", "date": "1962-10-24"} for n in range(4)]
    lines = b"".join(json.dumps(row).encode() + b"\n" for row in [*rows, {"id": "h", "html": "<p>x</p>"}])
    records = [_record(page, n) for n, page in enumerate(pages)]
    records.append(_record(gzip.compress(pages[0], mtime=0), 7, "Content-Encoding: gzip\r\n"))
    records.append(_record(zlib.compress(pages[1]), 8, "Content-Encoding: deflate\r\n"))
    records.append(_record(b"5\r\n<html\r\n3\r\n>hi\r\n0\r\n\r\n", 9, "Transfer-Encoding: chunked\r\n"))
    items = "".join(
        f"<item><guid>{n}</guid><title>T</title><description><![CDATA[<p>One {n}</p>]]></description></item>"
        for n in range(3)
    )
    rss = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>P</title>{items}</channel></rss>'.encode()
    atom = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><entry><id>1</id><link href="http://p.example/1"/>'
        b'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p></div></content></entry></feed>'
    )
    text = "Talks – «soon».\r\n\r\nThe envoy said: no.\n" * 5
    wide = [
        HTML.format("windows-1251", "Встреча").encode("cp1251", "replace"),
        HTML.format("utf-16", "x").encode("utf-16"),
    ]
    return {
        "a.html": [*pages, *wide],
        "a.jsonl": [lines, lines.decode().encode("utf-16")],
        "a.jsonl.gz": [gzip.compress(lines, mtime=0)],
        "a.json": [json.dumps(rows).encode(), json.dumps(rows[0]).encode(), lines],
        "a.warc": [b"".join(records)],
        "a.warc.gz": [
            b"".join(gzip.compress(item, mtime=0) for item in records),
            gzip.compress(b"".join(records), mtime=0),
        ],
        "a.xml": [rss, atom],
        "a.txt": [
            text.encode(),
            text.encode("cp1252"),
            text.encode("utf-16"),
            "Встреча прошла.".encode("koi8-r"),
            lines,
            rss,
        ],
        "a": [*pages, lines, rss, gzip.compress(text.encode(), mtime=0)],
    }


def complaint(path: Path, slow: float) -> tuple[str | None, Counter[str]]:
    """What rule the reading of a file breaks, if any, and what it gave."""
    started = time.process_time()
    first = list(read_pages([path], limits=LIMITS))
    took = time.process_time() - started
    gave = Counter(o.reason if isinstance(o, Refusal) else type(o).__name__ for o in first)
    if took > slow:
        return f"took {took:.2f} s", gave
    if first != list(read_pages([path], limits=LIMITS)):
        return "differs on the second reading", gave
    for outcome in first:
        if isinstance(outcome, Refusal) and (outcome.reason == "fault" or outcome.reason not in REASONS):
            return f"{outcome.reason}: {outcome.detail}", gave
        try:
            str(outcome).encode()
            if isinstance(outcome, Page):
                "".join(
                    filter(None, (outcome.content, outcome.source, outcome.title, outcome.url, outcome.date))
                ).encode()
        except UnicodeEncodeError as error:
            return f"cannot be stored: {error.reason}", gave
    return (None if first else "gave nothing at all"), gave
