"""Page → Article: the article and nothing but the article, with offsets, from text, rows and HTML."""

from detente.article.read import READER, read_article
from detente.article.settings import DEFAULT, Settings
from detente.article.versions import Versions, find_address, find_changes, group_versions

__all__ = [
    "DEFAULT",
    "READER",
    "Settings",
    "Versions",
    "find_address",
    "find_changes",
    "group_versions",
    "read_article",
]
