"""Versions of one page: which captures are one page, their order, what changed, and that they count once."""

from __future__ import annotations

import pytest

from detente.compare import MemoryPile, compare_pile
from detente.compare.changes import find_changes
from detente.compare.versions import find_address, find_versions
from detente.record import Span
from tests.compare.builders import make_article, make_event, make_reading

LEAD = "Envoys of both coasts met at the lighthouse on Monday and agreed to count the boats again."
TOLL = "At least three sailors were hurt when a cutter rammed a trawler, the harbour master said."
MORE = "At least five sailors were hurt when a cutter rammed a trawler, the harbour master said."
TAIL = "Talks go on next week in the old customs house, where the last treaty was signed."
NEW = "The northern fleet has since been ordered back to port until the inquiry has ended."
ELSEWHERE = (
    "A comet will be seen above the southern hills tonight, weather and clouds permitting, watchers say."
)
URL = "https://www.example.com/2014/boats"


def capture(name, *paragraphs, url=URL, fetched=None, **more):
    return make_article(name, "\n".join(paragraphs), url=url, fetched=fetched, **more)


def versions_of(*articles):
    return find_versions(MemoryPile(articles))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/2014/boats/",
        "https://m.example.com/2014/boats",
        "https://www.example.com/2014/boats?utm_source=x&fbclid=1#top",
        "https://amp.example.com/2014/boats/amp",
        "https://EXAMPLE.com/2014/boats/index.html",
    ],
)
def test_one_page_has_one_address_however_it_was_reached(url):
    assert find_address(url) == "example.com/2014/boats"


@pytest.mark.parametrize("query", ["id=7", "reference=7", "module=7"])
def test_a_query_that_says_which_page_stays_in_the_address(query):
    assert find_address(f"https://example.com/story?{query}") == f"example.com/story?{query}"


@pytest.mark.parametrize("url", ["https://example.com/", "https://example.com", "boats", "http://[", "urn:x"])
def test_what_names_no_page_has_no_address(url):
    assert find_address(url) == ""


def test_captures_of_one_url_are_versions_in_the_order_of_their_capture():
    later = capture("a", LEAD, MORE, fetched="2014-03-06T10:00:00Z")
    earlier = capture("b", LEAD, TOLL, fetched="2014-03-05T10:00:00Z")
    (versions,) = versions_of(later, earlier)
    assert (versions.articles, versions.basis) == (("b", "a"), "fetched")


def test_without_times_of_capture_the_day_of_publication_orders():
    (versions,) = versions_of(
        capture("a", LEAD, MORE, day="2014-03-06"), capture("b", LEAD, TOLL, day="2014-03-05")
    )
    assert (versions.articles, versions.basis) == (("b", "a"), "published")


def test_an_order_that_nothing_tells_is_said_to_be_unknown():
    (versions,) = versions_of(capture("a", LEAD, MORE), capture("b", LEAD, TOLL))
    assert versions.basis == "unknown"


def test_a_url_that_carried_two_wholly_different_stories_is_two_pages():
    assert versions_of(capture("a", LEAD, TOLL), capture("b", ELSEWHERE)) == []


def test_a_rewrite_under_the_same_headline_is_the_same_page():
    title = "Boats collide off the northern cape"
    found = versions_of(capture("a", LEAD, title=title), capture("b", ELSEWHERE, title=title))
    assert [v.articles for v in found] == [("a", "b")]


def test_pages_of_different_urls_are_no_versions():
    assert versions_of(capture("a", LEAD), capture("b", LEAD, url="https://example.com/other")) == []


def test_the_id_stays_when_another_version_is_read():
    two = versions_of(capture("a", LEAD, TOLL), capture("b", LEAD, MORE))
    three = versions_of(capture("a", LEAD, TOLL), capture("b", LEAD, MORE), capture("c", LEAD, NEW))
    assert [v.id for v in two] == [v.id for v in three]


def test_a_feeds_summary_is_a_version_but_no_edit():
    excerpt = capture("b", LEAD, fetched="2014-03-05T10:00:00Z", notes=("feed: summary only",))
    (versions,) = versions_of(capture("a", LEAD, TOLL, fetched="2014-03-06T10:00:00Z"), excerpt)
    assert (versions.articles, versions.changes) == (("b", "a"), ())


def changes_of(before, after):
    return [(c.part, c.kind, c.before, c.after) for c in find_changes(before, after)]


def span(article, words):
    start = article.text.index(words)
    return Span(article.id, start, start + len(words))


def test_paragraphs_added_dropped_and_changed_are_told_with_their_places():
    before, after = capture("a", LEAD, TOLL, TAIL), capture("b", LEAD, MORE, NEW)
    assert changes_of(before, after) == [
        ("paragraph", "changed", span(before, TOLL), span(after, MORE)),
        ("paragraph", "dropped", span(before, TAIL), None),
        ("paragraph", "added", None, span(after, NEW)),
    ]


def test_a_paragraph_at_another_place_was_moved():
    before, after = capture("a", LEAD, TOLL, TAIL), capture("b", LEAD, TAIL, TOLL)
    assert [kind for _, kind, _, _ in changes_of(before, after)] == ["moved"]


def test_white_space_alone_is_no_change():
    assert changes_of(capture("a", LEAD, TOLL), capture("b", LEAD.replace(" ", "  "), TOLL)) == []


def test_values_that_differ_are_told_with_both():
    before = capture("a", LEAD, day="2014-03-05", title="Three hurt")
    after = capture("b", LEAD, day="2014-03-06", title="Five hurt", byline="Jane Roe")
    found = [(c.part, c.kind, c.was, c.now) for c in find_changes(before, after)]
    assert found == [
        ("headline", "changed", "Three hurt", "Five hurt"),
        ("byline", "added", None, "Jane Roe"),
        ("published", "changed", "2014-03-05", "2014-03-06"),
    ]


def test_versions_are_one_report_of_one_origin():
    articles = [
        capture("a", LEAD, TOLL, outlet="Gazette", day="2014-03-05"),
        capture("b", LEAD, MORE, outlet="Gazette", day="2014-03-05"),
    ]
    readings = [
        make_reading(a, events=[make_event(a, "agreed", type="AGREE", lemma="agree")]) for a in articles
    ]
    (event,) = compare_pile(MemoryPile(articles, readings)).events()
    assert (event.count.reports, event.count.origins, event.count.outlets) == (1, 1, 1)


def test_versions_that_share_no_text_any_more_stay_one_origin():
    title = "Boats collide off the northern cape"
    pile = MemoryPile([capture("a", LEAD, title=title), capture("b", ELSEWHERE, title=title)])
    (origin,) = compare_pile(pile).origins()
    assert set(origin.articles) == {"a", "b"}
    assert origin.why.startswith("2 versions of one page")


def test_an_update_is_no_difference_between_accounts():
    comparison = compare_pile(MemoryPile([capture("a", LEAD, TOLL), capture("b", LEAD, MORE)]))
    assert list(comparison.differences()) == []
