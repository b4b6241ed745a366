"""From paths, folders and globs to files, in one stated order, each reached once.

The order: the paths given, sorted as strings, whatever order they came in; in a folder the names sorted,
files and folders mixed; what links lead to comes last, so that a file keeps its own name where it has one.
Hidden names (a leading dot) in folders are passed over. A link back to a folder it stands in is refused.
"""

from __future__ import annotations

import errno
import fnmatch
import glob
import os
import re
import stat
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from detente.record import Refusal
from detente.source.limits import Limits
from detente.source.outcomes import Refused


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: its path for the system, and the name it has in the record."""

    path: str
    source: str


Identity = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Link:
    """A name still to be looked at, and the folders it was reached through."""

    path: str
    above: tuple[Identity, ...]
    depth: int


def source_name(path: str) -> str:
    """A path as it can be stored: bytes that are no UTF-8 are written ``\\xNN``."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def find_files(paths: Sequence[str | Path], *, limits: Limits) -> Iterator[Found | Refusal]:
    """The files behind the paths; ``-`` comes back as it is.

    A file that is reached on two ways is found twice: who opens it knows (see ``read_pages``).
    """
    walker = _Walker(limits)
    try:
        for path in sorted({os.fspath(path) for path in paths}):
            yield from walker.given(path)
    except Refused as refused:
        yield refused.at(source_name(path))


class _Walker:
    """Carries what a walk must remember: the folders seen and the names met."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._names = 0
        self._folders: set[Identity] = set()

    def given(self, path: str) -> Iterator[Found | Refusal]:
        if path == "-":
            yield Found(path, path)
        elif "\0" not in path and os.path.lexists(path):
            yield from self._at(path)
        elif glob.has_magic(path) and "\0" not in path:
            yield from self._matching(path)
        else:
            yield Refused("missing", "There is no such file or folder.").at(source_name(path))

    def _matching(self, pattern: str) -> Iterator[Found | Refusal]:
        """What a glob matches; ``**`` is walked here, since the standard library follows link loops."""
        base, rest = _split_glob(pattern)
        if "**" in rest.split("/"):
            matches, found = _pattern(rest), self._at(base or ".") if os.path.isdir(base or ".") else iter(())
            start = len(os.path.join(base or ".", ""))
            kept = (item for item in found if matches.fullmatch(item.source[start:]))
            if not base:
                kept = (_without_dot(item) for item in kept)
        else:
            names = list(islice(glob.iglob(pattern), self._limits.max_names + 1))
            self._count(len(names))
            kept = (item for name in sorted(names) for item in self._at(name))
        empty = True
        for item in kept:
            empty = False
            yield item
        if empty:
            yield Refused("missing", "The pattern matches no file.").at(source_name(pattern))

    def _count(self, number: int) -> None:
        self._names += number
        if self._names > self._limits.max_names:
            raise Refused("too-many-names", f"More than {self._limits.max_names:,} names.")

    def _at(self, path: str) -> Iterator[Found | Refusal]:
        """One path that is there, with all that is in it; links inside come after what is really there."""
        links: deque[_Link] = deque()
        yield from self._name(_Link(path, (), 0), links)
        while links:
            yield from self._name(links.popleft(), links)

    def _name(self, link: _Link, links: deque[_Link]) -> Iterator[Found | Refusal]:
        path = link.path
        try:
            status = os.stat(path)
            if stat.S_ISDIR(status.st_mode):
                if link.above:
                    _check_loop(path, status, link.above)
                yield from self._folder(path, link.above, link.depth, links)
            elif stat.S_ISREG(status.st_mode):
                yield Found(path, source_name(path))
            else:
                raise Refused("special-file", f"This is {_kind(status.st_mode)}.")
        except OSError as error:
            yield _no_stat(path, error).at(source_name(path))
        except Refused as refused:
            if refused.reason == "too-many-names":
                raise
            yield refused.at(source_name(path))

    def _folder(
        self, path: str, above: tuple[Identity, ...], depth: int, links: deque[_Link]
    ) -> Iterator[Found | Refusal]:
        status = os.stat(path)
        me = (status.st_dev, status.st_ino)
        if me in self._folders:
            return
        if depth > self._limits.max_folder_depth:
            raise Refused("too-deep", f"max_folder_depth is {self._limits.max_folder_depth}.")
        with os.scandir(path) as names:
            entries = sorted(
                (entry for entry in islice(names, self._limits.max_names + 1) if entry.name[0] != "."),
                key=lambda entry: entry.name,
            )
        self._folders.add(me)
        self._count(len(entries))
        for entry in entries:
            inner = _Link(os.path.join(path, entry.name), (*above, me), depth + 1)
            if entry.is_symlink():
                links.append(inner)
            elif entry.is_file(follow_symlinks=False):
                yield Found(inner.path, source_name(inner.path))
            else:
                yield from self._name(inner, links)


def _check_loop(path: str, status: os.stat_result, above: tuple[Identity, ...]) -> None:
    """Refuse a link to a folder that it stands in, inside the walk or above where the walk began."""
    if not os.path.islink(path):
        return
    inside = os.path.join(os.path.realpath(os.path.dirname(path)), "")
    target = os.path.join(os.path.realpath(path), "")
    if (status.st_dev, status.st_ino) in above or inside.startswith(target):
        raise Refused("symlink-loop", "This link leads back to a folder it stands in.")


def _no_stat(path: str, error: OSError) -> Refused:
    """Why a name that is there cannot be looked at."""
    if isinstance(error, FileNotFoundError):
        if os.path.islink(path):
            return Refused("dangling-link", "The link points to nothing.")
        return Refused("vanished", "It was there when its folder was listed and is gone.")
    if error.errno == errno.ELOOP and os.path.islink(path):
        return Refused("symlink-loop", "The link leads to itself.")
    return Refused("unreadable", f"The system says: {error.strerror or error}.")


def _kind(mode: int) -> str:
    kinds = (
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    return next((name for test, name in kinds if test(mode)), "no regular file")


def _split_glob(pattern: str) -> tuple[str, str]:
    """The leading folders without wildcards, and the rest of the pattern."""
    parts = pattern.split("/")
    first = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    base = "/".join(parts[:first])
    return base or ("/" if pattern.startswith("/") else ""), "/".join(parts[first:])


def _pattern(rest: str) -> re.Pattern[str]:
    """A glob with ``**`` as a regular expression over relative paths."""
    parts = rest.split("/")
    pieces = []
    for i, part in enumerate(parts):
        last = i == len(parts) - 1
        if part == "**":
            pieces.append(".*" if last else "(?:[^/]+/)*")
        else:
            inner = fnmatch.translate(part).removeprefix("(?s:").removesuffix(")\\Z").replace(".*", "[^/]*")
            pieces.append(inner + ("" if last else "/"))
    return re.compile("".join(pieces), re.S)


def _without_dot(item: Found | Refusal) -> Found | Refusal:
    """Undo the "./" that walking from here put in front: names stay as the pattern gives them."""
    if isinstance(item, Found):
        return Found(item.path[2:], item.source[2:])
    return Refusal(item.source[2:], item.reason, item.detail, item.sha256)
