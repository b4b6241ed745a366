"""What of a record hangs on the luck of its ids: the same pile read under other ids, layer by layer.

    PYTHONPATH=src:. python -m benchmarks.luck [--salts N] [-v] [PILE …]

Ids are hashes of content and the comparison runs in their order, so that the order of reading leaves no trace. But
they are also arbitrary: a pile whose ids all differ (as they do when a reader's version is raised) says the same,
and must give the same record. Each pile is parsed once and then read and compared under N salts, which are put
into every id that is made; the records are set side by side with all ids written out as what they stand for.

Prints, a pile and layer, how many groups (what is cited together as one) and lines (all fields) the record has under
the first salt and how many of them do not stand under every other one. ``-v`` names the first of these.

Piles: ``sample``, the four of ``tests/fixtures/piles``, and ``seeds``, ``basil`` and ``t17`` where ``shared`` is
there (``DETENTE_SHARED``).
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import msgspec

from detente.article import read_article
from detente.compare import MemoryPile, compare_pile
from detente.compare.comparison import LAYER_ORDER
from detente.language import ParsedArticle, parse_articles
from detente.parts import read_parsed
from detente.readers.actors import registry
from detente.readers.registry import load_readers
from detente.record import Article, Page, Reading, ids, make_id
from detente.source import read_pages

REPO = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("DETENTE_SHARED", REPO.parent / "shared"))
SAMPLE = REPO / "src/detente/sample/october_1962/reports"
INVENTED = ("bosnia_1995", "cod_war_1976", "east_med_2020", "qatar_2017")
NEWS = {"basil": ("stories/basil.jsonl.gz", 45), "t17": ("stories/t17_docs_dev.jsonl.gz", 25)}
"""Rows of public gold: the first so many of the file."""
NAMES = ("sample", *INVENTED, "seeds", *NEWS)
READ = ("actors", "statements", "events", "meetings", "issues", "positions", "measures", "figures")
LAYERS = (*(f"read {layer}" for layer in READ), *LAYER_ORDER, "draft")

_ID = re.compile(r"[a-z]{1,5}-[0-9a-f]{16}")
_SETS = frozenset(("articles", "mentions", "names", "same", "origins", "roles", "sides", "spans"))
"""Fields that are listed in the order of ids or articles, by rule, so that their order says nothing."""
_CITED = ("content", "evidence", "mentions", "span", "spans", "sides", "articles")
"""Fields that say which words a record was made of: those of one record are one group."""
MOST_LOOKED_AT = 200  # lines among which the one most like another is looked for
Plain = Any


# The piles.


def pages_of(path: Path) -> list[Article]:
    """The articles of a folder, as the main job reads them."""
    found = (read_article(page) for page in read_pages([str(path)]) if isinstance(page, Page))
    return [article for article in found if isinstance(article, Article)]


def articles_of(name: str) -> list[Article]:
    """The articles of a pile by its name; none where its files are not there."""
    if name == "sample":
        return pages_of(SAMPLE)
    if name in INVENTED:
        return pages_of(REPO / "tests/fixtures/piles" / name / "reports")
    if name == "seeds":
        return pages_of(SHARED / "seeds") if (SHARED / "seeds").is_dir() else []
    from benchmarks.stories import rows, to_article

    source, most = NEWS[name]
    if not (SHARED / "bench" / source).exists():
        return []
    found = []
    for row in itertools.islice(rows(source, SHARED), most):
        article = to_article(
            row["id"], row["text"], date=row["date"], title=row["title"], outlet=row["outlet"]
        )
        found.append(replace(article, id=make_id("a", row["id"])))
    return found


# Other ids.


@contextmanager
def salted(salt: str) -> Iterator[None]:
    """Every id made within is made of ``salt`` too; none: ids as they are."""
    told = SimpleNamespace(sha256=lambda: hashlib.sha256(salt.encode()))
    registry._shared_id.cache_clear()
    try:
        with mock.patch.object(ids, "hashlib", told):
            yield
    finally:
        registry._shared_id.cache_clear()


def read_under(
    salt: str, parsed: Iterable[ParsedArticle]
) -> tuple[list[Article], list[Reading], list[ids.Made]]:
    """The articles under other ids, what the readers find in them, and the ids that they make."""
    with salted(salt), ids.noting_ids() as made:
        named = [_renamed(one) for one in parsed]
        readings = [read_parsed(p, load_readers()) for p in named]
    return [p.article for p in named], readings, made


def _renamed(parsed: ParsedArticle) -> ParsedArticle:
    """An article under another id, in its own spans and its paragraphs too."""
    old, new = parsed.article.id, make_id("a", parsed.article.id)
    data = msgspec.json.encode(parsed.article).replace(msgspec.json.encode(old), msgspec.json.encode(new))
    article = msgspec.json.decode(data, type=Article)
    return ParsedArticle(article, tuple(replace(p, article=new) for p in parsed.paragraphs))


@dataclass(slots=True)
class Record:
    """A compared record, by layer; also a view that a model can be drafted from."""

    articles: dict[str, Article]
    made: Sequence[ids.Made] = ()
    layers: dict[str, list[Any]] = field(default_factory=dict)

    def layer(self, name: str) -> Iterator[Any]:
        """The records of a layer."""
        return iter(self.layers[name])

    def article(self, article_id: str) -> Article:
        """An article."""
        return self.articles[article_id]


def compare_under(
    salt: str, articles: Sequence[Article], readings: Sequence[Reading], made: Sequence[ids.Made]
) -> Record:
    """The compared record, what the readers found, and the model drafted from it, under a salt."""
    with salted(salt), ids.noting_ids() as more:
        comparison = compare_pile(MemoryPile(articles, readings))
        record = Record({a.id: a for a in articles}, more)
        more.extend(made)
        record.layers = {name: list(comparison.layer(name)) for name in LAYER_ORDER}
        record.layers |= {
            f"read {name}": [one for reading in readings for one in enumerate(getattr(reading, name))]
            for name in READ
        }
        record.layers["draft"] = _draft(record)
    return record


def _draft(record: Record) -> list[Any]:
    from detente.conflict.draft import draft_model
    from detente.conflict.graph import ModelError

    try:
        drafted = draft_model(record)
    except ModelError:
        return []
    model = drafted.model
    return [
        *drafted.left_out,
        *model.parties,
        *model.options,
        *model.exclusions,
        *model.preferences,
        *model.moves,
    ]


# Records without ids.


class Namer:
    """Writes records without ids: each id as what it stands for."""

    def __init__(self, record: Record) -> None:
        self.names = {i: f"<{Path(a.source).name}>" for i, a in record.articles.items()}
        for made in record.made:
            told = "|".join(_ID.sub(lambda found: self.names.get(found[0], "?"), str(p)) for p in made.parts)
            self.names.setdefault(made.id, f"<{made.kind} {told}>")
        self.as_read = dict(self.names)
        found = {}
        for layer in LAYER_ORDER:
            for one in record.layers[layer] if layer != "actors" else ():
                if getattr(one, "id", None):
                    found[one.id] = self._told(layer, one)
        self.compared = self.names = {**self.as_read, **found}

    def _told(self, layer: str, record: Any) -> str:
        """What a record is, in words of its own."""
        what = [
            str(getattr(record, name, "")) for name in ("name", "type", "kind", "label", "stance", "form")
        ]
        plain = self.plain(record)
        cited = [str(plain[key]) for key in _CITED if plain.get(key)]
        text = f"{layer} {'|'.join(what)} {' '.join(cited)}"
        return f"<{layer} {what[0]} {hashlib.sha256(_ID.sub('', text).encode()).hexdigest()[:12]}>"

    def plain(self, record: Any) -> Plain:
        """A record with no id in it, its fields by name."""
        return self._plain(msgspec.to_builtins(record))

    def _plain(self, value: Plain, name: str = "") -> Plain:
        if isinstance(value, str):
            return _ID.sub(lambda found: self.names.get(found[0], found[0]), value)
        if isinstance(value, dict):
            sets = name == "roles"
            return {
                self._plain(key): self._plain(one, "spans" if sets and key == "evidence" else key)
                for key, one in value.items()
                if key != "id"
            }
        if isinstance(value, list | tuple):
            found = [self._plain(one, name if name == "roles" else "") for one in value]
            return sorted(found, key=str) if name in _SETS else found
        return value

    def group(self, layer: str, plain: Plain) -> str:
        """What a record puts together, written as text."""
        plain = plain[1] if isinstance(plain, list) else plain
        if not isinstance(plain, dict):
            return str(plain)
        kind = [plain.get(key, "") for key in ("type", "kind", "label", "stance", "format", "headline")]
        cited = [sorted(map(str, v)) if isinstance(v := plain.get(k), list) else v for k in _CITED]
        return f"{layer} {kind} {cited}"


@dataclass(frozen=True, slots=True)
class Told:
    """A layer of a record as text: each line whole, and what it puts together."""

    lines: Counter[str]
    groups: Counter[str]


def tell(record: Record) -> dict[str, Told]:
    """Every layer of a record without ids."""
    namer = Namer(record)
    found = {}
    for layer in LAYERS:
        namer.names = namer.as_read if layer.startswith("read ") else namer.compared
        plain = [namer.plain(one) for one in record.layers[layer]]
        found[layer] = Told(Counter(map(str, plain)), Counter(namer.group(layer, one) for one in plain))
    return found


@dataclass(frozen=True, slots=True)
class Luck:
    """Of one layer: how many groups and lines there are, and those that do not stand under every salt."""

    groups: int
    lines: int
    other_groups: tuple[str, ...]
    other_lines: tuple[tuple[str, str], ...]


def find_luck(told: Sequence[dict[str, Told]]) -> dict[str, Luck]:
    """What hangs on the salt, by layer; the first of ``told`` is what the others are set against."""
    first, *others = told
    found = {}
    for layer, one in first.items():
        groups: Counter[str] = Counter()
        lines: dict[str, str] = {}
        for other in others:
            groups |= one.groups - other[layer].groups
            gone = sorted((one.lines - other[layer].lines).elements())
            come = sorted((other[layer].lines - one.lines).elements())
            lines.update((line, _nearest(line, come)) for line in gone)
        found[layer] = Luck(
            one.groups.total(),
            one.lines.total(),
            tuple(sorted(groups.elements())),
            tuple(sorted(lines.items())),
        )
    return found


def _nearest(line: str, others: Sequence[str]) -> str:
    """The line most like another one, by the parts they have in common."""
    mine = set(line.split("'"))
    return max(others[:MOST_LOOKED_AT], key=lambda other: len(mine & set(other.split("'"))), default="")


def luck_of(articles: Sequence[Article], salts: Sequence[str]) -> dict[str, Luck]:
    """What of a pile's record hangs on the salt, by layer."""
    parsed = list(parse_articles(articles))
    return find_luck([tell(compare_under(salt, *read_under(salt, parsed))) for salt in salts])


def main() -> None:
    """Print what hangs on ids, a pile and layer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("piles", nargs="*", metavar="PILE", help=", ".join(NAMES))
    parser.add_argument("--salts", type=int, default=5)
    parser.add_argument("-v", action="store_true", help="name the first of what hangs on ids")
    asked = parser.parse_args()
    salts = [f"salt {n}" for n in range(asked.salts)]
    totals: dict[str, Counter[str]] = {layer: Counter() for layer in LAYERS}
    for name in asked.piles or NAMES:
        articles = articles_of(name)
        print(f"{name}: {len(articles)} articles" if articles else f"{name}: not there", flush=True)
        for layer, luck in luck_of(articles, salts).items() if articles else ():
            _print(layer, luck, verbose=asked.v)
            totals[layer] += Counter(
                groups=luck.groups, lines=luck.lines, other_groups=len(luck.other_groups),
                other_lines=len(luck.other_lines),
            )  # fmt: skip
    print(f"all, {asked.salts} salts")
    for layer, total in totals.items():
        shares = [f"{total[f'other_{k}']:5} of {total[k]:6} {k}" for k in ("groups", "lines")]
        print(f"  {layer:16}", *shares)


def _print(layer: str, luck: Luck, *, verbose: bool) -> None:
    if luck.other_lines or luck.other_groups:
        print(
            f"  {layer:16} {len(luck.other_groups):5} of {luck.groups:6} groups"
            f"  {len(luck.other_lines):5} of {luck.lines:6} lines"
        )
    if verbose:
        for line, other in luck.other_lines[:8]:
            print(f"    - {line}\n    + {other}")


if __name__ == "__main__":
    main()
