"""What the parties contend over: the issues of single articles brought together.

Two issues are one when their labels have the same content words, when their keywords name the same two or
more classes of ``data/events/issues.toml`` (withdraw and troop, say), or when half of their keywords are
the same; the widest-reported label stands for the group, of several the shortest that has two words.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from detente.compare.cues import cues
from detente.compare.groups import Groups
from detente.compare.words import WORD
from detente.record import Issue, Reading

MOST_HELD = 64


@cache
def _classes() -> frozenset[str]:
    """The names of the word classes in which issues' keywords are told."""
    data = tomllib.loads((files("detente") / "data" / "events" / "issues.toml").read_text(encoding="utf-8"))
    return frozenset(data["classes"])


def _folded(text: str) -> frozenset[str]:
    plain = cues().function_words
    return frozenset(w.casefold()[:6] for w in WORD.findall(text) if w.casefold() not in plain)


def cluster_issues(readings: Iterable[Reading]) -> tuple[list[Issue], dict[str, str]]:
    """The issues of the pile in the order of ids, and local issue id → issue id."""
    issues: dict[str, Issue] = {}
    uses: Counter[str] = Counter()
    for reading in readings:
        for issue in reading.issues:
            known = issues.setdefault(issue.id, issue)
            if " " not in known.label and " " in issue.label:  # two words say more than one
                issues[issue.id] = issue
            uses[issue.id] += 1
    groups: Groups[str] = Groups()
    by_label: dict[frozenset[str], str] = {}
    by_word: dict[str, list[str]] = defaultdict(list)
    by_core: dict[frozenset[str], str] = {}
    words = {i: _folded(" ".join(issue.keywords)) for i, issue in issues.items()}
    for issue_id in sorted(issues):
        label = _folded(issues[issue_id].label)
        groups.join(issue_id, by_label.setdefault(label, issue_id))
        core = _classes() & set(issues[issue_id].keywords)
        if len(core) > 1:
            groups.join(issue_id, by_core.setdefault(core, issue_id))
        near = {other for word in words[issue_id] for other in by_word[word]}
        for other in sorted(near):
            shared = len(words[issue_id] & words[other])
            if shared >= 2 and 2 * shared >= len(words[issue_id] | words[other]):
                groups.join(issue_id, other)
        for word in words[issue_id]:
            if len(by_word[word]) < MOST_HELD:
                by_word[word].append(issue_id)
    merged, to = [], {}
    for members in groups.members(sorted(issues)).values():
        best = min(members, key=lambda i: (-uses[i], " " not in issues[i].label, len(issues[i].label), i))
        keywords = tuple(dict.fromkeys(k for i in members for k in issues[i].keywords))
        merged.append(Issue(min(members), issues[best].label, keywords))
        to.update(dict.fromkeys(members, min(members)))
    return sorted(merged, key=lambda i: i.id), to
