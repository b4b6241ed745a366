"""Formulas over options: ``withdraw and not (blockade or strike)``, ``lift if withdraw``, ``Y-N-``.

A formula is read once into nested tuples and evaluated over whole arrays of states at a time.

Grammar, loosest first (the words are case-insensitive)::

    formula  = implied [ "iff" implied ]
    implied  = either [ "if" either ]          # "a if b": whenever b holds, a holds
             | "if" either "then" either
    either   = both { "or" both }
    both     = one { "and" one }
    one      = "not" one | "(" formula ")" | option | pattern | "true" | "false"
    pattern  = one of Y, N, - for each option in the model's order, e.g. YN--
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from detente.errors import DetenteError

Bits = np.ndarray[Any, np.dtype[np.bool_]]
States = np.ndarray[Any, np.dtype[np.int64]]

_TOKEN = re.compile(r"\s*(?:(?P<paren>[()])|(?P<word>\w[\w.\-]*|[YN\-]+))")
MOST_TOKENS = 400  # a longer formula is no formula that a person wrote
NAME = re.compile(r"\w[\w.\-]*\Z")
RESERVED = _WORDS = {"and", "or", "not", "if", "iff", "then", "true", "false"}


class FormulaError(DetenteError):
    """A formula cannot be read; the message shows where."""

    code = "F01"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that can be asked of any array of states.

    ``options`` are the ids it mentions; ``tree`` the parsed form.
    """

    text: str
    tree: tuple[Any, ...]
    options: tuple[str, ...]

    def holds(self, states: States, bits: Mapping[str, int]) -> Bits:
        """Where the formula is true.

        Args:
            states: option settings as integers, bit ``bits[option]`` set when the option is taken.
            bits: the bit of each option.
        """
        return _evaluate(self.tree, states, bits)


def parse_formula(text: str, options: tuple[str, ...]) -> Formula:
    """Read a formula over these options.

    Raises:
        FormulaError: an unknown option (with the nearest known one), or a broken form.
    """
    parser = _Parser(text, options)
    if len(parser.tokens) > MOST_TOKENS:
        raise FormulaError(
            f"Formula {text[:40]!r}…: more than {MOST_TOKENS} words.",
            hint="Split it into several statements.",
        )
    try:
        tree = parser.formula()
    except RecursionError as error:
        raise FormulaError(
            f"Formula {text[:40]!r}…: nested too deeply.", hint="Take out brackets."
        ) from error
    if parser.here < len(parser.tokens):
        raise parser.error(f"did not expect {parser.tokens[parser.here]!r}")
    return Formula(text, tree, tuple(sorted(parser.used)))


class _Parser:
    """Recursive descent over the tokens, as the grammar above has it."""

    def __init__(self, text: str, options: tuple[str, ...]) -> None:
        self.text, self.options = text, options
        self.tokens = self._split(text)
        self.here = 0
        self.used: set[str] = set()

    def _split(self, text: str) -> list[str]:
        tokens, place = [], 0
        text = text.rstrip()
        while place < len(text):
            match = _TOKEN.match(text, place)
            if match is None:
                raise FormulaError(
                    f"Formula {text!r}: cannot read {text[place:].strip()[:12]!r} at character {place + 1}.",
                    hint="Use option names, and, or, not, if, iff, brackets, or a pattern of Y, N and -.",
                )
            tokens.append(match["paren"] or match["word"])
            place = match.end()
        return tokens

    def error(self, what: str) -> FormulaError:
        return FormulaError(
            f"Formula {self.text!r}: {what}.", hint="Known options: " + ", ".join(self.options)
        )

    def peek(self) -> str:
        token = self.tokens[self.here] if self.here < len(self.tokens) else ""
        return token.lower() if token.lower() in _WORDS else token

    def take(self, word: str) -> bool:
        if self.peek() == word:
            self.here += 1
            return True
        return False

    def formula(self) -> tuple[Any, ...]:
        left = self.implied()
        if self.take("iff"):
            return ("iff", left, self.implied())
        return left

    def implied(self) -> tuple[Any, ...]:
        if self.take("if"):
            condition = self.either()
            if not self.take("then"):
                raise self.error("expected 'then' after 'if …'")
            return ("or", ("not", condition), self.either())
        left = self.either()
        if self.take("if"):
            return ("or", ("not", self.either()), left)
        return left

    def either(self) -> tuple[Any, ...]:
        return self._chain("or", self.both)

    def both(self) -> tuple[Any, ...]:
        return self._chain("and", self.one)

    def _chain(self, word: str, part: Callable[[], tuple[Any, ...]]) -> tuple[Any, ...]:
        left = part()
        while self.take(word):
            left = (word, left, part())
        return left

    def one(self) -> tuple[Any, ...]:
        if self.take("not"):
            return ("not", self.one())
        if self.take("("):
            inner = self.formula()
            if not self.take(")"):
                raise self.error("a bracket is not closed")
            return inner
        token = self.peek()
        if token in ("true", "false"):
            self.here += 1
            return (token,)
        return self._option_or_pattern()

    def _option_or_pattern(self) -> tuple[Any, ...]:
        if self.here >= len(self.tokens):
            raise self.error("it ends where an option was expected")
        token = self.tokens[self.here]
        self.here += 1
        if token in self.options:
            self.used.add(token)
            return ("option", token)
        if set(token) <= set("YN-") and len(token) == len(self.options):
            return self._pattern(token)
        if set(token) <= set("YN-"):
            raise self.error(f"pattern {token} has {len(token)} letters for {len(self.options)} options")
        raise self.error(f"unknown option {token!r}{self._near(token)}")

    def _pattern(self, pattern: str) -> tuple[Any, ...]:
        tree: tuple[Any, ...] = ("true",)
        for option, letter in zip(self.options, pattern, strict=True):
            if letter == "-":
                continue
            self.used.add(option)
            part: tuple[Any, ...] = ("option", option)
            tree = ("and", tree, part if letter == "Y" else ("not", part))
        return tree

    def _near(self, token: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(token, self.options, 1)
        return f" (did you mean {near[0]!r}?)" if near else ""


def _evaluate(tree: tuple[Any, ...], states: States, bits: Mapping[str, int]) -> Bits:
    word = tree[0]
    if word == "option":
        taken: Bits = (states >> bits[tree[1]]) & 1 == 1
        return taken
    if word == "not":
        return ~_evaluate(tree[1], states, bits)
    if word in ("true", "false"):
        return np.full(states.shape, word == "true")
    left, right = (_evaluate(part, states, bits) for part in tree[1:])
    if word == "and":
        return left & right
    if word == "or":
        return left | right
    same: Bits = left == right
    return same
