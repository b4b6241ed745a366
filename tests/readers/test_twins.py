"""Readings taken over from an article with the same body and day: what a fresh reading gives, to the byte."""

from __future__ import annotations

import dataclasses

import pytest

from benchmarks.pile import make_pile
from detente import parts
from detente.article import read_article
from detente.language import parse_articles
from detente.readers.registry import load_readers
from detente.readers.twins import Twins, key_of
from detente.record import Date, Page, Span, make_id
from detente.record.ids import noting_ids
from detente.record.packed import pack_reading

BODIES = [row["text"] for row in make_pile(4, words=120)]
REAL = (
    "“We will not wait,” the minister said on Tuesday. “They have three days.”\n\n"
    "Several thousand troops of the Spanish army had crossed the border near Pisk, according to an official who "
    "asked not to be named. He said that Paris had told Madrid it would close the port if the talks failed.\n\n"
    "A day later France denied that it had promised anything, and dozens of people were hurt in Lisbon."
)
DAY = "2019-03-05"


def article(body, *, day=DAY, before="", **other):
    made = read_article(Page("s", "clean", body, "x", date=day))
    new, by = make_id("a", made.id, before, sorted(other)), len(before)
    return dataclasses.replace(
        made, id=new, text=before + body, body=tuple((a + by, b + by) for a, b in made.body),
        furniture=(), evidence={}, **other,
    )  # fmt: skip


def fresh(one):
    (parsed,) = parse_articles([one])
    return parts.read_parsed(parsed, load_readers())


@pytest.mark.parametrize("body", [*BODIES, REAL])
@pytest.mark.parametrize("before", ["", "By our staff\n\n"])
def test_a_twin_is_given_what_a_fresh_reading_finds(body, before):
    first, again = article(body), article(body, before=before, outlet="Other", title="Another headline")
    twins = Twins()
    (parsed,) = parse_articles([first])
    with noting_ids() as ids:
        reading = parts.read_parsed(parsed, load_readers())
    twins.hold(first, reading, ids)
    taken = twins.reading_of(again)
    assert taken is not None
    assert taken.statements
    assert pack_reading(taken) == pack_reading(fresh(again))


def test_what_the_readers_do_not_use_makes_no_other_key():
    told = {
        "outlet": "Other", "host": "other.example", "byline": "A. Writer", "agency": "AP", "dateline": "PARIS",
        "url": "u", "title": "T", "language": "en", "notes": ("index page?",), "fetched": "2020-01-01",
    }  # fmt: skip
    assert key_of(article(REAL)) == key_of(article(REAL, **told))


@pytest.mark.parametrize("other", [
    article(REAL, day="2019-03-06"), article(REAL + " Nobody was killed."), article(REAL.split("\n\n", 1)[1]),
    article(REAL.replace("\n\n", "\n\n\n")),
    article(REAL, published=Date(DAY, DAY, "day", "stated", Span("a", 3, 9))),
])  # fmt: skip
def test_another_day_or_another_body_is_no_twin(other):
    assert key_of(article(REAL)) != key_of(other)


def test_statements_that_only_their_ids_tell_apart_are_not_taken_over():
    first = article(REAL)
    (parsed,) = parse_articles([first])
    reading = parts.read_parsed(parsed, load_readers())
    reading.statements.append(dataclasses.replace(reading.statements[0], id="st-0"))
    twins = Twins()
    twins.hold(first, reading, ())
    assert twins.reading_of(first) is None


def test_no_more_is_held_than_allowed():
    twins = Twins(held=1)
    first = article(REAL)
    (parsed,) = parse_articles([first])
    twins.hold(first, parts.read_parsed(parsed, load_readers()), ())
    assert key_of(first) not in twins


def test_a_batch_with_twins_is_read_in_its_order():
    parts._readers.cache_clear()
    batch = [article(REAL), article(BODIES[0]), article(REAL, outlet="Other"), article(REAL, outlet="Other")]
    readings = list(parts.read_articles(batch, None))
    assert [r.article for r in readings] == [a.id for a in batch]
    assert [pack_reading(r) for r in readings] == [pack_reading(fresh(a)) for a in batch]


def test_a_reading_in_which_a_reader_failed_is_not_taken_over():
    parts._readers.cache_clear()
    failing = [dataclasses.replace(load_readers()[0], read=lambda *given: 1 / 0)]
    twins = Twins()
    first = article(REAL)
    list(parts._read_alone([first], None, failing, twins))
    assert key_of(first) not in twins
