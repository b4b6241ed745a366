"""Records to JSON objects and back, field by field, in the order the classes declare.

The classes are the schema: ``from_`` is written ``from``, tuples as lists, nested records as objects.
Converters are compiled once a class, so a million records cost no reflection.
"""

from __future__ import annotations

import dataclasses
import json
import types as pytypes
import typing
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")
_AS_IS = frozenset({str, int, float, bool, type(None)})


def to_json(record: Any) -> dict[str, Any]:
    """Turn a record into plain JSON values, keys in the order of the contract."""
    return {name.rstrip("_"): _plain(getattr(record, name)) for name in _field_names(type(record))}  # type: ignore[arg-type]


def json_line(record: Any) -> str:
    """A record as one JSON line of the export: what ``json.dumps`` makes of :func:`to_json`, but sooner."""
    from msgspec import json as quick  # only where something is written: looking again stays quick
    from msgspec import to_builtins

    line = None
    if _is_plainly_written(record):
        with suppress(UnicodeEncodeError):  # half a character
            line = quick.format(quick.encode(record), indent=0).decode()
    if line is None:
        line = json.dumps(to_builtins(record), ensure_ascii=False)
    return line.replace('"from_": ', '"from": ')  # a text that holds this holds its marks escaped


def _is_plainly_written(record: Any) -> bool:
    """Whether Python and msgspec write every number of a record alike: no float takes an exponent."""
    names = _floats(type(record))  # type: ignore[arg-type]
    return names is not None and all(
        value is None or value == 0 or 1e-4 <= abs(value) < 1e16
        for value in (getattr(record, name) for name in names)
    )


@cache
def _floats(cls: type[Any]) -> tuple[str, ...] | None:
    """The fields of a class that are floats; None where floats stand deeper within."""
    hints = typing.get_type_hints(cls)
    own = tuple(name for name, hint in hints.items() if hint in (float, float | None))
    return None if any(_holds_floats(hint) for name, hint in hints.items() if name not in own) else own


def _holds_floats(hint: Any) -> bool:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _floats(hint) != ()
    return hint is float or any(_holds_floats(inner) for inner in typing.get_args(hint))


def from_json(cls: type[T], data: dict[str, Any]) -> T:
    """Read a record back; unknown keys are ignored (a newer writer), missing ones take their default.

    Raises:
        KeyError: a field without default is missing; the message names it.
    """
    values: dict[str, Any] = {}
    for name, key, convert, required in _readers(cls):  # type: ignore[arg-type]
        if key in data:
            values[name] = data[key] if convert is None else convert(data[key])
        elif required:
            raise KeyError(f"{cls.__name__} lacks the field {key!r}")
    return cls(**values)


@cache
def _field_names(cls: type[Any]) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(cls))


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _AS_IS:  # nine in ten values, told without asking for their ancestors
        return value
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return to_json(value)


@cache
def _readers(cls: type[Any]) -> tuple[tuple[str, str, Callable[[Any], Any] | None, bool], ...]:
    """Of each field its name, its key, what makes its value (None: it stands as it is), is it required."""
    hints = typing.get_type_hints(cls)
    return tuple(
        (
            f.name,
            f.name.rstrip("_"),
            None if (convert := _converter(hints[f.name])) is _same else convert,
            f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING,
        )
        for f in dataclasses.fields(cls)
    )


def _same(value: Any) -> Any:
    return value


def _converter(hint: Any) -> Callable[[Any], Any]:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, pytypes.UnionType):
        (inner,) = [a for a in args if a is not type(None)]
        convert = _converter(inner)
        return _same if convert is _same else lambda value: None if value is None else convert(value)
    if origin is tuple and args[-1] is Ellipsis:
        item = _converter(args[0])
        return tuple if item is _same else lambda value: tuple(item(v) for v in value)
    if origin is tuple:
        return tuple
    if origin is list:
        item = _converter(args[0])
        return list if item is _same else lambda value: [item(v) for v in value]
    if origin is dict:
        item = _converter(args[1])
        return dict if item is _same else lambda value: {k: item(v) for k, v in value.items()}
    if dataclasses.is_dataclass(hint):
        return lambda value: from_json(hint, value)  # type: ignore[arg-type]
    return _same
