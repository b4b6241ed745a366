"""What changed from one version of a page to the next: values, and paragraph by paragraph with their places.

Paragraphs that stand in both, in order, are aligned word for word; of the rest the likest are paired (half
of their words shared: "changed"), the same words at another place are "moved", and what stays over was
dropped or added. White space does not count.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator

from detente.record import Article, Change, Span

LEAST_SHARED = 0.5  # of two paragraphs' words, from which one is held to have become the other
MOST_PAIRS = 40_000  # paragraphs compared all with all at most; beyond, only what stands in one place is
_WORD = re.compile(r"\w+")


def find_changes(before: Article, after: Article) -> tuple[Change, ...]:
    """Every part that differs, in the order headline, byline, agency, day, paragraphs as they stand."""
    return (*_values(before, after), *_paragraphs(before, after))


def headline_of(article: Article) -> str:
    """The headline as it stands on the page, else as the source states it; empty where there is none."""
    words = article.words(article.headline) if article.headline is not None else article.title or ""
    return " ".join(words.split())


def _values(before: Article, after: Article) -> Iterator[Change]:
    for part in ("headline", "byline", "agency", "published"):
        was, now = _value(before, part), _value(after, part)
        if was != now:
            kind = "added" if not was else "dropped" if not now else "changed"
            spans = _place(before, part), _place(after, part)
            yield Change(before.id, after.id, part, kind, *spans, was or None, now or None)


def _value(article: Article, part: str) -> str:
    if part == "headline":
        return headline_of(article)
    value = article.published.from_ if part == "published" else getattr(article, part)
    return value or ""


def _place(article: Article, part: str) -> Span | None:
    return article.headline if part == "headline" else article.evidence.get(part)


Place = tuple[int, int]


def _paragraphs(before: Article, after: Article) -> Iterator[Change]:
    """In the order of the later version; what was dropped where it stood in the earlier one."""
    old, new = _folded(before), _folded(after)
    gone: list[tuple[int, int]] = []
    come: list[tuple[int, int]] = []
    stays: dict[int, int] = {}
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for number, (op, a, b, c, d) in enumerate(matcher.get_opcodes()):
        if op == "equal":
            stays.update(zip(range(a, b), range(c, d), strict=True))
        else:
            gone += [(number, i) for i in range(a, b)]
            come += [(number, j) for j in range(c, d)]
    pairs = _paired(gone, come, old, new)
    ordered: list[tuple[float, Change]] = []
    last = -1
    for i in range(len(old)):
        if i in pairs:
            kind = "moved" if old[i] == new[pairs[i]] else "changed"
            ordered.append((pairs[i], _change(before, after, kind, i, pairs[i])))
        elif i not in stays:
            ordered.append((last + 0.5, _change(before, after, "dropped", i, None)))
        last = max(last, stays.get(i, pairs.get(i, last)))
    taken = set(pairs.values())
    ordered += [(j, _change(before, after, "added", None, j)) for _, j in come if j not in taken]
    yield from (change for _, change in sorted(ordered, key=lambda pair: pair[0]))


def _folded(article: Article) -> list[str]:
    return [" ".join(article.text[start:end].split()) for start, end in article.body]


def _paired(
    gone: list[tuple[int, int]], come: list[tuple[int, int]], old: list[str], new: list[str]
) -> dict[int, int]:
    """Which paragraph became which, the likest first."""
    everywhere = len(gone) * len(come) <= MOST_PAIRS
    words_old = {i: _words(old[i]) for _, i in gone}
    words_new = {j: _words(new[j]) for _, j in come}
    likes = [
        (-like, abs(i - j), i, j)
        for place, i in gone
        for other, j in come
        if everywhere or place == other
        if (like := _likeness(words_old[i], words_new[j])) >= LEAST_SHARED
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(likes):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _words(text: str) -> Counter[str]:
    return Counter(word.casefold() for word in _WORD.findall(text))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _change(before: Article, after: Article, kind: str, i: int | None, j: int | None) -> Change:
    was = Span(before.id, *before.body[i]) if i is not None else None
    now = Span(after.id, *after.body[j]) if j is not None else None
    return Change(before.id, after.id, "paragraph", kind, was, now)
