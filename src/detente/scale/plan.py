"""What a run reads: the inputs, cut into units that keep their names while their inputs stay the same.

Inputs are files, folders and globs as ``detente read`` takes them, and ``s3://bucket/prefix``. The cuts are
made by the inputs' names (and at the limits), so that a file that comes to a folder changes its own unit
only.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from detente.errors import UsageError
from detente.record import Refusal
from detente.scale.buckets import find_objects, is_remote
from detente.scale.settings import ScaleSettings
from detente.source.walk import Found, find_files
from detente.version import VERSION

_CUT = 64  # one name in so many ends a unit


@dataclass(frozen=True, slots=True)
class Item:
    """An input: where it is opened, its name in the record, and what tells that it has not changed."""

    path: str
    source: str
    size: int
    mark: str


@dataclass(frozen=True, slots=True)
class Unit:
    """Inputs that are read as one piece; ``name`` is made of all that decides what comes of them."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The units of a run, in the order of their inputs, and what could not even be found."""

    units: tuple[Unit, ...]
    refused: tuple[Refusal, ...]


def make_plan(paths: Sequence[str], settings: ScaleSettings) -> Plan:
    """Find the inputs behind the paths and cut them into units.

    Raises:
        UsageError: ``-`` is among the paths; standard input cannot be read again after a failure.
    """
    if "-" in paths:
        raise UsageError("An engine cannot read standard input.", hint="Write it to a file and name that.")
    refused: list[Refusal] = []
    items = list(_items(paths, settings, refused))
    units = tuple(Unit(_name(some, settings), tuple(some)) for some in _cut(items, settings))
    return Plan(units, tuple(refused))


def _items(paths: Sequence[str], settings: ScaleSettings, refused: list[Refusal]) -> Iterator[Item]:
    """The inputs by name, each once, whatever ways lead to it."""
    seen: set[object] = set()
    local = [path for path in paths if not is_remote(path)]
    for found in find_files(local, limits=settings.limits):
        if isinstance(found, Refusal):
            refused.append(found)
            continue
        item, identity = _local(found)
        if identity not in seen:
            seen.add(identity)
            yield item
    for path in sorted({path for path in paths if is_remote(path)}):
        for one in find_objects(path):
            if isinstance(one, Refusal):
                refused.append(one)
            elif one[0] not in seen:
                seen.add(one[0])
                yield Item(one[0], one[0], one[1], one[2])


def _local(found: Found) -> tuple[Item, object]:
    path = os.path.abspath(found.path)  # another process may stand in another folder
    try:
        status = os.stat(path)
    except OSError:  # gone again: reading it tells
        return Item(path, found.source, 0, "gone"), path
    item = Item(path, found.source, status.st_size, str(status.st_mtime_ns))
    return item, (status.st_dev, status.st_ino)


def _cut(items: Iterable[Item], settings: ScaleSettings) -> Iterator[list[Item]]:
    some: list[Item] = []
    size = 0
    for item in items:
        if some and (len(some) >= settings.unit_files or size + item.size > settings.unit_bytes):
            yield some
            some, size = [], 0
        some.append(item)
        size += item.size
        if crc32(item.source.encode("utf-8", "surrogateescape")) % _CUT == 0:
            yield some
            some, size = [], 0
    if some:
        yield some


def _name(items: Sequence[Item], settings: ScaleSettings) -> str:
    """A unit's name: a hash of its inputs, the limits and the version of this program."""
    told = [VERSION, dataclasses.astuple(settings.limits), [dataclasses.astuple(item) for item in items]]
    text = json.dumps(told).encode("utf-8", "surrogateescape")
    return hashlib.sha256(text).hexdigest()[:24]


def plan_json(plan: Plan, settings: ScaleSettings, shards: int | None) -> dict[str, object]:
    """The plan as it is kept."""
    return {
        "tool_version": VERSION,
        "shards": shards,
        "settings": dataclasses.asdict(settings),
        "units": [dataclasses.asdict(unit) for unit in plan.units],
        "refused": [dataclasses.asdict(refusal) for refusal in plan.refused],
    }
