"""Finite verbs that a look at the words tells, for patterns that part sentences from captions and notices."""

from __future__ import annotations

FINITE = "is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|said|says|did|does|do|told"
"""Auxiliaries and verbs of saying, as alternatives of a pattern."""
PAST = "took|came|went|began|fell|rose|met|won|lost|left|made|gave|saw|held|became|sent|kept"
"""Past forms that news uses most and that do not end in "ed"."""
