"""Which articles are compared together: the stories of a run, as partitions that know nothing of each other.

A story is an episode of ``compare/episodes.py`` – articles about one thing within some weeks – joined with
every other that holds a near-duplicate of one of its articles, so that no copy is counted as an account of
its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.compare import Pile
from detente.compare.episodes import find_episodes
from detente.record import make_id


def find_stories(pile: Pile, near: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Story id → the ids of its articles; every article is in exactly one.

    Args:
        pile: the articles; their readings are not looked at.
        near: pairs of articles that are near-duplicates.
    """
    ids = pile.article_ids()
    episodes = find_episodes(pile)
    joined = _Joined(ids)
    longer = {episode.part_of for episode in episodes}
    for episode in episodes:
        if episode.id not in longer:
            joined.join_all(episode.articles)
    for pair in near:
        joined.join_all(pair)
    groups: dict[str, list[str]] = {}
    for article_id in ids:
        groups.setdefault(joined.first(article_id), []).append(article_id)
    return {make_id("story", first): members for first, members in sorted(groups.items())}


class _Joined:
    """Sets of articles that grow together; each is known by its least member."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._above = {one: one for one in ids}

    def first(self, one: str) -> str:
        while (above := self._above[one]) != one:
            self._above[one] = self._above[above]
            one = above
        return one

    def join_all(self, some: Sequence[str]) -> None:
        firsts = sorted({self.first(one) for one in some})
        for other in firsts[1:]:
            self._above[other] = firsts[0]
