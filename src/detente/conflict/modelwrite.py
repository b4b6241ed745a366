"""Models back to TOML (with the quotes as comments, for an analyst to edit) and to JSON (the same keys)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from detente.conflict.model import Model, Support

_KINDS = (
    ("party", "parties"), ("option", "options"), ("exclusion", "exclusions"), ("preference", "preferences"),
    ("ranking", "rankings"), ("pair", "pairs"), ("move", "moves"),
)  # fmt: skip
_SKIP: dict[str, Any] = {"direction": "both", "preferences": "known", "rest": "error", "side": "yes"}


def to_dict(model: Model) -> dict[str, Any]:
    """The model as plain values, in the keys of the file; empty and default values left out."""
    data: dict[str, Any] = {"title": model.title, "date": model.date, "note": model.note}
    present = model.present
    if present is not None:
        data["now"] = list(model.taken(present))
    data = {key: value for key, value in data.items() if value != ""}
    for name, field in _KINDS:
        rows = [_row(element) for element in getattr(model, field)]
        if rows:
            data[name] = rows
    if model.views:
        data["view"] = [
            {"party": v.party, "unaware": list(v.unaware), "preference": [_row(p) for p in v.preferences]}
            for v in model.views
        ]
    return data


def to_json(model: Model) -> str:
    """The model as JSON text."""
    return json.dumps(to_dict(model), ensure_ascii=False, indent=1) + "\n"


def to_toml(model: Model, *, head: str = "", places: Mapping[str, str] | None = None) -> str:
    """The model as TOML text.

    Args:
        model: any model.
        head: a comment for the top of the file.
        places: what to call each article in the comment beside its quotes (its outlet).
    """
    data = to_dict(model)
    lines = [f"# {line}".rstrip() for line in head.splitlines()]
    lines += [f"{key} = {_value(value)}" for key, value in data.items() if not _is_tables(value)]
    for key, tables in data.items():
        if _is_tables(tables):
            for table in tables:
                lines += ["", *_table(key, table, places or {})]
    return "\n".join(lines).lstrip("\n") + "\n"


def _row(element: Any) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name in element.__slots__:
        value = getattr(element, name)
        if name == "support":
            row |= _support(value)
        elif name == "best_first":
            row[name] = [tied[0] if len(tied) == 1 else list(tied) for tied in value]
        elif value not in ("", ()) and _SKIP.get(name) != value:
            row[name] = list(value) if isinstance(value, tuple) else value
    return row


def _support(support: Support) -> dict[str, Any]:
    row: dict[str, Any] = {}
    if support.status != ("reported" if support.cite else "analyst"):
        row["status"] = support.status
    for name in ("claim", "note"):
        if getattr(support, name):
            row[name] = getattr(support, name)
    if support.claim:
        row["side"] = support.side
    if support.cite:
        row["cite"] = [
            {
                k: v
                for k, v in (("article", c.article), ("quote", c.quote), ("start", c.start), ("end", c.end))
                if v is not None
            }
            for c in support.cite
        ]
    return row


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _table(name: str, table: dict[str, Any], places: Mapping[str, str]) -> list[str]:
    lines = [f"[[{name}]]"]
    for key, value in table.items():
        if key == "cite":
            lines.append("cite = [")
            lines += [f"  {_value(cite)},{_beside(cite, places)}" for cite in value]
            lines.append("]")
        elif _is_tables(value):
            for inner in value:
                lines += ["", *_table(f"{name}.{key}", inner, places)]
        else:
            lines.append(f"{key} = {_value(value)}")
    return lines


def _beside(cite: dict[str, Any], places: Mapping[str, str]) -> str:
    place = " ".join(places.get(cite["article"], "").split())
    return f"  # {place}" if place else ""


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {_value(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(v) for v in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    # A TOML basic string takes JSON's escapes; only DEL needs one more.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
