"""Small damages to bytes, made at random from a seed: what the fuzzing of every parser shares."""

from __future__ import annotations

import random

TOKENS = [
    b"\0", b"\r\n\r\n", b"\n", b"WARC/1.0\r\n", b"Content-Length: 99999999999\r\n", b"Content-Length: -1\r\n", b"\x1f\x8b\x08",
    b"<div>" * 300, b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"&#0;", b"&#xD800;",
    b"</item>", b"<item>", b"<entry>", b"</rss>", b"<title>", b"<script>", b'"', b"\\ud800", b"\\u0000", b"[" * 2000, b'{"a":' * 2000,
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\xe2\x80", b"\xed\xa0\x80", b"charset=utf-7", b"charset=utf-16",
    b"encoding='unicode_escape'", b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n", b"ffffffff\r\n", b"9" * 5000,
    b"<?xml version='1.0' encoding='utf-16'?>", b"\x0b", b"\xc2\x85", b"\xe2\x80\xa8", b" " * 3000, b"NaN", b"null",
]  # fmt: skip


def mutate(data: bytes, chance: random.Random) -> bytes:
    """One to eight small damages."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at, size = chance.randrange(len(out) + 1), chance.choice((1, 2, 4, 16, 200))
        how = chance.randrange(6)
        if how == 0:
            del out[at : at + size]
        elif how == 1:
            out[at : at + size] = chance.randbytes(size)
        elif how == 2:
            out[at:at] = chance.choice(TOKENS)
        elif how == 3:
            out[at:at] = out[max(0, at - size) : at] * chance.choice((1, 3, 50))
        elif how == 4 and chance.random() < 0.3:
            del out[at:]
        elif at < len(out):
            out[at] ^= 1 << chance.randrange(8)
    return bytes(out[:250_000])
