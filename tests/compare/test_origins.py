"""Whose words: what is one origin and what is not."""

from __future__ import annotations

import pytest

from detente.compare import MemoryPile, compare_pile, lineage
from detente.compare.counting import Counter3, count_reports, outlet_key
from tests.compare.builders import make_article

WIRE = (
    "The cabinet is pressing for the garrison to return to its barracks, accept foreign observers along the "
    "canal and settle the quarrel through a joint commission under the auspices of the league."
)
LEAD = "Ministers gathered at dawn while crowds filled the square and shops stayed shut across the capital."
OTHER = "Prices of bread rose again last week as traders waited for ships that the strike had kept in port."
FILLER = (
    "Farmers in the northern valleys waited for rain while the river fell to its lowest mark in thirty years, and "
    "mayors of eleven towns met to share out what water was left among mills, orchards and households."
)
QUOTE = "We shall never allow a single foreign soldier to stand on the soil of our fathers, come what may"


def origins_of(*articles):
    return compare_pile(MemoryPile(articles)).origin_of


def test_one_reused_paragraph_makes_one_origin():
    found = origins_of(make_article("a", f"{LEAD}\n{WIRE}"), make_article("b", f"{WIRE}\n{OTHER}"))
    assert found["a"] == found["b"]


def test_light_edits_do_not_hide_a_copy():
    edited = WIRE.replace("is pressing for", "was pressing for").replace("foreign observers", "observers")
    found = origins_of(make_article("a", f"{LEAD}\n{WIRE}"), make_article("b", f"{edited}\n{OTHER}"))
    assert found["a"] == found["b"]


@pytest.mark.parametrize("marks", [("“", "”"), ('"', '"'), ("‘", "’")])
def test_a_shared_quotation_links_nobody(marks):
    said = f"{marks[0]}{QUOTE},{marks[1]}"
    found = origins_of(
        make_article("a", f"{LEAD}\n{said} the premier told parliament."),
        make_article("b", f"{OTHER}\nSpeaking on Monday the premier was firm: “{QUOTE}.”"),
    )
    assert found["a"] != found["b"]


def test_boilerplate_links_nobody():
    tail = "All rights reserved. This material may not be published, broadcast, rewritten or redistributed by anyone."
    found = origins_of(make_article("a", f"{LEAD}\n{tail}"), make_article("b", f"{OTHER}\n{tail}"))
    assert found["a"] != found["b"]


def test_names_and_titles_link_nobody():
    names = "Foreign Minister Ivan Petrovich Sokolov and Secretary of State Henry Adams Whitfield"
    found = origins_of(
        make_article("a", f"{LEAD} {names} met."), make_article("b", f"{OTHER} {names} spoke.")
    )
    assert found["a"] != found["b"]


def test_a_stock_paragraph_weeks_later_links_nobody():
    found = origins_of(
        make_article("a", f"{FILLER}\n{WIRE}", day="1962-10-01"),
        make_article("b", f"{OTHER} {WIRE} {LEAD * 2}", day="1962-11-20"),
    )
    assert found["a"] != found["b"]


def test_furniture_is_never_compared():
    def page(name, text):
        whole = f"{text}\n{WIRE}"
        at = whole.index(WIRE)
        return make_article(name, whole, furniture=((at, at + len(WIRE), "related"),))

    found = origins_of(page("a", LEAD), page("b", OTHER))
    assert found["a"] != found["b"]


def test_origin_is_named_after_the_credited_agency():
    pile = MemoryPile([
        make_article("a", f"{LEAD}\n{WIRE}", outlet="Herald", agency="Meridian Press", day="1962-10-02"),
        make_article("b", f"{WIRE}\n{OTHER}", outlet="Courier", day="1962-10-01"),
    ])  # fmt: skip
    (origin,) = compare_pile(pile).origins()
    assert (origin.name, origin.kind, origin.articles) == ("Meridian Press", "agency", ("b", "a"))


def test_an_agency_witness_names_the_origin_with_its_words_as_evidence():
    article = make_article("a", f"{LEAD} Shots were heard, a Meridian witness said.")
    (origin,) = compare_pile(MemoryPile([article])).origins()
    assert (origin.name, origin.kind) == ("Meridian", "agency")
    assert [article.words(span) for span in origin.evidence] == ["Meridian witness"]


def test_without_credit_the_earliest_outlet_names_the_origin():
    pile = MemoryPile([
        make_article("a", f"{LEAD}\n{WIRE}", outlet="Herald", day="1962-10-02"),
        make_article("b", f"{WIRE}\n{OTHER}", outlet="Courier", day="1962-10-01"),
    ])  # fmt: skip
    (origin,) = compare_pile(pile).origins()
    assert (origin.name, origin.kind) == ("Courier", "outlet")


def test_two_agencies_stay_two_when_only_a_paragraph_is_shared():
    found = origins_of(
        make_article("a", f"{FILLER}\n{WIRE}", agency="Meridian Press"),
        make_article("b", f"{WIRE}\n{OTHER} {LEAD * 2}", agency="Northern Wire"),
    )
    assert found["a"] != found["b"]


def test_every_article_has_an_origin():
    found = origins_of(make_article("a", LEAD), make_article("b", OTHER), make_article("c", "Brief."))
    assert len(set(found.values())) == 3


def test_passage_cites_the_same_words_in_both_articles():
    articles = [make_article("a", f"{LEAD}\n{WIRE}"), make_article("b", f"{WIRE}\n{OTHER}")]
    (passage,) = compare_pile(MemoryPile(articles)).passages()
    assert passage.kind == "verbatim"
    assert [a.words(s) for a, s in zip(articles, passage.spans, strict=True)] == [WIRE[:-1], WIRE[:-1]]


def test_many_copies_make_one_passage_of_many_spans():
    pile = MemoryPile(make_article(f"a{i:02}", f"{WIRE}\n{LEAD}") for i in range(40))
    passages = list(compare_pile(pile).passages())
    assert [len(p.spans) for p in passages] == [40]


def test_order_of_reading_changes_nothing():
    articles = [make_article(n, f"{LEAD}\n{WIRE}" if n in "ace" else f"{OTHER}\n{WIRE}") for n in "abcde"]
    one = list(compare_pile(MemoryPile(articles)).records())
    other = list(compare_pile(MemoryPile(reversed(articles))).records())
    assert one == other


def test_lineage_says_what_an_outlet_added_and_dropped():
    pile = MemoryPile([make_article("a", f"{LEAD}\n{WIRE}"), make_article("b", f"{WIRE}\n{OTHER}")])
    comparison = compare_pile(pile)
    (origin,) = comparison.origins()
    (version,) = lineage(origin, pile, comparison.shares).versions
    words = {i: pile.article(i).words for i in "ab"}
    assert [words["b"](s) for s in version.added] == [OTHER]
    assert [words["a"](s) for s in version.dropped] == [LEAD]


def test_a_set_phrase_of_many_articles_is_aligned_along_a_chain_and_not_all_with_all():
    phrase = "is expected to meet his counterpart for talks on the dispute next week"
    articles = [make_article(f"a{i:02}", f"Person{i} {phrase} {_own_words(i)}.") for i in range(60)]
    comparison = compare_pile(MemoryPile(articles))
    assert len(comparison.shares) <= 2 * len(articles)


def test_many_copies_are_one_origin_however_many_carry_their_words():
    articles = [make_article(f"a{i:02}", f"{WIRE}\n{_own_words(i)}") for i in range(60)]
    assert len(set(origins_of(*articles).values())) == 1


def _own_words(number):
    return " ".join(f"word{number}x{i}" for i in range(30))


def test_outlet_written_with_the_article_and_without_is_one() -> None:
    counter = Counter3({}, {"a": outlet_key("THE HARBOUR POST"), "b": outlet_key("Harbour Post")})
    assert count_reports(["a", "b"], counter).outlets == 1
