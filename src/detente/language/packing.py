"""A parse as bytes and back: spaCy's DocBin format, written and read without its general machinery.

What is written is a DocBin of one document, which ``spacy.tokens.DocBin`` reads as well. Writing one through
that class costs as much as a quarter of the parse, most of it in asking the machine's installed packages
for message encoders; here the same fields are written directly, and only the strings that the parse needs.
"""

from __future__ import annotations

import zlib

import msgspec
import numpy as np
from spacy.attrs import (
    DEP,
    ENT_ID,
    ENT_IOB,
    ENT_KB_ID,
    ENT_TYPE,
    HEAD,
    LEMMA,
    MORPH,
    NORM,
    ORTH,
    POS,
    SPACY,
    TAG,
)
from spacy.tokens import Doc
from spacy.vocab import Vocab

_ATTRS = [ORTH, *sorted([TAG, HEAD, DEP, ENT_IOB, ENT_TYPE, ENT_KB_ID, ENT_ID, LEMMA, MORPH, POS])]
_STRINGS = [ORTH, TAG, DEP, ENT_TYPE, ENT_KB_ID, ENT_ID, LEMMA, MORPH, NORM]
_LEVEL = 1  # a parse is three times smaller at a sixth of the time that the best level takes


def pack_doc(doc: Doc) -> bytes:
    """A document's parse as the bytes of a DocBin that holds it alone."""
    strings = doc.vocab.strings
    tokens = doc.to_array(_ATTRS).astype(np.uint64, copy=False)
    named = {int(value) for value in np.unique(doc.to_array(_STRINGS))}
    fields = {
        "version": "0.1",
        "attrs": _ATTRS,
        "tokens": tokens.tobytes("C"),
        "spaces": doc.to_array(SPACY).astype(bool).tobytes(),
        "lengths": np.asarray([len(doc)], dtype="int32").tobytes(),
        "strings": sorted(strings[value] for value in named),
        "cats": [{}],
        "flags": [{"has_unknown_spaces": False}],
        "span_groups": [b""],
    }
    return zlib.compress(msgspec.msgpack.encode(fields), _LEVEL)


def unpack_doc(data: bytes, vocab: Vocab) -> Doc:
    """The document of a DocBin that holds one."""
    fields = msgspec.msgpack.decode(zlib.decompress(data))
    attrs = fields["attrs"]
    for string in fields["strings"]:
        vocab.strings.add(string)
    tokens = np.frombuffer(fields["tokens"], dtype=np.uint64).reshape(-1, len(attrs))
    spaces = np.frombuffer(fields["spaces"], dtype=bool)
    words = [vocab.strings[value] for value in tokens[:, attrs.index(ORTH)].tolist()]
    doc = Doc(vocab, words=words, spaces=spaces.tolist())
    return doc.from_array(attrs, tokens) if words else doc  # type: ignore[arg-type]
