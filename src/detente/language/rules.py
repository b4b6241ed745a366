"""The model's own tag rules, applied many times faster and to the letter.

spaCy's attribute ruler runs 179 patterns over every token through its general matcher: a sixth of the whole
parse. Nearly all of them look at one token alone – its lower-case form, tag, dependency and whether it is
space – so their outcome is the same wherever these are the same. It is asked of the ruler itself the first
time it is met, for that token alone, and copied afterwards. A document with a run that one of the few
patterns over several tokens may fit goes through the ruler as ever.

The outcome is the ruler's (``tests/language/test_rules.py`` compares); patterns that look at anything else
turn the short way off.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, IS_SPACE, LEMMA, LOWER, MORPH, POS, TAG
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

FACTORY = "detente_attribute_ruler"
_SEEN = {"LOWER", "TAG", "DEP", "IS_SPACE"}
_TESTS = {"IN", "NOT_IN", "REGEX"}
_SET = [POS, MORPH, LEMMA]
_OTHER = 1  # stands for every lower-case form that no pattern names

Key = tuple[int, int, int, int]
Spec = dict[str, Any]


class QuickRuler(AttributeRuler):
    """An attribute ruler that remembers what its one-token patterns do."""

    def prepare(self) -> None:
        """Look through the patterns; to be called when they are complete."""
        specs = [list(pattern) for entry in self.patterns for pattern in entry["patterns"]]  # type: ignore[union-attr]
        self._quick = all(_is_plain(spec) for pattern in specs for spec in pattern)
        named = [spec["LOWER"] for pattern in specs for spec in pattern if "LOWER" in spec]
        self._named = {word for value in named if self._quick for word in _words_of(value)}
        self._open = [value for value in named if isinstance(value, dict) and not set(value) <= {"IN"}]
        self._runs = [pattern for pattern in specs if len(pattern) > 1]
        self._forms: dict[int, int] = {}
        self._outcomes: dict[Key, tuple[int, int, int]] = {}
        self._starts: dict[Key, bool] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set part of speech, morphology and exceptional lemmas, as the ruler would."""
        if not self._quick or not len(doc):
            return super().__call__(doc)
        rows = doc.to_array([LOWER, TAG, DEP, IS_SPACE, HEAD]).tolist()
        forms = self._forms
        keys = [(forms.get(low) or self._form(low), tag, dep, space) for low, tag, dep, space, _ in rows]
        # The array's way in would call space that hangs on nothing a root.
        if any(row[3] and not row[4] for row in rows) or self._may_fit_a_run(keys):
            return super().__call__(doc)
        outcomes = self._outcomes
        values = [outcomes.get(key) or self._learn(key, row[0]) for key, row in zip(keys, rows, strict=True)]
        return doc.from_array(_SET, np.array(values, dtype=np.uint64))  # type: ignore[arg-type]

    def _learn(self, key: Key, low: int) -> tuple[int, int, int]:
        """What the ruler does to a token of this key, asked of a document that holds such a token alone."""
        alone = Doc(self.vocab, words=[self.vocab.strings[low]])
        alone.from_array([TAG, DEP], np.array([key[1:3]], dtype=np.uint64))  # type: ignore[arg-type]
        pos, morph, lemma = super().__call__(alone).to_array(_SET).tolist()[0]
        self._outcomes[key] = outcome = (pos, morph, lemma)
        return outcome

    def _form(self, low: int) -> int:
        """The lower-case form if a pattern names it or may fit it, else one number for all others."""
        word = self.vocab.strings[low]
        known = word in self._named or any(_holds(value, word) for value in self._open)
        self._forms[low] = form = low if known else _OTHER
        return form

    def _may_fit_a_run(self, keys: list[Key]) -> bool:
        starts = self._starts
        for i, key in enumerate(keys):
            begins = starts.get(key)
            if begins is None:
                begins = starts[key] = any(self._fits(run[0], key) for run in self._runs)
            if begins and any(self._fits_run(run, keys, i) for run in self._runs):
                return True
        return False

    def _fits_run(self, run: list[Spec], keys: list[Key], start: int) -> bool:
        if start + len(run) > len(keys):
            return False
        return all(self._fits(spec, keys[start + place]) for place, spec in enumerate(run))

    def _fits(self, spec: Spec, key: Key) -> bool:
        low, tag, dep, space = key
        strings = self.vocab.strings
        word = "" if low == _OTHER else strings[low]
        values = {"LOWER": word, "TAG": strings[tag], "DEP": strings[dep], "IS_SPACE": bool(space)}
        return all(_holds(wanted, values[name]) for name, wanted in spec.items())


def _is_plain(spec: Spec) -> bool:
    """True for a token pattern whose outcome hangs on nothing but what the key holds."""
    tests = [set(value) for value in spec.values() if isinstance(value, dict)]
    return bool(spec) and set(spec) <= _SEEN and all(test <= _TESTS for test in tests)


def _words_of(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value.get("IN", ()), *value.get("NOT_IN", ())]
    return [value]


def _holds(wanted: Any, value: Any) -> bool:
    if not isinstance(wanted, dict):
        return bool(wanted == value)
    return (
        ("IN" not in wanted or value in wanted["IN"])
        and ("NOT_IN" not in wanted or value not in wanted["NOT_IN"])
        and ("REGEX" not in wanted or re.search(wanted["REGEX"], value) is not None)
    )


@Language.factory(FACTORY)
def make_quick_ruler(nlp: Language, name: str) -> QuickRuler:
    """spaCy's way to make the component."""
    return QuickRuler(nlp.vocab, name)


def quicken(model: Language, *, name: str = "attribute_ruler") -> None:
    """Put a :class:`QuickRuler` with the same patterns in place of a model's attribute ruler."""
    if name not in model.pipe_names:
        return
    patterns = model.get_pipe(name).patterns  # type: ignore[attr-defined]
    ruler = model.replace_pipe(name, FACTORY)
    ruler.add_patterns(patterns)  # type: ignore[attr-defined]
    ruler.prepare()  # type: ignore[attr-defined]
