"""Depth, kind and entities of markup, seen without parsing it."""

from __future__ import annotations

import time

import pytest

from detente.source.kinds import kind_of_text, load_tables
from detente.source.markup import declares_entities, looks_like_html, markup_depth


@pytest.mark.parametrize(
    ("markup", "depth"),
    [
        ("", 0),
        ("plain < text > here", 0),
        ("<p>a<p>b<p>c", 1),
        ("<ul><li>a<li>b<li>c</ul>", 2),
        ("<div><br><img><hr></div>", 1),
        ("<div><div><div></div></div></div>", 3),
        ("<div><b><i>x</div><div><b><i>", 3),
        ("</div></div><div>", 1),
        ("<!-- <div><div> --><p>", 1),
        ("<script>'<div><div>'</script><p>", 1),
        ("<SCRIPT>'<div><div>'</Script><p>", 1),
        ("<svg><g><path/><path/></g></svg>", 2),
        ("<table><tr><td>a<td>b<tr><td>c</table>", 3),
        ("<dl><dt>a<dd>b<dt>c</dl>", 2),
        ('<a title="<div">x</a>', 1),
        ("<!-- never closed <div><div>", 0),
    ],
)
def test_depth_is_what_a_parser_would_build(markup, depth):
    assert markup_depth(markup, stop=1000) == depth


def test_depth_agrees_with_lxml_on_nested_pages():
    from lxml import html

    page = "<html><body>" + "<div><ul><li><a href='/x'>x</a><li>y</ul><p>z" * 20 + "</body></html>"
    deepest = max(len(list(element.iterancestors())) + 1 for element in html.fromstring(page).iter())
    assert abs(markup_depth(page, stop=1000) - deepest) <= 1


@pytest.mark.parametrize(
    "bomb",
    [
        "<" * 1_000_000,
        "<a" * 500_000,
        "<!--" * 300_000,
        "<script>" * 200_000,
        "<p <p " * 200_000,
        "<a>" * 200_000,
        "</x>" * 200_000,
        "<title>" * 200_000,
        "<div a='" * 200_000,
        "<b></b>" * 100_000,
        "<!DOCTYPE [" * 100_000,
    ],
)
def test_bombs_are_counted_in_linear_time(bomb):
    started = time.process_time()
    markup_depth(bomb, stop=200)
    declares_entities(bomb)
    looks_like_html(bomb)
    kind_of_text(bomb)
    assert time.process_time() - started < 2.0


def test_prolog_of_many_comments_is_told_in_linear_time():
    started = time.process_time()
    assert not looks_like_html("<!---->" * 580 + "x")
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!DOCTYPE html><p>", "html"),
        (" \n<html lang=en>", "html"),
        ("<!-- x --><?xml version='1.0'?><body>", "html"),
        ("<?xml version='1.0'?><rss version='2.0'>", "feed"),
        ("<rdf:RDF xmlns='x'>", "feed"),
        ("<feed xmlns='x'>", "feed"),
        ("<?xml version='1.0'?><svg>", "xml"),
        ("<3 this text", "text"),
        ("<article> is a tag", "text"),
        ("htmlish", "text"),
    ],
)
def test_kind_is_told_by_how_a_text_opens(text, kind):
    assert kind_of_text(text) == kind


def test_tables_of_inputs_are_whole():
    """Extensions are lower case with a dot and stand once; what magic names is explained."""
    tables = load_tables()
    names = [*tables.kind_of, *tables.unsupported]
    assert len(names) == len(set(names))
    assert all(name.startswith(".") and name == name.lower() for name in names)
    assert {extension for _, extension in tables.magic} <= set(tables.unsupported)
    assert set(tables.kind_of.values()) == {"html", "rows", "json", "warc", "feed", "text"}
    assert all(len(names) == len(set(names)) for names in tables.row.values())
