"""Bytes to text, with the encoding that was used: what was declared where it holds, else what fits.

Order of trust: byte order mark; UTF-8 that is strictly valid and not plain ASCII (a text of another encoding
passes that test by chance practically never); the declared encoding (HTTP header, then the page's own);
a guess by charset-normalizer; Windows-1252. Line ends are kept as they are, the mark is dropped.
Whatever comes out can be stored as UTF-8: no lone surrogates.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from detente.source.outcomes import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)
_HEAD = 4096
# Labels that browsers read as a larger encoding (the WHATWG table), under Python's names.
_READ_AS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
    "big5": "big5hkscs", "utf-16": "utf-16-le", "utf-32": "utf-32-le",
}  # fmt: skip
# Text encodings of the web; others ("utf-7", "unicode_escape", "idna") are ways to smuggle, not to write.
_ALLOWED = frozenset(
    [
        "utf-8",
        "utf-16-le",
        "utf-16-be",
        "utf-32-le",
        "utf-32-be",
        "koi8-r",
        "koi8-u",
        "koi8-t",
        "kz1048",
        "ptcp154",
    ]
    + ["cp874", "cp932", "cp949", "cp950", "gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "johab", "hz"]
    + [
        f"cp{n}"
        for n in (437, 720, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869)
    ]
    + [f"cp125{n}" for n in range(9)]
    + [f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)]
    + ["mac-cyrillic", "mac-greek", "mac-latin2", "mac-roman", "mac-turkish"]
)
_GUESSED = (
    *(f"cp125{n}" for n in range(9)),
    *("koi8_r", "koi8_u", "iso8859_2", "iso8859_5", "cp874", "cp866"),
    *("gb18030", "big5hkscs", "cp932", "euc_jp", "iso2022_jp", "cp949"),
)
_ASCII = bytes(range(128))
# Windows-1252 quotation marks, dashes, bullets and signs: English with these and nothing else needs no guess.
_SIGNS = bytes(
    [0x80, 0x82, *range(0x84, 0x8A), 0x8B, *range(0x91, 0x9A), 0x9B, *range(0xA0, 0xC0), 0xD7, 0xF7]
)
_CONTROLS = bytes([*range(1, 9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_SIGN_IN_WORD = re.compile("[^\\W\\d_][¹³¼¾¿£¥][^\\W\\d_]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SAMPLE = 16_384


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and what had to be assumed or replaced."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def encoding_named(label: str) -> str | None:
    """The Python name of a declared encoding, widened as browsers do; None where it is none we read."""
    try:
        name = codecs.lookup(label.strip().lower()).name
    except (LookupError, ValueError, UnicodeError):
        return None
    name = _READ_AS.get(name, name)
    return name if name in _ALLOWED else None


def declared_encoding(data: bytes) -> str | None:
    """What the first bytes of markup declare as their encoding, as written there."""
    match = _XML.match(data, 0, _HEAD) or _META.search(data, 0, _HEAD)
    return match[1].decode("ascii", "replace") if match else None


def without_surrogates(text: str) -> tuple[str, int]:
    """Lone surrogates replaced one for one by U+FFFD, so that offsets stay; and how many there were."""
    if text.isascii():
        return text, 0
    return _SURROGATES.subn("\ufffd", text)


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Decode one page.

    Args:
        data: its bytes, whole.
        declared: the encoding a transport header or the page itself names, if any.

    Raises:
        Refused: "binary" for what is no text in any encoding.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _loose(data[len(mark) :], encoding)
    if b"\0" in data:
        return _wide(data)
    if data.isascii():
        return _checked(Decoded(data.decode("ascii"), "utf-8"))
    try:
        return _checked(Decoded(data.decode("utf-8"), "utf-8", _wrong(declared, "utf-8")))
    except UnicodeDecodeError:
        return _checked(_other(data, declared))


def _checked(decoded: Decoded) -> Decoded:
    """Refuse text of which more than one character in fifty is a control character."""
    controls = len(decoded.text[:_SAMPLE].encode("utf-8", "replace")) - len(
        decoded.text[:_SAMPLE].encode("utf-8", "replace").translate(None, _CONTROLS)
    )
    if "\0" in decoded.text or controls * 50 > min(len(decoded.text), _SAMPLE):
        raise Refused("binary", f"Control characters where text should be (read as {decoded.encoding}).")
    return decoded


def _wrong(declared: str | None, used: str) -> tuple[str, ...]:
    if declared is None or encoding_named(declared) == used:
        return ()
    return (f"declared as {declared[:40]}, read as {used}",)


def _loose(data: bytes, encoding: str) -> Decoded:
    try:
        return _checked(Decoded(data.decode(encoding), encoding))
    except UnicodeDecodeError:
        text, _ = without_surrogates(data.decode(encoding, "replace"))
        return _checked(Decoded(text, encoding, _replaced(text)))


def _replaced(text: str) -> tuple[str, ...]:
    return (f"{text.count(chr(0xFFFD))} undecodable places became U+FFFD",)


def _wide(data: bytes) -> Decoded:
    """UTF-16 without a mark: Latin letters have their zero bytes all on one side."""
    sample = data[:_SAMPLE]
    pairs = max(1, len(sample) // 2)
    even, odd = sample[0::2].count(0) / pairs, sample[1::2].count(0) / pairs
    for encoding, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros > 0.4 and others < 0.05 and len(data) % 2 == 0:
            decoded = _loose(data, encoding)
            return Decoded(
                decoded.text, encoding, (*decoded.notes, f"no encoding declared, read as {encoding}")
            )
    raise Refused("binary", f"NUL bytes, the first at byte {data.index(0):,}: this is no text.")


def _other(data: bytes, declared: str | None) -> Decoded:
    name = encoding_named(declared) if declared else None
    if name is not None and name != "utf-8":
        try:
            return Decoded(data.decode(name), name)
        except UnicodeDecodeError:
            pass
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    # Mostly valid UTF-8 with a few broken places is UTF-8 that was cut or pasted into.
    if bad * 10 <= sum(byte >= 0xC2 for byte in data.translate(None, _ASCII)[:_SAMPLE]) and bad * 200 <= len(
        data
    ):
        return Decoded(text, "utf-8", (*_wrong(declared, "utf-8"), *_replaced(text)))
    encoding = _guess(data)
    text, _ = without_surrogates(data.decode(encoding, "replace"))
    notes = _wrong(declared, encoding) or (f"no encoding declared, read as {encoding}",)
    return Decoded(text, encoding, notes + (_replaced(text) if "\ufffd" in text else ()))


def _guess(data: bytes) -> str:
    sample = _telling(data)
    # Under three letters in a hundred beyond ASCII, there is too little to guess from: the web's default.
    few = len(sample.translate(None, _ASCII + _SIGNS)) * 33 < len(sample)
    if few and not _SIGN_IN_WORD.search(sample.decode("cp1252", "replace")):
        return "cp1252"
    import charset_normalizer

    found = charset_normalizer.from_bytes(sample, cp_isolation=list(_GUESSED))
    # Signs such as "³" inside words are Polish read as Western. Else, short texts of Latin letters often
    # tie, and the Western one is by far the more common.
    matches = [match for match in found if not _SIGN_IN_WORD.search(str(match))]
    for match in matches[1:]:
        if match.encoding == "cp1252" and (match.chaos, match.coherence) == (
            matches[0].chaos,
            matches[0].coherence,
        ):
            return "cp1252"
    name = encoding_named(matches[0].encoding) if matches else None
    return name if name is not None and name != "utf-8" else "cp1252"


def _telling(data: bytes) -> bytes:
    """The part of the data to guess from: where the first byte beyond ASCII stands, and on from there."""
    first = next(i for i, byte in enumerate(data) if byte > 127)
    return data[max(0, first - 256) :][:_SAMPLE]
