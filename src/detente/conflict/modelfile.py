"""Models from TOML and JSON; every refusal names the file, the line or key, and the way out."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from detente.conflict.graph import BACK, BOTH, FORWARD, ModelError
from detente.conflict.model import (
    SIDES,
    STATUSES,
    Cite,
    Exclusion,
    Model,
    Move,
    Option,
    Pair,
    Party,
    Preference,
    Ranking,
    Support,
    View,
)

_SUPPORT = {"status", "cite", "claim", "side", "note"}
_KEYS: dict[str, set[str]] = {
    "party": {"id", "name", "actors", "preferences"},
    "option": {"id", "owner", "label", "direction"},
    "exclusion": {"when", "reason"},
    "preference": {"party", "holds", "rank", "id"},
    "ranking": {"party", "best_first", "rest"},
    "pair": {"party", "better", "worse"},
    "move": {"party", "takes", "drops", "before", "date"},
    "view": {"party", "preference", "unaware"},
}
_NEEDED = {
    "party": ("id",), "option": ("id", "owner"), "exclusion": ("when",), "preference": ("party", "holds"),
    "ranking": ("party", "best_first"), "pair": ("party", "better", "worse"), "move": ("party",),
    "view": ("party",),
}  # fmt: skip
_TOP = {"title", "date", "now", "note"}
_HEADER = re.compile(r"^\s*\[\[\s*([\w.]+)\s*\]\]", re.M)


def load_model(path: str | Path) -> Model:
    """Read a model file: ``.gmcr``, ``.json``, else TOML.

    Raises:
        ModelError: the file cannot be read, or the model cannot be solved; the message says where and why.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"{path}: cannot read the model: {error}.") from error
    if path.suffix == ".gmcr":
        from detente.conflict.gmcr import from_gmcr

        return from_gmcr(text, source=str(path))
    return parse_model(text, source=str(path), form="json" if path.suffix == ".json" else "toml")


def parse_model(text: str, *, source: str = "model", form: str = "toml") -> Model:
    """Read a model from text and check it.

    Args:
        text: TOML or JSON with the same keys.
        source: what messages call the file.
        form: "toml" or "json".
    """
    from detente.conflict.modelcheck import check_model

    try:
        data = json.loads(text) if form == "json" else tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no TOML or JSON, numbers or nesting beyond all reason
        raise ModelError(
            f"{source}: not valid {form.upper()}: {error}.", hint="See docs/conflict.md for an example."
        ) from error
    if not isinstance(data, dict):
        raise ModelError(f"{source}: a model is a table of keys, not a {type(data).__name__}.")
    model = _Reader(source, _lines(text) if form == "toml" else {}).model(data)
    check_model(model)
    return model


def _lines(text: str) -> dict[tuple[str, int], int]:
    """The line of the n-th ``[[name]]`` header; tomllib keeps none."""
    found: dict[tuple[str, int], int] = {}
    counts: dict[str, int] = {}
    for match in _HEADER.finditer(text):
        name = match[1]
        found[name, counts.get(name, 0)] = text.count("\n", 0, match.start(1)) + 1
        counts[name] = counts.get(name, 0) + 1
    return found


class _Reader:
    """Tables to elements, key by key, with the place of each for messages."""

    def __init__(self, source: str, lines: Mapping[tuple[str, int], int]) -> None:
        self.source, self.lines = source, lines

    def fail(self, place: str, line: int, message: str, hint: str = "") -> ModelError:
        at = f"{self.source}:{line}" if line else self.source
        return ModelError(f"{at}: {place}: {message}.", hint=hint)

    def model(self, data: dict[str, Any]) -> Model:
        self._known("the top of the file", 0, data, _TOP | set(_KEYS))
        options = tuple(self._option(*item) for item in self._tables(data, "option"))
        return Model(
            title=self._text(data, "title", "Untitled conflict"),
            parties=tuple(self._party(*item) for item in self._tables(data, "party")),
            options=options,
            exclusions=tuple(self._exclusion(*item) for item in self._tables(data, "exclusion")),
            preferences=tuple(
                self._preference(*item, n) for n, item in enumerate(self._tables(data, "preference"), 1)
            ),
            rankings=tuple(self._ranking(*item) for item in self._tables(data, "ranking")),
            pairs=tuple(self._pair(*item) for item in self._tables(data, "pair")),
            moves=tuple(self._move(*item) for item in self._tables(data, "move")),
            views=tuple(self._view(*item) for item in self._tables(data, "view")),
            now=self._now(data.get("now", ""), [option.id for option in options]),
            date=self._text(data, "date"),
            note=self._text(data, "note"),
            source=self.source,
        )

    def _text(self, data: dict[str, Any], key: str, default: str = "") -> str:
        return str(data.get(key, default))

    def _known(self, place: str, line: int, data: Mapping[str, Any], keys: set[str]) -> None:
        for key in data:
            if key not in keys:
                near = get_close_matches(key, sorted(keys), 1)
                hint = f"Did you mean {near[0]!r}?" if near else "Known keys: " + ", ".join(sorted(keys))
                raise self.fail(place, line, f"unknown key {key!r}", hint)

    def _tables(self, data: dict[str, Any], name: str) -> list[tuple[str, int, dict[str, Any]]]:
        tables = data.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
            raise self.fail(name, 0, f"must be a list of tables, written [[{name}]]")
        found = []
        for number, table in enumerate(tables):
            line = self.lines.get((name, number), 0)
            place = f"[[{name}]] {number + 1}" + (f" {table['id']!r}" if table.get("id") else "")
            extra = _SUPPORT if name != "view" else set()
            self._known(place, line, table, _KEYS[name] | extra)
            for key in _NEEDED[name]:
                if not table.get(key):
                    what = "has no owner" if key == "owner" else f"lacks {key!r}"
                    raise self.fail(place, line, what, f"Add a line:  {key} = …")
            found.append((place, line, table))
        return found

    def _support(self, place: str, line: int, table: dict[str, Any]) -> Support:
        cites = table.get("cite", [])
        if not isinstance(cites, list):
            raise self.fail(place, line, "'cite' must be a list of {article, quote, start, end}")
        cite = tuple(self._cite(place, line, c) for c in cites)
        status = str(table.get("status", "reported" if cite else "analyst"))
        if status not in STATUSES:
            raise self.fail(place, line, f"status {status!r} is not known", "One of: " + ", ".join(STATUSES))
        if not cite and status != "analyst":
            raise self.fail(
                place, line, f"status {status!r} without a citation",
                'Add cite = [{article = "…", quote = "…"}], or tag it yours: status = "analyst".',
            )  # fmt: skip
        side = str(table.get("side", "yes"))
        if side not in SIDES:
            raise self.fail(place, line, f"side {side!r} is neither 'yes' nor 'no'")
        return Support(status, cite, str(table.get("claim", "")), side, str(table.get("note", "")), line)

    def _cite(self, place: str, line: int, cite: Any) -> Cite:
        if not isinstance(cite, dict) or not cite.get("article") or not cite.get("quote"):
            raise self.fail(place, line, "a citation needs 'article' and 'quote'")
        self._known(place, line, cite, {"article", "quote", "start", "end"})
        start, end = cite.get("start"), cite.get("end")
        if any(at is not None and type(at) is not int for at in (start, end)):
            raise self.fail(place, line, "'start' and 'end' of a citation are whole numbers")
        return Cite(str(cite["article"]), str(cite["quote"]), start, end)

    def _party(self, place: str, line: int, table: dict[str, Any]) -> Party:
        preferences = str(table.get("preferences", "known"))
        if preferences not in ("known", "unknown"):
            raise self.fail(place, line, f"preferences = {preferences!r}", "Either 'known' or 'unknown'.")
        name = str(table.get("name", table["id"]))
        actors = self._names(place, line, table, "actors")
        return Party(str(table["id"]), name, actors, preferences, self._support(place, line, table))

    def _names(self, place: str, line: int, table: dict[str, Any], key: str) -> tuple[str, ...]:
        given = table.get(key, [])
        if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
            raise self.fail(place, line, f"{key!r} must be a list of names")
        return tuple(given)

    def _option(self, place: str, line: int, table: dict[str, Any]) -> Option:
        direction = str(table.get("direction", BOTH))
        if direction not in (BOTH, FORWARD, BACK):
            raise self.fail(
                place, line, f"direction {direction!r} is not known",
                f"{BOTH} (can be undone), {FORWARD} (taken for good) or {BACK} (dropped for good).",
            )  # fmt: skip
        label = str(table.get("label", ""))
        support = self._support(place, line, table)
        return Option(str(table["id"]), str(table["owner"]), label, direction, support)

    def _exclusion(self, place: str, line: int, table: dict[str, Any]) -> Exclusion:
        return Exclusion(str(table["when"]), str(table.get("reason", "")), self._support(place, line, table))

    def _preference(self, place: str, line: int, table: dict[str, Any], order: int) -> Preference:
        rank = table.get("rank", order)
        if not isinstance(rank, int):
            raise self.fail(place, line, f"rank {rank!r} is not a whole number", "1 matters most.")
        return Preference(
            str(table["party"]), str(table["holds"]), rank, str(table.get("id", "")),
            self._support(place, line, table),
        )  # fmt: skip

    def _ranking(self, place: str, line: int, table: dict[str, Any]) -> Ranking:
        given = table["best_first"]
        if not isinstance(given, list) or not all(isinstance(item, str | list) for item in given):
            raise self.fail(place, line, "'best_first' must be a list of patterns, ties as inner lists")
        rows = tuple((item,) if isinstance(item, str) else tuple(map(str, item)) for item in given)
        rest = str(table.get("rest", "error"))
        return Ranking(str(table["party"]), rows, rest, self._support(place, line, table))

    def _pair(self, place: str, line: int, table: dict[str, Any]) -> Pair:
        better, worse = str(table["better"]), str(table["worse"])
        return Pair(str(table["party"]), better, worse, self._support(place, line, table))

    def _move(self, place: str, line: int, table: dict[str, Any]) -> Move:
        takes, drops = (self._names(place, line, table, key) for key in ("takes", "drops"))
        if not takes and not drops:
            raise self.fail(place, line, "a move takes or drops at least one option")
        return Move(
            str(table["party"]), takes, drops, str(table.get("before", "")), str(table.get("date", "")),
            self._support(place, line, table),
        )  # fmt: skip

    def _view(self, place: str, line: int, table: dict[str, Any]) -> View:
        believed = []
        given = table.get("preference", [])
        if not isinstance(given, list):
            raise self.fail(place, line, "'preference' of a view must be tables, [[view.preference]]")
        for number, item in enumerate(given, 1):
            if not isinstance(item, dict) or not item.get("party") or not item.get("holds"):
                raise self.fail(place, line, "a preference in a view needs 'party' and 'holds'")
            believed.append(self._preference(place, line, item, number))
        return View(str(table["party"]), tuple(believed), self._names(place, line, table, "unaware"))

    def _now(self, now: Any, options: list[str]) -> str:
        if isinstance(now, str):
            return now
        if not isinstance(now, list) or not all(isinstance(name, str) for name in now):
            raise self.fail("now", 0, "must be a list of options, or a pattern of Y and N")
        unknown = sorted(set(now) - set(options))
        if unknown:
            raise self.fail("now", 0, f"unknown option {unknown[0]!r}", "Options: " + ", ".join(options))
        return "".join("Y" if option in now else "N" for option in options)
