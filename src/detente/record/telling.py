"""What orders two articles where nothing else does: when, how fully and in which words they tell.

Ids are hashes of content. In their order nothing is earlier, fuller or surer than anything else, and the next
version of a reader turns it over: nothing that can be seen may hang on it.
"""

from __future__ import annotations

from detente.record.types import Article

OPENING = 60  # characters of a headline, and of the first paragraph
LATE = "9999"
TellingKey = tuple[str, int, str, str]


def telling_key(article: Article) -> TellingKey:
    """By the day and hour of publication (none comes last), the fuller body, the opening, the outlet."""
    told = article.words(article.headline) if article.headline else article.title or ""
    first = article.body[0][0] if article.body else 0
    opening = f"{told[:OPENING]}|{article.text[first : first + OPENING]}"
    length = sum(end - start for start, end in article.body)
    return article.published.from_ or LATE, -length, opening, article.outlet or article.host or ""
