"""Whose page it is: from metadata, from the host, or from what the page says of itself."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from detente.article.draft import Found
from detente.article.lists import load_outlets

_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "gov", "ac", "edu", "or", "ne", "go"])
_PLAIN_HOSTS = frozenset(
    ["www", "www1", "www2", "m", "mobile", "amp", "en", "english", "edition", "news", "beta"]
)


def find_host(url: str | None) -> str | None:
    """The host of a URL in lower case, without port; None for no URL."""
    if not url or "//" not in url:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.lower() if host else None


def outlet_of_host(host: str | None) -> Found | None:
    """The outlet at a host: listed, else a name derived from the host's own label."""
    if not host:
        return None
    by_host, _ = load_outlets()
    labels = host.split(".")
    for start in range(len(labels) - 1):
        name = by_host.get(".".join(labels[start:]))
        if name:
            return Found(name, "host", 0.95)
    name = derive_name(host)
    return Found(name, "host", 0.5) if name else None


def derive_name(host: str) -> str | None:
    """A readable name from a host: "www.daily-record.co.uk" → "Daily Record"."""
    labels = [label for label in host.split(".") if label]
    if len(labels) < 2 or host.replace(".", "").isdigit():
        return None
    own = labels[-3] if len(labels) >= 3 and labels[-2] in _SECOND_LEVEL else labels[-2]
    if own in _PLAIN_HOSTS:
        return None
    words = re.split(r"[-_]", own)
    return " ".join(word.upper() if len(word) <= 3 else word.capitalize() for word in words)


# How a line of furniture names the outlet it belongs to, with the confidence that gives.
_SAYS: tuple[tuple[str, float], ...] = (
    (
        r"^(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s?[-–]\s?\d{4})?)?,?\s*(?:by\s+)?"
        r"(?P<name>[A-Z].{2,60}?)(?:[.,|]|\s[-–—]|\sAll rights|\sLtd|\sInc|$)",
        0.75,
    ),
    (r"^more (?:from|articles from|stories from|headlines from) (?P<name>[A-Z].{2,60}?)\s*:?$", 0.7),
    (r"^(?P<name>[A-Z].{2,60}?) (?:articles|home|homepage|archives?)$", 0.7),
    (r"^(?:by|from|via|source:)\s+(?:\[)?(?P<name>[A-Z][^\]]{2,60}?)(?:\]\([^)]*\))?[,.:]?$", 0.65),
    (r"^(?:subscribe to|about|contact|advertise (?:with|in)|welcome to)\s+(?P<name>[A-Z].{2,60}?)$", 0.6),
)


@cache
def _says() -> tuple[tuple[re.Pattern[str], float], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), confidence) for pattern, confidence in _SAYS)


_OPENS = (
    "©",
    "(c)",
    "copyright",
    "more ",
    "by ",
    "from ",
    "via ",
    "source:",
    "subscribe to ",
    "about ",
    "contact ",
    "advertise ", "welcome to ",
)  # fmt: skip
_CLOSES = ("articles", "home", "homepage", "archive", "archives")


def outlet_in_words(words: str) -> tuple[str, float, int, int] | None:
    """A listed outlet that a line of furniture gives as its own, with confidence and place."""
    plain = words.lower()
    if not (plain.startswith(_OPENS) or plain.endswith(_CLOSES)):
        return None
    for pattern, confidence in _says():
        match = pattern.search(words)
        if not match:
            continue
        name = load_outlets()[1].get(match["name"].strip())
        if name:
            return name, confidence, match.start("name"), match.end("name")
    return None
