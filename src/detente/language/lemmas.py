"""The model's own lemmatizer, its answers remembered and its lists of forms searched as sets.

spaCy looks through lists of up to 57,000 forms from end to end for every new word, and asks for each token by
itself. A lemma hangs on the word, its part of speech and its morphology alone, so it is asked once for these.

The outcome is the lemmatizer's (``tests/language/test_lemmas.py`` compares); another kind is left alone.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.attrs import LEMMA, MORPH, ORTH, POS
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc

FACTORY = "detente_lemmatizer"
_INDEX = "lemma_index"


class QuickLemmatizer(Pipe):
    """A lemmatizer that remembers what another says of a word."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._known: dict[tuple[int, int, int], int] = {}

    def take(self, lemmatizer: EnglishLemmatizer) -> None:
        """Stand for this lemmatizer from now on; its lists of forms become sets."""
        self._plain = lemmatizer
        forms: Any = lemmatizer.lookups.get_table(_INDEX)
        for part, known in list(forms.items()):
            forms[part] = frozenset(known)

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma of each token that has none."""
        if not len(doc):
            return doc
        rows = doc.to_array([ORTH, POS, MORPH, LEMMA]).tolist()
        known = self._known
        lemmas = [
            lemma or known.get((form, part, morph)) or self._learn(doc, i, (form, part, morph))
            for i, (form, part, morph, lemma) in enumerate(rows)
        ]
        return doc.from_array([LEMMA], np.array(lemmas, dtype=np.uint64).reshape(-1, 1))  # type: ignore[arg-type]

    def _learn(self, doc: Doc, i: int, key: tuple[int, int, int]) -> int:
        self._known[key] = lemma = doc.vocab.strings.add(self._plain.lemmatize(doc[i])[0])
        return lemma


@Language.factory(FACTORY)
def make_quick_lemmatizer(nlp: Language, name: str) -> QuickLemmatizer:
    """spaCy's way to make the component."""
    return QuickLemmatizer(name)


def quicken(model: Language, *, name: str = "lemmatizer") -> None:
    """Put a :class:`QuickLemmatizer` in place of a model's lemmatizer, if it goes by English rules."""
    pipe: Any = model.get_pipe(name) if name in model.pipe_names else None
    if type(pipe) is EnglishLemmatizer and pipe.mode == "rule" and not pipe.overwrite:
        model.replace_pipe(name, FACTORY).take(pipe)  # type: ignore[attr-defined]
