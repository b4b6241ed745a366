"""Time expressions, resolved against the article's date, each with its granularity and basis."""

from detente.language.times.dates import date_of
from detente.language.times.expression import TimeExpression
from detente.language.times.find import find_article_times, find_times, paragraph_times
from detente.language.times.report import day_of_report

__all__ = [
    "TimeExpression",
    "date_of",
    "day_of_report",
    "find_article_times",
    "find_times",
    "paragraph_times",
]
