"""Acts that happen once, with the day that an account gives them: "annexed Crimea on March 21".

Read from the body's words alone, so that a clause which no reader coded still counts. Only acts of
``data/compare/acts.toml`` are looked for: a thing that happens again ("met", "said") has many days.

Limits: English month names, weekdays and "N days, weeks, months ago"; a date more than a dozen words
from its verb is not seen.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from detente.compare.cues import cues
from detente.compare.shared import sentence_ranges
from detente.compare.words import WORD
from detente.record import Article, Span

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_UNIT_DAYS = {"day": (1, 1), "week": (7, 3), "month": (30, 15)}
_MONTH = "(?:" + "|".join(rf"{m}|{m[:3]}\." for m in _MONTHS) + "|Sept.)"
_DATE = re.compile(
    rf"(?P<md>(?P<m1>{_MONTH}) (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y1>\d{{4}}))?\b)"
    rf"|(?P<dm>\b(?P<d2>\d{{1,2}}) (?P<m2>{_MONTH})(?: (?P<y2>\d{{4}}))?\b)"
    rf"|(?P<ago>\b(?P<n>\d{{1,2}}|an?|{'|'.join(_NUMBERS)}) (?P<unit>day|week|month)s? (?:ago|earlier)\b)"
    rf"|(?P<weekday>(?<!next )(?<!until )(?<!by )\b(?:{'|'.join(_WEEKDAYS)})\b)"
)
_RELATIVE = re.compile(r"\b(?:yesterday|last night|today|tonight)\b", re.IGNORECASE)
_SIGN = re.compile("|".join((*(f"{m[:3]}" for m in _MONTHS), *_WEEKDAYS)))
_NEAR_SIGNS = ("yesterday", "last night", "today", "tonight")
BEFORE, BEHIND = 3, 24  # letters of a date before its month ("12 ") and behind the month's first three
PUBLISHED = 0.5  # what the day of publication counts beside a day named
LEAD = 2400  # characters of a body that tell the news
CALENDAR = (
    1.5  # what a day of the calendar ("April 20") counts beside a weekday, which is mostly the article's own
)
RELATIVE = 0.5  # and what "yesterday", "today" count
NEAR = 80  # characters between an act and its date
TITLE = 4  # letters of an abbreviated title
AROUND = 110  # characters either side of an act whose words say which act it is


@dataclass(frozen=True, slots=True)
class DatedAct:
    """An act with the day or days that its account gives it.

    ``first`` and ``last`` are day numbers; ``loose`` for "two weeks ago"; ``names`` the stems of the names
    around it, which tell one annexation from another, and ``before`` those that stand before the verb.
    """

    article: str
    act: str
    first: int
    last: int
    loose: bool
    date: Span
    clause: Span
    names: frozenset[str]
    before: frozenset[str] = frozenset()


@cache
def _data() -> dict[str, Any]:
    text = files("detente").joinpath("data/compare/acts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _acts() -> tuple[re.Pattern[str], dict[str, str]]:
    of_form = {form: act for act, forms in _data()["once"].items() for form in forms}
    longest = sorted(of_form, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b"), of_form


def find_dated_acts(article: Article) -> Iterator[DatedAct]:
    """The dated acts of an article's body, in reading order."""
    published = article.published.last_day
    if published is None:
        return
    pattern, of_form = _acts()
    for start, end in article.body:
        if not pattern.search(article.text, start, end):
            continue
        for first, last in sentence_ranges(article.text, start, end):
            verbs = list(pattern.finditer(article.text, first, last))
            for date in _DATE.finditer(article.text, first, last) if verbs else ():
                verb = min(verbs, key=lambda v: (_gap(v, date), v.start()))
                days = _days(date, published)
                if days is not None and _gap(verb, date) <= NEAR:
                    yield _act(article, of_form[verb.group()], verb, date, days, (first, last))


def find_days(articles: Iterable[Article]) -> dict[str, float]:
    """How much each day matters to a pile: how many articles name it, or come out on it or the day after.

    An article that names a day counts once for it, more near its beginning and where it names the date; its
    own day counts for the news that needs no date.
    """
    weights: dict[str, float] = defaultdict(float)
    for article in articles:
        published = article.published.last_day
        if published is None:
            continue
        named: dict[int, float] = {published.toordinal(): PUBLISHED}
        begins = article.body[0][0] if article.body else 0
        for day, at, kind in _named_days(article, published):
            weight = kind * (2.0 if at - begins < LEAD else 1.0)
            named[day] = max(named.get(day, 0.0), weight)
        for day, weight in named.items():
            weights[dt.date.fromordinal(day).isoformat()] += weight
    return dict(weights)


def named_days(article: Article, start: int, end: int) -> list[int]:
    """The days, as numbers, that the words between two places name for certain."""
    published = article.published.last_day
    if published is None:
        return []
    found = (_days(match, published) for match in _DATE.finditer(article.text, start, end))
    return [days[0] for days in found if days is not None and not days[2]]


def _named_days(article: Article, published: dt.date) -> Iterator[tuple[int, int, float]]:
    """The days that a body names: day number, offset, and what its kind of naming counts."""
    for start, end in article.body:
        for match in _dates(article.text, start, end):
            days = _days(match, published)
            if days is not None and not days[2]:
                yield days[0], match.start(), 1.0 if match["weekday"] else CALENDAR
        words = article.text[start:end].lower()
        near = any(sign in words for sign in _NEAR_SIGNS)
        for match in _RELATIVE.finditer(article.text, start, end) if near else ():
            back = 1 if match.group().casefold() in ("yesterday", "last night") else 0
            yield published.toordinal() - back, match.start(), RELATIVE


def _dates(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What ``_DATE`` finds of days by name; looked for around names of months and weekdays alone: ten times
    as fast."""
    at = start
    for sign in _SIGN.finditer(text, start, end):
        found = _DATE.search(text, max(at, sign.start() - BEFORE), min(end, sign.end() + BEHIND))
        if found is not None and found.start() <= sign.start() < found.end():
            at = found.end()
            yield found


def _gap(verb: re.Match[str], date: re.Match[str]) -> int:
    """Characters between; a date before its verb counts double, for most follow it."""
    return date.start() - verb.end() if date.start() >= verb.end() else 2 * (verb.start() - date.end())


def _act(
    article: Article, act: str, verb: re.Match[str], date: re.Match[str], days: tuple[int, int, bool],
    sentence: tuple[int, int],
) -> DatedAct:  # fmt: skip
    start, end = max(sentence[0], verb.start() - AROUND), min(sentence[1], verb.end() + AROUND)
    before, after = (
        frozenset(_names_in(article.text, first, last, date.span()))
        for first, last in ((start, verb.start()), (verb.end(), end))
    )
    clause = min(verb.start(), date.start()), max(verb.end(), date.end())
    spans = Span(article.id, *date.span()), Span(article.id, *clause)
    doers = before - {title[:5] for title in _data()["titles"]}
    return DatedAct(article.id, act, *days, *spans, before | after, doers)


def _names_in(text: str, start: int, end: int, date: tuple[int, int]) -> Iterator[str]:
    """Stems of the capitalised words but for dates, function words and abbreviated titles ("Gov.")."""
    plain = cues().function_words
    for match in WORD.finditer(text, start, end):
        word = match.group()
        titled = text.startswith(". ", match.end()) and len(word) <= TITLE
        if (
            word[0].isupper()
            and not titled
            and word.casefold() not in plain
            and not date[0] <= match.start() < date[1]
            and word not in (*_MONTHS, *_WEEKDAYS)
        ):
            yield word.casefold()[:5]


def _days(date: re.Match[str], published: dt.date) -> tuple[int, int, bool] | None:
    if date["ago"]:
        number = date["n"].casefold()
        count = int(number) if number.isdigit() else _NUMBERS.index(number) + 1 if number in _NUMBERS else 1
        size, slack = _UNIT_DAYS[date["unit"]]
        day = published.toordinal() - count * size
        return day - slack, day + slack, True
    if date["weekday"]:
        back = (published.weekday() - _WEEKDAYS.index(date["weekday"])) % 7
        return published.toordinal() - back, published.toordinal() - back, False
    month, day_text, year = (date["m1"], date["d1"], date["y1"]) if date["md"] else (
        date["m2"], date["d2"], date["y2"])  # fmt: skip
    number = 1 + next(i for i, m in enumerate(_MONTHS) if m[:3] == month[:3])
    return _calendar_day(published, number, int(day_text), int(year) if year else None)


def _calendar_day(published: dt.date, month: int, day: int, year: int | None) -> tuple[int, int, bool] | None:
    try:
        found = dt.date(year or published.year, month, day)
        if year is None and found > published:
            found = dt.date(published.year - 1, month, day)
    except ValueError:
        return None
    return found.toordinal(), found.toordinal(), False
