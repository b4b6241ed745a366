"""Following a folder or a growing file: read what is new, again and again, and compare when something is.

Nothing is asked of the file system but names, sizes and times, so that it works on network shares and in
containers, where notifications of changes are lost. A file that changed within the last ``settle`` seconds
is still being written and waits for a later round; what a round reads is what ``detente read`` reads.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.errors import StoreLocked, UsageError

if TYPE_CHECKING:
    from detente.pipeline import Summary

Signature = tuple[tuple[str, int, int], ...]  # path, size in bytes, time of change in nanoseconds


@dataclass(frozen=True, slots=True)
class Round:
    """What one look at the paths led to: ``summary`` None where the store was locked (tried again later)."""

    files: int
    summary: Summary | None


def watch(
    paths: Sequence[str],
    read: Callable[[Sequence[str]], Summary],
    *,
    every: float,
    settle: float,
    wait: Callable[[float], None],
    now: Callable[[], float],
) -> Iterator[Round]:
    """Read changed files for as long as it is asked; gives one round for each time that something was read.

    Args:
        paths: files, folders and globs, as ``detente read`` takes them.
        read: files → what a run over them did.
        every: seconds between two looks.
        settle: seconds for which a file must have rested.
        wait: sleeps so many seconds.
        now: seconds since the epoch, as the file system's times.

    Raises:
        UsageError: a path that is not there at the start and is no glob.
    """
    for path in paths:
        if not os.path.exists(path) and not glob.has_magic(path):
            raise UsageError(
                f"There is no file or folder {path}.", hint="Make it first; watch only follows it."
            )
    known: dict[str, tuple[int, int]] = {}
    while True:
        rested = (now() - settle) * 1e9
        changed = {
            path: (size, time)
            for path, size, time in signature(paths)
            if known.get(path) != (size, time) and time <= rested
        }
        if changed:
            try:
                summary = read(sorted(changed))
            except StoreLocked:
                yield Round(len(changed), None)
            else:
                known |= changed
                yield Round(len(changed), summary)
        wait(every)


def signature(paths: Sequence[str]) -> Signature:
    """Every file under the paths with its size and time, by name; one that vanishes meanwhile is left out."""
    from detente.source import Limits
    from detente.source.walk import Found, find_files

    found = []
    for one in find_files(paths, limits=Limits()):
        if not isinstance(one, Found):  # refused: the read that a change brings tells why
            continue
        try:
            state = os.stat(one.path)
        except OSError:
            continue
        found.append((one.path, state.st_size, state.st_mtime_ns))
    return tuple(sorted(found))
