"""The steps the main path is made of, each imported only when it has work, and kept from taking the run down.

One article that breaks a reader must not cost the others: a failure becomes a refusal of that page, or an
abstention of that reader on that article, with the reason. What stops every article alike (a model that
is not installed) is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from detente.errors import MissingPart, StoreError
from detente.record import Abstention, Article, Page, Reading, Refusal
from detente.source.outcomes import Outcome
from detente.store.protocol import Store

if TYPE_CHECKING:
    from detente.crew import Crew
    from detente.readers.twins import Twins

FAILED = "failed: "
SMALL = 3000  # articles held in memory while they are compared
_LISTS = tuple(f.name for f in fields(Reading) if f.name not in ("article", "readers"))


@dataclass(frozen=True, slots=True)
class Parts:
    """The steps as plain functions; tests put canned ones in their place.

    Attributes:
        pages: paths → pages, refusals, files done (``seen`` and the source layer's options by name).
        article: a page → its article, or why there is none.
        readers: the names of the readers, in order.
        model: the language model's name.
        read: articles → one reading each. Called only when an article is unread.
        compare: the store's pile and judgements → every record of the compared layers.
        compare_name: name and version of the comparison.
        crew: how many → processes that read batches of articles; None where there is no such way.
        ready: imports what the comparison needs, while the processes that read load their model.
        ahead: by name, what the comparison can have worked out from the articles alone, by a process that
            opens the store for itself: its path → an answer. ``compare`` is given the answers as ``found``.
    """

    pages: Callable[..., Iterable[Outcome]]
    article: Callable[[Page], Article | Refusal]
    readers: tuple[str, ...]
    model: str
    read: Callable[[Sequence[Article], Store], Iterator[Reading]]
    compare: Callable[..., Iterable[Any]]
    compare_name: str
    crew: Callable[[int], Crew] | None = None
    ready: Callable[[], None] = lambda: None
    ahead: Mapping[str, Callable[[str], Any]] = field(default_factory=dict)


def our_parts() -> Parts:
    """The built-in steps. Imports nothing heavy: spaCy and the page extractors wait for work."""
    from detente.language import model_name
    from detente.readers.registry import reader_names

    return Parts(
        _pages, _article, reader_names(), model_name(), read_articles, _compare, "compare.v5", _crew, _ready,
        AHEAD,
    )  # fmt: skip


def article_or_refusal(page: Page, read: Callable[[Page], Article | Refusal]) -> Article | Refusal:
    """The page's article; a page that cannot be kept or that breaks the page reader is refused."""
    try:
        article = read(page)
        if isinstance(article, Article):
            article.text.encode("utf-8")
        return article
    except MissingPart:
        raise
    except UnicodeEncodeError as error:
        return Refusal(page.source, "not-unicode", f"Half a surrogate pair at {error.start}.", page.sha256)
    except Exception as error:
        return Refusal(page.source, "fault", f"The page reader failed: {_told(error)}", page.sha256)


def read_articles(articles: Sequence[Article], store: Store) -> Iterator[Reading]:
    """Parse articles and give them to the built-in readers; one reading each, in order.

    Of articles with the same body and day one is read, and the others' readings are made from its.
    """
    from detente.readers.twins import key_of

    readers, twins = _readers()
    keys = [key_of(article) for article in articles]
    first = {key: article for article, key in zip(articles, keys, strict=True) if key not in twins}
    alone = iter(_read_alone(list(first.values()), store, readers, twins))
    made = dict(zip(first, alone, strict=True))
    for article, key in zip(articles, keys, strict=True):
        if key in made and made[key].article == article.id:
            yield made[key]
        else:  # what is held no longer, or cannot be taken over, is read
            reading = twins.reading_of(article)
            yield from [reading] if reading is not None else _read_alone([article], store, readers, twins)


@cache
def _readers() -> tuple[tuple[Any, ...], Twins]:
    """The built-in readers, and what they read last."""
    from detente.readers.registry import load_readers
    from detente.readers.twins import Twins

    return load_readers(), Twins()


def _read_alone(
    articles: Sequence[Article], store: Store, readers: Sequence[Any], twins: Twins
) -> Iterator[Reading]:
    """Read articles that are like no other."""
    from detente.language import parse_articles
    from detente.record.ids import noting_ids

    try:
        batch = list(parse_articles(articles, cache=store))
    except (MissingPart, StoreError):
        raise
    except Exception:
        if len(articles) > 1:  # find the one that breaks the parser
            for article in articles:
                yield from _read_alone([article], store, readers, twins)
        else:
            yield from (_unread(article, "parser") for article in articles)
        return
    for parsed in batch:
        with noting_ids() as ids:
            reading = read_parsed(parsed, readers)
        if not any(abstention.reason.startswith(FAILED) for abstention in reading.abstentions):
            twins.hold(parsed.article, reading, ids)
        yield reading


def read_parsed(parsed: Any, readers: Sequence[Any]) -> Reading:
    """Give one parsed article to the readers; one that fails abstains, and the others go on."""
    from detente.readers.index import ActorIndex

    reading, actors = Reading(parsed.article.id), ActorIndex()
    for reader in readers:
        sizes = {name: len(getattr(reading, name)) for name in _LISTS}
        try:
            reader.read(parsed, reading, actors)
        except MissingPart:
            raise
        except Exception as error:
            for name, size in sizes.items():  # half of what it found would name what is not there
                del getattr(reading, name)[size:]
            reading.abstentions.append(Abstention(reader.name, reading.article, None, FAILED + _told(error)))
    reading.readers = tuple(reader.name for reader in readers)
    return reading


def _unread(article: Article, reader: str) -> Reading:
    why = Abstention(reader, article.id, None, f"{FAILED}the paragraphs could not be parsed")
    return Reading(article.id, abstentions=[why])


def killed(article: Article) -> Reading:
    """The reading of an article that killed the process that read it."""
    why = Abstention("worker", article.id, None, f"{FAILED}the process that read it was killed")
    return Reading(article.id, abstentions=[why])


def _told(error: Exception) -> str:
    """An error in one line, without anything that differs between machines."""
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]


def _pages(paths: Sequence[str], **how: Any) -> Iterable[Outcome]:
    from detente.source import read_pages

    return read_pages(paths, **how)


def _article(page: Page) -> Article | Refusal:
    from detente.article import read_article

    return read_article(page)


def _crew(jobs: int) -> Crew:
    from detente.crew import Crew

    return Crew(jobs, read_articles, killed, prepare_readers)


def _ready() -> None:
    import detente.compare.alignments
    import detente.compare.spreading  # noqa: F401


# Long enough to be told as English at a look: the identifier of languages takes half a second to load, and
# readers never ask it.
FIRST_TEXT = """France said on Monday that it would meet Spain in the spring, and that the talks on the waters
between the two countries would go on until the end of June. "We expect the army to leave the border," the
prime minister of Spain told reporters in the capital, where 12 people were killed and 40 wounded on 3 March.

The foreign minister of France, who had called for a ceasefire, denied that the two sides had agreed to it."""


def prepare_readers() -> None:
    """Load what every article needs: the model, the readers and their data."""
    from detente.article import read_article
    from detente.workers import read_batch

    # One article loads whatever is loaded on first use: the model, the readers, their tables.
    article = read_article(Page("-", "clean", FIRST_TEXT, ""))
    if isinstance(article, Article):
        read_batch(read_articles, [article], {})


def episodes_of(path: str) -> tuple[str, Any]:
    """The articles' fingerprint in a store, and the stories that they tell: no reading is needed for that."""
    from detente.compare import MemoryPile
    from detente.compare.episodes import find_episodes
    from detente.store import look_at

    view = look_at(path)
    try:
        fingerprint, pile = view.articles_fingerprint(), view.pile()
        small = len(pile.article_ids()) <= SMALL
        return fingerprint, find_episodes(MemoryPile(pile.articles()) if small else pile)
    finally:
        view.close()


def alignments_of(path: str) -> tuple[str, Any]:
    """The articles' fingerprint in a store, and who shares words with whom; None of a large pile."""
    from detente.compare import MemoryPile
    from detente.compare.alignments import align_articles
    from detente.store import look_at

    view = look_at(path)
    try:
        fingerprint, pile = view.articles_fingerprint(), view.pile()
        small = len(pile.article_ids()) <= SMALL
        return fingerprint, align_articles(MemoryPile(pile.articles())) if small else None
    finally:
        view.close()


AHEAD: Mapping[str, Callable[[str], Any]] = {"aligned": alignments_of, "found_episodes": episodes_of}


# Layers that one process works out while others work out the others; those that take longest come first. For
# more than two processes differences and plans stand alone: they are as much work as the events they rest on,
# which are then made twice.
_APART = (
    ("differences", "plans"),
    ("statements",),
    ("events", "meetings", "issues", "positions", "measures", "timeline"),
    ("versions", "origins", "passages", "actors", "figures", "episodes"),
)
# Two processes make merged events once, for all that rests on them; so does a large pile (put aside).
_APART_IN_TWO = ((*_APART[2], *_APART[0]), (*_APART[1], *_APART[3]))


def _compare(store: Store, *, found: Mapping[str, Any] | None = None, jobs: int = 1) -> Iterable[Any]:
    from detente.compare import compare_pile
    from detente.forks import Spread

    spread = Spread(jobs if store.path != ":memory:" else 1, partial(_pile_of, store.path))
    comparison = compare_pile(store.pile(), judgements=store.judgements(), found=found, spread=spread)
    if spread.wide:
        return compared_at_once(comparison)
    return (record for _, record in comparison.records())


def compared_at_once(comparison: Any) -> Iterator[Any]:
    """What ``Comparison.records`` gives, as entries of a store, the layers mixed: worked out in forks."""
    from detente.compare.spreading import apart, prepare
    from detente.forks import as_they_come
    from detente.store.rows import entry_of

    prepare(comparison)
    yield from comparison.placed_articles()

    def entries(layers: Sequence[str]) -> Iterator[Any]:
        own = apart(comparison)
        return (entry_of(record) for layer in layers for record in own.layer(layer))

    jobs = comparison.spread.jobs
    wholes = _APART if comparison.small and jobs > 2 else _APART_IN_TWO
    yield from as_they_come([partial(entries, layers) for layers in wholes], jobs=jobs)


def _pile_of(path: str) -> Any:
    from detente.store import look_at

    return look_at(path).pile()
