"""The lists of ``data/`` that page reading rests on are whole, unambiguous and in canonical form."""

from __future__ import annotations

import re

import pytest

from detente.article.dates import find_stamps
from detente.article.lists import load_agencies, load_list, load_outlets, load_page_words, load_phrases
from detente.record.types import FURNITURE_KINDS


def test_there_are_at_least_sixty_agencies_each_named_once():
    names = [entry["name"] for entry in load_list("agencies")["agency"]]
    assert len(names) >= 60
    assert len(names) == len(set(names))


def test_no_written_form_belongs_to_two_agencies():
    forms = [form for e in load_list("agencies")["agency"] for form in (*e["variants"], *e["codes"])]
    assert sorted({form for form in forms if forms.count(form) > 1}) == []


def test_every_agency_has_a_country_of_three_letters():
    assert [
        e["name"] for e in load_list("agencies")["agency"] if not re.fullmatch("[A-Z]{3}", e["country"])
    ] == []


@pytest.mark.parametrize("form", load_agencies().forms, ids=lambda form: f"{form.kind}-{form.where}")
def test_every_credit_form_compiles_and_names_the_agency(form):
    assert "{code}" in form.pattern or "{name}" in form.pattern
    re.compile(form.pattern.replace("{code}", "X").replace("{name}", "X"))
    assert 0 < form.confidence <= 1
    assert form.where in ("lead", "last", "body", "any", "furniture")


def test_outlet_hosts_are_lower_case_without_www_and_listed_once():
    hosts = [entry["host"] for entry in load_list("outlets")["outlet"]]
    assert [h for h in hosts if h != h.lower() or h.startswith("www.") or "/" in h] == []
    assert len(hosts) == len(set(hosts)) >= 150
    assert load_outlets()[0]["theguardian.com"] == "The Guardian"


def test_furniture_kinds_are_those_of_the_record():
    kinds = set(load_list("furniture")) - {"page"}
    assert kinds <= set(FURNITURE_KINDS)


def test_furniture_phrases_are_written_as_they_are_compared():
    phrases = [p for kind, e in load_list("furniture").items() if kind != "page" for key in e for p in e[key]]
    assert [p for p in phrases if p != p.casefold() or p != p.lstrip() or "’" in p] == []
    assert load_phrases().whole


def test_page_words_name_their_four_groups():
    assert set(load_page_words()) == {"cookie", "paywall", "error", "live"}


@pytest.mark.parametrize("language", sorted(load_list("dates")["months"]))
def test_every_language_has_twelve_months_that_are_read(language):
    months = load_list("dates")["months"][language]
    assert len(months) == 12
    for number, forms in enumerate(months, start=1):
        stamps = find_stamps(f"5 {forms[0]} 2014")
        assert [(s.day.month, s.day.day) for s in stamps] == [(number, 5)]
