"""Time expressions, resolved against the article's date, each with its granularity and basis."""

from detente.language.times.dates import date_of
from detente.language.times.expression import TimeExpression
from detente.language.times.find import find_article_times, find_times, paragraph_times

__all__ = ["TimeExpression", "date_of", "find_article_times", "find_times", "paragraph_times"]
