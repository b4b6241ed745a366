"""A PostgreSQL server for tests: started once on loopback from the machine's own programs, and thrown away."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def why_no_server() -> str:
    """The reason why no server can be started here; empty when one can."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "psycopg is not installed"
    if _programs() is None:
        return "PostgreSQL's initdb and pg_ctl are not installed"
    if os.geteuid() == 0 and _owner() is None:
        return "PostgreSQL does not run as root, and there is no user postgres or nobody"
    return ""


@contextmanager
def running_server() -> Iterator[str]:
    """The address of a fresh server, ``postgresql://…`` without a schema; stopped at the end."""
    programs, owner = _programs(), _owner()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="detente-pg-"))
    data = folder / "data"
    if owner is not None:
        os.chown(folder, owner.pw_uid, owner.pw_gid)

    def run(program: str, *words: str) -> None:
        subprocess.run(
            [str(programs / program), *words], check=True, cwd=folder, capture_output=True,
            user=owner.pw_uid if owner else None, group=owner.pw_gid if owner else None,
        )  # fmt: skip

    try:
        run(
            "initdb", "-D", str(data), "-U", "detente", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"
        )
        port = _free_port()
        settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", settings, "start")
        try:
            yield f"postgresql://detente@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


def _owner() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root: it refuses root itself."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
