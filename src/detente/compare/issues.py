"""What the parties contend over: the issues of single articles brought together.

Two issues are one when their labels have the same content words, when their keywords name the same two or
more classes of ``data/events/issues.toml`` (withdraw and troop, say), when half of their keywords are
the same, or when their labels, countries aside, tell the same matter: one class that is a matter by itself
("annexation", "Crimea's absorption"), or a class and the same word with it ("direct talks with Kiev", "direct
Ukrainian-Russian talks"). Matters that name different countries stay apart, and of a matter told of several
countries the one that names none joins none. The widest-reported label stands for the group, of several the
shortest that has two words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from detente.compare.cues import cues
from detente.compare.groups import Groups
from detente.compare.order import Order
from detente.compare.words import WORD
from detente.readers.actors.lexicon import load_words
from detente.readers.events.lexicon import read_data
from detente.record import Issue, Reading

MOST_HELD = 64


def _data() -> dict[str, dict[str, list[str]]]:
    data: dict[str, dict[str, list[str]]] = read_data("events", "issues.toml")
    return data


@cache
def _classes() -> frozenset[str]:
    """The names of the word classes in which issues' keywords are told."""
    return frozenset(_data()["classes"])


@cache
def _class_of() -> dict[str, str]:
    """Word → class, plurals and forms in -ing too."""
    words = {word: name for name, words in _data()["classes"].items() for word in words}
    forms = {w.removesuffix("e") + "ing": name for w, name in words.items()}
    return {w + "s": name for w, name in words.items()} | forms | words


def _folded(text: str) -> frozenset[str]:
    plain = cues().function_words
    return frozenset(w.casefold()[:6] for w in WORD.findall(text) if w.casefold() not in plain)


def _matter(label: str) -> tuple[frozenset[str], frozenset[str]]:
    """What a label tells, names aside, and the countries it names; nothing where it tells too little."""
    classes, names, plain = _class_of(), load_words(), cues().function_words
    told: set[str] = set()
    countries: set[str] = set()
    for n, word in enumerate(WORD.findall(label)):
        folded = word.casefold()
        if word[0].isupper():
            found = {name.country for name in names.get(word) or () if name.country}
            countries |= found
            if found or n > 0:
                continue
        if folded not in plain and len(folded) > 1:
            told.add(classes.get(folded, folded[:6]))
    core = told & _classes()
    alone = _data()["alone"]["classes"]
    if len(core) == 1 and core <= set(alone):
        return frozenset(core), frozenset(countries)
    return frozenset(told if core and len(told) > 1 else ()), frozenset(countries)


def _join_matters(matters: dict[str, tuple[frozenset[str], frozenset[str]]], groups: Groups[str]) -> None:
    """Join the issues that tell the same matter of countries which do not differ."""
    held: dict[frozenset[str], list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for issue_id, (told, countries) in matters.items():
        if told:
            held[told].append((issue_id, countries))
    for found in held.values():
        parts: list[tuple[str, set[str]]] = []  # an issue, and the countries of all that it stands for
        for issue_id, countries in found:
            if not countries:
                continue
            meeting = [part for part in parts if part[1] & countries]
            for other, _ in meeting:
                groups.join(issue_id, other)
            parts = [part for part in parts if part not in meeting]
            parts.append((issue_id, set(countries).union(*(c for _, c in meeting))))
        unnamed = [issue_id for issue_id, countries in found if not countries]
        for issue_id in unnamed:
            groups.join(issue_id, parts[0][0] if len(parts) == 1 else unnamed[0] if not parts else issue_id)


@dataclass(slots=True)
class _Told:
    """A local issue as the pile tells it: how often by each name, and its words as they are told first."""

    labels: Counter[str] = field(default_factory=Counter)
    keywords: tuple[str, ...] = ()
    first: tuple[int, str] = (0, "")

    @property
    def label(self) -> str:
        """The name it is told by most often, of several the shortest; two words say more than one."""
        return min(self.labels, key=lambda x: (" " not in x, -self.labels[x], len(x), x))


def _gather(readings: Iterable[Reading], order: Order) -> dict[str, _Told]:
    """The local issues by id, those that the pile tells first first."""
    found: dict[str, _Told] = defaultdict(_Told)
    for reading in readings:
        place = order.article(reading.article)
        for issue in reading.issues:
            told = found[issue.id]
            if not told.labels or place < told.first:
                told.first, told.keywords = place, issue.keywords
            told.labels[issue.label] += 1
    return dict(sorted(found.items(), key=lambda item: (item[1].first[0], item[1].label, item[1].keywords)))


def cluster_issues(
    readings: Iterable[Reading], *, order: Order | None = None
) -> tuple[list[Issue], dict[str, str]]:
    """The issues of the pile in the order of ids, and local issue id → issue id.

    ``order``: in which the articles tell; None goes by their ids.
    """
    issues = _gather(readings, order or Order())
    groups: Groups[str] = Groups()
    by_label: dict[frozenset[str], str] = {}
    by_word: dict[str, list[str]] = defaultdict(list)
    by_core: dict[frozenset[str], str] = {}
    words = {i: _folded(" ".join(issue.keywords)) for i, issue in issues.items()}
    matters = {i: _matter(issue.label) for i, issue in issues.items()}
    countries = {i: named for i, (_, named) in matters.items()}
    for issue_id in issues:
        label = _folded(issues[issue_id].label)
        groups.join(issue_id, by_label.setdefault(label, issue_id))
        core = _classes() & set(issues[issue_id].keywords)
        if len(core) > 1:
            groups.join(issue_id, by_core.setdefault(core, issue_id))
        near = {other for word in words[issue_id] for other in by_word[word]}
        for other in sorted(near):
            shared = len(words[issue_id] & words[other])
            apart = countries[issue_id] and countries[other] and not countries[issue_id] & countries[other]
            if not apart and shared >= 2 and 2 * shared >= len(words[issue_id] | words[other]):
                groups.join(issue_id, other)
        for word in words[issue_id]:
            if len(by_word[word]) < MOST_HELD:
                by_word[word].append(issue_id)
    _join_matters(matters, groups)
    merged, to = [], {}
    for members in groups.members(issues).values():
        best = min(members, key=lambda i: _standing(issues[i]))
        keywords = tuple(dict.fromkeys(k for i in members for k in issues[i].keywords))
        merged.append(Issue(min(members), issues[best].label, keywords))
        to.update(dict.fromkeys(members, min(members)))
    return sorted(merged, key=lambda i: i.id), to


def _standing(issue: _Told) -> tuple[object, ...]:
    """What stands for a group goes first: the issue told most often, of several the shortest of two words."""
    label = issue.label
    return -issue.labels.total(), " " not in label, len(label), label
