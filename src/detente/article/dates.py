"""Days written in words, figures and URLs, many languages; ambiguous figures are left unread.

Not caught on purpose: days without a year, years of two figures (but 5.3.14), relative days
("2 hours ago"), and ``3/5/2014`` when nothing tells which is the month.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from detente.article.lists import load_list
from detente.record import Date, Span

YEARS = range(1800, 2101)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day found at ``start:end`` of the words searched, with its time of day where stated."""

    start: int
    end: int
    day: dt.date
    time: str | None = None
    offset: str = ""

    def to_date(self, span: Span | None = None) -> Date:
        """The record's date: to the minute where the words give one."""
        if self.time is None:
            return Date.day(self.day, basis="stated", span=span)
        moment = f"{self.day.isoformat()}T{self.time}{self.offset}"
        return Date(moment, moment, "minute", "stated", span)


@cache
def _months() -> dict[str, int]:
    months: dict[str, int] = {}
    for language in load_list("dates")["months"].values():
        for number, forms in enumerate(language, start=1):
            for form in forms:
                months.setdefault(form, number)
    return months


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    of = r"(?:de |of |di |d'|del )?"
    return (
        re.compile(
            rf"(?<![\d.:])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?[\s\u00a0/-]*{of}"
            rf"(?P<m>{month})\b\.?,?[\s\u00a0/-]*"
            rf"(?:de |del |, )?(?P<y>\d{{4}})(?!\d)"
        ),
        re.compile(
            rf"(?<!\w)(?P<m>{month})\b\.?[\s\u00a0]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?"
            rf"(?:,\s*|\.\s*|\s+)(?P<y>\d{{4}})(?![\d])"
        ),
        re.compile(r"(?<![\d/-])(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
        re.compile(r"(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]"),
        re.compile(r"(?<![\d./-])(?P<a>\d{1,2})(?P<sep>[./-])\s?(?P<b>\d{1,2})(?P=sep)\s?(?P<y>\d{4})(?!\d)"),
        # Two figures for the year only in the dotted form, which is day first wherever it is used.
        re.compile(r"(?<![\d./-])(?P<a>\d{1,2})(?P<sep>\.)(?P<b>\d{1,2})\.(?P<y>\d{2})(?![\d.])"),
    )


_AFTER = re.compile(
    r"[\s\u00a0]*(?:[,|·•–—T-]|at|um|à|às|a las|alle|ore|kl\.?|klo|o godz\.|v|в|о|@)?[\s\u00a0,]*"
    r"(?P<h>[01]?\d|2[0-3])[:.h時时](?P<min>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?"
    r"[\s\u00a0]?(?P<ap>[ap]\.?\s?m\b\.?)?[\s\u00a0]*(?P<tz>Z\b|GMT|UTC|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?P<h>[01]?\d|2[0-3])[:.](?P<min>[0-5]\d)[\s\u00a0]?(?P<ap>[ap]\.?\s?m\b\.?)?[\s\u00a0]*"
    r"(?P<tz>GMT|UTC)?(?:\s?[A-Z]{2,4})?[\s\u00a0]*(?:[,|·•–-]|on|uhr)?"
    r"[\s\u00a0]*(?:\w{2,10}[.,]?[\s\u00a0]*)?$",
    re.IGNORECASE,
)


# A year, or a day, month and year in dots.
_FIGURE = re.compile(r"\d{4}|\d\.\d{1,2}\.\d")


def find_stamps(words: str, *, day_first: bool | None = None) -> list[Stamp]:
    """The days named in some words, in order.

    Args:
        words: a line or two; long texts cost time.
        day_first: how ``3/5/2014`` reads here; None leaves it unread unless one figure exceeds 12.
    """
    if not _FIGURE.search(words):
        return []
    lower = words.lower()
    if len(lower) != len(words):
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in words)
    stamps: list[Stamp] = []
    for pattern in _patterns():
        for match in pattern.finditer(lower):
            day = _day(match.groupdict(), day_first)
            if day and not any(s.start < match.end() and match.start() < s.end for s in stamps):
                stamps.append(_with_time(words, match.start(), match.end(), day))
    return sorted(stamps, key=lambda stamp: stamp.start)


def _day(parts: dict[str, str], day_first: bool | None) -> dt.date | None:
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    if "a" in parts:
        a, b = int(parts["a"]), int(parts["b"])
        if parts["sep"] == "." or a > 12:
            day_first = True
        elif b > 12:
            day_first = False
        if day_first is None and a != b:
            return None
        day, month = (a, b) if day_first else (b, a)
    else:
        named = parts["m"]
        month = int(named) if named.isdigit() else _months()[named]
        day = int(parts["d"])
    return make_day(year, month, day)


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """A calendar day within the years of the web, or None."""
    if year not in YEARS:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _with_time(words: str, start: int, end: int, day: dt.date) -> Stamp:
    after = _AFTER.match(words, end)
    if after:
        return Stamp(start, after.end(), day, _clock(after), _offset(after["tz"]))
    before = _BEFORE.search(words[max(0, start - 40) : start])
    if before:
        start = max(0, start - 40) + before.start()
        return Stamp(start, end, day, _clock(before), _offset(before["tz"]))
    return Stamp(start, end, day)


def _clock(match: re.Match[str]) -> str:
    hour = int(match["h"])
    half = (match["ap"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return f"{hour:02d}:{match['min']}"


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    if zone[0] in "+-":
        return zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return "+00:00"


_URL_DAY = re.compile(
    r"(?<![\d])(?P<y>(?:19|20)\d\d)(?P<sep>[/_.-]?)(?P<m>0[1-9]|1[0-2])"
    r"(?P=sep)(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
)
_URL_SHORT = re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>1[0-2]|[1-9])/(?P<d>[12]\d|3[01]|[1-9])(?=/|$)")
_URL_NAMED = re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>[a-z]{3,9})/(?P<d>\d{1,2})(?=/|$)")
_URL_NUMBER = re.compile(r"n\d/(?P<y>20\d\d)/(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?=/)")


def find_url_day(url: str) -> dt.date | None:
    """The day a URL's path states ("/2014/03/05/", "-20140305-"), if it states exactly one."""
    path = re.sub(r"^[a-z]+://[^/]+", "", url.split("?")[0].split("#")[0], flags=re.IGNORECASE)
    days: set[dt.date] = set()
    for pattern in (_URL_DAY, _URL_SHORT, _URL_NAMED, _URL_NUMBER):
        for match in pattern.finditer(path.lower()):
            named = match["m"]
            month = int(named) if named.isdigit() else _months().get(named, 0)
            day = make_day(int(match["y"]), month, int(match["d"]))
            if day:
                days.add(day)
    return days.pop() if len(days) == 1 else None


_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?)?"
)


def read_stamp(value: str) -> Stamp | None:
    """One day out of metadata: ISO 8601 first, else words; None unless exactly one day is named."""
    value = value.strip()
    match = _ISO.match(value)
    if match:
        day = make_day(int(match[1]), int(match[2]), int(match[3]))
        if day is None:
            return None
        clock = f"{match[4]}:{match[5]}" if match[4] else None
        zone = match[6]
        return Stamp(0, len(value), day, clock, "+00:00" if zone == "Z" else _offset(zone))
    compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", value[:8])
    if compact and (len(value) == 8 or value[8] in "T "):
        day = make_day(int(compact[1]), int(compact[2]), int(compact[3]))
        return Stamp(0, len(value), day) if day else None
    stamps = find_stamps(value)
    return stamps[0] if len({stamp.day for stamp in stamps}) == 1 else None


def day_first_of(host: str | None, language: str) -> bool | None:
    """How figures like 3/5/2014 read on a page: by its language, else by its host's country."""
    lists = load_list("dates")["words"]
    if language in lists["day_first"]:
        return True
    suffix = (host or "").rsplit(".", 1)[-1]
    if suffix in lists["day_first_hosts"]:
        return True
    return False if suffix in lists["month_first_hosts"] else None
