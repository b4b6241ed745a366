"""One suite over every store: what it keeps and how, who may write, what is found, and in what order."""

from __future__ import annotations

import contextlib
import dataclasses

import pytest

from detente.compare import Judgement
from detente.errors import StoreError, StoreLocked, UsageError
from detente.pipeline import read_pile
from detente.record import LAYERS, Page, Reading, Statement
from detente.store import Filter, Input, look_at, open_store
from detente.store.query import fts_query
from tests import canned


def _page(source: str, text: str = canned.REPORTS["a.txt"]):
    article = canned.read_article(Page(source, "text", text, "sha"))
    return Input(source, "sha", "read", article=article.id), article


@pytest.mark.parametrize("order", [("b.txt", "a.txt"), ("a.txt", "b.txt")])
def test_one_article_at_two_paths_bears_the_smaller_and_both_inputs_stand(store, order):
    for source in order:
        store.add_inputs([_page(source)])
    (article,) = store.pile().articles()
    assert article.source == "a.txt"
    assert [(i.source, i.status) for i in store.inputs()] == [("a.txt", "read"), ("b.txt", "duplicate")]


def test_only_new_articles_are_counted(store):
    assert (store.add_inputs([_page("a.txt")]), store.add_inputs([_page("a.txt")])) == (1, 0)


def test_a_page_read_at_last_is_no_longer_refused(store):
    store.add_inputs([(Input("a.txt", "", "refused", "unreadable", "No permission."), None)])
    store.add_inputs([_page("a.txt")])
    assert [i.status for i in store.inputs()] == ["read"]


def test_a_page_that_gives_another_article_now_lets_the_old_one_go(store):
    entry, article = _page("a.txt")
    store.add_inputs([(entry, article)])
    store.add_readings([Reading(article.id)], readers="words.v1")
    better = dataclasses.replace(article, id="a-0000000000000001")
    store.add_inputs([(Input("a.txt", "sha", "read", article=better.id), better)])
    assert list(store.pile().articles()) == [better]
    assert [i.article for i in store.inputs()] == [better.id]
    assert [hit.id for hit in store.search("dawn")] == [better.id]
    assert store.unread("words.v1") == [better.id]


def test_a_page_that_is_refused_now_lets_its_article_go_unless_another_holds_it(store):
    store.add_inputs([_page("a.txt"), _page("b.txt")])
    for source, left in (("a.txt", 1), ("b.txt", 0)):
        store.add_inputs([(Input(source, "sha", "refused", "no-article", "A list."), None)])
        assert [article.source for article in store.pile().articles()] == ["b.txt"] * left
    assert [i.status for i in store.inputs()] == ["refused", "refused"]


def test_what_an_earlier_state_of_a_file_had_refused_goes_when_it_is_read_to_its_end(address):
    bad = Input("rows.jsonl#3", "old", "refused", "bad-json", "Line 3.")
    first = open_store(address)
    first.add_inputs([(bad, None)], files=[("rows.jsonl", "one")])
    assert [bad] == list(first.inputs(status="refused"))
    first.close()
    second = open_store(address)
    other = Input("rows.jsonl#9", "new", "refused", "bad-json", "Line 9.")
    beside = Input("rows.jsonl2", "", "refused", "empty", "")
    second.add_inputs([(other, None), (beside, None)], files=[("rows.jsonl", "two")])
    assert [other, beside] == list(second.inputs(status="refused"))
    second.close()


def test_a_file_is_seen_by_its_content_and_by_its_place(store):
    store.add_inputs([], files=[("a.txt", "one")])
    asked = (store.seen("one"), store.seen("one", "a.txt"), store.seen("one", "b.txt"), store.seen("two"))
    assert asked == (True, True, False, False)


def test_articles_without_a_reading_of_these_readers_are_unread(store):
    store.add_inputs([_page("a.txt")])
    (article,) = store.pile().article_ids()
    assert [article] == store.unread("words.v1")
    store.add_readings([Reading(article)], readers="words.v1")
    assert ([], [article]) == (store.unread("words.v1"), store.unread("words.v2"))


def test_parses_are_kept_under_their_key_and_asked_for_in_any_number(store):
    store.save_parses({f"k{i}": bytes([i % 251]) for i in range(1200)})
    keys = [f"k{i}" for i in range(0, 2400, 2)]
    assert {k: bytes([int(k[1:]) % 251]) for k in keys if int(k[1:]) < 1200} == store.load_parses(keys)


def _broken(view):
    yield from list(view.layer("actors"))
    raise RuntimeError("the comparison failed")


def test_a_comparison_that_fails_leaves_the_last_record(db):
    store = open_store(db)
    before = store.counts()
    with pytest.raises(RuntimeError, match="comparison failed"):
        store.replace_records(_broken(store), fingerprint=store.pile_fingerprint(), made_by={})
    assert before == store.counts()
    store.close()


def test_a_pile_that_grew_meanwhile_is_not_replaced(db):
    store = open_store(db)
    fingerprint, before = store.pile_fingerprint(), store.counts()
    store.add_inputs([_page("z.txt", canned.REPORTS["b.txt"].replace("Courier", "Courant"))])
    assert store.replace_records([], fingerprint=fingerprint, made_by={}) is False
    assert before == store.counts()
    store.close()


def test_a_judgement_is_kept_and_calls_for_a_new_comparison(db, reports):
    store = open_store(db)
    before = store.pile_fingerprint()
    judgement = Judgement("settled", ("di-1",), "Ada", "2026-01-01", "the later report corrects it")
    store.add_judgement(judgement)
    assert before != store.pile_fingerprint()
    read_pile([str(reports)], store, parts=canned.parts(), again=True)
    assert [judgement] == store.judgements()
    store.close()


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Filter(), ["demand", "assert", "assert"]),
        (Filter(kind="demand"), ["demand"]),
        (Filter(since="1962-10-24"), ["assert", "assert"]),
        (Filter(until="1962-10-23"), ["demand"]),
        (Filter(since="1962-10-24", until="1962-10-24"), ["assert"]),
        (Filter(status="planned"), []),
        (Filter(actors=()), []),
    ],
)
def test_a_filter_gives_the_records_that_it_counts(view, where, expected):
    assert expected == [one.act for one in view.layer("statements", where=where)]
    assert len(expected) == view.count("statements", where=where)


@pytest.mark.parametrize(("layer", "number"), [("statements", 1), ("meetings", 1), ("events", 1)])
def test_an_actors_statements_are_those_it_made_its_events_those_it_took_part_in(view, layer, number):
    (kuba,) = view.find_actors("kuba")
    assert number == view.count(layer, where=Filter(actors=(kuba.id,)))


def test_an_actor_is_found_by_a_name_a_word_of_it_or_its_id_and_a_wrong_one_gets_the_nearest(view):
    (kuba,) = view.find_actors("KUBA")
    assert [kuba] == view.find_actors(kuba.id)
    with pytest.raises(UsageError) as caught:
        view.find_actors("Kubba")
    assert caught.value.hint == "Did you mean Kuba?"


def test_the_beginning_of_an_id_is_enough_when_it_is_the_only_one(view):
    statement = next(iter(view.layer("statements")))
    short = view.short_id(statement.id)
    assert len(short) < len(statement.id)
    assert statement == view.get(short)
    assert isinstance(view.get(statement.id), Statement)


@pytest.mark.parametrize(("prefix", "text"), [("st-", "several"), ("st-zzz", "no record"), ("a-", "several")])
def test_the_beginning_of_no_id_or_of_several_is_a_usage_error(view, prefix, text):
    with pytest.raises(UsageError, match=text):
        view.full_id(prefix)


def test_what_rests_on_an_article_comes_in_the_order_of_its_text(view):
    (herald,) = [a for a in view.layer("articles") if a.outlet == "Herald"]
    spans = [r.span for r in view.resting_in(herald.id)]
    assert sorted(spans, key=lambda s: s.start) == spans
    layers = {r.layer for r in view.resting_in(herald.id)}
    assert {"actors", "events", "figures", "statements", "positions", "differences"} <= layers


def test_a_records_users_are_found(view):
    (kuba,) = view.find_actors("Kuba")
    fields = {(r.layer, r.field) for r in view.resting_on(kuba.id)}
    assert {("statements", "speakers"), ("events", "sources"), ("meetings", "participants")} == fields


# ---- search


@pytest.mark.parametrize(
    ("query", "outlets"),
    [
        ("red line", ["Courier"]),
        ('"red line"', ["Courier"]),
        ('"line red"', []),
        ("withdrawing", ["Herald"]),
        ("naive", ["Gazette"]),
        ("attack*", ["Herald"]),
        ("Norda -guns", ["Courier", "Gazette"]),
        ("vienna OR dawn", ["Courier", "Herald"]),
        ("share", []),
        ("ships", ["Herald"]),
    ],
)
def test_search_finds_words_in_body_and_headline_never_in_furniture(view, query, outlets):
    found = sorted(view.article(hit.id).outlet for hit in view.search(query))
    assert outlets == found


def test_a_hit_shows_the_words_at_their_place(view):
    (hit,) = view.search('"red line"')
    article = view.article(hit.id)
    assert article.words(hit.span) == hit.text
    assert [article.text[start:end] for start, end in hit.marks] == ["red line"]


def test_statements_are_found_by_their_words_and_by_their_speaker(view):
    assert len(view.search_statements("withdraw")) == 1
    assert len(view.search_statements("Norda")) == 2


@pytest.mark.parametrize(
    "typed", ['"', "AND", "NEAR(a b)", "a:b", "(", ")", "a*b", "^x", "{a}", "'; DROP TABLE", "a AND", "-x y", '"x'],
)  # fmt: skip
def test_nothing_that_can_be_typed_breaks_the_search(view, typed):
    with contextlib.suppress(UsageError):  # there may be no word in it
        view.search(typed)
        view.search_statements(typed)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("red line", '("red" AND "line")'),
        ('"red line" OR guns', '("red line") OR ("guns")'),
        ("sanction*", '("sanction"*)'),
        ("gas -oil", '(("gas")) NOT ("oil")'),
        ("U.S.", '("U S")'),
    ],
)
def test_what_is_typed_becomes_a_query(typed, query):
    assert query == fts_query(typed)


def test_a_record_that_changed_its_metadata_at_a_smaller_path_is_read_again(store):
    entry, article = _page("b.txt")
    store.add_inputs([(entry, article)])
    store.add_readings([Reading(article.id)], readers="words.v1")
    other = dataclasses.replace(article, source="a.txt", byline="By A. Nother")
    store.add_inputs([(Input("a.txt", "sha", "read", article=article.id), other)])
    assert [article.id] == store.unread("words.v1")
    assert store.pile().article(article.id).byline == "By A. Nother"


# ---- the door


def test_looking_at_nothing_says_what_to_do(address):
    with pytest.raises(StoreError) as caught:
        look_at(address)
    assert "detente read" in caught.value.hint


def test_many_look_while_one_writes(db):
    views = [look_at(db) for _ in range(3)]
    writer = open_store(db)
    with writer._writing():
        assert all(len(list(v.layer("statements"))) == 3 for v in views)
        with pytest.raises(StoreLocked) as caught:
            open_store(db, busy_seconds=0.05).add_inputs([_page("z.txt")])
    assert caught.value.exit_code == 5
    writer.close()
    for view in views:
        view.close()


def test_a_record_read_again_is_the_same_line_by_line_in_every_database(db, tmp_path, reports):
    beside = open_store(str(tmp_path / "beside.db"))
    read_pile([str(reports)], beside, parts=canned.parts())
    view = look_at(db)
    for layer in LAYERS:
        assert list(beside.lines(layer)) == list(view.lines(layer))
    assert beside.record_hash() == view.record_hash()
    assert beside.pile_fingerprint() == view.pile_fingerprint()
    known = "SELECT id, known FROM records ORDER BY id"
    assert list(beside.select(known)) == list(view.select(known))
    beside.close()
    view.close()


def test_what_a_stream_gives_may_be_left_half_read_and_asked_for_within(view):
    for article in view.layer("articles"):
        assert view.article(article.id) == article
        break
    assert [view.article(a.id).id for a in view.layer("articles")] == [a.id for a in view.layer("articles")]


def test_a_quote_or_a_percent_sign_in_a_filter_is_a_letter(view):
    for text in ("100%", "it's", "a_b"):
        assert list(view.layer("actors", where=Filter(text=text))) == []


def test_a_plan_is_known_from_the_day_on_which_its_outcome_was_told(db, tmp_path):
    reports = {**canned.REPORTS, "d.txt": "Post | 1962-10-22 | To come\nKuba plans Norda.\n"}
    store = open_store(db)
    read_pile([str(canned.write_reports(tmp_path / "plans", reports))], store, parts=canned.parts())
    store.close()
    with contextlib.closing(look_at(db)) as view:
        (plan,) = view.layer("plans")
        known = [view.count("plans", where=Filter(known_until=f"1962-10-{day}")) for day in (22, 23, 24)]
    assert (plan.became, known) == ("happened", [0, 0, 1])
