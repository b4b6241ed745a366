"""A coded clause before it becomes an event, and the rules that turn one type into another.

The rules are those of the PLOVER manual's "potential ambiguities": cooperation to come is AGREE, a
retreat to come is CONCEDE, a speaker's own hostile step to come is THREATEN, and cooperation that will
not come is REJECT.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "AGREE"})
YIELDING = frozenset({"RETREAT", "CONCEDE"})
HOSTILE = frozenset({"SANCTION", "COERCE", "ASSAULT", "PROTEST"})
MATERIAL_CONFLICT = frozenset({"SANCTION", "COERCE", "ASSAULT", "MOBILIZE"})

_ABOUT = {
    "CONSULT": "meet", "AGREE": "meet", "AID": "assist", "COOPERATE": "assist", "SUPPORT": "assist",
    "RETREAT": "yield", "CONCEDE": "yield",
}  # fmt: skip
_THREAT = {
    ("COERCE", "arrest"): "arrest", ("COERCE", "deport"): "expel", ("COERCE", "seize"): "territory",
    ("SANCTION", "expel"): "expel", ("SANCTION", "withdraw"): "relations",
    ("SANCTION", "discontinue"): "restrict",
}  # fmt: skip
_THREAT_BY_TYPE = {"ASSAULT": "violence", "MOBILIZE": "violence", "COERCE": "restrict", "REJECT": "relations"}
_CAMEO = {
    ("REQUEST", "assist"): "101", ("REQUEST", "meet"): "106", ("REQUEST", "yield"): "105",
    ("REQUEST", "change"): "104", ("REQUEST", None): "100", ("REJECT", "assist"): "121",
    ("REJECT", "meet"): "125", ("REJECT", "yield"): "124", ("REJECT", "change"): "123",
    ("REJECT", None): "120", ("THREATEN", "violence"): "138", ("THREATEN", "restrict"): "131",
    ("THREATEN", "relations"): "1313", ("THREATEN", "expel"): "136", ("THREATEN", "arrest"): "137",
    ("THREATEN", "territory"): "1382", ("THREATEN", None): "130", ("CONCEDE", None): "080",
    ("ACCUSE", "allege"): "112",
}  # fmt: skip
_AGREE_CAMEO = {"CONSULT": "036", "AID": "033", "COOPERATE": "031", "SUPPORT": "032", "RETREAT": "035",
                "CONCEDE": "035"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coding:
    """What one trigger codes: the type, who, whom, and where in the parse it stands.

    ``at`` is the token whose place decides who asserts it: the trigger, or the verb of saying when
    the act coded is the saying itself. ``covers`` are tokens that must not code again.
    """

    type: str
    mode: str | None
    cameo: str | None
    sources: tuple[str, ...]
    recipients: tuple[str, ...]
    trigger: int
    clause: int
    at: int
    status: str
    lemma: str
    confidence: float = 0.85
    covers: tuple[int, ...] = ()
    nominal: bool = False


def about(content: Coding | None) -> str | None:
    """The mode of a request or refusal, from what is asked or refused."""
    if content is None:
        return None
    return _ABOUT.get(content.type, "change" if content.type in HOSTILE else None)


def threat_mode(content: Coding | None) -> str | None:
    """The mode of a threat, from what is threatened."""
    if content is None:
        return None
    return _THREAT.get((content.type, content.mode or ""), _THREAT_BY_TYPE.get(content.type))


def cameo_of(kind: str, mode: str | None) -> str | None:
    """The CAMEO code that stands for a verbal act and its mode."""
    return _CAMEO.get((kind, mode), _CAMEO.get((kind, None)))


def promised(content: Coding) -> Coding:
    """A cooperative or yielding act to come, as an agreement."""
    return replace(content, type="AGREE", mode=None, cameo=_AGREE_CAMEO.get(content.type, "030"))


def to_come(content: Coding) -> Coding:
    """What a future form makes of an act by the type alone (manual, rules 1 and 2)."""
    if content.type in COOPERATIVE:
        return promised(content)
    if content.type in YIELDING:
        return replace(content, type="CONCEDE", mode=None, cameo="080")
    return content


def threatened(content: Coding) -> Coding:
    """A hostile act that its own doer announces."""
    mode = threat_mode(content)
    return replace(content, type="THREATEN", mode=mode, cameo=cameo_of("THREATEN", mode))


def refused(content: Coding) -> Coding:
    """An act that its doer says will not come."""
    mode = about(content)
    return replace(content, type="REJECT", mode=mode, cameo=cameo_of("REJECT", mode))
