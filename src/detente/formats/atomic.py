"""Writing that is complete or nothing: a temporary neighbour, fsync, rename."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from detente.errors import UsageError


@contextmanager
def new_folder(out: Path, *, mark: str) -> Iterator[Path]:
    """A folder to fill, put in the place of ``out`` at the end; on any failure ``out`` stays as it was.

    Args:
        out: replaced when it is empty or holds ``mark`` (an earlier export), refused otherwise.
        mark: the file by which an earlier export is known.
    """
    out = out.resolve()
    if out.exists() and not (out.is_dir() and ((out / mark).is_file() or not any(out.iterdir()))):
        raise UsageError(f"{out} exists and is no earlier export.", hint="Name a new or empty folder.")
    out.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        yield part
        part.chmod(0o755)
        _sync(part)
        _replace_folder(part, out)
        _sync(out.parent)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


@contextmanager
def new_file(out: Path, *, apart: str = "") -> Iterator[Path]:
    """A file to write, put in the place of ``out`` at the end; on any failure ``out`` stays as it was.

    ``apart`` tells writers apart that may write the same file at once.
    """
    out = out.resolve()
    if out.is_dir():
        raise UsageError(f"{out} is a folder.", hint="Name a file.")
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f".{out.name}{apart}.part")
    try:
        yield part
        _sync(part)
        os.replace(part, out)
        _sync(out.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_lines(path: Path, lines: Iterable[str]) -> int:
    """Write lines as UTF-8 with LF, synced to disk; how many."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(line)
            file.write("\n")
            count += 1
        file.flush()
        os.fsync(file.fileno())
    return count


def _replace_folder(part: Path, out: Path) -> None:
    if not out.exists():
        part.rename(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}.old.", dir=out.parent))
    out.rename(old / out.name)
    try:
        part.rename(out)
    except OSError:
        (old / out.name).rename(out)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _sync(path: Path) -> None:
    """Bring a file or a folder's entries to the disk; not every system lets a folder be opened."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
