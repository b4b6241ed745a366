"""One page out of decoded text or raw bytes: the form, the limits, the fields kept with it."""

from __future__ import annotations

import hashlib

from detente.record import Page
from detente.source.decode import Decoded, declared_encoding, decode, without_surrogates
from detente.source.limits import Limits
from detente.source.markup import declares_entities, has_markup, markup_depth
from detente.source.outcomes import Refused


def sha256_of(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def decode_page(data: bytes, *, limits: Limits, declared: str | None = None) -> Decoded:
    """Decode a page's bytes; ``declared`` is what the transport says, else the markup is asked.

    Raises:
        Refused: "empty", "binary" or "too-large".
    """
    if not data:
        raise Refused("empty", "There are no bytes in it.")
    # No encoding needs more than four bytes a character, so this much is too long however it is decoded.
    if len(data) > 4 * limits.max_page_chars:
        raise _too_long(f"more than {limits.max_page_chars:,}", limits)
    return decode(data, declared=declared or declared_encoding(data))


def form_of(text: str, *, kind: str) -> str:
    """The form of a page, "html" or "text", from what it was taken for and what it holds."""
    return "html" if kind == "html" and has_markup(text) else "text"


def check_text(text: str, form: str, *, limits: Limits) -> None:
    """Hold a page's content to the limits.

    Raises:
        Refused: "empty", "blank", "binary", "too-large", "long-line", "entities" or "deep-markup".
    """
    if not text:
        raise Refused("empty", "There is no text in it.")
    if not text.strip():
        raise Refused("blank", f"{len(text):,} characters of white space.")
    if len(text) > limits.max_page_chars:
        raise _too_long(f"{len(text):,}", limits)
    if "\0" in text:
        raise Refused("binary", f"A NUL character at character {text.index(chr(0)):,}.")
    if form == "html":
        _check_markup(text, limits)
    elif (longest := _longest_line(text, limits.max_line_chars)) > limits.max_line_chars:
        raise Refused(
            "long-line", f"A line of {longest:,} characters; the limit is {limits.max_line_chars:,}."
        )


def _too_long(length: str, limits: Limits) -> Refused:
    return Refused("too-large", f"{length} characters; max_page_chars is {limits.max_page_chars:,}.")


def _check_markup(text: str, limits: Limits) -> None:
    if declares_entities(text):
        raise Refused("entities", "The document type declares entities.")
    if markup_depth(text, stop=limits.max_markup_depth) > limits.max_markup_depth:
        raise Refused("deep-markup", f"More than {limits.max_markup_depth:,} elements open at once.")


def _longest_line(text: str, enough: int) -> int:
    return len(text) if len(text) <= enough else max(map(len, text.splitlines()))


def field(value: object, *, limits: Limits) -> str | None:
    """A title, date, name or address kept with a page: one clean line, or None.

    White space is folded, control characters and lone surrogates go, and what is longer than
    ``max_field_chars`` is cut: fields are no text to cite from, a page's content is.
    """
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    if isinstance(value, list | tuple):
        names = [field(part, limits=limits) for part in value[:20] if not isinstance(part, list | tuple)]
        value = ", ".join(name for name in names if name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        text = str(value)
    except ValueError:  # an integer of more digits than Python writes out
        return None
    text = text[: 4 * limits.max_field_chars]
    text, _ = without_surrogates(
        "".join(c if c.isprintable() or "\ud800" <= c <= "\udfff" else " " for c in text)
    )
    return " ".join(text.split())[: limits.max_field_chars] or None


def read_page(source: str, data: bytes, *, kind: str, limits: Limits, sha256: str) -> Page:
    """The page that a whole file holds.

    Raises:
        Refused: what is wrong with it.
    """
    if kind == "xml":
        raise Refused("unsupported", "XML that is neither a feed nor a page. Convert it to text or HTML.")
    decoded = decode_page(data, limits=limits)
    form = form_of(decoded.text, kind=kind)
    check_text(decoded.text, form, limits=limits)
    return Page(source, form, decoded.text, sha256, decoded.encoding, notes=decoded.notes)
