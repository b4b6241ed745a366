"""Compare: whose words, the same event, where accounts differ, the timeline.

    comparison = compare_pile(pile)
    for layer, record in comparison.records(): ...

A report is not a source: every count is reports · origins · outlets.
"""

from detente.compare.comparison import LAYER_ORDER, CompareSettings, Comparison, compare_pile
from detente.compare.diff import RecordDiff, diff
from detente.compare.judgements import Judgement
from detente.compare.lineage import Lineage, lineage
from detente.compare.pile import AsOfPile, MemoryPile, Pile, asof

__all__ = [
    "LAYER_ORDER",
    "AsOfPile",
    "CompareSettings",
    "Comparison",
    "Judgement",
    "Lineage",
    "MemoryPile",
    "Pile",
    "RecordDiff",
    "asof",
    "compare_pile",
    "diff",
    "lineage",
]
