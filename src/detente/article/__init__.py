"""Page → Article: the article and nothing but the article, with offsets, from text, rows and HTML."""

from detente.article.read import READER, read_article
from detente.article.settings import DEFAULT, Settings

__all__ = [
    "DEFAULT",
    "READER",
    "Settings",
    "read_article",
]
