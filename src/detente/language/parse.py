"""Paragraph by paragraph: whole articles let sentences run across blank lines.

A paragraph is one body span of the article without its dateline ("PARIS, May 3 (AP) –"), or the headline.
Its text is normalised **length for length** (a newline becomes a space), so a character of the parse is a
character of the article: ``paragraph.start + token.idx`` is an offset into ``article.text``.

Each distinct paragraph is parsed once and kept as a spaCy DocBin under the hash of its text and of
the model's name; wire copy, and a second run over the same pile, cost nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from detente.language.model import Model, import_spacy, load_model, model_name
from detente.record import Article, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan

_ONE_FOR_ONE = {ord(c): " " for c in "\n\r\t\u00a0\u2007\u2009\u200a\u202f\u2028\u2029\x0b\x0c"}
BATCH = 256
KEY = "detente.key"  # in a parse's own data: what it is kept under
AT_ONCE = 60_000  # characters that go through the model's layers together


class ParseCache(Protocol):
    """Where parses are kept; the stores implement it."""

    def load_parses(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The kept parses among ``keys``."""
        ...

    def save_parses(self, parses: dict[str, bytes]) -> None:
        """Keep new parses."""
        ...


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article with its parse.

    ``start`` and ``end`` are offsets into the article's text; ``role`` is "headline" or "body".
    """

    article: str
    start: int
    end: int
    role: str
    index: int
    doc: Doc

    @property
    def text(self) -> str:
        """The paragraph as parsed (newlines as spaces; same length as the source)."""
        return self.doc.text

    def span(self, start: int, end: int) -> Span:
        """A place in the article from character offsets into this paragraph."""
        return Span(self.article, self.start + start, self.start + end)

    def span_of(self, tokens: TokenSpan) -> Span:
        """A place in the article from a slice of the parse."""
        return self.span(tokens.start_char, tokens.end_char)


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """An article with its headline and body paragraphs parsed, in reading order."""

    article: Article
    paragraphs: tuple[Paragraph, ...] = field(default_factory=tuple)

    @property
    def headline(self) -> Paragraph | None:
        """The headline's parse, if the page has one."""
        return next((p for p in self.paragraphs if p.role == "headline"), None)

    @property
    def body(self) -> tuple[Paragraph, ...]:
        """The body paragraphs alone: what readers code from."""
        return tuple(p for p in self.paragraphs if p.role == "body")


def normalise(text: str) -> str:
    """Whitespace to plain spaces, length for length."""
    return text.translate(_ONE_FOR_ONE)


def parse_articles(
    articles: Iterable[Article], *, cache: ParseCache | None = None, model: Model | None = None
) -> Iterator[ParsedArticle]:
    """Parse articles in batches of paragraphs, taking from ``cache`` what was parsed before.

    Args:
        articles: any number; one batch of about ``BATCH`` paragraphs is held at a time.
        cache: where parses are kept; None parses every distinct paragraph of a batch afresh.
        model: a loaded spaCy pipeline; None loads ours, and only if something is new.
    """
    batch: list[Article] = []
    size = 0
    for article in articles:
        batch.append(article)
        size += len(article.body) + 1
        if size >= BATCH:
            yield from _parse_batch(batch, cache, model)
            batch, size = [], 0
    if batch:
        yield from _parse_batch(batch, cache, model)


def keys_of(articles: Iterable[Article]) -> list[str]:
    """The keys under which the parses of the articles' paragraphs are kept, each once."""
    return list(dict.fromkeys(
        _key(normalise(article.text[start:end])) for article in articles for _, start, end in _places(article)
    ))  # fmt: skip


def _parse_batch(
    batch: list[Article], cache: ParseCache | None, model: Model | None
) -> Iterator[ParsedArticle]:
    texts: dict[str, str] = {}
    for article in batch:
        for _, start, end in _places(article):
            text = normalise(article.text[start:end])
            texts.setdefault(_key(text), text)
    docs = _parse_texts(texts, cache, model)
    for article in batch:
        paragraphs = tuple(
            Paragraph(article.id, start, end, role, index, docs[_key(normalise(article.text[start:end]))])
            for index, (role, start, end) in enumerate(_places(article))
        )
        yield ParsedArticle(article, paragraphs)


def _places(article: Article) -> list[tuple[str, int, int]]:
    places = [("body", _sentence_start(article.text, start, end), end) for start, end in article.body]
    if article.headline is not None:
        places.insert(0, ("headline", article.headline.start, article.headline.end))
    return places


def _sentence_start(text: str, start: int, end: int) -> int:
    """Where a paragraph's first sentence begins: a dateline would be read as its subject."""
    from detente.article.dateline import find_dateline_end  # only a run with something to read needs it

    return min(start + find_dateline_end(normalise(text[start : min(end, start + 200)])), end - 1)


def _key(text: str) -> str:
    return hashlib.sha256(f"{model_name()}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()


def _parse_texts(texts: dict[str, str], cache: ParseCache | None, model: Model | None) -> dict[str, Doc]:
    if not texts:
        return {}
    import_spacy()
    from detente.language.packing import pack_doc, unpack_doc

    model = model or load_model()
    kept = cache.load_parses(list(texts)) if cache else {}
    docs = {key: unpack_doc(data, model.vocab) for key, data in kept.items()}
    new = [key for key in texts if key not in docs]
    parsed = dict(_parse_new({key: texts[key] for key in new}, model))
    if cache and parsed:
        cache.save_parses({key: pack_doc(doc) for key, doc in parsed.items()})
    docs.update(parsed)
    for key, doc in docs.items():
        doc.user_data[KEY] = key
    return docs


def _parse_new(texts: dict[str, str], model: Model) -> Iterator[tuple[str, Doc]]:
    """Parse texts of like length together, so many at once that the matrices are large and memory is not."""
    keys: list[str] = []
    size = 0
    for key in sorted(texts, key=lambda key: len(texts[key])):
        if keys and size + len(texts[key]) > AT_ONCE:
            yield from zip(keys, model.pipe([texts[k] for k in keys], batch_size=len(keys)), strict=True)
            keys, size = [], 0
        keys.append(key)
        size += len(texts[key])
    if keys:
        yield from zip(keys, model.pipe([texts[k] for k in keys], batch_size=len(keys)), strict=True)
