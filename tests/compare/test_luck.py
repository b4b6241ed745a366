"""Ids are hashes: the same pile under other ids gives the same record, written without ids."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from benchmarks.luck import LAYERS, Told, articles_of, compare_under, find_luck, read_under, tell
from detente.language import parse_articles

SALTS = ("", "one", "other")
PILES = ("sample", "bosnia_1995")


@pytest.fixture(scope="module", params=PILES)
def told(request: pytest.FixtureRequest) -> Sequence[dict[str, Told]]:
    parsed = list(parse_articles(articles_of(request.param)))
    return [tell(compare_under(salt, *read_under(salt, parsed))) for salt in SALTS]


@pytest.mark.parametrize("layer", LAYERS)
def test_no_line_hangs_on_the_luck_of_ids(told: Sequence[dict[str, Told]], layer: str) -> None:
    luck = find_luck([{layer: one[layer]} for one in told])[layer]
    assert luck.other_groups == ()
    assert luck.other_lines == ()


def test_luck_is_seen_where_one_line_is_another(told: Sequence[dict[str, Told]]) -> None:
    """The measure is not blind: a record that loses a line under one salt is told of."""
    first, second, _ = told
    gone = Told(first["events"].lines.copy(), first["events"].groups)
    gone.lines.subtract([next(iter(gone.lines))])
    luck = find_luck([{"events": second["events"]}, {"events": gone}])["events"]
    assert len(luck.other_lines) == 1
