"""Bytes to text: marks, declarations, guesses, and what is no text."""

from __future__ import annotations

import pytest

from detente.source import Limits, Refused
from detente.source.decode import declared_encoding, decode, encoding_named
from detente.source.pages import field

WORDS = {
    "cp1252": "Le ministre a déclaré à Genève que « la décision n’était pas acceptable » après l’été.",
    "cp1250": "Minister spraw zagranicznych powiedział, że rozmowy będą kontynuowane w przyszłym tygodniu.",
    "cp1251": "Министр иностранных дел заявил, что переговоры продолжатся на следующей неделе.",
    "koi8-r": "Министр иностранных дел заявил, что переговоры продолжатся на следующей неделе.",
    "cp1256": "قال وزير الخارجية إن المحادثات ستستمر الأسبوع المقبل إذا وافق الطرفان.",
    "cp1253": "Ο υπουργός Εξωτερικών δήλωσε ότι οι συνομιλίες θα συνεχιστούν.",
    "cp1255": "שר החוץ אמר כי השיחות יימשכו בשבוע הבא אם שני הצדדים יסכימו.",
    "cp932": "外相は、双方が停戦の条件に同意すれば、来週も協議を続けると述べた。",
    "gb18030": "外交部长表示，如果双方同意停火条件，会谈将于下周继续进行。",
    "cp949": "외무장관은 양측이 휴전 조건에 동의하면 다음 주에도 회담이 계속될 것이라고 말했다.",
}


@pytest.mark.parametrize("encoding", WORDS)
def test_undeclared_encoding_is_guessed_and_noted(encoding):
    found = decode(WORDS[encoding].encode(encoding))
    assert found.text == WORDS[encoding]
    assert found.notes == (f"no encoding declared, read as {found.encoding}",)


def test_portuguese_is_not_taken_for_central_european():
    text = "O ministro afirmou que as negociações não serão retomadas até que a situação melhore."
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("encoding", WORDS)
def test_declared_encoding_is_used(encoding):
    found = decode(WORDS[encoding].encode(encoding), declared=encoding)
    assert (found.text, found.encoding, found.notes) == (WORDS[encoding], encoding, ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_beats_a_declaration_and_is_dropped(encoding):
    assert decode("Café – talks".encode(encoding), declared="koi8-r").text == "Café – talks"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_recognised(encoding):
    found = decode("Talks in a café begin.".encode(encoding))
    assert (found.text, found.encoding) == ("Talks in a café begin.", encoding)


def test_valid_utf8_beats_a_wrong_declaration():
    found = decode("Café – «talks»".encode(), declared="iso-8859-1")
    assert (found.text, found.notes) == ("Café – «talks»", ("declared as iso-8859-1, read as utf-8",))


def test_latin1_is_read_as_browsers_read_it():
    assert decode(b"\x93quoted\x94 caf\xe9", declared="ISO-8859-1").text == "“quoted” café"


def test_english_with_a_few_marks_needs_no_guess():
    assert (
        decode(b"He said \x93no\x94 \x96 twice. S\xe3o Paulo talks went on for a week after that.").encoding
        == "cp1252"
    )


def test_broken_places_in_utf8_become_replacement_characters():
    data = ("Café – talks. " * 50).encode() + b"cut \xe2\x80"
    found = decode(data)
    assert found.encoding == "utf-8"
    assert found.text.count("\ufffd") == 1
    assert found.notes == ("1 undecodable places became U+FFFD",)


@pytest.mark.parametrize(
    "label", ["utf-7", "unicode_escape", "rot13", "idna", "zlib", "punycode", "no such", "a" * 40, "..", "\0"]
)
def test_encodings_that_are_no_text_of_the_web_are_not_used(label):
    assert encoding_named(label) is None
    assert decode(b"plain +AD4- \\x41", declared=label).text == "plain +AD4- \\x41"


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (b'<meta charset="koi8-r">', "koi8-r"),
        (b"<META http-equiv='Content-Type' content='text/html; charset=windows-1251'>", "windows-1251"),
        (b'<?xml version="1.0" encoding="Shift_JIS"?><html>', "Shift_JIS"),
        (b"charset=koi8-r in plain words", None),
        (b"<p>" * 5000 + b'<meta charset="koi8-r">', None),
    ],
)
def test_declaration_is_read_from_the_first_bytes_of_markup(data, label):
    assert declared_encoding(data) == label


@pytest.mark.parametrize(
    "data", [b"a\0b" * 99, b"\x01\x02\x03\x04" * 99, b"\xff\xfe\x00\xd8\x01\x00" + b"\x02\x00" * 99]
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(Refused) as refused:
        decode(data)
    assert refused.value.reason == "binary"


def test_lone_surrogates_of_utf16_do_not_survive():
    assert "\ufffd" in decode(b"\xff\xfea\x00\x00\xd8b\x00c\x00").text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  a\n\tb  ", "a b"),
        ("x" * 99, "x" * 20),
        (["a", {"name": "b"}, None, ["c"]], "a, b"),
        ({"name": {"name": "deep"}}, None),
        (1962, "1962"),
        (True, None),
        (None, None),
        ("", None),
        ({"x": 1}, None),
        ("\ud800a\0b\u202e", "\ufffda b"),
        pytest.param(10**5000, None, id="endless number"),
    ],
)
def test_field_is_one_clean_line(value, expected):
    assert field(value, limits=Limits(max_field_chars=20)) == expected
