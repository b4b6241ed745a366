"""What a disk may hold after the power failed: a program's writes recorded by strace, replayed to any point.

The model is that of a journalling file system in its ordered mode, as in Pillai et al., "All File Systems
Are Not Created Equal" (OSDI 2014): what was written to a file before its last fsync is there; of later
writes any subset may be, the last of them torn at a sector; names (create, rename, remove) happen in order,
and those after the last fsync of their folder may be missing from any point on.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512  # bytes that reach the disk together
CALLS = "openat,write,pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat,rmdir,close,lseek,dup"


@dataclass(frozen=True, slots=True)
class Op:
    """One thing done to the disk: write, truncate, sync, create, mkdir, rename, unlink."""

    kind: str
    path: str
    data: bytes = b""
    offset: int = 0
    target: str = ""


@dataclass
class _File:
    durable: bytes = b""
    pending: list[Op] = field(default_factory=list)

    def settle(self) -> None:
        for op in self.pending:
            self.durable = _applied(self.durable, op)
        self.pending.clear()

    def after_cut(self, chance: random.Random) -> bytes:
        """Any subset of what was not synced, the last of it perhaps torn."""
        kept = [op for op in self.pending if chance.random() < 0.5]
        content = self.durable
        for number, op in enumerate(kept):
            if op.kind == "write" and number == len(kept) - 1 and chance.random() < 0.5:
                cut = chance.randrange(0, len(op.data) + 1) // SECTOR * SECTOR
                op = Op("write", op.path, op.data[:cut], op.offset)
            content = _applied(content, op)
        return content


def record(command: Sequence[str], folder: Path, trace: Path, *, env: Mapping[str, str]) -> list[Op]:
    """Run a command and give what it did to files under ``folder``, in order.

    Raises:
        RuntimeError: the command failed.
    """
    words = [
        "strace",
        "-f",
        "-y",
        "-xx",
        "-s",
        "100000000",
        "-e",
        f"trace={CALLS}",
        "-o",
        str(trace),
        *command,
    ]
    done = subprocess.run(words, env=dict(env), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {done.stderr[-400:]}")
    return list(_read(trace, str(folder)))


def cut_point(ops: Sequence[Op], chance: random.Random) -> int:
    """How many operations happen before the cut: half the time about a sync or a name, where mistakes show."""
    turns = [number for number, op in enumerate(ops) if op.kind not in ("write", "truncate")]
    if turns and chance.random() < 0.5:
        return min(len(ops), max(0, chance.choice(turns) + chance.randint(-2, 3)))
    return chance.randint(0, len(ops))


def cut_at(ops: Sequence[Op], point: int, into: Path, root: Path, *, chance: random.Random) -> None:
    """Lay into ``into`` what may stand under ``root`` if the power failed after ``point`` operations."""
    files: dict[str, _File] = {}
    names: list[Op] = []  # not yet surely on the disk
    sure: dict[str, str | None] = {}  # name → the file it leads to; None: a folder
    for op in ops[:point]:
        if op.kind in ("write", "truncate"):
            files.setdefault(op.path, _File()).pending.append(op)
        elif op.kind == "sync":
            if op.path in files:
                files[op.path].settle()
            for name in names:  # an ordered journal takes all earlier names along
                _name(sure, files, name)
            names.clear()
        else:
            names.append(op)
            if op.kind == "create":
                files.setdefault(op.path, _File())
            elif op.kind == "rename":
                _follow(files, op)
    kept = chance.randint(0, len(names))
    for name in names[:kept]:
        _name(sure, files, name)
    _lay(sure, files, into, root, chance)


def _follow(files: dict[str, _File], op: Op) -> None:
    """What is written to a renamed file later goes by its new name."""
    for path in [p for p in files if p == op.path or p.startswith(op.path + "/")]:
        files[op.target + path[len(op.path) :]] = files[path]


def _name(sure: dict[str, str | None], files: dict[str, _File], op: Op) -> None:
    if op.kind == "create":
        sure[op.path] = op.path
    elif op.kind == "mkdir":
        sure[op.path] = None
    elif op.kind == "unlink":
        sure.pop(op.path, None)
    elif op.kind == "rename":
        for path in [p for p in sure if p == op.path or p.startswith(op.path + "/")]:
            leads = sure.pop(path)
            to = op.target + path[len(op.path) :]
            sure[to] = None if leads is None else to
            if leads is not None and leads in files:
                files[to] = files[leads]


def _lay(
    sure: Mapping[str, str | None], files: Mapping[str, _File], into: Path, root: Path, chance: random.Random
) -> None:
    for path, leads in sorted(sure.items()):
        place = into / os.path.relpath(path, root)
        if leads is None:
            place.mkdir(parents=True, exist_ok=True)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(files[leads].after_cut(chance))


def _applied(content: bytes, op: Op) -> bytes:
    if op.kind == "truncate":
        return content[: op.offset].ljust(op.offset, b"\0")
    content = content.ljust(op.offset, b"\0")
    return content[: op.offset] + op.data + content[op.offset + len(op.data) :]


# ---- strace's log

_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FD = re.compile(r"^(?:AT_FDCWD|\d+)<((?:\\x[0-9a-f]{2}|[^>\\])*)>")


def _read(trace: Path, root: str) -> Iterator[Op]:
    places: dict[str, int] = {}  # path of an open file → where the next plain write goes
    with trace.open(encoding="ascii", errors="replace") as lines:
        for line in _whole(lines):
            found = _LINE.match(line)
            if found is None or int(found[3]) < 0:
                continue
            for op in _ops(found[1], found[2], int(found[3]), places):
                if op.path.startswith(root) and not op.path.endswith(
                    "-shm"
                ):  # rebuilt from the log, never read
                    yield op


def _whole(lines: Iterator[str]) -> Iterator[str]:
    """Calls that another thread interrupted, put together again."""
    waiting: dict[str, str] = {}
    for line in lines:
        pid = line.partition(" ")[0]
        if " <unfinished ...>" in line:
            waiting[pid] = line.partition(" <unfinished")[0]
        elif "<... " in line and "resumed>" in line:
            yield waiting.pop(pid, "") + line.partition("resumed>")[2]
        else:
            yield line


def _ops(call: str, words: str, result: int, places: dict[str, int]) -> Iterator[Op]:
    strings = [_bytes(s) for s in _STRING.findall(words)]
    on = _FD.match(words)
    path = _bytes(on[1]).decode(errors="replace") if on else ""
    if call == "openat":
        base = path
        path = os.path.normpath(os.path.join(base, strings[0].decode(errors="replace")))
        places[path] = 0
        if "O_CREAT" in words:
            yield Op("create", path)
        if "O_TRUNC" in words:
            yield Op("truncate", path)
    elif call == "pwrite64":
        yield Op("write", path, strings[0][:result], int(words.rsplit(",", 1)[1]))
    elif call == "write":
        at = places.get(path, 0)
        places[path] = at + result
        yield Op("write", path, strings[0][:result], at)
    elif call == "lseek":
        places[path] = result
    elif call in ("fsync", "fdatasync"):
        yield Op("sync", path)
    elif call == "ftruncate":
        yield Op("truncate", path, offset=int(words.rsplit(",", 1)[1]))
    elif call in ("unlink", "rmdir"):
        yield Op("unlink", strings[0].decode(errors="replace"))
    elif call == "unlinkat":
        yield Op("unlink", os.path.normpath(os.path.join(path, strings[0].decode(errors="replace"))))
    elif call == "mkdir":
        yield Op("mkdir", strings[0].decode(errors="replace"))
    elif call.startswith("rename"):
        yield Op("rename", strings[0].decode(errors="replace"), target=strings[1].decode(errors="replace"))


def _bytes(escaped: str) -> bytes:
    if "\\x" not in escaped:
        return escaped.encode()
    return bytes.fromhex(escaped.replace("\\x", ""))
