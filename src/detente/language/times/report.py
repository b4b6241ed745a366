"""The day a report was written on, where its dateline tells one.

A story filed "Oslo, June 1 –" and printed on June 2 says "today" of June 1, and what it tells without a day
happened on June 1 more likely than on the day it was printed. A weekday alone is the last such day.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from detente.article.dateline import find_dateline_day
from detente.record import Article, Date, Span

_LATEST = 10  # days that a story may wait for print; older datelines are another year's or misread
_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name}
_DAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d{1,2}\b")


def day_of_report(article: Article) -> Date:
    """The day in the dateline of the first or second paragraph, with its words; else the publication day."""
    printed = article.published.first_day
    if printed is None or article.published.last_day != printed:
        return article.published
    for start, end in article.body[:2]:
        words = find_dateline_day(article.text[start : min(end, start + 200)])
        day = _day(article.text[start + words[0] : start + words[1]], printed) if words else None
        if words and day is not None and dt.timedelta(0) <= printed - day <= dt.timedelta(_LATEST):
            return Date.day(day, basis="stated", span=Span(article.id, start + words[0], start + words[1]))
    return article.published


def _day(words: str, printed: dt.date) -> dt.date | None:
    """The last day before print that "Tuesday" or "Oct. 22" names."""
    number = _NUMBER.search(words)
    for word in _WORD.findall(words.lower()):
        if number and word[:3] in _MONTHS:
            return _dated(_MONTHS[word[:3]], int(number[0]), printed)
        if not number and word in _DAYS:
            return printed - dt.timedelta((printed.weekday() - _DAYS[word]) % 7)
    return None


def _dated(month: int, day: int, printed: dt.date) -> dt.date | None:
    for year in (printed.year, printed.year - 1):
        try:
            found = dt.date(year, month, day)
        except ValueError:  # "February 30"
            continue
        if found <= printed:
            return found
    return None
